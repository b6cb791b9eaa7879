use coderpad::history::{Limits, replay};
use http::Method;
use sandbox::coderpad::environments::SourceFile;
use sandbox::coderpad::interview::Guest;
use sandbox::{FileContents, PadId};
use serde_json::{Value, json};

use crate::support::Tried;

const ADA: Guest<'_> = Guest {
    name: "Ada <3",
    email: None,
};

/// A pad in python, and its id.
async fn with_pad() -> (Tried, PadId) {
    let tried = Tried::start().await;
    let made = tried.make_pad("language=python").await;
    let id = PadId::from(made.at("/id").as_str().unwrap());
    (tried, id)
}

async fn environments(tried: &Tried, id: &PadId) -> Vec<Value> {
    let pad = tried.coderpad_get(&format!("/api/pads/{id}")).await;
    let mut all = Vec::new();
    for number in pad.at("/pad_environment_ids").as_array().unwrap() {
        all.push(
            tried
                .coderpad_get(&format!("/api/pad_environments/{number}"))
                .await
                .body,
        );
    }
    all
}

#[tokio::test]
async fn an_interview_goes_from_pending_to_started_and_leaves_its_events() {
    let (tried, id) = with_pad().await;
    let path = format!("/api/pads/{id}");
    tried.world(|world| world.join(&id, ADA).unwrap());
    let opened = tried.coderpad_get(&path).await;
    assert_eq!(
        opened.at("/state"),
        &json!("pending"),
        "opening alone begins nothing"
    );
    assert!(opened.at("/active_environment_id").is_u64());
    tried.world(|world| {
        world.type_code(&id, ADA, None, "print(1)\n").unwrap();
        world.run_code(&id, ADA).unwrap();
        world.leave(&id, ADA).unwrap();
    });
    let pad = tried.coderpad_get(&path).await;
    assert_eq!(
        (pad.at("/state"), pad.at("/participants")),
        (&json!("started"), &json!(["Ada <3"]))
    );
    let events = tried.coderpad_get(&format!("{path}/events")).await;
    assert_eq!(
        events.column("kind"),
        ["left", "ran", "started", "joined"],
        "newest first"
    );
    assert_eq!(events.at("/events/1/metadata"), &json!("python"));
    assert_eq!(
        events.at("/events/2/user_name"),
        &Value::Null,
        "it starts by itself"
    );
    let oldest = tried
        .coderpad_get(&format!("{path}/events?sort=created_at,asc"))
        .await;
    assert_eq!(oldest.column("kind")[0], "joined");
}

#[tokio::test]
async fn events_come_fifty_a_page() {
    let (tried, id) = with_pad().await;
    tried.world(|world| (0..60).for_each(|_| world.run_code(&id, ADA).unwrap()));
    let page = tried.coderpad_get(&format!("/api/pads/{id}/events")).await;
    assert_eq!(
        (page.column("kind").len(), page.at("/total")),
        (50, &json!(61))
    );
    let next = page.at("/next_page").as_str().unwrap();
    let path = next
        .strip_prefix(&tried.running.addresses.coderpad_api)
        .unwrap();
    assert_eq!(tried.coderpad_get(path).await.column("kind").len(), 11);
}

#[tokio::test]
async fn a_started_pad_ends_itself_after_seven_days_and_a_pending_one_never() {
    let (tried, id) = with_pad().await;
    let pending = tried
        .make_pad("")
        .await
        .at("/id")
        .as_str()
        .unwrap()
        .to_owned();
    tried.world(|world| {
        world.run_code(&id, ADA).unwrap();
        let started = world.now();
        world.move_on(started + 7 * 86_400_000 - 61_000);
        assert_eq!(
            world
                .pads()
                .iter()
                .filter(|pad| pad.state == "ended")
                .count(),
            0
        );
        world.move_on(started + 7 * 86_400_000 + 1);
        let ended: Vec<_> = world
            .pads()
            .into_iter()
            .filter(|pad| pad.state == "ended")
            .collect();
        assert_eq!(ended.len(), 1);
        assert_eq!(ended[0].ended_at, Some(started + 7 * 86_400_000));
        assert_ne!(ended[0].id, pending);
    });
    let events = tried.coderpad_get(&format!("/api/pads/{id}/events")).await;
    assert_eq!(events.column("kind")[0], "auto_ended");
    assert_eq!(events.at("/events/0/user_name"), &Value::Null);
}

