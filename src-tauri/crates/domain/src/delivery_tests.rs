use lever::OpportunityId;

use super::*;
use crate::announcement::Who;
use crate::candidacy::Seen;
use crate::interview::Plan;
use crate::interview::attendance::Attendance;
use crate::interview::readiness::{Checked, Finding};
use crate::lifecycle::{Consent, Linking, Origin};
use crate::problem::Problem;
use crate::reason::{Doubt, Reason};
use crate::service_error::Service;

const NOW: i64 = 1_772_532_000_000;
const HOUR: i64 = 3_600_000;
const SOON: i64 = NOW + HOUR;

fn pad_id(text: &str) -> PadId {
    text.parse().unwrap()
}

fn pad() -> LedgerPad {
    LedgerPad {
        playback: None,
        id: pad_id("K7QWM3ZD"),
        link: "https://app.coderpad.io/K7QWM3ZD".to_owned(),
        origin: Origin::Made,
        since_ms: NOW - HOUR,
        beside: Vec::new(),
    }
}

fn row(life: Lifecycle) -> Candidacy {
    let id = OpportunityId::new("ada");
    Candidacy::noticed(id, Seen::default(), life, Reason::PadCreated, NOW - HOUR)
}

fn linked() -> Lifecycle {
    Lifecycle::Linked { pad: pad() }
}

fn facts(row: Candidacy) -> Facts {
    Facts {
        now_ms: NOW,
        row: Some(row),
        ..Facts::default()
    }
}

fn planned(row: Candidacy, starts_ms: i64) -> Facts {
    let ends_ms = starts_ms + HOUR;
    let known = Known {
        plan: Some(Plan { starts_ms, ends_ms }),
        ..Known::default()
    };
    Facts {
        known,
        ..facts(row)
    }
}

fn who() -> Who {
    row(linked()).who()
}

fn told(news: News) -> Announcement {
    Announcement {
        id: 1,
        at_ms: NOW - 9 * HOUR,
        news,
    }
}

fn is_told(news: &News, facts: &Facts) -> bool {
    current(told(news.clone()), facts).is_some()
}

fn copied() -> Candidacy {
    Candidacy {
        copied_ms: Some(NOW),
        ..row(linked())
    }
}

fn reminder() -> News {
    News::Reminder {
        who: who(),
        link: pad().link,
        starts_ms: SOON,
    }
}

fn not_sent_yet() -> News {
    News::NotSentYet {
        who: who(),
        link: pad().link,
        starts_ms: SOON,
    }
}

fn finished(ending: Ending) -> Candidacy {
    row(Lifecycle::Finished {
        pad: pad(),
        ended_ms: NOW,
        ending,
    })
}

#[test]
fn how_soon_an_interview_begins_is_counted_from_when_it_is_shown() {
    for news in [reminder(), not_sent_yet()] {
        let shown = current(told(news), &planned(row(linked()), SOON)).unwrap();
        assert_eq!(shown.at_ms, NOW);
    }
}

#[test]
fn an_interview_that_began_moved_or_ended_is_not_reminded_of() {
    for news in [reminder(), not_sent_yet()] {
        let begun = Facts {
            now_ms: SOON,
            ..planned(row(linked()), SOON)
        };
        for (what, facts) in [
            ("begun", begun),
            ("moved", planned(row(linked()), SOON + HOUR)),
            ("called off", facts(row(linked()))),
            ("ended", planned(finished(Ending::Held), SOON)),
            (
                "deleted",
                planned(
                    row(Lifecycle::Deleted {
                        pad: pad(),
                        asks: true,
                    }),
                    SOON,
                ),
            ),
        ] {
            assert!(!is_told(&news, &facts), "{what}: {news:?}");
        }
    }
    assert!(is_told(&reminder(), &planned(copied(), SOON)));
    assert!(!is_told(&not_sent_yet(), &planned(copied(), SOON)));
}

#[test]
fn what_is_off_before_an_interview_is_told_as_it_is_by_then() {
    let news = News::NotReady {
        who: who(),
        starts_ms: SOON,
        findings: [Finding::Language, Finding::LinkNotCopied]
            .into_iter()
            .collect(),
    };
    let after = |row: Candidacy, found: &[Finding]| {
        let mut facts = planned(row, SOON);
        facts.known.checked = Some(Checked {
            for_ms: SOON,
            at_ms: NOW,
            findings: found.iter().copied().collect(),
            told: true,
        });
        let told = current(told(news.clone()), &facts)?;
        let News::NotReady { findings, .. } = told.news else {
            panic!("{told:?}")
        };
        Some(Vec::from(findings))
    };
    let both = Some(vec![Finding::LinkNotCopied, Finding::Language]);
    assert_eq!(after(row(linked()), &[Finding::Language]), both);
    let link = Some(vec![Finding::LinkNotCopied]);
    let unknown = [Finding::InterviewersNotShown];
    assert_eq!(after(row(linked()), &unknown), link);
    assert_eq!(after(copied(), &unknown), None, "all is well by now");
    assert!(
        !is_told(&news, &planned(row(linked()), SOON + HOUR)),
        "moved"
    );
}

