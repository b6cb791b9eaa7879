use http::{HeaderValue, Method, header};
use sandbox::{Candidate, sample};
use serde_json::json;
use transport::{Idempotency, Request, Transport as _};

use crate::support::{SEED, Tried};

#[tokio::test]
async fn everything_lies_behind_the_secret_and_this_computers_name() {
    let tried = Tried::start().await;
    let control = &tried.running.addresses.control;
    let (front, secret) = control.trim_end_matches('/').rsplit_once('/').unwrap();
    assert_eq!(secret.len(), 32);
    for wrong in [
        format!("{front}/"),
        format!("{front}/{}/", "0".repeat(32)),
        format!("{front}/api/pads"),
    ] {
        assert_eq!(
            tried
                .ask(Method::GET, &wrong, None, None)
                .await
                .unwrap()
                .status,
            404
        );
    }
    let mut request = Request::new(Method::GET, control.parse().unwrap(), Idempotency::Safe);
    request
        .headers
        .insert(header::HOST, HeaderValue::from_static("evil.example"));
    assert_eq!(
        tried.web.send(request).await.unwrap().status,
        404,
        "another name for this computer"
    );
    let page = tried.control("", None).await;
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("referrer-policy"),
        "no-referrer",
        "the secret stands in the address"
    );
    assert!(
        page.header("content-security-policy")
            .contains("default-src 'none'")
    );
}

