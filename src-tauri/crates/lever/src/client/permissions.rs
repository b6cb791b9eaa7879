//! Finds out what a key may do, by reading.

use serde::de::IgnoredAny;

use super::call::Call;
use super::{Client, account, interviews, notes, opportunities, postings, webhooks};
use crate::{
    Confidentiality, Error, Opportunity, OpportunityId, OpportunityQuery, Permission, PostingQuery,
};

/// What can be said about a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It was tried, and it works.
    Allowed,
    /// It was tried, and Lever said no.
    Denied,
    /// It can't be tried without doing something, or there was nothing to try it on.
    Unknown,
}

/// What a key may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionReport {
    /// Each permission with what is known of it: first what was tried, then the writes.
    pub permissions: Vec<(Permission, Access)>,
    /// The grant to see confidential records.
    pub confidential: Access,
}

/// Trying a write would leave something in Lever: these stay unknown until the first real one.
const WRITES: [Permission; 10] = [
    Permission::AddOpportunityLinks,
    Permission::RemoveOpportunityLinks,
    Permission::AddOpportunityTags,
    Permission::RemoveOpportunityTags,
    Permission::CreateAnOpportunityNote,
    Permission::DeleteAnOpportunityNote,
    Permission::UploadAnOpportunityFile,
    Permission::UpdateAPosting,
    Permission::CreateAWebhook,
    Permission::DeleteAWebhook,
];

/// Finds out what a key may read, by reading: at most ten requests, and nothing is changed. What
/// concerns one opportunity is tried on the first that the list shows; without one it stays
/// unknown.
///
/// Only the list of opportunities has to answer. Any other failure (a plan without webhooks, a list
/// that is down, a proxy's page) leaves its own permission unknown, and no other.
///
/// # Errors
/// What Lever says to the list of opportunities, other than [`Error::NotAllowed`], which is what is
/// being looked for.
pub async fn probe(client: &Client) -> Result<PermissionReport, Error> {
    let root = client.root();
    let (list, first) = client
        .first_opportunity(Confidentiality::NonConfidential)
        .await?;
    let mut permissions = vec![(Permission::FindAllOpportunities, list)];
    for call in [
        account::stages(root),
        account::tags(root),
        account::users(root, None),
        postings::find(root, &PostingQuery::default()),
        webhooks::list(root),
    ] {
        permissions.push((call.needs, client.access(call).await));
    }
    permissions.extend(probe_one(client, first).await);
    permissions.extend(WRITES.map(|write| (write, Access::Unknown)));
    let confidential = match list {
        Access::Allowed => match client.first_opportunity(Confidentiality::All).await {
            Ok((access, _)) => access,
            // The plain list works, so any refusal here is about confidential data.
            Err(error) if error.is_refusal() => Access::Denied,
            Err(_) => Access::Unknown,
        },
        // A refusal would say nothing: the list itself may not be read.
        Access::Denied | Access::Unknown => Access::Unknown,
    };
    Ok(PermissionReport {
        permissions,
        confidential,
    })
}

/// Returns true if the key reads another opportunity than this one, which Lever refused: then the
/// refusal is about this one, which may be confidential, and not about a permission. At most two
/// requests.
pub async fn reads_another(client: &Client, refused: &OpportunityId) -> bool {
    let query = OpportunityQuery {
        limit: 2,
        ..OpportunityQuery::default()
    };
    let list = opportunities::find(client.root(), &query);
    let Ok(page) = client.page::<Opportunity>(&list).await else {
        return false;
    };
    let mut others = page.listed.rows.iter().filter(|one| one.id != *refused);
    match others.next() {
        Some(other) => client.opportunity(&other.id).await.is_ok(),
        None => false,
    }
}

/// What concerns one opportunity.
async fn probe_one(client: &Client, first: Option<OpportunityId>) -> [(Permission, Access); 3] {
    let mut found = [
        (Permission::FindAnOpportunity, Access::Unknown),
        (Permission::FindAllInterviews, Access::Unknown),
        (Permission::FindAllNotes, Access::Unknown),
    ];
    let Some(id) = first else {
        return found;
    };
    let root = client.root();
    let [one, planned, written] = &mut found;
    one.1 = learned(client.opportunity(&id).await.map(|_| ()));
    planned.1 = client.access(interviews::interviews(root, &id)).await;
    written.1 = client.access(notes::list(root, &id)).await;
    found
}

impl Client {
    /// What reading the first row of a list, in any shape, says about the permission.
    async fn access(&self, call: Call) -> Access {
        let page = self.page::<IgnoredAny>(&call.limited(1)).await;
        learned(page.map(|_| ()))
    }

    /// The access to the list of opportunities, and the first one if there is any.
    async fn first_opportunity(
        &self,
        confidentiality: Confidentiality,
    ) -> Result<(Access, Option<OpportunityId>), Error> {
        let query = OpportunityQuery {
            confidentiality,
            limit: 1,
            ..OpportunityQuery::default()
        };
        let page = self
            .page::<Opportunity>(&opportunities::find(self.root(), &query))
            .await;
        match page {
            Ok(page) => {
                let first = page.listed.rows.into_iter().next();
                Ok((Access::Allowed, first.map(|first| first.id)))
            }
            Err(error) => Ok((said(Err(error))?, None)),
        }
    }
}

/// What an answer says about a permission that is not needed for the rest: any other trouble leaves
/// it unknown.
fn learned(answer: Result<(), Error>) -> Access {
    said(answer).unwrap_or(Access::Unknown)
}

/// What an answer says about the permission that it needed.
fn said(answer: Result<(), Error>) -> Result<Access, Error> {
    match answer {
        Ok(()) => Ok(Access::Allowed),
        Err(Error::NotAllowed { .. }) => Ok(Access::Denied),
        // Deleted just now: Lever may have looked for it before it looked at the key.
        Err(Error::Gone { .. }) => Ok(Access::Unknown),
        Err(error) => Err(error),
    }
}
