//! What Padwatch and its window say to each other: a line of JSON each. They are two programs of
//! one version, always, so that nothing here needs to stay as it is between versions.

use std::io;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// The longest line that the window may say, in bytes: a page that is taken over must not fill
/// Padwatch's memory.
pub const LONGEST_SAID: usize = 1 << 20;
/// The longest line that the window is told, in bytes: an interview's code may be long.
pub const LONGEST_TOLD: usize = 16 << 20;
/// With this code the window's program ends when its page has died.
pub const PAGE_GONE: u8 = 70;
/// With this code it ends where nothing that shows pages is installed.
pub const NO_WEB_VIEW: u8 = 71;
/// The most questions of the page that are under way.
pub const MOST_QUESTIONS: usize = 32;

/// What the window says.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum FromWindow {
    /// The page asks something. It is not read here: it may hold a key, and only the one who
    /// answers has a type for that.
    Asked {
        /// By which the answer is known.
        number: u64,
        /// A [`padwatch_api::Call`].
        call: Value,
    },
    /// The page answers: it is alive.
    Alive {
        /// By which the question is known.
        number: u64,
    },
    /// What it was told to copy, it did or could not.
    Copied {
        /// By which the text is known.
        number: u64,
        /// It is on the clipboard.
        done: bool,
    },
    /// It came to the front. A window that is just being closed doesn't say so.
    AtFront,
}

/// What the window is told.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ToWindow {
    /// The answer to what was asked: what was asked for, or a problem.
    Answer {
        /// By which the question is known.
        number: u64,
        /// What was asked for, or a problem.
        answer: Result<Value, Value>,
    },
    /// How things stand now.
    Seen {
        /// A [`padwatch_api::Seen`].
        seen: Value,
    },
    /// A candidate is to be shown; the page asks whom.
    CandidateWanted,
    /// Is the page alive?
    Alive {
        /// By which the question is known.
        number: u64,
    },
    /// To put a text on the clipboard: some desktops let only a window do that.
    Copy {
        /// By which the answer is known.
        number: u64,
        /// The text.
        plain: String,
        /// The same for editors of rich text.
        html: Option<String>,
    },
    /// It is to come to the front.
    Front {
        /// The desktop's permission, where one is needed.
        activation: Option<String>,
    },
}

/// Says one thing.
///
/// # Errors
/// When the other has ended.
pub async fn say(to: &mut (impl AsyncWrite + Unpin), what: &impl Serialize) -> io::Result<()> {
    say_line(to, line(what)?).await
}

/// Writes one thing as a line.
///
/// # Errors
/// When it can't be written as JSON.
pub fn line(what: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(what)?;
    line.push(b'\n');
    Ok(line)
}

/// Says a line.
///
/// # Errors
/// When the other has ended.
pub async fn say_line(to: &mut (impl AsyncWrite + Unpin), line: Vec<u8>) -> io::Result<()> {
    to.write_all(&line).await?;
    to.flush().await
}

/// Hears a line of at most `longest` bytes into `line`; `false`: the other has ended. It may be
/// dropped at any time and continued with the same `line`.
///
/// # Errors
/// `InvalidData` when the line is longer, or as soon as it can only become longer.
pub async fn hear(
    from: &mut (impl AsyncBufRead + Unpin),
    line: &mut Vec<u8>,
    longest: usize,
) -> io::Result<bool> {
    loop {
        let come = from.fill_buf().await?;
        if come.is_empty() {
            return Ok(false);
        }
        let end = come.iter().position(|byte| *byte == b'\n');
        let part = come.get(..end.unwrap_or(come.len())).unwrap_or(come);
        if line.len() + part.len() > longest {
            let why = "a line between the window and Padwatch is too long";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        line.extend_from_slice(part);
        let used = part.len() + usize::from(end.is_some());
        from.consume(used);
        if end.is_some() {
            return Ok(true);
        }
    }
}

/// Reads a line. What is none of ours was written there by a library: it is passed over.
pub fn heard<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    match serde_json::from_slice(line) {
        Ok(heard) => Some(heard),
        Err(error) => {
            tracing::warn!(kind = ?error.classify(), "a line between the window and Padwatch is none of theirs");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn what_is_said_is_heard_whatever_text_is_in_it() {
        let told = ToWindow::Answer {
            number: 7,
            answer: Err(json!({"message": "a line\nand \u{2028} another"})),
        };
        let mut said = Vec::new();
        say(&mut said, &told).await.unwrap();
        let front = ToWindow::Front { activation: None };
        say(&mut said, &front).await.unwrap();
        let mut from = said.as_slice();
        let mut all: Vec<ToWindow> = Vec::new();
        let mut line = Vec::new();
        while hear(&mut from, &mut line, LONGEST_TOLD).await.unwrap() {
            all.push(heard(&line).unwrap());
            line.clear();
        }
        assert_eq!(all, [told, front]);
    }

    #[tokio::test]
    async fn a_line_without_end_is_refused_before_it_fills_the_memory() {
        let (mut to, from) = tokio::io::duplex(1 << 16);
        let endless = tokio::spawn(async move {
            let mut sent: usize = 0;
            while to.write_all(&[b'x'; 1 << 14]).await.is_ok() {
                sent += 1 << 14;
            }
            sent
        });
        let mut line = Vec::new();
        let mut from = tokio::io::BufReader::new(from);
        let refused = hear(&mut from, &mut line, LONGEST_SAID).await.unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::InvalidData);
        assert!(line.capacity() <= 2 * LONGEST_SAID, "{}", line.capacity());
        drop(from);
        assert!(endless.await.unwrap() < 2 * LONGEST_SAID);
    }

    #[test]
    fn what_a_library_prints_is_passed_over() {
        assert_eq!(heard::<ToWindow>(b"Gtk-Message: no theme"), None);
    }
}
