//! Keys of Lever's other region, and other places of the services, without a restart.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod window;

use padwatch_api::{Connection, LeverPlace, ProxyChoice, SecretName};
use padwatch_domain::problem::ProblemCode;
use padwatch_engine::Keys;
use padwatch_engine::snapshot::Condition;
use serde_json::{Value, json};
use window::{DEADLINE, Window};

fn set_key(service: &str, key: &str) -> Value {
    json!({"kind": format!("set{service}Key"), "key": key})
}

fn place(lever: &str) -> Value {
    json!({"kind": "setConnection", "connection": {
        "lever": {"kind": lever}, "coderpad": {"kind": "production"}, "proxy": {"kind": "system"}}})
}

fn chosen(window: &Window) -> Connection {
    window.desktop.noted.lock().unwrap().connection.clone()
}

async fn is_watching(window: &Window) {
    let mut changes = window.engine.changes();
    let watching = changes.wait_for(|snapshot| snapshot.condition == Condition::Watching);
    let watching = tokio::time::timeout(DEADLINE, watching).await;
    watching.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_eu_account_is_found_and_gets_its_first_pad() {
    let window = Window::in_europe();
    let (lever, coderpad) = window.keys.clone();
    let account = window.ask(set_key("Lever", &lever)).await.unwrap();
    assert_eq!(account["host"], "127.0.0.1:9", "what answered is shown");
    assert_eq!(chosen(&window).lever, LeverPlace::Eu);
    assert_eq!(window.stored(SecretName::LeverKey), Some(lever));
    window.ask(set_key("Coderpad", &coderpad)).await.unwrap();
    let again = window.ask(json!({"kind": "testLever"})).await.unwrap();
    assert_eq!(again["host"], "127.0.0.1:9");
    is_watching(&window).await;
    window.with_pad().await;
}

#[tokio::test(start_paused = true)]
async fn a_key_that_no_region_knows_is_blamed_and_nothing_moves() {
    let window = Window::in_europe();
    let refused = window.ask(set_key("Lever", "nonsense")).await.unwrap_err();
    assert_eq!(refused.code(), ProblemCode::LeverKeyWrong);
    assert_eq!(chosen(&window), Connection::default());
    assert_eq!(window.stored(SecretName::LeverKey), None);
}

#[tokio::test(start_paused = true)]
async fn a_place_of_ones_own_has_no_other_region_that_a_key_goes_to() {
    let window = Window::in_europe();
    window.ask(place("sandbox")).await.unwrap();
    let key = window.keys.0.clone();
    let refused = window.ask(set_key("Lever", &key)).await.unwrap_err();
    assert_eq!(refused.code(), ProblemCode::LeverKeyWrong);
    assert_eq!(chosen(&window).lever, LeverPlace::Sandbox);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_cannot_be_stored_leaves_the_region_as_it_was() {
    let window = Window::in_europe();
    let locked = padwatch_domain::problem::Problem::KeyringLocked;
    window.desktop.noted.lock().unwrap().problems.keyring = Some(locked);
    let key = window.keys.0.clone();
    let problem = window.ask(set_key("Lever", &key)).await.unwrap_err();
    assert_eq!(problem.code(), ProblemCode::KeyringLocked);
    assert_eq!(chosen(&window), Connection::default());
}

#[tokio::test(start_paused = true)]
async fn a_key_stays_with_the_place_it_was_tested_with() {
    let window = Window::in_europe();
    window.ask(place("eu")).await.unwrap();
    let (lever, coderpad) = window.keys.clone();
    window.ask(set_key("Lever", &lever)).await.unwrap();
    window.ask(set_key("Coderpad", &coderpad)).await.unwrap();
    is_watching(&window).await;

    let moved = window.ask(place("production")).await;
    assert_eq!(moved.unwrap()["needsRestart"], false);
    let keys = Keys {
        lever: None,
        coderpad: Some(coderpad.into()),
    };
    assert!(window.engine.has(&keys), "Lever's key is of another place");
    let tested = window.ask(json!({"kind": "testLever"})).await.unwrap_err();
    assert_eq!(tested.code(), ProblemCode::KeyMissing);

    window.ask(place("eu")).await.unwrap();
    is_watching(&window).await;
}

#[tokio::test(start_paused = true)]
async fn another_proxy_alone_leaves_the_keys_in_use() {
    let window = Window::watching().await;
    let before = window.engine.snapshot().revision;
    let direct = json!({"kind": "setConnection", "connection": {
        "lever": {"kind": "production"}, "coderpad": {"kind": "production"},
        "proxy": {"kind": "none"}}});
    let state = window.ask(direct).await.unwrap();
    assert_eq!(state["needsRestart"], true);
    assert_eq!(chosen(&window).proxy, ProxyChoice::None);
    assert!(window.engine.snapshot().revision >= before);
    is_watching(&window).await;
}
