use serde::Deserialize;

use super::*;
use crate::catalogue::Words;

/// 24 November 2025, 17:00 in Berlin.
const NOW: i64 = 1_764_000_000_000;

fn at(system: &str, zone: &str) -> Times {
    Times::new(Locale::of_system(system), TimeZone::get(zone).unwrap())
}

#[test]
fn the_age_is_said_in_the_largest_fitting_unit() {
    for (age, words) in [
        (-5_000, "just now"),
        (0, "just now"),
        (16_789, "15 sec ago"),
        (59_999, "45 sec ago"),
        (60_000, "1 min ago"),
        (3_599_999, "59 min ago"),
        (7_200_000, "2 hr ago"),
        (3 * DAY, "3 days ago"),
    ] {
        assert_eq!(ago(age), words);
    }
}

#[test]
fn the_words_for_an_age_hold_exactly_until_they_are_said_to_change() {
    for age in [
        0,
        1,
        14_999,
        15_000,
        34_567,
        59_999,
        60_000,
        119_999,
        3_600_001,
        DAY + 5,
    ] {
        let change = ago_changes_in(age);
        assert!(change > 0);
        assert_eq!(ago(age), ago(age + change - 1), "{age}");
        if ago(age) != "just now" {
            assert_ne!(ago(age), ago(age + change), "{age}");
        }
    }
}

#[test]
fn the_end_of_a_pause_is_said_as_a_person_says_it() {
    let berlin = at("de-DE", "Europe/Berlin");
    let new_york = at("en-US", "America/New_York");
    let midnight = tomorrow_begins(NOW, &berlin.zone).unwrap();
    assert_eq!(berlin.until(NOW + HOUR, NOW), "18:00");
    assert_eq!(new_york.until(NOW + HOUR, NOW), "12:00 PM");
    assert_eq!(berlin.until(midnight, NOW), "tomorrow");
    assert_eq!(berlin.until(NOW + 3 * DAY, NOW), "Thu 17:00");
    assert_eq!(berlin.until(NOW + 30 * DAY, NOW), "24 Dec");
}

#[test]
fn a_pause_past_midnight_does_not_last_all_night() {
    let berlin = at("de-DE", "Europe/Berlin");
    let late = tomorrow_begins(NOW, &berlin.zone).unwrap() - HOUR / 2;
    assert_eq!(berlin.until(late + HOUR, late), "tomorrow 00:30");
}

#[test]
fn tomorrow_begins_at_midnight_also_when_the_clocks_change() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let before_change = 1_774_695_600_000; // 28 March 2026, 12:00; the night has 23 hours
    let tomorrow = tomorrow_begins(before_change, &berlin).unwrap();
    assert_eq!(tomorrow - before_change, 12 * HOUR);
    let day_of_change = tomorrow_begins(tomorrow, &berlin).unwrap();
    assert_eq!(day_of_change - tomorrow, 23 * HOUR);
}

#[test]
fn an_appointment_is_told_in_the_zone_it_was_planned_in() {
    let starts_ms = 1_795_530_600_000; // 24 November 2026, 14:30 in Lisbon
    let told = |system, zone| {
        at(system, "Europe/Berlin")
            .meeting(starts_ms, zone)
            .unwrap()
    };
    for (system, zone, expected) in [
        (
            "en-US",
            Some("Europe/Lisbon"),
            "Tuesday, November 24, 2:30 PM (Lisbon time)",
        ),
        (
            "en-US",
            Some("America/New_York"),
            "Tuesday, November 24, 9:30 AM (New York time)",
        ),
        (
            "pt-PT",
            Some("Europe/Lisbon"),
            "Tuesday 24 November, 14:30 (Lisbon time)",
        ),
        (
            "en-GB",
            Some("Asia/Kolkata"),
            "Tuesday 24 November, 20:00 (Kolkata time)",
        ),
        (
            "en-US",
            Some("America/Argentina/Buenos_Aires"),
            "Tuesday, November 24, 11:30 AM (Buenos Aires time)",
        ),
        (
            "en-US",
            Some("Etc/UTC"),
            "Tuesday, November 24, 2:30 PM (UTC)",
        ),
        (
            "en-US",
            Some("Etc/GMT+5"),
            "Tuesday, November 24, 9:30 AM (UTC-5)",
        ),
        // One that doesn't exist doesn't lose the time.
        (
            "de-DE",
            Some("Mars/Olympus"),
            "Tuesday 24 November, 15:30 (Berlin time)",
        ),
        ("de-DE", None, "Tuesday 24 November, 15:30 (Berlin time)"),
    ] {
        assert_eq!(told(system, zone), expected);
    }
    let fixed = Times::new(Locale::default(), TimeZone::fixed(jiff::tz::offset(-3)));
    assert_eq!(
        fixed.meeting(starts_ms, None).unwrap(),
        "Tuesday, November 24, 11:30 AM (UTC-3)"
    );
}

#[test]
fn a_duration_is_told_in_hours_and_minutes() {
    let told = [0, 59_999, 60_000, 3_600_000, 5_400_000].map(duration);
    let expected = [
        "less than a minute",
        "less than a minute",
        "1 min",
        "1 hr",
        "1 hr 30 min",
    ];
    assert_eq!(told, expected);
}

/// The same instants for several regions; the page's test reads them too.
#[derive(Deserialize)]
struct Cases {
    zone: String,
    now: String,
    moments: Vec<String>,
    number: i64,
    regions: Vec<Region>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    system: String,
    locale: String,
    moments: Vec<String>,
    untils: Vec<String>,
    long_days: Vec<String>,
    number: String,
}

#[test]
fn the_page_and_rust_write_the_same_in_every_region() {
    let cases: Cases = serde_json::from_str(include_str!("../../catalogue/times.json")).unwrap();
    let in_ms = |instant: &String| instant.parse::<Timestamp>().unwrap().as_millisecond();
    let now_ms = in_ms(&cases.now);
    for region in cases.regions {
        let times = at(&region.system, &cases.zone);
        assert_eq!(times.locale.tag(), region.locale);
        let near = |instant| times.moment(in_ms(instant), now_ms);
        let moments: Vec<String> = cases.moments.iter().map(near).collect();
        assert_eq!(moments, region.moments, "{}", region.system);
        let until = |instant| times.until(in_ms(instant), now_ms);
        let untils: Vec<String> = cases.moments.iter().map(until).collect();
        assert_eq!(untils, region.untils, "{}", region.system);
        let long = |instant| {
            let at = times.local(in_ms(instant)).unwrap();
            times.locale.write(&at, Style::LongDay)
        };
        let long_days: Vec<String> = cases.moments.iter().map(long).collect();
        assert_eq!(long_days, region.long_days, "{}", region.system);
        let said = Words::in_locale(&times.locale).time_seconds_ago(cases.number);
        assert_eq!(said, format!("{} sec ago", region.number));
    }
}
