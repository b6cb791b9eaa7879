//! Pads: open ones, closed ones, extra ones, and attempts whose pad isn't known.

use padwatch_domain::identity::Salt;
use padwatch_domain::interview::Plan;
use padwatch_domain::interview::attendance::{Attendance, Missing};
use padwatch_domain::interview::invited::Invited;
use padwatch_domain::interview::readiness::{Checked, Finding};
use padwatch_domain::lifecycle::Ending;
use padwatch_domain::links::DuplicatePad;
use padwatch_domain::marker::Marker;
use padwatch_domain::tracking::{ClosedPad, Known, OpenPad, Progress};
use transport::{SecretString, SeededRng};

use super::*;

fn id(text: &str) -> OpportunityId {
    OpportunityId::new(text)
}

fn pad_id(text: &str) -> PadId {
    PadId::parse(text).unwrap()
}

/// Something else in every field, so that no two can be mixed up.
fn known() -> Known {
    let key = Salt::fresh(&SeededRng::new(1)).fingerprint(&SecretString::from("key"));
    Known {
        progress: Progress::UnderWay,
        seen_ms: Some(1),
        active_ms: Some(2),
        asked_ms: Some(3),
        plan: Some(Plan {
            starts_ms: 4,
            ends_ms: 5,
        }),
        reminded_ms: Some(6),
        unsent_ms: Some(7),
        checked: Some(Checked {
            for_ms: 9,
            at_ms: 10,
            findings: Finding::ALL.into_iter().collect(),
            told: true,
        }),
        attended: Some(Attendance {
            for_ms: 11,
            at_ms: 12,
            missing: Some(Missing::OneOfTwo),
        }),
        invited: Some(Invited {
            for_ms: Some(13),
            names_time: true,
        }),
        canceled_ms: Some(14),
        kept_ms: Some(15),
        seen_by: Some(key),
        missing_ms: Some(8),
    }
}

fn followed(opportunity: &str, pad: &str) -> Change {
    Change::Followed {
        opportunity: id(opportunity),
        pad: pad_id(pad),
        known: known(),
    }
}

fn over(who: &str, pad_id: &str, since_ms: i64, is_deleted: bool) -> Change {
    let pad = pad(pad_id);
    let life = match is_deleted {
        true => Lifecycle::Deleted { pad, asks: false },
        false => Lifecycle::Finished {
            pad,
            ended_ms: since_ms,
            ending: Ending::Held,
        },
    };
    let mut row = row(who, who, life);
    row.since_ms = since_ms;
    noticed(row)
}

#[test]
fn every_fact_about_an_interview_is_read_as_it_was_written() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut sent = row("ada", "Ada", created("ADASPAD1"));
    sent.sent_ms = Some(NOW_MS);
    let changes = [
        noticed(sent),
        noticed(row("ben", "Ben", created("BENSPAD1"))),
        followed("ada", "ADASPAD1"),
        followed("nobody", "ADASPAD1"),
        over("cleo", "CLEOSPAD", NOW_MS, false),
        followed("cleo", "CLEOSPAD"),
    ];
    ledger.commit(&changes, NOW_MS).unwrap();
    let mut open = ledger.open_pads().unwrap();
    open.sort_by(|one, other| one.opportunity.cmp(&other.opportunity));
    let open_pad = |who: &str, pad: &str, is_sent, known| OpenPad {
        opportunity: id(who),
        pad: pad_id(pad),
        since_ms: NOW_MS,
        is_sent,
        known,
    };
    let expected = [
        open_pad("ada", "ADASPAD1", true, known()),
        open_pad("ben", "BENSPAD1", false, Known::default()),
    ];
    assert_eq!(open, expected);
    assert_eq!(ledger.interview(&id("ada")).unwrap(), known());
    assert_eq!(ledger.interview(&id("ben")).unwrap(), Known::default());
    let closed = ClosedPad {
        opportunity: id("cleo"),
        pad: pad_id("CLEOSPAD"),
        since_ms: NOW_MS,
        is_deleted: false,
        known: known(),
    };
    assert_eq!(ledger.closed_pads(NOW_MS, 9).unwrap(), [closed]);
}

