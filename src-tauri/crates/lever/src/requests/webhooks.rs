use http::Method;
use transport::{ApiRoot, Repeat};

use super::{Call, Subject};
use crate::{NewWebhook, Permission, WebhookId};

const ALL: Subject = Subject::All("webhooks");

/// `GET /webhooks`
pub(crate) fn all(root: &ApiRoot) -> Call {
    Call::read(root.at(&["webhooks"]), Permission::FindAllWebhooks, ALL)
}

/// `POST /webhooks`. Lever keeps a second one with the same address and event beside the first
/// (contracts/lever.md, 5.8).
pub(crate) fn create(root: &ApiRoot, webhook: &NewWebhook) -> Call {
    let needs = Permission::CreateAWebhook;
    let url = root.at(&["webhooks"]);
    Call::write(Method::POST, url, Repeat::Never, needs, ALL).json(&webhook.to_json())
}

/// `DELETE /webhooks/:id`
pub(crate) fn delete(root: &ApiRoot, id: &WebhookId) -> Call {
    let url = root.at(&["webhooks", id.as_str()]);
    let subject = Subject::Thing("webhook");
    let needs = Permission::DeleteAWebhook;
    Call::write(Method::DELETE, url, Repeat::Idempotent, needs, subject)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::requests::tests::{body, line, root};
    use crate::webhook::EventKind;

    #[test]
    fn a_webhook_is_created_once_with_or_without_conditions() {
        let mut new = NewWebhook {
            url: "https://hooks.example.com/lever/x".into(),
            event: EventKind::CandidateStageChange,
            origins: vec![],
        };
        let plain = json!({"url": new.url, "event": "candidateStageChange"});
        let call = create(&root(), &new);
        assert_eq!(line(&call), "POST /webhooks");
        assert_eq!(call.request.repeat, Repeat::Never);
        assert_eq!(body(&call), plain);

        new.origins = vec!["applied".into()];
        let conditions = json!({"conditions": {"origins": ["applied"]}});
        assert_eq!(body(&create(&root(), &new))["configuration"], conditions);
    }

    #[test]
    fn webhooks_are_listed_and_deleted_by_id() {
        assert_eq!(line(&all(&root())), "GET /webhooks");
        let call = delete(&root(), &WebhookId::new("w-1"));
        assert_eq!(line(&call), "DELETE /webhooks/w-1");
        assert_eq!(call.request.repeat, Repeat::Idempotent);
    }
}
