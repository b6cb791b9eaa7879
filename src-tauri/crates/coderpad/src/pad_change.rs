/// What shall change about a pad. What is `None` or `false` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PadChange {
    /// Another title; cut to 255 characters when it is sent.
    pub title: Option<String>,
    /// Another language.
    pub language: Option<String>,
    /// Other notes, in place of those that are there.
    pub notes: Option<String>,
    /// Whether the candidate waits to be let in.
    pub private: Option<bool>,
    /// Whether code can be run.
    pub execution_enabled: Option<bool>,
    /// Ends the interview. Nothing is known of a way back (contracts/coderpad.md, 2.8).
    pub end: bool,
    /// Deletes the pad. Together with `end` it is ended first, by a request of its own: what the
    /// service makes of both at once is not documented.
    pub delete: bool,
}
