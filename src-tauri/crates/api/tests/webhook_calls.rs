//! What the window asks about webhooks.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod window;

use padwatch_api::SecretName;
use padwatch_domain::problem::{Problem, ProblemCode};
use sandbox::{Effect, Matching, Service};
use serde_json::{Value, json};
use transport::SecretString;
use window::Window;

const TOKEN: &str = "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071";

async fn switch_on(window: &Window, address: &str) -> Result<Value, Problem> {
    let call = json!({"kind": "setWebhooks", "on": true, "publicAddress": address});
    window.ask(call).await
}

fn stored_tokens(window: &Window) -> Vec<String> {
    let stored = window.stored(SecretName::LeverSigningTokens);
    stored.map_or_else(Vec::new, |text| serde_json::from_str(&text).unwrap())
}

fn tokens_in_lever(window: &Window) -> Vec<String> {
    window.world.with(|world| {
        let hooks = world.lever.webhooks.hooks.iter().filter(|hook| hook.by_key);
        hooks.map(|hook| hook.signature_token.clone()).collect()
    })
}

#[tokio::test(start_paused = true)]
async fn they_are_off_at_first_and_switched_on_with_an_address_in_any_form() {
    let window = Window::watching().await;
    let status = window.ask(json!({"kind": "webhookStatus"})).await.unwrap();
    assert_eq!(status["state"], json!({"kind": "off"}));
    assert_eq!(
        (&status["url"], &status["port"]),
        (&Value::Null, &Value::Null)
    );

    let status = switch_on(&window, "http://Pad.Example.com/hooks/")
        .await
        .unwrap();
    assert_eq!(status["state"], json!({"kind": "waiting"}));
    assert_eq!(status["publicAddress"], "https://pad.example.com/hooks");
    let url = status["url"].as_str().unwrap();
    assert!(
        url.starts_with("https://pad.example.com/hooks/lever/"),
        "{url}"
    );
    let again = switch_on(&window, url).await.unwrap();
    assert_eq!(again["url"], url, "the whole address may be pasted back");

    let refused = switch_on(&window, "192.168.1.4").await.unwrap_err();
    assert_eq!(refused.code(), ProblemCode::NotValid);
}

#[tokio::test(start_paused = true)]
async fn a_signing_token_is_cleaned_stored_once_and_never_told() {
    let window = Window::watching().await;
    switch_on(&window, "pad.example.com").await.unwrap();
    for pasted in [format!(" \"{TOKEN}\"\n"), TOKEN.to_owned()] {
        let call = json!({"kind": "addSigningToken", "token": pasted});
        let status = window.ask(call).await.unwrap();
        assert_eq!(status["signingTokens"], 1);
        assert!(!status.to_string().contains(TOKEN), "{status}");
    }
    assert_eq!(stored_tokens(&window), [TOKEN]);
    let call = json!({"kind": "addSigningToken", "token": window.keys.0});
    let refused = window.ask(call).await.unwrap_err();
    assert_eq!(refused, Problem::ApiKeyAsToken);

    let status = window.ask(json!({"kind": "deleteSigningTokens"})).await;
    assert_eq!(status.unwrap()["signingTokens"], 0);
    assert_eq!(window.stored(SecretName::LeverSigningTokens), None);
}

#[tokio::test(start_paused = true)]
async fn set_up_for_me_makes_them_in_lever_and_stores_their_tokens() {
    let window = Window::watching().await;
    switch_on(&window, "pad.example.com").await.unwrap();
    let call = json!({"kind": "addSigningToken", "token": TOKEN});
    window.ask(call).await.unwrap();
    for _ in 0..2 {
        let status = window.ask(json!({"kind": "setUpWebhooksForMe"})).await;
        let status = status.unwrap();
        assert_eq!(status["made"].as_array().unwrap().len(), 8);
        assert_eq!(status["signingTokens"], 9, "and the one that was there");
        let mut expected = vec![TOKEN.to_owned()];
        expected.extend(tokens_in_lever(&window));
        assert_eq!(stored_tokens(&window), expected);
        assert!(!status.to_string().contains(&expected[1]), "{status}");
    }

    switch_on(&window, "other.example.com").await.unwrap();
    let status = window.ask(json!({"kind": "webhookStatus"})).await.unwrap();
    assert_eq!(status["madeForAnotherAddress"], true);
    window
        .ask(json!({"kind": "setUpWebhooksForMe"}))
        .await
        .unwrap();
    let mut expected = vec![TOKEN.to_owned()];
    expected.extend(tokens_in_lever(&window));
    assert_eq!(stored_tokens(&window), expected, "old tokens are gone");

    let off = json!({"kind": "setWebhooks", "on": false, "publicAddress": "other.example.com"});
    let status = window.ask(off).await.unwrap();
    assert_eq!(status["made"], json!([]));
    assert_eq!(tokens_in_lever(&window), [""; 0], "removed in Lever");
    assert_eq!(stored_tokens(&window), [TOKEN]);
}