#[tokio::test]
async fn history_appears_with_the_first_edit_and_replays_to_the_text() {
    let (tried, id) = with_pad().await;
    let before = environments(&tried, &id).await;
    assert_eq!(before[0]["file_contents"][0]["path"], "main.py");
    assert!(before[0]["file_contents"][0].get("history").is_none());
    assert!(
        before[0]["created_at"]
            .as_str()
            .unwrap()
            .ends_with("+01:00")
    );
    let text = "def f(): # 🙂\n    return 'é'\n";
    tried.world(|world| {
        world
            .write_code(&id, ADA, None, "def f(): # 🙃\n    pass\n")
            .unwrap();
        world.write_code(&id, ADA, Some("main.py"), text).unwrap();
    });
    let after = environments(&tried, &id).await;
    let file = &after[0]["file_contents"][0];
    assert_eq!(file["contents"], text);
    let address = file["history"].as_str().unwrap();
    assert!(
        address.starts_with(&tried.running.addresses.history),
        "another host: {address}"
    );
    let log = tried.ask(Method::GET, address, None, None).await.unwrap();
    let replayed = replay(log.text.as_bytes(), None, &Limits::default())
        .unwrap()
        .unwrap();
    assert_eq!(replayed.text, text);
    tried.world(|world| {
        world.switch(|switches| switches.coderpad.file_contents = FileContents::Initial);
    });
    let initial = environments(&tried, &id).await;
    assert_eq!(
        initial[0]["file_contents"][0]["contents"],
        "print(\"Hello\")\n"
    );

    let whole = format!("{}/{id}/history.json", tried.running.addresses.history);
    assert_eq!(
        tried
            .ask(Method::GET, &whole, None, None)
            .await
            .unwrap()
            .text,
        log.text
    );
    let nothing = format!("{}/NOTTHERE/history.json", tried.running.addresses.history);
    assert_eq!(
        tried
            .ask(Method::GET, &nothing, None, None)
            .await
            .unwrap()
            .text,
        "null"
    );
    assert!(tried.world(|world| world.journal.violations().is_empty()));
}

#[tokio::test]
async fn a_key_that_reaches_the_history_or_the_other_service_is_written_down() {
    let tried = Tried::start().await;
    let addresses = &tried.running.addresses;
    let key = format!("Bearer {}", addresses.coderpad_key);
    for url in [
        format!("{}/X/history.json", addresses.history),
        format!("{}/stages", addresses.lever_api),
    ] {
        tried
            .ask(Method::GET, &url, Some(&key), None)
            .await
            .unwrap();
    }
    assert_eq!(tried.world(|world| world.journal.violations().len()), 2);
}

#[tokio::test]
async fn a_pad_can_have_several_environments_files_and_binaries() {
    let (tried, id) = with_pad().await;
    tried.world(|world| {
        let files = vec![
            SourceFile::new("src/index.js", "let a;\n", "Ada", 0),
            SourceFile::new("lib/über.js", "", "Ada", 0),
            SourceFile::binary("logo.png"),
        ];
        world.open_environment(&id, "javascript", files).unwrap();
        world.type_code(&id, ADA, Some("lib/über.js"), "x").unwrap();
    });
    let all = environments(&tried, &id).await;
    assert_eq!(all.len(), 2);
    let files = &all[1]["file_contents"];
    assert_eq!(files[1]["contents"], "x");
    assert_eq!(
        (&files[2]["contents"], &files[2]["binary"]),
        (&Value::Null, &json!(true))
    );
    let log = tried
        .ask(
            Method::GET,
            files[1]["history"].as_str().unwrap(),
            None,
            None,
        )
        .await
        .unwrap();
    assert!(log.text.contains("\"x\""), "{}", log.text);
    let pad = tried.coderpad_get(&format!("/api/pads/{id}")).await;
    assert_eq!(pad.at("/active_environment_id"), &all[1]["id"]);
}

#[tokio::test]
async fn old_pads_tell_their_text_themselves() {
    let (tried, id) = with_pad().await;
    tried.world(|world| world.switch(|switches| switches.coderpad.no_environments = true));
    let pad = tried.coderpad_get(&format!("/api/pads/{id}")).await;
    assert_eq!(pad.at("/contents"), &json!("print(\"Hello\")\n"));
    assert_eq!(pad.at("/pad_environment_ids"), &json!([]));
}

