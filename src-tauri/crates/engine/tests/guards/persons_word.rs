//! What the person can do with one candidate, and that it holds.

use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::problem::ProblemCode;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::{Action, ActionKind, Condition};
use sandbox::{Effect, Matching, OtherStatus, Service};

use crate::desk::{Desk, Services, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE, id, settings};
use padwatch_domain::reason::{PadDoubt, Reason};

fn asks(news: &News) -> bool {
    matches!(news, News::Asks { .. })
}

fn duplicate(news: &News) -> bool {
    matches!(news, News::Duplicate { .. })
}

/// Someone whose pad was asked for, with this going wrong, and a desk that has given up looking.
async fn uncertain(services: &Services, effect: Effect) -> (sandbox::OpportunityId, Desk) {
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services
        .world
        .with(|world| world.faults.once(Matching::creating_a_pad(), effect));
    services.to_phone_screen(&ada);
    desk.hears("a question", asks).await;
    (ada, desk)
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn undo_deletes_pad_and_link_and_nothing_is_created_again() {
    let services = Services::new(601);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    desk.act(&ada, Action::Undo).await;
    let pads = services.world.with(|world| world.pads_naming(&ada));
    assert_eq!(pads.len(), 1);
    assert!(
        pads[0].ended_at.is_some() && pads[0].deleted_at.is_some(),
        "{pads:?}"
    );
    assert_eq!(services.links(&ada), Vec::<String>::new());
    let row = desk.row(&ada).await;
    assert_eq!(row.section, Section::SetAside);
    assert_eq!(row.reason, Reason::UserDeletedPad);
    let folder = desk.close().await;
    let again = services.desk_in(folder, Settings::default()).await;
    services.wait(3 * HOUR).await;
    assert_eq!(services.count(MAKE), 1);
    again.act(&ada, Action::MakeNow).await;
    again.linked(1).await;
    assert_eq!(services.pads_for(&ada).len(), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn undo_right_after_the_announcement_leaves_no_link_behind() {
    for wait_ms in [0, 50, 150, 300, 700, 1500] {
        let services = Services::new(602);
        let ada = services.candidate("Ada Example");
        let mut desk = services.desk(Settings::default()).await;
        desk.watching().await;
        let everything = Matching::all_of(Service::Lever);
        services
            .world
            .with(|world| world.faults.always(everything, Effect::Delay { ms: 200 }));
        services.to_phone_screen(&ada);
        desk.hears("a pad", pad_ready).await;
        services.wait(Duration::from_millis(wait_ms)).await;
        while desk.handle.act(id(&ada), Action::Undo).await.is_err() {
            services.wait(Duration::from_millis(100)).await;
        }
        services.wait(HOUR).await;
        assert_eq!(
            services.links(&ada),
            Vec::<String>::new(),
            "after {wait_ms} ms"
        );
        assert_eq!(services.pads().len(), 0, "after {wait_ms} ms");
        assert_eq!(services.count(MAKE), 1);
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn an_undo_that_fails_half_way_can_be_repeated() {
    let services = Services::new(603);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    services.world.with(|world| {
        let change = Matching::of(Service::CoderPad, "PUT", "/api/pads/*");
        world
            .faults
            .always(change, Effect::Status(OtherStatus::page(503)));
    });
    let failed = desk.handle.act(id(&ada), Action::Undo).await.unwrap_err();
    assert_eq!(failed.code(), ProblemCode::ServiceDown);
    assert_eq!(services.pads().len(), 1);
    services.world.with(|world| world.faults.clear());
    desk.act(&ada, Action::Undo).await;
    assert_eq!(services.pads().len(), 0);
    assert_eq!(services.links(&ada), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_pad_that_the_person_sees_is_taken_and_no_other() {
    let services = Services::new(604);
    let (ada, mut desk) = uncertain(&services, Effect::DropBefore).await;
    let other = "padwatch:11111111-1111-4111-8111-111111111111:00112233445566778899aabbccddeeff";
    let (_, others) = services.pad_by_hand(Some(other));
    for (link, code) in [
        ("not a link", ProblemCode::NotValid),
        ("https://github.com/ada", ProblemCode::NotValid),
        (others.as_str(), ProblemCode::NotValid),
        ("https://app.coderpad.io/NOSUCH11", ProblemCode::Gone),
    ] {
        let link = link.to_owned();
        let refused = desk.handle.act(id(&ada), Action::SeePad { link }).await;
        assert_eq!(refused.unwrap_err().code(), code);
    }
    let (_, link) = services.pad_by_hand(None);
    let seen = format!("I see it: {link}/playback?x=1");
    desk.act(&ada, Action::SeePad { link: seen }).await;
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    assert_eq!(services.links(&ada), std::slice::from_ref(&link));
    let row = desk.row(&ada).await;
    assert!(
        !row.actions.contains(&ActionKind::Undo),
        "it is not ours to delete"
    );
    services.wait(3 * HOUR).await;
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_pad_that_was_made_for_a_colleague_is_found_in_everybodys_list() {
    let services = Services::new(613);
    let ada = services.candidate("Ada Example");
    let for_tomas = settings(|settings| {
        settings.pads.standard.owner_email = Some("tomas.ferreira@example.test".to_owned());
    });
    let mut desk = services.desk(for_tomas).await;
    desk.watching().await;
    services.world.with(|world| {
        world
            .faults
            .once(Matching::creating_a_pad(), Effect::DropAfter);
    });
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 1);
    assert_eq!(
        services.links(&ada),
        [services.pads_for(&ada)[0].url.clone()]
    );
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn an_everybodys_list_that_this_account_may_not_see_proves_nothing() {
    let services = Services::new(614);
    let ada = services.candidate("Ada Example");
    let for_tomas = settings(|settings| {
        settings.pads.standard.owner_email = Some("tomas.ferreira@example.test".to_owned());
        settings.guards.make_again_when_not_found = true;
    });
    let desk = services.desk(for_tomas).await;
    desk.watching().await;
    services.world.with(|world| {
        world
            .faults
            .once(Matching::creating_a_pad(), Effect::DropAfter);
        let all = Matching::of(Service::CoderPad, "GET", "/api/organization/pads");
        world
            .faults
            .always(all, Effect::Status(OtherStatus::of(403)));
    });
    services.to_phone_screen(&ada);
    services.wait(3 * HOUR).await;
    assert_eq!(services.count(MAKE), 1, "not made again");
    let row = desk.row(&ada).await;
    let is_told = matches!(row.reason, Reason::PadListIncomplete { .. });
    assert!(is_told, "{:?}", row.reason);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn check_again_looks_at_once() {
    let services = Services::new(605);
    let (ada, mut desk) = uncertain(&services, Effect::Late { after_ms: 200_000 }).await;
    services.wait(2 * MINUTE).await;
    assert_eq!(
        services.pads_for(&ada).len(),
        1,
        "CoderPad made it after all"
    );
    desk.act(&ada, Action::CheckAgain).await;
    let begun = services.clock.elapsed();
    desk.hears("a pad", pad_ready).await;
    assert!(services.clock.elapsed() - begun < Duration::from_secs(10));
    assert_eq!(services.count(MAKE), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_late_duplicate_is_found_named_and_deleted_on_the_persons_word() {
    let services = Services::new(606);
    let late = Effect::Late {
        after_ms: 3_600_000,
    };
    let (ada, mut desk) = uncertain(&services, late).await;
    desk.act(&ada, Action::MakeAnother).await;
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    let told = desk.hears("a duplicate", duplicate).await;
    let News::Duplicate {
        kept, extra, ours, ..
    } = told.news
    else {
        panic!("{told:?}")
    };
    assert!(ours);
    assert_eq!(services.pads_for(&ada).len(), 2);
    assert_eq!(desk.hears_within(3 * HOUR).await, [], "told once");
    let folder = desk.close().await;
    let desk = services.desk_in(folder, Settings::default()).await;
    desk.act(&ada, Action::DeleteDuplicate { pad: extra.clone() })
        .await;
    let left = services.pads_for(&ada);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].id, kept.as_str());
    assert!(desk.row(&ada).await.duplicates.is_empty());
    assert_eq!(services.links(&ada).len(), 1);
    let twice = desk
        .handle
        .act(id(&ada), Action::DeleteDuplicate { pad: extra })
        .await;
    assert_eq!(twice.unwrap_err().code(), ProblemCode::TooLate);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_late_pad_serves_whoever_still_waits_for_the_second() {
    let services = Services::new(607);
    let late = Effect::Late {
        after_ms: 1_200_000,
    };
    let (ada, mut desk) = uncertain(&services, late).await;
    services.world.with(|world| {
        let no = Effect::Status(OtherStatus::of(403));
        world.faults.always(Matching::creating_a_pad(), no);
    });
    desk.act(&ada, Action::MakeAnother).await;
    let told = desk.hears("a pad", pad_ready).await;
    assert!(matches!(told.news, News::PadReady { adopted: false, .. }));
    desk.until("linked", |snapshot| {
        snapshot.newest.iter().any(|row| row.on_profile)
    })
    .await;
    services.world.with(|world| world.faults.clear());
    services.wait(3 * HOUR).await;
    assert_eq!(services.pads_for(&ada).len(), 1);
    assert_eq!(services.links(&ada).len(), 1);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_link_that_is_copied_at_once_is_remembered_as_copied() {
    let services = Services::new(608);
    let ada = services.candidate("Ada Example");
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let everything = Matching::all_of(Service::Lever);
    services
        .world
        .with(|world| world.faults.always(everything, Effect::Delay { ms: 300 }));
    services.to_phone_screen(&ada);
    desk.hears("a pad", pad_ready).await;
    desk.act(&ada, Action::MarkCopied).await;
    desk.until("linked", |snapshot| {
        snapshot.counts.upcoming == 1 && snapshot.newest.iter().all(|row| row.on_profile)
    })
    .await;
    assert!(desk.row(&ada).await.times.copied_ms.is_some());
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_pad_for_somebody_who_moved_on_is_made_when_the_person_says_so() {
    let services = Services::new(610);
    let ada = services.candidate("Ada Example");
    let ask = settings(|settings| settings.guards.ask_each_time = true);
    let mut desk = services.desk(ask).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a question", asks).await;
    services
        .world
        .with(|world| world.move_to_stage(&ada, "On-site").unwrap());
    desk.until("gone", |snapshot| snapshot.counts.set_aside == 1)
        .await;
    services
        .world
        .with(|world| world.switch(|switches| switches.coderpad.maintenance = true));
    desk.until("in trouble", |snapshot| {
        snapshot.condition != Condition::Watching
    })
    .await;
    desk.act(&ada, Action::MakeNow).await;
    // Looks at Lever that don't find it must not take the word back.
    services.wait(HOUR).await;
    let folder = desk.close().await;
    let ask = settings(|settings| settings.guards.ask_each_time = true);
    let mut again = services.desk_in(folder, ask).await;
    services.wait(HOUR).await;
    services
        .world
        .with(|world| world.switch(|switches| switches.coderpad.maintenance = false));
    again.hears("a pad", pad_ready).await;
    again.linked(1).await;
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_word_for_somebody_who_is_archived_by_then_ends_with_a_reason() {
    let services = Services::new(611);
    let ada = services.candidate("Ada Example");
    let ask = settings(|settings| settings.guards.ask_each_time = true);
    let mut desk = services.desk(ask).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    desk.hears("a question", asks).await;
    services.world.with(|world| world.archive(&ada).unwrap());
    services.world.with(|world| world.journal.clear());
    desk.act(&ada, Action::MakeNow).await;
    services.wait(HOUR).await;
    assert_eq!(services.count(MAKE), 0);
    assert!(services.requests() < 200, "it goes round in a circle");
    let row = desk.row(&ada).await;
    assert_eq!(row.reason, Reason::ArchivedOrAnonymized);
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn whoever_is_asked_for_which_job_a_pad_is_gets_one_beside_it() {
    let services = Services::new(612);
    let ada = services.candidate("Ada Example");
    let second = services.second_candidacy(&ada);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&second);
    desk.hears("a pad", pad_ready).await;
    desk.linked(1).await;
    let theirs = "https://app.coderpad.io/THEIRS11";
    services
        .world
        .with(|world| world.add_link(&ada, theirs).unwrap());
    services.to_phone_screen(&ada);
    let told = desk.hears("a question", asks).await;
    assert!(
        matches!(told.news, News::Asks { question, .. } if question == Reason::WhosePad { doubt: PadDoubt::WhichJob })
    );
    desk.act(&ada, Action::MakeNow).await;
    desk.hears("a pad", pad_ready).await;
    desk.linked(2).await;
    let heard = desk.hears_within(HOUR).await;
    assert!(!heard.iter().any(asks), "asked once: {heard:?}");
    assert_eq!(services.pads_for(&ada).len(), 1);
    assert_eq!(services.links(&ada).len(), 3, "nobody's link is taken away");
}
