use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sandbox::{Candidate, OpportunityId, PostingId, UserId};
use serde_json::json;

use crate::support::{Tried, a_moment};

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn named(name: &str, stage: &str, since_ms: i64) -> Candidate {
    Candidate {
        name: name.into(),
        stage: Some(stage.into()),
        since_ms,
        ..Candidate::default()
    }
}

#[tokio::test]
async fn rows_come_by_stage_then_latest_first_and_pages_join_without_gap() {
    let tried = Tried::start().await;
    for (number, stage) in ["Offer", "Phone Screen", "New lead"]
        .iter()
        .cycle()
        .take(7)
        .enumerate()
    {
        tried.add(named(
            &format!("{number}"),
            stage,
            i64::try_from(number).unwrap() * 1000,
        ));
    }
    let whole = tried.lever_get("/opportunities").await.column("name");
    assert_eq!(whole, ["2", "5", "1", "4", "0", "3", "6"]);
    for twice in [false, true] {
        let mut paged = Vec::new();
        let mut offset = String::new();
        loop {
            let page = tried
                .lever_get(&format!("/opportunities?limit=3{offset}"))
                .await;
            paged.extend(page.column("name"));
            let Some(next) = page.at("/next").as_str() else {
                break;
            };
            // The token itself is encoded; clients encode it once more, or don't.
            let sent = if twice {
                encoded(next)
            } else {
                next.to_owned()
            };
            offset = format!("&offset={sent}");
        }
        assert_eq!(paged, whole, "encoded twice: {twice}");
    }
}

#[tokio::test]
async fn the_last_page_has_no_next_and_bad_parameters_are_400() {
    let tried = Tried::start().await;
    tried.candidate();
    let page = tried.lever_get("/opportunities?limit=1").await;
    assert_eq!(page.at("/hasNext"), &json!(false));
    assert!(page.body.get("next").is_none());
    for bad in [
        "limit=0",
        "limit=101",
        "limit=x",
        "updated_at_start=soon",
        "email=nobody",
        "archived=maybe",
    ] {
        let refused = tried.lever_get(&format!("/opportunities?{bad}")).await;
        assert_eq!(
            (refused.status, refused.at("/code")),
            (400, &json!("BadRequestError")),
            "{bad}"
        );
    }
    let expand = tried.lever_get("/opportunities?expand=posting").await;
    assert_eq!(expand.at("/message"), &json!("posting is not expandable"));
    let token = tried.lever_get("/opportunities?offset=stale").await;
    assert_eq!(token.status, 400);
    assert!(
        token.text.contains("Invalid offset token"),
        "{}",
        token.text
    );
}

#[tokio::test]
async fn equal_names_mean_any_and_different_names_mean_all() {
    let tried = Tried::start().await;
    let tagged = |name: &str, tag: &str, stage: &str| Candidate {
        tags: vec![tag.into()],
        ..named(name, stage, 0)
    };
    tried.add(tagged("a", "coderpad", "Phone Screen"));
    tried.add(tagged("b", "CoderPad", "Phone Screen"));
    tried.add(tagged("c", "coderpad", "Offer"));
    let screen = tried.world(|world| world.lever.stage_named("Phone Screen").unwrap());
    let names = async |query: String| {
        let mut names = tried
            .lever_get(&format!("/opportunities?{query}"))
            .await
            .column("name");
        names.sort();
        names
    };
    assert_eq!(
        names("tag=coderpad".into()).await,
        ["a", "c"],
        "case counts"
    );
    assert_eq!(
        names("tag=coderpad&tag=CoderPad".into()).await,
        ["a", "b", "c"]
    );
    assert_eq!(
        names(format!("tag=coderpad&stage_id={screen}")).await,
        ["a"]
    );
    assert!(names("tag=Coderpad".into()).await.is_empty());
    assert!(names("stage_id=nowhere".into()).await.is_empty());
}

