//! A candidate's row in words.

use padwatch_engine::snapshot::{HeldUp, PadRow, RowState, Waiting};

/// The state in a few words.
pub(crate) fn state(state: RowState) -> &'static str {
    match state {
        RowState::MovedOn => "Moved on, no pad made",
        RowState::WaitingForPad => "Waiting for its pad",
        RowState::AlreadyThere => "Already there",
        RowState::Rebuilt => "Found after the restart of the ledger",
        RowState::Surge => "Came with many others",
        RowState::Ask => "Make a pad?",
        RowState::WhichJob => "Which job is the pad for?",
        RowState::WhosePad => "Is the pad link for this interview?",
        RowState::OldPad => "Does the first pad still exist?",
        RowState::OnHold => "On hold",
        RowState::WaitingForLink => "Waiting for the link",
        RowState::NoLink => "No link appeared",
        RowState::NoPadWanted => "No pad wanted",
        RowState::Creating => "Making the pad",
        RowState::Unclear => "Was the pad made?",
        RowState::LookingForPad => "Looking for the pad",
        RowState::Declined => "CoderPad said no",
        RowState::ReadyNotOnProfile => "Pad ready, not on the profile",
        RowState::Ready => "Pad ready",
        RowState::ExistingPad => "Pad was there already",
        RowState::LinkCopied => "Link copied",
        RowState::InterviewLive => "Interview under way",
        RowState::NotOpened => "Not opened for the interview",
        RowState::Ended => "Finished",
        RowState::EndedByItself => "Ended by itself",
        RowState::EndedNeverOpened => "Ended, never opened",
        RowState::EndedBeforeInterview => "Ended before the interview",
        RowState::NoteAdded => "Note added in Lever",
        RowState::PadDeleted => "Pad deleted",
        RowState::Unreadable => "Can’t be read",
    }
}

/// Why the candidate is in that state. What holds them up says more than what is recorded.
pub(crate) fn reason(row: &PadRow) -> String {
    match &row.held_up {
        Some(HeldUp::Quarantined(problem)) => format!(
            "{} This concerns this candidate only. Padwatch will keep trying once an hour.",
            problem.message
        ),
        Some(HeldUp::Waiting(why)) => waiting(*why),
        None => row.reason.clone(),
    }
}

fn waiting(waiting: Waiting) -> String {
    match waiting {
        Waiting::Paused => "Padwatch is paused. The pad is created when you resume.".to_owned(),
        Waiting::SetUp => "No pads are created until setup is finished.".to_owned(),
        Waiting::CreationOff => "No pads are created until you press “Go”.".to_owned(),
        Waiting::For(service) => format!(
            "{} can’t be used at the moment. Padwatch will keep trying.",
            service.name()
        ),
        Waiting::PlanUsedUp => {
            "No pads are left in your CoderPad plan. The pad is created when there are pads again."
                .to_owned()
        }
        Waiting::PadSearch => {
            "Padwatch is checking CoderPad for an existing pad before it creates one.".to_owned()
        }
        Waiting::OtherProgram => "Another program creates pads for these candidates too. \
             Padwatch waits up to two minutes for its link, so that there is one pad and not two."
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use lever::OpportunityId;
    use padwatch_domain::problem::{Problem, ProblemCode};
    use padwatch_domain::section::Section;
    use padwatch_domain::service_error::Service;
    use padwatch_engine::snapshot::RowTimes;

    use super::*;

    fn row(held_up: Option<HeldUp>) -> PadRow {
        PadRow {
            opportunity: OpportunityId::new("ada"),
            name: "Ada".to_owned(),
            posting: String::new(),
            section: Section::Waiting,
            state: RowState::WaitingForPad,
            reason: "Tagged, in Phone Screen.".to_owned(),
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
        assert_eq!(reason(&row(None)), "Tagged, in Phone Screen.");
        let waits = reason(&row(Some(HeldUp::Waiting(Waiting::OtherProgram))));
        assert!(waits.starts_with("Another program"), "{waits}");
        let waits = reason(&row(Some(HeldUp::Waiting(Waiting::PlanUsedUp))));
        assert!(waits.contains("CoderPad plan"), "{waits}");
        let waits = reason(&row(Some(HeldUp::Waiting(Waiting::For(Service::Lever)))));
        assert!(waits.starts_with("Lever can’t be used"), "{waits}");
    }

    #[test]
    fn a_quarantine_names_what_fails_and_that_it_is_about_one_candidate() {
        let problem = Problem::new(ProblemCode::Refused, "Lever declined the link.", "");
        let told = reason(&row(Some(HeldUp::Quarantined(problem))));
        assert!(told.starts_with("Lever declined the link."), "{told}");
        assert!(told.contains("this candidate only"), "{told}");
    }
}
