//! Webhooks that are made through the API.

use padwatch_engine::Settings;
use padwatch_engine::problem::{Problem, ProblemCode};
use padwatch_engine::webhooks::WebhookChoice;
use sandbox::{Effect, Matching, OtherStatus, Service};

use crate::desk::Desk;
use crate::office::Office;

/// All webhooks in Lever: address and event.
fn in_lever(office: &Office) -> Vec<(String, String)> {
    office.services.world.with(|world| {
        let hooks = world.lever.webhooks.hooks.iter().filter(|hook| hook.by_key);
        hooks
            .map(|hook| {
                let event = serde_json::to_value(hook.event).unwrap();
                (hook.url.clone(), event.as_str().unwrap().to_owned())
            })
            .collect()
    })
}

async fn choose_address(desk: &Desk, address: &str) -> Result<(), Problem> {
    let choice = WebhookChoice {
        on: true,
        public_address: address.to_owned(),
        port: None,
    };
    desk.handle.choose_webhooks(choice).await
}

#[tokio::test(start_paused = true)]
async fn webhooks_are_made_once_mended_when_they_lead_elsewhere_and_removed() {
    let office = Office::new(34);
    let desk = office.listening(Settings::default()).await;
    let nowhere = desk.handle.register_webhooks().await.unwrap_err();
    assert_eq!(nowhere.code, ProblemCode::NotValid);
    let local = choose_address(&desk, "localhost:4000").await.unwrap_err();
    assert!(local.message.contains("can’t reach"), "{local:?}");
    choose_address(&desk, "http://Pad.Example.com/")
        .await
        .unwrap();

    let first = desk.handle.register_webhooks().await.unwrap();
    assert_eq!((first.made.len(), first.new_tokens.len()), (8, 8));
    assert_eq!(first.problem, None);
    let mut tokens = first.new_tokens.clone();
    desk.handle
        .use_signing_tokens(tokens.clone())
        .await
        .unwrap();
    desk.handle.webhooks_registered(first.made).await.unwrap();
    let status = desk.handle.webhook_status().await.unwrap();
    let url = status.url.unwrap();
    assert!(url.starts_with("https://pad.example.com/lever/"), "{url}");
    assert!(in_lever(&office).iter().all(|(at, _)| *at == url));

    let again = desk.handle.register_webhooks().await.unwrap();
    assert_eq!((again.made.len(), again.new_tokens.len()), (8, 0));

    choose_address(&desk, "other.example.com/hooks")
        .await
        .unwrap();
    let status = desk.handle.webhook_status().await.unwrap();
    assert!(status.made_for_another_address);
    let mended = desk.handle.register_webhooks().await.unwrap();
    assert_eq!((mended.new_tokens.len(), mended.gone.len()), (8, 8));
    tokens.retain(|token| !mended.gone.iter().any(|gone| gone.is_signed_with(token)));
    assert_eq!(tokens.len(), 0, "the old ones are known as such");
    desk.handle.webhooks_registered(mended.made).await.unwrap();
    assert_eq!(in_lever(&office).len(), 8);
    assert!(
        in_lever(&office)[0]
            .0
            .starts_with("https://other.example.com/hooks/lever/")
    );

    let gone = desk.handle.unregister_webhooks().await.unwrap();
    assert_eq!(gone.len(), 8);
    assert_eq!(in_lever(&office), []);
}

#[tokio::test(start_paused = true)]
async fn a_registration_that_breaks_off_is_finished_by_the_next_one() {
    let office = Office::new(35);
    let desk = office.listening(Settings::default()).await;
    choose_address(&desk, "pad.example.com").await.unwrap();
    office.services.world.with(|world| {
        let mut third = Matching::of(Service::Lever, "POST", "/v1/webhooks");
        third.skip = 2;
        world.faults.once(third, Effect::DropAfter);
    });
    let broken = desk.handle.register_webhooks().await.unwrap();
    assert!(broken.problem.is_some());
    assert_eq!(broken.made.len(), 2);
    assert_eq!(in_lever(&office).len(), 3, "one more than we know");
    desk.handle
        .use_signing_tokens(broken.new_tokens)
        .await
        .unwrap();
    desk.handle.webhooks_registered(broken.made).await.unwrap();

    let whole = desk.handle.register_webhooks().await.unwrap();
    assert_eq!(whole.problem, None);
    assert_eq!((whole.made.len(), whole.new_tokens.len()), (8, 6));
    let mut events: Vec<_> = in_lever(&office)
        .into_iter()
        .map(|(_, event)| event)
        .collect();
    events.sort();
    events.dedup();
    assert_eq!(events.len(), 8, "each once");
    assert_eq!(in_lever(&office).len(), 8);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_may_not_make_webhooks_says_which_permission_it_lacks() {
    let office = Office::new(36);
    let desk = office.listening(Settings::default()).await;
    choose_address(&desk, "pad.example.com").await.unwrap();
    office.services.world.with(|world| {
        let making = Matching::of(Service::Lever, "POST", "/v1/webhooks");
        world
            .faults
            .always(making, Effect::Status(OtherStatus::of(403)));
    });
    let problem = desk.handle.register_webhooks().await.unwrap().problem;
    let problem = problem.unwrap();
    assert_eq!(problem.code, ProblemCode::LeverNotAllowed);
    assert_eq!(in_lever(&office), []);
}
