use lever::OpportunityId;
use transport::{SecretString, SeededRng};

use super::*;
use crate::candidacy::Seen;
use crate::identity::Salt;
use crate::lifecycle::Consent;
use crate::reason::Doubt;
use crate::secrecy::Secrecy;

#[test]
fn a_look_goes_back_past_the_intents_time_by_the_servers_clock() {
    let hour_ms = 3_600_000;
    let (intent_ms, now_ms) = (1_000 * hour_ms, 1_001 * hour_ms);
    let back = |server_ms| horizon_ms(intent_ms, now_ms, server_ms);
    assert_eq!(back(now_ms), intent_ms - MARGIN_MS);
    // The computer's clock is behind only now: the intent's time was right.
    assert_eq!(back(now_ms + 9 * hour_ms), intent_ms - MARGIN_MS);
    assert_eq!(
        back(now_ms - 9 * hour_ms),
        intent_ms - 9 * hour_ms - MARGIN_MS
    );
    let from_the_future = horizon_ms(now_ms + 99 * hour_ms, now_ms, now_ms);
    assert_eq!(from_the_future, now_ms - MARGIN_MS);
}

#[test]
fn a_clock_set_by_a_day_before_or_after_the_intent_hides_no_pad() {
    let (hour_ms, day_ms) = (3_600_000, 86_400_000);
    // By the server's clock the pad was made at `made_ms`, and the look comes an hour later.
    let made_ms = 1_000 * day_ms;
    for off_then in [-5 * day_ms, -day_ms, 0, day_ms] {
        for off_now in [-5 * day_ms, -day_ms, 0, day_ms, 5 * day_ms] {
            let server_ms = made_ms + hour_ms;
            let horizon = horizon_ms(made_ms + off_then, server_ms + off_now, server_ms);
            assert!(horizon < made_ms, "{off_then} then, {off_now} now");
        }
    }
    // Days ahead then, right now: nothing later than now counts.
    let from_the_future = horizon_ms(made_ms + 5 * day_ms, made_ms + hour_ms, made_ms + hour_ms);
    assert!(from_the_future < made_ms);
}

fn intent(asker: Option<Asker>) -> Intent {
    Intent {
        marker: Marker::fresh(opportunity(), &SeededRng::new(1)),
        written_ms: 1,
        consent: Consent::Rules,
        beside: Vec::new(),
        asker,
        secrecy: Secrecy::Open,
    }
}

fn opportunity() -> OpportunityId {
    OpportunityId::new("11111111-1111-4111-8111-111111111111")
}

fn asker(for_others: bool) -> Option<Asker> {
    let key = Salt::fresh(&SeededRng::new(2)).fingerprint(&SecretString::from("a key"));
    Some(Asker { key, for_others })
}

fn nothing() -> ScanResult {
    ScanResult {
        found: HashMap::new(),
        incomplete: None,
        unread: 0,
        others_incomplete: None,
        server_ahead_ms: None,
    }
}

fn busy() -> ServiceError {
    crate::service_error::rate_limited(Service::Coderpad, None)
}

#[test]
fn only_the_user_who_asked_for_a_pad_can_miss_it() {
    let intent = intent(asker(false));
    assert_eq!(nothing().of(&intent, |_| true), Look::Missing);
    let other = Look::Incomplete(other_key());
    assert_eq!(nothing().of(&intent, |_| false), other);
    // Of an intent of an earlier version it isn't known who asked.
    let before = self::intent(None);
    assert_eq!(nothing().of(&before, |_| false), Look::Missing);
}

#[test]
fn the_list_of_other_users_counts_for_pads_that_may_be_in_it() {
    let scan = ScanResult {
        others_incomplete: Some(busy()),
        ..nothing()
    };
    let look = |asker| scan.of(&intent(asker), |_| true);
    assert_eq!(look(asker(false)), Look::Missing);
    assert_eq!(look(asker(true)), Look::Incomplete(busy()));
    assert_eq!(look(None), Look::Incomplete(busy()));
}

