//! What the client sends, how often, and what it makes of the answers.

use std::sync::Arc;
use std::time::Duration;

use lever::webhook::EventKind;
use lever::{
    Error, InterviewId, NewFile, NewNote, NewWebhook, NoteId, OpportunityId, PostingId,
    PostingQuery, PostingState, StageId, UserId, WebhookId,
};
use serde_json::{Value, json};
use transport::{
    Body, Clock as _, ExposeSecret as _, Failure, FailureKind, Rate, RateLimiter, VirtualClock,
};

use crate::scripted::{answer, client, complaint, one, page};

fn id() -> OpportunityId {
    OpportunityId::new("o-1")
}

#[tokio::test(start_paused = true)]
async fn the_key_is_the_user_name_and_never_prints() {
    let (client, script) = client([page(&[], None)]);
    client.stages().await.unwrap();
    let sent = script.asked().remove(0);
    // base64("the-key:")
    assert_eq!(sent.headers["authorization"], "Basic dGhlLWtleTo=");
    let printed = format!("{client:?} {sent:?}");
    assert!(
        !printed.contains("the-key") && !printed.contains("dGhl"),
        "{printed}"
    );
}

#[tokio::test(start_paused = true)]
async fn an_opportunity_comes_with_its_posting_in_one_request() {
    let (client, script) = client([one(&json!({
        "id": "o-1",
        "stage": {"id": "applicant-new", "text": "New applicant"},
        "applications": [{"id": "a-1", "posting": "p-1"}],
    }))]);
    let found = client.opportunity(&id()).await.unwrap();
    assert_eq!(found.posting, Some(PostingId::new("p-1")));
    assert_eq!(found.stage, Some(StageId::new("applicant-new")));
    assert_eq!(script.lines().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn adding_a_link_is_tried_again_and_making_a_note_is_not() {
    let broken = || Err(Failure::Unclear(FailureKind::Broken));
    let link = ["https://app.coderpad.io/ABCD1234".to_owned()];
    let (again, script) = client([broken(), one(&json!({"id": "o-1", "links": link}))]);
    let changed = again.add_links(&id(), &link, None).await.unwrap();
    assert_eq!(changed.links, link);
    assert_eq!(script.lines().len(), 2);

    let (once, script) = client([broken()]);
    let error = once
        .create_note(&id(), &NewNote::new("x"), None)
        .await
        .unwrap_err();
    assert_eq!(
        error,
        Error::Unreachable(Failure::Unclear(FailureKind::Broken))
    );
    assert_eq!(script.lines().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_note_is_named_by_its_note_id_or_by_its_id() {
    let user = UserId::new("u-1");
    for (data, expected) in [
        (json!({"noteId": "n-1"}), "n-1"),
        (json!({"id": "n-1", "noteId": "n-2", "fields": []}), "n-2"),
        (json!({"id": "n-3"}), "n-3"),
    ] {
        let (client, _) = client([answer(201, &json!({ "data": data }))]);
        let created = client
            .create_note(&id(), &NewNote::new("hello"), Some(&user))
            .await;
        assert_eq!(created, Ok(NoteId::new(expected)));
    }
}

#[tokio::test(start_paused = true)]
async fn the_text_of_a_note_is_in_its_fields() {
    let (client, _) = client([answer(
        200,
        &json!({"hasNext": false, "data": [{
            "id": "n-1", "text": "Note", "user": null, "secret": true, "deletedAt": null,
            "createdAt": 17, "fields": [{"type": "note", "value": "hello"}, {"type": "score"}],
        }]}),
    )]);
    let notes = client.notes(&id()).await.unwrap().rows;
    assert_eq!(notes[0].values, ["hello"]);
    assert_eq!(notes[0].created_at_ms, Some(17));
    assert_eq!(notes[0].deleted_at_ms, None);
}

#[tokio::test(start_paused = true)]
async fn what_is_deleted_answers_nothing_and_what_was_deleted_is_gone() {
    let gone = complaint(404, "ResourceNotFound", "webhooks w-1 was not found");
    let (client, script) = client([answer(204, &Value::Null), answer(204, &Value::Null), gone]);
    client
        .delete_note(&id(), &NoteId::new("n-1"))
        .await
        .unwrap();
    client.delete_webhook(&WebhookId::new("w-1")).await.unwrap();
    let again = client.delete_webhook(&WebhookId::new("w-1")).await;
    assert_eq!(again, Err(Error::Gone { what: "webhook" }));
    assert_eq!(script.lines()[0], "DELETE /opportunities/o-1/notes/n-1");
}

#[tokio::test(start_paused = true)]
async fn a_new_webhook_tells_its_signing_token_and_a_listed_one_does_not() {
    let configuration = json!({"conditions": {"origins": ["applied"]}, "signatureToken": "5ec2e7"});
    let row = |configuration| {
        json!({"id": "w-1", "event": "candidateStageChange",
        "url": "https://hooks.example.com/x", "configuration": configuration, "createdAt": 1})
    };
    let listed = json!({"data": [row(json!({"conditions": {"origins": ["applied"]}}))]});
    let (client, _) = client([
        answer(201, &json!({"data": row(configuration)})),
        answer(200, &listed),
        answer(201, &json!({"data": row(json!(null))})),
    ]);
    let new = NewWebhook {
        url: "https://hooks.example.com/x".into(),
        event: EventKind::CandidateStageChange,
    };
    let created = client.create_webhook(&new).await.unwrap();
    assert!(!format!("{created:?}").contains("5ec2e7"), "{created:?}");
    let token = created.signature_token.unwrap();
    assert_eq!(token.expose_secret(), "5ec2e7");
    assert_eq!(created.webhook.event, new.event);
    assert_eq!(client.webhooks().await.unwrap().rows, [created.webhook]);
    let without = client.create_webhook(&new).await.unwrap();
    assert!(without.signature_token.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_file_is_sent_with_a_boundary_of_its_own_each_time() {
    let answers = || answer(201, &json!({"data": {"id": "f-1"}}));
    let (client, script) = client([answers(), answers()]);
    let file = NewFile {
        name: "interview.py".into(),
        media_type: "text/x-python".into(),
        bytes: "print(1)".into(),
    };
    for _ in 0..2 {
        client
            .upload_file(&id(), &file, &UserId::new("u-1"))
            .await
            .unwrap();
    }
    let kind_of = |sent: transport::Request| match sent.body {
        Body::Bytes { media_type, .. } => media_type,
        Body::Empty => panic!("no body"),
    };
    let kinds: Vec<_> = script.asked().into_iter().map(kind_of).collect();
    assert!(
        kinds[0].starts_with("multipart/form-data; boundary="),
        "{kinds:?}"
    );
    assert_ne!(kinds[0], kinds[1]);
}

#[tokio::test(start_paused = true)]
async fn postings_and_users_are_read_as_they_come() {
    let posting = json!({"id": "p-1", "text": "Engineer", "state": "published",
        "tags": ["coderpad"], "owner": "u-1", "hiringManager": null, "urls": null,
        "categories": {"team": "R&D", "location": "Lisbon", "allLocations": ["Lisbon"]},
        "confidentiality": "confidential", "updatedAt": 5});
    let user = json!({"id": "u-1", "name": "Grace", "username": "grace",
        "email": "g@example.com", "accessRole": "super admin", "deactivatedAt": null});
    let (client, script) = client([
        answer(200, &json!({"data": [posting], "hasNext": false})),
        one(&posting),
        answer(200, &json!({"data": [user], "hasNext": false})),
        one(&user),
        one(&posting),
    ]);
    let postings = client
        .postings(&PostingQuery::default())
        .await
        .unwrap()
        .rows;
    let found = client.posting(&PostingId::new("p-1")).await.unwrap();
    assert_eq!(postings.len(), 1);
    assert_eq!(postings[0], found);
    assert_eq!(found.state, Some(PostingState::Published));
    assert_eq!(found.team.as_deref(), Some("R&D"));
    assert_eq!(found.location.as_deref(), Some("Lisbon"));
    assert!(found.confidential);

    let users = client.users(Some("g@example.com")).await.unwrap().rows;
    let grace = client.user(&UserId::new("u-1")).await.unwrap();
    assert_eq!(grace.access_role.as_deref(), Some("super admin"));
    assert_eq!(users, [grace]);

    let tags = ["coderpad".to_owned()];
    let p = PostingId::new("p-1");
    let changed = client
        .set_posting_tags(&p, &tags, &UserId::new("u-1"))
        .await
        .unwrap();
    assert_eq!(changed.tags, tags);
    assert_eq!(script.lines()[4], "POST /postings/p-1?perform_as=u-1");
}

#[tokio::test(start_paused = true)]
async fn interviews_tell_when_and_who() {
    let interview = json!({"id": "i-1", "panel": "pa-1", "subject": "Phone screen", "date": 1000,
        "duration": 45, "canceledAt": null, "timezone": "Europe/Lisbon", "stage": "s-1",
        "interviewers": [{"id": "u-1", "name": "Grace", "email": null}, {"name": "no id"}]});
    let (client, _) = client([answer(200, &json!({"data": [interview], "hasNext": false}))]);
    let interviews = client.interviews(&id()).await.unwrap().rows;
    assert_eq!(interviews[0].id, InterviewId::new("i-1"));
    assert_eq!(interviews[0].starts_at_ms, Some(1000));
    assert_eq!(interviews[0].duration_minutes, Some(45));
    assert_eq!(interviews[0].interviewers[0].name, "Grace");
    assert_eq!(interviews[0].canceled_at_ms, None);
}

#[tokio::test(start_paused = true)]
async fn clones_share_one_rate_limit_and_so_may_two_clients() {
    let clock = Arc::new(VirtualClock::starting_at(0));
    let answers = || (0..15).map(|_| page(&[], None));
    let (alone, _) = client(answers());
    let other = alone.clone();
    for _ in 0..7 {
        alone.stages().await.unwrap();
        other.stages().await.unwrap();
    }
    let paced = clock.elapsed();
    assert!(
        paced >= Duration::from_millis(800),
        "14 requests took {paced:?}"
    );

    let slow = Rate {
        per_second: 1.0,
        burst: 1,
    };
    let limiter = RateLimiter::new(slow, clock.clone());
    let (first, second) = (client(answers()).0, client(answers()).0);
    let (first, second) = (
        first.with_rate_limiter(limiter.clone()),
        second.with_rate_limiter(limiter),
    );
    let before = clock.elapsed();
    for _ in 0..2 {
        first.stages().await.unwrap();
        second.stages().await.unwrap();
    }
    let paced = clock.elapsed().saturating_sub(before);
    assert!(paced >= Duration::from_secs(3), "4 requests took {paced:?}");
}
