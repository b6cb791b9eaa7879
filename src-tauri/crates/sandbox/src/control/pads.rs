//! What people do in CoderPad: `GET` and `POST …/api/pads`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::fields::{Done, done};
use crate::coderpad::environments::SourceFile;
use crate::coderpad::interview::Guest;
use crate::ids::PadId;
use crate::sample::RECRUITER;
use crate::world::World;

/// One thing to do in CoderPad. As JSON an object with `do` and the fields:
/// `{"do":"end","pad":"K7QWM3ZD"}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "the names of the fields say what they are")]
pub enum InterviewCommand {
    /// Makes a pad by hand, for the recruiter. Gives `pad`.
    Make {
        title: String,
        notes: Option<String>,
    },
    /// A person opens a pad.
    Join {
        pad: PadId,
        /// The name that is typed.
        name: String,
    },
    /// Gives a pad a field that only some have, such as `interview_highlights` or `drawing`.
    SetField {
        pad: PadId,
        field: String,
        value: Value,
    },
    /// A person types at the end of a file.
    Type {
        pad: PadId,
        name: String,
        /// The file, unless the first one on screen.
        path: Option<String>,
        text: String,
    },
    /// A person replaces the text of a file.
    Write {
        pad: PadId,
        name: String,
        /// The file, unless the first one on screen.
        path: Option<String>,
        text: String,
    },
    /// Opens another language in a pad. Gives `environment`.
    Open {
        pad: PadId,
        language: String,
        files: Vec<NewFile>,
    },
    /// A person runs the code.
    Run { pad: PadId, name: String },
    /// A person leaves.
    Leave { pad: PadId, name: String },
    /// A whole interview: join, type, run, leave.
    Play { pad: PadId, name: Option<String> },
    /// The interviewer presses End Interview.
    End { pad: PadId },
    /// A person deletes a pad.
    Delete { pad: PadId },
}

/// A file of a new environment. Without text it is binary.
#[derive(Debug, Clone, Deserialize)]
pub struct NewFile {
    /// Where it lies in the project.
    pub path: String,
    /// Its text.
    pub text: Option<String>,
}

impl InterviewCommand {
    pub(super) fn obey(self, world: &mut World) -> Done {
        match self {
            Self::Make { title, notes } => {
                let pad = world.make_pad_by_hand(RECRUITER, &title, notes.as_deref());
                Ok(json!({ "pad": pad }))
            }
            Self::Join { pad, name } => done(world.join(&pad, guest(&name))),
            Self::SetField { pad, field, value } => done(world.set_pad_field(&pad, &field, value)),
            Self::Type {
                pad,
                name,
                path,
                text,
            } => done(world.type_code(&pad, guest(&name), path.as_deref(), &text)),
            Self::Write {
                pad,
                name,
                path,
                text,
            } => done(world.write_code(&pad, guest(&name), path.as_deref(), &text)),
            Self::Open {
                pad,
                language,
                files,
            } => {
                let now = world.now();
                let files = files.into_iter().map(|file| file.at(now)).collect();
                let made = world.open_environment(&pad, &language, files);
                made.map(|id| json!({ "environment": id }))
                    .map_err(|error| error.to_string())
            }
            Self::Run { pad, name } => done(world.run_code(&pad, guest(&name))),
            Self::Leave { pad, name } => done(world.leave(&pad, guest(&name))),
            Self::Play { pad, name } => {
                let name = name.filter(|name| !name.is_empty());
                done(world.play_interview(&pad, name.as_deref().unwrap_or("Candidate")))
            }
            Self::End { pad } => done(world.end_interview(&pad)),
            Self::Delete { pad } => done(world.delete_pad(&pad)),
        }
    }
}

impl NewFile {
    fn at(self, now: i64) -> SourceFile {
        match self.text {
            Some(text) => SourceFile::new(&self.path, &text, RECRUITER, now),
            None => SourceFile::binary(&self.path),
        }
    }
}

fn guest(name: &str) -> Guest<'_> {
    Guest { name, email: None }
}

/// All pads, deleted ones included, oldest first.
pub(super) fn shown(world: &World) -> Value {
    json!({ "pads": world.pads() })
}
