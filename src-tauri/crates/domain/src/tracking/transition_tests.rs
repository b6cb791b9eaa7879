use lever::OpportunityId;
use transport::{SecretString, SeededRng};

use super::*;
use crate::candidacy::Seen;
use crate::identity::Salt;
use crate::lifecycle::{LedgerPad, Linking, Origin};

const NOW: i64 = 1_772_532_000_000;

fn pad() -> LedgerPad {
    LedgerPad {
        playback: None,
        id: PadId::parse("K7QWM3ZD").unwrap(),
        link: "https://app.coderpad.io/K7QWM3ZD".into(),
        origin: Origin::Made,
        since_ms: 0,
        beside: Vec::new(),
    }
}

fn row(life: Lifecycle) -> Candidacy {
    let id = OpportunityId::new("o1");
    Candidacy::noticed(id, Seen::default(), life, Reason::PadCreated, 0)
}

fn root() -> ApiRoot {
    ApiRoot::parse("https://app.coderpad.io").unwrap()
}

fn shown() -> Known {
    Known {
        progress: Progress::Pending,
        seen_ms: Some(NOW),
        ..Known::default()
    }
}

fn settled(life: Lifecycle, known: Known, reading: Reading) -> Followed {
    settled_at(life, known, reading, true, NOW)
}

fn settled_at(
    life: Lifecycle,
    known: Known,
    reading: Reading,
    is_own: bool,
    now_ms: i64,
) -> Followed {
    let reader = Reader {
        key: None,
        is_own,
        missed_for_ms: known.missing_ms.map(|first_ms| now_ms - first_ms),
    };
    let pad = pad().id;
    on_reading(row(life), known, (&pad, reading), reader, &root(), now_ms)
}

fn ended(ending: Ending) -> Reading {
    Reading::Ended(Ended {
        at_ms: Some(5),
        ending,
        playback: None,
    })
}

fn life_after(followed: &Followed) -> Option<&Lifecycle> {
    followed.changes.iter().find_map(|change| match change {
        Change::Moved { row, .. } => Some(&row.life),
        _ => None,
    })
}

fn tells(followed: &Followed) -> usize {
    let told = |change: &&Change| matches!(change, Change::Announced(_));
    followed.changes.iter().filter(told).count()
}

#[test]
fn an_end_is_written_once_and_told_unless_nobody_was_there() {
    for (ending, told) in [
        (Ending::Held, 1),
        (Ending::ByItself, 1),
        (Ending::NeverOpened, 0),
    ] {
        let linked = Lifecycle::Linked { pad: pad() };
        let followed = settled(linked, shown(), ended(ending));
        let life = life_after(&followed).unwrap().clone();
        assert!(
            matches!(&life, Lifecycle::Finished { ended_ms: 5, ending: e, .. } if *e == ending)
        );
        assert_eq!(tells(&followed), told, "{ending:?}");
        let again = settled(life, shown(), ended(ending));
        assert_eq!((life_after(&again), tells(&again)), (None, 0));
    }
}

#[test]
fn a_link_that_is_on_its_way_to_the_profile_arrives_first() {
    let mut linking = Linking::default();
    let created = |linking| Lifecycle::Created {
        pad: pad(),
        linking,
    };
    let waits = settled(created(linking.clone()), shown(), ended(Ending::Held));
    assert!(waits.again && waits.changes.is_empty());
    linking.refused = Some(Reason::LinkNotShown);
    let refused = settled(created(linking), shown(), ended(Ending::Held));
    assert!(life_after(&refused).is_some());
}

fn known_after(followed: &Followed) -> Option<Known> {
    followed.changes.iter().find_map(|change| match change {
        Change::Followed { known, .. } => Some(*known),
        _ => None,
    })
}

