//! What a user decided about a pad, what a lost ledger finds again, and when the user is asked.

use std::collections::HashMap;
use std::time::Duration;

use coderpad::{Pad, PadId};
use lever::OpportunityId;
use transport::{ApiRoot, SeededRng};

use super::former::{Former, on_checked};
use super::rebuild::on_found;
use super::scan::{Now, ScanResult, on_scanned, other_key};
use super::undo::undone;
use super::using::on_chosen;
use super::*;
use crate::announcement::News;
use crate::candidacy::{Candidacy, Seen};
use crate::lifecycle::{
    Consent, Ending, Hold, Intent, LedgerPad, Lifecycle, Origin, Refusal, Search,
};
use crate::links::ProfilePad;
use crate::marker::Marker;
use crate::problem::ProblemCode;
use crate::reason::{Doubt, PadDoubt, Reason};
use crate::search::Looks;
use crate::secrecy::Secrecy;
use crate::service_error::Service;

const NOW_MS: i64 = 1_772_532_000_000;

fn id(text: &str) -> PadId {
    PadId::parse(text).unwrap()
}

fn opportunity() -> OpportunityId {
    OpportunityId::new("0c8b3c0e-0000-4000-8000-000000000001")
}

fn ledger_pad() -> LedgerPad {
    LedgerPad {
        playback: None,
        id: id("K7QWM3ZD"),
        link: "https://app.coderpad.io/K7QWM3ZD".to_owned(),
        origin: Origin::Made,
        since_ms: 1,
        beside: Vec::new(),
    }
}

fn linked() -> Lifecycle {
    Lifecycle::Linked { pad: ledger_pad() }
}

fn candidacy(life: Lifecycle) -> Candidacy {
    Candidacy::noticed(opportunity(), Seen::default(), life, Reason::UserCreated, 7)
}

