//! Webhooks that are made through the API.

use std::time::Duration;

use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::settings::Settings;
use padwatch_engine::Keys;
use padwatch_engine::webhooks::WebhookChoice;
use sandbox::{Effect, Matching, OtherStatus, Service};
use transport::{Rng as _, SecretString, SeededRng};

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
    assert_eq!(nowhere.code(), ProblemCode::NotValid);
    let local = choose_address(&desk, "localhost:4000").await.unwrap_err();
    assert_eq!(local, Problem::AddressNotPublic);
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
    let url = status.place.url.unwrap();
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
    assert_eq!(broken.made.len(), 7, "the others are made all the same");
    assert_eq!(in_lever(&office).len(), 7, "what got lost is removed");
    desk.handle
        .use_signing_tokens(broken.new_tokens)
        .await
        .unwrap();
    desk.handle.webhooks_registered(broken.made).await.unwrap();

    let whole = desk.handle.register_webhooks().await.unwrap();
    assert_eq!(whole.problem, None);
    assert_eq!((whole.made.len(), whole.new_tokens.len()), (8, 1));
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
    assert_eq!(problem.code(), ProblemCode::LeverNotAllowed);
    assert_eq!(in_lever(&office), []);
}

/// A press of "Set it up for me", and all that the program does after it.
async fn press(desk: &Desk, tokens: &mut Vec<SecretString>) -> Option<Problem> {
    let registered = match desk.handle.register_webhooks().await {
        Ok(registered) => registered,
        Err(problem) => return Some(problem),
    };
    let gone = |token: &SecretString| registered.gone.iter().any(|one| one.is_signed_with(token));
    tokens.retain(|token| !gone(token));
    tokens.extend(registered.new_tokens);
    let stored = desk.handle.use_signing_tokens(tokens.clone()).await;
    stored.unwrap();
    desk.handle
        .webhooks_registered(registered.made)
        .await
        .unwrap();
    registered.problem
}

async fn switch_off(desk: &Desk) -> Result<(), Problem> {
    desk.handle.unregister_webhooks().await?;
    desk.handle.webhooks_registered(Vec::new()).await
}

fn creating() -> Matching {
    Matching::of(Service::Lever, "POST", "/v1/webhooks")
}

fn tokenless() -> Effect {
    Effect::Replace {
        find: "signatureToken".to_owned(),
        with: "configured".to_owned(),
    }
}

/// Each event once, and nothing besides.
fn assert_whole(office: &Office, about: &str) {
    let mut events: Vec<_> = in_lever(office)
        .into_iter()
        .map(|(_, event)| event)
        .collect();
    assert_eq!(events.len(), 8, "{about}: {events:?}");
    events.sort();
    events.dedup();
    assert_eq!(events.len(), 8, "{about}: each once: {events:?}");
}

#[tokio::test(start_paused = true)]
async fn a_webhook_without_a_token_costs_itself_alone_and_leaves_nothing() {
    for number in 0..8 {
        let office = Office::new(50 + u64::from(number));
        let desk = office.listening(Settings::default()).await;
        choose_address(&desk, "pad.example.com").await.unwrap();
        let mut creating = creating();
        creating.skip = number;
        let world = &office.services.world;
        world.with(|world| world.faults.once(creating, tokenless()));
        let mut tokens = Vec::new();
        assert!(press(&desk, &mut tokens).await.is_some());
        assert_eq!(in_lever(&office).len(), 7, "{number}");
        assert_eq!(press(&desk, &mut tokens).await, None, "{number}");
        assert_whole(&office, "after the second press");
        switch_off(&desk).await.unwrap();
        assert_eq!(in_lever(&office), []);
    }
}

