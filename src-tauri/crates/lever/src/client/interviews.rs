//! `/opportunities/:id/interviews`

use transport::{ApiRoot, Listed};

use super::Client;
use super::call::{Call, OPPORTUNITY};
use crate::{Error, Interview, OpportunityId, Permission};

impl Client {
    /// The interviews planned for an opportunity, canceled ones included.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn interviews(&self, id: &OpportunityId) -> Result<Listed<Interview>, Error> {
        self.all(interviews(self.root(), id)).await
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
