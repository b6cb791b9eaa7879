//! What the watcher knows besides the candidacies: the account, the reach of its key, and who was
//! missing from a look. Pure; the owner does the requests.
//!
//! Absence alone proves nothing. [`absence`] decides who left, [`reach`](crate::reach) who was there all
//! along although no one could see them, [`sighting`](crate::sighting) whether a candidate's return is a change in
//! Lever, and [`account`] works with what is known while a list of Lever's can't be read.

pub mod absence;
pub mod account;
pub mod confidential;
pub mod look;
pub mod returns;
pub mod side_read;

use std::time::Duration;

use lever::Stage;

use crate::problem::Problem;
use crate::reach::{Horizon, Reach, ReachLog};
use crate::settings::WatchSettings;
use crate::stages;
use absence::{Absences, LookKind};
use account::KnownAccount;
use confidential::Access;
use look::{Plan, StagesRead};
use side_read::SideRead;

/// How often the stages and the access to confidential candidates are read again.
const STAGES_EVERY: Duration = Duration::from_secs(15 * 60);
/// How soon a list of stages that lacks the watched one is read again.
const STAGES_AGAIN: Duration = Duration::from_secs(60);
/// How often the tag list is read, unless looks are rarer: a new spelling is to be found within a
/// minute.
const TAGS_EVERY: Duration = Duration::from_secs(50);
/// How often everyone in the watched stages is looked at whatever their tags, for each page of
/// them: the tag list may be late.
const SWEEP_EVERY: Duration = Duration::from_secs(3 * 60);
/// No longer than that even in the largest stage.
const LONGEST_SWEEP: Duration = Duration::from_secs(30 * 60);
/// Opportunities on a page of Lever's.
const PAGE: usize = 100;
/// How often it is written down when a look was last complete, while nothing else changes.
const REACH_KEPT_EVERY: Duration = Duration::from_secs(5 * 60);

/// What the watcher knows.
#[derive(Debug)]
pub struct Knowledge {
    /// The account, as last read.
    pub account: KnownAccount,
    /// Who was missing.
    pub absences: Absences,
    /// What was seen completely, and when.
    pub reaches: ReachLog,
    /// The reading of the tag list.
    pub tags: SideRead,
    /// The reach of the latest look.
    pub last_reach: Option<Reach>,
    stages: SideRead,
    is_stage_in_doubt: bool,
    access: Access,
    /// Tells the keys apart.
    key: String,
    next_sweep: Duration,
    reach_kept: Option<Duration>,
}

impl Knowledge {
    /// The watcher with what an earlier one knew.
    pub fn new(account: KnownAccount, reaches: ReachLog, now: Duration) -> Self {
        Self {
            account,
            absences: Absences::default(),
            reaches,
            tags: SideRead::default(),
            last_reach: None,
            stages: SideRead::default(),
            is_stage_in_doubt: false,
            access: Access::Unknown,
            key: String::new(),
            next_sweep: now,
            reach_kept: None,
        }
    }

    /// Another key, or the same one again.
    pub fn use_key(&mut self, key: String, now: Duration) {
        self.key = key;
        self.access = Access::Unknown;
        self.stages.begin_again(now);
        self.tags.begin_again(now);
        self.absences.forget_reads();
        self.last_reach = None;
        self.next_sweep = now;
    }

    /// Other candidates are watched from now on.
    pub fn watches_others(&mut self, is_other_tag: bool, now: Duration) {
        if is_other_tag {
            self.account.tag_changed();
        }
        self.read_all_soon(now);
    }

    /// The user wants to know now.
    pub fn read_all_soon(&mut self, now: Duration) {
        self.stages.hurry(now);
        self.tags.hurry(now);
        self.next_sweep = self.next_sweep.min(now);
    }

    /// What the next look asks for.
    pub fn plan(&mut self, settings: &WatchSettings, now: Duration) -> Plan {
        let kind = if self.next_sweep <= now {
            LookKind::Sweep
        } else {
            LookKind::Tagged
        };
        Plan {
            settings: settings.clone(),
            known_stages: self.account.stages(),
            reads_stages: self.stages.is_due(now),
            is_stage_in_doubt: self.is_stage_in_doubt,
            spellings: self.account.spellings_of(&settings.tag),
            kind,
            access: self.access,
        }
    }

    /// Takes what a look has read of the stages.
    pub fn stages_read(&mut self, read: StagesRead, now: Duration) {
        match read {
            StagesRead::NotAsked => {}
            StagesRead::Complete(stages) => {
                self.account.use_stages(&stages);
                self.is_stage_in_doubt = false;
                self.stages.succeeded(now + STAGES_EVERY);
                self.access = self.access.retried();
            }
            StagesRead::InDoubt(stages) => {
                self.is_stage_in_doubt = !stages.is_empty();
                self.stages.succeeded(now + STAGES_AGAIN);
            }
            StagesRead::Failed(problem) => self.stages.failed(problem, now),
        }
    }

    /// There is nothing to watch: the stages are read again with the next look.
    pub fn nothing_to_watch(&mut self, stages: &[Stage], now: Duration) {
        if !stages.is_empty() {
            self.account.use_stages(stages);
        }
        self.stages.succeeded(now);
    }

