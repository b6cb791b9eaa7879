//! When to look at the pads, and what to ask one by one in between. Pure.
//!
//! A look is one request for fifty pads. What needs a request for each (is a pad that nothing
//! happens in still there, when is its interview) is a probe; probes go one by one with a long
//! pause, so that 500 open pads cost less than a request a minute.

use std::collections::HashSet;
use std::time::Duration;

use coderpad::PadId;
use lever::OpportunityId;

use super::closed::CONFIRM_MS;
use super::{OpenPad, Progress};
use crate::thing::Thing;

/// Poll interval while an interview should be going on.
const NEAR: Duration = Duration::from_secs(30);
/// Poll interval while a pad is in use at another time than planned.
const LIVE: Duration = Duration::from_secs(60);
/// Poll interval otherwise.
const REST: Duration = Duration::from_secs(300);
/// Pause between two probes: ordinary ones, and those that the user waits for.
pub const BETWEEN_PROBES: Duration = Duration::from_secs(90);
pub const BETWEEN_URGENT_PROBES: Duration = Duration::from_secs(2);

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// An interview counts as near from so long before its start.
const BEFORE_MS: i64 = 5 * MINUTE_MS;
/// … until so long after its planned end.
const AFTER_MS: i64 = 60 * MINUTE_MS;
/// A pad counts as in use as long as something happened within this time.
const LIVELY_MS: i64 = 2 * HOUR_MS;
/// A pad that CoderPad has not shown for so long is read by its id.
const UNSHOWN_MS: i64 = DAY_MS;
/// A new pad's interview is asked for after so long: it may be planned already, but the link itself
/// changes the profile just after the pad was made.
const FIRST_PLAN_MS: i64 = MINUTE_MS;
/// … and after so long, if there was none yet: it is most often planned with the link at hand.
const SECOND_PLAN_MS: i64 = 10 * MINUTE_MS;
/// How often the plan is asked for while the pad is young, and later.
const PLAN_MS: i64 = 6 * HOUR_MS;
const OLD_PLAN_MS: i64 = DAY_MS;
const YOUNG_MS: i64 = 14 * DAY_MS;
/// Lists show values that are up to a minute old; clocks differ.
const LAG_MS: i64 = 3 * MINUTE_MS;

/// One thing to ask about one pad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probe {
    /// Ask Lever when the interview is.
    Plan(OpportunityId),
    /// Read the pad by its id.
    Pad(OpportunityId, PadId),
}

/// Pads that the user waits for.
#[derive(Debug, Default)]
pub struct Urgent {
    /// Whose interview may have been planned, moved or called off.
    pub plans: HashSet<OpportunityId>,
    /// Whose end could not be settled at the last try.
    pub pads: HashSet<OpportunityId>,
}

/// The time between two looks. `None`: there is nothing to look at.
#[must_use]
pub fn between_looks(pads: &[OpenPad], now_ms: i64) -> Option<Duration> {
    if pads.is_empty() {
        return None;
    }
    if pads.iter().any(|pad| is_near(pad, now_ms)) {
        return Some(NEAR);
    }
    if pads.iter().any(|pad| is_lively(pad, now_ms)) {
        return Some(LIVE);
    }
    Some(REST)
}

/// How far back a look reads: everything written to since the last one, whose server time this is
/// in ms since the epoch. Without one, since the oldest open pad.
#[must_use]
pub fn horizon(pads: &[OpenPad], looked_ms: Option<i64>, now_ms: i64) -> i64 {
    let oldest = pads.iter().map(|pad| pad.since_ms).min();
    let since = looked_ms.or(oldest).unwrap_or(now_ms);
    since.saturating_sub(LAG_MS)
}

/// The next probe: one that the user waits for, or the longest due. `true`:
/// the user waits for it.
#[must_use]
pub fn probe(
    pads: &[OpenPad],
    urgent: &Urgent,
    asks_plans: bool,
    is_due: impl Fn(&Thing) -> bool,
    now_ms: i64,
) -> Option<(Probe, bool)> {
    let waited_for = pads.iter().find_map(|pad| {
        let id = &pad.opportunity;
        if urgent.pads.contains(id) && is_due(&pad_thing(pad)) {
            return Some(Probe::Pad(id.clone(), pad.pad.clone()));
        }
        let is_wanted = asks_plans && urgent.plans.contains(id) && is_due(&plan_thing(pad));
        // What changed just after a pad was made was most likely its link.
        let is_new = pad.known.asked_ms.is_none() && plan_due_ms(pad, now_ms) > now_ms;
        (is_wanted && !is_new).then(|| Probe::Plan(id.clone()))
    });
    if let Some(probe) = waited_for {
        return Some((probe, true));
    }
    let due = pads.iter().flat_map(|pad| {
        let plan = Probe::Plan(pad.opportunity.clone());
        let read = Probe::Pad(pad.opportunity.clone(), pad.pad.clone());
        let asks_plan = asks_plans && is_due(&plan_thing(pad));
        let plan = asks_plan.then(|| (plan_due_ms(pad, now_ms), plan));
        let read = is_due(&pad_thing(pad)).then(|| (read_due_ms(pad), read));
        [plan, read].into_iter().flatten()
    });
    let due = due.filter(|(due_ms, _)| *due_ms <= now_ms);
    due.min_by_key(|(due_ms, _)| *due_ms)
        .map(|(_, probe)| (probe, false))
}