#[tokio::test(start_paused = true)]
async fn whatever_lever_answers_each_press_leaves_no_more_rows() {
    for (number, effect) in [
        tokenless(),
        Effect::DropAfter,
        Effect::CutOff,
        Effect::Truncated,
        Effect::WithoutId,
        Effect::Status(OtherStatus {
            done: true,
            ..OtherStatus::of(500)
        }),
    ]
    .into_iter()
    .enumerate()
    {
        let office = Office::new(60 + number as u64);
        let desk = office.listening(Settings::default()).await;
        choose_address(&desk, "pad.example.com").await.unwrap();
        let world = &office.services.world;
        world.with(|world| world.faults.always(creating(), effect.clone()));
        let mut tokens = Vec::new();
        for _ in 0..4 {
            assert!(press(&desk, &mut tokens).await.is_some(), "{effect:?}");
            let rows = in_lever(&office);
            assert!(rows.len() <= 8, "{effect:?}: {rows:?}");
        }
        world.with(|world| world.faults.clear());
        assert_eq!(press(&desk, &mut tokens).await, None, "{effect:?}");
        assert_whole(&office, &format!("{effect:?}"));
        switch_off(&desk).await.unwrap();
        assert_eq!(in_lever(&office), [], "{effect:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn kills_and_lost_answers_leave_only_rows_that_can_be_removed() {
    for seed in 0..20_u64 {
        let office = Office::new(700 + seed);
        let mut desk = office.listening(Settings::default()).await;
        choose_address(&desk, "pad.example.com").await.unwrap();
        let rng = SeededRng::new(seed);
        let world = &office.services.world;
        let everything = || Matching {
            chance: 0.2,
            ..Matching::all_of(Service::Lever)
        };
        world.with(|world| {
            for effect in [
                Effect::DropAfter,
                tokenless(),
                Effect::DropBefore,
                Effect::Delay { ms: 700 },
                Effect::Status(OtherStatus {
                    done: true,
                    ..OtherStatus::of(502)
                }),
            ] {
                world.faults.always(everything(), effect);
            }
        });
        let mut tokens = Vec::new();
        for _ in 0..5 {
            let patience = Duration::from_secs(30).mul_f64(rng.fraction());
            // Killed wherever it is: its tokens are lost, and no one wrote down what was made.
            if tokio::time::timeout(patience, press(&desk, &mut tokens))
                .await
                .is_err()
            {
                let folder = desk.crash().await;
                desk = office.services.desk_in(folder, Settings::default()).await;
                office.listen(&desk.handle).await;
                choose_address(&desk, "pad.example.com").await.unwrap();
            }
        }
        world.with(|world| world.faults.clear());
        if seed % 2 == 0 {
            assert_eq!(press(&desk, &mut tokens).await, None, "seed {seed}");
            assert_whole(&office, &format!("seed {seed}"));
        }
        switch_off(&desk).await.unwrap();
        assert_eq!(in_lever(&office), [], "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_removed_is_named_and_removed_the_next_time() {
    let office = Office::new(80);
    let desk = office.listening(Settings::default()).await;
    choose_address(&desk, "pad.example.com").await.unwrap();
    let mut tokens = Vec::new();
    assert_eq!(press(&desk, &mut tokens).await, None);
    let world = &office.services.world;
    let mut third = Matching::of(Service::Lever, "DELETE", "/v1/webhooks/*");
    third.skip = 2;
    let refused = Effect::Status(OtherStatus::of(403));
    world.with(|world| world.faults.once(third, refused));
    let left = switch_off(&desk).await.unwrap_err();
    assert_eq!(
        in_lever(&office).len(),
        1,
        "the others are removed all the same"
    );
    let Problem::WebhooksLeft { events, host, .. } = &left else {
        panic!("{left:?}")
    };
    assert_eq!(*events, [in_lever(&office)[0].1.clone()]);
    assert_eq!(host, "https://pad.example.com");
    assert!(
        !format!("{left:?}").contains("/lever/"),
        "no secret: {left:?}"
    );
    switch_off(&desk).await.unwrap();
    assert_eq!(in_lever(&office), []);
}

#[tokio::test(start_paused = true)]
async fn without_a_press_nothing_is_asked_and_without_a_key_it_is_said() {
    let office = Office::new(81);
    let desk = office.listening(Settings::default()).await;
    choose_address(&desk, "pad.example.com").await.unwrap();
    office.services.world.with(|world| world.journal.clear());
    switch_off(&desk).await.unwrap();
    assert_eq!(office.count("GET /v1/webhooks"), 0);

    let mut tokens = Vec::new();
    assert_eq!(press(&desk, &mut tokens).await, None);
    desk.handle.use_keys(Keys::default()).await.unwrap();
    let left = switch_off(&desk).await.unwrap_err();
    assert_eq!(left.code(), ProblemCode::KeyMissing);
    assert!(matches!(left, Problem::WebhooksLeft { events, .. } if events.len() == 8));
}
