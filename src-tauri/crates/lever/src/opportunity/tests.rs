use serde_json::json;

use super::*;

const MS: i64 = 1_767_225_600_000;

/// The object of contracts/lever.md, 3.3.
fn composed() -> Value {
    json!({
        "id": "11111111-1111-4111-8111-111111111111",
        "name": "Ada Example",
        "contact": "22222222-2222-4222-8222-222222222222",
        "headline": "Acme, Widgets Inc",
        "stage": "33333333-3333-4333-8333-333333333333",
        "confidentiality": "non-confidential",
        "location": "Lisbon",
        "phones": [{"type": "mobile", "value": "+351 555 0100"}],
        "emails": ["ada@example.com"],
        "links": ["https://app.coderpad.io/ABCD1234"],
        "archived": null,
        "tags": ["coderpad", "Backend Engineer", "Full-time"],
        "sources": ["LinkedIn"],
        "stageChanges": [
            {"toStageId": "applicant-new", "toStageIndex": 3, "updatedAt": MS - 600_000},
            {"toStageId": "33333333-3333-4333-8333-333333333333", "toStageIndex": 5,
             "updatedAt": MS, "userId": "44444444-4444-4444-8444-444444444444"},
        ],
        "origin": "applied",
        "sourcedBy": null,
        "owner": "44444444-4444-4444-8444-444444444444",
        "followers": ["44444444-4444-4444-8444-444444444444"],
        "applications": ["55555555-5555-4555-8555-555555555555"],
        "createdAt": MS - 600_000,
        "updatedAt": MS + 3,
        "lastInteractionAt": MS + 1,
        "lastAdvancedAt": MS,
        "snoozedUntil": null,
        "urls": {
            "list": "https://hire.lever.co/candidates",
            "show": "https://hire.lever.co/candidates/11111111-1111-4111-8111-111111111111",
        },
        "isAnonymized": false,
        "dataProtection": null,
        "opportunityLocation": "Lisbon",
    })
}

fn with(field: &str, value: Value) -> Opportunity {
    let mut object = composed();
    object[field] = value;
    read(object)
}

fn read(object: Value) -> Opportunity {
    serde_json::from_value(object).unwrap()
}

#[test]
fn the_composed_object_is_read_whole() {
    let read = read(composed());
    let phone_screen = StageId::new("33333333-3333-4333-8333-333333333333");
    let expected = Opportunity {
        id: OpportunityId::new("11111111-1111-4111-8111-111111111111"),
        contact: Some(ContactId::new("22222222-2222-4222-8222-222222222222")),
        name: "Ada Example".into(),
        stage: Some(phone_screen.clone()),
        tags: vec![
            "coderpad".into(),
            "Backend Engineer".into(),
            "Full-time".into(),
        ],
        links: vec!["https://app.coderpad.io/ABCD1234".into()],
        emails: vec!["ada@example.com".into()],
        owner: Some(UserId::new("44444444-4444-4444-8444-444444444444")),
        posting: None,
        archived: None,
        course: Course {
            created_at_ms: Some(MS - 600_000),
            updated_at_ms: Some(MS + 3),
            stage_changes: vec![
                StageChange {
                    to_stage: StageId::new("applicant-new"),
                    updated_at_ms: Some(MS - 600_000),
                },
                StageChange {
                    to_stage: phone_screen,
                    updated_at_ms: Some(MS),
                },
            ],
        },
        profile_url: Some(
            "https://hire.lever.co/candidates/11111111-1111-4111-8111-111111111111".into(),
        ),
        is_anonymized: false,
        confidential: false,
    };
    assert_eq!(read, expected);
}

#[test]
fn expanded_references_say_the_same() {
    let mut object = composed();
    object["stage"] = json!({"id": "applicant-new", "text": "New applicant"});
    object["owner"] = json!({"id": "u-1", "name": "Grace Example", "email": "g@example.com"});
    object["contact"] = json!({"id": "c-1", "location": {"name": "Lisbon"}});
    object["applications"] = json!([{"id": "a-1", "posting": "p-1", "archived": null}]);
    let read = read(object);
    assert_eq!(read.stage, Some(StageId::new("applicant-new")));
    assert_eq!(read.owner, Some(UserId::new("u-1")));
    assert_eq!(read.contact, Some(ContactId::new("c-1")));
    assert_eq!(read.posting, Some(PostingId::new("p-1")));
}