#[tokio::test]
async fn archived_ones_come_unless_they_are_left_out() {
    let tried = Tried::start().await;
    let gone = tried.candidate();
    let here = tried.candidate();
    tried.world(|world| world.archive(&gone).unwrap());
    let ids = async |query: &str| {
        let mut ids = tried
            .lever_get(&format!("/opportunities?{query}"))
            .await
            .column("id");
        ids.sort();
        ids
    };
    let sorted = |of: &[&OpportunityId]| {
        let mut ids: Vec<String> = of.iter().map(ToString::to_string).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids("").await, sorted(&[&gone, &here]));
    assert_eq!(ids("archived=false").await, sorted(&[&here]));
    assert_eq!(ids("archived=true").await, sorted(&[&gone]));
    let shown = tried.lever_get(&format!("/opportunities/{gone}")).await;
    assert!(shown.at("/data/archived/reason").is_string());
    assert!(
        shown.at("/data/stage").is_string(),
        "an archived one keeps its stage"
    );
}

#[tokio::test]
async fn spans_include_their_ends_and_null_is_in_none() {
    let tried = Tried::start().await;
    let id = tried.candidate();
    let at = tried.world(|world| world.lever.opportunities[&id].times.created_at);
    let found = async |query: String| {
        tried
            .lever_get(&format!("/opportunities?{query}"))
            .await
            .column("id")
            .len()
    };
    assert_eq!(
        found(format!("updated_at_start={at}&updated_at_end={at}")).await,
        1
    );
    assert_eq!(found(format!("updated_at_start={}", at + 1)).await, 0);
    assert_eq!(found(format!("updated_at_end={}", at - 1)).await, 0);
    tried.world(|world| {
        world
            .lever
            .opportunities
            .get_mut(&id)
            .unwrap()
            .times
            .updated_at = None;
    });
    assert_eq!(found("updated_at_start=0".into()).await, 0);
    assert_eq!(found(String::new()).await, 1);
}

const OPPORTUNITY_KEYS: [&str; 28] = [
    "id",
    "name",
    "contact",
    "headline",
    "stage",
    "confidentiality",
    "location",
    "phones",
    "emails",
    "links",
    "archived",
    "tags",
    "sources",
    "stageChanges",
    "origin",
    "sourcedBy",
    "owner",
    "followers",
    "applications",
    "createdAt",
    "updatedAt",
    "lastInteractionAt",
    "lastAdvancedAt",
    "snoozedUntil",
    "urls",
    "isAnonymized",
    "dataProtection",
    "opportunityLocation",
];

#[tokio::test]
async fn an_opportunity_has_all_its_keys_and_those_of_its_person() {
    let tried = Tried::start().await;
    let posting = posting(&tried);
    let id = tried.add(Candidate {
        emails: vec!["ada@example.com".into()],
        links: vec!["https://example.test/ada".into()],
        posting: Some(posting.clone()),
        ..Candidate::default()
    });
    let shown = tried.lever_get(&format!("/opportunities/{id}")).await;
    let fields = shown.at("/data").as_object().unwrap();
    for key in OPPORTUNITY_KEYS {
        assert!(fields.contains_key(key), "{key}");
    }
    let profile = shown.at("/data/urls/show").as_str().unwrap();
    let page = tried
        .ask(http::Method::GET, profile, None, None)
        .await
        .unwrap();
    assert!(
        page.text.contains("Ada Example"),
        "the profile can be opened"
    );

    let expanded = tried
        .lever_get(&format!(
            "/opportunities/{id}?include=name&expand=stage&expand=applications"
        ))
        .await;
    let fields: Vec<_> = expanded
        .at("/data")
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(fields, ["applications", "name", "stage"]);
    assert_eq!(expanded.at("/data/stage/text"), &json!("New lead"));
    assert_eq!(expanded.at("/data/applications/0/posting"), &json!(posting));
}

fn posting(tried: &Tried) -> PostingId {
    tried.world(|world| {
        let id = PostingId::from("posting-1");
        let posting = sandbox::lever::postings::Posting {
            title: "Backend Engineer".into(),
            state: "published".into(),
            department: "R&D".into(),
            team: "Engineering".into(),
            location: "Lisbon".into(),
            commitment: "Full-time".into(),
            ..Default::default()
        };
        world.lever.postings.insert(id.clone(), posting);
        id
    })
}