#[test]
fn who_is_late_is_told_as_it_is_by_then() {
    let news = News::Late {
        who: who(),
        starts_ms: NOW,
        missing: Missing::Everyone,
    };
    let by_now = |row: Candidacy, starts_ms: i64, missing| {
        let mut facts = planned(row, starts_ms);
        facts.known.attended = Some(Attendance {
            for_ms: starts_ms,
            at_ms: NOW,
            missing,
        });
        let told = current(told(news.clone()), &facts)?;
        let News::Late { missing, .. } = told.news else {
            panic!("{told:?}")
        };
        Some(missing)
    };
    let candidate = Some(Missing::Candidate);
    assert_eq!(by_now(row(linked()), NOW, candidate), candidate);
    assert_eq!(by_now(row(linked()), NOW, None), None, "both are there");
    assert_eq!(by_now(finished(Ending::Held), NOW, candidate), None);
    assert_eq!(by_now(row(linked()), NOW + HOUR, candidate), None, "moved");
}

#[test]
fn a_pad_that_is_sent_ended_or_replaced_is_not_ready() {
    let news = News::PadReady {
        who: who(),
        pad: pad().id,
        link: pad().link,
        adopted: false,
    };
    let mut other = pad();
    other.id = pad_id("OTHER123");
    assert!(is_told(&news, &facts(row(linked()))));
    for now in [
        copied(),
        finished(Ending::Held),
        row(Lifecycle::Deleted {
            pad: pad(),
            asks: true,
        }),
        row(Lifecycle::Linked { pad: other }),
    ] {
        assert!(!is_told(&news, &facts(now.clone())), "{now:?}");
    }
}

#[test]
fn a_question_that_was_answered_is_not_asked() {
    let news = News::Asks {
        who: who(),
        question: Reason::AskToCreate,
    };
    let ask = Lifecycle::Held { hold: Hold::Ask };
    let left = Candidacy {
        left_ms: Some(NOW),
        ..row(ask.clone())
    };
    let consent = Consent::User;
    for (now, asks) in [
        (row(ask), true),
        (row(Lifecycle::Unreadable), true),
        (
            row(Lifecycle::Deleted {
                pad: pad(),
                asks: true,
            }),
            true,
        ),
        (finished(Ending::BeforeInterview), true),
        (left, false),
        (row(Lifecycle::Skipped), false),
        (row(Lifecycle::Eligible { consent }), false),
        (row(linked()), false),
        (finished(Ending::Held), false),
    ] {
        assert_eq!(is_told(&news, &facts(now.clone())), asks, "{now:?}");
    }
}

#[test]
fn what_was_settled_meanwhile_is_not_told() {
    let who = who();
    let doubt = News::Uncertain {
        who: who.clone(),
        doubt: Doubt::NoAnswer,
    };
    let no_link = News::NoLink { who: who.clone() };
    let refused = News::LinkRefused {
        who: who.clone(),
        reason: Reason::LinkNotShown,
    };
    let ended = News::Finished {
        who,
        pad: pad().id,
        playback: String::new(),
        by_itself: false,
    };
    for news in [&doubt, &no_link, &refused, &ended] {
        assert!(!is_told(news, &facts(row(linked()))), "{news:?}");
    }
    let hold = Hold::NoLink;
    assert!(is_told(&no_link, &facts(row(Lifecycle::Held { hold }))));
    assert!(is_told(&ended, &facts(finished(Ending::Held))));
    let created = |refused: Option<Reason>| {
        row(Lifecycle::Created {
            pad: pad(),
            linking: Linking {
                tries: 1,
                next_ms: 0,
                refused,
            },
        })
    };
    assert!(is_told(
        &refused,
        &facts(created(Some(Reason::LinkNotShown)))
    ));
    assert!(!is_told(&refused, &facts(created(None))));
}

