use transport::Listed;

use super::Client;
use crate::note::Created;
use crate::requests::notes as requests;
use crate::{Error, NewNote, Note, NoteId, OpportunityId, UserId};

impl Client {
    /// The notes on an opportunity, in no order that Lever promises.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn notes(&self, id: &OpportunityId) -> Result<Listed<Note>, Error> {
        self.all(requests::all(self.root(), id)).await
    }

    /// Writes a note. Sent once: after an unclear answer, look whether it is there.
    ///
    /// # Errors
    /// [`Error::NeedsPerformAs`] where Lever wants a user; any other [`Error`].
    pub async fn create_note(
        &self,
        id: &OpportunityId,
        note: &NewNote,
        perform_as: Option<&UserId>,
    ) -> Result<NoteId, Error> {
        let call = requests::create(self.root(), id, note, perform_as);
        let created: Created = self.one(call).await?;
        Ok(created.into_id())
    }

    /// Deletes a note that was written through the API; Lever refuses others.
    ///
    /// # Errors
    /// [`Error::Gone`] if it is deleted already; any other [`Error`].
    pub async fn delete_note(&self, id: &OpportunityId, note: &NoteId) -> Result<(), Error> {
        self.done(requests::delete(self.root(), id, note)).await
    }
}
