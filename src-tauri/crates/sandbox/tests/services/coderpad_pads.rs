use http::Method;
use sandbox::coderpad::Access;
use sandbox::coderpad::people::{Person, Role};
use sandbox::{ListOrder, PadId, accounts};
use serde_json::{Value, json};

use crate::support::{SEED, Tried};

const FORM: &str = "application/x-www-form-urlencoded";

fn id_of(made: &Value) -> PadId {
    PadId::from(made["id"].as_str().unwrap())
}

/// `count` pads, made by hand, one second apart.
async fn with_pads(count: usize) -> Tried {
    let mut world = accounts(SEED);
    for number in 0..count {
        world.move_on(1_000_000 + i64::try_from(number).unwrap() * 1000);
        world.make_pad_by_hand(sandbox::sample::RECRUITER, &format!("{number}"), None);
    }
    Tried::with(world).await
}

#[tokio::test]
async fn every_way_to_show_the_key_is_accepted_and_auth_comes_first() {
    let tried = Tried::start().await;
    let key = &tried.running.addresses.coderpad_key;
    let url = format!("{}/api/pads", tried.running.addresses.coderpad_api);
    for shown in [
        format!("Token token=\"{key}\""),
        format!("Token token={key}"),
        format!("Token {key}"),
        format!("Bearer {key}"),
    ] {
        let ok = tried
            .ask(Method::GET, &url, Some(&shown), None)
            .await
            .unwrap();
        assert_eq!(ok.status, 200, "{shown}");
    }
    for path in ["/api/pads", "/api/moons", "/api/pads/NOTTHERE"] {
        let url = format!("{}{path}", tried.running.addresses.coderpad_api);
        let refused = tried
            .ask(Method::GET, &url, Some("Token token=\"x\""), None)
            .await
            .unwrap();
        assert_eq!(
            (refused.status, refused.body),
            (
                401,
                json!({"status": "ERROR", "message": "Invalid API key"})
            )
        );
    }
    let unknown = tried.coderpad_get("/api/moons").await;
    assert_eq!(
        (unknown.status, unknown.body),
        (
            404,
            json!({"status": "ERROR", "message": "Resource not found"})
        )
    );
}

#[tokio::test]
async fn answers_carry_what_rails_and_its_proxies_add() {
    let tried = Tried::start().await;
    let answer = tried.coderpad_get("/api/pads/").await;
    assert_eq!(answer.status, 200, "a slash at the end makes no difference");
    assert_eq!(
        answer.header("content-type"),
        "application/json; charset=utf-8"
    );
    assert!(answer.header("etag").starts_with("W/\""));
    assert!(
        answer
            .header("set-cookie")
            .starts_with("_coderpad_rails_session_3=")
    );
    for name in ["date", "x-request-id", "x-runtime", "via", "cache-control"] {
        assert!(!answer.header(name).is_empty(), "{name}");
    }
}

