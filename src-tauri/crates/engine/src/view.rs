//! What is published of one candidacy: codes, facts and possible actions. Pure.

use transport::ApiRoot;

use crate::snapshot::{ActionKind, PadRow, Remark, RowState, RowTimes};
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::follow_through::Leftover;
use padwatch_domain::interview::{attendance, readiness};
use padwatch_domain::lifecycle::{Consent, Ending, Hold, LedgerPad, Lifecycle, Origin};
use padwatch_domain::links::DuplicatePad;
use padwatch_domain::links::{own_link, own_playback};
use padwatch_domain::note::{NoteState, NoteStatus};
use padwatch_domain::reason::Reason;
use padwatch_domain::record::PadLinks;
use padwatch_domain::rules::same_tag;
use padwatch_domain::section::Section;
use padwatch_domain::settings::ReminderSettings;
use padwatch_domain::tracking::{Known, Progress};

/// An interview that was over so long ago, in ms, and whose pad no one opened, was not held there.
const MISSED_AFTER_MS: i64 = 60 * 60 * 1000;

/// One row of a list. `tag` is the one that is watched.
#[must_use]
pub(crate) fn row(
    row: &Candidacy,
    duplicates: Vec<DuplicatePad>,
    tag: &str,
    root: &ApiRoot,
) -> PadRow {
    let actions = actions(row, &duplicates, tag);
    PadRow {
        opportunity: row.opportunity.clone(),
        name: row.seen.name.clone(),
        posting: row.seen.posting_title.clone(),
        section: row.section(),
        state: state(row),
        reason: row.reason.clone(),
        held_up: None,
        times: RowTimes {
            since_ms: since_ms(row),
            copied_ms: row.copied_ms.or(row.sent_ms),
            interview_ms: None,
        },
        pad: row.life.pad().map(|pad| links(pad, root)),
        profile_url: row.seen.profile_url.clone(),
        on_profile: matches!(
            row.life,
            Lifecycle::Linked { .. } | Lifecycle::Finished { .. }
        ),
        note: None,
        duplicates,
        actions,
        remark: None,
    }
}

/// Adds what there is to say about an interview just now.
pub(crate) fn add_remark(
    shown: &mut PadRow,
    known: &Known,
    settings: &ReminderSettings,
    now_ms: i64,
) {
    let Some(plan) = known.plan else { return };
    let is_copied = shown.times.copied_ms.is_some();
    let invitation = known.invitation(is_copied);
    let before = settings
        .check_minutes_before
        .and_then(|minutes| readiness::readiness(plan, known.checked, invitation, minutes, now_ms));
    let late = settings
        .late_minutes
        .and_then(|minutes| attendance::late(plan, known.attended, minutes, now_ms));
    if let Some(readiness) = before {
        let checked = readiness::of_this_start(plan, known.checked);
        shown.times.since_ms = checked.map(|checked| checked.at_ms);
        shown.remark = Some(Remark::Before(readiness));
    } else if let Some(missing) = late {
        // That the interview began is what the state is about.
        shown.times.since_ms = Some(plan.starts_ms);
        shown.remark = Some(Remark::Late(missing));
    } else if known.shows_old_time(is_copied, now_ms) {
        shown.times.since_ms = None;
        shown.remark = Some(Remark::OldTime);
    }
}

/// Adds what can be done with an open pad that is no longer needed.
pub(crate) fn add_leftover(shown: &mut PadRow, leftover: Leftover) {
    if !leftover.is_kept {
        shown.actions.push(ActionKind::KeepPad);
    }
    if leftover.is_ours {
        shown.actions.push(ActionKind::EndPad);
    }
    if !leftover.is_kept && shown.remark.is_none() {
        shown.times.since_ms = Some(leftover.since_ms);
        shown.remark = Some(Remark::Unneeded(leftover));
    }
}

/// Adds what is known of the interview in an open pad.
pub(crate) fn add_interview(shown: &mut PadRow, known: &Known, now_ms: i64) {
    shown.times.interview_ms = known.plan.map(|plan| plan.starts_ms);
    let is_past = known
        .plan
        .is_some_and(|plan| now_ms.saturating_sub(plan.ends_ms) > MISSED_AFTER_MS);
    let (state, since_ms) = match known.progress {
        // When it began is not among what is kept of it.
        Progress::UnderWay => (RowState::InterviewLive, None),
        Progress::Pending if is_past => (RowState::NotOpened, known.plan.map(|plan| plan.ends_ms)),
        _ => return,
    };
    shown.state = state;
    shown.times.since_ms = since_ms;
}

/// Adds how the note about a finished interview stands.
pub(crate) fn add_note(shown: &mut PadRow, note: NoteStatus) {
    if note.state == NoteState::Added {
        shown.state = RowState::NoteAdded;
        shown.times.since_ms = Some(note.since_ms);
    }
    shown.note = Some(note);
}