#[tokio::test]
async fn tags_of_the_posting_are_inherited_and_found() {
    let tried = Tried::start().await;
    let posting = posting(&tried);
    let id = tried.add(Candidate {
        tags: vec!["own".into(), "Lisbon".into()],
        posting: Some(posting.clone()),
        ..Candidate::default()
    });
    let tags = async || {
        tried
            .lever_get(&format!("/opportunities/{id}"))
            .await
            .at("/data/tags")
            .clone()
    };
    let before = json!([
        "own",
        "Lisbon",
        "Backend Engineer",
        "R&D",
        "Engineering",
        "Full-time"
    ]);
    assert_eq!(tags().await, before, "none twice");
    let untouched = tried.world(|world| world.lever.opportunities[&id].times.updated_at);
    a_moment().await;

    let path = format!("/postings/{posting}");
    assert_eq!(
        tried
            .lever_post(&path, json!({"tags": ["coderpad"]}))
            .await
            .status,
        400,
        "in whose name?"
    );
    let user: UserId = tried.world(|world| world.lever.users.keys().next().cloned().unwrap());
    let path = format!("{path}?perform_as={user}");
    let changed = tried.lever_post(&path, json!({"tags": ["coderpad"]})).await;
    assert_eq!(changed.status, 200);
    assert_eq!(changed.at("/data/text"), &json!("Backend Engineer"));
    assert_eq!(
        tags().await.as_array().unwrap().last(),
        Some(&json!("coderpad"))
    );
    let bumped = tried.world(|world| world.lever.opportunities[&id].times.updated_at);
    assert!(bumped > untouched, "the candidacy counts as changed");
    assert_eq!(
        tried
            .lever_get("/opportunities?tag=coderpad")
            .await
            .column("id"),
        [id.to_string()]
    );

    tried.lever_post(&path, json!({"tags": ["coderpad"]})).await;
    let again = tried.world(|world| world.lever.opportunities[&id].times.updated_at);
    assert_eq!(again, bumped, "nothing changed");
}

#[tokio::test]
async fn tags_are_listed_in_order_and_counted() {
    let tried = Tried::start().await;
    let posting = posting(&tried);
    tried.add(Candidate {
        posting: Some(posting.clone()),
        ..Candidate::default()
    });
    let user: UserId = tried.world(|world| world.lever.users.keys().next().cloned().unwrap());
    let path = format!("/postings/{posting}?perform_as={user}");
    tried.lever_post(&path, json!({"tags": ["coderpad"]})).await;
    let all = tried.lever_get("/tags").await;
    let texts = all.column("text");
    let mut sorted = texts.clone();
    sorted.sort_by_key(|text| text.to_lowercase());
    assert_eq!(texts, sorted);
    assert!(
        all.at("/data")
            .as_array()
            .unwrap()
            .contains(&json!({"count": 1, "text": "coderpad"}))
    );
}

#[tokio::test]
async fn the_other_lists_have_their_shapes() {
    let tried = Tried::start().await;
    let users = tried.lever_get("/users").await;
    assert_eq!(users.column("name").len(), 3, "those who left are left out");
    let one = tried
        .lever_get("/users?email=Rosa.Lindqvist%40example.test")
        .await;
    assert_eq!(one.column("accessRole"), ["super admin"]);
    posting(&tried);
    let published = tried.lever_get("/postings?state=published").await;
    assert_eq!(published.column("text"), ["Backend Engineer"]);
    assert!(
        tried
            .lever_get("/postings?state=closed")
            .await
            .column("text")
            .is_empty()
    );
}

#[tokio::test]
async fn a_candidacy_lists_the_application_it_has() {
    let tried = Tried::start().await;
    let posting = tried.world(|world| world.lever.postings.keys().next().cloned());
    let with = tried.add(Candidate {
        posting: posting.clone(),
        ..Candidate::default()
    });
    let without = tried.add(Candidate::default());
    let path = |id: &OpportunityId| format!("/opportunities/{id}/applications");
    let listed = tried.lever_get(&path(&with)).await;
    assert_eq!(listed.at("/data/0/posting"), &json!(posting));
    assert_eq!(listed.at("/hasNext"), &json!(false));
    let none = tried.lever_get(&path(&without)).await;
    assert_eq!(none.at("/data"), &json!([]));
    let unknown = OpportunityId::from("00000000-0000-4000-8000-000000000000");
    assert_eq!(tried.lever_get(&path(&unknown)).await.status, 404);
}