#[tokio::test]
async fn unknown_states_and_fields_can_appear() {
    let (tried, id) = with_pad().await;
    tried.world(|world| {
        world.switch(|switches| {
            switches.coderpad.unknown_state = true;
            switches.coderpad.unknown_fields = true;
            switches.lever.unknown_fields = true;
        });
    });
    let pad = tried.coderpad_get(&format!("/api/pads/{id}")).await;
    assert_eq!(pad.at("/state"), &json!("hovering"));
    assert!(pad.at("/moon_phase").is_object());
    let opportunity = tried.candidate();
    let shown = tried
        .lever_get(&format!("/opportunities/{opportunity}"))
        .await;
    assert!(shown.at("/data/moonPhase").is_object());
}

#[tokio::test]
async fn organization_questions_and_user_have_their_shapes() {
    let tried = Tried::start().await;
    let organization = tried.coderpad_get("/api/organization").await;
    assert_eq!(organization.at("/user_count"), &json!(2));
    assert!(organization.at("/teams/0/id").is_string());
    assert_eq!(
        tried
            .coderpad_get("/api/user")
            .await
            .at("/allow_pad_creation"),
        &json!(true)
    );
    let questions = tried.coderpad_get("/api/questions").await;
    let id = questions.at("/questions/0/id").as_u64().unwrap();
    let question = tried.coderpad_get(&format!("/api/questions/{id}")).await;
    assert_eq!(question.at("/title"), &json!("Anagrams"));
    assert_eq!(tried.coderpad_get("/api/questions/1").await.status, 404);
    let made = tried.make_pad(&format!("question_id={id}")).await;
    assert_eq!(
        (made.at("/language"), made.at("/question_ids/0")),
        (&json!("python"), &json!(id))
    );
}

#[tokio::test]
async fn an_organizations_people_can_be_asked_for_by_address() {
    let tried = Tried::start().await;
    let all = tried.coderpad_get("/api/organization/users").await;
    assert_eq!(all.at("/users").as_array().unwrap().len(), 2);
    let email = all.at("/users/1/email").as_str().unwrap();
    let path = format!("/api/organization/users?email={email}");
    let one = tried.coderpad_get(&path).await;
    assert_eq!(one.at("/users"), &json!([all.at("/users/1")]));
}

/// What the contract has, and what the strictest public client wants in its place.
#[tokio::test]
async fn types_are_strict_only_when_they_are_asked_for() {
    let (tried, id) = with_pad().await;
    let shown = async || {
        let environments = environments(&tried, &id).await;
        [
            tried.coderpad_get("/api/quota").await.body["trial_expires_at"].clone(),
            tried.coderpad_get("/api/organization").await.body["single_sign_in_url"].clone(),
            environments[0]["example_question_id"].clone(),
        ]
    };
    let [trial, sign_in, example] = shown().await;
    assert_eq!((trial, sign_in), (Value::Null, Value::Null));
    assert!(example.is_string());
    tried.world(|world| world.switch(|switches| switches.coderpad.strict_types = true));
    let [trial, sign_in, example] = shown().await;
    assert!(trial.is_string() && sign_in.is_string() && example.is_u64());
}

#[tokio::test]
async fn questions_silent_visits_and_rare_fields_show() {
    let (tried, id) = with_pad().await;
    tried.world(|world| {
        let question = *world.coderpad.questions.keys().next().unwrap();
        world
            .join_unseen(
                &id,
                Guest {
                    name: "Ingrid",
                    email: None,
                },
            )
            .unwrap();
        world.open_question(&id, question, ADA).unwrap();
        world
            .set_pad_field(&id, "interview_highlights", json!("Went well"))
            .unwrap();
        world
            .set_pad_field(&id, "drawing", json!("https://draw.example/1"))
            .unwrap();
    });
    let pad = tried.coderpad_get(&format!("/api/pads/{id}")).await;
    assert_eq!(pad.at("/question_ids").as_array().unwrap().len(), 1);
    assert_eq!(pad.at("/interview_highlights"), &json!("Went well"));
    assert_eq!(pad.at("/drawing"), &json!("https://draw.example/1"));
    let events = tried.coderpad_get(&format!("/api/pads/{id}/events")).await;
    assert_eq!(events.column("kind"), ["added_question", "joined"]);
    let question = pad.at("/question_ids/0").to_string();
    assert_eq!(events.at("/events/0/metadata"), &json!(question));
    assert_eq!(events.at("/events/1/metadata"), &json!("invisible"));
}
