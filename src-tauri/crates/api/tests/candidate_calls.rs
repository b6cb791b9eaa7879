//! What the window does with many candidates at once, and with one who waits; and the choices
//! that the desktop keeps.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod window;

use std::time::Duration;

use padwatch_api::{Connection, LeverPlace, copy_latest};
use padwatch_domain::problem::ProblemCode;
use padwatch_engine::snapshot::{Condition, LongWork, Progress, Snapshot};
use serde_json::{Value, json};
use window::{DEADLINE, NAME, Window};

/// Four people who are in the watched stage before Padwatch begins to watch.
async fn with_four_already_there() -> Window {
    let window = Window::new();
    window.world.with(|world| {
        for name in [NAME, "Henrik Dahl", "נועה לוי"] {
            let ids: Vec<_> = world
                .lever
                .opportunities
                .iter()
                .filter(|(_, found)| {
                    let contact = world.lever.contacts.get(&found.contact);
                    contact.is_some_and(|contact| contact.name == name)
                })
                .map(|(id, _)| id.clone())
                .collect();
            world.move_to_stage(&ids[0], "Phone Screen").unwrap();
        }
    });
    for (kind, key) in [
        ("setLeverKey", &window.keys.0),
        ("setCoderpadKey", &window.keys.1),
    ] {
        window.ask(json!({"kind": kind, "key": key})).await.unwrap();
    }
    until(&window, |seen| seen.condition == Condition::Watching).await;
    window
}

async fn until(window: &Window, is_so: impl Fn(&Snapshot) -> bool) {
    let mut changes = window.engine.changes();
    let wait = changes.wait_for(|snapshot| is_so(snapshot));
    tokio::time::timeout(DEADLINE, wait).await.unwrap().unwrap();
}

async fn already_there(window: &Window) -> Vec<Value> {
    let query = json!({"section": "alreadyThere", "limit": 50});
    let list = window.ask(json!({"kind": "list", "query": query})).await;
    let rows = list.unwrap()["rows"].as_array().unwrap().clone();
    rows.iter().map(|row| row["opportunity"].clone()).collect()
}

fn serve(opportunities: &[Value]) -> Value {
    json!({"kind": "serve", "section": "alreadyThere", "chosen": {"opportunities": opportunities}})
}

#[tokio::test(start_paused = true)]
async fn many_who_were_chosen_show_how_far_they_are_until_all_have_their_pads() {
    let window = with_four_already_there().await;
    let people = already_there(&window).await;
    let of = u32::try_from(people.len()).unwrap();
    assert!(of >= 3, "enough to be worth telling");
    window
        .ask(json!({"kind": "pause", "time": {"kind": "untilResumed"}}))
        .await
        .unwrap();
    window.ask(serve(&people)).await.unwrap();
    let expected = Progress {
        what: LongWork::CreatingPads,
        done: 0,
        of: Some(of),
        people: None,
        can_cancel: true,
    };
    until(&window, |seen| seen.progress.as_ref() == Some(&expected)).await;
    window.ask(json!({"kind": "resume"})).await.unwrap();
    until(&window, |seen| {
        seen.progress.is_none() && seen.counts.to_send == of
    })
    .await;
    assert_eq!(window.world.with(|world| world.pads().len()), people.len());
}

#[tokio::test(start_paused = true)]
async fn the_rest_of_many_can_be_stopped_and_waits_as_before() {
    let window = with_four_already_there().await;
    let people = already_there(&window).await;
    window
        .ask(json!({"kind": "pause", "time": {"kind": "untilResumed"}}))
        .await
        .unwrap();
    window.ask(serve(&people)).await.unwrap();
    assert_eq!(already_there(&window).await, Vec::<Value>::new());
    window.ask(json!({"kind": "cancelServing"})).await.unwrap();
    assert_eq!(already_there(&window).await.len(), people.len());
    until(&window, |seen| seen.progress.is_none()).await;
    window.ask(json!({"kind": "resume"})).await.unwrap();
    window.ask(json!({"kind": "checkNow"})).await.unwrap();
    let before = window.engine.snapshot().last_checked_ms;
    until(&window, |seen| seen.last_checked_ms > before).await;
    assert_eq!(window.world.with(|world| world.pads().len()), 0);
}