#[tokio::test(start_paused = true)]
async fn tokens_of_what_was_made_are_stored_even_if_the_rest_fails() {
    let window = Window::watching().await;
    switch_on(&window, "pad.example.com").await.unwrap();
    window.world.with(|world| {
        let mut fourth = Matching::of(Service::Lever, "POST", "/v1/webhooks");
        fourth.skip = 3;
        world.faults.once(fourth, Effect::DropBefore);
    });
    let broken = window.ask(json!({"kind": "setUpWebhooksForMe"})).await;
    assert_eq!(broken.unwrap_err().code(), ProblemCode::Offline);
    assert_eq!(stored_tokens(&window), tokens_in_lever(&window));
    assert_eq!(stored_tokens(&window).len(), 7, "the others are made");
    let whole = window.ask(json!({"kind": "setUpWebhooksForMe"})).await;
    assert_eq!(whole.unwrap()["made"].as_array().unwrap().len(), 8);
    assert_eq!(stored_tokens(&window), tokens_in_lever(&window));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_made_while_the_keyring_could_not_store_the_tokens() {
    let window = Window::watching().await;
    switch_on(&window, "pad.example.com").await.unwrap();
    let locked = Problem::KeyringLocked;
    window.desktop.noted.lock().unwrap().problems.keyring = Some(locked.clone());
    let refused = window.ask(json!({"kind": "setUpWebhooksForMe"})).await;
    assert_eq!(refused, Err(locked));
    assert_eq!(tokens_in_lever(&window), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn forgetting_everything_takes_them_out_of_lever_too() {
    let window = Window::watching().await;
    switch_on(&window, "pad.example.com").await.unwrap();
    window
        .ask(json!({"kind": "setUpWebhooksForMe"}))
        .await
        .unwrap();
    window
        .ask(json!({"kind": "forgetEverything"}))
        .await
        .unwrap();
    assert_eq!(tokens_in_lever(&window), [""; 0]);
    let status = window.ask(json!({"kind": "webhookStatus"})).await.unwrap();
    assert_eq!(status["publicAddress"], Value::Null);
    assert_eq!(status["signingTokens"], 0);
}

#[tokio::test(start_paused = true)]
async fn installed_tunnels_come_with_the_line_to_type() {
    let window = Window::watching().await;
    window.desktop.noted.lock().unwrap().programs = vec!["cloudflared", "ngrok"];
    let status = switch_on(&window, "").await.unwrap();
    assert_eq!(status["tunnels"], json!([]), "no port is known yet");
    let health = padwatch_receiver::Health {
        port: Some(4000),
        ..padwatch_receiver::Health::default()
    };
    assert!(window.engine.receiver_is(health).await);
    let status = window.ask(json!({"kind": "webhookStatus"})).await.unwrap();
    let expected = json!([
        {"name": "Cloudflare Tunnel", "command": "cloudflared tunnel --url http://127.0.0.1:4000"},
        {"name": "ngrok", "command": "ngrok http http://127.0.0.1:4000"},
    ]);
    assert_eq!(status["tunnels"], expected);
}

#[tokio::test(start_paused = true)]
async fn the_check_mark_stays_until_another_address_is_used() {
    let window = Window::watching().await;
    let last_test = async || {
        let status = window.ask(json!({"kind": "webhookStatus"})).await;
        status.unwrap()["lastTest"].clone()
    };
    switch_on(&window, "pad.example.com").await.unwrap();
    let started = padwatch_receiver::Health {
        port: Some(4000),
        ..padwatch_receiver::Health::default()
    };
    let test = padwatch_receiver::Test {
        at_ms: 1_772_532_000_000,
        verified: true,
    };
    let tested = padwatch_receiver::Health {
        last_test: Some(test),
        ..started.clone()
    };
    assert!(window.engine.receiver_is(tested).await);
    let shown = json!({"atMs": test.at_ms, "verified": true});
    assert_eq!(last_test().await, shown);
    assert!(window.engine.receiver_is(started.clone()).await);
    assert_eq!(last_test().await, shown, "after another start");

    switch_on(&window, "other.example.com").await.unwrap();
    assert!(window.engine.receiver_is(started).await);
    assert_eq!(last_test().await, Value::Null);
}

#[tokio::test(start_paused = true)]
async fn the_diagnostics_tell_of_them_without_address_path_or_token() {
    let window = Window::watching().await;
    let status = switch_on(&window, "pad.example.com").await.unwrap();
    let token: SecretString = TOKEN.into();
    window.engine.use_signing_tokens(vec![token]).await.unwrap();
    let report = window.ask(json!({"kind": "diagnostics"})).await.unwrap();
    let report = report.as_str().unwrap();
    let waiting = "Webhooks are on, and none has arrived yet.";
    assert!(report.contains(waiting), "{report}");
    let path = status["url"].as_str().unwrap().rsplit('/').next().unwrap();
    for secret in ["pad.example.com", path, TOKEN] {
        assert!(!report.contains(secret), "{secret} is in {report}");
    }
}
