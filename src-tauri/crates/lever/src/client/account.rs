//! `/stages`, `/tags`, `/users`: what an account has few of.

use serde::Deserialize;
use transport::{ApiRoot, Listed};

use super::Client;
use super::call::{Call, Subject, add};
use crate::{
    ArchiveReason, DispositionStage, Error, Permission, Stage, TagCount, User, UserId, lenient,
};

impl Client {
    /// The stages, in the order of the pipeline.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn stages(&self) -> Result<Listed<Stage>, Error> {
        self.all(stages(self.root())).await
    }

    /// The stages with the part of the pipeline that each belongs to. Lever doesn't document
    /// this: take an error as "not known".
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn disposition_stages(&self) -> Result<Vec<DispositionStage>, Error> {
        let raw: RawDispositionStages = self.one(disposition_stages(self.root())).await?;
        Ok(raw.stages)
    }

    /// All tags with their counts, every spelling on its own.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn tags(&self) -> Result<Listed<TagCount>, Error> {
        self.all(tags(self.root())).await
    }

    /// The active users, or the active user with exactly this email address.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn users(&self, email: Option<&str>) -> Result<Listed<User>, Error> {
        self.all(users(self.root(), email)).await
    }

    /// One user, active or not.
    ///
    /// # Errors
    /// [`Error::Gone`] if there is none with this id; any other [`Error`].
    pub async fn user(&self, id: &UserId) -> Result<User, Error> {
        self.one(user(self.root(), id)).await
    }

    /// Why opportunities may be archived.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn archive_reasons(&self) -> Result<Listed<ArchiveReason>, Error> {
        let url = self.root().at(&["archive_reasons"]);
        let all = Subject::All("archive reasons");
        let call = Call::read(url, Permission::FindAllArchiveReasons, all);
        self.all(call).await
    }
}

/// `{"stages": […], "archiveReasons": […]}`
#[derive(Deserialize)]
struct RawDispositionStages {
    #[serde(default, deserialize_with = "lenient::list")]
    stages: Vec<DispositionStage>,
}

/// `GET /stages`
pub(super) fn stages(root: &ApiRoot) -> Call {
    let url = root.at(&["stages"]);
    Call::read(url, Permission::FindAllStages, Subject::All("stages"))
}

/// `GET /disposition_stages`
fn disposition_stages(root: &ApiRoot) -> Call {
    let url = root.at(&["disposition_stages"]);
    Call::read(url, Permission::FindAllStages, Subject::All("stages"))
}

/// `GET /tags`
pub(super) fn tags(root: &ApiRoot) -> Call {
    let url = root.at(&["tags"]);
    Call::read(url, Permission::FindAllTags, Subject::All("tags"))
}

/// `GET /users`
pub(super) fn users(root: &ApiRoot, email: Option<&str>) -> Call {
    let mut url = root.at(&["users"]);
    if let Some(email) = email {
        add(&mut url, "email", email);
    }
    Call::read(url, Permission::FindAllUsers, Subject::All("users"))
}

/// `GET /users/:id`
fn user(root: &ApiRoot, id: &UserId) -> Call {
    let url = root.at(&["users", id.as_str()]);
    Call::read(url, Permission::FindAUser, Subject::Thing("user"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::call::tests::{line, root};

    #[test]
    fn each_list_has_its_address() {
        let root = root();
        assert_eq!(line(&stages(&root)), "GET /stages");
        assert_eq!(line(&disposition_stages(&root)), "GET /disposition_stages");
        assert_eq!(line(&tags(&root)), "GET /tags");
        assert_eq!(line(&users(&root, None)), "GET /users");
        assert_eq!(line(&user(&root, &UserId::new("u-1"))), "GET /users/u-1");
    }

    #[test]
    fn an_email_address_is_escaped() {
        let call = users(&root(), Some("ada+1@example.com"));
        assert_eq!(line(&call), "GET /users?email=ada%2B1%40example.com");
    }
}
