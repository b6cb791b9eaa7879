use super::*;
use padwatch_domain::interview::attendance::Missing;
use padwatch_domain::interview::readiness::Finding;
use padwatch_domain::reason::{Doubt, Reason};

fn who(name: &str, posting: &str) -> Who {
    Who {
        opportunity: OpportunityId::new("o1"),
        name: name.to_owned(),
        posting: posting.to_owned(),
        profile_url: None,
    }
}

fn ready(who: Who) -> Announcement {
    let news = News::PadReady {
        who,
        pad: "K7QWM3ZD".parse().unwrap(),
        link: "https://app.coderpad.io/K7QWM3ZD".to_owned(),
        adopted: false,
    };
    Announcement {
        id: 1,
        at_ms: 0,
        news,
    }
}

fn told(news: News, hide_names: bool) -> Notice {
    let wanted = NotificationSettings {
        hide_names,
        ..NotificationSettings::default()
    };
    Notice::of(
        &Announcement {
            id: 1,
            at_ms: 0,
            news,
        },
        &wanted,
        0,
    )
    .unwrap()
}

#[test]
fn a_ready_pad_says_who_and_hands_over_the_link() {
    let wanted = NotificationSettings::default();
    let notice = Notice::of(&ready(who("Ada Lovelace", "Engineer")), &wanted, 0).unwrap();
    assert_eq!(notice.title, "Pad ready: Ada Lovelace, Engineer");
    let labels: Vec<String> = notice.buttons.iter().map(Press::label).collect();
    assert_eq!(labels, ["Copy link", "Open in Lever"]);
    let nameless = Notice::of(&ready(who(" ", "")), &wanted, 0).unwrap();
    assert_eq!(nameless.title, "Pad ready: an unnamed candidate");
}

#[test]
fn a_finished_interview_says_who_and_offers_the_recording_and_the_note() {
    let news = |by_itself| News::Finished {
        who: who("Ada Lovelace", ""),
        pad: "K7QWM3ZD".parse().unwrap(),
        playback: String::new(),
        by_itself,
    };
    let notice = told(news(false), false);
    assert_eq!(notice.title, "Interview ended: Ada Lovelace");
    let labels: Vec<String> = notice.buttons.iter().map(Press::label).collect();
    assert_eq!(labels, ["Watch playback", "Add code to Lever…"]);
    assert!(told(news(true), false).body.contains("after a week"));
}

#[test]
fn how_soon_an_interview_begins_is_counted_from_now() {
    const HOUR: i64 = 3_600_000;
    let wanted = NotificationSettings::default();
    // Written the evening before, 16 hours ahead.
    let starts_ms = 16 * HOUR;
    let (who, link) = (who("Ada", ""), String::new());
    for news in [
        News::Reminder {
            who: who.clone(),
            link: link.clone(),
            starts_ms,
        },
        News::NotSentYet {
            who,
            link,
            starts_ms,
        },
    ] {
        let written = Announcement {
            id: 1,
            at_ms: 0,
            news,
        };
        let body = |now_ms| Notice::of(&written, &wanted, now_ms).map(|notice| notice.body);
        assert!(
            body(0)
                .unwrap()
                .starts_with("The interview starts in about 16 hours.")
        );
        let soon = body(15 * HOUR).unwrap();
        assert!(
            soon.starts_with("The interview starts in about an hour."),
            "{soon}"
        );
        let soon = body(starts_ms - 20 * 60_000).unwrap();
        assert!(
            soon.starts_with("The interview starts in 20 minutes."),
            "{soon}"
        );
        assert_eq!(body(starts_ms), None);
        assert_eq!(body(starts_ms + HOUR), None);
    }
}

#[test]
fn what_is_off_before_an_interview_comes_with_the_button_that_fixes_it() {
    for (found, label) in [
        (vec![Finding::LinkNotCopied, Finding::Owner], "Copy link"),
        (vec![Finding::OldTime, Finding::Owner], "Copy invitation"),
        (
            vec![Finding::WaitingRoom, Finding::NoInterviewer],
            "Open pad",
        ),
        (vec![Finding::InterviewerDeclined], "Open in Lever"),
        (
            vec![Finding::PadNotFound, Finding::LinkNotCopied],
            "Open Padwatch",
        ),
        (vec![Finding::PadOfAnother], "Open Padwatch"),
    ] {
        let news = News::NotReady {
            who: who("Ada Lovelace", "Engineer"),
            starts_ms: 15 * 60_000,
            findings: found.into(),
        };
        let notice = told(news, false);
        assert_eq!(notice.title, "Interview not ready: Ada Lovelace");
        assert!(
            notice
                .body
                .starts_with("The interview starts in 15 minutes. ")
        );
        assert_eq!(notice.buttons[0].label(), label, "{notice:?}");
    }
}

#[test]
fn someone_who_is_late_is_named_with_a_message_to_copy_and_the_pad() {
    for (missing, title) in [
        (Missing::Candidate, "Ada Lovelace isn’t in the pad yet"),
        (Missing::Everyone, "No one is in the pad yet: Ada Lovelace"),
        (
            Missing::Interviewer,
            "The interviewer isn’t in the pad yet: Ada Lovelace",
        ),
        (
            Missing::OneOfTwo,
            "Only one person is in the pad: Ada Lovelace",
        ),
    ] {
        let news = News::Late {
            who: who("Ada Lovelace", "Engineer"),
            starts_ms: -300_000,
            missing,
        };
        let notice = told(news, false);
        assert_eq!(notice.title, title);
        assert_eq!(notice.body, "The interview began 5 minutes ago.");
        let labels: Vec<String> = notice.buttons.iter().map(Press::label).collect();
        assert_eq!(labels, ["Copy a message", "Open pad"]);
    }
}

