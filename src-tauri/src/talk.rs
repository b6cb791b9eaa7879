//! What Padwatch and its window say to each other: a line of JSON each. They are two programs of
//! one version, always, so that nothing here needs to stay as it is between versions.

use std::io;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

/// What the window says.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Said {
    /// The page asks something. It is not read here: it may hold a key, and only the one who
    /// answers has a type for that.
    Asked {
        /// By which the answer is known.
        number: u64,
        /// A [`padwatch_commands::Call`].
        call: Value,
    },
    /// It came to the front. A window that is just being closed doesn't say so.
    AtFront,
}

/// What the window is told.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Told {
    /// The answer to what was asked: what was asked for, or a problem.
    Answer {
        /// By which the question is known.
        number: u64,
        /// What was asked for, or a problem.
        answer: Result<Value, Value>,
    },
    /// How things stand now.
    Seen {
        /// A [`padwatch_commands::Seen`].
        seen: Value,
    },
    /// A candidate is to be shown; the page asks whom.
    CandidateWanted,
    /// It is to come to the front.
    Front,
}

/// Says one thing.
///
/// # Errors
/// When the other has ended.
pub async fn say(to: &mut (impl AsyncWrite + Unpin), what: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(what)?;
    line.push(b'\n');
    to.write_all(&line).await?;
    to.flush().await
}

/// Reads a line. What is none of ours was written there by a library: it is passed over.
pub fn heard<T: DeserializeOwned>(line: &str) -> Option<T> {
    match serde_json::from_str(line) {
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
        let told = Told::Answer {
            number: 7,
            answer: Err(json!({"message": "a line\nand \u{2028} another"})),
        };
        let mut said = Vec::new();
        say(&mut said, &told).await.unwrap();
        say(&mut said, &Told::Front).await.unwrap();
        let said = String::from_utf8(said).unwrap();
        let heard: Vec<Told> = said.lines().map(|line| heard(line).unwrap()).collect();
        assert_eq!(heard, [told, Told::Front]);
    }

    #[test]
    fn what_a_library_prints_is_passed_over() {
        assert_eq!(heard::<Told>("Gtk-Message: no theme"), None);
    }
}
