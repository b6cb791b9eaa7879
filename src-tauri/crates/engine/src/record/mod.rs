//! Reading the record of a finished interview.

pub mod code;

/// A note as the person wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteToSend {
    /// The text.
    pub text: String,
    /// Whether only some people may see it.
    pub secret: bool,
}