fn pad_thing(pad: &OpenPad) -> Thing {
    Thing::Pad(pad.opportunity.clone(), pad.pad.clone())
}

fn plan_thing(pad: &OpenPad) -> Thing {
    Thing::Interviews(pad.opportunity.clone())
}

fn plan_due_ms(pad: &OpenPad, now_ms: i64) -> i64 {
    let Some(asked_ms) = pad.known.asked_ms else {
        return pad.since_ms.saturating_add(FIRST_PLAN_MS);
    };
    let second_ms = pad.since_ms.saturating_add(SECOND_PLAN_MS);
    if pad.known.plan.is_none() && asked_ms < second_ms {
        return second_ms;
    }
    let is_young = now_ms.saturating_sub(pad.since_ms) < YOUNG_MS;
    let is_ahead = pad.known.plan.is_some_and(|plan| plan.ends_ms > now_ms);
    let every = if is_young || is_ahead {
        PLAN_MS
    } else {
        OLD_PLAN_MS
    };
    asked_ms.saturating_add(every)
}

fn read_due_ms(pad: &OpenPad) -> i64 {
    if let Some(missing_ms) = pad.known.missing_ms {
        return missing_ms.saturating_add(CONFIRM_MS);
    }
    let shown_ms = pad.known.seen_ms.unwrap_or(pad.since_ms);
    shown_ms.saturating_add(UNSHOWN_MS)
}

fn is_near(pad: &OpenPad, now_ms: i64) -> bool {
    pad.known.progress != Progress::Hidden
        && pad.known.plan.is_some_and(|plan| {
            let from = plan.starts_ms.saturating_sub(BEFORE_MS);
            (from..plan.ends_ms.saturating_add(AFTER_MS)).contains(&now_ms)
        })
}