fn pad(text: &str, notes: Option<String>) -> Pad {
    let text = format!(r#"{{"id":"{text}"}}"#);
    let mut pad: Pad = serde_json::from_str(&text).unwrap();
    pad.notes = notes;
    pad
}

fn with_now<T>(ask: impl FnOnce(Now<'_>) -> T) -> T {
    let root = ApiRoot::parse("https://app.coderpad.io").unwrap();
    ask(Now {
        ms: NOW_MS,
        elapsed: Duration::ZERO,
        root: &root,
    })
}

fn moved(changes: &[Change]) -> Option<&Candidacy> {
    changes.iter().find_map(|change| match change {
        Change::Moved { row, .. } => Some(&**row),
        _ => None,
    })
}

fn announced(changes: &[Change]) -> Option<&News> {
    changes.iter().find_map(|change| match change {
        Change::Announced(news) => Some(news),
        _ => None,
    })
}

#[test]
fn a_pad_that_was_taken_back_is_deleted_from_now_on() {
    let after = undone(candidacy(linked()), NOW_MS).changes;
    let row = moved(&after).unwrap();
    assert_eq!(
        row.life,
        Lifecycle::Deleted {
            pad: ledger_pad(),
            asks: false
        }
    );
    assert_eq!(row.since_ms, NOW_MS);
    assert!(
        undone(candidacy(Lifecycle::Skipped), NOW_MS)
            .changes
            .is_empty()
    );
}

#[test]
fn the_link_that_the_user_chose_is_adopted_and_announced() {
    let chosen = || ProfilePad {
        id: id("ABCDEFGH"),
        link: "https://app.coderpad.io/ABCDEFGH".to_owned(),
    };
    let doubts = [
        Hold::WhichJob,
        Hold::WhosePad {
            doubt: PadDoubt::Age,
        },
    ];
    for hold in doubts {
        let after = on_chosen(candidacy(Lifecycle::Held { hold }), chosen(), NOW_MS).changes;
        let Lifecycle::Linked { pad } = &moved(&after).unwrap().life else {
            panic!("{after:?}")
        };
        assert_eq!((&pad.id, pad.origin), (&id("ABCDEFGH"), Origin::Adopted));
        assert!(matches!(
            announced(&after),
            Some(News::PadReady { adopted: true, .. })
        ));
    }
    for life in [
        linked(),
        Lifecycle::Held { hold: Hold::Ask },
        Lifecycle::Skipped,
    ] {
        let after = on_chosen(candidacy(life.clone()), chosen(), NOW_MS);
        assert!(after.changes.is_empty(), "{life:?} asks for no link");
    }
}

fn approved() -> Candidacy {
    candidacy(Lifecycle::Eligible {
        consent: Consent::User,
    })
}

#[test]
fn a_first_pad_that_lives_is_used_instead_of_another() {
    let marker = Marker::fresh(opportunity(), &SeededRng::new(1));
    for (notes, origin) in [
        (Some(marker.to_string()), Origin::Found),
        (None, Origin::Named),
    ] {
        let former = Former::Lives(Box::new(pad("K7QWM3ZD", notes)));
        let after = with_now(|now| on_checked(approved(), former, now)).changes;
        let Lifecycle::Created { pad, linking } = &moved(&after).unwrap().life else {
            panic!("{after:?}")
        };
        assert_eq!((pad.origin, linking.next_ms), (origin, NOW_MS));
        assert!(matches!(
            announced(&after),
            Some(News::PadReady { adopted: false, .. })
        ));
    }
}

#[test]
fn a_first_pad_that_cannot_be_seen_asks_and_one_that_is_gone_does_not() {
    let after = with_now(|now| on_checked(approved(), Former::Unknown, now)).changes;
    let held = Lifecycle::Held { hold: Hold::OldPad };
    assert_eq!(moved(&after).unwrap().life, held);
    assert!(matches!(announced(&after), Some(News::Asks { .. })));
    let after = with_now(|now| on_checked(approved(), Former::Gone, now));
    assert!(after.changes.is_empty());
}

#[test]
fn without_the_users_word_a_first_pad_changes_nothing() {
    for former in [
        Former::Unknown,
        Former::Lives(Box::new(pad("K7QWM3ZD", None))),
    ] {
        let row = candidacy(Lifecycle::Eligible {
            consent: Consent::Rules,
        });
        assert!(
            with_now(|now| on_checked(row, former, now))
                .changes
                .is_empty()
        );
    }
}

#[test]
fn a_pad_found_by_its_marker_belongs_to_whoever_waits() {
    let refusal = Refusal {
        problem: Problem::PlanUsedUp,
        by: Service::Coderpad,
        for_all: true,
    };
    let waiting = [
        Lifecycle::Held {
            hold: Hold::Rebuilt,
        },
        Lifecycle::Eligible {
            consent: Consent::Rules,
        },
        Lifecycle::Refused {
            refusal,
            consent: Consent::Rules,
        },
    ];
    for life in waiting {
        let pads = [pad("ABCDEFGH", None), pad("SECOND22", None)];
        let after = with_now(|now| on_found(candidacy(life.clone()), &pads, &[], now));
        let Lifecycle::Created { pad, linking } = &moved(&after).unwrap().life else {
            panic!("{life:?}: {after:?}")
        };
        assert_eq!((&pad.id, linking.next_ms), (&id("ABCDEFGH"), NOW_MS));
        assert!(
            extra(&after).eq([&id("SECOND22")]),
            "one too many is named: {after:?}"
        );
    }
    for life in [Lifecycle::Skipped, Lifecycle::Unreadable] {
        let pads = [pad("ABCDEFGH", None)];
        let after = with_now(|now| on_found(candidacy(life.clone()), &pads, &[], now));
        assert!(after.is_empty(), "{life:?}");
    }
}

#[test]
fn beside_a_pad_that_is_known_only_new_ones_are_too_many() {
    let finished = Lifecycle::Finished {
        pad: ledger_pad(),
        ended_ms: 5,
        ending: Ending::Held,
    };
    let pads = ["K7QWM3ZD", "KNXWN222", "NEWPAD33"].map(|text| pad(text, None));
    let known = [id("KNXWN222")];
    let after = with_now(|now| on_found(candidacy(finished), &pads, &known, now));
    assert!(extra(&after).eq([&id("NEWPAD33")]), "{after:?}");
    assert_eq!(moved(&after), None);
}

/// The pads that are reported as too many.
fn extra(changes: &[Change]) -> impl Iterator<Item = &PadId> {
    changes.iter().filter_map(|change| match change {
        Change::DuplicateFound { pad, .. } => Some(pad),
        _ => None,
    })
}

#[test]
fn what_could_not_be_found_out_changes_nothing_but_the_gate() {
    use crate::service_error::{OutageKind, rate_limited};
    use crate::transition::prepare::{Prepared, on_prepared};
    let error = || rate_limited(Service::Lever, None);
    let eligible = || {
        candidacy(Lifecycle::Eligible {
            consent: Consent::Rules,
        })
    };
    let after = |prepared| on_prepared(eligible(), prepared, &transport::SeededRng::new(1), 5);
    let failed = after(Prepared::Failed(error()));
    assert!(failed.changes.is_empty() && failed.outage.is_none());
    assert_eq!(failed.service_error, Some(error()));
    let forbidden = after(Prepared::Forbidden(error()));
    assert!(forbidden.changes.is_empty() && forbidden.service_error.is_none());
    assert_eq!(
        forbidden.outage,
        Some((OutageKind::Reading, error().problem))
    );
    // One whom Lever doesn't let us read is refused alone, and named.
    let unreadable = after(Prepared::Unreadable(error()));
    let Some(Lifecycle::Refused { refusal, consent }) =
        moved(&unreadable.changes).map(|row| &row.life)
    else {
        panic!("{unreadable:?}")
    };
    assert_eq!(
        (refusal.problem.code(), refusal.for_all),
        (ProblemCode::ServiceDown, false)
    );
    assert_eq!(*consent, Consent::Rules);
    assert!(matches!(
        announced(&unreadable.changes),
        Some(News::Asks { .. })
    ));
}

/// An unclear creation after a scan that found nothing.
fn after_scan(asks: bool, cannot_look: bool, complete: u64, error: Option<ServiceError>) -> Search {
    let search = Search {
        doubt: Doubt::NoAnswer,
        incomplete: None,
        complete_looks: 0,
        asks,
        server_ahead_ms: 3,
        cannot_look,
    };
    let intent = Intent {
        marker: Marker::fresh(opportunity(), &transport::SeededRng::new(1)),
        written_ms: 1,
        consent: Consent::Rules,
        beside: Vec::new(),
        asker: None,
        secrecy: Secrecy::Open,
    };
    let row = candidacy(Lifecycle::Uncertain { intent, search });
    let scan = ScanResult {
        found: HashMap::new(),
        incomplete: error,
        unread: 0,
        others_incomplete: None,
        server_ahead_ms: None,
    };
    let minute = |count| Duration::from_secs(60 * count);
    // This look is one of them, unless it was not complete.
    let before = complete.saturating_sub(u64::from(scan.incomplete.is_none()));
    let looks = (0..before).fold(Looks::begin(Duration::ZERO), |looks, count| {
        looks.after(true, Duration::ZERO, minute(count))
    });
    let (transition, _) = with_now(|now| {
        let elapsed = minute(complete);
        on_scanned(row, &scan, |_| true, looks, false, Now { elapsed, ..now })
    });
    let life = transition.changes.iter().find_map(|change| match change {
        Change::Moved { row, .. } | Change::Touched(row) => Some(&row.life),
        _ => None,
    });
    let Some(Lifecycle::Uncertain { search, .. }) = life else {
        panic!("{transition:?}")
    };
    search.clone()
}

#[test]
fn the_user_is_asked_when_the_search_is_over_or_cannot_be_done() {
    let busy = || Some(crate::service_error::rate_limited(Service::Coderpad, None));
    for (asked, cannot_look, complete, error, expected) in [
        (false, false, 1, None, (false, false)),
        (false, false, 3, None, (true, false)),
        (false, false, 3, busy(), (false, false)),
        (false, false, 0, Some(other_key()), (true, true)),
        (true, false, 0, busy(), (true, false)),
        (true, false, 0, Some(other_key()), (true, false)),
        (true, true, 0, busy(), (false, false)),
        (true, true, 0, Some(other_key()), (true, true)),
    ] {
        let case = (asked, cannot_look, complete, error.is_some());
        let search = after_scan(asked, cannot_look, complete, error);
        assert_eq!((search.asks, search.cannot_look), expected, "{case:?}");
        assert_eq!(search.server_ahead_ms, 3, "as known before");
    }
}
