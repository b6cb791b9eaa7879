use proptest::prelude::*;

use super::*;

const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

#[test]
fn only_three_complete_scans_over_two_minutes_are_conclusive() {
    let mut schedule = SearchSchedule::begin(seconds(100));
    assert_eq!(schedule.next, seconds(105));
    let mut at = Vec::new();
    while !at.last().is_some_and(|last| schedule.is_conclusive(*last)) {
        at.push(schedule.next);
        schedule = schedule.after(true, false, schedule.next);
    }
    assert_eq!(at, [seconds(105), seconds(166), seconds(227)]);

    let mut hurried = SearchSchedule::begin(seconds(0));
    for second in 0..60 {
        hurried = hurried.at_once(seconds(second));
        hurried = hurried.after(true, false, seconds(second));
    }
    assert!(
        !hurried.is_conclusive(seconds(60)),
        "sixty looks in a minute"
    );
}

#[test]
fn a_look_that_was_not_complete_counts_for_nothing_and_is_soon_repeated() {
    let mut schedule = SearchSchedule::begin(seconds(0));
    for _ in 0..100 {
        let now = schedule.next;
        schedule = schedule.after(false, false, now);
        assert_eq!(schedule.next, now + AFTER_INCOMPLETE);
    }
    assert_eq!(schedule.complete_looks(), 0);
    assert!(!schedule.is_conclusive(seconds(1_000_000)));
}

#[test]
fn a_look_goes_back_past_the_intents_time_by_the_servers_clock() {
    let hour_ms = 3_600_000;
    let (intent_ms, now_ms) = (1_000 * hour_ms, 1_001 * hour_ms);
    let back = |server_ms| horizon_ms(intent_ms, now_ms, server_ms);
    assert_eq!(back(now_ms), intent_ms - MARGIN_MS);
    // The computer's clock is behind only now: the intent's time was right.
    assert_eq!(back(now_ms + 9 * hour_ms), intent_ms - MARGIN_MS);
    assert_eq!(
        back(now_ms - 9 * hour_ms),
        intent_ms - 9 * hour_ms - MARGIN_MS
    );
    let from_the_future = horizon_ms(now_ms + 99 * hour_ms, now_ms, now_ms);
    assert_eq!(from_the_future, now_ms - MARGIN_MS);
}

#[test]
fn a_clock_set_by_a_day_before_or_after_the_intent_hides_no_pad() {
    let (hour_ms, day_ms) = (3_600_000, 86_400_000);
    // By the server's clock the pad was made at `made_ms`, and the look comes an hour later.
    let made_ms = 1_000 * day_ms;
    for off_then in [-5 * day_ms, -day_ms, 0, day_ms] {
        for off_now in [-5 * day_ms, -day_ms, 0, day_ms, 5 * day_ms] {
            let server_ms = made_ms + hour_ms;
            let horizon = horizon_ms(made_ms + off_then, server_ms + off_now, server_ms);
            assert!(horizon < made_ms, "{off_then} then, {off_now} now");
        }
    }
    // Days ahead then, right now: nothing later than now counts.
    let from_the_future = horizon_ms(made_ms + 5 * day_ms, made_ms + hour_ms, made_ms + hour_ms);
    assert!(from_the_future < made_ms);
}

proptest! {
    #[test]
    fn whatever_the_schedule_conclusive_means_three_over_two_minutes(
        looks in prop::collection::vec((any::<bool>(), 0_u64..200), 0..40),
    ) {
        let (mut schedule, mut now) = (SearchSchedule::begin(seconds(0)), seconds(0));
        let mut complete = Vec::new();
        for (is_complete, wait) in looks {
            now += seconds(wait);
            schedule = schedule.after(is_complete, false, now);
            complete.extend(is_complete.then_some(now));
            if schedule.is_conclusive(now) {
                prop_assert!(complete.len() >= 3);
                prop_assert!(now - complete[0] >= seconds(120));
            }
        }
    }
}