#[tokio::test(start_paused = true)]
async fn whoever_is_held_gets_no_pad_until_the_person_says_so() {
    let window = Window::watching().await;
    let person = already_there(&window).await.remove(0);
    window
        .ask(json!({"kind": "pause", "time": {"kind": "untilResumed"}}))
        .await
        .unwrap();
    window
        .ask(serve(std::slice::from_ref(&person)))
        .await
        .unwrap();
    let act =
        |action: &str| json!({"kind": "act", "opportunity": person, "action": {"kind": action}});
    window.ask(act("hold")).await.unwrap();
    window.ask(json!({"kind": "resume"})).await.unwrap();
    let detail = json!({"kind": "detail", "opportunity": person});
    let held = window.ask(detail.clone()).await.unwrap();
    // The person has decided: nothing turns red.
    assert_eq!(held["row"]["section"], "setAside");
    assert_eq!(held["row"]["state"], "On hold");
    assert_eq!(held["row"]["reason"], "You put this candidate on hold.");
    assert_eq!(window.world.with(|world| world.pads().len()), 0);
    window.ask(act("makeNow")).await.unwrap();
    until(&window, |seen| seen.counts.to_send == 1).await;
    let again = window.ask(act("hold")).await.unwrap_err();
    assert_eq!(again.code(), ProblemCode::TooLate);
}

#[tokio::test(start_paused = true)]
async fn an_interview_is_shown_as_both_services_have_it_now() {
    let window = Window::watching().await;
    let who = window.with_pad().await;
    let ask = json!({"kind": "interviewNow", "opportunity": who});
    let now = window.ask(ask).await.unwrap();
    assert!(now["padTitle"].as_str().unwrap().starts_with(NAME), "{now}");
    assert_eq!(now["time"], Value::Null, "nothing is planned");
    assert_eq!(now["unread"], Value::Null);
}

#[tokio::test(start_paused = true)]
async fn an_unusable_place_is_not_kept_and_forgetting_forgets_the_place() {
    let window = Window::watching().await;
    let set = |lever: Value| {
        json!({"kind": "setConnection", "connection": {
            "lever": lever, "coderpad": {"kind": "production"}, "proxy": {"kind": "system"}}})
    };
    let bad = set(json!({"kind": "other", "root": "http://lever.example"}));
    let refused = window.ask(bad).await.unwrap_err();
    assert_eq!(refused.code(), ProblemCode::NotValid);
    let kept = || window.desktop.noted.lock().unwrap().connection.clone();
    assert_eq!(kept(), Connection::default());
    let state = window.ask(set(json!({"kind": "eu"}))).await.unwrap();
    assert_eq!(state["needsRestart"], false);
    assert_eq!(kept().lever, LeverPlace::Eu);
    window
        .ask(json!({"kind": "forgetEverything"}))
        .await
        .unwrap();
    assert_eq!(kept(), Connection::default());
}