#[test]
fn a_pad_that_is_found_is_there_whatever_else_was_not_read() {
    let intent = intent(asker(false));
    let pad: Pad = serde_json::from_str(r#"{"id":"K7QWM3ZD"}"#).unwrap();
    let scan = ScanResult {
        found: HashMap::from([(intent.marker.clone(), vec![pad])]),
        incomplete: Some(busy()),
        unread: 3,
        ..nothing()
    };
    let look = scan.of(&intent, |_| false);
    assert!(
        matches!(look, Look::Found([pad]) if pad.id.as_str() == "K7QWM3ZD"),
        "{look:?}"
    );
}

/// The row, and when it is looked for next, after the last of many looks that missed the pad.
fn after_the_last_look(unread: usize, make_again: bool) -> (Lifecycle, Duration) {
    let search = Search {
        doubt: Doubt::NoAnswer,
        incomplete: None,
        complete_looks: 0,
        asks: false,
        server_ahead_ms: 0,
        cannot_look: false,
    };
    let intent = intent(asker(false));
    let life = Lifecycle::Uncertain { intent, search };
    let mut row = Candidacy::noticed(opportunity(), Seen::default(), life, Reason::BulkMove, 7);
    let root = transport::ApiRoot::parse("https://app.coderpad.io").unwrap();
    let mut looks = Looks::begin(Duration::ZERO);
    let scan = ScanResult {
        unread,
        ..nothing()
    };
    for _ in 0..4 {
        let now = Now {
            ms: 9,
            elapsed: looks.next,
            root: &root,
        };
        let (transition, after) = on_scanned(row.clone(), &scan, |_| true, looks, make_again, now);
        looks = after;
        for change in transition.changes {
            if let Change::Moved { row: now, .. } | Change::Touched(now) = change {
                row = *now;
            }
        }
    }
    (row.life, looks.next)
}

#[test]
fn what_was_never_seen_is_created_again_and_what_is_unreadable_is_asked_about() {
    let (life, _) = after_the_last_look(0, true);
    assert!(matches!(life, Lifecycle::Eligible { .. }), "{life:?}");
    for (unread, make_again) in [(1, true), (0, false)] {
        let (life, next) = after_the_last_look(unread, make_again);
        let Lifecycle::Uncertain { search, .. } = life else {
            panic!("{life:?}")
        };
        assert!(search.asks);
        // Looks at 5, 66 and 127 s; while the person is asked, the fourth and then every ten minutes.
        assert_eq!(next, Duration::from_secs(188 + 600));
    }
}

/// A pad with an id that is as long as CoderPad's.
fn named(id: &str) -> Pad {
    serde_json::from_str(&format!(r#"{{"id":"{id}"}}"#)).unwrap()
}

/// What pads of an attempt that was given up mean for one in this state: the pad that the candidate
/// has now, and the extra ones.
fn late_for(life: Lifecycle, ids: &[&str]) -> (Option<String>, Vec<String>, Vec<Change>) {
    let (reason, seen) = (Reason::UserCreated, crate::candidacy::Seen::default());
    let row = Candidacy::noticed(opportunity(), seen, life, reason, 7);
    let pads: Vec<Pad> = ids.iter().map(|id| named(id)).collect();
    let marker = intent(None).marker;
    let root = transport::ApiRoot::parse("https://app.coderpad.io").unwrap();
    let now = Now {
        ms: 9,
        elapsed: Duration::ZERO,
        root: &root,
    };
    let changes = late(&row, &marker, &pads, now);
    let got = changes.iter().find_map(|change| match change {
        Change::Moved { row, .. } => row.life.pad().map(|pad| pad.id.to_string()),
        _ => None,
    });
    let extra = changes.iter().filter_map(|change| match change {
        Change::DuplicateFound { pad, .. } => Some(pad.to_string()),
        _ => None,
    });
    (got, extra.collect(), changes)
}

#[test]
fn a_late_pad_is_for_whoever_still_waits_and_extra_for_the_others() {
    let own = LedgerPad {
        playback: None,
        id: PadId::parse("OWNPAD12").unwrap(),
        link: String::new(),
        origin: Origin::Made,
        since_ms: 1,
        beside: Vec::new(),
    };
    let consent = crate::lifecycle::Consent::Rules;
    let waits = || Lifecycle::Eligible { consent };
    let (one, two) = ("LATEPAD1", "LATEPAD2");
    let (got, extra, changes) = late_for(waits(), &[one, two]);
    assert_eq!(
        (got.as_deref(), &extra[..]),
        (Some(one), &[two.to_owned()][..])
    );
    let settled = Change::MarkerSettled(intent(None).marker);
    assert_eq!(changes.last(), Some(&settled));

    let linked = || Lifecycle::Linked { pad: own.clone() };
    let (got, extra, changes) = late_for(linked(), &["OWNPAD12", one]);
    assert_eq!((got, &extra[..]), (None, &[one.to_owned()][..]));
    let kept = changes.iter().find_map(|change| match change {
        Change::Announced(News::Duplicate { kept, .. }) => Some(kept.to_string()),
        _ => None,
    });
    assert_eq!(kept.as_deref(), Some("OWNPAD12"));
    let (_, _, nothing) = late_for(linked(), &["OWNPAD12"]);
    assert_eq!(nothing, []);

    let (got, extra, _) = late_for(Lifecycle::Skipped, &[one]);
    assert_eq!(
        (got, &extra[..]),
        (None, &[one.to_owned()][..]),
        "not wanted"
    );
    let under_way = Lifecycle::Intent {
        intent: intent(None),
    };
    let (_, _, nothing) = late_for(under_way, &[one]);
    assert_eq!(nothing, [], "it isn't known yet whose it is");
}

#[test]
fn a_look_goes_back_a_day_and_two_hours_beyond_the_intent() {
    assert_eq!(MARGIN_MS, 93_600_000);
}
