use serde_json::json;

use super::*;

const START: i64 = 60 * MINUTE_MS;
const PLAN: Plan = Plan {
    starts_ms: START,
    ends_ms: START + 45 * MINUTE_MS,
};
const NAME: &str = "Ada Almeida";

/// `(minutes after the start, kind, name, account, what is said of it)`.
type Told<'a> = (i64, &'a str, &'a str, Option<&'a str>, Option<&'a str>);

fn events(told: &[Told<'_>]) -> Vec<Event> {
    let event = |(minutes, kind, name, email, metadata): &Told<'_>| {
        let mut event: Event = serde_json::from_value(json!({"kind": kind, "user_name": name,
            "user_email": email, "metadata": metadata}))
        .unwrap();
        event.created_at_ms = Some(START + minutes * MINUTE_MS);
        event
    };
    told.iter().rev().map(event).collect()
}

fn by_now(told: &[Told<'_>]) -> Option<Missing> {
    missing(&events(told), NAME, PLAN)
}

const SAM: Option<&str> = Some("sam@example.test");

#[test]
fn each_side_that_is_alone_is_told_from_the_other() {
    let sam = (-2, "joined", "Sam", SAM, None);
    let ada = (1, "joined", "ada", None, None);
    assert_eq!(by_now(&[]), Some(Missing::Everyone));
    assert_eq!(by_now(&[sam]), Some(Missing::Candidate));
    assert_eq!(by_now(&[ada]), Some(Missing::Interviewer));
    assert_eq!(by_now(&[sam, ada]), None);
    let kim = (2, "joined", "Kim", Some("kim@example.test"), None);
    assert_eq!(
        by_now(&[sam, kim]),
        Some(Missing::Candidate),
        "two of one side"
    );
}

#[test]
fn one_without_account_or_known_name_may_be_either() {
    let someone = (0, "joined", "A. A.", None, None);
    assert_eq!(by_now(&[someone]), Some(Missing::OneOfTwo));
    let other = (1, "joined", "Interviewer", None, None);
    assert_eq!(by_now(&[someone, other]), None, "nobody is signed in");
    let signed_in = (0, "joined", "Ada Almeida", Some("ada@example.test"), None);
    assert_eq!(by_now(&[signed_in]), Some(Missing::Interviewer));
}

#[test]
fn silent_visitors_do_not_count() {
    let ada = (0, "joined", "Ada", None, None);
    for unseen in ["invisible", "spectator"] {
        let boss = (1, "joined", "Boss", SAM, Some(unseen));
        assert_eq!(by_now(&[ada, boss]), Some(Missing::Interviewer));
    }
}

#[test]
fn who_left_is_missing_unless_both_were_there_before() {
    let sam = (-5, "joined", "Sam", SAM, None);
    let ada = (-4, "joined", "Ada", None, None);
    let ada_leaves = (2, "left", "Ada", None, None);
    assert_eq!(by_now(&[sam, ada, ada_leaves]), None);
    let sam_leaves = (-3, "left", "Sam", SAM, None);
    let apart = [sam, sam_leaves, (-2, "joined", "Ada", None, None)];
    assert_eq!(by_now(&apart), Some(Missing::Interviewer));
    let second_window = [sam, sam, sam_leaves, (1, "joined", "Ada", None, None)];
    assert_eq!(by_now(&second_window), None);
}

#[test]
fn a_look_into_the_pad_the_day_before_is_no_interview() {
    let day = -24 * 60;
    let rehearsal = [
        (day, "joined", "Sam", SAM, None),
        (day + 1, "joined", "Ada", None, None),
        (day + 2, "left", "Ada", None, None),
        (day + 3, "left", "Sam", SAM, None),
    ];
    assert_eq!(by_now(&rehearsal), Some(Missing::Everyone));
    // Both have waited since before: that is an interview.
    assert_eq!(
        by_now(&[rehearsal[0], rehearsal[1], (1, "ran", "Ada", None, None)]),
        None
    );
}

#[test]
fn it_is_seen_again_only_while_someone_is_missing_and_the_interview_lasts() {
    let late = START + 5 * MINUTE_MS;
    let due = |seen, ms| is_due(PLAN, seen, 5, ms);
    assert!(!due(None, late - 1) && due(None, late) && !due(None, PLAN.ends_ms));
    let seen = |missing| {
        Some(Attendance {
            for_ms: START,
            at_ms: late,
            missing,
        })
    };
    let alone = seen(Some(Missing::Candidate));
    assert!(!due(alone, late + AGAIN_MS - 1) && due(alone, late + AGAIN_MS));
    assert!(!due(seen(None), PLAN.ends_ms - 1));
    let shown = |seen, ms| super::late(PLAN, seen, 5, ms);
    assert_eq!(shown(alone, late), Some(Missing::Candidate));
    assert_eq!(shown(seen(None), late), None);
    assert_eq!(shown(alone, PLAN.ends_ms), None);
    let moved = alone.map(|seen| Attendance { for_ms: 1, ..seen });
    assert_eq!((shown(moved, late), due(moved, late)), (None, true));
}

#[test]
fn someone_is_there_until_they_leave_or_the_pad_ends() {
    let now = START + 30 * MINUTE_MS;
    let there = |told: &[Told<'_>]| is_anyone_there(&events(told), now);
    let ada = (1, "joined", "Ada", None, None);
    let boss = (2, "joined", "Boss", SAM, Some("invisible"));
    let left = (3, "left", "Ada", None, None);
    assert!(!there(&[]) && there(&[ada]) && !there(&[ada, left]));
    assert!(there(&[boss]), "a silent visitor is there too");
    assert!(there(&[ada, ada, left]), "in a second window");
    assert!(!there(&[ada, (4, "ended", "", None, None)]));
    let long_ago = (-13 * 60, "joined", "Ada", None, None);
    assert!(!there(&[long_ago]), "nobody saw them leave");
    assert!(!there(&[left]), "they came before that");
}
