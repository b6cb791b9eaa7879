use http::Method;
use transport::{ApiRoot, Repeat};

use super::{Call, Subject, add_perform_as};
use crate::{NewNote, NoteId, OpportunityId, Permission, UserId};

const OPPORTUNITY: Subject = Subject::Thing("opportunity");

/// `GET /opportunities/:id/notes`
pub(crate) fn all(root: &ApiRoot, id: &OpportunityId) -> Call {
    let url = root.at(&["opportunities", id.as_str(), "notes"]);
    Call::read(url, Permission::FindAllNotes, OPPORTUNITY)
}

/// `POST /opportunities/:id/notes`. A second one would be a second note (contracts/lever.md, 1.7).
pub(crate) fn create(
    root: &ApiRoot,
    id: &OpportunityId,
    note: &NewNote,
    user: Option<&UserId>,
) -> Call {
    let mut url = root.at(&["opportunities", id.as_str(), "notes"]);
    add_perform_as(&mut url, user);
    let needs = Permission::CreateAnOpportunityNote;
    Call::write(Method::POST, url, Repeat::Never, needs, OPPORTUNITY).json(note)
}

/// `DELETE /opportunities/:id/notes/:note`
pub(crate) fn delete(root: &ApiRoot, id: &OpportunityId, note: &NoteId) -> Call {
    let url = root.at(&["opportunities", id.as_str(), "notes", note.as_str()]);
    let needs = Permission::DeleteAnOpportunityNote;
    let subject = Subject::Thing("note");
    Call::write(Method::DELETE, url, Repeat::Idempotent, needs, subject)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::requests::tests::{body, line, root};

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
        assert_eq!(call.request.repeat, Repeat::Never);
    }

    #[test]
    fn a_note_is_found_and_deleted_below_its_opportunity() {
        let id = OpportunityId::new("o-1");
        assert_eq!(line(&all(&root(), &id)), "GET /opportunities/o-1/notes");
        let call = delete(&root(), &id, &NoteId::new("n-1"));
        assert_eq!(line(&call), "DELETE /opportunities/o-1/notes/n-1");
        assert_eq!(call.request.repeat, Repeat::Idempotent);
    }
}
