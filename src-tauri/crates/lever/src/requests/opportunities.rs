use http::Method;
use serde::Serialize;
use transport::{ApiRoot, Repeat};
use url::Url;

use super::{Call, Subject, add, add_each, add_perform_as};
use crate::file::{self, NewFile};
use crate::{Confidentiality, OpportunityId, OpportunityQuery, Permission, UserId};

/// The posting is reachable through the applications alone; stage and owner come along for their
/// names, so that one request tells all (contracts/lever.md, 2 and 3.3).
const EXPANDED: [&str; 3] = ["applications", "stage", "owner"];

const ONE: Subject = Subject::Thing("opportunity");

#[derive(Serialize)]
struct Links<'a> {
    links: &'a [String],
}

#[derive(Serialize)]
struct Tags<'a> {
    tags: &'a [String],
}

/// `GET /opportunities`
pub(crate) fn find(root: &ApiRoot, query: &OpportunityQuery) -> Call {
    let mut url = root.at(&["opportunities"]);
    add_filters(&mut url, query);
    add(&mut url, "limit", &query.limit.clamp(1, 100).to_string());
    add_each(&mut url, "expand", &EXPANDED);
    let needs = match query.confidentiality {
        Confidentiality::NonConfidential => Permission::FindAllOpportunities,
        Confidentiality::All => Permission::ConfidentialData,
    };
    Call::read(url, needs, Subject::All("opportunities"))
}

fn add_filters(url: &mut Url, query: &OpportunityQuery) {
    for (name, wanted) in [("archived", query.archived), ("snoozed", query.snoozed)] {
        if let Some(wanted) = wanted {
            add(url, name, if wanted { "true" } else { "false" });
        }
    }
    add_each(url, "tag", &query.tags);
    add_each(url, "stage_id", &query.stages);
    add_each(url, "posting_id", &query.postings);
    if let Some(contact) = &query.contact {
        add(url, "contact_id", contact.as_str());
    }
    if let Some(email) = &query.email {
        add(url, "email", email);
    }
    if let Some(start) = query.updated_from_ms {
        add(url, "updated_at_start", &start.to_string());
    }
    // Without the grant even asking is refused, so nothing is said by default
    // (contracts/lever.md, 1.4).
    if query.confidentiality == Confidentiality::All {
        add(url, "confidentiality", "all");
    }
}

/// `GET /opportunities/:id`
pub(crate) fn one(root: &ApiRoot, id: &OpportunityId) -> Call {
    let mut url = root.at(&["opportunities", id.as_str()]);
    add_each(&mut url, "expand", &EXPANDED);
    Call::read(url, Permission::FindAnOpportunity, ONE)
}

/// `GET /opportunities/deleted`
pub(crate) fn deleted(root: &ApiRoot, start_ms: i64, end_ms: i64) -> Call {
    let mut url = root.at(&["opportunities", "deleted"]);
    add(&mut url, "deleted_at_start", &start_ms.to_string());
    add(&mut url, "deleted_at_end", &end_ms.to_string());
    let all = Subject::All("deleted opportunities");
    Call::read(url, Permission::FindAllDeletedOpportunities, all)
}

/// `GET /opportunities/:id/interviews`
pub(crate) fn interviews(root: &ApiRoot, id: &OpportunityId) -> Call {
    let url = root.at(&["opportunities", id.as_str(), "interviews"]);
    Call::read(url, Permission::FindAllInterviews, ONE)
}

/// `GET /opportunities/:id/panels`
pub(crate) fn panels(root: &ApiRoot, id: &OpportunityId) -> Call {
    let url = root.at(&["opportunities", id.as_str(), "panels"]);
    Call::read(url, Permission::FindAllPanels, ONE)
}

/// `GET /opportunities/:id/files`
pub(crate) fn files(root: &ApiRoot, id: &OpportunityId) -> Call {
    let url = root.at(&["opportunities", id.as_str(), "files"]);
    Call::read(url, Permission::FindAllFiles, ONE)
}

/// `POST /opportunities/:id/addLinks`
pub(crate) fn add_links(
    root: &ApiRoot,
    id: &OpportunityId,
    links: &[String],
    user: Option<&UserId>,
) -> Call {
    let needs = Permission::AddOpportunityLinks;
    change(root, id, "addLinks", needs, user).json(&Links { links })
}

/// `POST /opportunities/:id/removeLinks`
pub(crate) fn remove_links(
    root: &ApiRoot,
    id: &OpportunityId,
    links: &[String],
    user: Option<&UserId>,
) -> Call {
    let needs = Permission::RemoveOpportunityLinks;
    change(root, id, "removeLinks", needs, user).json(&Links { links })
}

/// `POST /opportunities/:id/addTags`
pub(crate) fn add_tags(
    root: &ApiRoot,
    id: &OpportunityId,
    tags: &[String],
    user: Option<&UserId>,
) -> Call {
    let needs = Permission::AddOpportunityTags;
    change(root, id, "addTags", needs, user).json(&Tags { tags })
}

/// `POST /opportunities/:id/removeTags`
pub(crate) fn remove_tags(
    root: &ApiRoot,
    id: &OpportunityId,
    tags: &[String],
    user: Option<&UserId>,
) -> Call {
    let needs = Permission::RemoveOpportunityTags;
    change(root, id, "removeTags", needs, user).json(&Tags { tags })
}

