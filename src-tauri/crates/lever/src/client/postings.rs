//! `/postings`

use http::Method;
use serde::Serialize;
use transport::{ApiRoot, Idempotency, Listed};

use super::Client;
use super::call::{Call, Subject, add, add_each, add_perform_as};
use crate::{Confidentiality, Error, Permission, Posting, PostingId, PostingQuery, UserId};

impl Client {
    /// All postings that fit.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn postings(&self, query: &PostingQuery) -> Result<Listed<Posting>, Error> {
        self.all(find(self.root(), query)).await
    }

    /// One posting.
    ///
    /// # Errors
    /// [`Error::Gone`] if it was deleted; any other [`Error`].
    pub async fn posting(&self, id: &PostingId) -> Result<Posting, Error> {
        self.one(one(self.root(), id)).await
    }

    /// Replaces the posting's own tags: read them first, and send those to keep as well.
    /// Confidential postings can't be changed (contracts/lever.md, 4.7).
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn set_posting_tags(
        &self,
        id: &PostingId,
        tags: &[String],
        perform_as: &UserId,
    ) -> Result<Posting, Error> {
        self.one(set_tags(self.root(), id, tags, perform_as)).await
    }
}

const ONE: Subject = Subject::Thing("posting");

#[derive(Serialize)]
struct Tags<'a> {
    tags: &'a [String],
}

/// `GET /postings`
pub(super) fn find(root: &ApiRoot, query: &PostingQuery) -> Call {
    let mut url = root.at(&["postings"]);
    if let Some(state) = &query.state {
        add(&mut url, "state", state.as_str());
    }
    if let Some(channel) = query.channel {
        add(&mut url, "distributionChannel", channel.as_str());
    }
    add_each(&mut url, "tag", &query.tags);
    if query.confidentiality == Confidentiality::All {
        add(&mut url, "confidentiality", "all");
    }
    let needs = match query.confidentiality {
        Confidentiality::NonConfidential => Permission::FindAllPostings,
        Confidentiality::All => Permission::ConfidentialData,
    };
    Call::read(url, needs, Subject::All("postings"))
}

/// `GET /postings/:id`
fn one(root: &ApiRoot, id: &PostingId) -> Call {
    let url = root.at(&["postings", id.as_str()]);
    Call::read(url, Permission::FindAPosting, ONE)
}

/// `POST /postings/:id`: a partial update, not a PUT. The list replaces the posting's own tags
/// (contracts/lever.md, 4.7).
fn set_tags(root: &ApiRoot, id: &PostingId, tags: &[String], user: &UserId) -> Call {
    let mut url = root.at(&["postings", id.as_str()]);
    add_perform_as(&mut url, Some(user));
    let needs = Permission::UpdateAPosting;
    Call::write(Method::POST, url, Idempotency::Idempotent, needs, ONE).json(&Tags { tags })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::call::tests::{body, line, root};
    use crate::{Channel, PostingState};

    #[test]
    fn postings_are_found_by_state_and_tag() {
        let query = PostingQuery {
            state: Some(PostingState::Published),
            channel: Some(Channel::Internal),
            tags: vec!["R&D".into()],
            confidentiality: Confidentiality::All,
        };
        let call = find(&root(), &query);
        let expected = "GET /postings?state=published&distributionChannel=internal&tag=R%26D\
             &confidentiality=all";
        assert_eq!(line(&call), expected);
        assert_eq!(
            line(&find(&root(), &PostingQuery::default())),
            "GET /postings"
        );
        assert_eq!(
            line(&one(&root(), &PostingId::new("p-1"))),
            "GET /postings/p-1"
        );
    }

    #[test]
    fn tags_of_a_posting_are_replaced_by_a_post_in_somebodys_name() {
        let tags = ["coderpad".to_owned()];
        let call = set_tags(&root(), &PostingId::new("p-1"), &tags, &UserId::new("u-1"));
        assert_eq!(line(&call), "POST /postings/p-1?perform_as=u-1");
        assert_eq!(body(&call), json!({"tags": ["coderpad"]}));
        assert_eq!(call.request.idempotency, Idempotency::Idempotent);
    }
}
