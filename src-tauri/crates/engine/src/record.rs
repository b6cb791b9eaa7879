//! What a person sends about a finished interview.

/// A note as the person wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteToSend {
    /// The text.
    pub text: String,
    /// Whether only some people may see it.
    pub secret: bool,
}