#[tokio::test]
async fn a_new_pad_is_as_documented() {
    let tried = Tried::start().await;
    let made = tried.make_pad("title=Ada&notes=mark").await;
    assert_eq!((made.status, made.at("/status")), (200, &json!("OK")));
    let id = made.at("/id").as_str().unwrap().to_owned();
    assert_eq!(id.len(), 8);
    assert!(
        id.bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    );
    for (field, value) in [
        ("title", json!("Ada")),
        ("state", json!("pending")),
        ("notes", json!("mark")),
        ("language", json!("plaintext")),
        ("private", json!(false)),
        ("execution_enabled", json!(true)),
        ("contents", Value::Null),
        ("participants", json!([])),
        ("ended_at", Value::Null),
        ("active_environment_id", Value::Null),
        ("type", json!("live")),
        ("question_ids", json!([])),
    ] {
        assert_eq!(made.at(&format!("/{field}")), &value, "{field}");
    }
    assert_eq!(made.at("/pad_environment_ids").as_array().unwrap().len(), 1);
    assert!(made.at("/created_at").as_str().unwrap().ends_with('Z'));
    assert!(made.at("/history").is_string());
    let again = tried.make_pad("title=Ada&notes=mark").await;
    assert_ne!(
        again.at("/id"),
        made.at("/id"),
        "the same again is a second pad"
    );

    let read = tried.coderpad_get(&format!("/api/pads/{id}")).await;
    assert!(read.at("/history").is_null(), "not in a single read");
    let page = read.at("/url").as_str().unwrap();
    let opened = tried.ask(Method::GET, page, None, None).await.unwrap();
    assert!(
        opened.text.contains("Ada") && !opened.text.contains("mark"),
        "the notes stay hidden"
    );
    let unnamed = tried.make_pad("").await;
    let title = format!("Untitled Pad - {}", id_of(&unnamed.body));
    assert_eq!(unnamed.at("/title"), &json!(title));
    assert_eq!(unnamed.at("/notes"), &Value::Null);
}

#[tokio::test]
async fn code_can_be_run_unless_the_request_says_otherwise() {
    let tried = Tried::start().await;
    for (form, enabled) in [
        ("title=T", true),
        ("execution_enabled=true", true),
        ("execution_enabled=false", false),
    ] {
        let made = tried.make_pad(form).await;
        assert_eq!(made.at("/execution_enabled"), &json!(enabled), "{form}");
    }
}

#[tokio::test]
async fn what_cannot_be_made_is_refused_and_nothing_is_made() {
    let tried = Tried::start().await;
    let long = format!("title={}", "x".repeat(256));
    for (form, status) in [
        ("language=klingon", 400),
        ("contents=x&question_id=1", 400),
        (long.as_str(), 400),
        ("question_id=123", 404),
        ("team_id=nowhere", 404),
    ] {
        assert_eq!(tried.make_pad(form).await.status, status, "{form}");
    }
    tried.world(|world| {
        let owner = world
            .coderpad
            .people
            .get_mut(sandbox::sample::RECRUITER)
            .unwrap();
        owner.role = Some(Role::Member);
    });
    assert_eq!(
        tried.make_pad("user_email=x%40example.test").await.status,
        403
    );
    assert_eq!(tried.make_pad("team_id=x").await.status, 403);
    assert!(tried.world(|world| world.pads().is_empty()));
}

#[tokio::test]
async fn an_owner_can_make_pads_for_others() {
    let tried = Tried::start().await;
    let made = tried
        .make_pad("user_email=new.colleague%40example.test")
        .await;
    assert_eq!(
        made.at("/owner_email"),
        &json!("new.colleague@example.test")
    );
    assert!(tried.world(|world| {
        world
            .coderpad
            .people
            .contains_key("new.colleague@example.test")
    }));
    assert_eq!(
        tried
            .make_pad("user_email=stranger%40elsewhere.test")
            .await
            .status,
        400
    );
    let own = tried.coderpad_get("/api/pads").await;
    assert!(own.column("id").is_empty(), "it is not the key's own");
    let all = tried.coderpad_get("/api/organization/pads").await;
    assert_eq!(all.column("id").len(), 1);
}

#[tokio::test]
async fn the_quota_counts_and_ends() {
    let tried = Tried::start().await;
    tried.world(|world| world.coderpad.quota.limit = 2);
    tried.make_pad("").await;
    let quota = tried.coderpad_get("/api/quota").await;
    assert_eq!(
        (quota.at("/pads_used"), quota.at("/pads_remaining")),
        (&json!(1), &json!(1))
    );
    tried.make_pad("").await;
    let over = tried.make_pad("").await;
    assert_eq!(
        (over.status, over.body),
        (429, json!({"status": "ERROR", "message": "Over quota"}))
    );
    assert_eq!(tried.world(|world| world.pads().len()), 2);
    tried.world(|world| world.coderpad.quota.overages = true);
    assert_eq!(tried.make_pad("").await.status, 200, "for money");
    tried.world(|world| world.coderpad.quota.unlimited = true);
    let quota = tried.coderpad_get("/api/quota").await;
    assert!(quota.body.get("pads_remaining").is_none());
}

