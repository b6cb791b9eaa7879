//! What an account has few of, and what hardly changes.

use transport::Listed;

use super::Client;
use crate::requests::lists as requests;
use crate::stage::DispositionStages;
use crate::{ArchiveReason, DispositionStage, Error, Stage, TagCount, User, UserId};

impl Client {
    /// The stages, in the order of the pipeline.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn stages(&self) -> Result<Listed<Stage>, Error> {
        self.all(requests::stages(self.root())).await
    }

    /// The stages with the part of the pipeline that each belongs to. Lever doesn't document
    /// this: take an error as "not known".
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn disposition_stages(&self) -> Result<Vec<DispositionStage>, Error> {
        let call = requests::disposition_stages(self.root());
        let told: DispositionStages = self.one(call).await?;
        Ok(told.stages)
    }

    /// All tags with their counts, every spelling on its own.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn tags(&self) -> Result<Listed<TagCount>, Error> {
        self.all(requests::tags(self.root())).await
    }

    /// The active users, or the active user with exactly this e-mail address.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn users(&self, email: Option<&str>) -> Result<Listed<User>, Error> {
        self.all(requests::users(self.root(), email)).await
    }

    /// One user, active or not.
    ///
    /// # Errors
    /// [`Error::Gone`] if there is none with this id; any other [`Error`].
    pub async fn user(&self, id: &UserId) -> Result<User, Error> {
        self.one(requests::user(self.root(), id)).await
    }

    /// Why opportunities may be archived.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn archive_reasons(&self) -> Result<Listed<ArchiveReason>, Error> {
        self.all(requests::archive_reasons(self.root())).await
    }
}
