use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use transport::Clock;

use crate::{Refusal, Taken};

/// How the receiver is doing. All times in ms since the epoch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// The port on which it listens on 127.0.0.1; `None` until it does for the first time.
    pub port: Option<u16>,
    /// The port that it was to keep and could not have: what is pasted in the tunnel must change.
    pub port_changed_from: Option<u16>,
    /// When the last event with a right signature came, whatever it was about.
    pub last_event_ms: Option<i64>,
    /// The last press of Lever's Verify button.
    pub last_test: Option<Test>,
    /// Events that were stored.
    pub accepted: u64,
    /// Events that had been stored before.
    pub seen_before: u64,
    /// Events with a right signature and nothing for us to look at.
    pub ignored: u64,
    /// Requests without effect, by reason.
    pub refused: BTreeMap<Refusal, u64>,
    /// Since the last right signature. Several in a row usually mean that the signing token was
    /// replaced in Lever.
    pub wrong_signatures_in_a_row: u32,
    /// Rightly signed events that were too far in the future, since the last that wasn't. They show
    /// that this computer's clock is behind.
    pub from_the_future_in_a_row: u32,
    /// How often a part of the receiver ended unasked and was started again.
    pub restarts: u32,
    /// When the last restart was, in ms since the epoch.
    pub last_restart_ms: Option<i64>,
}

/// One press of Lever's Verify button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Test {
    /// When it was received, in ms since the epoch.
    pub at_ms: i64,
    /// True if one of our signing tokens fits it. False means that the pressed webhook's is not
    /// among them yet.
    pub verified: bool,
}

impl Health {
    /// The number of requests without effect, for all reasons together.
    #[must_use]
    pub fn refused_in_all(&self) -> u64 {
        self.refused.values().sum()
    }

    fn refuse(&mut self, refusal: Refusal) {
        *self.refused.entry(refusal).or_default() += 1;
        let in_a_row = match refusal {
            Refusal::WrongSignature => &mut self.wrong_signatures_in_a_row,
            Refusal::TooNew => &mut self.from_the_future_in_a_row,
            _ => return,
        };
        *in_a_row = in_a_row.saturating_add(1);
    }
}

/// Writes the health, and the log beside it. Clones write to the same.
///
/// A flood of refusals must be cheap: they are counted at once, but announced to watchers, and
/// listed in the log, only so often.
#[derive(Clone)]
pub(crate) struct Record {
    health: Arc<watch::Sender<Health>>,
    refusals: Arc<Notify>,
    clock: Arc<dyn Clock>,
}

impl Record {
    /// Refusals are announced at most this often.
    const ANNOUNCED_EVERY: Duration = Duration::from_millis(250);

    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        let health = Arc::new(watch::Sender::new(Health::default()));
        Self {
            health,
            refusals: Arc::default(),
            clock,
        }
    }

    pub(crate) fn watch(&self) -> watch::Receiver<Health> {
        self.health.subscribe()
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    pub(crate) fn listening(&self, port: u16, changed_from: Option<u16>) {
        tracing::info!(port, ?changed_from, "listening for webhooks");
        self.health.send_modify(|health| {
            health.port = Some(port);
            // Once changed, it stays so: the tunnel still has to learn of it.
            health.port_changed_from = changed_from.or(health.port_changed_from);
        });
    }

    pub(crate) fn restarted(&self, part: &'static str) {
        tracing::warn!(
            part,
            "a part of the webhook receiver ended and is started again"
        );
        let now = self.now_ms();
        self.health.send_modify(|health| {
            health.restarts = health.restarts.saturating_add(1);
            health.last_restart_ms = Some(now);
        });
    }

    pub(crate) fn taken(&self, taken: Taken) {
        self.signed(|health| match taken {
            Taken::New => health.accepted += 1,
            Taken::Seen => health.seen_before += 1,
        });
    }

    pub(crate) fn ignored(&self) {
        self.signed(|health| health.ignored += 1);
    }

    pub(crate) fn tested(&self, verified: bool) {
        let at_ms = self.now_ms();
        self.health.send_modify(|health| {
            health.last_test = Some(Test { at_ms, verified });
            if verified {
                health.wrong_signatures_in_a_row = 0;
                health.from_the_future_in_a_row = 0;
            }
        });
    }

    fn signed(&self, count: impl FnOnce(&mut Health)) {
        let now = self.now_ms();
        self.health.send_modify(|health| {
            health.last_event_ms = Some(now);
            health.wrong_signatures_in_a_row = 0;
            health.from_the_future_in_a_row = 0;
            count(health);
        });
    }

    pub(crate) fn refused(&self, refusal: Refusal) {
        self.health.send_if_modified(|health| {
            health.refuse(refusal);
            false
        });
        self.refusals.notify_one();
    }

    /// Announces and lists refusals, until it is dropped.
    pub(crate) async fn announce_refusals(&self) {
        let mut listed = self.health.borrow().refused.clone();
        let mut lines = Lines::default();
        loop {
            self.refusals.notified().await;
            self.health.send_modify(|_| {});
            let counted = self.health.borrow().refused.clone();
            lines.list(&listed, &counted, self.clock.elapsed());
            listed = counted;
            tokio::time::sleep(Self::ANNOUNCED_EVERY).await;
        }
    }
}

