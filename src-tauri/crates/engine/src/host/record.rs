//! Questions about a finished interview.

use lever::OpportunityId;

use super::handle::Handle;
use crate::mailbox::Answer;
use crate::record::NoteToSend;
use padwatch_domain::note::{NoteChoice, NoteStatus, PreparedNote};
use padwatch_domain::record::FinishedView;
use padwatch_domain::record::code::InterviewCode;

impl Handle {
    /// The record of a finished interview.
    ///
    /// # Errors
    /// When it is not finished, or CoderPad doesn't tell.
    pub async fn finished_view(&self, opportunity: OpportunityId) -> Answer<FinishedView> {
        self.ask_later(move |owner, reply| owner.view(&opportunity, reply))
            .await
    }

    /// The code of a finished interview, as it was at the end.
    ///
    /// # Errors
    /// When it is not finished, or CoderPad doesn't tell.
    pub async fn code(&self, opportunity: OpportunityId) -> Answer<InterviewCode> {
        self.ask_later(move |owner, reply| owner.code(&opportunity, reply))
            .await
    }

    /// A fresh address of what was drawn: it is good for five minutes (contracts/coderpad.md, 2.3).
    ///
    /// # Errors
    /// When nothing was drawn, the interview is not finished, or CoderPad doesn't tell.
    pub async fn drawing(&self, opportunity: OpportunityId) -> Answer<String> {
        self.ask_later(move |owner, reply| owner.drawing(&opportunity, reply))
            .await
    }

    /// The note about a finished interview, to be looked over. The one that is kept, unless
    /// something else is chosen; then it is composed again, and what was changed in it is lost.
    ///
    /// # Errors
    /// When the interview is not finished, a note is on its way or was added already and nothing
    /// is chosen for another, or CoderPad doesn't tell.
    pub async fn prepare_note(
        &self,
        opportunity: OpportunityId,
        choice: Option<NoteChoice>,
    ) -> Answer<PreparedNote> {
        self.ask_later(move |owner, reply| {
            owner
                .notes
                .prepare_note(&opportunity, choice, reply, &mut owner.cx);
        })
        .await
    }

    /// Adds the note that was prepared to the candidate in Lever, or continues with one of which
    /// only a part is there (its text stays then as it was). Answers when it is there, or when
    /// that is not known yet: then it continues on its own, and is announced.
    ///
    /// # Errors
    /// When Lever refuses or can't be reached. The note is kept.
    pub async fn send_note(
        &self,
        opportunity: OpportunityId,
        note: NoteToSend,
    ) -> Answer<NoteStatus> {
        self.ask_later(move |owner, reply| {
            owner
                .notes
                .send_note(&opportunity, &note, reply, &mut owner.cx);
        })
        .await
    }

    /// Throws away a note that was not sent.
    ///
    /// # Errors
    /// When it is on its way, or the ledger can't be written.
    pub async fn discard_note(&self, opportunity: OpportunityId) -> Answer<()> {
        self.ask(move |owner| owner.notes.discard_note(&opportunity, &mut owner.cx))
            .await
    }
}
