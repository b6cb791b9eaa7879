use http::Method;
use sandbox::{Candidate, Options, accounts, serve};
use serde_json::json;

use crate::support::{SEED, Tried, tags};

#[tokio::test]
async fn basic_and_bearer_are_accepted_and_nothing_else_is() {
    let tried = Tried::start().await;
    let url = format!("{}/stages", tried.running.addresses.lever_api);
    let key = &tried.running.addresses.lever_key;
    let bearer = format!("Bearer {key}");
    let ok = tried
        .ask(Method::GET, &url, Some(&bearer), None)
        .await
        .unwrap();
    assert_eq!(ok.status, 200);
    assert_eq!(tried.lever_get("/stages").await.status, 200);
    for bad in [
        None,
        Some("Bearer nobody"),
        Some("Basic bm9ib2R5Og=="),
        Some("Basic ???"),
    ] {
        let refused = tried.ask(Method::GET, &url, bad, None).await.unwrap();
        assert_eq!(refused.status, 401);
        let expected =
            json!({"code": "UnauthorizedError", "message": "The request requires authentication."});
        assert_eq!(refused.body, expected);
    }
}

#[tokio::test]
async fn answers_look_like_levers() {
    let tried = Tried::start().await;
    let stages = tried.lever_get("/stages").await;
    assert_eq!(
        stages.header("content-type"),
        "application/json; charset=utf-8"
    );
    assert_eq!(stages.header("server"), "lever-data-api");
    assert!(!stages.header("date").is_empty());
    assert_eq!(stages.at("/hasNext"), &json!(false));
    assert!(stages.body.get("next").is_none());
    assert!(
        stages.column("id").contains(&"applicant-new".to_owned()),
        "built-in stages are slugs"
    );
}

#[tokio::test]
async fn unknown_paths_and_objects_are_not_found_in_levers_words() {
    let tried = Tried::start().await;
    let path = tried.lever_get("/moons").await;
    assert_eq!(
        (path.status, path.at("/message")),
        (404, &json!("/v1/moons does not exist"))
    );
    let object = tried.lever_get("/users/0000").await;
    assert_eq!(
        (object.status, object.at("/message")),
        (404, &json!("users 0000 was not found"))
    );
    let method = tried.lever(Method::DELETE, "/stages", None).await;
    assert_eq!(
        (method.status, method.at("/code")),
        (404, &json!("ResourceNotFound"))
    );
}

#[tokio::test]
async fn a_missing_permission_is_forbidden_by_name_and_leaves_the_rest_alone() {
    let tried = Tried::start().await;
    let id = tried.candidate();
    tried.world(|world| {
        for key in world.lever.keys.values_mut() {
            key.missing.insert("Add opportunity links".into());
        }
    });
    let refused = tried
        .lever_post(
            &format!("/opportunities/{id}/addLinks"),
            json!({"links": ["x"]}),
        )
        .await;
    assert_eq!(refused.status, 403);
    assert!(
        refused.text.contains("Add opportunity links"),
        "{}",
        refused.text
    );
    let allowed = tried
        .lever_post(&format!("/opportunities/{id}/addTags"), tags(&["x"]))
        .await;
    assert_eq!(allowed.status, 200);
}

#[tokio::test]
async fn confidential_rows_need_the_grant_and_the_parameter() {
    let tried = Tried::start().await;
    let id = tried.add(Candidate {
        confidential: true,
        ..Candidate::default()
    });
    assert!(
        tried
            .lever_get("/opportunities")
            .await
            .column("id")
            .is_empty()
    );
    for asked in ["all", "confidential"] {
        let found = tried
            .lever_get(&format!("/opportunities?confidentiality={asked}"))
            .await;
        assert_eq!(found.column("id"), [id.to_string()]);
    }
    tried.world(|world| {
        for key in world.lever.keys.values_mut() {
            key.confidential = false;
        }
    });
    assert_eq!(
        tried
            .lever_get("/opportunities?confidentiality=all")
            .await
            .status,
        403
    );
    assert_eq!(
        tried
            .lever_get(&format!("/opportunities/{id}"))
            .await
            .status,
        403
    );
    assert_eq!(tried.lever_get("/opportunities").await.status, 200);
}

#[tokio::test]
async fn the_bucket_holds_twenty_and_says_no_without_retry_after() {
    let running = serve(accounts(SEED), Options::default()).await.unwrap();
    let tried = Tried {
        running,
        web: Tried::start().await.web,
    };
    let mut refused = None;
    for _ in 0..40 {
        let answer = tried.lever_get("/users").await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("40 requests at once are too many");
    assert_eq!(refused.at("/code"), &json!("TooManyRequests"));
    assert_eq!(refused.header("retry-after"), "");
    tried.world(|world| world.switch(|switches| switches.lever.retry_after = Some(7)));
    let mut told = String::new();
    while told.is_empty() {
        let answer = tried.lever_get("/users").await;
        if answer.status == 429 {
            told = answer.header("retry-after").to_owned();
        }
    }
    assert_eq!(told, "7");
}

#[tokio::test]
async fn perform_as_is_needed_where_the_switch_says_so_and_must_be_somebody() {
    let tried = Tried::start().await;
    let id = tried.candidate();
    let path = format!("/opportunities/{id}/addTags");
    let user = tried.world(|world| world.lever.users.keys().next().cloned().unwrap());
    let unknown = tried
        .lever_post(&format!("{path}?perform_as=nobody"), tags(&["x"]))
        .await;
    assert_eq!(unknown.status, 400);

    tried.world(|world| world.switch(|switches| switches.lever.require_perform_as = true));
    let missing = tried.lever_post(&path, tags(&["x"])).await;
    assert_eq!(missing.status, 400);
    assert_eq!(
        missing.at("/message"),
        &json!("Missing required parameter: perform_as")
    );
    let in_query = tried
        .lever_post(&format!("{path}?perform_as={user}"), tags(&["x"]))
        .await;
    assert_eq!(in_query.status, 200);
    let in_body = tried
        .lever_post(&path, json!({"tags": ["y"], "perform_as": user}))
        .await;
    assert_eq!(in_body.status, 200);
    assert_eq!(
        tried.lever_get("/opportunities").await.status,
        200,
        "reads need nobody"
    );
}

#[tokio::test]
async fn a_revoked_key_and_maintenance_are_told_apart() {
    let tried = Tried::start().await;
    tried.world(|world| world.switch(|switches| switches.lever.maintenance = true));
    let down = tried.lever_get("/stages").await;
    assert_eq!(down.status, 503);
    assert!(down.header("content-type").starts_with("text/html"));
    tried.world(|world| {
        world.switch(|switches| switches.lever.maintenance = false);
        for key in world.lever.keys.values_mut() {
            key.revoked = true;
        }
    });
    assert_eq!(tried.lever_get("/stages").await.status, 401);
}