fn links(pad: &LedgerPad, root: &ApiRoot) -> PadLinks {
    PadLinks {
        id: pad.id.clone(),
        link: own_link(pad, root),
        playback: own_playback(pad, root),
    }
}

/// The time of the event that [`state`] names: a copy's, an end's, an arrival's.
fn since_ms(row: &Candidacy) -> Option<i64> {
    match &row.life {
        Lifecycle::Held {
            hold: Hold::AlreadyThere,
        } => row.seen.arrived_ms,
        Lifecycle::Finished { ended_ms, .. } => Some(*ended_ms),
        Lifecycle::Linked { pad } if pad.origin != Origin::Adopted && row.is_in_hand() => {
            row.copied_ms.max(row.sent_ms)
        }
        _ => Some(row.since_ms),
    }
}

/// The state as one code.
#[must_use]
pub(crate) fn state(row: &Candidacy) -> RowState {
    let left = row.is_out();
    match &row.life {
        Lifecycle::Eligible { .. } | Lifecycle::Held { .. } | Lifecycle::Refused { .. } if left => {
            RowState::MovedOn
        }
        Lifecycle::Eligible { .. } => RowState::WaitingForPad,
        Lifecycle::Held { hold } => held(*hold),
        Lifecycle::Skipped if row.reason == Reason::UserHeld => RowState::OnHold,
        Lifecycle::Skipped => RowState::NoPadWanted,
        Lifecycle::Intent { .. } => RowState::Creating,
        Lifecycle::Uncertain { search, .. } if search.asks => RowState::Unclear,
        Lifecycle::Uncertain { .. } => RowState::LookingForPad,
        Lifecycle::Refused { refusal, .. } => RowState::Declined { by: refusal.by },
        Lifecycle::Created { linking, .. } if linking.is_off_profile() => {
            RowState::ReadyNotOnProfile
        }
        Lifecycle::Created { linking, .. } if linking.keeps_old_link() => {
            RowState::ReadyOldLinkStays
        }
        Lifecycle::Created { .. } => RowState::Ready,
        Lifecycle::Linked { pad } if pad.origin == Origin::Adopted => RowState::ExistingPad,
        Lifecycle::Linked { .. } if row.is_in_hand() => RowState::LinkCopied,
        Lifecycle::Linked { .. } if row.reason == Reason::TagRemovedPadStays => {
            RowState::TagRemoved
        }
        Lifecycle::Linked { .. } => RowState::Ready,
        Lifecycle::Finished {
            ending: Ending::Held,
            ..
        } => RowState::Ended,
        Lifecycle::Finished {
            ending: Ending::ByItself,
            ..
        } => RowState::EndedByItself,
        Lifecycle::Finished {
            ending: Ending::NeverOpened,
            ..
        } => RowState::EndedNeverOpened,
        Lifecycle::Finished {
            ending: Ending::BeforeInterview,
            ..
        } => RowState::EndedBeforeInterview,
        Lifecycle::Deleted { .. } => RowState::PadDeleted,
        Lifecycle::Unreadable => RowState::Unreadable,
    }
}

fn held(hold: Hold) -> RowState {
    match hold {
        Hold::AlreadyThere => RowState::AlreadyThere,
        Hold::Rebuilt => RowState::Rebuilt,
        Hold::Surge => RowState::Surge,
        Hold::Ask => RowState::Ask,
        Hold::WhichJob => RowState::WhichJob,
        Hold::WhosePad { .. } => RowState::WhosePad,
        Hold::OldPad => RowState::OldPad,
        Hold::Until { .. } => RowState::WaitingForPad,
        Hold::NoLinkYet { .. } => RowState::WaitingForLink,
        Hold::NoLink => RowState::NoLink,
    }
}

fn actions(row: &Candidacy, duplicates: &[DuplicatePad], tag: &str) -> Vec<ActionKind> {
    use ActionKind as Kind;
    let mut actions = match &row.life {
        // Anyone who is only looked at for a link that is there already has nothing to hold.
        Lifecycle::Eligible {
            consent: Consent::AdoptOnly(_),
        } => vec![Kind::MakeNow, Kind::Skip, Kind::RemoveTag],
        Lifecycle::Eligible { .. }
        | Lifecycle::Held {
            hold: Hold::Until { .. },
        } => vec![Kind::MakeNow, Kind::Hold, Kind::Skip, Kind::RemoveTag],
        Lifecycle::Held {
            hold: Hold::WhichJob | Hold::WhosePad { .. },
        } => vec![Kind::UseLink, Kind::MakeNow, Kind::Skip, Kind::RemoveTag],
        Lifecycle::Held { .. } | Lifecycle::Refused { .. } => {
            vec![Kind::MakeNow, Kind::Skip, Kind::RemoveTag]
        }
        Lifecycle::Deleted { asks: true, .. } => vec![Kind::MakeNow, Kind::Skip],
        Lifecycle::Skipped | Lifecycle::Deleted { .. } => vec![Kind::MakeNow],
        Lifecycle::Intent { .. } => vec![],
        // Nothing is known of its pad: the person settles it in Lever, and says so.
        Lifecycle::Unreadable => vec![Kind::Skip],
        Lifecycle::Uncertain { .. } => vec![Kind::CheckAgain, Kind::SeePad, Kind::MakeAnother],
        Lifecycle::Created { pad, .. } | Lifecycle::Linked { pad } if pad.origin.is_ours() => {
            vec![Kind::MarkCopied, Kind::MarkSent, Kind::Undo]
        }
        Lifecycle::Created { .. } | Lifecycle::Linked { .. } => {
            vec![Kind::MarkCopied, Kind::MarkSent]
        }
        Lifecycle::Finished {
            ending: Ending::Held,
            ..
        } => vec![],
        Lifecycle::Finished { .. } => vec![Kind::MakeNow],
    };
    // What is under way by the rules needs no second word.
    if matches!(row.life, Lifecycle::Eligible { .. }) && !row.is_out() {
        actions.retain(|kind| *kind != Kind::MakeNow);
    }
    if can_be_tagged(row, tag) {
        actions.retain(|kind| *kind != Kind::RemoveTag);
        actions.push(Kind::AddTag);
    }
    if duplicates.iter().any(|duplicate| duplicate.ours) {
        actions.push(Kind::DeleteDuplicate);
    }
    actions
}

