use proptest::prelude::*;
use serde_json::{Value, json};
use transport::SecretString;

use super::*;
use crate::OpportunityId;

/// The vectors of contracts/lever.md, 5.3.
const KEY: &str = "lever-test-signing-token-0123456789abcdef";
const VECTORS: [(&str, i64, &str); 2] = [
    (
        "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071",
        1_767_225_600_123,
        "08fc742b538a56b73833c5ffc65659f502239a2ae5e569ca3a22c97f25986c77",
    ),
    (
        "ffeeddccbbaa99887766554433221100ffeeddccbbaa9988",
        1_767_225_660_000,
        "2c947fd27d2ead3d0ff2b01fa9d838cdeac8524e84619d96f0789fb93e9e19c8",
    ),
];

fn tokens(texts: &[&str]) -> Vec<SecretString> {
    texts.iter().map(|text| SecretString::from(*text)).collect()
}

fn body() -> Value {
    let (token, triggered_at, signature) = VECTORS[0];
    json!({
        "id": "77777777-7777-4777-8777-777777777777",
        "event": "candidateStageChange",
        "triggeredAt": triggered_at,
        "token": token,
        "signature": signature,
        "data": {
            "opportunityId": "11111111-1111-4111-8111-111111111111",
            "candidateId": "11111111-1111-4111-8111-111111111112",
            "contactId": "22222222-2222-4222-8222-222222222222",
            "fromStageId": "applicant-new",
            "toStageId": "33333333-3333-4333-8333-333333333333",
        },
    })
}

fn with(field: &str, value: Value) -> Value {
    let mut body = body();
    body[field] = value;
    body
}

fn without(field: &str) -> Value {
    let mut body = body();
    body.as_object_mut().unwrap().remove(field);
    body
}

fn read(body: &Value) -> Result<Signed, NotAnEvent> {
    parse(body.to_string().as_bytes())
}

#[test]
fn the_composed_event_is_read_and_verified() {
    let signed = read(&body()).unwrap();
    let expected = Event {
        id: Some("77777777-7777-4777-8777-777777777777".into()),
        kind: EventKind::CandidateStageChange,
        triggered_at_ms: 1_767_225_600_123,
        token: VECTORS[0].0.into(),
        opportunity: Some(OpportunityId::new("11111111-1111-4111-8111-111111111111")),
        is_test: false,
    };
    assert_eq!(verify(&signed, &tokens(&[KEY])), Ok(&expected));
}

#[test]
fn the_vectors_are_signed_and_verified() {
    for (token, triggered_at, signature) in VECTORS {
        assert_eq!(sign(&KEY.into(), token, triggered_at), signature);
        let body = json!({"event": "candidateHired", "triggeredAt": triggered_at,
            "token": token, "signature": signature, "data": {}});
        assert!(verify(&read(&body).unwrap(), &tokens(&[KEY])).is_ok());
    }
}

#[test]
fn any_of_several_tokens_fits_and_blank_ones_never_do() {
    let signed = read(&body()).unwrap();
    let check = |texts: &[&str]| verify(&signed, &tokens(texts)).map(|_| ());
    assert_eq!(check(&["other", KEY]), Ok(()));
    assert_eq!(check(&[KEY, "other"]), Ok(()));
    assert_eq!(check(&["", &format!(" {KEY}\n")]), Ok(()));
    assert_eq!(check(&["other"]), Err(NotVerified::OtherToken));
    assert_eq!(check(&[]), Err(NotVerified::NoTokens));
    assert_eq!(check(&["", " \n"]), Err(NotVerified::NoTokens));

    let (token, triggered_at, _) = VECTORS[0];
    let blank = sign(&"".into(), token, triggered_at);
    let forged = read(&with("signature", json!(blank))).unwrap();
    assert_eq!(
        verify(&forged, &tokens(&["", KEY])),
        Err(NotVerified::OtherToken)
    );
}

#[test]
fn only_64_lower_case_digits_are_a_signature() {
    let (_, _, signature) = VECTORS[0];
    let unreadable = [
        signature.to_uppercase(),
        format!("{signature}00"),
        signature[1..].to_owned(),
        format!(" {signature}"),
        "g".repeat(64),
        "é".repeat(32),
        String::new(),
    ];
    for odd in unreadable {
        let signed = read(&with("signature", json!(odd))).unwrap();
        assert_eq!(
            verify(&signed, &tokens(&[KEY])),
            Err(NotVerified::Unreadable),
            "{odd:?}"
        );
    }
    for unsigned in [without("signature"), with("signature", json!(null))] {
        let signed = read(&unsigned).unwrap();
        assert_eq!(verify(&signed, &tokens(&[KEY])), Err(NotVerified::Unsigned));
    }
}

