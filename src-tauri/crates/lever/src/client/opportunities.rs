//! `/opportunities` and `/opportunities/deleted`

use std::collections::HashSet;

use transport::{ApiRoot, Listed};
use url::Url;

use super::Client;
use super::call::{Call, OPPORTUNITY, Subject, add, add_each};
use crate::{
    Confidentiality, DeletedOpportunity, Error, Opportunity, OpportunityId, OpportunityQuery,
    Permission,
};

/// The posting is reachable through the applications alone (contracts/lever.md, 2 and 3.3).
const EXPANDED: &str = "applications";

impl Client {
    /// All opportunities that fit, each once: an opportunity that moves while the pages are read
    /// can come twice, and the first one is kept.
    ///
    /// # Errors
    /// Any [`Error`]. With [`Confidentiality::All`], [`Error::NotAllowed`] names the access to
    /// confidential data, although it may be the list itself that the key may not read.
    pub async fn opportunities(
        &self,
        query: &OpportunityQuery,
    ) -> Result<Listed<Opportunity>, Error> {
        let mut all: Listed<Opportunity> = self.all(find(self.root(), query)).await?;
        let mut seen = HashSet::new();
        all.rows
            .retain(|opportunity| seen.insert(opportunity.id.clone()));
        Ok(all)
    }

    /// All opportunities that fit and that this key may see: confidential ones too, unless Lever
    /// refuses those, however it says so. The query's own confidentiality doesn't count.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn visible_opportunities(
        &self,
        query: &OpportunityQuery,
    ) -> Result<Listed<Opportunity>, Error> {
        let with = |confidentiality| OpportunityQuery {
            confidentiality,
            ..query.clone()
        };
        match self.opportunities(&with(Confidentiality::All)).await {
            Err(error) if error.is_refusal() => {
                let others = with(Confidentiality::NonConfidential);
                self.opportunities(&others).await
            }
            outcome => outcome,
        }
    }

    /// One opportunity.
    ///
    /// # Errors
    /// [`Error::Gone`] if it was deleted; any other [`Error`].
    pub async fn opportunity(&self, id: &OpportunityId) -> Result<Opportunity, Error> {
        self.one(one(self.root(), id)).await
    }

    /// The opportunities that were deleted in this time, in ms since the epoch, ends included. Asked
    /// for in slices of 30 days: Lever takes no longer ones for its other lists of deletions, and
    /// perhaps for this one (contracts/lever.md, 4.1).
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn deleted_opportunities(
        &self,
        start_ms: i64,
        end_ms: i64,
    ) -> Result<Listed<DeletedOpportunity>, Error> {
        let mut all = Listed::default();
        let mut from_ms = start_ms;
        while from_ms <= end_ms {
            let to_ms = from_ms.saturating_add(LONGEST_SLICE_MS - 1).min(end_ms);
            all.append(self.all(deleted(self.root(), from_ms, to_ms)).await?);
            from_ms = to_ms.saturating_add(1);
        }
        Ok(all)
    }
}

/// 30 days, in ms.
const LONGEST_SLICE_MS: i64 = 30 * 24 * 3_600_000;

/// `GET /opportunities`
pub(super) fn find(root: &ApiRoot, query: &OpportunityQuery) -> Call {
    let mut url = root.at(&["opportunities"]);
    add_filters(&mut url, query);
    add(&mut url, "limit", &query.limit.clamp(1, 100).to_string());
    add(&mut url, "expand", EXPANDED);
    let needs = match query.confidentiality {
        Confidentiality::NonConfidential => Permission::FindAllOpportunities,
        Confidentiality::All => Permission::ConfidentialData,
    };
    Call::read(url, needs, Subject::All("opportunities"))
}

