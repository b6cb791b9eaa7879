//! `/opportunities/:id/interviews` and `/panels`

use transport::{ApiRoot, Listed};

use super::Client;
use super::call::{Call, OPPORTUNITY};
use crate::{Error, Interview, OpportunityId, Panel, Permission};

impl Client {
    /// The interviews planned for an opportunity, canceled ones included.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn interviews(&self, id: &OpportunityId) -> Result<Listed<Interview>, Error> {
        self.all(interviews(self.root(), id)).await
    }

    /// The panels planned for an opportunity, canceled ones included.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn panels(&self, id: &OpportunityId) -> Result<Listed<Panel>, Error> {
        let url = self.root().at(&["opportunities", id.as_str(), "panels"]);
        let call = Call::read(url, Permission::FindAllPanels, OPPORTUNITY);
        self.all(call).await
    }
}

/// `GET`
pub(super) fn interviews(root: &ApiRoot, id: &OpportunityId) -> Call {
    let url = root.at(&["opportunities", id.as_str(), "interviews"]);
    Call::read(url, Permission::FindAllInterviews, OPPORTUNITY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::call::tests::{line, root};

    #[test]
    fn interviews_are_listed_below_their_opportunity() {
        let call = interviews(&root(), &OpportunityId::new("o-1"));
        assert_eq!(line(&call), "GET /opportunities/o-1/interviews");
    }
}
