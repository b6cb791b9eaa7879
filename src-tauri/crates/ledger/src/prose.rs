//! What ledgers up to schema version 12 hold in sentences, as codes. A sentence that is not among
//! these stays as it is.

use padwatch_domain::activity::Activity;
use padwatch_domain::change::Trigger;
use padwatch_domain::reason::{Doubt, PadDoubt, Reason};

/// Why a candidacy was in its state, or why something happened.
pub(super) fn reason(text: &str) -> Reason {
    fixed(text)
        .or_else(|| doubtful(text))
        .or_else(|| variable(text))
        .unwrap_or_else(|| Reason::from(text.to_owned()))
}

/// What happened.
pub(super) fn activity(text: &str) -> Activity {
    let found = ACTIVITIES.iter().find(|(known, _)| *known == text);
    found.map_or_else(
        || Activity::from(text.to_owned()),
        |(_, activity)| activity.clone(),
    )
}

/// What set it off. Padwatch itself, if it is not said.
pub(super) fn trigger(text: &str) -> Trigger {
    match text {
        "A look at Lever" => Trigger::Poll,
        "A Lever webhook" => Trigger::Webhook,
        "You" => Trigger::Person,
        "The start of Padwatch" => Trigger::Start,
        "A look at CoderPad" => Trigger::Follow,
        _ => Trigger::Making,
    }
}

/// What was seen instead of an answer.
pub(super) fn doubt(text: &str) -> Doubt {
    let begins = |start: &&str| text.starts_with(start);
    if text.starts_with("no answer (") {
        return Doubt::NoAnswer;
    }
    if text.starts_with("the service has trouble (") {
        return Doubt::ServiceTrouble;
    }
    if ODD_ANSWERS.iter().any(begins) {
        return Doubt::OddAnswer;
    }
    match text {
        "it asks to wait (HTTP 429)" => Doubt::RateLimited,
        "Padwatch ended before the answer came" => Doubt::Closed,
        _ => Doubt::Unknown,
    }
}

fn fixed(text: &str) -> Option<Reason> {
    let found = REASONS.iter().find(|(known, _)| *known == text);
    found.map(|(_, reason)| reason.clone())
}

fn doubtful(text: &str) -> Option<Reason> {
    let found = PAD_DOUBTS.iter().find(|(known, _)| *known == text);
    found.map(|(_, doubt)| Reason::WhosePad { doubt: *doubt })
}

fn variable(text: &str) -> Option<Reason> {
    let between =
        |start: &str, end: &str| Some(text.strip_prefix(start)?.strip_suffix(end)?.to_owned());
    if let Some(tag) = between("Tagged “", "” and in a watched stage.") {
        return Some(Reason::Tagged { tag });
    }
    if let Some(link) = between("You asked for another pad in place of ", ".") {
        return Some(Reason::UserReplaced { link });
    }
    let early = " ended before the interview. Create another pad, or open this one again in \
                 CoderPad.";
    if let Some(link) = between("The pad ", early) {
        return Some(Reason::EndedBeforeInterview { link });
    }
    let unclear = between("It is not known whether CoderPad made the pad: ", ".");
    if let Some(doubt) = unclear.as_deref().map(doubt) {
        return Some(Reason::PadUnclear { doubt });
    }
    let checking = between("Looking whether the pad was made (", ").");
    if let Some(doubt) = checking.as_deref().map(doubt) {
        return Some(Reason::CheckingPad { doubt });
    }
    let missed = between(
        "It is not known whether the pad was made (",
        "). Repeated looks have not found it.",
    );
    let doubt = doubt(&missed?);
    Some(Reason::PadNotFound { doubt })
}

const ODD_ANSWERS: &[&str] = &[
    "it leads elsewhere (",
    "an answer that can't be read (",
    "an error within a success",
    "a success without an id",
    "an unknown refusal (",
];