#[tokio::test]
async fn the_page_escapes_what_strangers_wrote() {
    let tried = Tried::start().await;
    let hostile = "<img src=x onerror=alert(1)>\"'";
    tried.add(Candidate {
        name: hostile.into(),
        headline: hostile.into(),
        tags: vec![hostile.into()],
        links: vec![hostile.into()],
        ..Candidate::default()
    });
    tried
        .lever_get(&format!("/opportunities?tag={}", "%3Cimg%20src%3Dx%3E"))
        .await;
    for path in ["", "live"] {
        let page = tried.control(path, None).await.text;
        assert!(!page.contains("<img"), "{path}");
        assert!(
            page.contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_form_does_one_thing_and_leads_back_to_its_place() {
    let tried = Tried::with(sample(SEED, 1_767_225_600_000).unwrap()).await;
    let id = tried.world(|world| world.lever.opportunities.keys().next().cloned().unwrap());
    let url = format!("{}do/candidates", tried.running.addresses.control);
    let send = async |form: String| {
        let body = ("application/x-www-form-urlencoded", form);
        tried
            .ask(Method::POST, &url, None, Some(body))
            .await
            .unwrap()
    };
    let done = send(format!("do=tag&back=c-{id}&opportunity={id}&tag=a+%26+b")).await;
    assert_eq!(done.status, 303);
    assert_eq!(
        done.header("location"),
        format!("{}#c-{id}", tried.running.addresses.control)
    );
    assert!(tried.world(|world| {
        world.lever.opportunities[&id]
            .tags
            .contains(&"a & b".to_owned())
    }));
    let wrong = send("do=tag&opportunity=nobody&tag=%3Cb%3E".into()).await;
    assert_eq!(wrong.status, 400);
    assert!(
        wrong
            .text
            .contains("there is no opportunity &quot;nobody&quot;"),
        "{}",
        wrong.text
    );
}

#[tokio::test]
async fn scripts_can_play_a_whole_story() {
    let tried = Tried::start().await;
    let added = tried
        .control(
            "api/candidates",
            Some(json!({"do": "add", "tags": ["coderpad"], "stage": "Recruiter Call", "count": 2})),
        )
        .await;
    let id = added.at("/opportunities/0").as_str().unwrap().to_owned();
    let act = async |what: &str, command| {
        let done = tried.control(&format!("api/{what}"), Some(command)).await;
        assert_eq!(done.status, 200, "{}", done.text);
        done
    };
    act(
        "candidates",
        json!({"do": "move", "opportunity": id, "stage": "Phone Screen"}),
    )
    .await;
    let pad = act("pads", json!({"do": "make", "title": "T", "notes": id})).await;
    let pad = pad.at("/pad").as_str().unwrap().to_owned();
    act("pads", json!({"do": "join", "pad": pad, "name": "Ada"})).await;
    act(
        "pads",
        json!({"do": "type", "pad": pad, "name": "Ada", "text": "x"}),
    )
    .await;
    act("pads", json!({"do": "run", "pad": pad, "name": "Ada"})).await;
    act("pads", json!({"do": "play", "pad": pad})).await;
    act("pads", json!({"do": "end", "pad": pad})).await;
    act(
        "candidates",
        json!({"do": "addLink", "opportunity": id, "link": "l"}),
    )
    .await;
    act("candidates", json!({"do": "archive", "opportunity": id})).await;

    let candidates = tried.control("api/candidates", None).await;
    let rows = candidates.at("/candidates").as_array().unwrap().clone();
    let row = rows
        .iter()
        .find(|row| row["opportunity"] == json!(id))
        .unwrap();
    assert_eq!(
        (&row["stage"], &row["links"]),
        (&json!("Phone Screen"), &json!(["l"]))
    );
    assert_eq!(row["archived"], true);
    let pads = tried.control("api/pads", None).await;
    assert_eq!(pads.at("/pads/0/state"), &json!("ended"));
    let events = tried
        .coderpad_get(&format!("/api/pads/{pad}/events?sort=created_at,asc"))
        .await;
    assert_eq!(events.column("kind").last().unwrap(), "ended");
}

#[tokio::test]
async fn what_nobody_knows_is_refused_with_a_reason() {
    let tried = Tried::start().await;
    for unknown in ["api/moons", "api/pads/x"] {
        assert_eq!(tried.control(unknown, None).await.status, 404);
    }
    let wrong = tried
        .control("api/pads", Some(json!({"do": "vanish"})))
        .await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.at("/error").is_string());
}

#[tokio::test]
async fn every_named_trouble_happens_and_can_be_mended() {
    let tried = Tried::start().await;
    let shown = tried.control("api/faults", None).await;
    let names: Vec<String> = shown
        .at("/presets")
        .as_array()
        .unwrap()
        .iter()
        .map(|preset| preset["name"].as_str().unwrap().to_owned())
        .collect();
    assert!(names.len() > 10);
    for name in names {
        let calm = tried
            .control("live", None)
            .await
            .text
            .contains("Everything works.");
        assert!(calm, "before {name}");
        let done = tried
            .control("api/faults", Some(json!({"do": "preset", "name": name})))
            .await;
        assert_eq!(done.status, 200, "{name}");
        let troubled = !tried
            .control("live", None)
            .await
            .text
            .contains("Everything works.");
        assert!(troubled, "{name} can be seen");
        tried
            .control("api/faults", Some(json!({"do": "mend"})))
            .await;
    }
    let id = tried
        .control(
            "api/faults",
            Some(json!({"do": "set", "rule": {"effect": {"kind": "dropBefore"}}})),
        )
        .await;
    let number = id.at("/number").as_u64().unwrap().to_string();
    tried
        .control(
            "api/faults",
            Some(json!({"do": "remove", "number": number})),
        )
        .await;
    assert_eq!(tried.make_pad("").await.status, 200);
    let switched = tried
        .control(
            "api/faults",
            Some(json!({"do": "switch", "change": {"coderpad": {"maintenance": true}}})),
        )
        .await;
    assert_eq!(switched.status, 200);
    assert_eq!(tried.make_pad("").await.status, 503);
    let journal = tried.control("api/journal?since=1", None).await;
    assert_eq!(journal.at("/requests").as_array().unwrap().len(), 1);
    assert_eq!(journal.at("/counts/POST ~1api~1pads"), &json!(2));
}