#[test]
fn hidden_names_are_in_no_part_of_any_notice() {
    let secret = || who("Ada", "Secret Job");
    let pad = || "K7QWM3ZD".parse().unwrap();
    for news in [
        ready(secret()).news,
        News::Uncertain {
            who: secret(),
            doubt: Doubt::NoAnswer,
        },
        News::Asks {
            who: secret(),
            question: Reason::from("Ada again?".to_owned()),
        },
        News::NoLink { who: secret() },
        News::Duplicate {
            who: secret(),
            kept: pad(),
            extra: pad(),
            ours: true,
        },
        News::LinkRefused {
            who: secret(),
            reason: Reason::from("Ada is locked".to_owned()),
        },
        News::Finished {
            who: secret(),
            pad: pad(),
            playback: String::new(),
            by_itself: false,
        },
        News::Reminder {
            who: secret(),
            link: String::new(),
            starts_ms: 60_000,
        },
        News::NotSentYet {
            who: secret(),
            link: String::new(),
            starts_ms: 60_000,
        },
        News::NoteAdded { who: secret() },
        News::NoteRefused {
            who: secret(),
            reason: Reason::from("Ada is locked".to_owned()),
        },
    ] {
        hides_names(&news);
    }
}

#[test]
fn hidden_names_are_not_told_around_an_interview_either() {
    let who = who("Ada", "Secret Job");
    hides_names(&News::NotReady {
        who: who.clone(),
        starts_ms: 60_000,
        findings: Findings::default().with(Finding::Language),
    });
    hides_names(&News::Late {
        who,
        starts_ms: 0,
        missing: Missing::Candidate,
    });
}

fn hides_names(news: &News) {
    let hidden = told(news.clone(), true);
    let text = format!("{} {}", hidden.title, hidden.body);
    assert!(!text.contains("Ada") && !text.contains("Secret"), "{text}");
    assert!(told(news.clone(), false).title.contains("Ada"));
}

#[test]
fn what_is_switched_off_is_not_told() {
    let wanted = NotificationSettings {
        pad_ready: false,
        ..NotificationSettings::default()
    };
    assert_eq!(Notice::of(&ready(who("Ada", "")), &wanted, 0), None);
}

#[test]
fn a_click_on_one_about_a_candidate_leads_to_that_candidate() {
    let there = Some(Press::OpenCandidate(OpportunityId::new("o1")));
    let ready = || Notice::of(&ready(who("Ada", "")), &NotificationSettings::default(), 0);
    assert_eq!(ready().unwrap().means(Outcome::Clicked), there);
    let copy = Press::CopyLink(OpportunityId::new("o1"));
    assert_eq!(ready().unwrap().means(Outcome::Pressed(0)), Some(copy));
    assert_eq!(ready().unwrap().means(Outcome::Pressed(9)), None);
    assert_eq!(ready().unwrap().means(Outcome::Closed), None);
    let asks = || {
        let question = Reason::AskToCreate;
        told(
            News::Asks {
                who: who("Ada", ""),
                question,
            },
            false,
        )
    };
    assert_eq!(asks().means(Outcome::Clicked), there);
    assert_eq!(asks().means(Outcome::Pressed(0)), there);
    let goes_on = told(News::Recovered { from: None }, false);
    assert_eq!(goes_on.means(Outcome::Clicked), Some(Press::OpenWindow));
}

#[test]
fn few_pads_left_say_whether_more_are_billed() {
    let told = |overages| {
        let few = News::QuotaLow {
            remaining: 3,
            overages,
        };
        told(few, false)
    };
    assert_eq!(told(Some(true)).title, "3 CoderPad pads left");
    assert_eq!(told(Some(true)).body, "Additional pads are billed.");
    let waits = "When none are left, new candidates wait until your plan resets.";
    assert_eq!(told(Some(false)).body, waits);
    assert!(told(None).body.contains("depends on your plan"));
}

#[test]
fn a_plan_that_will_not_last_says_what_happens_then() {
    let short = |overages| News::PlanShort {
        remaining: 9,
        needed: 12,
        overages,
    };
    let notice = told(short(false), false);
    assert_eq!(notice.title, "9 CoderPad pads left, about 12 needed");
    assert!(notice.body.contains("new candidates wait"), "{notice:?}");
    assert!(
        told(short(true), false)
            .body
            .ends_with("Additional pads are billed.")
    );
}

#[test]
fn many_at_once_are_told_as_one() {
    let wanted = NotificationSettings::default();
    let one = || Notice::of(&ready(who("Ada", "")), &wanted, 0).unwrap();
    assert_eq!(Notice::gathered(vec![one(); 3]).len(), 3);
    let many = Notice::gathered(vec![one(); 7]);
    assert_eq!(many.len(), 1);
    assert_eq!(many[0].title, "7 pads are ready");
    let mixed = Notice::gathered(
        [
            vec![one(); 4],
            vec![told(News::Recovered { from: None }, false)],
        ]
        .concat(),
    );
    assert_eq!(mixed[0].title, "5 updates from Padwatch");
}
