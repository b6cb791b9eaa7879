//! One bad record costs itself alone, wherever it stands and whatever is wrong with it.

use lever::{
    Client, Error, Opportunity, OpportunityId, OpportunityQuery, PostingQuery, ProtocolViolation,
    Skipped, UserId,
};

use crate::scripted::{client, raw};

/// What a field can be that the decoder of a whole answer would stumble over, and that costs no
/// more than the field.
fn odd_values() -> Vec<Vec<u8>> {
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let long = format!("\"{}\"", "x".repeat(100_000));
    let mut values: Vec<Vec<u8>> = [
        r#""\ud83d""#,
        r#""\udc00x""#,
        r#""\udc00\ud83d""#,
        r#""\ud83d\u0041""#,
        r#""\x41""#,
        r#""a\u0000b""#,
        "\"a\0b\"",
        "\"a\nb\"",
        r#"{"\ud83d":"\ud83d"}"#,
        "1e999",
        "-99999999999999999999999",
        "NaN",
        "7",
        "[]",
        "{}",
        "null",
        &deep,
        &long,
    ]
    .map(|value| value.as_bytes().to_vec())
    .into();
    values.push(b"\"\xff\xfe\"".to_vec());
    values
}

/// A page of three, the one in the middle with something odd in a field.
fn page_with(field: &str, value: &[u8]) -> Vec<u8> {
    let mut page = br#"{"data":[{"id":"a","text":"A"},{"id":"b","text":"B",""#.to_vec();
    page.extend_from_slice(field.as_bytes());
    page.extend_from_slice(b"\":");
    page.extend_from_slice(value);
    page.extend_from_slice(br#"},{"id":"c","text":"C"}],"hasNext":true,"next":"t"}"#);
    page
}

fn last() -> &'static str {
    r#"{"data":[{"id":"d","text":"D"}],"hasNext":false}"#
}

fn id() -> OpportunityId {
    OpportunityId::new("o-1")
}

/// The ids of every list that Lever has, and what was left out of it.
async fn lists(client: &Client, number: usize) -> Option<Result<(Vec<String>, Skipped), Error>> {
    macro_rules! ids {
        ($list:expr, $($id:tt)+) => {
            $list.await.map(|listed| {
                let ids = listed.rows.iter().map(|row| row.$($id)+.to_string()).collect();
                (ids, listed.skipped)
            })
        };
    }
    Some(match number {
        0 => ids!(client.opportunities(&OpportunityQuery::default()), id),
        1 => ids!(client.stages(), id),
        2 => ids!(client.tags(), text.to_lowercase()),
        3 => ids!(client.users(None), id),
        4 => ids!(client.postings(&PostingQuery::default()), id),
        5 => ids!(client.interviews(&id()), id),
        6 => ids!(client.notes(&id()), id),
        7 => ids!(client.files(&id()), id),
        8 => ids!(client.deleted_opportunities(0, 1), id),
        9 => ids!(client.webhooks(), id),
        _ => return None,
    })
}