#[test]
fn a_pad_is_deleted_after_two_404_apart_for_the_user_who_saw_it() {
    let linked = || Lifecycle::Linked { pad: pad() };
    let first = settled(linked(), shown(), Reading::Missing);
    assert_eq!((life_after(&first), tells(&first)), (None, 0));
    let known = known_after(&first).unwrap();
    assert_eq!(known.missing_ms, Some(NOW));
    let at = |known, reading, is_own, later_ms| {
        settled_at(linked(), known, reading, is_own, NOW + later_ms)
    };
    assert!(at(known, Reading::Missing, true, 59_000).changes.is_empty());
    let deleted = at(known, Reading::Missing, true, 60_000);
    assert!(matches!(
        life_after(&deleted),
        Some(Lifecycle::Deleted { .. })
    ));
    assert_eq!(tells(&deleted), 1);
    for reading in [Reading::Missing, Reading::Hidden] {
        let others = at(known, reading, false, 90_000_000);
        assert_eq!((life_after(&others), tells(&others)), (None, 0));
    }
    assert_eq!(
        life_after(&at(known, Reading::Hidden, true, 90_000_000)),
        None
    );
    let seen = Reading::Open {
        progress: Progress::Pending,
        active_ms: None,
    };
    let known = known_after(&at(known, seen, true, 60_000)).unwrap();
    assert_eq!(known.missing_ms, None);
    let again = settled_at(linked(), known, Reading::Missing, true, NOW + 120_000);
    assert_eq!(life_after(&again), None, "it starts over");
}

#[test]
fn a_pad_never_shown_to_this_user_is_another_users() {
    let linked = Lifecycle::Linked { pad: pad() };
    for reading in [Reading::Missing, Reading::Hidden] {
        let hidden = settled_at(linked.clone(), Known::default(), reading, false, NOW);
        assert_eq!(life_after(&hidden), None);
        assert_eq!(known_after(&hidden).unwrap().progress, Progress::Hidden);
    }
}

#[test]
fn a_pad_that_is_seen_again_is_back() {
    let open = Reading::Open {
        progress: Progress::Pending,
        active_ms: None,
    };
    let finished = Lifecycle::Finished {
        pad: pad(),
        ended_ms: 5,
        ending: Ending::NeverOpened,
    };
    for life in [
        Lifecycle::Deleted {
            pad: pad(),
            asks: true,
        },
        finished,
    ] {
        for is_own in [false, true] {
            let back = settled_at(life.clone(), shown(), open.clone(), is_own, NOW);
            assert!(matches!(life_after(&back), Some(Lifecycle::Created { .. })));
            assert_eq!(tells(&back), 0);
        }
    }
    let over = settled(
        Lifecycle::Deleted {
            pad: pad(),
            asks: true,
        },
        shown(),
        ended(Ending::Held),
    );
    assert!(matches!(
        life_after(&over),
        Some(Lifecycle::Finished { .. })
    ));
    assert_eq!(tells(&over), 0, "it is no news");
}

#[test]
fn a_pad_that_ends_long_before_its_interview_is_a_question() {
    let planned = |starts_ms| Known {
        plan: Some(Plan {
            starts_ms,
            ends_ms: starts_ms + 3_600_000,
        }),
        ..shown()
    };
    let ending = |how, starts_ms| {
        let linked = Lifecycle::Linked { pad: pad() };
        let followed = settled(linked, planned(starts_ms), ended(how));
        let Some(Lifecycle::Finished { ending, .. }) = life_after(&followed).cloned() else {
            panic!("{followed:?}")
        };
        (ending, tells(&followed))
    };
    let (before, held, unopened) = (Ending::BeforeInterview, Ending::Held, Ending::NeverOpened);
    assert_eq!(ending(held, 5 + EARLY_MS), (before, 1));
    assert_eq!(ending(held, 4 + EARLY_MS), (held, 1), "people met earlier");
    assert_eq!(ending(unopened, 6), (before, 1), "no one did");
    assert_eq!(ending(unopened, 5), (unopened, 0));
    let over = Lifecycle::Finished {
        pad: pad(),
        ended_ms: 5,
        ending: Ending::NeverOpened,
    };
    let later = planned_after_end(&row(over.clone()), planned(6).plan, NOW).unwrap();
    assert_eq!(later.len(), 2);
    assert_eq!(planned_after_end(&row(over), planned(5).plan, NOW), None);
}

