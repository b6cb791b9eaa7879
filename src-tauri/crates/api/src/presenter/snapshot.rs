//! What tray and window show, in words: how things stand, and a row for each candidate.

use padwatch_domain::problem;
use padwatch_engine::snapshot::{self, HeldUp, LongWork, RowState, Waiting};

use super::problem::sentences;
use super::{reasons, remarks};
use crate::catalogue::words;
use crate::dto::candidates::{PadRow, RowTimes};
use crate::dto::convert::{Convert, convert};
use crate::dto::problem::{Problem, ProblemCode};
use crate::dto::snapshot::{Condition, Progress, Seen, Snapshot};

impl Seen {
    /// Puts both together. The engine knows only that it has no keys; if the reason is the
    /// keyring, that is what the person can do something about.
    #[must_use]
    pub fn of(facts: &snapshot::Snapshot, notices: Vec<problem::Problem>, sandbox: bool) -> Self {
        Self::beside(convert(facts.clone()), convert(notices), sandbox)
    }

    fn beside(mut snapshot: Snapshot, mut notices: Vec<Problem>, sandbox: bool) -> Self {
        let keyring = notices
            .iter()
            .position(|notice| is_about_the_keyring(notice.code));
        if let (Condition::SetUp { problem, .. }, Some(place)) = (&mut snapshot.condition, keyring)
            && problem.code == ProblemCode::KeyMissing
        {
            *problem = notices.remove(place);
        }
        // An engine that does not answer can't say so itself.
        let silent = |notice: &Problem| notice.code == ProblemCode::EngineSilent;
        if let Some(place) = notices.iter().position(silent) {
            let problem = notices.remove(place);
            snapshot.condition = Condition::Stopped { problem };
        }
        Self {
            snapshot,
            notices,
            sandbox,
        }
    }
}

impl Convert<snapshot::Snapshot> for Snapshot {
    fn convert(from: snapshot::Snapshot) -> Self {
        Self {
            revision: from.revision,
            condition: convert(from.condition),
            last_checked_ms: from.last_checked_ms,
            current_until_ms: from.current_until_ms,
            counts: convert(from.counts),
            newest: convert(from.newest),
            needs_you: convert(from.needs_you),
            next_interview: convert(from.next_interview),
            finished: convert(from.finished),
            quota: convert(from.quota),
            who_makes: convert(from.who_makes),
            progress: convert(from.progress),
            webhooks: convert(from.webhooks),
            degraded: convert(from.degraded),
            unreadable: from.unreadable,
        }
    }
}

impl Convert<snapshot::Condition> for Condition {
    fn convert(from: snapshot::Condition) -> Self {
        use snapshot::Condition as From;
        match from {
            From::Stopped { problem } => Self::Stopped {
                problem: convert(problem),
            },
            From::Paused { until_ms } => Self::Paused { until_ms },
            From::SetUp { problem, step } => Self::SetUp {
                problem: convert(problem),
                step: convert(step),
            },
            From::Starting => Self::Starting,
            From::Waiting { service, problem } => Self::Waiting {
                service: service.name().to_owned(),
                problem: convert(problem),
            },
            From::Hindered { problem } => Self::Hindered {
                problem: convert(problem),
            },
            From::Watching => Self::Watching,
        }
    }
}

impl Convert<snapshot::Progress> for Progress {
    fn convert(from: snapshot::Progress) -> Self {
        Self {
            rehearsal: from.what == LongWork::Rehearsing,
            what: long_work(from.what),
            done: from.done,
            of: from.of,
            people: from.people,
            can_cancel: from.can_cancel,
        }
    }
}

impl Convert<snapshot::PadRow> for PadRow {
    fn convert(from: snapshot::PadRow) -> Self {
        let reason = reason(&from);
        let trouble = from.trouble();
        let snapshot::RowTimes {
            since_ms,
            copied_ms,
            interview_ms,
        } = from.times;
        Self {
            opportunity: from.opportunity,
            name: from.name,
            posting: from.posting,
            section: convert(from.section),
            state: match from.remark {
                Some(remark) => remarks::state(remark),
                None => state(from.state),
            },
            remark: from.remark.map(remarks::remark),
            reason,
            pad: convert(from.pad),
            profile_url: from.profile_url,
            on_profile: from.on_profile,
            note: convert(from.note),
            trouble: convert(trouble),
            duplicates: convert(from.duplicates),
            actions: convert(from.actions),
            times: RowTimes {
                since_ms,
                copied_ms,
                interview_ms,
            },
        }
    }
}

