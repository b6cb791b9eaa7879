//! `/opportunities/:id/notes`

use http::Method;
use serde::Deserialize;
use transport::{ApiRoot, Idempotency, Listed};

use super::Client;
use super::call::{Call, OPPORTUNITY, Subject, add_perform_as};
use crate::{Error, NewNote, Note, NoteId, OpportunityId, Permission, UserId};

impl Client {
    /// The notes on an opportunity, in no order that Lever promises.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn notes(&self, id: &OpportunityId) -> Result<Listed<Note>, Error> {
        self.all(list(self.root(), id)).await
    }

    /// Writes a note. Sent once: after an unclear answer, look for it before writing another.
    ///
    /// # Errors
    /// [`Error::NeedsPerformAs`] where Lever wants a user; any other [`Error`].
    pub async fn create_note(
        &self,
        id: &OpportunityId,
        note: &NewNote,
        perform_as: Option<&UserId>,
    ) -> Result<NoteId, Error> {
        let call = create(self.root(), id, note, perform_as);
        let created: RawCreated = self.one(call).await?;
        Ok(created.into_id())
    }

    /// Deletes a note that was written through the API; Lever refuses others.
    ///
    /// # Errors
    /// [`Error::Gone`] if it is deleted already; any other [`Error`].
    pub async fn delete_note(&self, id: &OpportunityId, note: &NoteId) -> Result<(), Error> {
        self.done(delete(self.root(), id, note)).await
    }
}

/// `GET`
pub(super) fn list(root: &ApiRoot, id: &OpportunityId) -> Call {
    let url = root.at(&["opportunities", id.as_str(), "notes"]);
    Call::read(url, Permission::FindAllNotes, OPPORTUNITY)
}

/// `POST`. A second one would be a second note (contracts/lever.md, 1.7).
fn create(root: &ApiRoot, id: &OpportunityId, note: &NewNote, user: Option<&UserId>) -> Call {
    let mut url = root.at(&["opportunities", id.as_str(), "notes"]);
    add_perform_as(&mut url, user);
    let needs = Permission::CreateAnOpportunityNote;
    Call::write(
        Method::POST,
        url,
        Idempotency::NotIdempotent,
        needs,
        OPPORTUNITY,
    )
    .json(note)
}

/// `DELETE`, below the note's id.
fn delete(root: &ApiRoot, id: &OpportunityId, note: &NoteId) -> Call {
    let url = root.at(&["opportunities", id.as_str(), "notes", note.as_str()]);
    let needs = Permission::DeleteAnOpportunityNote;
    let subject = Subject::Thing("note");
    Call::write(Method::DELETE, url, Idempotency::Idempotent, needs, subject)
}

/// What creating a note answers: `noteId` by the documentation, the whole note in practice
/// (contracts/lever.md, 4.5).
#[derive(Deserialize)]
#[serde(untagged)]
enum RawCreated {
    Named {
        #[serde(rename = "noteId")]
        note_id: NoteId,
    },
    Whole {
        id: NoteId,
    },
}

impl RawCreated {
    fn into_id(self) -> NoteId {
        match self {
            Self::Named { note_id } => note_id,
            Self::Whole { id } => id,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::call::tests::{body, line, root};

    #[test]
    fn a_note_is_created_once_and_in_somebodys_name() {
        let note = NewNote::new("hello");
        let call = create(
            &root(),
            &OpportunityId::new("o-1"),
            &note,
            Some(&UserId::new("u-1")),
        );
        assert_eq!(line(&call), "POST /opportunities/o-1/notes?perform_as=u-1");
        let expected = json!({"value": "hello", "secret": false, "notifyFollowers": false});
        assert_eq!(body(&call), expected);
        assert_eq!(call.request.idempotency, Idempotency::NotIdempotent);
    }

    #[test]
    fn a_note_is_found_and_deleted_below_its_opportunity() {
        let id = OpportunityId::new("o-1");
        assert_eq!(line(&list(&root(), &id)), "GET /opportunities/o-1/notes");
        let call = delete(&root(), &id, &NoteId::new("n-1"));
        assert_eq!(line(&call), "DELETE /opportunities/o-1/notes/n-1");
        assert_eq!(call.request.idempotency, Idempotency::Idempotent);
    }
}
