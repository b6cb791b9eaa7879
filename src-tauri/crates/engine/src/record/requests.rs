//! What can be asked about a finished interview.

use lever::OpportunityId;

use crate::handle::{self, Answer, Handle, Reply};
use padwatch_domain::note::{NoteChoice, NoteStatus, PreparedNote};
use padwatch_domain::problem::Problem;
use padwatch_domain::record::FinishedView;
use padwatch_domain::record::code::InterviewCode;

/// A request about a finished interview.
pub(crate) enum Request {
    View(OpportunityId, Reply<FinishedView>),
    Code(OpportunityId, Reply<InterviewCode>),
    Drawing(OpportunityId, Reply<String>),
    PrepareNote(OpportunityId, Option<NoteChoice>, Reply<PreparedNote>),
    SendNote(OpportunityId, NoteToSend, Reply<NoteStatus>),
    DiscardNote(OpportunityId, Reply<()>),
}

/// A note as the person wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteToSend {
    /// The text.
    pub text: String,
    /// Whether only some people may see it.
    pub secret: bool,
}

impl Request {
    /// Answers with a problem, when there is no ledger to work with.
    pub(crate) fn refuse(self, problem: &Problem) {
        fn no<T>(reply: Reply<T>, problem: &Problem) {
            // Whoever asked may have gone away meanwhile: fine.
            let _ = reply.send(Err(problem.clone()));
        }
        match self {
            Self::View(_, reply) => no(reply, problem),
            Self::Code(_, reply) => no(reply, problem),
            Self::Drawing(_, reply) => no(reply, problem),
            Self::PrepareNote(_, _, reply) => no(reply, problem),
            Self::SendNote(_, _, reply) => no(reply, problem),
            Self::DiscardNote(_, reply) => no(reply, problem),
        }
    }
}

impl Handle {
    /// The record of a finished interview.
    ///
    /// # Errors
    /// When it is not finished, or CoderPad doesn't tell.
    pub async fn finished_view(&self, opportunity: OpportunityId) -> Answer<FinishedView> {
        self.ask_record(|reply| Request::View(opportunity, reply))
            .await
    }

    /// The code of a finished interview, as it was at the end.
    ///
    /// # Errors
    /// When it is not finished, or CoderPad doesn't tell.
    pub async fn code(&self, opportunity: OpportunityId) -> Answer<InterviewCode> {
        self.ask_record(|reply| Request::Code(opportunity, reply))
            .await
    }

    /// A fresh address of what was drawn: it is good for five minutes (contracts/coderpad.md, 2.3).
    ///
    /// # Errors
    /// When nothing was drawn, the interview is not finished, or CoderPad doesn't tell.
    pub async fn drawing(&self, opportunity: OpportunityId) -> Answer<String> {
        self.ask_record(|reply| Request::Drawing(opportunity, reply))
            .await
    }

    /// The note about a finished interview, to be looked over. The one that is kept, unless
    /// something else is chosen; then it is composed anew, and what was changed in it is lost.
    ///
    /// # Errors
    /// When the interview is not finished, a note is on its way or was added already and nothing
    /// is chosen for another, or CoderPad doesn't tell.
    pub async fn prepare_note(
        &self,
        opportunity: OpportunityId,
        choice: Option<NoteChoice>,
    ) -> Answer<PreparedNote> {
        self.ask_record(|reply| Request::PrepareNote(opportunity, choice, reply))
            .await
    }

    /// Adds the note that was prepared to the candidate in Lever, or goes on with one of which
    /// only a part is there (its text stays then as it was). Answers when it is there, or when
    /// that is not known yet: then it goes on by itself, and is announced.
    ///
    /// # Errors
    /// When Lever refuses or can't be reached. The note is kept.
    pub async fn send_note(
        &self,
        opportunity: OpportunityId,
        note: NoteToSend,
    ) -> Answer<NoteStatus> {
        self.ask_record(|reply| Request::SendNote(opportunity, note, reply))
            .await
    }

    /// Throws away a note that was not sent.
    ///
    /// # Errors
    /// When it is on its way, or the ledger can't be written.
    pub async fn discard_note(&self, opportunity: OpportunityId) -> Answer<()> {
        self.ask_record(|reply| Request::DiscardNote(opportunity, reply))
            .await
    }

    async fn ask_record<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Answer<T> {
        self.ask(|reply| handle::Request::Record(request(reply)))
            .await
    }
}
