//! Named points on the way of a creation and of a note. Tests stop the program dead at each of them.

use futures_util::future::BoxFuture;

pub use crate::jobs::JobKind;

/// A point between two steps: before or after a durable write or a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failpoint {
    /// Before or after the list of candidates is asked for.
    PollAsk,
    /// What the list says is about to be written, or was.
    PollWrite,
    /// The opportunity is read again.
    Reread,
    /// The intent is written.
    IntentWrite,
    /// The pad is asked for.
    Create,
    /// What came of it is written.
    CreateWrite,
    /// CoderPad's list is read, page by page.
    Look,
    /// What the look found is written.
    LookWrite,
    /// The announcement is handed out.
    Announce,
    /// That it was shown is written.
    ShownWrite,
    /// The links are read before one is added.
    LinkRead,
    /// The link is added.
    LinkAdd,
    /// The links are read again.
    LinkCheck,
    /// That it is there is written.
    LinkWrite,
    /// That a part of a note is about to be sent is written.
    NoteWrite,
    /// It is sent.
    NoteSend,
    /// What came of it is written.
    NoteSentWrite,
    /// The notes are read to see whether it is there.
    NoteLook,
    /// What that showed is written.
    NoteLookWrite,
}

/// Which side of a [`Failpoint`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// It has not begun.
    Before,
    /// It is done.
    After,
}

/// Is told whenever a failpoint is passed.
pub trait Failpoints: Send + Sync {
    /// Called at each point; may never return.
    fn pass(&self, side: Side, at: Failpoint);

    /// A job of this kind begins. What is returned runs first within it; it may panic, or never
    /// end.
    fn begin(&self, _kind: JobKind) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// Passes by.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFailpoints;

impl Failpoints for NoFailpoints {
    fn pass(&self, _side: Side, _at: Failpoint) {}
}

impl Failpoint {
    /// Every failpoint, in the order of a creation.
    pub const ALL: [Self; 14] = [
        Self::PollAsk,
        Self::PollWrite,
        Self::Reread,
        Self::IntentWrite,
        Self::Create,
        Self::CreateWrite,
        Self::Look,
        Self::LookWrite,
        Self::Announce,
        Self::ShownWrite,
        Self::LinkRead,
        Self::LinkAdd,
        Self::LinkCheck,
        Self::LinkWrite,
    ];

    /// Every failpoint of a note, in their order.
    pub const OF_A_NOTE: [Self; 5] = [
        Self::NoteWrite,
        Self::NoteSend,
        Self::NoteSentWrite,
        Self::NoteLook,
        Self::NoteLookWrite,
    ];

    /// Its name, such as `intent-write`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PollAsk => "poll-ask",
            Self::PollWrite => "poll-write",
            Self::Reread => "reread",
            Self::IntentWrite => "intent-write",
            Self::Create => "create",
            Self::CreateWrite => "create-write",
            Self::Look => "look",
            Self::LookWrite => "look-write",
            Self::Announce => "announce",
            Self::ShownWrite => "shown-write",
            Self::LinkRead => "link-read",
            Self::LinkAdd => "link-add",
            Self::LinkCheck => "link-check",
            Self::LinkWrite => "link-write",
            Self::NoteWrite => "note-write",
            Self::NoteSend => "note-send",
            Self::NoteSentWrite => "note-sent-write",
            Self::NoteLook => "note-look",
            Self::NoteLookWrite => "note-look-write",
        }
    }
}

impl Side {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}
