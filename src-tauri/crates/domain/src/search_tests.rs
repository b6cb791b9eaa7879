use proptest::prelude::*;

use super::*;

const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// A look that saw this much of it, by one who could not read this much, nor all if cut short.
fn look(found: usize, unread: usize, cut_short: bool) -> Look<usize, &'static str> {
    let found = (found > 0).then_some(found);
    Look::of(found, unread, cut_short.then_some("no connection"))
}

/// Looks whenever one is due, until the search is over. Returns when.
fn until_over<At: Moment + PartialEq>(
    begun: At,
    look: &Look<usize, &'static str>,
) -> (Vec<At>, Verdict<usize>) {
    let (mut looks, mut at) = (Looks::begin(begun), Vec::new());
    loop {
        let now = looks.next;
        at.push(now);
        looks = looks.after(look.is_complete(), Duration::ZERO, now);
        let verdict = looks.verdict(look.clone(), now);
        if verdict != Verdict::Open || at.len() == 50 {
            return (at, verdict);
        }
    }
}

#[test]
fn only_three_complete_looks_over_two_minutes_prove_an_absence() {
    let (at, verdict) = until_over(seconds(100), &look(0, 0, false));
    assert_eq!(at, [seconds(105), seconds(166), seconds(227)]);
    assert_eq!(verdict, Verdict::Absent);
    // By the wall clock too, where the search is stored.
    let (at, verdict) = until_over(100_000_i64, &look(0, 0, false));
    assert_eq!(at, [105_000, 166_000, 227_000]);
    assert_eq!(verdict, Verdict::Absent);
}

#[test]
fn many_looks_in_a_short_time_prove_nothing() {
    let mut looks = Looks::begin(seconds(0));
    for second in 0..120 {
        looks = looks.at_once(seconds(second));
        assert_eq!(looks.next, seconds(second));
        looks = looks.after(true, Duration::ZERO, seconds(second));
        let verdict = looks.verdict(look(0, 0, false), seconds(second));
        assert_eq!(verdict, Verdict::Open, "{second}");
    }
    let verdict = looks.verdict(look(0, 0, false), seconds(120));
    assert_eq!(verdict, Verdict::Absent);
}

#[test]
fn a_look_that_was_cut_short_counts_for_nothing_and_is_soon_repeated() {
    let (at, verdict) = until_over(seconds(0), &look(0, 0, true));
    assert_eq!((at.len(), verdict), (50, Verdict::Open));
    assert_eq!(at[1] - at[0], seconds(30));
    let mut looks = Looks::begin(seconds(0)).after(false, Duration::ZERO, seconds(5));
    assert_eq!(looks.complete(), 0);
    looks = looks.after(true, Duration::ZERO, seconds(35));
    assert_eq!((looks.complete(), looks.next), (1, seconds(96)));
    assert!(!looks.is_conclusive(seconds(1_000_000)));
}

#[test]
fn what_is_seen_is_there_however_little_was_read() {
    for (unread, cut_short) in [(0, false), (2, false), (0, true), (2, true)] {
        let (at, verdict) = until_over(seconds(0), &look(1, unread, cut_short));
        assert_eq!((at.len(), verdict), (1, Verdict::Found(1)));
    }
}

#[test]
fn what_stays_unreadable_leaves_the_search_undecided() {
    let (at, verdict) = until_over(seconds(0), &look(0, 1, false));
    assert_eq!((at.len(), verdict), (3, Verdict::Undecided));
    assert_eq!(look(0, 1, true), Look::Incomplete("no connection"));
}

#[test]
fn a_pause_that_is_asked_for_is_kept_and_never_shortens_the_usual_one() {
    let looks = Looks::begin(0_i64);
    assert_eq!(looks.after(true, seconds(600), 5_000).next, 605_000);
    assert_eq!(looks.after(false, seconds(600), 5_000).next, 605_000);
    assert_eq!(looks.after(true, seconds(1), 5_000).next, 66_000);
    assert_eq!(looks.after(false, seconds(1), 5_000).next, 35_000);
}

#[test]
fn a_last_look_comes_a_minute_later_and_proves_nothing_alone() {
    let looks = Looks::once_more(1_000_i64);
    assert_eq!((looks.next, looks.complete()), (62_000, 3));
    let looks = looks.after(true, Duration::ZERO, looks.next);
    assert_eq!(looks.verdict(look(0, 0, false), 62_000), Verdict::Open);
}

#[test]
fn a_clock_that_is_set_moves_the_looks_with_it() {
    let looks = Looks::begin(0_i64).after(true, Duration::ZERO, 5_000);
    let later = looks.shifted(10_000, i64::MAX, 15_000);
    assert_eq!((later.first, later.next), (Some(15_000), 76_000));
    let bounded = looks.shifted(10_000, 70_000, 14_000);
    assert_eq!((bounded.first, bounded.next), (Some(14_000), 70_000));
    assert!(!looks.is_ahead(66_000, 5_000));
    assert!(looks.is_ahead(65_999, 5_000));
    assert!(looks.is_ahead(66_000, 4_999));
    assert_eq!(looks.not_before(1).next, 66_000);
    assert_eq!(looks.not_before(99_000).next, 99_000);
}

#[test]
fn a_stored_search_reads_as_earlier_versions_wrote_it() {
    let stored = r#"{"looks":1,"firstMs":5000,"nextMs":66000}"#;
    let looks: Looks<i64> = serde_json::from_str(stored).unwrap();
    let begun = Looks::begin(0_i64).after(true, Duration::ZERO, 5_000);
    assert_eq!(looks, begun);
    assert_eq!(serde_json::to_string(&begun).unwrap(), stored);
}

#[test]
fn a_moment_that_is_earlier_lies_no_time_back() {
    assert_eq!(5_000_i64.since(7_000), Duration::ZERO);
    assert_eq!(7_000_i64.since(5_000), seconds(2));
    assert_eq!(seconds(5).since(seconds(7)), Duration::ZERO);
    assert_eq!(i64::MAX.after(seconds(1)), i64::MAX);
}

proptest! {
    #[test]
    fn whatever_the_looks_absent_means_three_over_two_minutes(
        seen in prop::collection::vec((any::<bool>(), any::<bool>(), 0_u64..200), 0..40),
    ) {
        let (mut looks, mut now) = (Looks::begin(seconds(0)), seconds(0));
        let mut complete = Vec::new();
        for (cut_short, unread, wait) in seen {
            now += seconds(wait);
            let look = look(0, usize::from(unread), cut_short);
            looks = looks.after(look.is_complete(), Duration::ZERO, now);
            complete.extend(look.is_complete().then_some(now));
            if looks.verdict(look, now) == Verdict::Absent {
                prop_assert!(!cut_short && !unread);
                prop_assert!(complete.len() >= 3);
                prop_assert!(now - complete[0] >= seconds(120));
            }
        }
    }
}
