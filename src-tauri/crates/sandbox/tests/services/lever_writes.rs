use http::Method;
use sandbox::{Candidate, OpportunityId};
use serde_json::{Value, json};

use crate::support::{Tried, a_moment, tags};

/// When the candidacy last changed.
fn updated(tried: &Tried, id: &OpportunityId) -> Option<i64> {
    tried.world(|world| world.lever.opportunities[id].times.updated_at)
}

#[tokio::test]
async fn tags_and_links_are_sets_in_order_and_no_ops_leave_no_trace() {
    let tried = Tried::start().await;
    let id = tried.candidate();
    let path = format!("/opportunities/{id}");
    for (add, remove, field) in [
        ("addTags", "removeTags", "tags"),
        ("addLinks", "removeLinks", "links"),
    ] {
        let body = |items: &[&str]| json!({ field: items });
        let added = tried
            .lever_post(&format!("{path}/{add}"), body(&["b", "a", "b"]))
            .await;
        assert_eq!(added.status, 200);
        let items = added
            .at(&format!("/data/{field}"))
            .as_array()
            .unwrap()
            .clone();
        assert_eq!(
            items[items.len() - 2..],
            [json!("b"), json!("a")],
            "appended, in order, once each"
        );
        let at = updated(&tried, &id);
        a_moment().await;
        for (what, items) in [(add, ["a"]), (remove, ["never"])] {
            let nothing = tried
                .lever_post(&format!("{path}/{what}"), body(&items))
                .await;
            assert_eq!(nothing.status, 200);
        }
        assert_eq!(updated(&tried, &id), at, "{field}");
        let removed = tried
            .lever_post(&format!("{path}/{remove}"), body(&["b"]))
            .await;
        assert!(
            !removed
                .at(&format!("/data/{field}"))
                .as_array()
                .unwrap()
                .contains(&json!("b"))
        );
        assert!(updated(&tried, &id) > at);
    }
}

#[tokio::test]
async fn links_belong_to_the_person_and_tags_to_the_candidacy() {
    let tried = Tried::start().await;
    let first = tried.candidate();
    let contact = tried.world(|world| world.lever.opportunities[&first].contact.clone());
    let second = tried.add(Candidate {
        contact: Some(contact),
        ..Candidate::default()
    });
    tried
        .lever_post(
            &format!("/opportunities/{first}/addLinks"),
            json!({"links": ["l"]}),
        )
        .await;
    tried
        .lever_post(&format!("/opportunities/{first}/addTags"), tags(&["t"]))
        .await;
    let other = tried.lever_get(&format!("/opportunities/{second}")).await;
    assert_eq!(other.at("/data/links"), &json!(["l"]));
    assert_eq!(other.at("/data/tags"), &json!([]));
}

