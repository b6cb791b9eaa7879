use super::*;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// When the candidacy began.
const BEGAN_MS: i64 = 20_000 * DAY_MS;

fn candidacy(arrived_ms: i64) -> Opportunity {
    let text = format!(
        r#"{{"id":"o","createdAt":{BEGAN_MS},
            "stageChanges":[{{"toStageId":"s","updatedAt":{arrived_ms}}}]}}"#
    );
    serde_json::from_str(&text).unwrap()
}

fn pad(made_ms: Option<i64>, ended_ms: Option<i64>) -> Pad {
    let mut pad: Pad = serde_json::from_str(r#"{"id":"K7QWM3ZD"}"#).unwrap();
    pad.created_at_ms = made_ms;
    pad.ended_at_ms = ended_ms;
    pad
}

fn aged(made_ms: i64, arrived_ms: i64) -> Age {
    let watched = [StageId::new("s")];
    age(&pad(Some(made_ms), None), &candidacy(arrived_ms), &watched)
}

#[test]
fn a_pad_from_before_the_candidacy_is_not_its_own() {
    let arrived = BEGAN_MS + DAY_MS / 2;
    for made in [BEGAN_MS - 365 * DAY_MS, BEGAN_MS - TOLERANCE_MS - 1] {
        assert_eq!(aged(made, arrived), Age::Before);
    }
    assert_eq!(aged(BEGAN_MS - TOLERANCE_MS, arrived), Age::Within);
}

#[test]
fn a_pad_from_around_or_after_the_arrival_fits() {
    let arrived = BEGAN_MS + 30 * DAY_MS;
    for made in [arrived - AHEAD_MS, arrived, arrived + 7 * DAY_MS] {
        assert_eq!(aged(made, arrived), Age::Within);
    }
    assert_eq!(aged(arrived - AHEAD_MS - 1, arrived), Age::Unknown);
}

#[test]
fn in_an_old_candidacy_a_pad_of_long_ago_is_another_interviews() {
    let arrived = BEGAN_MS + 700 * DAY_MS;
    assert_eq!(aged(arrived - LONG_AGO_MS - 1, arrived), Age::Before);
    assert_eq!(aged(arrived - LONG_AGO_MS, arrived), Age::Unknown);
}

#[test]
fn a_pad_that_ended_before_the_arrival_is_another_interviews() {
    let arrived = BEGAN_MS + DAY_MS;
    let watched = [StageId::new("s")];
    let ended = pad(Some(arrived - 2000), Some(arrived - 1));
    assert_eq!(age(&ended, &candidacy(arrived), &watched), Age::Before);
    let at_once = pad(Some(arrived - 2000), Some(arrived));
    assert_eq!(age(&at_once, &candidacy(arrived), &watched), Age::Within);
}

#[test]
fn without_times_there_is_no_telling() {
    let watched = [StageId::new("s")];
    let nameless = pad(None, None);
    assert_eq!(age(&nameless, &candidacy(BEGAN_MS), &watched), Age::Unknown);
    let timeless: Opportunity = serde_json::from_str(r#"{"id":"o"}"#).unwrap();
    let made = pad(Some(BEGAN_MS), None);
    assert_eq!(age(&made, &timeless, &watched), Age::Unknown);
}

#[test]
fn pads_of_others_and_the_one_that_is_known_are_not_read() {
    let root = ApiRoot::parse("https://app.coderpad.io").unwrap();
    let links = ["K7QWM3ZD", "ABCD1234", "EFGH2345"];
    let links = links.map(|id| format!("https://app.coderpad.io/{id}"));
    let opportunity = serde_json::json!({"id": "ada", "links": links});
    let opportunity: Opportunity = serde_json::from_value(opportunity).unwrap();
    let id = |text: &str| PadId::parse(text).unwrap();
    let known = Known {
        not_its_own: &[id("ABCD1234")],
        has_siblings: false,
        watched: &[],
        tolerates: &[],
    };
    let read = |but: Option<&PadId>| -> Vec<PadId> {
        let pads = pads_to_read(&opportunity, &root, known, but);
        pads.into_iter().map(|pad| pad.id).collect()
    };
    assert_eq!(read(None), [id("K7QWM3ZD"), id("EFGH2345")]);
    assert_eq!(read(Some(&id("K7QWM3ZD"))), [id("EFGH2345")]);
}

#[test]
fn ten_minutes_a_day_and_ninety_days_tell_pads_apart() {
    assert_eq!(TOLERANCE_MS, 600_000);
    assert_eq!(AHEAD_MS, 86_400_000);
    assert_eq!(LONG_AGO_MS, 7_776_000_000);
}
