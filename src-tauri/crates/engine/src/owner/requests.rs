//! Answering what is asked.

use lever::OpportunityId;
use transport::{ApiRoot, SecretString};

use super::{Change, Owner, Request, StateKey, Trigger};
use crate::accounts::{self, Account};
use crate::context::done::Done;
use crate::ledger_problem::ledger_problem;
use crate::listing::{CoderpadAccount, LeverAccount, PadDetail, PadList};
use crate::mailbox::{Answer, Reply, answer};
use crate::snapshot::PadRow;
use padwatch_domain::activity::Activity;
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::listing::ListQuery;
use padwatch_domain::pause::Pause;
use padwatch_domain::pause::PauseFor;
use padwatch_domain::problem::Problem;
use padwatch_domain::rules;
use padwatch_domain::service_error::OutageKind;
use padwatch_domain::settings::{Settings, Whose};
use padwatch_ledger::LedgerError;

impl Owner<'_> {
    pub(super) fn serve(&mut self, request: Request) {
        match request {
            Request::Ask(question) => question.put_to(self),
            Request::UseKeys(keys, reply) => {
                *self.hosts.keys = Some(keys.clone());
                self.use_keys(keys);
                answer(reply, Ok(()));
            }
            Request::Shown(number) => self.cx.shown(number),
            Request::Close(_) | Request::Forget(_) | Request::UseRoots(..) => {} // The loop answers them.
        }
    }

    pub(crate) fn settings(&self) -> Settings {
        self.cx.policy.settings.clone()
    }

    pub(crate) fn change(&mut self, settings: Settings) -> Answer<()> {
        settings.check_limits()?;
        let text = serde_json::to_string(&settings).map_err(|_| Problem::SettingsNotStored)?;
        self.cx.commit(&[Change::Kept(StateKey::Settings, text)])?;
        if std::mem::take(&mut self.cx.policy.settings_unreadable) {
            self.cx.clear_outage(OutageKind::Settings);
        }
        let before = std::mem::replace(&mut self.cx.policy.settings, settings);
        if let Some(services) = self.cx.connection.services.as_mut() {
            services
                .acting_user
                .clone_from(&self.cx.policy.settings.acting_user);
            // Those that were made for others before the change may still be looked for.
            services.makes_for_others |= self.cx.policy.settings.pads.are_for_others();
        }
        let is_mine = |settings: &Settings| settings.watch.whose == Whose::Mine;
        let whose_changed = (is_mine(&before) || is_mine(&self.cx.policy.settings))
            && before.acting_user != self.cx.policy.settings.acting_user;
        if before.watch != self.cx.policy.settings.watch || whose_changed {
            self.watcher.forget_looks();
            let is_other_tag =
                !rules::same_tag(&before.watch.tag, &self.cx.policy.settings.watch.tag);
            self.watcher
                .watches_others(is_other_tag, self.cx.wiring.clock.elapsed());
            self.watcher.poll_now(&mut self.cx);
        }
        self.re_evaluate_waiting();
        if before.pads != self.cx.policy.settings.pads {
            self.cx.again(
                |row| matches!(&row.life, Lifecycle::Refused { refusal, .. } if !refusal.for_all),
            );
        }
        if before.acting_user != self.cx.policy.settings.acting_user {
            self.cx.jobs.renew();
            self.cx.connection.outages.remove(&OutageKind::Linking);
            self.cx.links_again();
        }
        Ok(())
    }

    /// A more careful choice counts for those too who are waiting already.
    fn re_evaluate_waiting(&mut self) {
        let mut waiting = Vec::new();
        for state in ["eligible", "held", "refused"] {
            match self.cx.store.ledger.in_state(state) {
                Ok(rows) => waiting.extend(rows),
                Err(error) => return self.cx.ledger_failed(&error),
            }
        }
        let now_ms = self.cx.now_ms();
        let changes = waiting.into_iter().filter_map(|row| {
            let (life, reason) = rules::after_change(&row.life, &self.cx.policy.settings, now_ms)?;
            Some(Change::Moved {
                row: Box::new(row.becoming(life, reason, now_ms)),
                what: Activity::WaitsBySettings,
                trigger: Trigger::Person,
            })
        });
        let changes: Vec<Change> = changes.collect();
        self.cx.write(changes);
    }

    pub(crate) fn list(&self, query: &ListQuery) -> Answer<PadList> {
        let (rows, total) = self
            .cx
            .store
            .ledger
            .list(query, self.cx.today())
            .map_err(|error| ledger_problem(&error))?;
        let rows = self
            .shown_rows(&rows)
            .map_err(|error| ledger_problem(&error))?;
        Ok(PadList { rows, total })
    }

    pub(crate) fn everybody(&self) -> Answer<Vec<PadRow>> {
        let rows = self
            .cx
            .store
            .ledger
            .everybody()
            .map_err(|error| ledger_problem(&error))?;
        self.shown_rows(&rows)
            .map_err(|error| ledger_problem(&error))
    }

    pub(crate) fn detail(&self, id: &OpportunityId) -> Answer<PadDetail> {
        let row = self.cx.row(id)?;
        let stage = row
            .seen
            .stage
            .as_ref()
            .and_then(|stage| self.watcher.stage_name(stage));
        let read = |error: LedgerError| ledger_problem(&error);
        Ok(PadDetail {
            row: self.shown_row(&row).map_err(read)?,
            posting: row.seen.posting.clone(),
            pad_choice: self.cx.pad_choice(&row).clone(),
            tags: row.seen.tags.clone(),
            stage: stage.unwrap_or_default(),
            timeline: self.cx.store.ledger.timeline(id).map_err(read)?,
        })
    }

    pub(crate) fn say_go(&mut self) -> Answer<()> {
        self.cx.commit(&[
            Change::Dropped(StateKey::CreationOff),
            Change::Dropped(StateKey::CreationOffBecause),
        ])?;
        self.cx.policy.creation_off = None;
        Ok(())
    }

    pub(crate) fn pause(&mut self, time: PauseFor) -> Answer<()> {
        let pause = Pause::begin(time, self.cx.now_ms());
        let text = serde_json::to_string(&pause).map_err(|_| Problem::SettingsNotStored)?;
        self.cx.commit(&[Change::Kept(StateKey::Pause, text)])?;
        self.cx.policy.paused = Some(pause);
        // A long reading of CoderPad's list is given up too; it begins again with the rest.
        self.reconciler.give_up_search();
        Ok(())
    }

    pub(crate) fn resume(&mut self) -> Answer<()> {
        self.cx.commit(&[Change::Dropped(StateKey::Pause)])?;
        self.cx.policy.paused = None;
        self.watcher.look_by(self.cx.elapsed());
        Ok(())
    }

    pub(super) fn end_pause_in_time(&mut self) {
        let now_ms = self.cx.now_ms();
        if let Some(pause) = self.cx.policy.paused.as_mut()
            && pause.begins_now_at_the_latest(now_ms)
            && let Ok(text) = serde_json::to_string(pause)
        {
            self.cx.write(vec![Change::Kept(StateKey::Pause, text)]);
        }
        if self
            .cx
            .policy
            .paused
            .is_some_and(|pause| pause.is_over(now_ms))
        {
            self.cx.policy.paused = None;
            self.watcher.look_by(self.cx.elapsed());
            self.cx.write(vec![Change::Dropped(StateKey::Pause)]);
        }
    }

    /// Forgets everything that is written, and the keys. What is only in memory goes with this
    /// owner: the next one begins from nothing.
    pub(super) fn forget(&mut self) -> Answer<()> {
        if let Some(problem) = &self.cx.store.displaced {
            return Err(problem.clone());
        }
        self.cx
            .store
            .ledger
            .forget_everything(self.cx.wiring.clock.now_ms())
            .map_err(|error| ledger_problem(&error))?;
        *self.hosts.keys = None;
        self.webhooks.forget();
        Ok(())
    }

    /// Tries a Lever key; `None`: the one in use.
    pub(crate) fn test_lever(&mut self, key: Option<SecretString>, reply: Reply<LeverAccount>) {
        let client = key.map(|key| self.cx.wiring.lever(key));
        self.ask_account(
            async move |account: Account| {
                let used = account.services.map(|services| services.lever);
                accounts::test_lever(client.or(used), &account.settings).await
            },
            reply,
        );
    }

    /// Tries a Lever key at another root.
    pub(crate) fn test_lever_at(
        &mut self,
        key: SecretString,
        root: ApiRoot,
        reply: Reply<LeverAccount>,
    ) {
        let client = self.cx.wiring.lever_at(root, key);
        self.ask_account(
            async move |account: Account| {
                accounts::test_lever(Some(client), &account.settings).await
            },
            reply,
        );
    }

    /// Tries a CoderPad key; `None`: the one in use.
    pub(crate) fn test_coderpad(
        &mut self,
        key: Option<SecretString>,
        reply: Reply<CoderpadAccount>,
    ) {
        let client = key.map(|key| self.cx.wiring.coderpad(key));
        self.ask_account(
            async move |account: Account| {
                let used = account.services.map(|services| services.coderpad);
                accounts::test_coderpad(client.or(used)).await
            },
            reply,
        );
    }

    /// Questions about the accounts run beside the owner and answer for themselves.
    pub(crate) fn ask_account<T: Send + 'static, F>(
        &mut self,
        ask: impl FnOnce(Account) -> F,
        reply: Reply<T>,
    ) where
        F: Future<Output = Answer<T>> + Send + 'static,
    {
        let watched = self.watcher.watched();
        let asking = ask(Account {
            services: self.cx.connection.services.clone(),
            settings: self.cx.policy.settings.watch.clone(),
            watched: watched.map(|watched| watched.stages.clone()),
        });
        self.cx.jobs.answer(async move {
            answer(reply, asking.await);
            Done::Answered
        });
    }
}