const REASONS: &[(&str, Reason)] = &[
    ("Archived in Lever.", Reason::Archived),
    ("Anonymised in Lever.", Reason::Anonymized),
    (
        "Archived or anonymised in Lever.",
        Reason::ArchivedOrAnonymized,
    ),
    ("No longer in Lever.", Reason::GoneFromLever),
    (
        "The candidate is no longer in Lever.",
        Reason::GoneFromLever,
    ),
    (
        "This candidate is in the Lever account that was used before.",
        Reason::OtherAccount,
    ),
    ("Not tagged any more.", Reason::TagRemoved),
    ("Not in a watched stage any more.", Reason::LeftStage),
    (
        "No longer tagged, or moved on in Lever.",
        Reason::TagOrStageLeft,
    ),
    ("Somebody else's candidate.", Reason::OtherOwner),
    ("Came together with many others.", Reason::BulkMove),
    ("Came back to a watched stage.", Reason::CameBack),
    ("A pad link is on the profile now.", Reason::LinkAppeared),
    (
        "It had a pad before; the record of it is gone here.",
        Reason::HadPadBefore,
    ),
    (
        "CoderPad’s own integration makes the pads now.",
        Reason::IntegrationCreates,
    ),
    ("You want to be asked each time now.", Reason::AskEachTime),
    ("The hold time is over.", Reason::DelayOver),
    (
        "CoderPad’s integration put no link on the profile.",
        Reason::NoLink,
    ),
    ("You said so.", Reason::UserMarked),
    ("You asked for it.", Reason::UserCreated),
    (
        "You asked for a new pad although the first may exist.",
        Reason::UserCreatedSecond,
    ),
    ("You said: no pad for this one.", Reason::UserSkipped),
    ("You put it on hold.", Reason::UserHeld),
    ("You put the tag on.", Reason::UserTagged),
    ("You took the tag off.", Reason::UserUntagged),
    ("You chose it.", Reason::UserChose),
    ("You stopped it.", Reason::UserStopped),
    (
        "You took the pad back. Whether CoderPad counts it against the quota is not known.",
        Reason::UserDeletedPad,
    ),
    (
        "You chose the pad link on the profile.",
        Reason::UserChoseLink,
    ),
    ("You sent it.", Reason::UserSentNote),
    ("The pad is there.", Reason::PadCreated),
    ("It could not be written down.", Reason::NotSaved),
    ("The cause may be gone.", Reason::TryingAgain),
    (
        "Repeated looks have not found the first pad; it is made again as you have set.",
        Reason::CreatedAgain,
    ),
    (
        "Found again by Padwatch’s marker in the pad’s notes.",
        Reason::FoundByMarker,
    ),
    (
        "The first pad still exists, so no other was created.",
        Reason::FirstPadExists,
    ),
    (
        "The first pad can’t be checked with this CoderPad key. Use the key that it was created \
         with, or create a pad only if the first one is gone.",
        Reason::FirstPadUnknown,
    ),
    (
        "A pad link was already on the profile.",
        Reason::ExistingLink,
    ),
    (
        "The pad link on the profile is not for this job.",
        Reason::LinkOfOtherJob,
    ),
    (
        "It’s unclear whether the pad link on the profile is for this application.",
        Reason::LinkUnclear,
    ),
    ("The link is on the Lever profile.", Reason::LinkOnProfile),
    (
        "Lever accepted the link but doesn’t show it.",
        Reason::LinkNotShown,
    ),
    (
        "Another tool’s pad was on the profile first. Padwatch’s own can be deleted.",
        Reason::OtherPadFirst,
    ),
    ("It carries Padwatch’s marker.", Reason::OwnMarker),
    ("Another tool or person made it.", Reason::OtherToolsPad),
    ("Lever says so.", Reason::LeverSays),
    ("Somebody is at work in the pad.", Reason::SomeoneInPad),
    (
        "The interview was ended in CoderPad.",
        Reason::InterviewEnded,
    ),
    (
        "Nobody ended the interview: CoderPad did, about seven days after its start.",
        Reason::ClosedByCoderpad,
    ),
    (
        "The pad was ended without anybody having been there.",
        Reason::NeverOpened,
    ),
    ("The pad was opened again in CoderPad.", Reason::Reopened),
    ("CoderPad shows the pad again.", Reason::PadShownAgain),
    (
        "CoderPad doesn’t find the pad. Padwatch checks again in a minute.",
        Reason::PadMissing,
    ),
    ("The pad was deleted in CoderPad.", Reason::PadDeleted),
];

