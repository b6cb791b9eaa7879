//! The calls about a finished interview, answered by a real engine on the sandbox.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod window;

use lever::OpportunityId;
use padwatch_domain::problem::{Problem, ProblemCode};
use sandbox::PadId;
use serde_json::{Value, json};
use window::{DEADLINE, NAME, Window};

/// With an interview that was held and is over. Gives the candidacy and the pad.
async fn with_interview(window: &Window) -> (String, PadId) {
    let who = window.with_pad().await;
    let pad = window
        .world
        .with(|world| PadId::from(world.pads()[0].id.as_str()));
    window.world.with(|world| {
        world.play_interview(&pad, NAME).unwrap();
        world.end_interview(&pad).unwrap();
    });
    window.ask(json!({"kind": "checkNow"})).await.unwrap();
    let mut changes = window.engine.changes();
    let over = changes.wait_for(|snapshot| snapshot.counts.finished == 1);
    tokio::time::timeout(DEADLINE, over).await.unwrap().unwrap();
    (who, pad)
}

#[tokio::test(start_paused = true)]
async fn a_link_whose_pad_has_ended_is_refused_before_it_is_copied() {
    let window = Window::watching().await;
    let (who, _) = with_interview(&window).await;
    let template = json!({"kind": "ofPosting"});
    let invitation = json!({"kind": "copyInvitation", "opportunity": who, "withGaps": true,
        "template": template});
    for call in [about("copyLink", &who), invitation] {
        let refused = window.ask(call.clone()).await;
        assert_eq!(refused, Err(Problem::PadEndedNotCopied), "{call}");
    }
    assert_eq!(window.desktop.noted.lock().unwrap().clipboard, None);
}

fn about(kind: &str, who: &str) -> Value {
    json!({"kind": kind, "opportunity": who})
}

#[tokio::test(start_paused = true)]
async fn a_finished_interview_is_shown_with_its_code_which_can_be_copied() {
    let window = Window::watching().await;
    let (who, _) = with_interview(&window).await;
    let view = window.ask(about("finishedView", &who)).await.unwrap();
    assert_eq!(view["ending"], "held");
    assert!(view["people"].to_string().contains(NAME), "{view}");
    let code = window.ask(about("interviewCode", &who)).await.unwrap();
    let text = code["environments"][0]["files"][0]["text"].clone();
    assert!(text.as_str().unwrap().contains("sorted("), "{code}");
    window
        .ask(json!({"kind": "copyText", "text": text}))
        .await
        .unwrap();
    assert_eq!(
        window.desktop.noted.lock().unwrap().clipboard.as_deref(),
        text.as_str()
    );
}

#[tokio::test(start_paused = true)]
async fn an_interview_that_is_not_over_has_no_record_and_no_note() {
    let window = Window::watching().await;
    let who = window.with_pad().await;
    for call in [
        about("finishedView", &who),
        about("interviewCode", &who),
        json!({"kind": "prepareNote", "opportunity": who, "choice": null}),
        json!({"kind": "sendNote", "opportunity": who, "text": "x", "secret": false}),
    ] {
        let refused = window.ask(call.clone()).await.unwrap_err();
        assert_eq!(refused.code(), ProblemCode::TooLate, "{call}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_drawing_is_opened_at_a_fresh_and_safe_address_alone() {
    let window = Window::watching().await;
    let (who, pad) = with_interview(&window).await;
    let draw = |link: &str| {
        let link = json!(link);
        window
            .world
            .with(|world| world.set_pad_field(&pad, "drawing", link).unwrap());
    };
    let nothing = window.ask(about("openDrawing", &who)).await.unwrap_err();
    assert_eq!(nothing.code(), ProblemCode::Gone);
    draw("javascript:alert(1)");
    let unsafe_one = window.ask(about("openDrawing", &who)).await.unwrap_err();
    assert_eq!(unsafe_one.code(), ProblemCode::NotValid);
    let good = "https://drawings.example.test/x?signature=2";
    draw(good);
    window.ask(about("openDrawing", &who)).await.unwrap();
    let noted = window.desktop.noted.lock().unwrap();
    let opened: Vec<&str> = noted.opened.iter().map(url::Url::as_str).collect();
    assert_eq!(opened, [good]);
}

#[tokio::test(start_paused = true)]
async fn a_note_is_prepared_thrown_away_prepared_again_and_sent_once() {
    let window = Window::watching().await;
    let (who, _) = with_interview(&window).await;
    let prepare = json!({"kind": "prepareNote", "opportunity": who, "choice": null});
    window.ask(prepare.clone()).await.unwrap();
    window.ask(about("discardNote", &who)).await.unwrap();
    let prepared = window.ask(prepare).await.unwrap();
    assert_eq!(prepared["choice"]["code"], "note");
    let text = format!("{}\nMine.", prepared["text"].as_str().unwrap());
    let send = json!({"kind": "sendNote", "opportunity": who, "text": text, "secret": true});
    let status = window.ask(send.clone()).await.unwrap();
    assert_eq!(status["state"], "added");
    let again = window.ask(send).await.unwrap_err();
    assert_eq!(again.code(), ProblemCode::TooLate);
    let notes = window
        .world
        .with(|world| world.notes_of(&sandbox::OpportunityId::from(who.as_str())));
    assert_eq!(notes.len(), 1);
    assert!(notes[0].contains("Mine."));
    let detail = window.ask(about("detail", &who)).await.unwrap();
    assert_eq!(detail["row"]["note"]["state"], "added");
}

#[tokio::test(start_paused = true)]
async fn a_candidate_whom_a_click_leads_to_is_told_once() {
    let window = Window::new();
    let wanted = || window.ask(json!({"kind": "wanted"}));
    assert_eq!(wanted().await.unwrap(), Value::Null);
    let who = OpportunityId::new("o1");
    window.desktop.noted.lock().unwrap().wanted = Some(padwatch_api::Wanted::Candidate {
        opportunity: who,
        note: true,
    });
    let told = wanted().await.unwrap();
    assert_eq!(
        told,
        json!({"kind": "candidate", "opportunity": "o1", "note": true})
    );
    assert_eq!(wanted().await.unwrap(), Value::Null);
}
