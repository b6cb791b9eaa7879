//! One candidate with a pad, and what happens in it.

use std::time::Duration;

use lever::OpportunityId;
use padwatch_domain::announcement::News;
use padwatch_domain::settings::Settings;
use padwatch_domain::settings::WatchSettings;
use padwatch_engine::snapshot::PadRow;
use sandbox::coderpad::interview::Guest;
use sandbox::{PadId, UserId};

use crate::desk::{Desk, Services, pad_ready};

pub(crate) const MINUTE: Duration = Duration::from_secs(60);
pub(crate) const HOUR: Duration = Duration::from_secs(3600);
pub(crate) const DAY: Duration = Duration::from_secs(24 * 3600);
pub(crate) const NAME: &str = "Ada Example";

/// A desk with one candidate whose pad is made and linked.
pub(crate) struct Round {
    pub(crate) services: Services,
    pub(crate) desk: Desk,
    pub(crate) who: sandbox::OpportunityId,
    pub(crate) id: OpportunityId,
    pub(crate) pad: PadId,
    pub(crate) settings: Settings,
}

/// Someone without an account.
pub(crate) fn guest(name: &str) -> Guest<'_> {
    Guest { name, email: None }
}

/// Settings with someone on whose behalf Padwatch writes.
pub(crate) fn acting(services: &Services) -> Settings {
    let user: UserId = services
        .world
        .with(|world| world.lever.users.keys().next().cloned().unwrap());
    Settings {
        acting_user: Some(lever::UserId::new(user.as_str())),
        ..Settings::default()
    }
}

/// Settings for days and weeks: no one here minds when Lever was last looked at.
pub(crate) fn patient(settings: Settings) -> Settings {
    let watch = WatchSettings {
        every_seconds: 600,
        ..settings.watch
    };
    Settings { watch, ..settings }
}

pub(crate) fn finished(news: &News) -> bool {
    matches!(news, News::Finished { .. })
}

impl Round {
    pub(crate) async fn new(seed: u64) -> Self {
        let services = Services::new(seed);
        let settings = patient(acting(&services));
        Self::with(services, settings).await
    }

    pub(crate) async fn with(services: Services, settings: Settings) -> Self {
        let desk = services.desk(settings.clone()).await;
        Self::at(services, desk, settings).await
    }

    /// At a desk that was started in some other way.
    pub(crate) async fn at(services: Services, mut desk: Desk, settings: Settings) -> Self {
        let who = services.candidate(NAME);
        desk.watching().await;
        services.to_phone_screen(&who);
        desk.hears("a pad", pad_ready).await;
        desk.linked(1).await;
        let pad = services
            .world
            .with(|world| PadId::from(world.pads()[0].id.as_str()));
        let id = OpportunityId::new(who.as_str());
        Self {
            services,
            desk,
            who,
            id,
            pad,
            settings,
        }
    }

    /// The same round at another desk.
    pub(crate) fn again(
        services: Services,
        desk: Desk,
        (who, id, pad): (sandbox::OpportunityId, OpportunityId, PadId),
        settings: Settings,
    ) -> Self {
        Self {
            services,
            desk,
            who,
            id,
            pad,
            settings,
        }
    }

    /// With an interview that was held, ended and announced.
    pub(crate) async fn held(seed: u64) -> Self {
        let mut round = Self::new(seed).await;
        round.play_and_end().await;
        round.desk.hears("the end", finished).await;
        round
    }

    pub(crate) async fn play_and_end(&self) {
        self.wait(40 * MINUTE).await;
        self.services.world.with(|world| {
            world.play_interview(&self.pad, NAME).unwrap();
            world.end_interview(&self.pad).unwrap();
        });
    }

    /// The computer is off for so long.
    pub(crate) async fn off_for(self, time: Duration) -> Self {
        let folder = self.desk.close().await;
        self.services.clock.sleep(time).await;
        let desk = self.services.desk_in(folder, self.settings.clone()).await;
        desk.watching().await;
        Self { desk, ..self }
    }

    pub(crate) async fn wait(&self, time: Duration) {
        self.services.clock.sleep(time).await;
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.services.clock.now_ms()
    }

    /// The candidate's row as the window shows it.
    pub(crate) async fn row(&self) -> PadRow {
        self.desk.handle.detail(self.id.clone()).await.unwrap().row
    }

    pub(crate) fn asked(&self, kind: &str) -> u64 {
        self.services.world.with(|world| world.journal.count(kind))
    }

    pub(crate) fn forget_requests(&self) {
        self.services.world.with(|world| world.journal.clear());
    }
}
