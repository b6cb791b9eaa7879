//! A candidate's row in words.

use padwatch_engine::snapshot::{self, HeldUp, PadRow as Facts, RowState, Waiting};

use super::problem::sentences;
use super::reasons;
use crate::catalogue::words;
use crate::dto::candidates::{PadRow, RowTimes};
use crate::dto::convert::{Convert, convert};

impl Convert<Facts> for PadRow {
    fn convert(from: Facts) -> Self {
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
            state: state(from.state),
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
pub(crate) fn reason(row: &Facts) -> String {
    match &row.held_up {
        Some(HeldUp::Quarantined(problem)) => {
            words().held_up_quarantined(&sentences(problem).happened)
        }
        Some(HeldUp::Waiting(why)) => waiting(*why),
        None => reasons::reason(&row.reason),
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

#[cfg(test)]
mod tests {
    use lever::OpportunityId;
    use padwatch_domain::problem::Problem;
    use padwatch_domain::reason::Reason;
    use padwatch_domain::section::Section;
    use padwatch_domain::service_error::Service;
    use padwatch_engine::snapshot::RowTimes;

    use super::*;

    fn row(held_up: Option<HeldUp>) -> Facts {
        Facts {
            opportunity: OpportunityId::new("ada"),
            name: "Ada".to_owned(),
            posting: String::new(),
            section: Section::Waiting,
            state: RowState::WaitingForPad,
            reason: Reason::BulkMove,
            held_up,
            times: RowTimes::default(),
            pad: None,
            profile_url: None,
            on_profile: false,
            note: None,
            duplicates: Vec::new(),
            actions: Vec::new(),
        }
    }

    #[test]
    fn the_recorded_reason_is_told_unless_something_holds_up() {
        assert_eq!(reason(&row(None)), "Part of a bulk move.");
        let waits = reason(&row(Some(HeldUp::Waiting(Waiting::OtherProgram))));
        assert!(waits.starts_with("Another program"), "{waits}");
        let waits = reason(&row(Some(HeldUp::Waiting(Waiting::PlanUsedUp))));
        assert!(waits.contains("CoderPad plan"), "{waits}");
        let waits = reason(&row(Some(HeldUp::Waiting(Waiting::For(Service::Lever)))));
        assert!(waits.starts_with("Lever isn’t available"), "{waits}");
    }

    #[test]
    fn a_quarantine_names_what_fails_and_that_it_is_about_one_candidate() {
        let problem = Problem::LinkNotShown;
        let told = reason(&row(Some(HeldUp::Quarantined(problem))));
        assert!(told.starts_with("Lever accepted the link"), "{told}");
        assert!(told.contains("this candidate only"), "{told}");
    }
}
