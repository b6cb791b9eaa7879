//! Links belong to the person, not to the candidacy: whose pad is it, and which came first?

use padwatch_domain::announcement::News;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::Action;
use sandbox::coderpad::interview::Guest;
use sandbox::{Candidate, Effect, Matching, Service};

use crate::desk::{Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE};

const THEIRS: &str = "https://app.coderpad.io/THEIRS11";

/// [`THEIRS`] as CoderPad writes it: under the root that is asked.
fn link_of_theirs() -> String {
    format!("{}/THEIRS11", sandbox::CODERPAD_ROOT)
}

fn duplicate(news: &News) -> bool {
    matches!(news, News::Duplicate { .. })
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn two_candidacies_of_one_person_each_get_a_pad_of_their_own() {
    let services = Services::new(701);
    let ada = services.candidate("Ada Example");
    let second = services.second_candidacy(&ada);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    services.to_phone_screen(&second);
    let heard = desk.hears_within(10 * MINUTE).await;
    assert!(heard.iter().all(pad_ready) && heard.len() == 2, "{heard:?}");
    desk.linked(2).await;
    assert_eq!(
        (
            services.pads_for(&ada).len(),
            services.pads_for(&second).len()
        ),
        (1, 1)
    );
    assert_eq!(services.links(&ada).len(), 2);
    assert_ne!(desk.row(&ada).await.pad, desk.row(&second).await.pad);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_pad_that_was_over_before_stays_beside_a_new_one() {
    let services = Services::new(702);
    let ada = services.candidate("Ada Example");
    let (old, link) = services.pad_by_hand(None);
    services.world.with(|world| {
        world.add_link(&ada, &link).unwrap();
        let guest = Guest {
            name: "Ada",
            email: None,
        };
        world.join(&old, guest).unwrap();
        world.end_interview(&old).unwrap();
    });
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.wait(MINUTE).await;
    services.to_phone_screen(&ada);
    let told = desk.hears("a pad", pad_ready).await;
    assert!(
        matches!(told.news, News::PadReady { adopted: false, .. }),
        "{told:?}"
    );
    desk.linked(1).await;
    assert_eq!(
        desk.hears_within(HOUR).await,
        [],
        "an old pad is no duplicate"
    );
    let pad = services.pads_for(&ada);
    assert_eq!(pad.len(), 1);
    assert_eq!(services.links(&ada), [link, pad[0].url.clone()]);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_marked_pad_of_another_job_unknown_here_is_no_rival() {
    let services = Services::new(703);
    let ada = services.candidate("Ada Example");
    let other = "padwatch:11111111-1111-4111-8111-111111111111:00112233445566778899aabbccddeeff";
    let (_, link) = services.pad_by_hand(Some(other));
    services
        .world
        .with(|world| world.add_link(&ada, &link).unwrap());
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    let pad = services.pads_for(&ada);
    assert_eq!(services.links(&ada), [link, pad[0].url.clone()]);
    assert_eq!(desk.hears_within(HOUR).await, []);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn one_link_on_two_peoples_profiles_stops_nobody() {
    for together in [false, true] {
        let services = Services::new(704);
        let (ada, ben) = (services.candidate("Ada"), services.candidate("Ben"));
        let (_, theirs) = services.pad_by_hand(None);
        services.world.with(|world| {
            world.add_link(&ada, &theirs).unwrap();
            world.add_link(&ben, &theirs).unwrap();
        });
        let mut desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.to_phone_screen(&ada);
        if !together {
            desk.hears("a pad", pad_ready).await;
        }
        services.to_phone_screen(&ben);
        let cara = services.candidate("Cara");
        services.to_phone_screen(&cara);
        desk.until("all", |snapshot| snapshot.counts.to_send == 3)
            .await;
        desk.watching().await;
        desk.linked(3).await;
        services.wait(HOUR).await;
        assert_eq!(
            services.count(MAKE),
            2,
            "one of them has the pad that was there"
        );
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn another_tools_earlier_link_stays_and_ours_can_be_deleted() {
    let services = Services::new(705);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        world
            .faults
            .once(Matching::creating_a_pad(), Effect::Delay { ms: 20_000 });
    });
    services.to_phone_screen(&ada);
    services
        .until("asked for", || services.count(MAKE) == 1)
        .await;
    let (their_pad, theirs) = services.pad_by_hand(None);
    services
        .world
        .with(|world| world.add_link(&ada, &theirs).unwrap());
    let told = desk.hears("a duplicate", duplicate).await;
    let News::Duplicate {
        kept, extra, ours, ..
    } = told.news
    else {
        panic!("{told:?}")
    };
    assert_eq!((kept.as_str(), ours), (their_pad.as_str(), true));
    assert_eq!(services.links(&ada), std::slice::from_ref(&theirs));
    let row = desk.row(&ada).await;
    assert_eq!(row.pad.unwrap().link, theirs);
    assert_eq!(row.duplicates[0].id, extra);
    desk.act(&ada, Action::DeleteDuplicate { pad: extra }).await;
    assert_eq!(services.pads_for(&ada).len(), 0);
    assert_eq!(services.links(&ada), std::slice::from_ref(&theirs));
    services.wait(3 * HOUR).await;
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_link_that_the_person_has_copied_already_stays_whoever_came_first() {
    let services = Services::new(706);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        let adding = Matching::of(Service::Lever, "POST", "/v1/opportunities/*/addLinks");
        world.faults.once(adding, Effect::Delay { ms: 20_000 });
        world
            .faults
            .once(Matching::creating_a_pad(), Effect::Delay { ms: 20_000 });
    });
    services.to_phone_screen(&ada);
    services
        .until("asked for", || services.count(MAKE) == 1)
        .await;
    services
        .world
        .with(|world| world.add_link(&ada, THEIRS).unwrap());
    // Copied while the profile is being read: after the question was put, before it is answered.
    let reading = Matching::of(Service::Lever, "GET", "/v1/opportunities/*");
    services
        .world
        .with(|world| world.faults.once(reading, Effect::Delay { ms: 20_000 }));
    desk.hears("a pad", pad_ready).await;
    desk.act(&ada, Action::MarkCopied).await;
    let told = desk.hears("a duplicate", duplicate).await;
    assert!(
        matches!(told.news, News::Duplicate { ours: false, .. }),
        "{told:?}"
    );
    let ours = services.pads_for(&ada)[0].url.clone();
    services
        .until("both", || services.links(&ada).len() == 2)
        .await;
    assert_eq!(services.links(&ada), [THEIRS.to_owned(), ours.clone()]);
    assert_eq!(desk.row(&ada).await.pad.unwrap().link, ours);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_link_that_comes_later_is_shown_and_forgotten_when_it_goes() {
    let services = Services::new(707);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.linked(1).await;
    let ours = desk.row(&ada).await.pad;
    services
        .world
        .with(|world| world.add_link(&ada, THEIRS).unwrap());
    desk.hears("a duplicate", duplicate).await;
    let folder = desk.close().await;
    let mut again = services.desk_in(folder, Settings::default()).await;
    assert_eq!(again.hears_within(HOUR).await, [], "told once");
    let row = again.row(&ada).await;
    assert_eq!(row.pad, ours, "the older is kept");
    assert_eq!(row.duplicates[0].link, link_of_theirs());
    services
        .world
        .with(|world| world.remove_link(&ada, THEIRS).unwrap());
    services.wait(2 * MINUTE).await;
    assert!(again.row(&ada).await.duplicates.is_empty());
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn of_two_existing_links_the_older_is_adopted_and_the_other_shown() {
    let services = Services::new(708);
    let ada = services.candidate("Ada Example");
    let (_, older) = services.pad_by_hand(None);
    let (_, newer) = services.pad_by_hand(None);
    services.world.with(|world| {
        world.add_link(&ada, &older).unwrap();
        world.add_link(&ada, &newer).unwrap();
    });
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a duplicate", duplicate).await;
    let row = desk.row(&ada).await;
    assert_eq!(row.pad.unwrap().link, older);
    assert_eq!(row.duplicates[0].link, newer);
    assert_eq!(services.count(MAKE), 0);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_candidate_who_moves_on_early_gets_a_pad_only_on_returning() {
    type Change = fn(&mut sandbox::World, &sandbox::OpportunityId);
    let moves: [(&str, Change, Change); 3] = [
        (
            "another stage",
            |world, id| world.move_to_stage(id, "On-site").unwrap(),
            |world, id| world.move_to_stage(id, "Phone Screen").unwrap(),
        ),
        (
            "untagged",
            |world, id| world.untag(id, "coderpad").unwrap(),
            |world, id| world.tag(id, "CoderPad").unwrap(),
        ),
        (
            "archived",
            |world, id| world.archive(id).unwrap(),
            |world, id| world.unarchive(id).unwrap(),
        ),
    ];
    for (what, go, come_back) in moves {
        let services = Services::new(709);
        let ada = services.candidate("Ada Example");
        let hold = crate::office::settings(|settings| settings.guards.hold_seconds = 200);
        let mut desk = services.desk(hold).await;
        desk.watching().await;
        services.to_phone_screen(&ada);
        desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
            .await;
        services.world.with(|world| go(world, &ada));
        desk.until("gone", |snapshot| snapshot.counts.set_aside == 1)
            .await;
        services.wait(HOUR).await;
        assert_eq!(services.count(MAKE), 0, "{what}");
        services.world.with(|world| come_back(world, &ada));
        desk.hears("a pad", pad_ready).await;
        desk.linked(1).await;
        services.world.with(|world| go(world, &ada));
        services.wait(5 * MINUTE).await;
        services.world.with(|world| come_back(world, &ada));
        services.wait(HOUR).await;
        assert_eq!(
            services.count(MAKE),
            1,
            "{what}: re-entry makes no second pad"
        );
        assert_eq!(desk.row(&ada).await.section, Section::ToSend, "{what}");
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn whoever_is_moved_away_and_back_between_two_looks_is_not_forgotten() {
    let services = Services::new(710);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        let list = Matching::of(Service::Lever, "GET", "/v1/opportunities");
        world.faults.once(list, Effect::Delay { ms: 3_000 });
    });
    services.to_phone_screen(&ada);
    // The list that shows it is on its way when it is moved away.
    let before = services.count("GET /v1/opportunities");
    services
        .until("a look", || {
            services.count("GET /v1/opportunities") > before
        })
        .await;
    services
        .world
        .with(|world| world.move_to_stage(&ada, "On-site").unwrap());
    desk.until("gone", |snapshot| snapshot.counts.set_aside == 1)
        .await;
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn the_nameless_and_the_long_named_get_a_pad_with_a_title_that_fits() {
    let services = Services::new(711);
    let long = "Wolfeschlegelsteinhausenbergerdorff ".repeat(12);
    let people: Vec<_> = ["", long.as_str(), "נועה לוי", "<b>\u{202e}Eve</b>\n"]
        .iter()
        .map(|name| {
            services.world.with(|world| {
                let person = Candidate {
                    name: (*name).to_owned(),
                    tags: vec!["coderpad".to_owned()],
                    ..Candidate::default()
                };
                world.add_candidate(person).unwrap()
            })
        })
        .collect();
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    for one in &people {
        services.to_phone_screen(one);
    }
    desk.linked(4).await;
    for one in &people {
        let title = services.pads_for(one)[0].title.clone();
        assert!(
            !title.trim().is_empty() && title.chars().count() <= 255,
            "{title}"
        );
    }
    assert_eq!(services.pads_for(&people[0])[0].title, "Candidate");
}