#[tokio::test(start_paused = true)]
async fn an_odd_field_costs_at_most_its_own_record_in_every_list() {
    let fields = [
        "name",
        "emails",
        "stage",
        "tags",
        "links",
        "contact",
        "owner",
        "archived",
        "applications",
        "fields",
        "user",
        "configuration",
        "interviewers",
        "date",
        "categories",
        "unknown",
        "createdAt",
        "subject",
        "event",
    ];
    for value in odd_values() {
        for field in fields {
            let mut number = 0;
            loop {
                let (client, script) = client([raw(page_with(field, &value)), raw(last())]);
                let Some(listed) = lists(&client, number).await else {
                    break;
                };
                let shown = String::from_utf8_lossy(&value)
                    .chars()
                    .take(30)
                    .collect::<String>();
                let about = format!("list {number}, {field}: {shown}");
                let (mut ids, skipped) = listed.expect(&about);
                ids.retain(|id| id != "b");
                assert_eq!(ids, ["a", "c", "d"], "{about}");
                assert!(
                    skipped.is_empty() || skipped.ids() == ["b"],
                    "{about}: {skipped:?}"
                );
                assert_eq!(script.lines().len(), 2, "{about}");
                number += 1;
            }
            assert_eq!(number, 10);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_record_without_an_id_is_counted_and_may_be_anybody() {
    for bad in [
        "null",
        "7",
        "[]",
        r#"{"id":null}"#,
        r#"{"id":{}}"#,
        r#"{"id":" "}"#,
        "{}",
    ] {
        let body = format!(r#"{{"data":[{bad},{{"id":"a"}}],"hasNext":false}}"#);
        let (client, _) = client([raw(body)]);
        let found = client.opportunities(&OpportunityQuery::default()).await;
        let found = found.expect(bad);
        assert_eq!(found.rows.len(), 1, "{bad}");
        assert_eq!(found.skipped.count(), 1, "{bad}");
        assert!(found.skipped.may_be("whoever"), "{bad}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_odd_field_of_a_single_thing_costs_that_field() {
    for value in odd_values() {
        let mut body = br#"{"data":{"id":"o-1","name":"Ada","headline":"#.to_vec();
        body.extend_from_slice(&value);
        body.extend_from_slice(b"}}");
        let (client, _) = client([raw(body)]);
        let read: Opportunity = client.opportunity(&id()).await.unwrap();
        assert_eq!((read.id, read.name.as_str()), (id(), "Ada"));
    }
    let (client, _) = client([raw(r#"{"data":{"id":"u-1","name":"\ud83d"}}"#)]);
    let user = client.user(&UserId::new("u-1")).await.unwrap();
    assert_eq!(user.name, "\u{fffd}");
}

#[tokio::test(start_paused = true)]
async fn only_a_plain_false_ends_a_list_that_names_a_next_page() {
    for (more, asked) in [
        (r#""hasNext":true,"next":"t""#, 2),
        (r#""hasNext":"yes","next":"t""#, 2),
        (r#""hasNext":null,"next":"t""#, 2),
        (r#""next":"t""#, 2),
        (r#""hasNext":true,"next":7"#, 2),
        (r#""hasNext":false,"next":"t""#, 1),
        (r#""hasNext":null"#, 1),
    ] {
        let body = format!(r#"{{"data":[{{"id":"a"}}],{more}}}"#);
        let (client, script) = client([raw(body), raw(last())]);
        client.stages().await.unwrap();
        assert_eq!(script.lines().len(), asked, "{more}");
    }
}

#[tokio::test(start_paused = true)]
async fn files_are_read_in_both_of_their_shapes() {
    let bare =
        r#"[{"id":"f-1","name":"a.txt","uploadedAt":"1423187000000"},{"id":"f-2","name":7}]"#;
    let (client, _) = client([
        raw(bare),
        raw(r#"{"data":[{"id":"f-1","name":"a.txt"}]}"#),
        raw("[]"),
    ]);
    let files = client.files(&id()).await.unwrap();
    assert_eq!(files.rows[0].name, "a.txt");
    assert!(files.skipped.may_be("f-2"), "a mark may stand in its name");
    assert_eq!(client.files(&id()).await.unwrap().rows.len(), 1);
    let odd = client.stages().await.unwrap_err();
    assert!(
        matches!(
            odd,
            Error::NotLever {
                violation: ProtocolViolation::WrongShape,
                ..
            }
        ),
        "{odd}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_list_without_end_in_bytes_ends_with_an_error() {
    let large = format!("\"{}\"", "x".repeat(20 * 1024 * 1024));
    let pages = (0..20).map(|number| {
        raw(format!(
            r#"{{"data":[{{"id":"i-{number}","subject":{large}}}],"hasNext":true,"next":"{number}"}}"#
        ))
    });
    let (client, script) = client(pages);
    let error = client.interviews(&id()).await.unwrap_err();
    assert!(
        matches!(
            error,
            Error::NotLever {
                violation: ProtocolViolation::EndlessPages,
                ..
            }
        ),
        "{error}"
    );
    assert!(script.lines().len() < 20);
}

#[tokio::test(start_paused = true)]
async fn a_new_webhook_is_read_in_both_of_its_nestings() {
    let flat = r#"{"id":"w-1","event":"candidateHired","url":"https://x.test",
        "configuration":{"signatureToken":"secret"}}"#;
    let beside =
        r#"{"id":"w-1","event":"candidateHired","signatureToken":"secret","configuration":{}}"#;
    for (body, has_token) in [
        (format!(r#"{{"data":{flat}}}"#), true),
        (format!(r#"{{"data":{{"data":{flat}}}}}"#), true),
        (format!(r#"{{"data":{beside}}}"#), true),
        (
            r#"{"data":{"id":"w-1","configuration":{}}}"#.to_owned(),
            false,
        ),
        (
            r#"{"data":{"data":{"id":"w-1","configuration":null}}}"#.to_owned(),
            false,
        ),
    ] {
        let (client, _) = client([raw(body.clone())]);
        let new = lever::NewWebhook {
            url: "https://x.test".into(),
            event: lever::webhook::EventKind::CandidateHired,
        };
        let made = client.create_webhook(&new).await.unwrap();
        assert_eq!(made.webhook.id.as_str(), "w-1", "{body}");
        assert_eq!(made.signature_token.is_some(), has_token, "{body}");
    }
}