fn add_filters(url: &mut Url, query: &OpportunityQuery) {
    if let Some(archived) = query.archived {
        add(url, "archived", if archived { "true" } else { "false" });
    }
    add_each(url, "tag", &query.tags);
    add_each(url, "stage_id", &query.stages);
    add_each(url, "posting_id", &query.postings);
    if let Some(contact) = &query.contact {
        add(url, "contact_id", contact.as_str());
    }
    if let Some(updated) = &query.updated {
        add(url, "updated_at_start", &updated.from_ms.to_string());
        if let Some(to_ms) = updated.to_ms {
            add(url, "updated_at_end", &to_ms.to_string());
        }
    }
    // Without the grant even asking is refused, so nothing is said by default
    // (contracts/lever.md, 1.4).
    if query.confidentiality == Confidentiality::All {
        add(url, "confidentiality", "all");
    }
}

/// `GET /opportunities/:id`
fn one(root: &ApiRoot, id: &OpportunityId) -> Call {
    let mut url = root.at(&["opportunities", id.as_str()]);
    add(&mut url, "expand", EXPANDED);
    Call::read(url, Permission::FindAnOpportunity, OPPORTUNITY)
}

/// `GET /opportunities/deleted`
fn deleted(root: &ApiRoot, start_ms: i64, end_ms: i64) -> Call {
    let mut url = root.at(&["opportunities", "deleted"]);
    add(&mut url, "deleted_at_start", &start_ms.to_string());
    add(&mut url, "deleted_at_end", &end_ms.to_string());
    let all = Subject::All("deleted opportunities");
    Call::read(url, Permission::FindAllDeletedOpportunities, all)
}

#[cfg(test)]
mod tests {
    use transport::Idempotency;

    use super::*;
    use crate::client::call::tests::{line, root};
    use crate::{ContactId, PostingId, StageId, Updated};

    #[test]
    fn the_usual_poll_is_one_request() {
        let query = OpportunityQuery {
            archived: Some(false),
            tags: vec!["coderpad".into(), "CoderPad".into()],
            stages: vec![StageId::new("applicant-new"), StageId::new("s-2")],
            confidentiality: Confidentiality::All,
            ..OpportunityQuery::default()
        };
        let call = find(&root(), &query);
        assert_eq!(
            line(&call),
            "GET /opportunities?archived=false&tag=coderpad&tag=CoderPad&stage_id=applicant-new\
             &stage_id=s-2&confidentiality=all&limit=100&expand=applications"
        );
        assert_eq!(call.request.idempotency, Idempotency::Safe);
        assert_eq!(call.needs, Permission::ConfidentialData);
    }

    #[test]
    fn every_filter_has_its_parameter() {
        let query = OpportunityQuery {
            archived: Some(true),
            tags: vec!["R&D".into()],
            postings: vec![PostingId::new("p-1")],
            contact: Some(ContactId::new("c+1@x")),
            updated: Some(Updated {
                from_ms: 1,
                to_ms: Some(2),
            }),
            limit: 250,
            ..OpportunityQuery::default()
        };
        assert_eq!(
            line(&find(&root(), &query)),
            "GET /opportunities?archived=true&tag=R%26D&posting_id=p-1&contact_id=c%2B1%40x\
             &updated_at_start=1&updated_at_end=2&limit=100&expand=applications"
        );
    }

    #[test]
    fn nothing_is_filtered_and_no_grant_is_asked_for_by_default() {
        let call = find(&root(), &OpportunityQuery::default());
        assert_eq!(
            line(&call),
            "GET /opportunities?limit=100&expand=applications"
        );
        assert_eq!(call.needs, Permission::FindAllOpportunities);
    }

    #[test]
    fn one_and_deleted_opportunities_have_their_addresses() {
        let call = one(&root(), &OpportunityId::new("o-1"));
        assert_eq!(line(&call), "GET /opportunities/o-1?expand=applications");
        let expected = "GET /opportunities/deleted?deleted_at_start=1&deleted_at_end=2";
        assert_eq!(line(&deleted(&root(), 1, 2)), expected);
    }
}