    /// A look brought nothing.
    pub fn look_failed(&mut self, now: Duration) {
        // Should it be the size of the sweep that fails, the next look is a smaller one.
        self.next_sweep = self.next_sweep.max(now + SWEEP_EVERY);
    }

    /// Takes how confidential candidates were asked for. Gives the reach of the look.
    pub fn reach_of(&mut self, shows_confidential: bool, access: Access) -> Reach {
        self.access = access;
        self.reach(shows_confidential)
    }

    /// What this key can see.
    pub fn reach(&self, confidential: bool) -> Reach {
        Reach {
            key: self.key.clone(),
            confidential,
        }
    }

    /// How one candidate is taken who was read alone, and whom the ledger doesn't know.
    pub fn horizon_of_read(&self, confidential: bool) -> Horizon {
        match self.reaches.horizon(&self.reach(confidential)) {
            Horizon::SecondLook(_) => Horizon::Open,
            other => other,
        }
    }

    /// A look is over, and what it changed is written. `rows`: how many it brought.
    pub fn look_is_over(&mut self, kind: LookKind, rows: usize, now: Duration) {
        if kind == LookKind::Sweep {
            let pages = u32::try_from(rows / PAGE)
                .unwrap_or(u32::MAX)
                .saturating_add(1);
            self.next_sweep = now + SWEEP_EVERY.saturating_mul(pages).min(LONGEST_SWEEP);
            self.tags.postpone(now + TAGS_EVERY);
        }
        let is_settled =
            (self.last_reach.as_ref()).is_some_and(|reach| self.reaches.is_settled_at(reach));
        if !is_settled || self.absences.are_open() {
            self.next_sweep = self.next_sweep.min(now);
        }
    }

    /// Returns true if it is time to write down when a look was last complete.
    pub fn keeps_reach(&mut self, is_written_anyway: bool, now: Duration) -> bool {
        let settled =
            (self.last_reach.as_ref()).is_some_and(|reach| self.reaches.is_settled_at(reach));
        let is_due = self
            .reach_kept
            .is_none_or(|kept| now.saturating_sub(kept) >= REACH_KEPT_EVERY);
        let keeps = !settled || is_due || is_written_anyway;
        if keeps {
            self.reach_kept = Some(now);
        }
        keeps
    }

    /// When to read the tag list again after it was read.
    pub fn next_tags(usual_interval: Duration, now: Duration) -> Duration {
        now + TAGS_EVERY.max(usual_interval)
    }

    /// What is not as it should be while watching continues.
    pub fn degraded(&self) -> Vec<Problem> {
        let lists = [self.stages.problem(), self.tags.problem()];
        let lists = lists.into_iter().flatten().cloned();
        lists.chain(self.confidential_problem()).collect()
    }

    fn confidential_problem(&self) -> Option<Problem> {
        let is_refused = match self.access {
            Access::Unknown | Access::Granted { refusals: 0 } => false,
            Access::Granted { .. } | Access::Refused => true,
        };
        (is_refused && self.reaches.has_shown_confidential())
            .then_some(Problem::ConfidentialAccessMissing)
    }
}

/// The watched stages as far as they are known without asking Lever.
pub fn known_watch(settings: &WatchSettings, known: &[Stage]) -> Option<stages::Resolved> {
    use crate::settings::WatchedStages;
    match (&settings.stages, known) {
        (WatchedStages::Ids(ids), []) if !ids.is_empty() => Some(stages::Resolved {
            stages: ids.clone(),
            problem: None,
        }),
        (choice, known) => stages::resolve(choice, known).ok(),
    }
}

#[cfg(test)]
mod plan_tests;

#[cfg(test)]
mod tests {
    use lever::StageId;

    use super::*;

    fn stage(name: &str) -> Stage {
        Stage {
            id: StageId::new(name),
            text: name.to_owned(),
        }
    }

    fn watcher() -> Knowledge {
        Knowledge::new(KnownAccount::default(), ReachLog::default(), Duration::ZERO)
    }

    #[test]
    fn stages_without_the_watched_one_are_kept_and_read_with_the_next_look() {
        let mut watcher = watcher();
        let now = Duration::from_secs(5);
        watcher.stages_read(StagesRead::Complete(vec![stage("Phone Screen")]), now);
        assert!(!watcher.plan(&WatchSettings::default(), now).reads_stages);
        watcher.nothing_to_watch(&[stage("Applicant")], now);
        let plan = watcher.plan(&WatchSettings::default(), now);
        assert_eq!(plan.known_stages, [stage("Applicant")]);
        assert!(plan.reads_stages);
    }

    #[test]
    fn an_empty_list_of_stages_replaces_none_that_are_known() {
        let mut watcher = watcher();
        watcher.nothing_to_watch(&[stage("Applicant")], Duration::ZERO);
        watcher.nothing_to_watch(&[], Duration::ZERO);
        let plan = watcher.plan(&WatchSettings::default(), Duration::ZERO);
        assert_eq!(plan.known_stages, [stage("Applicant")]);
    }
}
