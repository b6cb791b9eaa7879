//! What there is to say about an interview just now, in words.

use padwatch_domain::follow_through::{Leftover, Unneeded};
use padwatch_domain::interview::attendance::Missing;
use padwatch_domain::interview::readiness::{Finding, Findings, Readiness};
use padwatch_domain::reason::Reason;
use padwatch_engine::snapshot::Remark;

use crate::catalogue::words;
use crate::dto::candidates::{self as dto, Fix, Tone};

/// In a few words.
pub(super) fn state(remark: Remark) -> String {
    let words = words();
    match remark {
        Remark::Before(Readiness::Ready(_)) => words.state_before_ready(),
        Remark::Before(Readiness::NotReady(_)) => words.state_before_not_ready(),
        Remark::Before(Readiness::NotChecked) => words.state_before_not_checked(),
        Remark::Late(missing) => words.state_late(name(missing)),
        Remark::OldTime => words.state_old_time(),
        Remark::Unneeded(leftover) => words.state_unneeded(why(leftover.why)),
    }
}

/// In whole sentences.
pub(super) fn reason(remark: Remark) -> String {
    match remark {
        Remark::Before(Readiness::Ready(found)) => ready(found),
        Remark::Before(Readiness::NotReady(found)) => findings(found),
        Remark::Before(Readiness::NotChecked) => words().before_ready_not_checked(),
        Remark::Late(missing) => words().coded("reason", &Reason::NotThere { missing }, ""),
        Remark::OldTime => words().old_time(),
        Remark::Unneeded(leftover) => unneeded(leftover),
    }
}

/// For tray and window.
pub(super) fn remark(remark: Remark) -> dto::Remark {
    dto::Remark {
        tone: tone(remark),
        fix: match remark {
            Remark::Late(_) => Some(Fix::CopyMessage),
            Remark::OldTime => Some(Fix::CopyInvitation),
            Remark::Unneeded(leftover) => Some(first(leftover)),
            Remark::Before(Readiness::NotReady(found)) => fix(found),
            Remark::Before(Readiness::Ready(_) | Readiness::NotChecked) => None,
        },
    }
}

/// Who is missing, by the name that the catalogue has for it.
pub(crate) fn name(missing: Missing) -> &'static str {
    match missing {
        Missing::Everyone => "everyone",
        Missing::Candidate => "candidate",
        Missing::Interviewer => "interviewer",
        Missing::OneOfTwo => "oneOfTwo",
    }
}

/// What puts the first of these right. A link to a wrong pad is not handed out.
pub(crate) fn fix(found: Findings) -> Option<Fix> {
    let is_wrong_pad = |finding| matches!(finding, Finding::PadNotFound | Finding::PadOfAnother);
    if found.iter().any(is_wrong_pad) {
        return None;
    }
    found.iter().find_map(|finding| match finding {
        Finding::LinkNotCopied => Some(Fix::CopyLink),
        Finding::OldTime => Some(Fix::CopyInvitation),
        Finding::Question | Finding::Language | Finding::Owner | Finding::WaitingRoom => {
            Some(Fix::OpenPad)
        }
        Finding::InterviewerDeclined | Finding::NoInterviewer => Some(Fix::OpenProfile),
        Finding::PadNotFound
        | Finding::PadOfAnother
        | Finding::PadNotShown
        | Finding::InterviewersNotShown => None,
    })
}

fn tone(remark: Remark) -> Option<Tone> {
    match remark {
        Remark::Before(Readiness::Ready(_)) => Some(Tone::Good),
        Remark::Before(Readiness::NotReady(_)) => Some(Tone::Warn),
        Remark::Late(_) | Remark::OldTime | Remark::Unneeded(_) => Some(Tone::Warn),
        Remark::Before(Readiness::NotChecked) => None,
    }
}

/// What is wrong, a sentence each.
pub(crate) fn findings(found: Findings) -> String {
    let sentences: Vec<String> = found.iter().filter_map(finding).collect();
    sentences.join(" ")
}

fn unneeded(leftover: Leftover) -> String {
    let why = why(leftover.why);
    match leftover.is_ours {
        true => words().unneeded_ours(&words().unneeded(why)),
        false => words().unneeded_theirs(&words().unneeded(why)),
    }
}

/// After a cancellation there most often is another interview.
fn first(leftover: Leftover) -> Fix {
    match leftover.why {
        Unneeded::Archived | Unneeded::MovedBack | Unneeded::TagRemoved if leftover.is_ours => {
            Fix::EndPad
        }
        _ => Fix::KeepPad,
    }
}

/// By the name that the catalogue has for it.
fn why(unneeded: Unneeded) -> &'static str {
    match unneeded {
        Unneeded::InterviewCanceled => "interviewCanceled",
        Unneeded::Archived => "archived",
        Unneeded::MovedBack => "movedBack",
        Unneeded::TagRemoved => "tagRemoved",
    }
}

fn ready(found: Findings) -> String {
    let known = words().before_ready();
    match found.iter().any(Finding::is_unknown) {
        true => words().before_ready_unknown(&known),
        false => words().before_ready_held(&known),
    }
}

fn finding(finding: Finding) -> Option<String> {
    let words = words();
    Some(match finding {
        Finding::PadNotFound => words.finding_pad_not_found(),
        Finding::PadOfAnother => words.finding_pad_of_another(),
        Finding::LinkNotCopied => words.finding_link_not_copied(),
        Finding::OldTime => words.finding_old_time(),
        Finding::Question => words.finding_question(),
        Finding::Language => words.finding_language(),
        Finding::Owner => words.finding_owner(),
        Finding::WaitingRoom => words.finding_waiting_room(),
        Finding::InterviewerDeclined => words.finding_interviewer_declined(),
        Finding::NoInterviewer => words.finding_no_interviewer(),
        // It is unknown, not wrong.
        Finding::PadNotShown | Finding::InterviewersNotShown => return None,
    })
}