fn is_lively(pad: &OpenPad, now_ms: i64) -> bool {
    pad.known.progress == Progress::UnderWay
        && pad
            .known
            .active_ms
            .is_some_and(|active_ms| now_ms.saturating_sub(active_ms) < LIVELY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::Plan;
    use crate::tracking::Known;

    const NOW: i64 = 1_772_532_000_000;

    fn pad(name: &str, known: Known) -> OpenPad {
        OpenPad {
            opportunity: OpportunityId::new(name),
            pad: PadId::parse(&format!("PAD{name}")).unwrap(),
            since_ms: NOW - DAY_MS,
            is_sent: true,
            known,
        }
    }

    fn planned(starts_ms: i64) -> Known {
        Known {
            progress: Progress::Pending,
            seen_ms: Some(NOW),
            asked_ms: Some(NOW),
            plan: Some(Plan {
                starts_ms,
                ends_ms: starts_ms + HOUR_MS,
            }),
            ..Known::default()
        }
    }

    #[test]
    fn looks_are_frequent_around_an_interview_and_rare_otherwise() {
        let every = |known| between_looks(&[pad("a", planned(NOW + DAY_MS)), pad("b", known)], NOW);
        assert_eq!(every(planned(NOW + 2 * DAY_MS)), Some(REST));
        assert_eq!(every(planned(NOW + BEFORE_MS)), Some(NEAR));
        assert_eq!(every(planned(NOW - HOUR_MS)), Some(NEAR), "just over");
        assert_eq!(every(planned(NOW - 3 * HOUR_MS)), Some(REST));
        let at_work = Known {
            progress: Progress::UnderWay,
            active_ms: Some(NOW - MINUTE_MS),
            ..Known::default()
        };
        assert_eq!(every(at_work), Some(LIVE));
        let left_open = Known {
            active_ms: Some(NOW - DAY_MS),
            ..at_work
        };
        assert_eq!(every(left_open), Some(REST));
        assert_eq!(between_looks(&[], NOW), None);
    }

    #[test]
    fn a_look_reads_back_to_the_last_one_or_to_the_oldest_pad() {
        let pads = [pad("a", Known::default())];
        assert_eq!(horizon(&pads, Some(NOW - 5), NOW), NOW - 5 - LAG_MS);
        assert_eq!(horizon(&pads, None, NOW), NOW - DAY_MS - LAG_MS);
    }

    #[test]
    fn awaited_probes_come_first_and_then_the_longest_due() {
        let fresh = planned(NOW + DAY_MS);
        let old = Known {
            asked_ms: Some(NOW - 7 * HOUR_MS),
            ..fresh
        };
        let older = Known {
            seen_ms: Some(NOW - 3 * DAY_MS),
            ..fresh
        };
        let pads = [pad("a", fresh), pad("b", old), pad("c", older)];
        let id = OpportunityId::new;
        let mut urgent = Urgent::default();
        let read_c = Probe::Pad(id("c"), PadId::parse("PADc").unwrap());
        let next = |urgent: &Urgent| probe(&pads, urgent, true, |_| true, NOW);
        assert_eq!(next(&urgent), Some((read_c.clone(), false)));
        urgent.plans.insert(id("a"));
        assert_eq!(next(&urgent), Some((Probe::Plan(id("a")), true)));
        let without_plans = probe(&pads, &urgent, false, |_| true, NOW);
        assert_eq!(without_plans, Some((read_c, false)));
        let rested = probe(&pads[..1], &Urgent::default(), true, |_| true, NOW);
        assert_eq!(rested, None);
        // What keeps failing blocks no one else.
        let is_due = |thing: &Thing| *thing != Thing::Interviews(id("a"));
        let around_it = probe(&pads, &urgent, true, is_due, NOW);
        assert_eq!(
            around_it.map(|(probe, _)| probe),
            next(&Urgent::default()).map(|(probe, _)| probe)
        );
    }

    #[test]
    fn five_hundred_pads_at_rest_cost_less_than_a_request_a_minute() {
        let looks = 60.0 / REST.as_secs_f64();
        let probes = 60.0 / BETWEEN_PROBES.as_secs_f64();
        assert!(looks + probes < 1.0, "{looks} + {probes}");
    }

    #[test]
    fn a_new_pads_interview_is_not_asked_for_at_once() {
        let mut new = pad("a", Known::default());
        new.since_ms = NOW;
        new.known.seen_ms = Some(NOW);
        let mut urgent = Urgent::default();
        urgent.plans.insert(new.opportunity.clone());
        let at = |ms| probe(std::slice::from_ref(&new), &urgent, true, |_| true, ms);
        assert_eq!(at(NOW + FIRST_PLAN_MS - 1), None);
        assert!(at(NOW + FIRST_PLAN_MS).is_some());
    }

    #[test]
    fn a_plan_is_asked_for_after_one_and_ten_minutes_unless_it_is_known() {
        let asked = |known: Known, minutes: i64| {
            let since_ms = NOW - minutes * MINUTE_MS;
            let known = Known {
                seen_ms: Some(NOW),
                asked_ms: known.asked_ms.map(|after_ms| since_ms + after_ms),
                ..known
            };
            is_asked(known, since_ms).is_some()
        };
        let never = Known::default();
        let once = Known {
            asked_ms: Some(MINUTE_MS),
            ..never
        };
        let twice = Known {
            asked_ms: Some(SECOND_PLAN_MS),
            ..never
        };
        assert!(!asked(never, 0) && asked(never, 1));
        assert!(!asked(once, 9) && asked(once, 10));
        assert!(!asked(twice, 11));
        let plan = planned(NOW + DAY_MS).plan;
        assert!(!asked(Known { plan, ..once }, 10), "it is known");
    }

    #[test]
    fn an_interview_is_near_from_five_minutes_before_to_an_hour_after() {
        let every = |starts_ms| between_looks(&[pad("a", planned(starts_ms))], NOW);
        let minutes = |minutes: i64| NOW + minutes * 60_000;
        assert_eq!(every(minutes(5) + 1), Some(REST));
        assert_eq!(every(minutes(5)), Some(NEAR));
        assert_eq!(every(minutes(-120) + 1), Some(NEAR), "it lasted an hour");
        assert_eq!(every(minutes(-120)), Some(REST));
        let hidden = Known {
            progress: Progress::Hidden,
            ..planned(NOW)
        };
        assert_eq!(between_looks(&[pad("a", hidden)], NOW), Some(REST));
    }

    #[test]
    fn a_pad_is_in_use_for_two_hours_after_the_last_change() {
        let every = |ago_ms, progress| {
            let known = Known {
                progress,
                active_ms: Some(NOW - ago_ms),
                ..Known::default()
            };
            between_looks(&[pad("a", known)], NOW)
        };
        assert_eq!(every(7_200_000 - 1, Progress::UnderWay), Some(LIVE));
        assert_eq!(every(7_200_000, Progress::UnderWay), Some(REST));
        assert_eq!(every(1, Progress::Pending), Some(REST));
    }

    #[test]
    fn a_look_without_pads_reads_the_last_three_minutes() {
        assert_eq!(horizon(&[], None, NOW), NOW - 180_000);
    }

    /// Whether something is asked about this pad by now, without anyone waiting for it.
    fn is_asked(known: Known, since_ms: i64) -> Option<Probe> {
        let mut one = pad("a", known);
        one.since_ms = since_ms;
        let probe = probe(&[one], &Urgent::default(), true, |_| true, NOW)?;
        assert!(!probe.1, "nobody waits for it");
        Some(probe.0)
    }

    #[test]
    fn a_plan_is_asked_for_every_six_hours_and_later_daily() {
        let asked = |ago_ms, plan, since_ms| {
            let known = Known {
                seen_ms: Some(NOW),
                asked_ms: Some(NOW - ago_ms),
                plan,
                ..Known::default()
            };
            is_asked(known, since_ms).is_some()
        };
        let (young, old) = (NOW - 14 * DAY_MS + 1, NOW - 14 * DAY_MS);
        assert!(!asked(6 * HOUR_MS - 1, None, young));
        assert!(asked(6 * HOUR_MS, None, young));
        assert!(!asked(24 * HOUR_MS - 1, None, old));
        assert!(asked(24 * HOUR_MS, None, old));
        let ahead = planned(NOW - HOUR_MS + 1).plan;
        assert!(asked(6 * HOUR_MS, ahead, old), "it is still to come");
        assert!(!asked(6 * HOUR_MS, planned(NOW - HOUR_MS).plan, old));
    }

    #[test]
    fn a_pad_is_read_after_a_day_unseen_and_a_minute_after_it_was_missing() {
        let read = |seen_ago_ms, missing_ago_ms: Option<i64>| {
            let known = Known {
                asked_ms: Some(NOW),
                seen_ms: Some(NOW - seen_ago_ms),
                missing_ms: missing_ago_ms.map(|ago_ms| NOW - ago_ms),
                ..Known::default()
            };
            is_asked(known, NOW - DAY_MS)
        };
        assert_eq!(read(DAY_MS - 1, None), None);
        assert!(matches!(read(DAY_MS, None), Some(Probe::Pad(..))));
        assert_eq!(read(DAY_MS, Some(59_999)), None);
        assert!(matches!(read(0, Some(60_000)), Some(Probe::Pad(..))));
    }

    #[test]
    fn a_pad_whose_end_is_unsettled_is_read_at_once_unless_it_waits() {
        let pads = [pad("a", planned(NOW + DAY_MS))];
        let mut urgent = Urgent::default();
        urgent.pads.insert(pads[0].opportunity.clone());
        let read = Probe::Pad(pads[0].opportunity.clone(), pads[0].pad.clone());
        assert_eq!(
            probe(&pads, &urgent, true, |_| true, NOW),
            Some((read, true))
        );
        assert_eq!(probe(&pads, &urgent, true, |_| false, NOW), None);
    }

    #[test]
    fn an_awaited_plan_that_keeps_failing_waits_like_any_other() {
        let pads = [pad("a", planned(NOW + DAY_MS))];
        let mut urgent = Urgent::default();
        urgent.plans.insert(pads[0].opportunity.clone());
        assert!(probe(&pads, &urgent, true, |_| true, NOW).is_some());
        assert_eq!(probe(&pads, &urgent, true, |_| false, NOW), None);
        assert_eq!(probe(&pads, &Urgent::default(), true, |_| true, NOW), None);
        // Neither is one that is overdue asked for before its time, or where plans aren't asked for.
        let mut overdue = planned(NOW + DAY_MS);
        overdue.asked_ms = Some(NOW - DAY_MS);
        let pads = [pad("a", overdue)];
        let next = |asks_plans, is_due: bool| {
            probe(&pads, &Urgent::default(), asks_plans, |_| is_due, NOW)
        };
        assert!(next(true, true).is_some());
        assert_eq!((next(true, false), next(false, true)), (None, None));
    }

    #[test]
    fn pads_are_read_at_the_pace_of_their_interviews() {
        assert_eq!(BEFORE_MS, 300_000);
        assert_eq!(AFTER_MS, 3_600_000);
        assert_eq!(LIVELY_MS, 7_200_000);
        assert_eq!((FIRST_PLAN_MS, SECOND_PLAN_MS), (60_000, 600_000));
        assert_eq!(PLAN_MS, 21_600_000);
        assert_eq!(YOUNG_MS, 1_209_600_000);
        assert_eq!(LAG_MS, 180_000);
    }
}