#[test]
fn the_posting_is_that_of_the_application_that_still_runs() {
    let two = json!([
        {"id": "a-1", "posting": "p-1", "archived": {"reason": "r"}},
        {"id": "a-2", "posting": {"id": "p-2", "text": "Engineer"}, "archived": null},
    ]);
    let running = with("applications", two).posting;
    assert_eq!(running, Some(PostingId::new("p-2")));
    let ended = json!([{"id": "a-1", "posting": "p-1", "archived": {"reason": "r"}}]);
    assert_eq!(
        with("applications", ended).posting,
        Some(PostingId::new("p-1"))
    );
    let none = json!([{"id": "a-1", "posting": null}, "a-2"]);
    assert_eq!(with("applications", none).posting, None);
}

#[test]
fn nothing_but_the_id_has_to_be_there() {
    let bare = read(json!({"id": "o-1"}));
    assert_eq!((bare.name.as_str(), bare.stage.is_none()), ("", true));
    let mut nulls = composed();
    for (key, value) in nulls.as_object_mut().unwrap() {
        if key != "id" {
            *value = Value::Null;
        }
    }
    let mut odd = composed();
    for (key, value) in odd.as_object_mut().unwrap() {
        if !["id", "archived", "stage", "tags", "links"].contains(&key.as_str()) {
            *value = json!({"odd": [7]});
        }
    }
    let same = |read: Opportunity| Opportunity {
        id: bare.id.clone(),
        ..read
    };
    assert_eq!(same(read(nulls)), bare);
    for decisive in ["stage", "tags", "links", "confidentiality"] {
        odd[decisive] = Value::Null;
    }
    assert_eq!(same(read(odd)), bare);

    for no_id in [
        json!({"name": "Ada"}),
        json!({"id": null}),
        json!({"id": 7}),
        json!("o-1"),
    ] {
        assert!(serde_json::from_value::<Opportunity>(no_id).is_err());
    }
}

#[test]
fn what_decides_and_cannot_be_read_is_never_taken_for_nothing() {
    for (field, odd) in [
        ("stage", json!(7)),
        ("stage", json!({"text": "Phone Screen"})),
        ("tags", json!("coderpad")),
        ("tags", json!({"coderpad": true})),
        ("links", json!("https://app.coderpad.io/ABCD1234")),
    ] {
        let mut object = composed();
        object[field] = odd.clone();
        assert!(
            serde_json::from_value::<Opportunity>(object).is_err(),
            "{field} {odd}"
        );
    }
    let tagged = with("tags", json!([{"text": "coderpad"}, null, 7]));
    assert_eq!(tagged.tags, ["coderpad"]);
    let linked = with(
        "links",
        json!([{"url": "https://app.coderpad.io/ABCD1234"}]),
    );
    assert_eq!(linked.links, ["https://app.coderpad.io/ABCD1234"]);
}

#[test]
fn a_name_without_end_is_cut_between_characters() {
    assert_eq!(
        with("name", json!("é".repeat(9_000))).name.chars().count(),
        500
    );
}

#[test]
fn whatever_archived_looks_like_it_is_not_taken_for_active() {
    let full = with("archived", json!({"reason": "r-1", "archivedAt": MS}));
    let expected = Archived {
        archived_at_ms: Some(MS),
    };
    assert_eq!(full.archived, Some(expected));
    for odd in [
        json!({}),
        json!({"reason": null}),
        json!(true),
        json!(MS),
        json!("r-1"),
    ] {
        assert!(with("archived", odd.clone()).archived.is_some(), "{odd}");
    }
    for active in [json!(null), json!(false)] {
        assert_eq!(with("archived", active).archived, None);
    }
}

#[test]
fn confidential_and_non_confidential_are_distinguished() {
    assert!(with("confidentiality", json!("confidential")).confidential);
    assert!(!with("confidentiality", json!("non-confidential")).confidential);
    for open in [
        json!(null),
        json!(""),
        json!(" Non-Confidential "),
        json!(false),
    ] {
        assert!(
            !with("confidentiality", open.clone()).confidential,
            "{open}"
        );
    }
    for closed in [
        json!("CONFIDENTIAL"),
        json!("restricted"),
        json!(true),
        json!({"level": 1}),
    ] {
        assert!(
            with("confidentiality", closed.clone()).confidential,
            "{closed}"
        );
    }
}

#[test]
fn a_deleted_one_is_known_by_its_id_alone() {
    let row = json!({"id": "o-1", "deletedAt": MS, "deletedBy": "u-1"});
    let read: DeletedOpportunity = serde_json::from_value(row).unwrap();
    assert_eq!(read.id, OpportunityId::new("o-1"));
}
