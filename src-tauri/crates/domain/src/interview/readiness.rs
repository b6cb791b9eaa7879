//! The quiet check shortly before an interview: what of it is not as it should be. Pure.
//!
//! Only what the services say counts. What they don't say is unknown, and never wrong.

use coderpad::Pad;
use lever::{Invited, OpportunityId, Panel};
use serde::{Deserialize, Serialize};

use super::Plan;
use super::invited::Invitation;
pub use crate::findings::{Finding, Findings};
use crate::marker::Marker;
use crate::settings::PadChoice;

/// The last check before one start of an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Checked {
    /// For which start, in ms since the epoch: one that was moved is checked again.
    pub for_ms: i64,
    /// When, in ms since the epoch.
    pub at_ms: i64,
    pub findings: Findings,
    /// Whether something that was off was announced.
    pub told: bool,
}

/// How the check before an interview stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// All is well, as far as anything is known. What isn't known is among the findings.
    Ready(Findings),
    /// Something is off.
    NotReady(Findings),
    /// It was due, and could not be done so far.
    NotChecked,
}

/// How long after something was found to be off it is checked again, in ms.
const AGAIN_MS: i64 = 3 * 60_000;
/// How long after it is due a check is said to be missing, in ms.
const LATE_MS: i64 = 60_000;
const MINUTE_MS: i64 = 60_000;

impl Checked {
    /// What it found, with what is known by now of the invitation.
    #[must_use]
    pub fn findings_now(&self, invitation: Invitation) -> Findings {
        match invitation {
            Invitation::Current => self.findings,
            Invitation::OldTime => self.findings.with(Finding::OldTime),
            Invitation::NotCopied => self.findings.with(Finding::LinkNotCopied),
        }
    }
}

/// What is wrong with a pad, by the choice for its job. A choice that was left to the account's
/// default is nothing to compare with; a question brings its own language.
#[must_use]
pub fn of_pad(pad: &Pad, choice: &PadChoice, own: &OpportunityId) -> Findings {
    let markers = Marker::all_in(pad.notes.as_deref().unwrap_or_default());
    let is_of_another =
        !markers.is_empty() && markers.iter().all(|marker| marker.opportunity != *own);
    let traits = &pad.traits;
    let is_other_text = |wanted: Option<&str>, is: Option<&str>| match (wanted, is) {
        (Some(wanted), Some(is)) => !wanted.trim().eq_ignore_ascii_case(is.trim()),
        _ => false,
    };
    let language = choice.language.as_deref();
    let language = language.filter(|_| choice.question.is_none());
    let is_other_question = choice.question.is_some_and(|wanted| {
        // An empty list doesn't say that the pad has no question: see contracts/coderpad.md, 2.3.
        !traits.questions.is_empty() && !traits.questions.contains(&wanted)
    });
    let is_other_room = choice
        .waiting_room
        .zip(traits.waiting_room)
        .is_some_and(|(wanted, is)| wanted != is);
    let found = [
        (is_of_another, Finding::PadOfAnother),
        (is_other_question, Finding::Question),
        (
            is_other_text(language, traits.language.as_deref()),
            Finding::Language,
        ),
        (
            is_other_text(choice.owner_email.as_deref(), traits.owner_email.as_deref()),
            Finding::Owner,
        ),
        (is_other_room, Finding::WaitingRoom),
    ];
    found
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, finding)| finding)
        .collect()
}

/// What is wrong with those who hold the interview of this plan.
#[must_use]
pub fn of_panels(panels: &[Panel], plan: Plan) -> Findings {
    let standing = panels.iter().filter(|panel| panel.canceled_at_ms.is_none());
    let mut planned = standing
        .flat_map(|panel| &panel.interviews)
        .filter(|interview| interview.starts_at_ms == Some(plan.starts_ms));
    let Some(invited) = planned.find_map(|interview| interview.interviewers.as_ref()) else {
        return Findings::default().with(Finding::InterviewersNotShown);
    };
    let found = if invited.is_empty() {
        Some(Finding::NoInterviewer)
    } else {
        let declined = invited.iter().any(Invited::has_declined);
        declined.then_some(Finding::InterviewerDeclined)
    };
    found.into_iter().collect()
}

/// Returns true if the check is due now, so many minutes before the start.
#[must_use]
pub fn is_due(plan: Plan, checked: Option<Checked>, minutes: u32, now_ms: i64) -> bool {
    now_ms < plan.starts_ms && next_ms(plan, checked, minutes).is_some_and(|at_ms| at_ms <= now_ms)
}

/// When the next check is due, in ms since the epoch. `None`: not before this start.
#[must_use]
pub fn next_ms(plan: Plan, checked: Option<Checked>, minutes: u32) -> Option<i64> {
    let next_ms = match of_this_start(plan, checked) {
        None => opens_ms(plan, minutes),
        Some(checked) if checked.findings.is_empty() => return None,
        // What is off may be put right, and what isn't known may be said.
        Some(checked) => checked.at_ms.saturating_add(AGAIN_MS),
    };
    (next_ms < plan.starts_ms).then_some(next_ms)
}

/// How the check stands between the time at which it is due and the start. `None`: it is not that
/// time. How far the candidate is invited is known without it.
#[must_use]
pub fn readiness(
    plan: Plan,
    checked: Option<Checked>,
    invitation: Invitation,
    minutes: u32,
    now_ms: i64,
) -> Option<Readiness> {
    let opens_ms = opens_ms(plan, minutes);
    if !(opens_ms..plan.starts_ms).contains(&now_ms) {
        return None;
    }
    let Some(checked) = of_this_start(plan, checked) else {
        return (now_ms >= opens_ms.saturating_add(LATE_MS)).then_some(Readiness::NotChecked);
    };
    let findings = checked.findings_now(invitation);
    Some(if !findings.wrong().is_empty() {
        Readiness::NotReady(findings)
    } else if findings
        .iter()
        .any(|finding| finding == Finding::PadNotShown)
    {
        Readiness::NotChecked
    } else {
        Readiness::Ready(findings)
    })
}

/// The last check, if it was for this start.
#[must_use]
pub fn of_this_start(plan: Plan, checked: Option<Checked>) -> Option<Checked> {
    checked.filter(|checked| checked.for_ms == plan.starts_ms)
}

fn opens_ms(plan: Plan, minutes: u32) -> i64 {
    plan.starts_ms
        .saturating_sub(i64::from(minutes) * MINUTE_MS)
}

#[cfg(test)]
#[path = "readiness_tests.rs"]
mod tests;
