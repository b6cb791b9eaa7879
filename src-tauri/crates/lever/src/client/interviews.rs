//! `/opportunities/:id/interviews` and `/opportunities/:id/panels`

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
        self.all(panels(self.root(), id)).await
    }
}

/// `GET`
pub(super) fn interviews(root: &ApiRoot, id: &OpportunityId) -> Call {
    let url = root.at(&["opportunities", id.as_str(), "interviews"]);
    Call::read(url, Permission::FindAllInterviews, OPPORTUNITY)
}

/// `GET`
fn panels(root: &ApiRoot, id: &OpportunityId) -> Call {
    let url = root.at(&["opportunities", id.as_str(), "panels"]);
    Call::read(url, Permission::FindAllPanels, OPPORTUNITY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::call::tests::{line, root};

    #[test]
    fn interviews_and_panels_are_listed_below_their_opportunity() {
        let id = OpportunityId::new("o-1");
        let call = interviews(&root(), &id);
        assert_eq!(line(&call), "GET /opportunities/o-1/interviews");
        assert_eq!(line(&panels(&root(), &id)), "GET /opportunities/o-1/panels");
    }
}
