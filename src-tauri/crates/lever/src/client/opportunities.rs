use std::collections::HashSet;
use std::fmt::Write as _;

use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};

use transport::Listed;

use super::Client;
use crate::paging::{Pages, Turn};
use crate::requests::opportunities as requests;
use crate::{
    DeletedOpportunity, Error, File, Interview, NewFile, Opportunity, OpportunityId,
    OpportunityQuery, Panel, UserId,
};

impl Client {
    /// All opportunities that fit, each once: an opportunity that moves while the pages are read
    /// can come twice, and the first one is kept.
    ///
    /// # Errors
    /// Any [`Error`]. With [`crate::Confidentiality::All`], [`Error::NotAllowed`] names the access to
    /// confidential data, although it may be the list itself that the key may not read.
    pub async fn opportunities(
        &self,
        query: &OpportunityQuery,
    ) -> Result<Listed<Opportunity>, Error> {
        let call = requests::find(self.root(), query);
        let mut all: Listed<Opportunity> = self.all(call).await?;
        let mut seen = HashSet::new();
        all.rows
            .retain(|opportunity| seen.insert(opportunity.id.clone()));
        Ok(all)
    }

    /// The same page by page, as they come from Lever. It always ends: a repeated token, an empty
    /// page in the middle and more than 1,000 pages are an error. When Lever no longer knows a
    /// token, it starts over once, so an opportunity may come again.
    ///
    /// Each item is a page, or the [`Error`] that it ended with.
    pub fn opportunity_pages(
        &self,
        query: &OpportunityQuery,
    ) -> BoxStream<'static, Result<Listed<Opportunity>, Error>> {
        let pages = Pages::new(self.clone(), requests::find(self.root(), query));
        stream::try_unfold(pages, async |mut pages| {
            loop {
                match pages.turn().await? {
                    Some(Turn::Page(page)) => return Ok(Some((page, pages))),
                    Some(Turn::StartedOver) => {}
                    None => return Ok(None),
                }
            }
        })
        .boxed()
    }

    /// One opportunity.
    ///
    /// # Errors
    /// [`Error::Gone`] if it was deleted; any other [`Error`].
    pub async fn opportunity(&self, id: &OpportunityId) -> Result<Opportunity, Error> {
        self.one(requests::one(self.root(), id)).await
    }

    /// The opportunities that were deleted in this time, in ms since the epoch, ends included.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn deleted_opportunities(
        &self,
        start_ms: i64,
        end_ms: i64,
    ) -> Result<Listed<DeletedOpportunity>, Error> {
        let call = requests::deleted(self.root(), start_ms, end_ms);
        self.all(call).await
    }

    /// The interviews planned for an opportunity, called-off ones included.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn interviews(&self, id: &OpportunityId) -> Result<Listed<Interview>, Error> {
        self.all(requests::interviews(self.root(), id)).await
    }

    /// The panels planned for an opportunity, called-off ones included.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn panels(&self, id: &OpportunityId) -> Result<Listed<Panel>, Error> {
        self.all(requests::panels(self.root(), id)).await
    }

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
        let call = requests::add_links(self.root(), id, links, perform_as);
        self.one(call).await
    }

    /// Removes links from the person behind an opportunity. They must be written as they were
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
        let call = requests::remove_links(self.root(), id, links, perform_as);
        self.one(call).await
    }

    /// Adds tags to an opportunity. New ones come into being; others stay.
    ///
    /// # Errors
    /// [`Error::NeedsPerformAs`] where Lever wants a user; any other [`Error`].
    pub async fn add_tags(
        &self,
        id: &OpportunityId,
        tags: &[String],
        perform_as: Option<&UserId>,
    ) -> Result<Opportunity, Error> {
        let call = requests::add_tags(self.root(), id, tags, perform_as);
        self.one(call).await
    }

    /// Removes tags of an opportunity's own. Inherited ones come back with the posting.
    ///
    /// # Errors
    /// [`Error::NeedsPerformAs`] where Lever wants a user; any other [`Error`].
    pub async fn remove_tags(
        &self,
        id: &OpportunityId,
        tags: &[String],
        perform_as: Option<&UserId>,
    ) -> Result<Opportunity, Error> {
        let call = requests::remove_tags(self.root(), id, tags, perform_as);
        self.one(call).await
    }

    /// The files on an opportunity, in no order that Lever promises.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn files(&self, id: &OpportunityId) -> Result<Listed<File>, Error> {
        self.all(requests::files(self.root(), id)).await
    }

    /// Puts a file of at most [`NewFile::LARGEST`] bytes on an opportunity. Sent once: after an
    /// unclear answer the file may be there.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn upload_file(
        &self,
        id: &OpportunityId,
        file: &NewFile,
        perform_as: &UserId,
    ) -> Result<(), Error> {
        let boundary = self.boundary();
        let call = requests::upload_file(self.root(), id, file, perform_as, &boundary);
        self.done(call).await
    }

    /// 128 random bits: it does not occur in any file.
    fn boundary(&self) -> String {
        let mut bytes = [0; 16];
        self.chance.fill(&mut bytes);
        bytes.iter().fold(String::new(), |mut text, byte| {
            // Writing to a text can't fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}
