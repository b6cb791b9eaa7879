//! Another account: nothing is created or concluded until the person decides.

use padwatch_domain::announcement::News;
use padwatch_domain::problem::ProblemCode;
use padwatch_domain::settings::Settings;
use padwatch_engine::Keys;
use padwatch_engine::snapshot::Condition;

use crate::desk::{Desk, Services, pad_ready};
use crate::office::{HOUR, MINUTE};

fn is_stopped(condition: &Condition) -> bool {
    matches!(condition, Condition::Stopped { problem } if problem.code() == ProblemCode::OtherAccount)
}

async fn stops(desk: &Desk) {
    desk.until("stopped", |snapshot| is_stopped(&snapshot.condition))
        .await;
}

fn told_of_account(heard: &[News]) -> usize {
    let told = |news: &&News| matches!(news, News::Hindered { problem } if problem.code() == ProblemCode::OtherAccount);
    heard.iter().filter(told).count()
}

/// With the keys in use, or after a restart with them.
async fn replace(services: &Services, desk: Desk, keys: Keys, restart: bool) -> Desk {
    if !restart {
        desk.handle.use_keys(keys).await.unwrap();
        return desk;
    }
    let folder = desk.close().await;
    let setup = crate::desk::Setup {
        folder,
        keys,
        ..services.setup(Settings::default())
    };
    services.start(setup).await
}

#[tokio::test(start_paused = true)]
async fn another_lever_account_stops_the_work_until_the_person_decides() {
    for restart in [false, true] {
        let services = Services::new(1301);
        let people = services.candidates(3);
        let mut desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.to_phone_screen(&people[0]);
        desk.hears("a pad", pad_ready).await;
        desk.linked(1).await;

        let own = services.own_keys();
        let stages = services.world.with(|world| world.lever.stages.clone());
        let other = services.other_lever();
        services.to_phone_screen(&people[1]);
        let mut desk = replace(&services, desk, other.clone(), restart).await;
        stops(&desk).await;
        let heard = desk.hears_within(6 * HOUR).await;
        assert_eq!(told_of_account(&heard), 1, "{heard:?}");
        assert_eq!(services.pads().len(), 1, "restart: {restart}");
        let row = desk.row(&people[0]).await;
        assert!(row.on_profile, "nothing is concluded: {row:?}");

        // The key that fits again: as if nothing had been.
        let others = services
            .world
            .with(|world| std::mem::replace(&mut world.lever.stages, stages));
        let desk = replace(&services, desk, own, restart).await;
        desk.watching().await;
        services.wait(10 * MINUTE).await;
        assert_eq!(services.pads().len(), 1, "restart: {restart}");

        services.world.with(|world| world.lever.stages = others);
        let mut desk = replace(&services, desk, other, restart).await;
        stops(&desk).await;
        desk.handle.use_this_account().await.unwrap();
        desk.watching().await;
        services.wait(10 * MINUTE).await;
        assert_eq!(services.pads().len(), 1, "who is there is baseline");
        services.to_phone_screen(&people[2]);
        desk.hears("a newcomer's pad", pad_ready).await;
        assert_eq!(services.pads().len(), 2);
        // The decision holds.
        let folder = desk.close().await;
        let keys = services.with_lever("other-lever");
        let setup = crate::desk::Setup {
            folder,
            keys,
            ..services.setup(Settings::default())
        };
        services.start(setup).await.watching().await;
    }
}

#[tokio::test(start_paused = true)]
async fn another_organization_stops_the_work_until_the_person_decides() {
    for restart in [false, true] {
        let services = Services::new(1302);
        let people = services.candidates(3);
        let mut desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.to_phone_screen(&people[0]);
        desk.hears("a pad", pad_ready).await;
        desk.linked(1).await;
        let own = services.own_keys();
        let other = services.other_organization();
        services.to_phone_screen(&people[1]);
        let mut desk = replace(&services, desk, other.clone(), restart).await;
        stops(&desk).await;
        let heard = desk.hears_within(6 * HOUR).await;
        assert_eq!(told_of_account(&heard), 1, "{heard:?}");
        assert_eq!(services.pads().len(), 1);

        services.first_organization();
        let mut desk = replace(&services, desk, own, restart).await;
        desk.hears("the one who waited", pad_ready).await;
        assert_eq!(services.pads().len(), 2);

        let other = services.other_organization();
        let mut desk = replace(&services, desk, other, restart).await;
        stops(&desk).await;
        services.to_phone_screen(&people[2]);
        desk.handle.use_this_account().await.unwrap();
        desk.hears("a newcomer's pad", pad_ready).await;
        assert_eq!(services.pads().len(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_colleagues_key_and_a_second_key_serve_newcomers_at_once() {
    for restart in [false, true] {
        for second in [false, true] {
            let services = Services::new(1303);
            let people = services.candidates(2);
            let mut desk = services.desk(Settings::default()).await;
            desk.watching().await;
            services.to_phone_screen(&people[0]);
            desk.hears("a pad", pad_ready).await;
            let keys = if second {
                services.second_key()
            } else {
                services.colleagues_key()
            };
            let mut desk = replace(&services, desk, keys, restart).await;
            services.to_phone_screen(&people[1]);
            desk.hears("the newcomer's pad", pad_ready).await;
            assert_eq!(services.pads().len(), 2);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_names_no_account_does_not_stop_a_new_key() {
    use sandbox::{Effect, Matching, OtherStatus, Service};
    for status in [404, 403, 500, 400] {
        let services = Services::new(1304);
        let people = services.candidates(2);
        services.world.with(|world| {
            for path in ["/api/user", "/api/organization"] {
                let asking = Matching::of(Service::CoderPad, "GET", path);
                let no = Effect::Status(OtherStatus::of(status));
                world.faults.always(asking, no);
            }
        });
        let mut desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.to_phone_screen(&people[0]);
        desk.hears("a pad", pad_ready).await;
        let keys = services.colleagues_key();
        desk.handle.use_keys(keys).await.unwrap();
        services.to_phone_screen(&people[1]);
        desk.hears("the newcomer's pad", pad_ready).await;
        services.world.with(|world| world.journal.clear());
        services.wait(4 * HOUR).await;
        assert!(services.count("GET /api/user") <= 8, "{status}");
    }
}