#[test]
fn the_newest_closed_pads_come_first_and_not_more_than_asked_for() {
    let mut ledger = Ledger::in_memory().unwrap();
    let changes = [
        over("old", "OLDPAD12", NOW_MS, true),
        over("new", "NEWPAD12", NOW_MS + 9, false),
        over("newer", "NEWERPAD", NOW_MS + 10, true),
        noticed(row("open", "", created("OPENPAD1"))),
    ];
    ledger.commit(&changes, NOW_MS).unwrap();
    let closed = |since_ms, most| -> Vec<(String, bool)> {
        let closed = ledger.closed_pads(since_ms, most).unwrap();
        let told = closed.iter();
        told.map(|one| (one.opportunity.to_string(), one.is_deleted))
            .collect()
    };
    let all = [("newer", true), ("new", false), ("old", true)];
    let all = all.map(|(who, is_deleted)| (who.to_owned(), is_deleted));
    assert_eq!(closed(NOW_MS, 9), all);
    assert_eq!(closed(NOW_MS + 1, 9), all[..2]);
    assert_eq!(closed(NOW_MS, 1), all[..1]);
}

#[test]
fn extra_pads_are_there_until_they_are_gone_and_may_come_back() {
    let mut ledger = Ledger::in_memory().unwrap();
    let extra = |pad: &str, ours| Change::DuplicateFound {
        opportunity: id("ada"),
        pad: pad_id(pad),
        link: format!("https://app.coderpad.io/{pad}"),
        ours,
    };
    let shown = |pad: &str, ours| DuplicatePad {
        id: pad_id(pad),
        link: format!("https://app.coderpad.io/{pad}"),
        ours,
    };
    let ada = noticed(row("ada", "Ada", created("ADASPAD1")));
    ledger.commit(&[ada, extra("SECOND12", true)], 2).unwrap();
    ledger.commit(&[extra("FIRST123", false)], 1).unwrap();
    let there = [shown("FIRST123", false), shown("SECOND12", true)];
    assert_eq!(ledger.duplicates(&id("ada")).unwrap(), there);
    assert_eq!(ledger.deleted_pads(&id("ada")).unwrap(), []);

    let gone = ["FIRST123", "SECOND12"].map(|pad| Change::DuplicateGone(pad_id(pad)));
    ledger.commit(&gone, 3).unwrap();
    assert_eq!(ledger.duplicates(&id("ada")).unwrap(), []);
    let ours = [pad_id("SECOND12")];
    assert_eq!(ledger.deleted_pads(&id("ada")).unwrap(), ours);

    ledger.commit(&[extra("FIRST123", true)], 4).unwrap();
    let again = [shown("FIRST123", true)];
    assert_eq!(ledger.duplicates(&id("ada")).unwrap(), again);
}

#[test]
fn a_candidates_own_pad_counts_as_deleted_only_when_it_is() {
    let mut ledger = Ledger::in_memory().unwrap();
    let changes = [
        over("ada", "ADASPAD1", NOW_MS, true),
        over("ben", "BENSPAD1", NOW_MS, false),
    ];
    ledger.commit(&changes, NOW_MS).unwrap();
    let ada = [pad_id("ADASPAD1")];
    assert_eq!(ledger.deleted_pads(&id("ada")).unwrap(), ada);
    assert_eq!(ledger.deleted_pads(&id("ben")).unwrap(), []);
}

#[test]
fn an_attempt_is_loose_once_another_followed_before_it_was_settled() {
    let mut ledger = Ledger::in_memory().unwrap();
    let rng = SeededRng::new(5);
    let marker = |who: &str| Marker::fresh(id(who), &rng);
    let opened = |marker: &Marker, written_ms| Change::MarkerOpened {
        marker: marker.clone(),
        written_ms,
    };
    let (ada, ben, cleo, dan) = (marker("ada"), marker("ben"), marker("cleo"), marker("dan"));
    let people = ["ada", "ben", "cleo", "dan"].map(|who| noticed(row(who, who, eligible())));
    ledger.commit(&people, NOW_MS).unwrap();
    let changes = [
        opened(&cleo, 30),
        opened(&ada, 10),
        opened(&ben, 20),
        opened(&dan, 5),
        Change::MarkerSuperseded(ada.clone()),
        Change::MarkerSuperseded(cleo.clone()),
        Change::MarkerSuperseded(dan.clone()),
    ];
    ledger.commit(&changes, NOW_MS).unwrap();
    let loose = |since_ms| ledger.loose_markers(since_ms).unwrap();
    assert_eq!(loose(10), [(ada, 10), (cleo.clone(), 30)]);
    assert_eq!(loose(11), [(cleo.clone(), 30)]);
    assert!(ledger.was_repeated(&id("ada")).unwrap());
    assert!(!ledger.was_repeated(&id("ben")).unwrap());

    let settled = [Change::MarkerSettled(cleo), Change::MarkerSettled(ben)];
    ledger.commit(&settled, NOW_MS).unwrap();
    assert_eq!(ledger.loose_markers(11).unwrap(), []);
    assert!(
        ledger.was_repeated(&id("cleo")).unwrap(),
        "a late find doesn't undo that there were two"
    );
    assert!(!ledger.was_repeated(&id("ben")).unwrap());
}