#[tokio::test(start_paused = true)]
async fn sample_data_and_a_new_start_are_the_desktops_to_do() {
    let window = Window::new();
    window.ask(json!({"kind": "trySample"})).await.unwrap();
    window.ask(json!({"kind": "restart"})).await.unwrap();
    let noted = window.desktop.noted.lock().unwrap();
    assert_eq!((noted.samples, noted.restarts), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_coderpad_key_tells_whose_it_is_and_which_language_is_the_default() {
    let window = Window::watching().await;
    let account = window.ask(json!({"kind": "testCoderpad"})).await.unwrap();
    assert!(account["defaultLanguage"].is_string(), "{account}");
    let owner = account["owner"].as_str().unwrap();
    let people = account["people"].as_array().unwrap();
    let named: Vec<&Value> = people
        .iter()
        .filter(|person| person["name"] == owner)
        .collect();
    if let [only] = named[..] {
        assert_eq!(account["ownerEmail"], only["email"]);
    } else {
        assert_eq!(account["ownerEmail"], Value::Null);
    }
}

#[tokio::test(start_paused = true)]
async fn a_tag_is_the_jobs_where_the_job_has_it() {
    let window = Window::watching().await;
    let who = window.with_pad().await;
    let origin = || window.ask(json!({"kind": "tagOrigin", "opportunity": who}));
    let detail = window.ask(json!({"kind": "detail", "opportunity": who}));
    let posting = serde_json::from_value(detail.await.unwrap()["posting"].clone()).unwrap();
    for (tags, from) in [
        (["Backend", "CoderPad"], "job"),
        (["Backend", "Remote"], "candidate"),
    ] {
        let tagged = window
            .world
            .with(|world| world.tag_posting(&posting, &tags));
        tagged.unwrap();
        assert_eq!(origin().await, Ok(json!(from)));
    }
}

#[tokio::test(start_paused = true)]
async fn the_newest_link_is_copied_and_said_and_marked() {
    let window = Window::watching().await;
    let none = copy_latest(&window.engine, &window.desktop).await;
    assert_eq!(none, Err("No pad link is ready to send.".to_owned()));
    window.with_pad().await;
    let link = window.world.with(|world| world.pads()[0].url.clone());
    let copied = copy_latest(&window.engine, &window.desktop).await;
    assert_eq!(
        copied,
        Ok(format!("Copied the pad link for {NAME}: {link}"))
    );
    let on_clipboard = window.desktop.noted.lock().unwrap().clipboard.clone();
    assert_eq!(on_clipboard, Some(link));
    let again = copy_latest(&window.engine, &window.desktop).await;
    assert_eq!(again, none, "a link that was copied is no longer ready");
}

#[tokio::test(start_paused = true)]
async fn the_link_of_a_candidate_who_was_archived_since_is_not_copied() {
    let window = Window::watching().await;
    let who = window.with_pad().await;
    let id = serde_json::from_value(json!(who)).unwrap();
    window.world.with(|world| world.archive(&id).unwrap());
    window.ask(json!({"kind": "checkNow"})).await.unwrap();
    let mut changes = window.engine.changes();
    let left = changes.wait_for(|snapshot| snapshot.newest.iter().all(|row| row.remark.is_some()));
    left.await.unwrap();
    let copied = copy_latest(&window.engine, &window.desktop).await;
    assert_eq!(copied, Err("No pad link is ready to send.".to_owned()));
    assert_eq!(window.desktop.noted.lock().unwrap().clipboard, None);
}

#[tokio::test(start_paused = true)]
async fn the_newest_link_is_not_copied_when_its_pad_is_gone() {
    let window = Window::watching().await;
    window.with_pad().await;
    window.world.with(|world| {
        let pad = world.pads()[0].clone();
        let id = serde_json::from_value(json!(pad.id)).unwrap();
        world.delete_pad(&id).unwrap();
    });
    // What was read a moment ago counts as it was read.
    tokio::time::sleep(Duration::from_secs(120)).await;
    let refused = copy_latest(&window.engine, &window.desktop).await;
    assert!(refused.is_err(), "{refused:?}");
    assert_eq!(window.desktop.noted.lock().unwrap().clipboard, None);
}

#[tokio::test(start_paused = true)]
async fn a_copy_can_be_taken_back_and_both_are_in_the_activity() {
    let window = Window::watching().await;
    let who = window.with_pad().await;
    let ask = async |call: Value| window.ask(call).await.unwrap();
    ask(json!({"kind": "copyLink", "opportunity": who})).await;
    let back = json!({"kind": "markSent", "sent": false});
    ask(json!({"kind": "act", "opportunity": who, "action": back})).await;
    let detail = ask(json!({"kind": "detail", "opportunity": who})).await;
    assert_eq!(detail["row"]["section"], "toSend");
    assert_eq!(detail["row"]["copiedMs"], Value::Null);
    let timeline = detail["timeline"].as_array().unwrap();
    let said: Vec<_> = timeline.iter().map(|entry| &entry["what"]).collect();
    assert_eq!(
        said[said.len() - 2..],
        ["Link copied", "Marked as not sent"]
    );
}