/// The state in a few words.
pub(crate) fn state(state: RowState) -> String {
    let words = words();
    match state {
        RowState::MovedOn => words.state_moved_on(),
        RowState::WaitingForPad => words.state_waiting_for_pad(),
        RowState::AlreadyThere => words.state_already_there(),
        RowState::Rebuilt => words.state_rebuilt(),
        RowState::Surge => words.state_surge(),
        RowState::Ask => words.state_ask(),
        RowState::WhichJob => words.state_which_job(),
        RowState::WhosePad => words.state_whose_pad(),
        RowState::OldPad => words.state_old_pad(),
        RowState::OnHold => words.state_on_hold(),
        RowState::WaitingForLink => words.state_waiting_for_link(),
        RowState::NoLink => words.state_no_link(),
        RowState::NoPadWanted => words.state_skipped(),
        RowState::Creating => words.state_creating(),
        RowState::Unclear => words.state_unclear(),
        RowState::LookingForPad => words.state_checking(),
        RowState::Declined { by } => words.state_declined(by.name()),
        RowState::ReadyNotOnProfile => words.state_ready_not_on_profile(),
        RowState::ReadyOldLinkStays => words.state_ready_old_link_stays(),
        RowState::TagRemoved => words.state_tag_removed(),
        RowState::Ready => words.state_ready(),
        RowState::ExistingPad => words.state_existing_pad(),
        RowState::LinkCopied => words.state_link_copied(),
        RowState::InterviewLive => words.state_interview_live(),
        RowState::NotOpened => words.state_not_opened(),
        RowState::Ended => words.state_ended(),
        RowState::EndedByItself => words.state_closed_by_coderpad(),
        RowState::EndedNeverOpened => words.state_never_opened(),
        RowState::EndedBeforeInterview => words.state_ended_before_interview(),
        RowState::NoteAdded => words.state_note_added(),
        RowState::PadDeleted => words.state_pad_deleted(),
        RowState::Unreadable => words.state_unreadable(),
    }
}

/// Why the candidate is in that state. What holds them up says more than what is recorded.
pub(crate) fn reason(row: &snapshot::PadRow) -> String {
    match &row.held_up {
        Some(HeldUp::Quarantined(problem)) => {
            words().held_up_quarantined(&sentences(problem).happened)
        }
        Some(HeldUp::Waiting(why)) => waiting(*why),
        None => match row.remark {
            Some(remark) => remarks::reason(remark),
            None => reasons::reason(&row.reason),
        },
    }
}

fn waiting(waiting: Waiting) -> String {
    let words = words();
    match waiting {
        Waiting::Paused => words.held_up_paused(),
        Waiting::SetUp => words.held_up_set_up(),
        Waiting::CreationOff => words.held_up_creation_off(),
        Waiting::For(service) => words.held_up_service(service.name()),
        Waiting::PlanUsedUp => words.held_up_plan_used_up(),
        Waiting::PadSearch => words.held_up_pad_search(),
        Waiting::OtherProgram => words.held_up_other_program(),
    }
}

/// What is being done.
fn long_work(work: LongWork) -> String {
    match work {
        LongWork::CreatingPads => words().work_creating_pads(),
        LongWork::ReadingPads => words().work_reading_pads(),
        LongWork::AwaitingList => words().work_awaiting_list(),
        LongWork::Rehearsing => words().work_rehearsing(),
    }
}

fn is_about_the_keyring(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::KeyringMissing
            | ProblemCode::KeyringLocked
            | ProblemCode::KeyringWaiting
            | ProblemCode::KeyNotUsable
    )
}

#[cfg(test)]
#[path = "snapshot_tests.rs"]
mod tests;