/// Whether the tag may be off, and would set something off again. Of those who left it is not known
/// whether they lost the tag or the stage: the list that told of it holds only those with both.
fn can_be_tagged(row: &Candidacy, tag: &str) -> bool {
    let may_be_off = row.left_ms.is_some() || !row.seen.tags.iter().any(|own| same_tag(own, tag));
    let is_deleted = matches!(row.life, Lifecycle::Deleted { .. });
    may_be_off && !is_deleted && row.section() == Section::SetAside
}

#[cfg(test)]
mod tests {
    use lever::OpportunityId;

    use super::*;
    use padwatch_domain::candidacy::Seen;
    use padwatch_domain::interview::Plan;

    const CREATED_MS: i64 = 1_000;
    const ARRIVED_MS: i64 = 500;

    fn row_of(life: Lifecycle) -> Candidacy {
        let seen = Seen {
            arrived_ms: Some(ARRIVED_MS),
            ..Seen::default()
        };
        Candidacy::noticed(
            OpportunityId::new("ada"),
            seen,
            life,
            Reason::PadCreated,
            CREATED_MS,
        )
    }

    fn shown(row: &Candidacy) -> PadRow {
        super::row(
            row,
            Vec::new(),
            "coderpad",
            &ApiRoot::parse("https://app.coderpad.io").unwrap(),
        )
    }

    fn pad() -> LedgerPad {
        LedgerPad {
            playback: None,
            id: coderpad::PadId::parse("PADAAAA1").unwrap(),
            link: "https://app.coderpad.io/PADAAAA1".to_owned(),
            origin: Origin::Made,
            since_ms: CREATED_MS,
            beside: Vec::new(),
        }
    }

    #[test]
    fn link_copied_shows_the_time_of_the_copy() {
        let mut copied = row_of(Lifecycle::Linked { pad: pad() });
        copied.copied_ms = Some(7_000);
        assert_eq!(shown(&copied).times.since_ms, Some(7_000));
        copied.sent_ms = Some(9_000);
        assert_eq!(shown(&copied).times.since_ms, Some(9_000));
    }

    #[test]
    fn an_ended_interview_shows_its_end() {
        let ended = row_of(Lifecycle::Finished {
            pad: pad(),
            ended_ms: 8_000,
            ending: Ending::Held,
        });
        assert_eq!(shown(&ended).times.since_ms, Some(8_000));
    }

    #[test]
    fn a_baseline_candidate_shows_when_they_came_to_the_stage() {
        let mut there = row_of(Lifecycle::Held {
            hold: Hold::AlreadyThere,
        });
        assert_eq!(shown(&there).times.since_ms, Some(ARRIVED_MS));
        there.seen.arrived_ms = None;
        assert_eq!(shown(&there).times.since_ms, None);
    }

    #[test]
    fn an_interview_under_way_shows_no_time_of_another_event() {
        let mut row = shown(&row_of(Lifecycle::Linked { pad: pad() }));
        let known = Known {
            progress: Progress::UnderWay,
            ..Known::default()
        };
        add_interview(&mut row, &known, 20_000);
        assert_eq!(
            (row.state, row.times.since_ms),
            (RowState::InterviewLive, None)
        );
    }

    #[test]
    fn a_missed_interview_shows_when_it_was_to_end() {
        let mut row = shown(&row_of(Lifecycle::Linked { pad: pad() }));
        let known = Known {
            progress: Progress::Pending,
            plan: Some(Plan {
                starts_ms: 2_000,
                ends_ms: 3_000,
            }),
            ..Known::default()
        };
        add_interview(&mut row, &known, 3_000 + MISSED_AFTER_MS + 1);
        assert_eq!(row.times.since_ms, Some(3_000));
    }
}