/// The questions about a pad link.
const PAD_DOUBTS: &[(&str, PadDoubt)] = &[
    (
        "This candidate has other applications, and Padwatch can’t tell which job the pad link on \
         the profile is for. Use it, create one, or skip.",
        PadDoubt::WhichJob,
    ),
    (
        "CoderPad doesn’t show Padwatch the pad whose link is on the profile. Is it for this \
         interview? Use it, create one, or skip.",
        PadDoubt::NotFound,
    ),
    (
        "CoderPad doesn’t let Padwatch read the pad whose link is on the profile. Is it for this \
         interview? Use it, create one, or skip.",
        PadDoubt::NotAllowed,
    ),
    (
        "Padwatch can’t read CoderPad’s answer about the pad link on the profile. Is the pad for \
         this interview? Use it, create one, or skip.",
        PadDoubt::Odd,
    ),
    (
        "CoderPad doesn’t answer about the pad link on the profile. Is the pad for this interview? \
         Use it, create one, or skip.",
        PadDoubt::NoAnswer,
    ),
    (
        "The pad link on the profile belongs to someone outside your CoderPad organization. Use \
         it, create one, or skip.",
        PadDoubt::Owner,
    ),
    (
        "The pad whose link is on the profile may be from an earlier interview. Use it, create \
         one, or skip.",
        PadDoubt::Age,
    ),
];

