use transport::Listed;

use super::Client;
use crate::requests::postings as requests;
use crate::{Error, Posting, PostingId, PostingQuery, UserId};

impl Client {
    /// All postings that fit.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn postings(&self, query: &PostingQuery) -> Result<Listed<Posting>, Error> {
        self.all(requests::find(self.root(), query)).await
    }

    /// One posting.
    ///
    /// # Errors
    /// [`Error::Gone`] if it was deleted; any other [`Error`].
    pub async fn posting(&self, id: &PostingId) -> Result<Posting, Error> {
        self.one(requests::one(self.root(), id)).await
    }

    /// Replaces the posting's own tags: read them first, and send all that shall stay. Confidential
    /// postings can't be changed (contracts/lever.md, 4.7).
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn set_posting_tags(
        &self,
        id: &PostingId,
        tags: &[String],
        perform_as: &UserId,
    ) -> Result<Posting, Error> {
        let call = requests::set_tags(self.root(), id, tags, perform_as);
        self.one(call).await
    }
}