/// A change of a set: doing it twice leaves the same (contracts/lever.md, 4.2 and 4.3).
fn change(
    root: &ApiRoot,
    id: &OpportunityId,
    what: &str,
    needs: Permission,
    user: Option<&UserId>,
) -> Call {
    let mut url = root.at(&["opportunities", id.as_str(), what]);
    add_perform_as(&mut url, user);
    Call::write(Method::POST, url, Repeat::Idempotent, needs, ONE)
}

/// `POST /opportunities/:id/files`. The boundary must not occur in the file: take a random one.
pub(crate) fn upload_file(
    root: &ApiRoot,
    id: &OpportunityId,
    new: &NewFile,
    user: &UserId,
    boundary: &str,
) -> Call {
    let mut url = root.at(&["opportunities", id.as_str(), "files"]);
    add_perform_as(&mut url, Some(user));
    let needs = Permission::UploadAnOpportunityFile;
    let mut call = Call::write(Method::POST, url, Repeat::Never, needs, ONE);
    let (media_type, bytes) = file::multipart(new, boundary);
    call.request = call.request.with_body(media_type, bytes);
    call
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use transport::Body;

    use super::*;
    use crate::requests::tests::{body, line, root};
    use crate::{ContactId, PostingId, StageId};

    const EXPAND: &str = "expand=applications&expand=stage&expand=owner";

    fn id() -> OpportunityId {
        OpportunityId::new("o-1")
    }

    #[test]
    fn the_usual_poll_is_one_request() {
        let query = OpportunityQuery {
            archived: Some(false),
            tags: vec!["coderpad".into(), "CoderPad".into()],
            stages: vec![StageId::new("applicant-new"), StageId::new("s-2")],
            confidentiality: Confidentiality::All,
            ..OpportunityQuery::default()
        };
        let expected = format!(
            "GET /opportunities?archived=false&tag=coderpad&tag=CoderPad&stage_id=applicant-new\
             &stage_id=s-2&confidentiality=all&limit=100&{EXPAND}"
        );
        let call = find(&root(), &query);
        assert_eq!(line(&call), expected);
        assert_eq!(call.request.repeat, Repeat::Safe);
        assert_eq!(call.needs, Permission::ConfidentialData);
    }

    #[test]
    fn every_filter_has_its_parameter() {
        let query = OpportunityQuery {
            archived: Some(true),
            snoozed: Some(false),
            tags: vec!["R&D".into()],
            postings: vec![PostingId::new("p-1")],
            contact: Some(ContactId::new("c-1")),
            email: Some("ada+1@example.com".into()),
            updated_from_ms: Some(17),
            limit: 250,
            ..OpportunityQuery::default()
        };
        let expected = format!(
            "GET /opportunities?archived=true&snoozed=false&tag=R%26D&posting_id=p-1\
             &contact_id=c-1&email=ada%2B1%40example.com&updated_at_start=17&limit=100&{EXPAND}"
        );
        assert_eq!(line(&find(&root(), &query)), expected);
    }

    #[test]
    fn confidential_ones_are_not_even_mentioned_by_default() {
        let call = find(&root(), &OpportunityQuery::default());
        assert_eq!(
            line(&call),
            format!("GET /opportunities?limit=100&{EXPAND}")
        );
        assert_eq!(call.needs, Permission::FindAllOpportunities);
    }

    #[test]
    fn reads_of_one_opportunity() {
        let root = root();
        assert_eq!(
            line(&one(&root, &id())),
            format!("GET /opportunities/o-1?{EXPAND}")
        );
        assert_eq!(
            line(&interviews(&root, &id())),
            "GET /opportunities/o-1/interviews"
        );
        assert_eq!(line(&panels(&root, &id())), "GET /opportunities/o-1/panels");
        assert_eq!(line(&files(&root, &id())), "GET /opportunities/o-1/files");
        let expected = "GET /opportunities/deleted?deleted_at_start=1&deleted_at_end=2";
        assert_eq!(line(&deleted(&root, 1, 2)), expected);
    }

    #[test]
    fn sets_are_changed_by_posts_that_may_be_repeated() {
        let (root, items) = (root(), ["a".to_owned()]);
        let (user, nobody) = (UserId::new("u-1"), None);
        for (call, what, key) in [
            (
                add_links(&root, &id(), &items, Some(&user)),
                "addLinks",
                "links",
            ),
            (
                remove_links(&root, &id(), &items, Some(&user)),
                "removeLinks",
                "links",
            ),
            (
                add_tags(&root, &id(), &items, Some(&user)),
                "addTags",
                "tags",
            ),
            (
                remove_tags(&root, &id(), &items, Some(&user)),
                "removeTags",
                "tags",
            ),
        ] {
            let expected = format!("POST /opportunities/o-1/{what}?perform_as=u-1");
            assert_eq!(line(&call), expected);
            assert_eq!(body(&call), json!({ key: ["a"] }));
            assert_eq!(call.request.repeat, Repeat::Idempotent);
        }
        let call = add_links(&root, &id(), &items, nobody);
        assert_eq!(line(&call), "POST /opportunities/o-1/addLinks");
    }

    #[test]
    fn a_file_is_uploaded_once_as_a_form() {
        let file = NewFile {
            name: "a.py".into(),
            media_type: "text/plain".into(),
            bytes: "x".into(),
        };
        let call = upload_file(&root(), &id(), &file, &UserId::new("u-1"), "B");
        assert_eq!(line(&call), "POST /opportunities/o-1/files?perform_as=u-1");
        assert_eq!(call.request.repeat, Repeat::Never);
        let Body::Bytes { media_type, .. } = call.request.body else {
            panic!("no body");
        };
        assert_eq!(media_type, "multipart/form-data; boundary=B");
    }
}
