//! The calls of the window, answered by a real engine on the sandbox, without a desktop.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod window;

use std::time::Duration;

use lever::OpportunityId;
use padwatch_api::{SecretName, copy_shown_link};
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_engine::Keys;
use padwatch_engine::snapshot::Condition;
use sandbox::Service;
use serde_json::{Value, json};
use window::{DEADLINE, NAME, Window};

#[tokio::test(start_paused = true)]
async fn a_key_is_tried_cleaned_stored_and_never_told() {
    let window = Window::new();
    let pasted = format!("  \"{}\"\n", window.keys.0);
    let account = window
        .ask(json!({"kind": "setLeverKey", "key": pasted}))
        .await
        .unwrap();
    assert_eq!(
        window.stored(SecretName::LeverKey),
        Some(window.keys.0.clone())
    );
    let accounts = window.ask(json!({"kind": "accounts"})).await.unwrap();
    assert_eq!(accounts["lever"], json!({"set": true, "setOn": 1_000}));
    assert_eq!(accounts["coderpad"], json!({"set": false, "setOn": null}));
    for told in [account, accounts] {
        assert!(!told.to_string().contains(&window.keys.0), "{told}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_that_does_not_work_is_not_stored_and_the_old_one_stays() {
    let window = Window::watching().await;
    let refused = window
        .ask(json!({"kind": "setLeverKey", "key": "nonsense"}))
        .await;
    assert_eq!(refused.unwrap_err().code(), ProblemCode::LeverKeyWrong);
    assert_eq!(
        window.stored(SecretName::LeverKey),
        Some(window.keys.0.clone())
    );
}

#[tokio::test(start_paused = true)]
async fn the_key_of_the_other_service_is_recognised_before_it_is_sent_anywhere() {
    let window = Window::watching().await;
    let asked = || {
        window
            .world
            .with(|world| world.journal.requests_to(Service::CoderPad))
    };
    let before = asked();
    let problem = window
        .ask(json!({"kind": "setCoderpadKey", "key": window.keys.0}))
        .await
        .unwrap_err();
    assert_eq!(problem, Problem::CoderpadKeyWanted);
    assert_eq!(asked(), before);
    assert_eq!(
        window.stored(SecretName::CoderpadKey),
        Some(window.keys.1.clone())
    );
}

#[tokio::test(start_paused = true)]
async fn a_deleted_key_is_gone_from_the_keyring_and_from_the_engine() {
    let window = Window::watching().await;
    window.ask(json!({"kind": "deleteLeverKey"})).await.unwrap();
    assert_eq!(window.stored(SecretName::LeverKey), None);
    let mut changes = window.engine.changes();
    let stopped = changes.wait_for(|snapshot| {
        matches!(&snapshot.condition, Condition::SetUp { problem, .. }
            if problem.code() == ProblemCode::KeyMissing)
    });
    tokio::time::timeout(DEADLINE, stopped)
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_copied_link_is_on_the_clipboard_and_marked() {
    let window = Window::watching().await;
    let who = window.with_pad().await;
    window
        .ask(json!({"kind": "copyLink", "opportunity": who}))
        .await
        .unwrap();
    let link = window.world.with(|world| world.pads()[0].url.clone());
    {
        let noted = window.desktop.noted.lock().unwrap();
        assert_eq!(noted.clipboard, Some(link));
        assert_eq!(noted.copied.len(), 1);
    }
    let detail = window
        .ask(json!({"kind": "detail", "opportunity": who}))
        .await
        .unwrap();
    assert_eq!(detail["row"]["section"], "upcoming");
    let last = detail["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(last["what"], "Link copied", "{detail}");
    let at = |value: &Value| value.as_i64().unwrap();
    let apart = at(&last["atMs"]) - at(&detail["row"]["sinceMs"]);
    assert!((0..1_000).contains(&apart), "{detail}");
}

#[tokio::test(start_paused = true)]
async fn a_clicked_link_that_was_replaced_gives_way_to_the_new_one() {
    let window = Window::watching().await;
    let who = OpportunityId::new(window.with_pad().await);
    let older = "https://app.coderpad.io/OLDER".to_owned();
    copy_shown_link(&window.engine, &window.desktop, who, older)
        .await
        .unwrap();
    let link = window.world.with(|world| world.pads()[0].url.clone());
    let noted = window.desktop.noted.lock().unwrap();
    assert_eq!(noted.clipboard, Some(link));
    assert_eq!(noted.copied.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_clicked_link_whose_pad_is_gone_is_refused_before_it_is_copied() {
    let window = Window::watching().await;
    let who = OpportunityId::new(window.with_pad().await);
    let link = window.world.with(|world| {
        let pad = world.pads()[0].clone();
        let id = serde_json::from_value(json!(pad.id)).unwrap();
        world.delete_pad(&id).unwrap();
        pad.url
    });
    tokio::time::sleep(Duration::from_secs(120)).await;
    let refused = copy_shown_link(&window.engine, &window.desktop, who, link).await;
    assert_eq!(refused.unwrap_err().code(), ProblemCode::Gone);
    assert_eq!(window.desktop.noted.lock().unwrap().clipboard, None);
}

#[tokio::test(start_paused = true)]
async fn a_link_that_the_clipboard_does_not_take_is_not_marked_as_copied() {
    let window = Window::watching().await;
    let who = window.with_pad().await;
    let unable = Problem::ClipboardFailed;
    window.desktop.noted.lock().unwrap().problems.clipboard = Some(unable.clone());
    let refused = window
        .ask(json!({"kind": "copyLink", "opportunity": who}))
        .await;
    assert_eq!(refused, Err(unable));
    let detail = window
        .ask(json!({"kind": "detail", "opportunity": who}))
        .await
        .unwrap();
    assert_eq!(detail["row"]["section"], "toSend");
    assert_eq!(detail["row"]["copiedMs"], Value::Null);
}

#[tokio::test(start_paused = true)]
async fn an_invitation_names_what_it_lacks_before_it_is_copied_rich_and_plain() {
    let window = Window::watching().await;
    let who = window.with_pad().await;
    let call = |kind: &str, with_gaps: Option<bool>| {
        let mut call = json!({"kind": kind, "opportunity": who, "template": {"kind": "ofPosting"}});
        if let Some(with_gaps) = with_gaps {
            call["withGaps"] = json!(with_gaps);
        }
        call
    };
    let draft = |body: &str| json!({"kind": "draft", "subject": "", "body": body});
    let preview = window.ask(call("previewInvitation", None)).await.unwrap();
    let link = window.world.with(|world| world.pads()[0].url.clone());
    assert!(preview["text"].as_str().unwrap().contains(&link));
    assert!(preview["text"].as_str().unwrap().starts_with("Hi Amara,"));
    assert_eq!(preview["missing"], json!([]));
    assert_eq!(preview["leftOut"][0], "time", "no interview is planned");
    let mut with_gap = call("copyInvitation", Some(false));
    with_gap["template"] = draft("{Full name}: {Interview time}");
    let refused = window.ask(with_gap).await;
    let missing = vec!["time".to_owned()];
    assert_eq!(refused, Err(Problem::InvitationIncomplete { missing }));
    assert_eq!(window.desktop.noted.lock().unwrap().clipboard, None);

    window
        .ask(call("copyInvitation", Some(false)))
        .await
        .unwrap();
    {
        let noted = window.desktop.noted.lock().unwrap();
        assert_eq!(noted.clipboard.as_deref(), preview["text"].as_str());
        let rich = noted.rich.clone().unwrap();
        assert!(rich.contains(&format!("<a href=\"{link}\">")), "{rich}");
    }
    let detail = window
        .ask(json!({"kind": "detail", "opportunity": who}))
        .await
        .unwrap();
    assert_eq!(detail["row"]["section"], "upcoming");
}

#[tokio::test(start_paused = true)]
async fn a_mail_to_the_candidate_is_opened_and_a_flawed_draft_is_not() {
    let window = Window::watching().await;
    let who = window.with_pad().await;
    let draft = |body: &str| json!({"kind": "draft", "subject": "Hello {{ name }}", "body": body});
    let mail = |template: Value| json!({"kind": "mailInvitation", "opportunity": who, "template": template, "withGaps": false});
    let refused = window.ask(mail(draft("Hi {{ nmae }}"))).await.unwrap_err();
    let (name, line) = ("nmae".to_owned(), 1);
    assert_eq!(refused, Problem::PlaceholderUnknown { name, line });
    window.ask(mail(draft("Hi {{ name }}"))).await.unwrap();
    let opened = window.desktop.noted.lock().unwrap().opened.clone();
    assert_eq!(opened.len(), 1);
    assert_eq!(opened[0].scheme(), "mailto");
    assert!(opened[0].path().contains('@'), "{}", opened[0]);
    assert!(opened[0].as_str().contains("subject=Hello%20Amara%20Nwosu"));
}

#[tokio::test(start_paused = true)]
async fn a_posting_gets_the_tag_beside_its_others_and_loses_it_again() {
    let window = Window::watching().await;
    let postings = window.ask(json!({"kind": "postings"})).await.unwrap();
    let posting = postings
        .as_array()
        .unwrap()
        .iter()
        .find(|posting| posting["tagged"] == false && posting["locked"] == false)
        .unwrap()["id"]
        .clone();
    let own_tags = || {
        window.world.with(|world| {
            let postings = &world.lever.postings;
            let found = postings.iter().find(|(id, _)| id.as_str() == posting);
            found.unwrap().1.tags.clone()
        })
    };
    let before = own_tags();
    let tag = |on: bool| json!({"kind": "tagPosting", "posting": posting, "on": on});
    let refused = window.ask(tag(true)).await.unwrap_err();
    assert_eq!(refused.code(), ProblemCode::ActingUserNeeded);

    let users = window.ask(json!({"kind": "leverUsers"})).await.unwrap();
    let mut settings = window.ask(json!({"kind": "settings"})).await.unwrap();
    settings["actingUser"] = users[0]["id"].clone();
    window
        .ask(json!({"kind": "changeSettings", "settings": settings}))
        .await
        .unwrap();
    let effect = window
        .ask(json!({"kind": "postingEffect", "posting": posting}))
        .await
        .unwrap();
    assert!(effect["inStage"].as_u64() >= effect["tagged"].as_u64());
    window.ask(tag(true)).await.unwrap();
    let mut with_tag = before.clone();
    with_tag.push("coderpad".into());
    assert_eq!(own_tags(), with_tag);
    window.ask(tag(false)).await.unwrap();
    assert_eq!(own_tags(), before);
}

#[tokio::test(start_paused = true)]
async fn a_question_is_found_by_its_title_and_again_by_its_id() {
    let window = Window::watching().await;
    let ask = |wanted: Value| window.ask(json!({"kind": "questions", "wanted": wanted}));
    let all = ask(json!({"by": "text", "text": ""})).await.unwrap();
    let first = all[0].clone();
    let by_id = ask(json!({"by": "id", "id": first["id"]})).await.unwrap();
    assert_eq!(by_id, json!([first]));
    let none = ask(json!({"by": "text", "text": "no such title"})).await;
    assert_eq!(none.unwrap(), json!([]));
}

#[tokio::test(start_paused = true)]
async fn the_whole_list_is_saved_as_a_table() {
    let window = Window::watching().await;
    window.with_pad().await;
    let place = window.ask(json!({"kind": "export"})).await.unwrap();
    assert_eq!(place, "padwatch.csv");
    let table = window.desktop.noted.lock().unwrap().saved.clone().unwrap();
    let link = window.world.with(|world| world.pads()[0].url.clone());
    let line = table.lines().find(|line| line.starts_with(NAME)).unwrap();
    assert!(line.contains(&link), "{line}");
    let everybody = json!({"kind": "list", "query": {"limit": 1}});
    let total = window.ask(everybody).await.unwrap()["total"].as_u64();
    assert_eq!(total, Some(table.lines().count() as u64 - 1));
}

#[tokio::test(start_paused = true)]
async fn pad_recording_and_profile_open_in_the_browser() {
    let window = Window::watching().await;
    let who = window.with_pad().await;
    for kind in ["openPad", "openPlayback", "openProfile"] {
        window
            .ask(json!({"kind": kind, "opportunity": who}))
            .await
            .unwrap();
    }
    let refused = window
        .ask(json!({"kind": "openSandbox"}))
        .await
        .unwrap_err();
    assert_eq!(
        refused.code(),
        ProblemCode::TooLate,
        "there is no page outside of the sandbox"
    );
    let opened = window.desktop.noted.lock().unwrap().opened.clone();
    let paths: Vec<&str> = opened.iter().map(url::Url::path).collect();
    assert!(paths[1].ends_with("/playback"), "{paths:?}");
    assert!(paths[2].starts_with("/candidates/"), "{paths:?}");
}

#[tokio::test(start_paused = true)]
async fn an_unreachable_keyring_is_told_and_nothing_is_taken_for_missing() {
    let window = Window::watching().await;
    let locked = Problem::KeyringLocked;
    window.desktop.noted.lock().unwrap().problems.keyring = Some(locked.clone());
    let accounts = window.ask(json!({"kind": "accounts"})).await.unwrap();
    assert_eq!(accounts["keyring"]["code"], "keyringLocked");
    let refused = window
        .ask(json!({"kind": "setLeverKey", "key": window.keys.0}))
        .await;
    assert_eq!(refused, Err(locked));
    assert_eq!(window.engine.snapshot().condition, Condition::Watching);
}

#[tokio::test(start_paused = true)]
async fn forgetting_empties_keyring_and_ledger() {
    let window = Window::watching().await;
    window.with_pad().await;
    window
        .ask(json!({"kind": "forgetEverything"}))
        .await
        .unwrap();
    assert!(window.desktop.noted.lock().unwrap().secrets.is_empty());
    let query = json!({"kind": "list", "query": {"limit": 50}});
    let list = window.ask(query).await.unwrap();
    assert_eq!(list["total"], 0);
}

#[tokio::test(start_paused = true)]
async fn forgetting_goes_on_where_the_keyring_is_locked_and_says_so() {
    for stuck in [
        Problem::KeyringLocked,
        Problem::KeyringMissing,
        Problem::NotAKey,
    ] {
        let window = Window::watching().await;
        window.with_pad().await;
        window.desktop.noted.lock().unwrap().problems.keyring = Some(stuck.clone());
        let told = window.ask(json!({"kind": "forgetEverything"})).await;
        assert_eq!(told, Err(stuck));
        let query = json!({"kind": "list", "query": {"limit": 50}});
        assert_eq!(window.ask(query).await.unwrap()["total"], 0);
        assert!(window.engine.has(&Keys::default()), "the keys are in use");
        let noted = window.desktop.noted.lock().unwrap();
        assert_eq!(noted.forgotten, SecretName::ALL);
    }
}

#[tokio::test(start_paused = true)]
async fn the_diagnostics_hold_nothing_about_a_person_and_no_key_or_link() {
    let window = Window::watching().await;
    let who = window.with_pad().await;
    let report = window.ask(json!({"kind": "diagnostics"})).await.unwrap();
    let report = report.as_str().unwrap();
    assert!(report.contains("Padwatch is watching."), "{report}");
    assert!(
        report.contains("Candidates with pads: 1 ready to send"),
        "{report}"
    );
    let pad = window.world.with(|world| world.pads()[0].id.clone());
    let folder = window.folder.path().display().to_string();
    let (lever, coderpad) = &window.keys;
    for secret in [NAME, "http", "@", &who, &pad, &folder, lever, coderpad] {
        assert!(!report.contains(secret), "{secret} is in {report}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_diagnostics_name_the_hosts_in_use_and_print_no_debug_forms() {
    let mut window = Window::watching().await;
    let root = |text| transport::ApiRoot::parse(text).unwrap();
    window.desktop.places.roots = vec![
        root("http://127.0.0.1:4001/v1"),
        root("https://eu.app.coderpad.io"),
    ];
    // Chosen, and not in use before the next start.
    window.desktop.noted.lock().unwrap().connection.proxy = padwatch_api::ProxyChoice::None;
    let report = window.ask(json!({"kind": "diagnostics"})).await.unwrap();
    let report = report.as_str().unwrap();
    for words in [
        "Lever is at 127.0.0.1:4001/v1 (this computer), CoderPad at eu.app.coderpad.io. Proxy: none.",
        "Another choice takes effect after a restart.",
        "Padwatch creates the pads.",
        "All candidates are watched, in the stage of the usual name, every 30 seconds.",
        "Webhooks are off.",
    ] {
        assert!(report.contains(words), "{words} is not in {report}");
    }
    for form in ["Some(", "None", "Ok(", "{", "}", "\""] {
        assert!(!report.contains(form), "{form} is in {report}");
    }
    for line in report.lines() {
        assert!(line.ends_with('.'), "no sentence: {line}");
    }
}

#[tokio::test(start_paused = true)]
async fn settings_are_read_changed_and_read_back() {
    let window = Window::watching().await;
    let mut settings = window.ask(json!({"kind": "settings"})).await.unwrap();
    settings["guards"]["askEachTime"] = json!(true);
    window
        .ask(json!({"kind": "changeSettings", "settings": settings}))
        .await
        .unwrap();
    assert_eq!(
        window.ask(json!({"kind": "settings"})).await.unwrap(),
        settings
    );
}

#[tokio::test(start_paused = true)]
async fn keys_and_tokens_that_are_set_side_by_side_are_all_kept() {
    let window = Window::new();
    let (lever, coderpad, one, other) = tokio::join!(
        window.ask(json!({"kind": "setLeverKey", "key": window.keys.0})),
        window.ask(json!({"kind": "setCoderpadKey", "key": window.keys.1})),
        window.ask(json!({"kind": "addSigningToken", "token": "token-one"})),
        window.ask(json!({"kind": "addSigningToken", "token": "token-other"})),
    );
    for answer in [lever, coderpad, one, other] {
        answer.unwrap();
    }
    let tokens = window.stored(SecretName::LeverSigningTokens).unwrap();
    assert!(tokens.contains("token-one"), "{tokens}");
    assert!(tokens.contains("token-other"), "{tokens}");
    let mut changes = window.engine.changes();
    let watching = changes.wait_for(|snapshot| snapshot.condition == Condition::Watching);
    tokio::time::timeout(DEADLINE, watching)
        .await
        .expect("the engine has both keys")
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_key_that_another_padwatch_works_with_stays_out_of_the_engine() {
    let window = Window::watching().await;
    let used = Problem::KeyUsedElsewhere;
    window.desktop.noted.lock().unwrap().problems.claim = Some(used.clone());
    let refused = window
        .ask(json!({"kind": "setLeverKey", "key": window.keys.0}))
        .await;
    assert_eq!(refused, Err(used));
    let mut changes = window.engine.changes();
    let stopped =
        changes.wait_for(|snapshot| matches!(snapshot.condition, Condition::SetUp { .. }));
    tokio::time::timeout(DEADLINE, stopped)
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn settings_out_of_range_and_endless_texts_are_refused_in_words() {
    let window = Window::new();
    let mut settings = window.ask(json!({"kind": "settings"})).await.unwrap();
    settings["watch"]["everySeconds"] = json!(u32::MAX);
    let refused = window
        .ask(json!({"kind": "changeSettings", "settings": settings}))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), ProblemCode::NotValid);
    assert!(matches!(
        refused,
        Problem::NumberOutOfRange {
            least: 10,
            most: 86_400,
            ..
        }
    ));
    let search = "x".repeat(100_000);
    let query = json!({"section": null, "search": search, "offset": 0, "limit": 10});
    let refused = window.ask(json!({"kind": "list", "query": query})).await;
    assert_eq!(refused.unwrap_err().code(), ProblemCode::NotValid);
}
