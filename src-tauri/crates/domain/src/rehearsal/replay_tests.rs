use lever::OpportunityId;

use super::*;

const DAY: i64 = 24 * 3_600_000;

fn pad(id: &str) -> PadId {
    PadId::parse(id).unwrap()
}

fn arrival(id: &str, came_ms: i64, pads: &[&str]) -> Arrival {
    Arrival {
        opportunity: OpportunityId::new(id),
        name: id.to_owned(),
        posting: None,
        profile_url: None,
        created_ms: Some(DAY),
        came_ms,
        obstacle: None,
        pads: pads.iter().map(|id| pad(id)).collect(),
    }
}

fn created(id: &str, created_ms: i64) -> CreatedPad {
    CreatedPad {
        id: pad(id),
        created_ms,
    }
}

fn verdicts(rehearsal: &Rehearsal) -> Vec<Verdict> {
    rehearsal.rows.iter().map(|row| row.verdict).collect()
}

#[test]
fn pads_and_waits_are_those_of_reality() {
    let came = 10 * DAY;
    let arrivals = vec![
        arrival("prompt", came, &["AAAA1111"]),
        arrival("late", came + 60_000_000, &["BBBB2222"]),
        arrival("missing", came + 70_000_000, &[]),
        arrival("double", came + 80_000_000, &["CCCC3333", "DDDD4444"]),
    ];
    let pads = [
        created("aaaa1111", came + 60_000),
        created("BBBB2222", came + 60_000_000 + 7_200_000),
        created("CCCC3333", came + 80_000_000 + 5),
        created("DDDD4444", came + 80_000_000 + 9),
    ];
    let played = replay(arrivals, &pads, &Settings::default());
    assert_eq!(verdicts(&played), [Verdict::Creates; 4]);
    assert_eq!((played.creates, played.missing, played.several), (4, 1, 1));
    assert_eq!(played.median_wait_ms, Some(60_000));
    assert_eq!(played.longest_wait_ms, Some(7_200_000));
    let newest = &played.rows[0];
    assert_eq!(newest.found, LinkFound::Several { count: 2 });
}

#[test]
fn a_pad_of_this_candidacy_is_used_and_an_older_one_is_asked_about() {
    let came = 10 * DAY;
    let pads = [created("AAAA1111", came - 1_000)];
    for (link, began_ms, verdict) in [
        ("AAAA1111", DAY, Verdict::Adopts),
        ("AAAA1111", came - 500, Verdict::AsksOlderLink),
        ("ZZZZ9999", DAY, Verdict::AsksOlderLink),
    ] {
        let mut one = arrival("ada", came, &[link]);
        one.created_ms = Some(began_ms);
        let played = replay(vec![one], &pads, &Settings::default());
        assert_eq!(verdicts(&played), [verdict], "{link}");
        assert_eq!(played.rows[0].found, LinkFound::One { waited_ms: None });
    }
}

#[test]
fn more_than_ten_at_once_are_asked_about_and_then_it_goes_on() {
    let mut arrivals: Vec<Arrival> = (0..11)
        .map(|number| arrival(&format!("bulk-{number:02}"), 10 * DAY + number, &[]))
        .collect();
    arrivals.push(arrival("later", 10 * DAY + 120_000, &[]));
    let played = replay(arrivals, &[], &Settings::default());
    let asked = verdicts(&played).into_iter();
    let asked = asked.filter(|verdict| *verdict == Verdict::AsksBulkMove);
    assert_eq!(asked.count(), 11);
    assert_eq!((played.creates, played.missing), (1, 12));
}

#[test]
fn what_is_set_is_what_would_have_happened() {
    let mut settings = Settings::default();
    settings.guards.ask_each_time = true;
    let one = || vec![arrival("ada", 10 * DAY, &[])];
    assert_eq!(
        verdicts(&replay(one(), &[], &settings)),
        [Verdict::AsksEachTime]
    );
    settings.who_makes = WhoMakes::CoderpadIntegration;
    let integration = Verdict::Passes(Obstacle::IntegrationCreates);
    let played = replay(one(), &[], &settings);
    assert_eq!(verdicts(&played), [integration]);
    assert_eq!((played.creates, played.missing), (0, 0));
}

#[test]
fn one_who_comes_twice_in_the_list_is_one_row() {
    let twice = vec![arrival("ada", 10 * DAY, &[]), arrival("ada", 11 * DAY, &[])];
    let played = replay(twice, &[], &Settings::default());
    assert_eq!(played.rows.len(), 1);
    assert_eq!(played.rows[0].arrival.came_ms, 11 * DAY);
}