#[test]
fn an_extra_pad_is_told_while_there_is_one() {
    let duplicate = News::Duplicate {
        who: who(),
        kept: pad().id,
        extra: pad_id("EXTRA123"),
        ours: true,
    };
    let still = Facts {
        extra: vec![pad_id("EXTRA123")],
        ..facts(row(linked()))
    };
    assert!(is_told(&duplicate, &still));
    assert!(!is_told(&duplicate, &facts(row(linked()))));
}

#[test]
fn a_note_that_was_added_meanwhile_is_no_failure() {
    let not_added = News::NoteRefused {
        who: who(),
        reason: Reason::LinkNotShown,
    };
    let note = |note| Facts {
        note: Some(note),
        ..facts(finished(Ending::Held))
    };
    assert!(is_told(&not_added, &note(NoteState::Prepared)));
    assert!(!is_told(&not_added, &note(NoteState::Added)));
}

#[test]
fn nobody_who_was_removed_is_named() {
    let gone = Facts {
        row: None,
        ..planned(row(linked()), SOON)
    };
    assert!(!is_told(&reminder(), &gone));
    assert!(!is_told(&News::NoteAdded { who: who() }, &gone));
}

#[test]
fn what_hindered_is_told_while_it_hinders() {
    let hindered = News::Hindered {
        problem: Problem::KeyRejected {
            service: Service::Lever,
        },
    };
    let by = |codes: &[ProblemCode]| Facts {
        hindered_by: codes.to_vec(),
        ..Facts::default()
    };
    let [wrong, down] = [ProblemCode::LeverKeyWrong, ProblemCode::ServiceDown];
    assert!(is_told(&hindered, &by(&[down, wrong])));
    assert!(!is_told(&hindered, &by(&[down])));
    assert!(!is_told(&hindered, &by(&[])));
    assert!(is_told(&News::Recovered { from: None }, &by(&[])));
    assert!(!is_told(&News::Recovered { from: None }, &by(&[down])));
}

#[test]
fn counts_are_those_of_now() {
    let surge = |surge| Facts {
        surge,
        ..Facts::default()
    };
    let news = News::Surge { count: 12 };
    let shown = current(told(news.clone()), &surge(4)).unwrap();
    assert_eq!(shown.news, News::Surge { count: 4 });
    assert!(!is_told(&news, &surge(0)));
    let quota = |left: Option<u32>, low| Facts {
        quota: Some(QuotaLeft {
            remaining: left,
            overages: false,
            low,
            short: low.then_some(QuotaForecast {
                needed: 7,
                until_ms: 0,
            }),
        }),
        ..Facts::default()
    };
    let short = News::PlanShort {
        remaining: 9,
        needed: 12,
        overages: false,
    };
    let shown = current(told(short.clone()), &quota(Some(2), true)).unwrap();
    assert_eq!(
        shown.news,
        News::PlanShort {
            remaining: 2,
            needed: 7,
            overages: false
        }
    );
    assert!(!is_told(&short, &quota(Some(50), false)));
    let few = News::QuotaLow {
        remaining: 5,
        overages: Some(true),
    };
    let shown = current(told(few.clone()), &quota(Some(2), true)).unwrap();
    assert_eq!(
        shown.news,
        News::QuotaLow {
            remaining: 2,
            overages: Some(false)
        }
    );
    assert!(!is_told(&few, &quota(Some(50), false)));
    assert!(is_told(&few, &Facts::default()), "not known yet");
    let rebuilt = News::LedgerRebuilt {
        set_aside: String::new(),
    };
    let off = Facts {
        is_off: true,
        ..Facts::default()
    };
    assert!(is_told(&rebuilt, &off));
    assert!(!is_told(&rebuilt, &Facts::default()));
}

#[test]
fn the_link_is_coderpads_own_whatever_an_older_version_wrote() {
    let own = "https://app.coderpad.io/K7QWM3ZD";
    let written = || "http://elsewhere.example/K7QWM3ZD".to_owned();
    let now = Facts {
        link: Some(own.to_owned()),
        ..planned(row(linked()), SOON)
    };
    for news in [
        News::PadReady {
            who: who(),
            pad: pad().id,
            link: written(),
            adopted: true,
        },
        News::Reminder {
            who: who(),
            link: written(),
            starts_ms: SOON,
        },
        News::NotSentYet {
            who: who(),
            link: written(),
            starts_ms: SOON,
        },
    ] {
        let shown = current(told(news), &now).unwrap();
        let (News::PadReady { link, .. }
        | News::Reminder { link, .. }
        | News::NotSentYet { link, .. }) = shown.news
        else {
            panic!()
        };
        assert_eq!(link, own);
    }
}
