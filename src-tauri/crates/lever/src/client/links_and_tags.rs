//! `/opportunities/:id/addLinks`, `removeLinks`, `addTags` and `removeTags`: changes of a set, so
//! that sending one twice leaves the same (contracts/lever.md, 4.2 and 4.3).

use http::Method;
use serde::Serialize;
use transport::{ApiRoot, Idempotency};

use super::Client;
use super::call::{Call, OPPORTUNITY, add_perform_as};
use crate::{Error, Opportunity, OpportunityId, Permission, UserId};

impl Client {
    /// Adds links to the person behind an opportunity: they show on all the person's
    /// opportunities. A link that is there already stays as it is.
    ///
    /// # Errors
    /// [`Error::NeedsPerformAs`] where Lever wants a user; any other [`Error`].
    pub async fn add_links(
        &self,
        id: &OpportunityId,
        links: &[String],
        perform_as: Option<&UserId>,
    ) -> Result<Opportunity, Error> {
        let call = Change::AddLinks.call(self.root(), id, perform_as);
        self.one(call.json(&Links { links })).await
    }

    /// Removes links from the person behind an opportunity. They must be spelled as they were
    /// added; what isn't there is no error.
    ///
    /// # Errors
    /// [`Error::NeedsPerformAs`] where Lever wants a user; any other [`Error`].
    pub async fn remove_links(
        &self,
        id: &OpportunityId,
        links: &[String],
        perform_as: Option<&UserId>,
    ) -> Result<Opportunity, Error> {
        let call = Change::RemoveLinks.call(self.root(), id, perform_as);
        self.one(call.json(&Links { links })).await
    }

    /// Adds tags to an opportunity. Lever creates those that are new; the others stay.
    ///
    /// # Errors
    /// [`Error::NeedsPerformAs`] where Lever wants a user; any other [`Error`].
    pub async fn add_tags(
        &self,
        id: &OpportunityId,
        tags: &[String],
        perform_as: Option<&UserId>,
    ) -> Result<Opportunity, Error> {
        let call = Change::AddTags.call(self.root(), id, perform_as);
        self.one(call.json(&Tags { tags })).await
    }

    /// Removes an opportunity's own tags. Inherited ones come back with the posting.
    ///
    /// # Errors
    /// [`Error::NeedsPerformAs`] where Lever wants a user; any other [`Error`].
    pub async fn remove_tags(
        &self,
        id: &OpportunityId,
        tags: &[String],
        perform_as: Option<&UserId>,
    ) -> Result<Opportunity, Error> {
        let call = Change::RemoveTags.call(self.root(), id, perform_as);
        self.one(call.json(&Tags { tags })).await
    }
}

#[derive(Serialize)]
struct Links<'a> {
    links: &'a [String],
}

#[derive(Serialize)]
struct Tags<'a> {
    tags: &'a [String],
}

#[derive(Clone, Copy)]
enum Change {
    AddLinks,
    RemoveLinks,
    AddTags,
    RemoveTags,
}

impl Change {
    /// `POST`, still without its body.
    fn call(self, root: &ApiRoot, id: &OpportunityId, user: Option<&UserId>) -> Call {
        let (path, needs) = match self {
            Self::AddLinks => ("addLinks", Permission::AddOpportunityLinks),
            Self::RemoveLinks => ("removeLinks", Permission::RemoveOpportunityLinks),
            Self::AddTags => ("addTags", Permission::AddOpportunityTags),
            Self::RemoveTags => ("removeTags", Permission::RemoveOpportunityTags),
        };
        let mut url = root.at(&["opportunities", id.as_str(), path]);
        add_perform_as(&mut url, user);
        Call::write(
            Method::POST,
            url,
            Idempotency::Idempotent,
            needs,
            OPPORTUNITY,
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::call::tests::{body, line, root};

    #[test]
    fn sets_are_changed_by_posts_that_may_be_repeated() {
        let (id, user) = (OpportunityId::new("o-1"), UserId::new("u-1"));
        for (change, path, needs) in [
            (
                Change::AddLinks,
                "addLinks",
                Permission::AddOpportunityLinks,
            ),
            (
                Change::RemoveLinks,
                "removeLinks",
                Permission::RemoveOpportunityLinks,
            ),
            (Change::AddTags, "addTags", Permission::AddOpportunityTags),
            (
                Change::RemoveTags,
                "removeTags",
                Permission::RemoveOpportunityTags,
            ),
        ] {
            let call = change.call(&root(), &id, Some(&user));
            let expected = format!("POST /opportunities/o-1/{path}?perform_as=u-1");
            assert_eq!(line(&call), expected);
            assert_eq!(call.needs, needs);
            assert_eq!(call.request.idempotency, Idempotency::Idempotent);
        }
        let in_nobodys_name = Change::AddLinks.call(&root(), &id, None);
        assert_eq!(line(&in_nobodys_name), "POST /opportunities/o-1/addLinks");
    }

    #[test]
    fn the_items_are_named_by_their_kind() {
        let (id, items) = (OpportunityId::new("o-1"), ["a".to_owned()]);
        let call = Change::AddLinks.call(&root(), &id, None);
        let links = call.clone().json(&Links { links: &items });
        assert_eq!(body(&links), json!({"links": ["a"]}));
        let tags = call.json(&Tags { tags: &items });
        assert_eq!(body(&tags), json!({"tags": ["a"]}));
    }
}
