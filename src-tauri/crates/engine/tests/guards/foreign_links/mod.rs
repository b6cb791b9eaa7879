//! A pad link on the profile that Padwatch didn't put there: whose pad is it?

mod kinds;

use padwatch_domain::announcement::News;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_domain::settings::WhoMakes;
use padwatch_engine::snapshot::{Action, ActionKind};
use sandbox::{Effect, Matching, OtherStatus, Service};

use crate::desk::{Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE, settings};
use kinds::{Kind, Ledger, Right, TABLE, When, hidden, list_is_forbidden, odd, prepared, stage};
use padwatch_domain::reason::{PadDoubt, Reason};

fn asks(news: &News) -> bool {
    matches!(news, News::Asks { .. })
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn each_kind_of_foreign_link_is_adopted_left_beside_or_asked_about() {
    for (kind, right) in TABLE {
        for ledger in [Ledger::Fresh, Ledger::Old] {
            for when in [When::LinkFirst, When::LinkLater, When::BeforeTheFirstStart] {
                if (ledger, when) != (Ledger::Old, When::BeforeTheFirstStart) {
                    becomes(kind, right, ledger, when).await;
                }
            }
        }
    }
}

/// What becomes of the candidate in one situation.
async fn becomes(kind: Kind, right: Right, ledger: Ledger, when: When) {
    let services = Services::new(1401);
    let (link, mut staged) = {
        let earlier = ledger.opened(&services, kind).await;
        let (on_profile, link) = prepared(&services, kind).await;
        (
            link,
            stage(&services, kind, &on_profile, when, earlier).await,
        )
    };
    let (ada, desk) = (staged.candidate.clone(), &mut staged.desk);
    let others = services.candidate("Somebody else");
    services.to_phone_screen(&others);
    let heard = desk.hears_within(6 * MINUTE).await;
    let what = format!("{kind:?} {ledger:?} {when:?}: {heard:?}");
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
            let links = services.links(&ada).len();
            assert_eq!(links, staged.links_before + 2, "{what}");
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

/// The candidate with this link on the profile before a new desk notices them.
async fn staged(services: &Services, link: &str) -> (sandbox::OpportunityId, crate::desk::Desk) {
    let staged = stage(services, Kind::NoPad, link, When::LinkFirst, None).await;
    (staged.candidate, staged.desk)
}

#[tokio::test(start_paused = true)]
async fn the_question_about_a_link_has_three_answers() {
    for answer in [Action::UseLink, Action::MakeNow, Action::Skip] {
        let services = Services::new(1402);
        let (link, _) = prepared(&services, Kind::NoPad).await;
        let (ada, mut desk) = staged(&services, &link).await;
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
    let (ada, mut desk) = staged(&services, &link).await;
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
        |pad: &str| format!("https://app.coderpad.io/{}", pad.to_lowercase()),
    ] {
        let services = Services::new(1406);
        let (pad, link) = services.pad_by_hand(None);
        let on_profile = spelling(pad.as_str());
        let (ada, mut desk) = staged(&services, &on_profile).await;
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
        world.add_link(&ada, &ours.to_lowercase()).unwrap();
    });
    desk.act(&ada, Action::Undo).await;
    assert_eq!(services.links(&ada), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn our_own_link_in_small_letters_or_short_is_no_other_pads() {
    let services = Services::new(1409);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    let adding = Matching::of(Service::Lever, "POST", "/v1/opportunities/*/addLinks");
    let down = Effect::Status(OtherStatus::of(503));
    services
        .world
        .with(|world| world.faults.always(adding, down));
    desk.hears("a pad", pad_ready).await;
    let pad = services.pads_for(&ada)[0].id.clone();
    // Between two tries, which are further and further apart.
    services.wait(10 * MINUTE).await;
    let short = format!("{}/x7k2q", sandbox::CODERPAD_ROOT);
    services.world.with(|world| {
        world.faults.clear();
        world
            .coderpad
            .short_links
            .insert("x7k2q".to_owned(), sandbox::PadId::from(pad.as_str()));
        world.add_link(&ada, &short).unwrap();
        let small = pad.to_lowercase();
        let small = format!("{}/{small}", sandbox::CODERPAD_ROOT);
        world.add_link(&ada, &small).unwrap();
    });
    let heard = desk.hears_within(HOUR).await;
    let is_other = |news: &News| matches!(news, News::Duplicate { .. }) || asks(news);
    assert!(!heard.iter().any(is_other), "{heard:?}");
    assert!(desk.row(&ada).await.on_profile);
    assert_eq!(services.links(&ada).len(), 2, "none was added or removed");
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
