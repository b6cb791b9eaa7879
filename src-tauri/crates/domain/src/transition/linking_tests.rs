use lever::OpportunityId;

use super::*;
use crate::candidacy::Seen;
use crate::service_error::Service;

const NOW_MS: i64 = 1_772_532_000_000;

fn pad_id(id: &str) -> PadId {
    PadId::parse(id).unwrap()
}

fn ours() -> LedgerPad {
    LedgerPad {
        playback: None,
        id: pad_id("K7QWM3ZD"),
        link: "https://app.coderpad.io/K7QWM3ZD".to_owned(),
        origin: Origin::Made,
        since_ms: 0,
        beside: vec![pad_id("BESIDE22")],
    }
}

fn other() -> ProfilePad {
    ProfilePad {
        id: pad_id("ABCDEFGH"),
        link: "https://app.coderpad.io/ABCDEFGH".to_owned(),
    }
}

fn candidacy(linking: Linking) -> Candidacy {
    let life = Lifecycle::Created {
        pad: ours(),
        linking,
    };
    Candidacy::noticed(
        OpportunityId::new("o1"),
        Seen::default(),
        life,
        Reason::PadCreated,
        7,
    )
}

fn after(outcome: LinkOutcome) -> Transition {
    on_outcome(candidacy(Linking::default()), outcome, NOW_MS)
}

/// The candidacy as it is written, and whether its history gets a line.
fn written(transition: &Transition) -> (&Candidacy, bool) {
    let row = transition.changes.iter().find_map(|change| match change {
        Change::Moved { row, .. } => Some((&**row, true)),
        Change::Touched(row) => Some((&**row, false)),
        _ => None,
    });
    row.unwrap()
}

fn linking(transition: &Transition) -> &Linking {
    match &written(transition).0.life {
        Lifecycle::Created { linking, .. } => linking,
        other => panic!("{other:?}"),
    }
}

fn announcements(transition: &Transition) -> usize {
    let is_news = |change: &&Change| matches!(change, Change::Announced(_));
    transition.changes.iter().filter(is_news).count()
}

#[test]
fn a_link_on_the_profile_is_linked_and_another_beside_it_is_extra() {
    let there = after(LinkOutcome::There);
    assert_eq!(written(&there).0.life, Lifecycle::Linked { pad: ours() });
    assert_eq!(announcements(&there), 0);
    let beside = after(LinkOutcome::Beside(other()));
    assert_eq!(written(&beside).0.life, Lifecycle::Linked { pad: ours() });
    assert_eq!(announcements(&beside), 1);
    let extra = |change: &Change| matches!(change, Change::DuplicateFound { pad, ours: false, .. } if *pad == other().id);
    assert!(beside.changes.iter().any(extra));
}

#[test]
fn the_link_of_a_replaced_pad_is_named_when_it_is_removed_and_when_it_stays() {
    let old = "https://app.coderpad.io/OLDPAD22".to_owned();
    let instead = after(LinkOutcome::Instead {
        old: old.clone(),
        other: None,
    });
    let (row, has_line) = written(&instead);
    assert_eq!(row.life, Lifecycle::Linked { pad: ours() });
    let link = old.clone();
    assert_eq!(
        (&row.reason, has_line),
        (&Reason::LinkReplaced { link }, true)
    );

    let problem = Problem::LeverPermissionMissing {
        permission: "Remove opportunity links".to_owned(),
    };
    let stays = after(LinkOutcome::OldLinkStays { old, problem });
    let waits = linking(&stays);
    assert!(waits.keeps_old_link() && !waits.is_off_profile());
    assert_eq!(waits.next_ms, NOW_MS + AFTER_REFUSAL_MS, "tried again");
    assert_eq!(announcements(&stays), 0, "the recruiter has the new link");
    assert!(written(&stays).1, "and its line in the history");
    let refused = after(LinkOutcome::Refused(Reason::LinkNotShown));
    assert!(linking(&refused).is_off_profile());
}

#[test]
fn another_tools_earlier_link_is_adopted_unless_ours_was_copied() {
    let gave_way = after(LinkOutcome::GaveWay(other()));
    let Lifecycle::Linked { pad } = &written(&gave_way).0.life else {
        panic!("{gave_way:?}");
    };
    assert_eq!((&pad.id, pad.origin), (&other().id, Origin::Adopted));
    assert_eq!(pad.beside, ours().beside);
    let extra = |change: &Change| matches!(change, Change::DuplicateFound { pad, ours: true, .. } if *pad == ours().id);
    assert!(gave_way.changes.iter().any(extra));

    let copied = Candidacy {
        copied_ms: Some(1),
        ..candidacy(Linking::default())
    };
    let stays = on_outcome(copied, LinkOutcome::GaveWay(other()), NOW_MS);
    assert_eq!(linking(&stays).next_ms, NOW_MS);
    assert_eq!(written(&stays).0.life.pad(), Some(&ours()));
}

#[test]
fn each_refusal_is_told_once_and_doubles_the_wait_up_to_an_hour() {
    let mut row = candidacy(Linking::default());
    for (tries, minutes) in [(1, 15), (2, 30), (3, 60), (4, 60)] {
        let refused = on_outcome(row, LinkOutcome::Refused(Reason::LinkNotShown), NOW_MS);
        let next = linking(&refused);
        assert_eq!(
            (next.tries, next.next_ms),
            (tries, NOW_MS + minutes * 60_000)
        );
        let is_first = tries == 1;
        assert_eq!(announcements(&refused), usize::from(is_first));
        let (written, has_line) = written(&refused);
        assert_eq!((written.since_ms, has_line), (7, is_first));
        row = written.clone();
    }
    let gone = on_outcome(row, LinkOutcome::Gone, NOW_MS);
    assert_eq!(announcements(&gone), 1, "another reason");
}

#[test]
fn a_missing_permission_is_one_outage_and_a_failure_changes_nothing() {
    let problem = Problem::ConfidentialAccessMissing;
    let error = || ServiceError::lasting(Service::Lever, problem.clone());
    let forbidden = after(LinkOutcome::Forbidden(error()));
    assert_eq!(
        forbidden.outage,
        Some((OutageKind::Linking, problem.clone()))
    );
    assert_eq!(announcements(&forbidden), 0);
    assert_eq!(linking(&forbidden).tries, 1);
    assert!(after(LinkOutcome::Failed(error())).changes.is_empty());
    let skipped = Candidacy {
        life: Lifecycle::Skipped,
        ..candidacy(Linking::default())
    };
    assert!(
        on_outcome(skipped, LinkOutcome::There, NOW_MS)
            .changes
            .is_empty()
    );
}

#[test]
fn a_pad_of_another_candidate_is_remembered_and_ours_is_linked_at_once() {
    let again = not_for_this_one(candidacy(Linking::default()), other().id, NOW_MS);
    assert_eq!(linking(&again).next_ms, NOW_MS);
    let pad = written(&again).0.life.pad().unwrap();
    assert_eq!(pad.beside, [pad_id("BESIDE22"), other().id]);
}

#[test]
fn a_refused_link_is_tried_again_after_a_quarter_of_an_hour() {
    assert_eq!(AFTER_REFUSAL_MS, 900_000);
}
