//! How long the small parts take that run for every candidate, page, event or interview:
//! `cargo bench -p padwatch-benches --bench parts`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement may stop at the first surprise"
)]

use std::hint::black_box;

use coderpad::history::{Limits, replay};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use lever::{Opportunity, StageId};
use padwatch_domain::rules::{Era, Surroundings, decide};
use padwatch_domain::settings::Settings;
use padwatch_receiver::{Window, judge};
use serde_json::{Map, Value, json};
use transport::SecretString;

const NOW_MS: i64 = 1_772_532_000_000;

fn candidate(number: usize) -> Value {
    json!({
        "id": format!("o{number}"), "name": format!("Ada Example {number}"), "stage": "phone",
        "tags": ["coderpad", "referral"], "links": ["https://example.test/ada"],
        "owner": "rosa", "archived": null, "isAnonymized": false, "createdAt": NOW_MS,
        "headline": "Backend Engineer", "emails": [format!("ada{number}@example.test")],
    })
}

fn rules(criterion: &mut Criterion) {
    let opportunity: Opportunity = serde_json::from_value(candidate(1)).unwrap();
    let (settings, watched) = (Settings::default(), [StageId::new("phone")]);
    let around = Surroundings {
        is_real_return: true,
        settings: &settings,
        watched: &watched,
        stage_name: None,
        era: Era::Ordinary,
        now_ms: NOW_MS,
        pads: &[],
    };
    criterion.bench_function("rules: decide about one candidate", |bench| {
        bench.iter(|| decide(black_box(&opportunity), None, &around));
    });
}

fn decoding(criterion: &mut Criterion) {
    let page = Value::Array((0..100).map(candidate).collect()).to_string();
    let mut group = criterion.benchmark_group("decode");
    group.throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("a page of 100 opportunities", |bench| {
        bench.iter(|| serde_json::from_str::<Vec<Opportunity>>(black_box(&page)).unwrap());
    });
    group.finish();
}

fn signature(criterion: &mut Criterion) {
    let tokens = [SecretString::from("a-signing-token")];
    let token = "event-token";
    let event = json!({
        "token": token, "triggeredAt": NOW_MS, "event": "candidateStageChange",
        "signature": lever::webhook::sign(&tokens[0], token, NOW_MS),
        "data": {"opportunityId": "o1", "toStageId": "phone"},
    });
    let body = event.to_string();
    criterion.bench_function("webhook: judge one signed event", |bench| {
        bench.iter(|| {
            judge(
                black_box(body.as_bytes()),
                &tokens,
                NOW_MS,
                Window::default(),
            )
        });
    });
}

fn replaying(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("replay");
    for edits in [1_000_usize, 10_000] {
        let log = typed(edits).to_string();
        group.throughput(Throughput::Elements(edits as u64));
        group.bench_function(format!("an interview of {edits} edits"), |bench| {
            bench.iter(|| replay(black_box(log.as_bytes()), None, &Limits::default()).unwrap());
        });
    }
    group.finish();
}

/// A person types at the end of the text, letter by letter (contracts/coderpad.md, history).
fn typed(edits: usize) -> Value {
    let log: Map<String, Value> = (0..edits)
        .map(|edit| {
            let come = if edit % 40 == 39 { "\n" } else { "x" };
            let edit_at = if edit == 0 {
                json!({"o": [come]})
            } else {
                json!({"o": [edit, come]})
            };
            (key(edit), edit_at)
        })
        .collect();
    Value::Object(log)
}

/// Firepad's name of a revision: its digits in base 62, after a letter that tells their number.
fn key(revision: usize) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut digits = Vec::new();
    let mut rest = revision;
    while digits.is_empty() || rest > 0 {
        digits.insert(0, DIGITS[rest % 62]);
        rest /= 62;
    }
    let length = DIGITS[digits.len() + 9];
    digits.insert(0, length);
    String::from_utf8(digits).unwrap()
}

criterion_group!(parts, rules, decoding, signature, replaying);
criterion_main!(parts);
