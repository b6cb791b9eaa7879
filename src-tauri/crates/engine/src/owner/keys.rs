//! Keys that are replaced, and the accounts that they belong to.

use super::{Change, Owner, StateKey, Trigger};
use crate::ledger_problem::ledger_problem;
use crate::mailbox::{Answer, Keys};
use padwatch_domain::reason::Reason;
use padwatch_ledger::LedgerError;

impl Owner<'_> {
    pub(super) fn use_keys(&mut self, keys: Keys) {
        self.cx.jobs.renew();
        self.cx.bind(&keys);
        let services = self.cx.wiring.services(keys, &self.cx.policy.settings);
        let now = self.cx.elapsed();
        self.cx.connection.renew(services, now);
        self.watcher
            .use_key(self.cx.connection.binding.lever_key(), now);
        self.watcher.poll_now(&mut self.cx);
        self.provisioner.keys_changed(now);
        self.cx.links_again();
        // What it read is of the former keys.
        self.end_rehearsal();
        self.reconciler.look_with_new_keys(&mut self.cx);
        self.tracker.keys_changed(now);
        self.cx.is_dirty = true;
    }

    /// The person's word that the accounts of the keys in use are the right ones from now on.
    /// Everyone in another Lever account is there already; what the ledger knows of the former
    /// one stays as it is.
    pub(crate) fn use_this_account(&mut self) -> Answer<()> {
        if self.cx.connection.binding.problem().is_none() {
            return Ok(());
        }
        // What was said of the former account's plan says nothing about this one's.
        let mut changes = vec![
            Change::Dropped(StateKey::QuotaTold),
            Change::Dropped(StateKey::QuotaReadings),
            Change::Dropped(StateKey::ForecastTold),
        ];
        let is_other_lever = self.cx.connection.binding.is_other_lever();
        if is_other_lever {
            changes.push(Change::Dropped(StateKey::FirstLook));
            changes.extend(self.all_left().map_err(|error| ledger_problem(&error))?);
        }
        self.cx.rebind(changes)?;
        if is_other_lever {
            self.watcher.account_changed();
        }
        let keys = self.hosts.keys.clone().unwrap_or_default();
        self.use_keys(keys);
        Ok(())
    }

    /// Those who wait belong to the former account: the new one's list says nothing about them.
    fn all_left(&self) -> Result<Vec<Change>, LedgerError> {
        let mut changes = Vec::new();
        for id in self.cx.store.ledger.present()? {
            let reason = Reason::OtherAccount;
            changes.extend(self.watcher.leave(&id, reason, Trigger::Person, &self.cx)?);
        }
        Ok(changes)
    }
}
