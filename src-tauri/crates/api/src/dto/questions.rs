//! The questions of the CoderPad account.

use coderpad::QuestionId;
use padwatch_engine::questions;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::convert::{Convert, convert, mirror};

mirror! { in
    /// Which questions are wanted.
    #[serde(tag = "by")]
    enum QuestionsWanted of questions::QuestionsWanted {
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
}

mirror! { out
    /// A question.
    struct QuestionFound of questions::QuestionFound {
        /// Its id.
        id: QuestionId,
        /// Its title; may be empty.
        title: String,
        /// Its language; `None`: any.
        language: Option<String>,
    }
}
