//! `/api/quota`, `/api/organization` and `/api/user`

use transport::{ApiRoot, Request};

use super::Client;
use super::request::get;
use crate::{Account, Error, Organization, Quota};

impl Client {
    /// How many pads are left in the plan.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn quota(&self) -> Result<Quota, Error> {
        self.read("the quota", quota(self.root())).await
    }

    /// The organization. `None` when the account has none, may not see it, or gets anything else
    /// that is no organization: what the service answers then isn't documented
    /// (contracts/coderpad.md, Unknowns 5).
    ///
    /// # Errors
    /// See [`Error`]: the key is wrong, or the service can't be asked at the moment.
    pub async fn organization(&self) -> Result<Option<Organization>, Error> {
        let request = organization(self.root());
        optional(self.read("the organization", request).await)
    }

    /// The key's user. `None` where the service lacks the endpoint, which is from 2026.
    ///
    /// # Errors
    /// See [`Error`]: the key is wrong, or the service can't be asked at the moment.
    pub async fn account(&self) -> Result<Option<Account>, Error> {
        let request = account(self.root());
        optional(self.read("the account", request).await)
    }
}

/// What not every account has: a refusal in any form, and an answer of another shape, mean that
/// there is none.
fn optional<T>(read: Result<T, Error>) -> Result<Option<T>, Error> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(
            Error::Gone
            | Error::NotAllowed { .. }
            | Error::Refused { .. }
            | Error::NotCoderpad { .. },
        ) => Ok(None),
        Err(error) => Err(error),
    }
}

fn quota(root: &ApiRoot) -> Request {
    get(root.at(&["api", "quota"]))
}

fn organization(root: &ApiRoot) -> Request {
    get(root.at(&["api", "organization"]))
}

fn account(root: &ApiRoot) -> Request {
    get(root.at(&["api", "user"]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::request::tests::{path, root};
    use crate::scripted::{client, reply};

    const NO: &str = r#"{"status":"ERROR","message":"No"}"#;

    #[tokio::test(start_paused = true)]
    async fn an_account_without_an_organization_is_no_error() {
        let (client, _) = client([
            reply(403, NO),
            reply(404, NO),
            reply(404, NO),
            reply(401, NO),
        ]);
        assert_eq!(client.organization().await, Ok(None));
        assert_eq!(client.organization().await, Ok(None));
        assert_eq!(client.account().await, Ok(None));
        assert_eq!(client.organization().await, Err(Error::WrongKey));
        for shape in [
            reply(404, "<html>"),
            reply(403, "<html>"),
            reply(403, NO),
            reply(400, NO),
            reply(422, "{}"),
            reply(200, NO),
            reply(200, "<html>"),
            reply(200, "[]"),
            reply(200, "null"),
            reply(200, r#""none""#),
        ] {
            let (client, _) = crate::scripted::client([shape.clone(), shape.clone()]);
            assert_eq!(client.organization().await, Ok(None), "{shape:?}");
            assert_eq!(client.account().await, Ok(None), "{shape:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_organization_without_a_name_is_one_all_the_same() {
        for name in ["null", "7", r#""""#, r#""\ud83d""#] {
            let body =
                format!(r#"{{"status":"OK","organization_name":{name},"teams":7,"users":null}}"#);
            let (client, _) = client([reply(200, &body), reply(200, r#"{"status":"OK"}"#)]);
            assert!(client.organization().await.unwrap().is_some(), "{name}");
            assert_eq!(client.organization().await.unwrap().unwrap().name, "");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn organization_and_account_are_read() {
        let organization = json!({"status": "OK", "organization_name": "Example",
            "organization_default_language": "python", "teams": [{"id": "t-1", "name": "A"}],
            "users": [{"email": "a@example.test", "name": null, "teams": []}, {"name": "no one"}]});
        let older = json!({"organization_name": "Example", "default_language": "ruby"});
        let account = json!({"name": null, "allow_pad_creation": false, "analytics_id": "x"});
        let (client, _) = client([
            reply(200, &organization.to_string()),
            reply(200, &older.to_string()),
            reply(200, &account.to_string()),
        ]);
        let found = client.organization().await.unwrap().unwrap();
        assert_eq!(found.users.len(), 1, "who has no address can't own a pad");
        assert_eq!(found.teams[0].id.to_string(), "t-1");
        let found = client.organization().await.unwrap().unwrap();
        assert_eq!(found.default_language.as_deref(), Some("ruby"));
        let account = client.account().await.unwrap().unwrap();
        assert_eq!(account.allow_pad_creation, Some(false));
    }

    #[test]
    fn the_account_lies_where_the_documents_say() {
        assert_eq!(path(&quota(&root())), "/api/quota");
        assert_eq!(path(&organization(&root())), "/api/organization");
        assert_eq!(path(&account(&root())), "/api/user");
    }
}
