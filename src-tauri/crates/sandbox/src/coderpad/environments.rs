//! Environments of pads, with their files (contracts/coderpad.md, 2.6).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::CoderPad;
use super::call::{Call, Outcome, ok};
use super::edits::Edit;
use super::refusal::Refusal;
use crate::ids::PadId;
use crate::switches::FileContents;
use crate::times::with_offset;

/// What was opened in a pad: a language or a question.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Whose it is.
    pub pad: PadId,
    /// The question, if one was opened.
    pub question: Option<u64>,
    /// Its language.
    pub language: String,
    /// One file for most languages, many for a project.
    pub files: Vec<SourceFile>,
    /// ms since the epoch.
    pub created_at: i64,
    /// ms since the epoch.
    pub updated_at: i64,
}

/// One file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Where it lies in the project.
    pub path: String,
    /// Its text can't be shown.
    pub binary: bool,
    initial: String,
    text: String,
    edits: Vec<Edit>,
}

impl Environment {
    pub(crate) fn new(
        pad: PadId,
        language: &str,
        question: Option<u64>,
        files: Vec<SourceFile>,
        now: i64,
    ) -> Self {
        let language = language.to_owned();
        Self {
            pad,
            question,
            language,
            files,
            created_at: now,
            updated_at: now,
        }
    }
}

impl SourceFile {
    /// A file with its first text.
    #[must_use]
    pub fn new(path: &str, text: &str, author: &str, at: i64) -> Self {
        Self {
            path: path.to_owned(),
            binary: false,
            initial: text.to_owned(),
            text: text.to_owned(),
            edits: vec![Edit::between("", text, author, at)],
        }
    }

    /// A file without text, such as a picture.
    #[must_use]
    pub fn binary(path: &str) -> Self {
        let (initial, text, edits) = (String::new(), String::new(), Vec::new());
        Self {
            path: path.to_owned(),
            binary: true,
            initial,
            text,
            edits,
        }
    }

    /// Its text now.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every edit since the empty file, the first text included.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Returns true if anyone changed the first text.
    #[must_use]
    pub fn was_edited(&self) -> bool {
        self.edits.len() > 1
    }

    /// An edit of another text gets into the history.
    pub fn misplace_edit(&mut self, at: usize) {
        let (Some(last), true) = (self.edits.last().cloned(), at <= self.edits.len()) else {
            return;
        };
        let other = Edit::between("another text", "another longer text", "x", last.at);
        let at_time = self.edits.get(at).map_or(last.at, |edit| edit.at);
        self.edits.insert(
            at,
            Edit {
                at: at_time,
                ..other
            },
        );
    }

    fn rewrite(&mut self, text: String, author: &str, at: i64) {
        if text != self.text {
            self.edits
                .push(Edit::between(&self.text, &text, author, at));
            self.text = text;
        }
    }
}

impl CoderPad {
    /// Rewrites a file of an environment: the one at the path, or the first one. Whether there is
    /// such a file.
    pub(crate) fn write(
        &mut self,
        environment: Option<u64>,
        path: Option<&str>,
        author: &str,
        at: i64,
        change: impl FnOnce(&str) -> String,
    ) -> bool {
        let found = environment.and_then(|id| self.environments.get_mut(&id));
        let Some(environment) = found else {
            return false;
        };
        let wanted = |file: &&mut SourceFile| path.is_none_or(|path| file.path == path);
        let Some(file) = environment.files.iter_mut().find(wanted) else {
            return false;
        };
        let text = change(&file.text);
        file.rewrite(text, author, at);
        environment.updated_at = at;
        true
    }
}

fn shown(coderpad: &CoderPad, environment: &Environment, file: &SourceFile) -> Value {
    if file.binary {
        return json!({ "path": file.path, "contents": null, "binary": true });
    }
    let contents = match coderpad.switches.file_contents {
        FileContents::Latest => &file.text,
        FileContents::Initial => &file.initial,
    };
    let mut whole = json!({ "path": file.path, "contents": contents });
    if let (true, Some(fields)) = (file.was_edited(), whole.as_object_mut()) {
        let path = BASE64_STANDARD.encode(&file.path);
        let path = utf8_percent_encode(&path, NON_ALPHANUMERIC);
        let address = format!(
            "{}/{}/environmentFiles/{}/{path}/history.json",
            coderpad.history_site, environment.pad, environment.language
        );
        fields.insert("history".to_owned(), json!(address));
    }
    whole
}

pub(super) fn show(call: &mut Call<'_, '_>, id: &str) -> Outcome {
    let number: u64 = id.parse().map_err(|_| Refusal::NotFound)?;
    let coderpad = &*call.coderpad;
    let environment = coderpad
        .environments
        .get(&number)
        .ok_or(Refusal::NotFound)?;
    call.pad(environment.pad.as_str())?;
    let pad_number = coderpad.pads.get(&environment.pad).map(|pad| pad.number);
    let files: Vec<Value> = environment
        .files
        .iter()
        .map(|file| shown(coderpad, environment, file))
        .collect();
    let example = match environment.question {
        None if coderpad.switches.strict_types => json!(1),
        None => json!(format!("examples/000-{}", environment.language)),
        Some(_) => Value::Null,
    };
    Ok(ok(json!({
        "id": number, "pad_id": pad_number, "question_id": environment.question,
        "example_question_id": example, "language": environment.language,
        "file_contents": files, "created_at": with_offset(environment.created_at, 1),
        "updated_at": with_offset(environment.updated_at, 1),
    })))
}
