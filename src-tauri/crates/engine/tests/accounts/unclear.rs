//! Pads that may or may not exist, looked for with another key or without their list.

use padwatch_domain::announcement::News;
use padwatch_domain::settings::Settings;
use padwatch_engine::Keys;
use sandbox::{Effect, Matching};

use crate::desk::{Desk, Services, pad_ready};
use crate::keys::COLLEAGUE;
use crate::office::{HOUR, MAKE, MINUTE, settings};
use padwatch_domain::reason::Reason;

fn making_again() -> Settings {
    settings(|settings| settings.guards.make_again_when_not_found = true)
}

fn for_colleague() -> Settings {
    let mut settings = making_again();
    settings.pads.standard.owner_email = Some(COLLEAGUE.to_owned());
    settings
}

/// The answer to a creation is lost, and the program is killed.
async fn unclear(
    services: &Services,
    settings: Settings,
    after_done: bool,
) -> (Desk, sandbox::OpportunityId) {
    let ada = services.candidate("Ada Example");
    let effect = if after_done {
        Effect::DropAfter
    } else {
        Effect::DropBefore
    };
    services
        .world
        .with(|world| world.faults.once(Matching::creating_a_pad(), effect));
    let desk = services.desk(settings).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    services
        .until("asked for", || services.count(MAKE) == 1)
        .await;
    (desk, ada)
}

async fn restart(services: &Services, desk: Desk, keys: Keys, settings: Settings) -> Desk {
    let folder = desk.crash().await;
    let setup = crate::desk::Setup {
        folder,
        keys,
        ..services.setup(settings)
    };
    services.start(setup).await
}

fn says_not_found(news: &News) -> bool {
    matches!(news, News::Asks { question, .. } if *question == Reason::WasPadCreated)
}

fn asks(news: &News) -> bool {
    matches!(news, News::Asks { .. })
}

#[tokio::test(start_paused = true)]
async fn a_look_with_another_users_key_never_says_that_there_is_no_pad() {
    for (seed, restarts) in [(1370, true), (1371, false)] {
        let services = Services::new(seed);
        services
            .world
            .with(|world| world.coderpad.organization.members_see_all = false);
        let (desk, ada) = unclear(&services, making_again(), true).await;
        let keys = services.colleagues_key();
        let mut desk = if restarts {
            restart(&services, desk, keys, making_again()).await
        } else {
            desk.handle.use_keys(keys).await.unwrap();
            desk
        };
        let heard = desk.hears_within(6 * HOUR).await;
        assert!(!heard.iter().any(says_not_found), "{heard:?}");
        assert_eq!(
            heard.iter().filter(|news| asks(news)).count(),
            1,
            "{heard:?}"
        );
        assert_eq!(services.pads().len(), 1, "seed {seed}");
        let row = desk.row(&ada).await;
        assert_eq!(row.actions.len(), 3, "{row:?}");
        // The right key settles it.
        let mut desk = if restarts {
            restart(&services, desk, services.own_keys(), making_again()).await
        } else {
            desk.handle.use_keys(services.own_keys()).await.unwrap();
            desk
        };
        desk.hears("the pad", pad_ready).await;
        services.wait(10 * MINUTE).await;
        assert_eq!(services.pads().len(), 1, "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_pad_for_a_colleague_is_found_although_the_owner_was_taken_out() {
    for (seed, restarts) in [(1372, true), (1373, false)] {
        let services = Services::new(seed);
        let (desk, _) = unclear(&services, for_colleague(), true).await;
        let mut desk = if restarts {
            restart(&services, desk, services.own_keys(), making_again()).await
        } else {
            desk.handle.change_settings(making_again()).await.unwrap();
            desk.handle.use_keys(services.own_keys()).await.unwrap();
            desk
        };
        let heard = desk
            .hears("the pad", |news| pad_ready(news) || asks(news))
            .await;
        assert!(pad_ready(&heard.news), "seed {seed}: {heard:?}");
        services.wait(HOUR).await;
        assert_eq!(services.pads().len(), 1, "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_was_never_created_is_created_once_the_right_key_is_back() {
    let services = Services::new(1374);
    let (desk, _) = unclear(&services, making_again(), false).await;
    let keys = services.colleagues_key();
    let mut desk = restart(&services, desk, keys, making_again()).await;
    desk.hears("a question", asks).await;
    services.wait(HOUR).await;
    assert_eq!(services.pads().len(), 0);
    let mut desk = restart(&services, desk, services.own_keys(), making_again()).await;
    desk.hears("the pad", pad_ready).await;
    assert_eq!(services.pads().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn another_key_of_the_same_user_looks_completely() {
    let services = Services::new(1375);
    let (desk, _) = unclear(&services, making_again(), true).await;
    let keys = services.second_key();
    let mut desk = restart(&services, desk, keys, making_again()).await;
    desk.hears("the pad", pad_ready).await;
    assert_eq!(services.pads().len(), 1);
}
