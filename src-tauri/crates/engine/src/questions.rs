//! The questions of the CoderPad account, to choose one for new pads.

use coderpad::{Question, QuestionId};

use crate::context::services::Services;
use crate::context::services::keys_missing;
use crate::mailbox::Answer;
use padwatch_domain::folding::fold;
use padwatch_domain::service_error::of_coderpad;

/// Two pages of 50: no one reads more, and a longer text narrows it down.
const PAGES: usize = 2;

/// Which questions are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionsWanted {
    /// Those with this text in their title; empty: any.
    Text {
        /// As typed.
        text: String,
    },
    /// This one, to show what is chosen.
    Id {
        /// Its id.
        id: QuestionId,
    },
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionFound {
    /// Its id.
    pub id: QuestionId,
    /// Its title; may be empty.
    pub title: String,
    /// Its language; `None`: any.
    pub language: Option<String>,
}

/// Asks CoderPad.
pub(crate) async fn find(
    services: Option<Services>,
    wanted: QuestionsWanted,
) -> Answer<Vec<QuestionFound>> {
    let services = services.ok_or_else(keys_missing)?;
    match wanted {
        QuestionsWanted::Id { id } => {
            let question = services
                .coderpad
                .question(id)
                .await
                .map_err(|error| of_coderpad(&error).problem)?;
            Ok(vec![told(question)])
        }
        QuestionsWanted::Text { text } => {
            let read = services
                .coderpad
                .questions(text.trim(), PAGES)
                .await
                .map_err(|error| of_coderpad(&error).problem)?;
            Ok(fitting(read.questions, &text))
        }
    }
}

/// Searched here once more: an older CoderPad answers every search with all questions. Take-home
/// questions and drafts don't fit a live pad (contracts/coderpad.md, 3).
fn fitting(questions: Vec<Question>, text: &str) -> Vec<QuestionFound> {
    let wanted = fold(text.trim());
    questions
        .into_iter()
        .filter(|question| !question.is_draft && !is_take_home(question))
        .map(told)
        .filter(|question| fold(&question.title).contains(&wanted))
        .collect()
}

fn is_take_home(question: &Question) -> bool {
    question.take_home || question.pad_type.as_deref() == Some("take_home")
}

fn told(question: Question) -> QuestionFound {
    QuestionFound {
        id: question.id,
        title: question.title.unwrap_or_default(),
        language: question.language.filter(|language| !language.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_questions_for_live_pads_that_hold_the_text_are_found() {
        let question = |id: i64, title: &str, more: serde_json::Value| -> Question {
            let mut value = json!({"id": id, "title": title});
            value
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            serde_json::from_value(value).unwrap()
        };
        let all = vec![
            question(1, "Two Sums", json!({"language": ""})),
            question(2, "Two sums at home", json!({"take_home": true})),
            question(3, "Two sums, unfinished", json!({"is_draft": true})),
            question(4, "Two sums for later", json!({"pad_type": "take_home"})),
            question(5, "Trees", json!({})),
        ];
        let found = fitting(all, " SUMS ");
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].id, found[0].language.as_deref()),
            (QuestionId(1), None)
        );
    }
}