#[tokio::test]
async fn lists_have_fifty_a_page_newest_first_and_lead_on() {
    let tried = with_pads(120).await;
    let first = tried.coderpad_get("/api/pads").await;
    assert_eq!(
        (first.column("id").len(), first.at("/total")),
        (50, &json!(120))
    );
    assert_eq!(first.column("title")[0], "119");
    assert!(first.body.get("prev_page").is_none());
    let next = first.at("/next_page").as_str().unwrap().to_owned();
    assert_eq!(
        next,
        format!("{}/api/pads?page=2", tried.running.addresses.coderpad_api)
    );
    let second = tried
        .coderpad_get("/api/pads?sort=created_at,asc&page=2")
        .await;
    assert_eq!(second.column("title")[0], "50");
    assert!(
        second
            .at("/next_page")
            .as_str()
            .unwrap()
            .ends_with("?sort=created_at,asc&page=3")
    );
    assert!(second.at("/prev_page").is_string());
    let last = tried.coderpad_get("/api/pads?page=3").await;
    assert_eq!(last.column("id").len(), 20);
    assert!(last.body.get("next_page").is_none());
    assert!(
        tried
            .coderpad_get("/api/pads?page=9")
            .await
            .column("id")
            .is_empty()
    );
    for bad in ["sort=title", "sort=created_at,up", "page=0", "page=x"] {
        assert_eq!(
            tried.coderpad_get(&format!("/api/pads?{bad}")).await.status,
            400,
            "{bad}"
        );
    }
}

#[tokio::test]
async fn a_cursor_outranks_the_page_and_never_repeats() {
    let tried = with_pads(120).await;
    tried.world(|world| world.switch(|switches| switches.coderpad.lists.cursor_paging = true));
    let mut titles = Vec::new();
    let mut path = "/api/pads".to_owned();
    loop {
        let page = tried.coderpad_get(&path).await;
        titles.extend(page.column("title"));
        tried.make_pad("title=Scratch").await;
        let Some(next) = page.at("/next_page").as_str() else {
            break;
        };
        assert!(next.contains("cursor="), "{next}");
        path = next
            .strip_prefix(&tried.running.addresses.coderpad_api)
            .unwrap()
            .to_owned();
    }
    let expected: Vec<String> = (0..120).rev().map(|number| number.to_string()).collect();
    assert_eq!(titles, expected);
}

#[tokio::test]
async fn lists_trail_in_values_and_in_membership_and_single_reads_do_not() {
    let tried = Tried::start().await;
    let old = id_of(&tried.make_pad("title=old").await.body);
    tried.world(|world| {
        let later = world.now() + 30_000;
        world.switch(|switches| {
            switches.coderpad.lists.value_lag_ms = 60_000;
            switches.coderpad.lists.membership_lag_ms = 20_000;
        });
        world.move_on(later);
    });
    let put = tried
        .coderpad(
            Method::PUT,
            &format!("/api/pads/{old}"),
            Some((FORM, "title=new".into())),
        )
        .await;
    assert_eq!(put.body, json!({"status": "OK"}));
    let read = tried.coderpad_get(&format!("/api/pads/{old}")).await;
    assert_eq!(read.at("/title"), &json!("new"));
    let fresh = tried.make_pad("title=fresh").await;
    assert_eq!(fresh.status, 200);
    // The sandbox's own time is the clock's again: the pads are a moment old.
    assert!(
        tried
            .coderpad_get("/api/pads")
            .await
            .column("title")
            .is_empty()
    );
    tried.world(|world| world.switch(|switches| switches.coderpad.lists.membership_lag_ms = 0));
    let listed = tried.coderpad_get("/api/pads").await.column("title");
    assert!(
        listed.contains(&"old".to_owned()) && listed.contains(&"fresh".to_owned()),
        "{listed:?}"
    );
}

