//! What is still true of an announcement when it is shown. It may have waited for the end of quiet
//! hours, for a notification service, or for the next start. Pure.

use crate::announcement::{Announcement, News};
use crate::candidacy::Candidacy;
use crate::interview::attendance::{self, Missing};
use crate::interview::known::Known;
use crate::interview::readiness::{self, Findings};
use crate::lifecycle::{Ending, Hold, LedgerPad, Lifecycle};
use crate::note::NoteState;
use crate::problem::ProblemCode;
use crate::quota_forecast::QuotaForecast;
use coderpad::PadId;

/// Pads left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaLeft {
    /// How many; `None`: no limit is known.
    pub remaining: Option<u32>,
    /// Whether further pads cost extra instead of being refused.
    pub overages: bool,
    /// Whether it is time to say something.
    pub low: bool,
    /// What will be needed, if that is more than there is.
    pub short: Option<QuotaForecast>,
}

/// What is known now.
#[derive(Debug, Default)]
pub struct Facts {
    /// The time, in ms since the epoch.
    pub now_ms: i64,
    /// The candidate it is about, unless the ledger no longer knows them.
    pub row: Option<Candidacy>,
    /// The candidate's pad link, as CoderPad writes it.
    pub link: Option<String>,
    /// What is known of the candidate's interview.
    pub known: Known,
    /// The extra pads of the candidate that are still there.
    pub extra: Vec<PadId>,
    /// How the note about the interview stands.
    pub note: Option<NoteState>,
    /// How many candidates of a bulk move wait for a decision.
    pub surge: u32,
    /// What hinders the work.
    pub hindered_by: Vec<ProblemCode>,
    /// Whether nothing is created before the person says so.
    pub is_off: bool,
    /// The pads left in the plan, if known.
    pub quota: Option<QuotaLeft>,
}

/// The announcement as it is to be shown now; `None`: it is no longer true.
#[must_use]
pub fn current(mut announcement: Announcement, facts: &Facts) -> Option<Announcement> {
    if announcement.news.who().is_some() && !is_true_of_row(&announcement.news, facts) {
        return None;
    }
    if let (
        News::PadReady { link, .. } | News::Reminder { link, .. } | News::NotSentYet { link, .. },
        Some(own),
    ) = (&mut announcement.news, &facts.link)
    {
        // An older version wrote what stood on the profile.
        link.clone_from(own);
    }
    match &mut announcement.news {
        News::NotReady { findings, .. } => {
            *findings = wrong_now(facts);
            announcement.at_ms = facts.now_ms;
        }
        News::Late { missing, .. } => *missing = missing_now(facts).unwrap_or(*missing),
        News::Reminder { .. } | News::NotSentYet { .. } => {
            // How soon the interview begins is counted from here.
            announcement.at_ms = facts.now_ms;
        }
        News::Surge { count } => {
            *count = facts.surge;
            if facts.surge == 0 {
                return None;
            }
        }
        News::QuotaLow {
            remaining,
            overages,
        } => {
            if let Some(quota) = &facts.quota {
                if !quota.low {
                    return None;
                }
                *remaining = quota.remaining.unwrap_or(*remaining);
                *overages = Some(quota.overages);
            }
        }
        News::PlanShort {
            remaining,
            needed,
            overages,
        } => {
            if let Some(quota) = &facts.quota {
                *needed = quota.short?.needed;
                *remaining = quota.remaining.unwrap_or(*remaining);
                *overages = quota.overages;
            }
        }
        News::Hindered { problem } if !facts.hindered_by.contains(&problem.code()) => return None,
        News::Recovered { .. } if !facts.hindered_by.is_empty() => return None,
        News::LedgerRebuilt { .. } if !facts.is_off => return None,
        _ => {}
    }
    Some(announcement)
}