#[tokio::test]
async fn bodies_that_make_no_sense_are_400_and_change_nothing() {
    let tried = Tried::start().await;
    let id = tried.candidate();
    for (path, body) in [
        ("addTags", "{"),
        ("addTags", r#"{"tags":"coderpad"}"#),
        ("addTags", "{}"),
        ("addLinks", r#"{"tags":["x"]}"#),
        ("notes", r#"{"value":""}"#),
        ("notes", "{}"),
    ] {
        let url = format!(
            "{}/opportunities/{id}/{path}",
            tried.running.addresses.lever_api
        );
        let key = format!("Bearer {}", tried.running.addresses.lever_key);
        let body = ("application/json", body.to_owned());
        let refused = tried
            .ask(Method::POST, &url, Some(&key), Some(body))
            .await
            .unwrap();
        assert_eq!(refused.status, 400, "{path}");
    }
    assert!(tried.world(|world| world.journal.entries().all(|entry| !entry.changed)));
}

#[tokio::test]
async fn a_stage_change_is_recorded_and_the_same_stage_is_nothing() {
    let tried = Tried::start().await;
    let id = tried.add(Candidate {
        stage: Some("Recruiter Call".into()),
        ..Candidate::default()
    });
    let shown = async || tried.lever_get(&format!("/opportunities/{id}")).await;
    let moves = || tried.world(|world| world.move_to_stage(&id, "Phone Screen").unwrap());
    let screen = tried.world(|world| world.lever.stage_named("Phone Screen").unwrap());
    moves();
    let moved = shown().await;
    assert_eq!(moved.at("/data/stage"), &json!(screen));
    assert_eq!(moved.at("/data/stageChanges/1/toStageId"), &json!(screen));
    assert!(moved.at("/data/stageChanges/1/userId").is_string());
    assert!(
        moved.at("/data/stageChanges/0/userId").is_null(),
        "nobody is known for the first"
    );
    assert_eq!(
        moved.at("/data/lastAdvancedAt"),
        moved.at("/data/updatedAt")
    );
    moves();
    assert!(shown().await.at("/data/stageChanges/2").is_null());
}

#[tokio::test]
async fn archiving_and_taking_out_again() {
    let tried = Tried::start().await;
    let id = tried.candidate();
    let shown = async || tried.lever_get(&format!("/opportunities/{id}")).await;
    tried.world(|world| world.archive(&id).unwrap());
    let archived = shown().await;
    assert!(archived.at("/data/archived/reason").is_string());
    assert!(archived.at("/data/archived/archivedAt").is_i64());
    tried.world(|world| world.unarchive(&id).unwrap());
    assert_eq!(shown().await.at("/data/archived"), &Value::Null);
}

#[tokio::test]
async fn deleted_candidacies_are_listed_apart() {
    let tried = Tried::start().await;
    let id = tried.candidate();
    tried.world(|world| world.delete_candidate(&id).unwrap());
    assert_eq!(
        tried
            .lever_get(&format!("/opportunities/{id}"))
            .await
            .status,
        404
    );
    let deleted = tried.lever_get("/opportunities/deleted").await;
    assert_eq!(deleted.column("id"), [id.to_string()]);
    assert!(deleted.at("/data/0/deletedAt").is_i64());
    let later = tried.world(|world| world.now() + 1);
    let none = tried
        .lever_get(&format!("/opportunities/deleted?deleted_at_start={later}"))
        .await;
    assert!(none.column("id").is_empty());
}

#[tokio::test]
async fn a_note_comes_back_whole_with_its_id_twice() {
    let tried = Tried::start().await;
    let id = tried.candidate();
    let user = tried.world(|world| world.lever.users.keys().next().cloned().unwrap());
    let path = format!("/opportunities/{id}/notes");
    let made = tried
        .lever_post(
            &format!("{path}?perform_as={user}"),
            json!({"value": "hello", "secret": true}),
        )
        .await;
    assert_eq!(made.status, 201);
    assert_eq!(made.at("/data/noteId"), made.at("/data/id"));
    assert_eq!(made.at("/data/fields/0/value"), &json!("hello"));
    assert_eq!(
        (made.at("/data/user"), made.at("/data/secret")),
        (&json!(user), &json!(true))
    );
    let note = made.at("/data/id").as_str().unwrap().to_owned();

    let nobody = tried.lever_post(&path, json!({"value": "hello"})).await;
    assert_eq!(nobody.at("/data/user"), &Value::Null);
    assert_ne!(
        nobody.at("/data/id"),
        made.at("/data/id"),
        "the same again is a second note"
    );

    let listed = tried.lever_get(&path).await;
    assert_eq!(listed.column("id").len(), 2);
    assert!(listed.at("/data/0/noteId").is_null());

    let deleted = tried
        .lever(Method::DELETE, &format!("{path}/{note}"), None)
        .await;
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    let by_hand = tried.world(|world| world.write_note(&id, "by hand").unwrap());
    let refused = tried
        .lever(Method::DELETE, &format!("{path}/{by_hand}"), None)
        .await;
    assert_eq!(refused.status, 400, "written by a person");
}

#[tokio::test]
async fn a_file_needs_somebody_and_keeps_its_bytes() {
    let tried = Tried::start().await;
    let id = tried.candidate();
    let user = tried.world(|world| world.lever.users.keys().next().cloned().unwrap());
    let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"code.py\"\r\n\r\nprint()\n\r\n--b--\r\n";
    let key = format!("Bearer {}", tried.running.addresses.lever_key);
    let upload = async |query: String| {
        let url = format!(
            "{}/opportunities/{id}/files{query}",
            tried.running.addresses.lever_api
        );
        let body = ("multipart/form-data; boundary=b", body.to_owned());
        tried
            .ask(Method::POST, &url, Some(&key), Some(body))
            .await
            .unwrap()
    };
    assert_eq!(upload(String::new()).await.status, 400);
    let made = upload(format!("?perform_as={user}")).await;
    assert_eq!(
        (made.status, made.at("/data/name")),
        (201, &json!("code.py"))
    );
    let bytes = tried.world(|world| world.lever.opportunities[&id].files[0].bytes.clone());
    assert_eq!(&bytes[..], b"print()\n");
}

#[tokio::test]
async fn interviews_are_listed_moved_and_called_off() {
    let tried = Tried::start().await;
    let id = tried.candidate();
    let interview = tried.world(|world| world.schedule_interview(&id, 1_000, 45).unwrap());
    let path = format!("/opportunities/{id}/interviews");
    let listed = tried.lever_get(&path).await;
    assert_eq!(
        (listed.at("/data/0/date"), listed.at("/data/0/duration")),
        (&json!(1_000), &json!(45))
    );
    assert_eq!(listed.at("/data/0/canceledAt"), &Value::Null);
    tried.world(|world| {
        world.move_interview(&id, &interview, 2_000).unwrap();
        world.cancel_interview(&id, &interview).unwrap();
    });
    let listed = tried.lever_get(&path).await;
    assert_eq!(listed.at("/data/0/date"), &json!(2_000));
    assert!(listed.at("/data/0/canceledAt").is_i64());
}