#[tokio::test]
async fn lists_can_lie_about_their_order() {
    let tried = with_pads(60).await;
    let honest = tried.coderpad_get("/api/pads").await.column("title");
    let lying = async |order| {
        tried.world(|world| world.switch(|switches| switches.coderpad.lists.order = order));
        let mut titles = tried.coderpad_get("/api/pads").await.column("title");
        titles.extend(tried.coderpad_get("/api/pads?page=2").await.column("title"));
        titles
    };
    let reversed = lying(ListOrder::Reversed).await;
    assert_eq!(reversed[0], "0");
    let mut mixed = lying(ListOrder::Mixed).await;
    assert_ne!(mixed[..50], honest[..]);
    mixed.sort_by_key(|title| title.parse::<u32>().unwrap());
    assert_eq!(mixed, reversed, "every pad once");
}

#[tokio::test]
async fn ending_and_deleting_take_the_literal_true_alone() {
    let tried = Tried::start().await;
    let id = id_of(&tried.make_pad("").await.body);
    let path = format!("/api/pads/{id}");
    let put = async |form: &str| {
        tried
            .coderpad(Method::PUT, &path, Some((FORM, form.into())))
            .await
    };
    for nothing in ["ended=1", "ended=yes", "deleted=TRUE", "ended=false"] {
        assert_eq!(put(nothing).await.body, json!({"status": "OK"}));
        assert_eq!(
            tried.coderpad_get(&path).await.at("/state"),
            &json!("pending"),
            "{nothing}"
        );
    }
    put("ended=true").await;
    let ended = tried.coderpad_get(&path).await;
    assert_eq!(ended.at("/state"), &json!("ended"));
    assert_eq!(ended.at("/ended_at"), ended.at("/updated_at"));
    let events = tried.coderpad_get(&format!("{path}/events")).await;
    assert_eq!(events.column("kind"), ["ended"]);
    assert_eq!(put("deleted=true").await.status, 200);
    assert_eq!(tried.coderpad_get(&path).await.status, 404);
    assert_eq!(put("title=x").await.status, 404);
    assert!(
        tried
            .coderpad_get("/api/pads")
            .await
            .column("id")
            .is_empty()
    );
    assert!(tried.world(|world| world.pads()[0].deleted_at.is_some()));
}

#[tokio::test]
async fn somebody_elses_pad_is_unknown_or_forbidden() {
    let tried = Tried::start().await;
    let id = tried.world(|world| {
        let outsider = Person {
            name: "Out".into(),
            role: None,
        };
        world
            .coderpad
            .people
            .insert("out@elsewhere.test".into(), outsider);
        world
            .coderpad
            .keys
            .insert("outsider".into(), Access::of("out@elsewhere.test"));
        world.make_pad_by_hand("out@elsewhere.test", "theirs", None)
    });
    let path = format!("/api/pads/{id}");
    assert_eq!(tried.coderpad_get(&path).await.status, 404);
    tried.world(|world| world.switch(|switches| switches.coderpad.foreign_pad_forbidden = true));
    assert_eq!(tried.coderpad_get(&path).await.status, 403);

    let url = format!("{}/api/organization", tried.running.addresses.coderpad_api);
    let theirs = tried
        .ask(Method::GET, &url, Some("Bearer outsider"), None)
        .await
        .unwrap();
    assert_eq!(theirs.status, 404, "belongs to none");
    tried
        .world(|world| world.switch(|switches| switches.coderpad.no_organization_forbidden = true));
    let theirs = tried
        .ask(Method::GET, &url, Some("Bearer outsider"), None)
        .await
        .unwrap();
    assert_eq!(theirs.status, 403);
}
