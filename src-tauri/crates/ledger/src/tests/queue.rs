use super::*;
use crate::Due;
use padwatch_domain::lifecycle::{Fallback, Hold};
use padwatch_domain::reason::Reason;

fn names(rows: &[Candidacy]) -> Vec<&str> {
    rows.iter().map(|row| row.opportunity.as_str()).collect()
}

fn held(hold: Hold) -> Lifecycle {
    Lifecycle::Held { hold }
}

#[test]
fn each_kind_of_work_has_a_queue_of_its_own_in_the_order_of_arrival() {
    let mut ledger = Ledger::in_memory().unwrap();
    let adopt = Lifecycle::Eligible {
        consent: Consent::AdoptOnly(Fallback::AlreadyThere),
    };
    let until = |until_ms| held(Hold::Until { until_ms });
    let mut rows = vec![
        row("third", "", eligible()),
        row("adopt", "", adopt),
        row("link", "", created("LINKPAD1")),
        row("over", "", until(NOW_MS)),
        row("later", "", until(NOW_MS + 1)),
        row("first", "", eligible()),
        row(
            "second",
            "",
            Lifecycle::Eligible {
                consent: Consent::User,
            },
        ),
        row("asks", "", held(Hold::Ask)),
    ];
    rows[0].queued_ms = NOW_MS + 7;
    rows[5].queued_ms = NOW_MS - 7;
    let mut gone = row("gone", "", eligible());
    gone.left_ms = Some(NOW_MS);
    rows.push(gone);
    let mut wanted = row(
        "wanted",
        "",
        Lifecycle::Eligible {
            consent: Consent::User,
        },
    );
    wanted.left_ms = Some(NOW_MS);
    wanted.queued_ms = NOW_MS + 9;
    rows.push(wanted);
    ledger
        .commit(&rows.into_iter().map(noticed).collect::<Vec<_>>(), NOW_MS)
        .unwrap();
    for (kind, expected) in [
        (Due::Making, vec!["first", "second", "third", "wanted"]),
        (Due::Adopting, vec!["adopt"]),
        (Due::Linking, vec!["link"]),
        (Due::Hold, vec!["over"]),
    ] {
        let due = ledger.due(kind, NOW_MS, 10).unwrap();
        assert_eq!(names(&due), expected, "{kind:?}");
    }
    let much_earlier = NOW_MS - 10 * 3_600_000;
    let due = ledger.due(Due::Making, much_earlier, 10).unwrap();
    assert_eq!(due.len(), 4, "a clock that was set back makes nobody wait");
    assert_eq!(names(&ledger.due_after(NOW_MS).unwrap()), ["later"]);
}

#[test]
fn the_queue_stands_still_when_a_row_is_written_again() {
    let mut ledger = Ledger::in_memory().unwrap();
    let (one, two) = (row("one", "", eligible()), row("two", "", eligible()));
    ledger
        .commit(&[noticed(one.clone()), noticed(two)], NOW_MS)
        .unwrap();
    let later = one.becoming(eligible(), Reason::TryingAgain, NOW_MS + 5000);
    ledger.commit(&[noticed(later)], NOW_MS + 5000).unwrap();
    let due = ledger.due(Due::Making, NOW_MS + 9000, 10).unwrap();
    assert_eq!(names(&due), ["one", "two"]);
}

#[test]
fn only_those_whom_the_rules_let_through_lately_count_for_the_surge() {
    let mut ledger = Ledger::in_memory().unwrap();
    let adopted = Lifecycle::Linked {
        pad: LedgerPad {
            playback: None,
            origin: Origin::Adopted,
            ..pad("ADOPTED1")
        },
    };
    let adopts = Lifecycle::Eligible {
        consent: Consent::AdoptOnly(Fallback::AlreadyThere),
    };
    let mut old = row("old", "", eligible());
    old.queued_ms = NOW_MS - 60_001;
    let mut from_the_future = row("future", "", eligible());
    from_the_future.queued_ms = NOW_MS + 3_600_000;
    let rows = vec![
        row("waits", "", eligible()),
        row("held", "", held(Hold::Until { until_ms: NOW_MS })),
        row("asked", "", held(Hold::Ask)),
        row("made", "", created("MADEPAD1")),
        row("adopted", "", adopted),
        row("adopts", "", adopts),
        row("there", "", held(Hold::AlreadyThere)),
        row("surge", "", held(Hold::Surge)),
        row("skipped", "", Lifecycle::Skipped),
        old,
        from_the_future,
    ];
    ledger
        .commit(&rows.into_iter().map(noticed).collect::<Vec<_>>(), NOW_MS)
        .unwrap();
    assert_eq!(ledger.let_through(NOW_MS - 60_000, NOW_MS).unwrap(), 4);
}