/// The lines about refusals in the log: so many an hour in all, whatever the reasons, so that a
/// stranger can't turn the log over.
#[derive(Debug, Default)]
struct Lines {
    /// The hour that is counted, from the clock's beginning.
    hour: u64,
    written: u64,
    unlisted: u64,
}

impl Lines {
    /// The most lines in an hour.
    const MOST: u64 = 60;

    /// One line for each refusal that came since, as long as there is room; then one that says so.
    fn list(
        &mut self,
        before: &BTreeMap<Refusal, u64>,
        now: &BTreeMap<Refusal, u64>,
        elapsed: Duration,
    ) {
        self.begin(elapsed);
        for (reason, count) in now {
            let new = count.saturating_sub(before.get(reason).copied().unwrap_or(0));
            let listed = self.take(new);
            for _ in 0..listed {
                tracing::info!(?reason, "refused a request");
            }
            let more = new.saturating_sub(listed);
            if more > 0 && self.unlisted == 0 {
                tracing::info!(
                    ?reason,
                    "refused more requests: they are counted, not listed"
                );
            }
            self.unlisted = self.unlisted.saturating_add(more);
        }
    }

    /// Says at the beginning of an hour how many were left out in the one before.
    fn begin(&mut self, elapsed: Duration) {
        let hour = elapsed.as_secs() / 3600;
        if hour == self.hour {
            return;
        }
        if self.unlisted > 0 {
            tracing::info!(
                more = self.unlisted,
                "refused more requests in the last hour"
            );
        }
        *self = Self {
            hour,
            ..Self::default()
        };
    }

    /// How many of so many lines there is room for.
    fn take(&mut self, wanted: u64) -> u64 {
        let room = Self::MOST.saturating_sub(self.written).min(wanted);
        self.written = self.written.saturating_add(room);
        room
    }
}

#[cfg(test)]
mod tests {
    use transport::VirtualClock;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_flood_of_refusals_is_counted_at_once_and_announced_now_and_then() {
        let clock = Arc::new(VirtualClock::starting_at(0));
        let record = Record::new(clock);
        let mut watching = record.watch();
        let announcing = record.clone();
        tokio::spawn(async move { announcing.announce_refusals().await });
        let mut announced = 0;
        for count in 1..=1_000_u64 {
            record.refused(Refusal::OtherPath);
            assert_eq!(watching.borrow().refused_in_all(), count);
            tokio::time::sleep(Duration::from_millis(1)).await;
            if watching.has_changed().unwrap() {
                watching.mark_unchanged();
                announced += 1;
            }
        }
        assert!(
            (3..=5).contains(&announced),
            "{announced} announcements in a second"
        );
        watching.changed().await.unwrap();
        assert_eq!(
            watching.borrow_and_update().refused_in_all(),
            1_000,
            "the last one too"
        );
    }

    #[test]
    fn a_stranger_gets_so_many_lines_an_hour_whatever_the_reasons() {
        let mut lines = Lines::default();
        let taken: u64 = (0..10_000).map(|_| lines.take(3)).sum();
        assert_eq!(taken, Lines::MOST);
        lines.begin(Duration::from_secs(3599));
        assert_eq!(lines.take(1), 0);
        lines.begin(Duration::from_secs(3600));
        assert_eq!(lines.take(1), 1);
    }

    #[tokio::test]
    async fn only_wrong_signatures_in_a_row_hint_at_a_new_token() {
        let record = Record::new(Arc::new(VirtualClock::starting_at(0)));
        let in_a_row = || record.watch().borrow().wrong_signatures_in_a_row;
        record.refused(Refusal::WrongSignature);
        record.refused(Refusal::OtherPath);
        record.refused(Refusal::WrongSignature);
        assert_eq!(in_a_row(), 2);
        record.tested(false);
        assert_eq!(in_a_row(), 2, "nothing was verified");
        record.taken(Taken::Seen);
        assert_eq!(in_a_row(), 0);
    }
}