#[test]
fn nothing_is_written_when_nothing_is_new() {
    let open = |progress, active_ms| Reading::Open {
        progress,
        active_ms,
    };
    let linked = || Lifecycle::Linked { pad: pad() };
    let same = settled(linked(), shown(), open(Progress::Pending, None));
    assert!(same.changes.is_empty());
    let begun = settled(linked(), shown(), open(Progress::UnderWay, Some(NOW)));
    assert_eq!(
        begun.changes.len(),
        2,
        "what is known, and a line of history"
    );
    let other = PadId::parse("OTHERPAD").unwrap();
    let reading = ended(Ending::Held);
    let reader = Reader {
        key: None,
        is_own: true,
        missed_for_ms: None,
    };
    let of_other = on_reading(
        row(linked()),
        shown(),
        (&other, reading),
        reader,
        &root(),
        NOW,
    );
    assert!(of_other.changes.is_empty(), "another pad's end");
}

#[test]
fn the_playback_is_where_coderpad_says_and_stays_known() {
    let address = "https://coderpad.io/K7QWM3ZD/playback";
    let over = |playback: Option<&str>, life| {
        let read = Reading::Ended(Ended {
            at_ms: Some(5),
            ending: Ending::Held,
            playback: playback.map(str::to_owned),
        });
        let reader = Reader {
            key: None,
            is_own: true,
            missed_for_ms: None,
        };
        on_reading(row(life), shown(), (&pad().id, read), reader, &root(), NOW)
    };
    for (said, expected) in [
        (Some(address), address.to_owned()),
        (
            None,
            format!("https://app.coderpad.io/{}/playback", pad().id),
        ),
    ] {
        let followed = over(said, Lifecycle::Linked { pad: pad() });
        let told = followed.changes.iter().find_map(|change| match change {
            Change::Announced(News::Finished { playback, .. }) => Some(playback.clone()),
            _ => None,
        });
        assert_eq!(told, Some(expected.clone()));
        let ended = life_after(&followed).unwrap().pad().unwrap();
        assert_eq!(own_playback(ended, &root()), expected);
    }
}

#[test]
fn a_plan_that_becomes_known_later_turns_an_early_end_into_a_question() {
    let finished = |ending| Lifecycle::Finished {
        pad: pad(),
        ended_ms: NOW,
        ending,
    };
    let plan = |starts_ms| {
        Some(Plan {
            starts_ms,
            ends_ms: starts_ms + 3_600_000,
        })
    };
    let early = plan(NOW + 2 * 3_600_000);
    let after = |life, plan| planned_after_end(&row(life), plan, NOW + 9);
    let changes = after(finished(Ending::Held), early).unwrap();
    let [
        Change::Moved { row: moved, .. },
        Change::Announced(News::Asks { .. }),
    ] = &changes[..]
    else {
        panic!("{changes:?}")
    };
    assert_eq!(moved.life, finished(Ending::BeforeInterview));
    assert!(after(finished(Ending::Held), plan(NOW + 2 * 3_600_000 - 1)).is_none());
    assert!(after(finished(Ending::Held), None).is_none());
    assert!(
        after(finished(Ending::BeforeInterview), early).is_none(),
        "it is known"
    );
    assert!(after(Lifecycle::Linked { pad: pad() }, early).is_none());
}

#[test]
fn an_open_pad_is_written_again_when_it_moved_or_was_long_not_shown() {
    let open = |active_ms, known| {
        let reading = Reading::Open {
            progress: Progress::Pending,
            active_ms,
        };
        let followed = settled(Lifecycle::Linked { pad: pad() }, known, reading);
        !followed.changes.is_empty()
    };
    let known = |seen_ago_ms| Known {
        seen_ms: Some(NOW - seen_ago_ms),
        active_ms: Some(1_000_000),
        ..shown()
    };
    assert!(!open(Some(1_000_000 + 300_000), known(3_600_000)));
    assert!(open(Some(1_000_000 + 300_001), known(0)));
    assert!(open(Some(1_000_000), known(3_600_001)));
    assert!(!open(None, known(0)), "nothing new is known");
}

