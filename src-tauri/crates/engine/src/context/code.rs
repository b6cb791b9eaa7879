//! The code of an interview: every environment and file, as it was at the end.

use std::sync::Arc;

use coderpad::history::{self, HistoryHosts, Limits};
use coderpad::{Environment, EnvironmentFile, EnvironmentId, Error, Pad};
use futures_util::stream::{self, StreamExt as _};
use transport::{FailureKind, Transport};

use crate::context::services::Services;
use padwatch_domain::note::notice::{EditsTrouble, Notice, PartTrouble};
use padwatch_domain::problem::Problem;
use padwatch_domain::record::code::{CodeEnvironment, CodeFile, InterviewCode};
use padwatch_domain::record::file_text::{self, Recorded};
use padwatch_domain::record::people::one_line;
use padwatch_domain::service_error::of_coderpad;

/// The most files that are read.
const MOST_FILES: usize = 1000;
/// The most environments that are read; each is a request.
const MOST_ENVIRONMENTS: usize = 100;
/// The most text that is read, all files together, in bytes.
const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Logs of edits fetched at a time.
const AT_ONCE: usize = 4;
/// The longest path, in characters.
const LONGEST_PATH: usize = 300;

/// Reads the code.
///
/// # Errors
/// When CoderPad can't be asked. What is missing of an answer is a notice.
pub(crate) async fn gather(
    services: &Services,
    transport: &Arc<dyn Transport>,
    pad: &Pad,
) -> Result<InterviewCode, Problem> {
    let mut code = InterviewCode::default();
    let mut room = Room::default();
    let hosts = HistoryHosts::beside(&services.coderpad_root);
    if pad.environments.is_empty() {
        code.environments = old_pad(transport, &hosts, pad, &mut room).await;
    }
    for id in pad.environments.iter().take(MOST_ENVIRONMENTS) {
        match services.coderpad.environment(*id).await {
            Ok(environment) => {
                let on_screen = pad.active_environment == Some(*id);
                let read = read(transport, &hosts, environment, on_screen, &mut room).await;
                code.environments.push(read);
            }
            Err(error) => code.notices.push(unread(*id, &error)?),
        }
    }
    if pad.environments.len() > MOST_ENVIRONMENTS {
        code.notices.push(Notice::MoreParts {
            count: pad.environments.len(),
            shown: MOST_ENVIRONMENTS,
        });
    }
    code.notices.extend(room.notices());
    if code.environments.iter().all(|one| one.files.is_empty()) && code.notices.is_empty() {
        code.notices.push(Notice::NoCode);
    }
    Ok(code)
}

/// How much was read, and what was left out.
#[derive(Debug, Default)]
struct Room {
    files: usize,
    bytes: usize,
    files_left_out: usize,
    texts_left_out: usize,
    unread: usize,
}

impl Room {
    fn files(&mut self, mut files: Vec<EnvironmentFile>) -> Vec<EnvironmentFile> {
        let room = MOST_FILES.saturating_sub(self.files);
        self.files_left_out += files.len().saturating_sub(room);
        files.truncate(room);
        self.files += files.len();
        files
    }

    fn takes(&mut self, text: &str) -> bool {
        let fits = self.bytes.saturating_add(text.len()) <= MOST_BYTES;
        if fits {
            self.bytes += text.len();
        } else {
            self.texts_left_out += 1;
        }
        fits
    }

    fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if self.unread > 0 {
            notices.push(Notice::FilesUnread { count: self.unread });
        }
        if self.files_left_out > 0 {
            notices.push(Notice::MoreFiles {
                more: self.files_left_out,
                shown: MOST_FILES,
            });
        }
        if self.texts_left_out > 0 {
            notices.push(Notice::MoreText);
        }
        notices
    }
}

/// An environment that can't be read is told, unless CoderPad can't be asked at all just now.
fn unread(id: EnvironmentId, error: &Error) -> Result<Notice, Problem> {
    let trouble = match error {
        Error::Gone | Error::NotAllowed { .. } => PartTrouble::NotGiven,
        Error::Refused { .. } => PartTrouble::Declined,
        Error::NotCoderpad {
            status: Some(_), ..
        } => PartTrouble::OddAnswer,
        Error::Unreachable(failure) if failure.kind() == FailureKind::TooLarge => {
            PartTrouble::TooLarge
        }
        _ => return Err(of_coderpad(error).problem),
    };
    Ok(Notice::PartUnread {
        part: id.to_string(),
        trouble,
    })
}

/// Old pads have no environments, and one text (contracts/coderpad.md, 2.3).
async fn old_pad(
    transport: &Arc<dyn Transport>,
    hosts: &HistoryHosts,
    pad: &Pad,
    room: &mut Room,
) -> Vec<CodeEnvironment> {
    if pad.contents.is_none() && pad.addresses.history.is_none() {
        return Vec::new();
    }
    let contents = pad.contents.as_deref();
    let recorded = recorded(transport, hosts, pad.addresses.history.as_deref(), contents).await;
    let is_empty = pad.contents.is_none() && recorded == Recorded::Nothing;
    if is_empty {
        return Vec::new();
    }
    let file = shown(String::new(), pad.contents.clone(), recorded, room);
    vec![CodeEnvironment {
        language: one_line(
            pad.traits.language.as_deref().unwrap_or_default(),
            LONGEST_PATH,
        ),
        on_screen: true,
        files: vec![file],
    }]
}

