//! The demo, as a newcomer sees it: from its first seconds, and what its buttons do.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod window;

use std::sync::Arc;
use std::time::Duration;

use padwatch_api::follow_demo;
use padwatch_domain::problem::Problem;
use sandbox::set_scene;
use serde_json::{Value, json};
use tokio::time::Instant;
use window::{DEADLINE, Window};

/// Starts the demo as the program does.
async fn demo() -> Arc<Window> {
    let mut window = Window::of_demo();
    window.desktop.demo = Some(window.world.clone());
    window.world.with(set_scene).unwrap();
    for (kind, key) in [
        ("setLeverKey", &window.keys.0),
        ("setCoderpadKey", &window.keys.1),
    ] {
        window.ask(json!({"kind": kind, "key": key})).await.unwrap();
    }
    let window = Arc::new(window);
    let followed = window.clone();
    tokio::spawn(async move { follow_demo(&followed.engine, &followed.desktop).await });
    window
}

async fn in_section(window: &Window, section: &str) -> Vec<Value> {
    let query = json!({"section": section, "search": "", "offset": 0, "limit": 50});
    let list = window
        .ask(json!({"kind": "list", "query": query}))
        .await
        .unwrap();
    list["rows"].as_array().unwrap().clone()
}

async fn names(window: &Window, section: &str) -> Vec<String> {
    let rows = in_section(window, section).await;
    rows.iter()
        .map(|row| row["name"].as_str().unwrap().to_owned())
        .collect()
}

/// Waits until that section has someone of that name.
async fn until_in(window: &Window, section: &str, name: &str) {
    let wait = async {
        while !names(window, section).await.iter().any(|each| each == name) {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let in_time = tokio::time::timeout(DEADLINE, wait).await;
    assert!(in_time.is_ok(), "{name} never is in {section}");
}

#[tokio::test(start_paused = true)]
async fn each_state_that_matters_is_there_within_a_second_and_then_a_new_one_comes() {
    let window = demo().await;
    let began = Instant::now();
    for (section, name) in [
        ("toSend", "Grace Okonkwo"),
        ("needsYou", "Sofia Rossi"),
        ("upcoming", "Mateo Silva"),
        ("finished", "Hana Kimura"),
    ] {
        until_in(&window, section, name).await;
    }
    assert!(
        began.elapsed() < Duration::from_secs(1),
        "{:?}",
        began.elapsed()
    );
    until_in(&window, "toSend", "Amara Nwosu").await;
    assert!(
        began.elapsed() < Duration::from_secs(6),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(
        in_section(&window, "upcoming").await[0]["state"],
        "Interview live"
    );
    let over = &in_section(&window, "finished").await[0];
    assert_eq!(over["note"], Value::Null, "the code is still to be added");
}

#[tokio::test(start_paused = true)]
async fn the_buttons_move_a_candidate_end_an_interview_and_make_an_outage() {
    let window = demo().await;
    until_in(&window, "toSend", "Amara Nwosu").await;
    until_in(&window, "upcoming", "Mateo Silva").await;
    let step = |step: Value| window.ask(json!({"kind": "demo", "step": step}));
    assert_eq!(step(Value::Null).await, Ok(json!(false)));

    let began = Instant::now();
    step(json!("endInterview")).await.unwrap();
    until_in(&window, "finished", "Mateo Silva").await;
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );

    assert_eq!(step(json!("startOutage")).await, Ok(json!(true)));
    step(json!("moveCandidate")).await.unwrap();
    let noa = "נועה לוי";
    until_in(&window, "waiting", noa).await;
    assert_eq!(step(json!("endOutage")).await, Ok(json!(false)));
    until_in(&window, "toSend", noa).await;
}

#[tokio::test(start_paused = true)]
async fn nothing_of_it_happens_outside_of_the_demo() {
    let window = Window::watching().await;
    let asked = json!({"kind": "demo", "step": "moveCandidate"});
    assert_eq!(window.ask(asked).await, Err(Problem::CallNotUnderstood));
}
