use super::*;
use crate::interview::Plan;
use crate::tracking::Known;

const NOW_MS: i64 = 1_772_532_000_000;
const NOW: Duration = Duration::from_secs(100_000);

/// A pad that was closed so many ms ago.
fn closed(name: &str, ago_ms: i64) -> ClosedPad {
    ClosedPad {
        opportunity: OpportunityId::new(name),
        pad: PadId::parse("K7QWM3ZD").unwrap(),
        since_ms: NOW_MS - ago_ms,
        is_deleted: false,
        known: Known::default(),
    }
}

fn planned(mut pad: ClosedPad, ends_ms: i64) -> ClosedPad {
    let starts_ms = ends_ms - HOUR_MS;
    pad.known.plan = Some(Plan { starts_ms, ends_ms });
    pad
}

fn due_now(pads: &[ClosedPad]) -> Option<String> {
    let due = due(pads, &HashSet::new(), &HashMap::new(), NOW_MS, NOW);
    due.map(|(opportunity, _)| opportunity.to_string())
}

fn plan_due_now(pad: ClosedPad) -> bool {
    plan_due(&[pad], &HashMap::new(), NOW_MS, NOW).is_some()
}

#[test]
fn the_list_is_read_for_pads_of_three_days_and_for_interviews_to_come() {
    assert!(!needs_look(&[], NOW_MS));
    assert!(needs_look(&[closed("a", 3 * DAY_MS - 1)], NOW_MS));
    assert!(!needs_look(&[closed("a", 3 * DAY_MS)], NOW_MS));
    let old = || closed("a", 9 * DAY_MS);
    assert!(needs_look(&[planned(old(), NOW_MS + 1)], NOW_MS));
    assert!(!needs_look(&[planned(old(), NOW_MS)], NOW_MS));
}

#[test]
fn a_closed_pad_is_read_daily_and_hourly_before_its_interview() {
    assert_eq!(due_now(&[closed("a", DAY_MS - 1)]), None);
    assert_eq!(due_now(&[closed("a", DAY_MS)]), Some("a".into()));
    let ahead = |ago_ms| planned(closed("a", ago_ms), NOW_MS + 1);
    assert_eq!(due_now(&[ahead(HOUR_MS - 1)]), None);
    assert_eq!(due_now(&[ahead(HOUR_MS)]), Some("a".into()));
    let mut deleted = ahead(HOUR_MS);
    deleted.is_deleted = true;
    assert_eq!(due_now(&[deleted]), None, "a deleted one is read daily");
}

#[test]
fn the_latest_reading_counts_whether_the_pad_was_there_or_not() {
    let read = |seen_ms, missing_ms| {
        let mut pad = closed("a", 9 * DAY_MS);
        (pad.known.seen_ms, pad.known.missing_ms) = (seen_ms, missing_ms);
        due_now(&[pad]).is_some()
    };
    let (old, new) = (Some(NOW_MS - DAY_MS), Some(NOW_MS - DAY_MS + 1));
    assert!(read(old, None) && read(None, old) && read(old, old));
    assert!(!read(new, old) && !read(old, new));
}

#[test]
fn the_one_that_waits_longest_comes_first_unless_another_is_hurried() {
    let pads = [
        closed("new", 1),
        closed("a", 2 * DAY_MS),
        closed("b", 3 * DAY_MS),
    ];
    assert_eq!(due_now(&pads), Some("b".into()));
    let hurried = HashSet::from([OpportunityId::new("new")]);
    let first = |tried: &HashMap<_, _>| due(&pads, &hurried, tried, NOW_MS, NOW).unwrap().0;
    assert_eq!(first(&HashMap::new()).as_str(), "new");
    let second = Duration::from_secs(1);
    let tried = |ago| HashMap::from([(OpportunityId::new("new"), NOW - second * ago)]);
    assert_eq!(first(&tried(119)).as_str(), "b", "tried a moment ago");
    assert_eq!(first(&tried(120)).as_str(), "new");
}

#[test]
fn a_plan_is_asked_for_once_after_the_interview_while_it_is_recent() {
    assert!(plan_due_now(closed("a", 0)));
    assert!(plan_due_now(closed("a", 3 * DAY_MS - 1)));
    assert!(!plan_due_now(closed("a", 3 * DAY_MS)));
    assert!(!plan_due_now(planned(closed("a", 5), NOW_MS)));
    let mut deleted = closed("a", 5);
    deleted.is_deleted = true;
    assert!(!plan_due_now(deleted));
    let asked = |ago_ms| {
        let mut pad = closed("a", 5);
        pad.known.asked_ms = Some(NOW_MS - ago_ms);
        plan_due_now(pad)
    };
    assert!(asked(6), "before it was over");
    assert!(!asked(5) && !asked(0));
}

#[test]
fn lever_is_asked_for_a_plan_once_an_hour_whatever_came_of_it() {
    let second = Duration::from_secs(1);
    let asks = |ago| {
        let tried = HashMap::from([(OpportunityId::new("a"), NOW - second * ago)]);
        plan_due(&[closed("a", 0)], &tried, NOW_MS, NOW).is_some()
    };
    assert!(!asks(3_599));
    assert!(asks(3_600));
}

#[test]
fn hours_and_days_are_as_long_as_they_are() {
    assert_eq!((HOUR_MS, DAY_MS), (3_600_000, 86_400_000));
    assert_eq!(WATCHED_MS, 5_184_000_000, "60 days");
}

#[test]
fn closed_pads_are_watched_for_sixty_days() {
    assert_eq!(WATCHED_MS, 5_184_000_000);
    assert_eq!(LOOKED_FOR_MS, 259_200_000);
}