async fn read(
    transport: &Arc<dyn Transport>,
    hosts: &HistoryHosts,
    environment: Environment,
    on_screen: bool,
    room: &mut Room,
) -> CodeEnvironment {
    room.unread += environment.files.skipped.count();
    let files = room.files(environment.files.rows);
    let with_history = stream::iter(files).map(|file| async move {
        let address = file.history.as_deref().filter(|_| !file.binary);
        let recorded = recorded(transport, hosts, address, file.contents.as_deref()).await;
        (file, recorded)
    });
    let mut with_history = Box::pin(with_history.buffered(AT_ONCE));
    let mut files = Vec::new();
    while let Some((file, recorded)) = with_history.next().await {
        let path = one_line(&file.path, LONGEST_PATH);
        files.push(if file.binary {
            binary(path)
        } else {
            shown(path, file.contents, recorded, room)
        });
    }
    CodeEnvironment {
        language: one_line(
            environment.language.as_deref().unwrap_or_default(),
            LONGEST_PATH,
        ),
        on_screen,
        files,
    }
}

fn binary(path: String) -> CodeFile {
    CodeFile {
        path,
        text: None,
        binary: true,
        remark: Some(Notice::NotText),
    }
}

fn shown(path: String, contents: Option<String>, recorded: Recorded, room: &mut Room) -> CodeFile {
    let chosen = file_text::choose(contents, recorded);
    let fits = chosen.text.as_deref().is_none_or(|text| room.takes(text));
    let (text, remark) = if fits {
        (chosen.text, chosen.remark)
    } else {
        (None, Some(Notice::FileTooLarge))
    };
    CodeFile {
        path,
        text,
        binary: false,
        remark,
    }
}

/// Fetches a log of edits, without the key and from CoderPad's hosts alone, and replays it
/// beside the engine: a long one takes a second.
async fn recorded(
    transport: &Arc<dyn Transport>,
    hosts: &HistoryHosts,
    address: Option<&str>,
    contents: Option<&str>,
) -> Recorded {
    let Some(address) = address else {
        return Recorded::Nothing;
    };
    let body = match history::fetch(transport.as_ref(), address, hosts).await {
        Ok(body) => body,
        Err(error) => return file_text::not_fetched(error),
    };
    let contents = contents.map(str::to_owned);
    let replay = tokio::task::spawn_blocking(move || {
        history::replay(&body, contents.as_deref(), &Limits::default())
    });
    match replay.await {
        Ok(Ok(Some(replayed))) => Recorded::Text(replayed),
        Ok(Ok(None)) => Recorded::Nothing,
        Ok(Err(error)) => file_text::not_replayed(error),
        Err(_) => Recorded::Unusable(EditsTrouble::DontFit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> EnvironmentFile {
        EnvironmentFile {
            path: path.to_owned(),
            contents: None,
            binary: false,
            history: None,
        }
    }

    #[test]
    fn more_files_and_more_text_than_there_is_room_for_are_counted_and_told() {
        let mut room = Room::default();
        let many: Vec<_> = (0..700).map(|n| file(&n.to_string())).collect();
        assert_eq!(room.files(many.clone()).len(), 700);
        assert_eq!(room.files(many).len(), 300);
        let large = "x".repeat(MOST_BYTES - 5);
        let whole = shown(String::new(), Some(large), Recorded::Nothing, &mut room);
        assert!(whole.text.is_some());
        let small = |room: &mut Room| {
            let text = Some("small".to_owned());
            shown("b".into(), text, Recorded::Nothing, room)
        };
        assert!(small(&mut room).text.is_some(), "there is room for it");
        let late = small(&mut room);
        assert!(late.text.is_none() && late.remark.is_some(), "{late:?}");
        assert_eq!(room.notices().len(), 2);
        let more = Notice::MoreFiles {
            more: 400,
            shown: MOST_FILES,
        };
        assert_eq!(room.notices()[0], more);
    }

    #[test]
    fn what_passes_is_an_error_and_what_stays_is_told() {
        let id = EnvironmentId(7);
        for told in [
            Error::Gone,
            Error::Refused {
                message: String::new(),
            },
            Error::Unreachable(transport::Failure::Unclear(FailureKind::TooLarge)),
        ] {
            assert!(unread(id, &told).is_ok(), "{told}");
        }
        for error in [
            Error::WrongKey,
            Error::Down { status: 503 },
            Error::Unreachable(transport::Failure::NotSent(FailureKind::NoRoute)),
        ] {
            assert!(unread(id, &error).is_err(), "{error}");
        }
    }
}
