//! Makes the window's whole vocabulary from one table.

use padwatch_domain::problem::Problem;
use padwatch_engine::Answer;
use serde::Serialize;
use serde_json::Value;

/// Writes `Call`, `Answers` and `answer` from a table of calls.
macro_rules! calls {
    (
        ($engine:ident, $desktop:ident)
        $(
            $(#[$about:meta])*
            $name:ident $({ $($(#[$detail:meta])* $field:ident: $of:ty),* $(,)? })?
                -> $answer:ty => $work:expr
        ),* $(,)?
    ) => {
        /// What the window may ask.
        #[derive(Debug, Deserialize, TS)]
        #[serde(
            tag = "kind",
            rename_all = "camelCase",
            rename_all_fields = "camelCase",
            deny_unknown_fields
        )]
        #[ts(export)]
        pub enum Call {
            $($(#[$about])* $name $({ $($(#[$detail])* $field: $of),* })?,)*
        }

        /// What each call is answered with.
        #[derive(TS)]
        #[ts(export, rename_all = "camelCase")]
        #[expect(non_snake_case, reason = "a field for each call, by the call's name")]
        pub struct Answers {
            $($(#[$about])* pub $name: $answer,)*
        }

        /// Answers a call in JSON.
        ///
        /// # Errors
        /// What can't be done, in words for a person.
        pub async fn answer(
            $engine: &Handle,
            $desktop: &dyn Desktop,
            call: Call,
        ) -> Answer<Value> {
            $crate::limits::check(call.text(), call.opportunity())?;
            match call {
                $(Call::$name $({ $($field),* })? => {
                    let answer: Answer<$answer> = $work;
                    $crate::vocabulary::json(&answer?)
                })*
            }
        }

        impl Call {
            /// The candidate that the call is about, if it is about one.
            pub(crate) fn opportunity(&self) -> Option<&OpportunityId> {
                match self {
                    $(Self::$name $({ $($field),* })? => {
                        let fields: &[Option<&OpportunityId>] =
                            &[$($($crate::vocabulary::candidate!($field $field)),*)?];
                        fields.iter().copied().flatten().next()
                    })*
                }
            }
        }
    };
}

/// The field of a call that names the candidate.
macro_rules! candidate {
    (opportunity $value:ident) => {
        Some($value)
    };
    ($other:ident $value:ident) => {{
        let _ = $value;
        None
    }};
}

pub(crate) use {calls, candidate};

/// An answer as the page reads it.
pub(crate) fn json<T: Serialize>(value: &T) -> Answer<Value> {
    serde_json::to_value(value).map_err(|error| {
        // Every answer is a plain struct; only a mistake in this program gets here.
        tracing::error!(%error, "an answer could not be written as JSON");
        Problem::AnswerNotWritten
    })
}
