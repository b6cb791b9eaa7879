//! A context for tests of components: a real ledger, a clock that stands still, and no runtime.
//! What a component would ask of the services shows as jobs that were started.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use coderpad::PadId;
use lever::{ContactId, OpportunityId, StageId};
use tempfile::TempDir;
use transport::Clock;

use super::Context;
use crate::config::EngineConfig;
use crate::config::tests::unreachable;
use crate::jobs::Jobs;
use crate::mailbox::Keys;
use crate::profile::Profile;
use crate::restraints::Restraints;
use padwatch_domain::activity::Activity;
use padwatch_domain::candidacy::{Candidacy, Seen};
use padwatch_domain::change::{Change, Trigger};
use padwatch_domain::lifecycle::{Consent, LedgerPad, Lifecycle, Origin};
use padwatch_domain::reason::Reason;
use padwatch_domain::settings::Settings;
use padwatch_ledger::Ledger;

/// When every test begins, in ms since the epoch.
pub(crate) const START_MS: i64 = 1_772_532_000_000;

/// A clock that only moves when a test says so.
#[derive(Default)]
struct HandSet(Mutex<Duration>);

#[async_trait]
impl Clock for HandSet {
    fn now_ms(&self) -> i64 {
        START_MS + i64::try_from(self.elapsed().as_millis()).unwrap()
    }

    fn elapsed(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    async fn sleep(&self, _: Duration) {
        std::future::pending::<()>().await;
    }
}

/// What a context borrows.
pub(crate) struct Workbench {
    clock: Arc<HandSet>,
    wiring: EngineConfig,
    profile: Profile,
    folder: TempDir,
}

impl Workbench {
    pub(crate) fn new() -> Self {
        let clock = Arc::new(HandSet::default());
        let folder = TempDir::new().unwrap();
        Self {
            wiring: unreachable(clock.clone()),
            profile: Profile::open(folder.path()).unwrap(),
            clock,
            folder,
        }
    }

    /// With both keys, bound, set up, and nothing left from an earlier run.
    pub(crate) fn context(&self) -> Context<'_> {
        let path = self.folder.path().join("ledger.sqlite3");
        let (mut ledger, _) = Ledger::open(&path, START_MS).unwrap();
        let settings = Settings::default();
        let policy = Restraints::read(&mut ledger, Some(&settings), START_MS)
            .unwrap()
            .policy;
        let mut cx = Context::new(&self.wiring, &self.profile, ledger, policy).unwrap();
        cx.jobs = Jobs::without_a_runtime(self.clock.clone(), self.wiring.failpoints.clone());
        let keys = Keys {
            lever: Some("lever".to_owned().into()),
            coderpad: Some("coderpad".to_owned().into()),
        };
        cx.bind(&keys);
        cx.connection.services = self.wiring.services(keys, &settings);
        cx.connection.coderpad_has_answered = true;
        cx.store.is_recovered = true;
        cx.policy.creation_off = None;
        assert!(cx.is_bound());
        cx
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, time: Duration) {
        *self.clock.0.lock().unwrap() += time;
    }
}

/// Adds a candidate who waits for a pad.
pub(crate) fn add_waiting(cx: &mut Context<'_>, id: &str) -> OpportunityId {
    let consent = Consent::Rules;
    add(cx, id, Lifecycle::Eligible { consent })
}

/// Adds a candidate whose pad's link is on the profile.
pub(crate) fn add_linked(cx: &mut Context<'_>, id: &str, pad: &str) -> (OpportunityId, PadId) {
    let pad = LedgerPad {
        playback: None,
        id: PadId::parse(pad).unwrap(),
        link: format!("https://app.coderpad.io/{pad}"),
        origin: Origin::Made,
        since_ms: cx.now_ms(),
        beside: Vec::new(),
    };
    let pad_id = pad.id.clone();
    (add(cx, id, Lifecycle::Linked { pad }), pad_id)
}

/// Adds a candidate in this state.
pub(crate) fn add(cx: &mut Context<'_>, id: &str, life: Lifecycle) -> OpportunityId {
    let id = OpportunityId::new(id);
    let row = Candidacy::noticed(
        id.clone(),
        seen(&id),
        life,
        Reason::UserCreated,
        cx.now_ms(),
    );
    let moved = Change::Moved {
        row: Box::new(row),
        what: Activity::Noticed,
        trigger: Trigger::Poll,
    };
    assert!(cx.try_commit(&[moved]));
    id
}

/// What Lever says of a candidate in Phone Screen.
pub(crate) fn seen(id: &OpportunityId) -> Seen {
    Seen {
        contact: Some(ContactId::new(format!("contact-of-{id}"))),
        name: format!("Ada {id}"),
        posting: None,
        posting_title: "Engineer".to_owned(),
        stage: Some(StageId::new("phone")),
        tags: vec!["coderpad".to_owned()],
        owner: None,
        profile_url: None,
        arrived_ms: Some(START_MS),
    }
}

/// The state of a candidate.
pub(crate) fn life(cx: &Context<'_>, id: &OpportunityId) -> Lifecycle {
    cx.store.ledger.row(id).unwrap().unwrap().life
}