#[test]
fn the_sample_of_the_verify_button_is_known_by_its_empty_data() {
    for empty in [
        with("data", json!({})),
        with("data", json!(null)),
        without("data"),
    ] {
        let signed = read(&empty).unwrap();
        let event = signed.unverified();
        assert!(event.is_test, "{empty}");
        assert_eq!(event.opportunity, None);
    }
    let signed = read(&with("data", json!({"contactId": "c-1"}))).unwrap();
    assert!(!signed.unverified().is_test);
}

#[test]
fn only_what_has_the_shape_of_an_id_is_taken_from_the_data() {
    let named = |data| {
        read(&with("data", data))
            .unwrap()
            .unverified()
            .opportunity
            .clone()
    };
    assert_eq!(
        named(json!({"candidateId": "c-1"})),
        Some(OpportunityId::new("c-1"))
    );
    let null = json!({"opportunityId": null, "candidateId": "c-1"});
    assert_eq!(named(null), Some(OpportunityId::new("c-1")));
    for odd in [
        json!({"opportunityId": "../users", "candidateId": "c-1"}),
        json!({"opportunityId": 7}),
        json!({"opportunityId": ""}),
        json!([]),
        json!("o-1"),
    ] {
        assert_eq!(named(odd.clone()), None, "{odd}");
    }
}

#[test]
fn every_event_has_its_name_and_others_are_kept() {
    for name in [
        "applicationCreated",
        "candidateHired",
        "candidateStageChange",
        "candidateArchiveChange",
        "candidateDeleted",
        "interviewCreated",
        "interviewUpdated",
        "interviewDeleted",
        "contactCreated",
        "contactUpdated",
    ] {
        let kind = EventKind::from(name);
        assert_eq!(kind.as_str(), name);
        assert!(!matches!(kind, EventKind::Unknown(_)), "{name}");
    }
    let signed = read(&with("event", json!("offerSigned"))).unwrap();
    assert_eq!(
        signed.unverified().kind,
        EventKind::Unknown("offerSigned".into())
    );
}

#[test]
fn what_is_no_event_says_what_is_wrong() {
    for bytes in [
        &b""[..],
        b"hello",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"{\"event\":\"a\"",
        br#"{"token":"a","token":"b"}"#,
    ] {
        assert_eq!(parse(bytes), Err(NotAnEvent::NotJson), "{bytes:?}");
    }
    let long = "x".repeat(event::LONGEST_TEXT + 1);
    for field in ["event", "token", "triggeredAt"] {
        let odd = [
            json!(null),
            json!(""),
            json!(["a"]),
            json!("a\nb"),
            json!(long),
            json!(-1),
        ];
        for body in odd
            .map(|value| with(field, value))
            .iter()
            .chain([&without(field)])
        {
            assert_eq!(read(body), Err(NotAnEvent::Field(field)), "{body}");
        }
    }
    for digits in [
        "1.0",
        "1e12",
        "-5",
        "99999999999999999999",
        "\"17\"",
        "true",
    ] {
        let text = format!(r#"{{"event":"a","token":"t","triggeredAt":{digits}}}"#);
        assert_eq!(
            parse(text.as_bytes()),
            Err(NotAnEvent::Field("triggeredAt")),
            "{digits}"
        );
    }
    let deep = format!(r#"{{"data":{}"#, "[".repeat(50_000));
    assert_eq!(parse(deep.as_bytes()), Err(NotAnEvent::NotJson));
}

#[test]
fn an_odd_id_is_no_id_but_no_reason_to_refuse() {
    for odd in [json!(7), json!(""), json!("a\u{7}"), json!("x".repeat(300))] {
        assert_eq!(read(&with("id", odd)).unwrap().unverified().id, None);
    }
}

proptest! {
    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn what_is_signed_is_verified_and_no_change_of_it_is(
        key in "[ -~]{1,60}", token in "[a-f0-9]{1,60}", at in 0_i64..i64::MAX,
        flipped in 0_usize..64,
    ) {
        prop_assume!(!key.trim().is_empty());
        let secret = SecretString::from(key.as_str());
        let mut signature = sign(&secret, &token, at).into_bytes();
        let event = |signature: &[u8], token: &str| {
            let signature = std::str::from_utf8(signature).unwrap();
            read(&json!({"event": "candidateHired", "token": token, "triggeredAt": at,
                "signature": signature})).unwrap()
        };
        let secrets = [secret];
        prop_assert!(verify(&event(&signature, &token), &secrets).is_ok());
        let other = event(&signature, &format!("{token}a"));
        prop_assert_eq!(verify(&other, &secrets), Err(NotVerified::OtherToken));
        signature[flipped] = if signature[flipped] == b'0' { b'1' } else { b'0' };
        let changed = event(&signature, &token);
        prop_assert_eq!(verify(&changed, &secrets), Err(NotVerified::OtherToken));
    }
}