/// Returns true if what is announced of a candidate is still so.
fn is_true_of_row(news: &News, facts: &Facts) -> bool {
    let Some(row) = &facts.row else {
        return false; // Who was removed is not named any longer.
    };
    match news {
        News::PadReady { pad, .. } => {
            open_pad(row).is_some_and(|open| open.id == *pad) && !row.is_in_hand()
        }
        News::Uncertain { .. } => matches!(row.life, Lifecycle::Uncertain { .. }),
        News::Asks { .. } => is_undecided(row),
        News::NoLink { .. } => matches!(row.life, Lifecycle::Held { hold: Hold::NoLink }),
        News::Duplicate { extra, .. } => facts.extra.contains(extra),
        News::LinkRefused { .. } => {
            matches!(&row.life, Lifecycle::Created { linking, .. } if linking.is_off_profile())
        }
        News::Finished { pad, .. } => {
            matches!(&row.life, Lifecycle::Finished { pad: ended, .. } if ended.id == *pad)
        }
        News::Reminder { starts_ms, .. } => is_to_come(*starts_ms, row, facts),
        News::NotSentYet { starts_ms, .. } => {
            is_to_come(*starts_ms, row, facts) && !row.is_in_hand()
        }
        News::NotReady { starts_ms, .. } => {
            is_to_come(*starts_ms, row, facts) && !wrong_now(facts).is_empty()
        }
        News::Late { starts_ms, .. } => {
            let is_planned = facts
                .known
                .plan
                .is_some_and(|plan| plan.starts_ms == *starts_ms);
            is_planned && open_pad(row).is_some() && missing_now(facts).is_some()
        }
        News::NoteRefused { .. } => facts.note != Some(NoteState::Added),
        News::NoteAdded { .. }
        | News::Surge { .. }
        | News::Hindered { .. }
        | News::Recovered { .. }
        | News::QuotaLow { .. }
        | News::PlanShort { .. }
        | News::LedgerRebuilt { .. } => true,
    }
}

fn open_pad(row: &Candidacy) -> Option<&LedgerPad> {
    match &row.life {
        Lifecycle::Created { pad, .. } | Lifecycle::Linked { pad } => Some(pad),
        _ => None,
    }
}

/// Returns true if the interview is planned for that very time, and hasn't begun.
fn is_to_come(starts_ms: i64, row: &Candidacy, facts: &Facts) -> bool {
    let is_planned = facts
        .known
        .plan
        .is_some_and(|plan| plan.starts_ms == starts_ms);
    is_planned && starts_ms > facts.now_ms && open_pad(row).is_some()
}

/// What is wrong before the interview by now: the link may have been copied meanwhile.
fn wrong_now(facts: &Facts) -> Findings {
    let checked = facts
        .known
        .plan
        .and_then(|plan| readiness::of_this_start(plan, facts.known.checked));
    let is_copied = facts.row.as_ref().is_some_and(Candidacy::is_in_hand);
    checked.map_or_else(Findings::default, |checked| {
        let invitation = facts.known.invitation(is_copied);
        checked.findings_now(invitation).wrong()
    })
}

/// Who is late by now, however many minutes count as late.
fn missing_now(facts: &Facts) -> Option<Missing> {
    let plan = facts.known.plan?;
    attendance::late(plan, facts.known.attended, 0, facts.now_ms)
}

/// Returns true if no one has answered the question about a candidate yet.
fn is_undecided(row: &Candidacy) -> bool {
    match &row.life {
        Lifecycle::Held { .. }
        | Lifecycle::Refused { .. }
        | Lifecycle::Deleted { asks: true, .. } => !row.is_out(),
        Lifecycle::Uncertain { .. } | Lifecycle::Unreadable => true,
        Lifecycle::Finished { ending, .. } => *ending == Ending::BeforeInterview,
        Lifecycle::Eligible { .. }
        | Lifecycle::Skipped
        | Lifecycle::Deleted { .. }
        | Lifecycle::Intent { .. }
        | Lifecycle::Created { .. }
        | Lifecycle::Linked { .. } => false,
    }
}

#[cfg(test)]
#[path = "delivery_tests.rs"]
mod tests;
