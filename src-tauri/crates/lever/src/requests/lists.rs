//! What an account has few of, and what hardly changes.

use transport::ApiRoot;

use super::{Call, Subject, add};
use crate::{Permission, UserId};

/// `GET /stages`
pub(crate) fn stages(root: &ApiRoot) -> Call {
    let url = root.at(&["stages"]);
    Call::read(url, Permission::FindAllStages, Subject::All("stages"))
}

/// `GET /disposition_stages`: the stages with the part of the pipeline that they belong to.
pub(crate) fn disposition_stages(root: &ApiRoot) -> Call {
    let url = root.at(&["disposition_stages"]);
    Call::read(url, Permission::FindAllStages, Subject::All("stages"))
}

/// `GET /tags`
pub(crate) fn tags(root: &ApiRoot) -> Call {
    let url = root.at(&["tags"]);
    Call::read(url, Permission::FindAllTags, Subject::All("tags"))
}

/// `GET /users`: the active ones, or the active one with this e-mail address.
pub(crate) fn users(root: &ApiRoot, email: Option<&str>) -> Call {
    let mut url = root.at(&["users"]);
    if let Some(email) = email {
        add(&mut url, "email", email);
    }
    Call::read(url, Permission::FindAllUsers, Subject::All("users"))
}

/// `GET /users/:id`
pub(crate) fn user(root: &ApiRoot, id: &UserId) -> Call {
    let url = root.at(&["users", id.as_str()]);
    Call::read(url, Permission::FindAUser, Subject::Thing("user"))
}

/// `GET /archive_reasons`
pub(crate) fn archive_reasons(root: &ApiRoot) -> Call {
    let url = root.at(&["archive_reasons"]);
    let all = Subject::All("archive reasons");
    Call::read(url, Permission::FindAllArchiveReasons, all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::tests::{line, root};

    #[test]
    fn each_list_has_its_address() {
        let root = root();
        assert_eq!(line(&stages(&root)), "GET /stages");
        assert_eq!(line(&disposition_stages(&root)), "GET /disposition_stages");
        assert_eq!(line(&tags(&root)), "GET /tags");
        assert_eq!(line(&archive_reasons(&root)), "GET /archive_reasons");
        assert_eq!(line(&users(&root, None)), "GET /users");
        assert_eq!(line(&user(&root, &UserId::new("u-1"))), "GET /users/u-1");
    }

    #[test]
    fn an_email_address_is_escaped() {
        let call = users(&root(), Some("ada+1@example.com"));
        assert_eq!(line(&call), "GET /users?email=ada%2B1%40example.com");
    }
}
