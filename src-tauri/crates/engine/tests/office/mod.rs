//! What tests of a desk and its services do again and again.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]
#![allow(dead_code, reason = "each test uses its own part of this")]

use std::time::Duration;

use padwatch_domain::announcement::{Announcement, News};
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::{Action, PadRow};
use sandbox::{Candidate, OpportunityId, PadSeen};

use crate::desk::{Desk, Services};

pub(crate) const MINUTE: Duration = Duration::from_secs(60);
pub(crate) const HOUR: Duration = Duration::from_secs(3600);
/// The one request that makes a pad.
pub(crate) const MAKE: &str = "POST /api/pads";

pub(crate) fn settings(change: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = Settings::default();
    change(&mut settings);
    settings
}

pub(crate) fn id(of: &OpportunityId) -> lever::OpportunityId {
    lever::OpportunityId::new(of.as_str())
}

/// The link of a pad of the sandbox, as CoderPad writes it.
pub(crate) fn link_of(pad: &sandbox::PadId) -> String {
    format!("{}/{pad}", sandbox::CODERPAD_ROOT)
}

impl Services {
    /// Several candidates who are not in the watched stage yet.
    pub(crate) fn candidates(&self, count: usize) -> Vec<OpportunityId> {
        let names = (0..count).map(|n| format!("Candidate {n:03}"));
        names.map(|name| self.candidate(&name)).collect()
    }

    /// Another candidacy of the same person.
    pub(crate) fn second_candidacy(&self, of: &OpportunityId) -> OpportunityId {
        self.world.with(|world| {
            let contact = world.lever.opportunities[of].contact.clone();
            world
                .add_candidate(Candidate {
                    contact: Some(contact),
                    tags: vec!["coderpad".to_owned()],
                    stage: Some("Recruiter Call".to_owned()),
                    ..Candidate::default()
                })
                .unwrap()
        })
    }

    pub(crate) async fn wait(&self, time: Duration) {
        self.clock.sleep(time).await;
    }

    /// How often it was asked for a kind of request, such as [`MAKE`].
    pub(crate) fn count(&self, kind: &str) -> u64 {
        self.world.with(|world| world.journal.count(kind))
    }

    /// All requests since the journal was cleared.
    pub(crate) fn requests(&self) -> u64 {
        self.world
            .with(|world| world.journal.counts().values().sum())
    }

    /// The pads that are not deleted.
    pub(crate) fn pads(&self) -> Vec<PadSeen> {
        let mut pads = self.world.with(|world| world.pads());
        pads.retain(|pad| pad.deleted_at.is_none());
        pads
    }

    /// The pads for one candidacy that are not deleted.
    pub(crate) fn pads_for(&self, id: &OpportunityId) -> Vec<PadSeen> {
        let mut pads = self.world.with(|world| world.pads_naming(id));
        pads.retain(|pad| pad.deleted_at.is_none());
        pads
    }

    pub(crate) fn links(&self, id: &OpportunityId) -> Vec<String> {
        self.world.with(|world| world.links_of(id))
    }

    /// The link of a pad that someone makes by hand, in the name of the key's owner.
    pub(crate) fn pad_by_hand(&self, notes: Option<&str>) -> (sandbox::PadId, String) {
        self.world.with(|world| {
            let owner = world.coderpad.keys.values().next().unwrap().email.clone();
            let pad = world.make_pad_by_hand(&owner, "By hand", notes);
            (pad.clone(), link_of(&pad))
        })
    }

    /// Waits, in steps of a second, until the sandbox fits.
    pub(crate) async fn until(&self, what: &str, fits: impl Fn() -> bool) {
        for _ in 0..24 * 3600 {
            if fits() {
                return;
            }
            self.wait(Duration::from_secs(1)).await;
        }
        panic!("never {what}");
    }
}

impl Desk {
    pub(crate) async fn row(&self, of: &OpportunityId) -> PadRow {
        self.handle.detail(id(of)).await.unwrap().row
    }

    pub(crate) async fn act(&self, on: &OpportunityId, action: Action) {
        self.handle.act(id(on), action).await.unwrap();
    }

    /// What was announced so far and not heard yet; it counts as shown.
    pub(crate) async fn heard(&mut self) -> Vec<Announcement> {
        let mut heard = Vec::new();
        while let Ok(announcement) = self.announcements.try_recv() {
            self.handle.shown(&announcement).await;
            heard.push(announcement);
        }
        heard
    }

    /// What is announced within this time.
    pub(crate) async fn hears_within(&mut self, time: Duration) -> Vec<News> {
        let mut heard = Vec::new();
        let end = tokio::time::Instant::now() + time;
        while let Ok(Some(announcement)) =
            tokio::time::timeout_at(end, self.announcements.recv()).await
        {
            self.handle.shown(&announcement).await;
            heard.push(announcement.news);
        }
        heard
    }
}
