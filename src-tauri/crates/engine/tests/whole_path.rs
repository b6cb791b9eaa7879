//! The whole path, from a tag and a stage to a link on the profile, on the sandbox's rules.

mod desk;

use desk::{Services, pad_ready};
use padwatch_domain::announcement::News;
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::Action;
use sandbox::{Effect, Matching, OtherStatus};

#[tokio::test(start_paused = true)]
async fn a_candidate_after_the_start_gets_one_pad_linked_once() {
    let services = Services::new(1);
    let there = services.candidate("Already There");
    services.to_phone_screen(&there);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| world.journal.clear());

    services.to_phone_screen(&ada);
    let told = desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;

    let News::PadReady { who, link, .. } = told.news else {
        panic!("{told:?}")
    };
    assert_eq!(who.name, "Ada Example");
    let snapshot = desk.handle.snapshot();
    assert_eq!(snapshot.counts.already_there, 1, "listed, not served");
    services.world.with(|world| {
        assert_eq!(world.pads().len(), 1);
        assert_eq!(world.links_of(&ada), [link]);
        assert_eq!(world.pads_naming(&there).len(), 0);
        let asked: Vec<_> = world
            .journal
            .entries()
            .map(|entry| format!("{} {}", entry.method, entry.path))
            .filter(|asked| *asked != "GET /v1/opportunities")
            .collect();
        assert!(asked.len() <= 7, "{asked:#?}");
    });
}

#[tokio::test(start_paused = true)]
async fn a_quiet_poll_is_one_request_to_lever_and_none_to_coderpad() {
    let services = Services::new(2);
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| world.journal.clear());
    services
        .clock
        .sleep(std::time::Duration::from_secs(600))
        .await;
    services.world.with(|world| {
        let all: u64 = world.journal.counts().values().sum();
        let total = world.journal.count("GET /v1/opportunities");
        let tags = world.journal.count("GET /v1/tags");
        assert_eq!(all, total + tags, "{:?}", world.journal.counts());
        assert!((8..=12).contains(&tags), "about once a minute: {tags}");
        assert!(
            (18..=22).contains(&total),
            "every 30 s for ten minutes: {total}"
        );
    });
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_got_lost_makes_no_second_pad() {
    let services = Services::new(3);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        world
            .faults
            .once(Matching::creating_a_pad(), Effect::DropAfter);
    });
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    services.world.with(|world| {
        assert_eq!(world.pads().len(), 1);
        assert_eq!(world.journal.count("POST /api/pads"), 1);
        assert_eq!(world.links_of(&ada).len(), 1);
    });
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_was_not_created_is_asked_about_before_another_one() {
    let services = Services::new(4);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.world.with(|world| {
        world
            .faults
            .once(Matching::creating_a_pad(), Effect::DropBefore);
    });
    services.to_phone_screen(&ada);
    let before = services.clock.elapsed();
    desk.hears("a question", |news| matches!(news, News::Asks { .. }))
        .await;
    let took = services.clock.elapsed() - before;
    assert!(
        took >= std::time::Duration::from_secs(120),
        "asked after {took:?}"
    );
    services
        .world
        .with(|world| assert_eq!(world.journal.count("POST /api/pads"), 1));

    let id = lever::OpportunityId::new(ada.as_str());
    desk.handle.act(id, Action::MakeAnother).await.unwrap();
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    services
        .world
        .with(|world| assert_eq!(world.pads().len(), 1));
}

#[tokio::test(start_paused = true)]
async fn a_link_that_is_already_there_is_taken_over() {
    let services = Services::new(5);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let link = services.world.with(|world| {
        let owner = world.coderpad.keys.values().next().unwrap().email.clone();
        let pad = world.make_pad_by_hand(&owner, "By hand", None);
        let link = format!("{}/{pad}", sandbox::CODERPAD_ROOT);
        world.add_link(&ada, &link).unwrap();
        link
    });
    services.to_phone_screen(&ada);
    let told = desk.hears("a pad", pad_ready).await;
    assert!(
        matches!(told.news, News::PadReady { adopted: true, .. }),
        "{told:?}"
    );
    services.world.with(|world| {
        assert_eq!(world.journal.count("POST /api/pads"), 0);
        assert_eq!(world.links_of(&ada), [link]);
    });
}

#[tokio::test(start_paused = true)]
async fn more_than_ten_at_once_are_asked_about_first() {
    let services = Services::new(6);
    let many: Vec<_> = (0..14)
        .map(|n| services.candidate(&format!("Candidate {n}")))
        .collect();
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    for id in &many {
        services.to_phone_screen(id);
    }
    let told = desk
        .hears("a surge", |news| matches!(news, News::Surge { .. }))
        .await;
    assert_eq!(told.news, News::Surge { count: 14 });
    services
        .world
        .with(|world| assert_eq!(world.pads().len(), 0));
}

#[tokio::test(start_paused = true)]
async fn a_used_up_quota_is_told_once_and_work_resumes_in_order() {
    let services = Services::new(7);
    let waiting: Vec<_> = (0..3)
        .map(|n| services.candidate(&format!("Candidate {n}")))
        .collect();
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let rule = services.world.with(|world| {
        world.faults.always(
            Matching::creating_a_pad(),
            Effect::Status(OtherStatus::of(429)),
        )
    });
    for id in &waiting {
        services.to_phone_screen(id);
    }
    desk.hears("the reason", |news| matches!(news, News::Hindered { .. }))
        .await;
    services
        .clock
        .sleep(std::time::Duration::from_secs(3600))
        .await;
    services.world.with(|world| world.faults.remove(rule));
    let mut names = Vec::new();
    while names.len() < 3 {
        let told = desk.hears("a pad", |news| {
            assert!(
                !matches!(news, News::Hindered { .. }),
                "told twice: {news:?}"
            );
            pad_ready(news)
        });
        if let News::PadReady { who, .. } = told.await.news {
            names.push(who.name);
        }
    }
    services
        .world
        .with(|world| assert_eq!(world.pads().len(), 3));
}

#[tokio::test(start_paused = true)]
async fn after_a_restart_only_new_candidates_are_served() {
    let services = Services::new(8);
    let (ada, ben) = (
        services.candidate("Ada Example"),
        services.candidate("Ben Example"),
    );
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    let folder = desk.close().await;

    services.to_phone_screen(&ben);
    let mut again = services.desk_in(folder, Settings::default()).await;
    let told = again.hears("a pad", pad_ready).await;
    assert!(matches!(told.news, News::PadReady { who, .. } if who.name == "Ben Example"));
    again.linked(2).await;
    services.world.with(|world| {
        assert_eq!(world.pads().len(), 2);
        assert_eq!(world.pads_naming(&ada).len(), 1);
    });
}
