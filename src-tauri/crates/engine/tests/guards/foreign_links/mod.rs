//! A pad link on the profile that Padwatch didn't put there: whose pad is it?

use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_domain::settings::WhoMakes;
use padwatch_engine::snapshot::{Action, ActionKind};
use sandbox::coderpad::interview::Guest;
use sandbox::{Effect, Matching, OpportunityId, OtherStatus, Page, Service};

use crate::desk::{Desk, Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE, link_of, settings};
use padwatch_domain::lifecycle::PadDoubt;
use padwatch_domain::reason::Reason;

const YEAR: Duration = Duration::from_secs(400 * 24 * 3600);
const OUTSIDER: &str = "ada@home.test";
const COLLEAGUE: &str = "tomas.ferreira@example.test";

/// What is to become of the candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Right {
    Adopts,
    CreatesBeside,
    Asks,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    LastYearsEnded,
    LastYearsOpen,
    AnotherJobs,
    Outsiders,
    ColleaguesUnlisted,
    NoPad,
    Answers(u16, Page),
    WrongTypes,
    HotelPage,
    OurOwnByHand,
    ColleaguesListed,
}

const KINDS: [(Kind, Right); 14] = [
    (Kind::LastYearsEnded, Right::CreatesBeside),
    (Kind::LastYearsOpen, Right::CreatesBeside),
    (Kind::AnotherJobs, Right::CreatesBeside),
    (Kind::Outsiders, Right::Asks),
    (Kind::ColleaguesUnlisted, Right::Asks),
    (Kind::NoPad, Right::Asks),
    (Kind::Answers(400, Page::Json), Right::Asks),
    (Kind::Answers(403, Page::Json), Right::Asks),
    (Kind::Answers(422, Page::Html), Right::Asks),
    (Kind::Answers(500, Page::Json), Right::Asks),
    (Kind::WrongTypes, Right::Asks),
    (Kind::HotelPage, Right::Asks),
    (Kind::OurOwnByHand, Right::Adopts),
    (Kind::ColleaguesListed, Right::Adopts),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    LinkFirst,
    LinkLater,
    FreshInstall,
}

fn asks(news: &News) -> bool {
    matches!(news, News::Asks { .. })
}

fn made_by(services: &Services, owner: &str, notes: Option<&str>) -> (sandbox::PadId, String) {
    services.world.with(|world| {
        let pad = world.make_pad_by_hand(owner, "By hand", notes);
        let link = link_of(&pad);
        (pad, link)
    })
}

/// A colleague's pad, which can't be read by its id.
fn hidden(services: &Services) -> String {
    let (pad, link) = made_by(services, COLLEAGUE, None);
    services.world.with(|world| {
        let reading = Matching::of(Service::CoderPad, "GET", &format!("/api/pads/{pad}"));
        world
            .faults
            .always(reading, Effect::Status(OtherStatus::of(404)));
    });
    link
}

fn list_is_forbidden(services: &Services) {
    services.world.with(|world| {
        let all = Matching::of(Service::CoderPad, "GET", "/api/organization/pads");
        let no = Effect::Status(OtherStatus::of(403));
        world.faults.always(all, no);
    });
}

/// The link of such a pad. A pad of last year is created before the candidate applies.
async fn prepared(services: &Services, kind: Kind) -> String {
    let marked = "padwatch:11111111-1111-4111-8111-111111111111:00112233445566778899aabbccddeeff";
    match kind {
        Kind::LastYearsEnded | Kind::LastYearsOpen => {
            let (pad, link) = services.pad_by_hand(None);
            if matches!(kind, Kind::LastYearsEnded) {
                services.world.with(|world| {
                    let guest = Guest {
                        name: "Ada",
                        email: None,
                    };
                    world.join(&pad, guest).unwrap();
                    world.end_interview(&pad).unwrap();
                });
            }
            services.wait(YEAR).await;
            link
        }
        Kind::AnotherJobs => services.pad_by_hand(Some(marked)).1,
        Kind::Outsiders => made_by(services, OUTSIDER, None).1,
        Kind::ColleaguesUnlisted => {
            list_is_forbidden(services);
            hidden(services)
        }
        Kind::NoPad => format!("{}/NOWHERE1", sandbox::CODERPAD_ROOT),
        Kind::Answers(..) | Kind::WrongTypes | Kind::HotelPage => odd(services, kind),
        Kind::OurOwnByHand => services.pad_by_hand(None).1,
        Kind::ColleaguesListed => hidden(services),
    }
}

