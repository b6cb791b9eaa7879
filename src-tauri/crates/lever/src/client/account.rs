//! `/stages`, `/tags`, `/users`: what an account has few of.

use transport::{ApiRoot, Listed};

use super::Client;
use super::call::{Call, Subject, add};
use crate::{Error, Permission, Stage, TagCount, User, UserId};

impl Client {
    /// The stages, in the order of the pipeline.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn stages(&self) -> Result<Listed<Stage>, Error> {
        self.all(stages(self.root())).await
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
}

/// `GET /stages`
pub(super) fn stages(root: &ApiRoot) -> Call {
    let url = root.at(&["stages"]);
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
