use lever::OpportunityId;
use transport::SeededRng;

use super::*;
use crate::lifecycle::{Fallback, Hold};

const NOW_MS: i64 = 1_772_532_000_000;

fn id(text: &str) -> PadId {
    PadId::parse(text).unwrap()
}

fn seen() -> Seen {
    Seen {
        name: "Ada".to_owned(),
        ..Seen::default()
    }
}

/// What comes of preparing a pad for one who waits with this consent: the row, what is noted, and
/// what else changes.
fn after(consent: Consent, prepared: Prepared) -> (Candidacy, Activity, Vec<Change>) {
    let life = Lifecycle::Eligible { consent };
    let opportunity = OpportunityId::new("ada");
    let row = Candidacy::noticed(opportunity, Seen::default(), life, Reason::UserCreated, 7);
    let mut changes = on_prepared(row, prepared, &SeededRng::new(1), NOW_MS).changes;
    let Change::Moved { row, what, trigger } = changes.remove(0) else {
        panic!("{changes:?}")
    };
    assert_eq!(trigger, Trigger::Making);
    (*row, what, changes)
}

fn ready() -> Prepared {
    Prepared::Ready {
        seen: seen(),
        beside: vec![id("BESIDE12")],
        secrecy: Secrecy::Open,
    }
}

const LISTED: [Consent; 2] = [
    Consent::AdoptOnly(Fallback::AlreadyThere),
    Consent::AdoptOnly(Fallback::Rebuilt),
];
const NEWS: [Consent; 4] = [
    Consent::Rules,
    Consent::User,
    Consent::AdoptOnly(Fallback::NoLink),
    Consent::AdoptOnly(Fallback::NoLinkYet(3)),
];

#[test]
fn an_intent_is_written_with_its_marker_before_a_pad_is_requested() {
    let (row, what, changes) = after(Consent::Rules, ready());
    let Lifecycle::Intent { intent } = row.life else {
        panic!("{row:?}")
    };
    assert_eq!(what, Activity::PadRequested);
    assert_eq!(
        (intent.written_ms, intent.consent),
        (NOW_MS, Consent::Rules)
    );
    assert_eq!(intent.beside, [id("BESIDE12")]);
    assert_eq!((row.seen, row.reason), (seen(), Reason::UserCreated));
    let opened = Change::MarkerOpened {
        marker: intent.marker,
        written_ms: NOW_MS,
    };
    assert_eq!(changes, [opened]);
}

#[test]
fn who_is_only_looked_at_for_a_link_gets_no_intent() {
    for (fallback, hold) in [
        (Fallback::AlreadyThere, Hold::AlreadyThere),
        (Fallback::NoLink, Hold::NoLink),
        (Fallback::NoLinkYet(3), Hold::NoLinkYet { since_ms: 3 }),
    ] {
        let (row, what, changes) = after(Consent::AdoptOnly(fallback), ready());
        assert_eq!(row.life, Lifecycle::Held { hold });
        assert_eq!(
            (what, row.reason),
            (Activity::Listed, Reason::LinkOfOtherJob)
        );
        assert_eq!(changes, []);
    }
}

#[test]
fn a_doubtful_pad_is_a_question_only_where_a_pad_is_wanted() {
    let doubtful = |doubt| Prepared::Asks(seen(), doubt);
    for consent in LISTED {
        let (row, what, changes) = after(consent, doubtful(PadDoubt::Age));
        let is_listed = matches!(
            row.life,
            Lifecycle::Held {
                hold: Hold::AlreadyThere | Hold::Rebuilt
            }
        );
        assert!(is_listed, "{row:?}");
        assert_eq!(row.seen, seen());
        assert_eq!((what, row.reason), (Activity::Listed, Reason::LinkUnclear));
        assert_eq!(changes, []);
    }
    for consent in NEWS {
        for doubt in [PadDoubt::Age, PadDoubt::WhichJob] {
            let (row, what, changes) = after(consent, doubtful(doubt));
            let question = Reason::WhosePad { doubt };
            let who = row.who();
            assert_eq!(row.life, Lifecycle::Held { hold: doubt.hold() });
            assert_eq!(row.seen, seen(), "what was just read counts");
            assert_eq!(
                (what, row.reason),
                (Activity::NeedsDecision, question.clone())
            );
            let told = Change::Announced(News::Asks { who, question });
            assert_eq!(changes, [told], "{consent:?}");
        }
    }
}

#[test]
fn an_existing_pad_is_announced_unless_they_were_there_at_the_start() {
    let pad = |text: &str| ProfilePad {
        id: id(text),
        link: format!("https://app.coderpad.io/{text}"),
    };
    let adopt = |ours| {
        Prepared::Adopt(Box::new(Adoptable {
            seen: seen(),
            secrecy: Secrecy::Open,
            pad: pad("FOUNDPAD"),
            ours,
            made_ms: None,
            beside: vec![id("BESIDE12")],
            others: Vec::new(),
        }))
    };
    let tells = |changes: &[Change]| {
        let ready = |change: &&Change| {
            matches!(change, Change::Announced(News::PadReady { pad, adopted: true, .. })
                if *pad == id("FOUNDPAD"))
        };
        changes.iter().filter(ready).count()
    };
    for (ours, origin) in [(true, Origin::Found), (false, Origin::Adopted)] {
        for (consents, told) in [(&LISTED[..], 0), (&NEWS[..], 1)] {
            for consent in consents {
                let (row, what, changes) = after(*consent, adopt(ours));
                let Lifecycle::Linked { pad } = &row.life else {
                    panic!("{row:?}")
                };
                assert_eq!(
                    (pad.origin, &pad.beside[..]),
                    (origin, &[id("BESIDE12")][..])
                );
                assert_eq!(what, Activity::ExistingPadUsed);
                assert_eq!(
                    (tells(&changes), changes.len()),
                    (told, told),
                    "{consent:?}"
                );
            }
        }
    }
}

#[test]
fn an_approval_ends_when_the_candidate_is_gone() {
    for (consent, expected) in [
        (Consent::User, Consent::Rules),
        (Consent::UserOverride, Consent::Rules),
        (LISTED[0], LISTED[0]),
    ] {
        let gone = Prepared::Left {
            seen: None,
            reason: Reason::LeftStage,
        };
        let (row, what, changes) = after(consent, gone);
        assert_eq!(row.life, Lifecycle::Eligible { consent: expected });
        assert_eq!((row.left_ms, row.reason), (Some(NOW_MS), Reason::LeftStage));
        assert_eq!(row.seen, Seen::default(), "as it was known");
        assert_eq!((what, changes), (Activity::PadNotCreated, Vec::new()));
    }
}