/// A pad of our own that is read oddly.
fn odd(services: &Services, kind: Kind) -> String {
    let (pad, link) = services.pad_by_hand(None);
    services.world.with(|world| {
        let effect = match kind {
            Kind::Answers(status, body) => Effect::Status(OtherStatus {
                status,
                body,
                ..OtherStatus::default()
            }),
            Kind::WrongTypes => Effect::Truncated,
            _ => Effect::ProxyPage,
        };
        let path = format!("/api/pads/{pad}");
        let reading = Matching::of(Service::CoderPad, "GET", &path);
        world.faults.always(reading, effect);
        let all = Matching::of(Service::CoderPad, "GET", "/api/organization/pads");
        let no = Effect::Status(OtherStatus::of(403));
        world.faults.always(all, no);
    });
    link
}

/// The candidate in the stage with the link on the profile, and a desk to which they are new or
/// were there at its first start and are chosen.
async fn stage(services: &Services, link: &str, when: When) -> (OpportunityId, Desk) {
    let ada = services.candidate("Ada Example");
    let put = || {
        services
            .world
            .with(|world| world.add_link(&ada, link).unwrap());
    };
    if when == When::FreshInstall {
        put();
        services.to_phone_screen(&ada);
        let desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.wait(MINUTE).await;
        assert_eq!(services.count(MAKE), 0, "listed, not served");
        let row = desk.row(&ada).await;
        if row.actions.contains(&ActionKind::MakeNow) {
            desk.act(&ada, Action::MakeNow).await;
        }
        return (ada, desk);
    }
    let hold = settings(|settings| settings.guards.hold_seconds = 60);
    let desk = services.desk(hold).await;
    desk.watching().await;
    if when == When::LinkFirst {
        put();
    }
    services.to_phone_screen(&ada);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
        .await;
    if when == When::LinkLater {
        put();
    }
    (ada, desk)
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn each_kind_of_foreign_link_is_adopted_left_beside_or_asked_about() {
    for (kind, right) in KINDS {
        for when in [When::LinkFirst, When::LinkLater, When::FreshInstall] {
            let services = Services::new(1401);
            let link = prepared(&services, kind).await;
            let (ada, mut desk) = stage(&services, &link, when).await;
            let others = services.candidate("Somebody else");
            services.to_phone_screen(&others);
            let heard = desk.hears_within(6 * MINUTE).await;
            let what = format!("{kind:?} {when:?}: {heard:?}");
            let row = desk.row(&ada).await;
            assert_eq!(services.pads_for(&others).len(), 1, "{what}");
            match right {
                Right::Adopts => {
                    assert_eq!(row.pad.unwrap().link, link, "{what}");
                    assert_eq!(services.pads_for(&ada).len(), 0, "{what}");
                }
                Right::CreatesBeside => {
                    let own = services.pads_for(&ada);
                    assert_eq!(row.pad.unwrap().link, own[0].url, "{what}");
                    assert_eq!(services.links(&ada).len(), 2, "{what}");
                    assert!(!heard.iter().any(asks), "{what}");
                }
                Right::Asks => {
                    assert_eq!(row.section, Section::NeedsYou, "{what}");
                    assert_eq!(heard.iter().filter(|news| asks(news)).count(), 1, "{what}");
                    for answer in [ActionKind::UseLink, ActionKind::MakeNow, ActionKind::Skip] {
                        assert!(row.actions.contains(&answer), "{what}");
                    }
                    assert_eq!(row.pad, None, "{what}");
                    assert_eq!(services.pads_for(&ada).len(), 0, "{what}");
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_question_about_a_link_has_three_answers() {
    for answer in [Action::UseLink, Action::MakeNow, Action::Skip] {
        let services = Services::new(1402);
        let link = prepared(&services, Kind::NoPad).await;
        let (ada, mut desk) = stage(&services, &link, When::LinkFirst).await;
        desk.hears("a question", asks).await;
        desk.act(&ada, answer.clone()).await;
        services.wait(HOUR).await;
        let row = desk.row(&ada).await;
        match answer {
            Action::UseLink => assert_eq!(row.pad.unwrap().link, link),
            Action::MakeNow => {
                assert_eq!(row.pad.unwrap().link, services.pads_for(&ada)[0].url);
                assert_eq!(services.links(&ada)[0], link, "left where it is");
            }
            _ => assert_eq!(row.section, Section::SetAside),
        }
        let made = u64::from(answer == Action::MakeNow);
        assert_eq!(services.count(MAKE), made, "{answer:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_odd_pad_link_among_four_is_asked_about_at_once() {
    let services = Services::new(1403);
    let people: Vec<_> = ["Ada", "Ben", "Cara", "Dan"]
        .iter()
        .map(|name| services.candidate(name))
        .collect();
    let link = odd(&services, Kind::HotelPage);
    services
        .world
        .with(|world| world.add_link(&people[1], &link).unwrap());
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    for one in &people {
        services.to_phone_screen(one);
    }
    let heard = desk.hears_within(2 * MINUTE).await;
    let ready = heard.iter().filter(|news| pad_ready(news)).count();
    let asked = heard.iter().filter(|news| asks(news)).count();
    assert_eq!((ready, asked), (3, 1), "{heard:?}");
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_answers_after_a_short_outage_is_not_asked_about() {
    let services = Services::new(1404);
    let (pad, link) = services.pad_by_hand(None);
    services.world.with(|world| {
        let reading = Matching::of(Service::CoderPad, "GET", &format!("/api/pads/{pad}"));
        let down = Effect::Status(OtherStatus::of(503));
        world.faults.set(sandbox::Rule {
            name: "short".to_owned(),
            matching: reading,
            effect: down,
            times: Some(4),
        });
    });
    let (ada, mut desk) = stage(&services, &link, When::LinkFirst).await;
    let heard = desk.hears_within(HOUR).await;
    assert!(!heard.iter().any(asks), "{heard:?}");
    assert_eq!(desk.row(&ada).await.pad.unwrap().link, link);
    assert_eq!(services.count(MAKE), 0);
}

#[tokio::test(start_paused = true)]
async fn a_link_that_lever_tells_of_another_job_is_asked_about() {
    let services = Services::new(1405);
    let ada = services.candidate("Ada Example");
    // The ledger knows nothing of the other application: it isn't tagged.
    let other = services.second_candidacy(&ada);
    services
        .world
        .with(|world| world.untag(&other, "coderpad").unwrap());
    let (_, link) = services.pad_by_hand(None);
    services
        .world
        .with(|world| world.add_link(&ada, &link).unwrap());
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    let told = desk.hears("a question", asks).await;
    assert!(
        matches!(told.news, News::Asks { question, .. } if question == Reason::WhosePad { doubt: PadDoubt::WhichJob })
    );
    assert_eq!(services.count(MAKE), 0);
}

#[tokio::test(start_paused = true)]
async fn whatever_the_spelling_coderpads_own_link_is_handed_over() {
    for spelling in [
        |pad: &str| format!("http://coderpad.io/{pad}"),
        |pad: &str| format!("app.coderpad.io/{pad}"),
        |pad: &str| format!("https://app.coderpad.io/{pad}/playback"),
        |pad: &str| format!("https://app.coderpad.io/{pad}/?utm=1#top"),
        |pad: &str| format!("HTTPS://APP.CODERPAD.IO/{pad}"),
        |pad: &str| format!("Her pad is https://coderpad.io/{pad} (Monday)"),
    ] {
        let services = Services::new(1406);
        let (pad, link) = services.pad_by_hand(None);
        let on_profile = spelling(pad.as_str());
        let (ada, mut desk) = stage(&services, &on_profile, When::LinkFirst).await;
        let told = desk.hears("a pad", pad_ready).await;
        let News::PadReady { link: handed, .. } = told.news else {
            panic!("{told:?}")
        };
        assert_eq!(handed, link, "{on_profile}");
        assert_eq!(desk.row(&ada).await.pad.unwrap().link, link, "{on_profile}");
        assert_eq!(services.links(&ada), [on_profile], "left as it is");
    }
}

#[tokio::test(start_paused = true)]
async fn undo_takes_off_every_spelling_of_the_pads_link() {
    let services = Services::new(1407);
    let ada = services.candidate("Ada Example");
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.linked(1).await;
    let ours = services.links(&ada)[0].clone();
    services.world.with(|world| {
        world.remove_link(&ada, &ours).unwrap();
        world.add_link(&ada, &format!("See {ours}/")).unwrap();
    });
    desk.act(&ada, Action::Undo).await;
    assert_eq!(services.links(&ada), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn where_the_integration_works_a_pad_that_cant_be_read_is_asked_about() {
    let services = Services::new(1408);
    list_is_forbidden(&services);
    let watching = settings(|settings| settings.who_makes = WhoMakes::CoderpadIntegration);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(watching).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
        .await;
    let link = hidden(&services);
    services
        .world
        .with(|world| world.add_link(&ada, &link).unwrap());
    desk.hears("a question", asks).await;
    desk.act(&ada, Action::UseLink).await;
    assert_eq!(desk.row(&ada).await.pad.unwrap().link, link);
    assert_eq!(services.count(MAKE), 0);
}
