//! How long a person's data is stored. Pure.
//!
//! Three things end it: the person's own setting, a deletion in Lever, and an anonymisation there.
//! Lever lists its deletions; an anonymised candidacy is seen when it is read.

use std::time::Duration;

/// How long copies of the ledger and damaged ones are kept, in ms.
pub const COPIES_KEPT_MS: i64 = 30 * 24 * 3_600_000;
/// How often Lever's list of deleted candidacies is read, and how long after a start the first
/// time.
pub const DELETIONS_EVERY: Duration = Duration::from_secs(6 * 3600);
pub const DELETIONS_AFTER_START: Duration = Duration::from_secs(3600);
/// How often expired data is searched for.
pub const RETENTION_EVERY: Duration = Duration::from_secs(24 * 3600);
/// How far two reads of the deletions overlap: clocks differ, and lists lag.
const OVERLAP_MS: i64 = DAY_MS;
/// No reading goes back further, however long Padwatch was off or the clock was wrong.
const LONGEST_MS: i64 = 5 * 365 * DAY_MS;
/// How far back the first reading of the list goes.
const FIRST_TIME_MS: i64 = 30 * DAY_MS;
/// Candidates who are no longer in the polls are read again after so long.
const PERSON_MS: i64 = 7 * DAY_MS;
const DAY_MS: i64 = 24 * 3_600_000;

/// Since when deletions are asked for, in ms since the epoch.
#[must_use]
pub fn deletions_since(read_ms: Option<i64>, now_ms: i64) -> i64 {
    match read_ms {
        Some(read_ms) => read_ms
            .min(now_ms)
            .saturating_sub(OVERLAP_MS)
            .max(now_ms.saturating_sub(LONGEST_MS)),
        None => now_ms.saturating_sub(FIRST_TIME_MS),
    }
}

/// Candidates last known to be there before this time, in ms since the epoch, are read again.
#[must_use]
pub fn persons_before(now_ms: i64) -> i64 {
    now_ms.saturating_sub(PERSON_MS)
}

/// What was over before this, in ms since the epoch, is removed. `None`: nothing ever is.
#[must_use]
pub fn retention_before(days: u32, now_ms: i64) -> Option<i64> {
    (days > 0).then(|| now_ms.saturating_sub(i64::from(days).saturating_mul(DAY_MS)))
}

/// Returns true if an interview that ended then is still in the tray.
#[must_use]
pub fn is_in_tray(ended_ms: i64, days: u32, now_ms: i64) -> bool {
    now_ms.saturating_sub(ended_ms) <= i64::from(days).saturating_mul(DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_772_532_000_000;

    #[test]
    fn every_deletion_lies_in_some_reading() {
        assert_eq!(deletions_since(None, NOW), NOW - 30 * DAY_MS);
        assert_eq!(deletions_since(Some(NOW - 5), NOW), NOW - 5 - DAY_MS);
        assert_eq!(deletions_since(Some(0), NOW), NOW - LONGEST_MS);
        assert_eq!(
            deletions_since(Some(NOW + 9 * DAY_MS), NOW),
            NOW - DAY_MS,
            "the clock was set back"
        );
    }

    #[test]
    fn data_is_kept_for_the_days_that_are_set_or_for_ever() {
        assert_eq!(retention_before(1, NOW), Some(NOW - DAY_MS));
        assert_eq!(retention_before(0, NOW), None);
        assert!(retention_before(u32::MAX, NOW).is_some());
    }

    #[test]
    fn a_finished_interview_leaves_the_tray_after_its_days() {
        assert!(is_in_tray(NOW - 14 * DAY_MS, 14, NOW));
        assert!(!is_in_tray(NOW - 14 * DAY_MS - 1, 14, NOW));
    }

    #[test]
    fn the_periods_are_those_that_the_security_page_promises() {
        const HOUR_MS: i64 = 60 * 60 * 1_000;
        assert_eq!(COPIES_KEPT_MS, 720 * HOUR_MS, "30 days");
        assert_eq!(persons_before(NOW), NOW - 168 * HOUR_MS, "7 days");
        assert_eq!(retention_before(2, NOW), Some(NOW - 48 * HOUR_MS));
        let seconds = [DELETIONS_EVERY, DELETIONS_AFTER_START, RETENTION_EVERY];
        assert_eq!(
            seconds.map(|every| every.as_secs()),
            [21_600, 3_600, 86_400]
        );
    }

    #[test]
    fn copies_stay_a_month_and_people_are_checked_every_week() {
        assert_eq!(COPIES_KEPT_MS, 2_592_000_000);
        assert_eq!(LONGEST_MS, 157_680_000_000);
        assert_eq!(FIRST_TIME_MS, 2_592_000_000);
        assert_eq!(PERSON_MS, 604_800_000);
        assert_eq!(DELETIONS_EVERY, Duration::from_secs(21_600));
        assert_eq!(RETENTION_EVERY, Duration::from_secs(86_400));
    }
}
