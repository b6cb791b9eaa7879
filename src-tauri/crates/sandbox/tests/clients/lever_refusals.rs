//! What Lever refuses, and how the client names it.

use lever::{
    Confidentiality, Error, NewNote, NewWebhook, OpportunityQuery, Permission, ProtocolViolation,
};

use crate::lever_client::{at, client, id, user, with_key};
use crate::support::Tried;

#[tokio::test]
async fn each_refusal_has_its_name() {
    let tried = Tried::start().await;
    let here = id(&tried.candidate());
    let nobody = with_key(&tried, "nobody");
    assert_eq!(nobody.stages().await.unwrap_err(), Error::WrongKey);
    let client = client(&tried);
    tried.world(|world| {
        for key in world.lever.keys.values_mut() {
            key.missing
                .insert(Permission::AddOpportunityLinks.check_box().into());
            key.confidential = false;
        }
        world.switch(|switches| switches.lever.require_perform_as = true);
    });
    let refused = client
        .add_links(&here, &["x".to_owned()], Some(&user(&tried)))
        .await
        .unwrap_err();
    assert_eq!(
        refused,
        Error::NotAllowed {
            what: Permission::AddOpportunityLinks
        }
    );
    let all = OpportunityQuery {
        confidentiality: Confidentiality::All,
        ..OpportunityQuery::default()
    };
    let refused = client.opportunities(&all).await.unwrap_err();
    assert_eq!(
        refused,
        Error::NotAllowed {
            what: Permission::ConfidentialData
        }
    );
    let refused = client
        .create_note(&here, &NewNote::new("x"), None)
        .await
        .unwrap_err();
    assert_eq!(refused, Error::NeedsPerformAs);
    let without_tls = NewWebhook {
        url: "http://example.test/lever/x".into(),
        event: lever::webhook::EventKind::CandidateStageChange,
    };
    let Error::Refused { code, .. } = client.create_webhook(&without_tls).await.unwrap_err() else {
        panic!("refused")
    };
    assert_eq!(code, "BadRequestError");
}

#[tokio::test]
async fn an_address_that_is_not_levers_is_told_from_a_refusal() {
    let tried = Tried::start().await;
    let elsewhere = at(
        &tried,
        &tried.running.addresses.lever_api.replace("/v1", "/v9"),
        &tried.running.addresses.lever_key,
        1000,
    );
    let lost = elsewhere.stages().await.unwrap_err();
    assert!(
        matches!(
            lost,
            Error::NotLever {
                violation: ProtocolViolation::UnknownPath,
                ..
            }
        ),
        "{lost:?}"
    );
}
