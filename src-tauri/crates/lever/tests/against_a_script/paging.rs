//! Lists are read to their end, and always come to one.

use lever::{Error, Opportunity, OpportunityQuery, ProtocolViolation};
use serde_json::json;
use transport::{Failure, FailureKind};

use crate::scripted::{answer, client, complaint, page};

fn ids(opportunities: &[Opportunity]) -> Vec<&str> {
    opportunities.iter().map(|one| one.id.as_str()).collect()
}

fn stale() -> Result<transport::Reply, Failure> {
    complaint(400, "BadRequestError", "Invalid offset token")
}

const ENDLESS: Error = Error::NotLever {
    about: "opportunities",
    violation: ProtocolViolation::EndlessPages,
};

#[tokio::test(start_paused = true)]
async fn all_pages_are_read_and_who_comes_twice_is_kept_once() {
    let (client, script) = client([
        page(&["a", "b"], Some("%5B1%5D")),
        page(&["b", "c"], Some("%5B2%5D")),
        page(&[], None),
    ]);
    let all = client
        .opportunities(&OpportunityQuery::default())
        .await
        .unwrap();
    assert_eq!(ids(&all.rows), ["a", "b", "c"]);
    let lines = script.lines();
    assert!(!lines[0].contains("offset"), "{lines:?}");
    assert!(lines[1].ends_with("&offset=%255B1%255D"), "{lines:?}");
    assert!(lines[2].ends_with("&offset=%255B2%255D"), "{lines:?}");
}

#[tokio::test(start_paused = true)]
async fn the_first_of_two_is_the_one_that_is_kept() {
    let named = |name| json!({"id": "a", "name": name});
    let rows = [named("first"), named("second")];
    let (client, _) = client([answer(200, &json!({ "data": rows }))]);
    let all = client
        .opportunities(&OpportunityQuery::default())
        .await
        .unwrap();
    assert_eq!(all.rows.len(), 1);
    assert_eq!(all.rows[0].name, "first");
}

#[tokio::test(start_paused = true)]
async fn pages_that_repeat_or_are_empty_in_the_middle_end_with_an_error() {
    for answers in [
        vec![page(&["a"], Some("1")), page(&["b"], Some("1"))],
        vec![
            page(&["a"], Some("1")),
            page(&["b"], Some("2")),
            page(&["a"], Some("1")),
        ],
        vec![page(&["a"], Some("1")), page(&[], Some("2"))],
        vec![page(&[], Some("1"))],
    ] {
        let expected = answers.len();
        let (client, script) = client(answers);
        let all = client.opportunities(&OpportunityQuery::default()).await;
        assert_eq!(all, Err(ENDLESS));
        assert_eq!(script.lines().len(), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stale_token_starts_over_once() {
    let (forgiven, script) = client([
        page(&["gone", "a"], Some("1")),
        stale(),
        page(&["a", "b"], Some("1")),
        page(&["c"], None),
    ]);
    let all = forgiven
        .opportunities(&OpportunityQuery::default())
        .await
        .unwrap();
    assert_eq!(
        ids(&all.rows),
        ["a", "b", "c"],
        "what came before is read anew"
    );
    assert!(!script.lines()[2].contains("offset"));

    let (stuck, script) = client([
        page(&["a"], Some("1")),
        stale(),
        page(&["a"], Some("1")),
        stale(),
    ]);
    let error = stuck
        .opportunities(&OpportunityQuery::default())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Refused { .. }), "{error}");
    assert_eq!(script.lines().len(), 4);

    let (at_once, script) = client([stale()]);
    assert!(
        at_once
            .opportunities(&OpportunityQuery::default())
            .await
            .is_err()
    );
    assert_eq!(script.lines().len(), 1, "no token was sent");
}

#[tokio::test(start_paused = true)]
async fn an_error_on_a_later_page_is_not_taken_for_the_end() {
    let broken = || Err(Failure::Unclear(FailureKind::Broken));
    let first = page(&["a"], Some("1"));
    let (client, _) = client([first, broken(), broken(), broken(), broken()]);
    let error = client
        .opportunities(&OpportunityQuery::default())
        .await
        .unwrap_err();
    assert_eq!(
        error,
        Error::Unreachable(Failure::Unclear(FailureKind::Broken))
    );
}

#[tokio::test(start_paused = true)]
async fn other_lists_are_read_to_their_end_too() {
    let tag = |text, count| json!({"text": text, "count": count});
    let more = json!({"data": [tag("CoderPad", 2)], "hasNext": true, "next": "1"});
    let last = json!({"data": [tag("coderpad", 3)], "hasNext": false});
    let (client, script) = client([answer(200, &more), answer(200, &last)]);
    let tags = client.tags().await.unwrap();
    let texts: Vec<_> = tags
        .rows
        .iter()
        .map(|tag| (tag.text.as_str(), tag.count))
        .collect();
    assert_eq!(texts, [("CoderPad", 2), ("coderpad", 3)]);
    assert_eq!(script.lines(), ["GET /tags", "GET /tags?offset=1"]);
}