#[test]
fn that_an_interview_begins_is_noted_once() {
    let reading = || Reading::Open {
        progress: Progress::UnderWay,
        active_ms: Some(NOW),
    };
    let linked = || Lifecycle::Linked { pad: pad() };
    let begins = |known| {
        let changes = settled(linked(), known, reading()).changes;
        let notes = |change: &Change| matches!(change, Change::Happened { .. });
        changes.iter().filter(|change| notes(change)).count()
    };
    assert_eq!(begins(shown()), 1);
    let at_work = Known {
        progress: Progress::UnderWay,
        ..shown()
    };
    assert_eq!(begins(at_work), 0);
}

#[test]
fn a_pad_that_was_shown_before_is_not_hidden_by_one_refusal() {
    for (before, after) in [
        (Progress::Unseen, Progress::Hidden),
        (Progress::Hidden, Progress::Hidden),
        (Progress::Pending, Progress::Pending),
        (Progress::UnderWay, Progress::UnderWay),
    ] {
        let known = Known {
            progress: before,
            ..Known::default()
        };
        let followed = settled(Lifecycle::Linked { pad: pad() }, known, Reading::Hidden);
        let known = known_after(&followed).unwrap();
        assert_eq!((known.progress, known.seen_ms), (after, Some(NOW)));
    }
}

#[test]
fn what_is_read_of_another_pad_changes_nothing() {
    let other = PadId::parse("ABCD1234").unwrap();
    let reader = Reader {
        key: None,
        is_own: true,
        missed_for_ms: None,
    };
    let row = row(Lifecycle::Linked { pad: pad() });
    let read = (&other, ended(Ending::Held));
    let followed = on_reading(row, shown(), read, reader, &root(), NOW);
    assert!(followed.changes.is_empty() && !followed.again);
}

#[test]
fn each_end_has_its_own_words_and_the_early_one_names_its_pad() {
    let endings = [
        Ending::Held,
        Ending::ByItself,
        Ending::NeverOpened,
        Ending::BeforeInterview,
    ];
    let told = endings.map(|ending| told_of(ending, &pad()));
    for (place, (what, why)) in told.iter().enumerate() {
        let link = pad().link;
        let others = told.iter().skip(place + 1);
        assert!(others.clone().all(|other| other.0 != *what), "{what:?}");
        assert!(others.clone().all(|other| other.1 != *why), "{why:?}");
        assert_eq!(*why == Reason::EndedBeforeInterview { link }, place == 3);
    }
}

#[test]
fn who_saw_a_pad_that_is_over_last_is_remembered() {
    let salt = Salt::fresh(&SeededRng::new(1));
    let key = |text: &str| salt.fingerprint(&SecretString::from(text.to_owned()));
    let (first, second) = (key("first"), key("second"));
    let finished = Lifecycle::Finished {
        pad: pad(),
        ended_ms: 5,
        ending: Ending::Held,
    };
    let known = Known {
        seen_by: Some(first),
        ..shown()
    };
    for (reader, seen_by) in [(Some(second), second), (None, first)] {
        let reader = Reader {
            key: reader,
            is_own: true,
            missed_for_ms: None,
        };
        let read = (&pad().id, ended(Ending::Held));
        let followed = on_reading(row(finished.clone()), known, read, reader, &root(), NOW);
        assert_eq!(known_after(&followed).unwrap().seen_by, Some(seen_by));
    }
}

#[test]
fn an_early_end_is_two_hours_before_and_news_are_five_minutes_old() {
    assert_eq!(EARLY_MS, 7_200_000);
    assert_eq!(MOVED_MS, 300_000);
    assert_eq!(STALE_MS, 3_600_000);
}