const ACTIVITIES: &[(&str, Activity)] = &[
    ("Noticed", Activity::Noticed),
    ("Came back", Activity::CameBack),
    ("Moved on", Activity::MovedOn),
    ("Listed", Activity::Listed),
    ("Needs a decision", Activity::NeedsDecision),
    ("Waits by the new settings", Activity::WaitsBySettings),
    ("Hold over", Activity::DelayOver),
    ("No link appeared", Activity::NoLink),
    ("A pad is wanted", Activity::PadWanted),
    ("Another pad is wanted", Activity::OtherPadWanted),
    ("A new pad is wanted", Activity::SecondPadWanted),
    ("No pad wanted", Activity::Skipped),
    ("Put on hold", Activity::OnHold),
    ("Chosen", Activity::Chosen),
    ("Stopped before its pad was made", Activity::Stopped),
    ("You showed the pad", Activity::PadShown),
    ("Pad link used", Activity::LinkChosen),
    ("Marked as sent", Activity::MarkedSent),
    ("Marked as not sent", Activity::MarkedNotSent),
    ("Tag put on", Activity::TagAdded),
    ("Tag removed", Activity::TagRemoved),
    (
        "Pad ended and deleted, link taken off the profile",
        Activity::PadTakenBack,
    ),
    ("Asking CoderPad for a pad", Activity::PadRequested),
    ("No pad requested yet", Activity::NotRequested),
    ("Pad made", Activity::PadCreated),
    ("No pad was made", Activity::PadNotCreated),
    ("CoderPad made no pad", Activity::Declined),
    ("CoderPad could not be asked", Activity::CoderpadNotAsked),
    ("Looking whether the pad was made", Activity::CheckingPad),
    ("The pad was not found", Activity::PadNotConfirmed),
    ("Pad found", Activity::PadFound),
    ("The first pad turned up after all", Activity::FirstPadFound),
    ("Pad found again", Activity::PadFoundAgain),
    ("Made again", Activity::CreatingAgain),
    ("In line again", Activity::TryingAgain),
    (
        "Took over the pad that was there",
        Activity::ExistingPadUsed,
    ),
    ("Pad there again", Activity::PadBack),
    ("Link put on the Lever profile", Activity::LinkAdded),
    (
        "The link is not on the Lever profile",
        Activity::LinkNotAdded,
    ),
    ("Gave way to another pad", Activity::OtherPadUsed),
    ("A second pad turned up", Activity::SecondPad),
    ("Another pad link is on the profile", Activity::SecondLink),
    ("Pad not found", Activity::PadMissing),
    ("Pad deleted", Activity::PadDeleted),
    ("Pad open again", Activity::Reopened),
    ("Interview planned", Activity::InterviewPlanned),
    ("Interview moved", Activity::InterviewMoved),
    ("Interview called off", Activity::InterviewCanceled),
    ("Interview under way", Activity::InterviewLive),
    ("Interview finished", Activity::InterviewEnded),
    ("Pad ended by itself", Activity::ClosedByCoderpad),
    ("Pad ended, never opened", Activity::NeverOpened),
    (
        "Pad ended before the interview",
        Activity::EndedBeforeInterview,
    ),
    ("Note added in Lever", Activity::NoteAdded),
    ("Note not added in Lever", Activity::NoteNotAdded),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_parts_of_a_sentence_become_facts() {
        let link = "https://app.coderpad.io/K7QWM3ZD".to_owned();
        let tag = "coderpad “live”".to_owned();
        for (text, code) in [
            (
                format!("Tagged “{tag}” and in a watched stage."),
                Reason::Tagged { tag },
            ),
            (
                format!("You asked for another pad in place of {link}."),
                Reason::UserReplaced { link: link.clone() },
            ),
            (
                format!(
                    "The pad {link} ended before the interview. Create another pad, or open this \
                     one again in CoderPad."
                ),
                Reason::EndedBeforeInterview { link },
            ),
        ] {
            assert_eq!(reason(&text), code, "{text}");
        }
        let doubts = [
            ("no answer (it took too long)", Doubt::NoAnswer),
            ("the service has trouble (HTTP 503)", Doubt::ServiceTrouble),
            ("it asks to wait (HTTP 429)", Doubt::RateLimited),
            ("an unknown refusal (HTTP 418)", Doubt::OddAnswer),
            ("Padwatch ended before the answer came", Doubt::Closed),
            ("No answer came.", Doubt::Unknown),
        ];
        for (text, doubt) in doubts {
            let unclear = format!("It is not known whether CoderPad made the pad: {text}.");
            assert_eq!(reason(&unclear), Reason::PadUnclear { doubt });
            let checking = format!("Looking whether the pad was made ({text}).");
            assert_eq!(reason(&checking), Reason::CheckingPad { doubt });
            let missed = format!(
                "It is not known whether the pad was made ({text}). Repeated looks have not found it."
            );
            assert_eq!(reason(&missed), Reason::PadNotFound { doubt });
        }
    }

    #[test]
    fn any_other_sentence_stays_as_it_is() {
        for text in ["", "Lever can’t be reached.", "You said so", "Noticed."] {
            let text = text.to_owned();
            assert_eq!(reason(&text), Reason::Earlier { text: text.clone() });
            assert_eq!(activity(&text), Activity::Earlier { text: text.clone() });
            assert_eq!(trigger(&text), Trigger::Making);
        }
    }

    #[test]
    fn each_sentence_stands_once() {
        let all = REASONS.iter().map(|(text, _)| *text);
        let all = all.chain(PAD_DOUBTS.iter().map(|(text, _)| *text));
        let mut seen = std::collections::BTreeSet::new();
        for text in all {
            assert!(seen.insert(text), "{text}");
            assert!(!matches!(reason(text), Reason::Earlier { .. }), "{text}");
        }
    }
}
