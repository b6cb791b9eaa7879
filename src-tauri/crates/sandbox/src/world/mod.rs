//! Everything that exists in the sandbox, with one owner and no effects of its own.

mod hiring;
mod interviewing;
mod looking;

use std::time::Duration;

use http::header;
use transport::Reply;

pub use hiring::{Candidate, NoSuchThing};
pub use looking::PadSeen;

use crate::answer::{self, Answer, Wire};
use crate::coderpad::{self, CoderPad, history};
use crate::faults::{Effect, Faults, Strike};
use crate::ids::{Ids, Moment};
use crate::incoming::{Incoming, Service};
use crate::journal::{Journal, Outcome};
use crate::lever::{self, Lever};
use crate::switches::Switches;
use crate::times::as_http_date;

/// How often pads that have been going on for a week are looked for, in ms.
const LOOKS_FOR_OLD_PADS_EVERY_MS: i64 = 60_000;

/// Both services, what was asked of them, and what goes wrong.
#[derive(Debug)]
pub struct World {
    /// Lever.
    pub lever: Lever,
    /// CoderPad.
    pub coderpad: CoderPad,
    /// What goes wrong with which requests.
    pub faults: Faults,
    /// What was asked.
    pub journal: Journal,
    switches: Switches,
    now: i64,
    ids: Ids,
    postponed: Vec<Postponed>,
    looked_for_old_pads_at: i64,
}

/// A request whose work the service does later, although its connection is gone.
#[derive(Debug)]
struct Postponed {
    due_at: i64,
    service: Service,
    incoming: Incoming,
}

/// Where the services are found, for the addresses that they write into their answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sites {
    /// Scheme, host and port of Lever.
    pub lever: String,
    /// Scheme, host and port of CoderPad.
    pub coderpad: String,
    /// Scheme, host and port of the editor history.
    pub history: String,
}

impl World {
    /// An empty world. The seed decides about ids and chance.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            lever: Lever::default(),
            coderpad: CoderPad::default(),
            faults: Faults::default(),
            journal: Journal::default(),
            switches: Switches::default(),
            now: 0,
            ids: Ids::seeded(seed),
            postponed: Vec::new(),
            looked_for_old_pads_at: 0,
        }
    }

    /// Moves on to this time, in ms since the epoch. What is due until then happens.
    pub fn move_on(&mut self, now: i64) {
        self.now = now;
        while let Some(due) = self.postponed.iter().position(|work| work.due_at <= now) {
            let work = self.postponed.swap_remove(due);
            // No one waits for the answer.
            let _ = self.serve(work.service, &work.incoming, work.due_at);
        }
        if now - self.looked_for_old_pads_at >= LOOKS_FOR_OLD_PADS_EVERY_MS {
            self.looked_for_old_pads_at = now;
            self.coderpad.end_what_is_old(now);
        }
    }

    /// The time in this world, in ms since the epoch.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.now
    }

    /// The switches as they are.
    #[must_use]
    pub fn switches(&self) -> &Switches {
        &self.switches
    }

    /// Sets the switches.
    pub fn set_switches(&mut self, switches: Switches) {
        self.lever.switches = switches.lever.clone();
        self.coderpad.switches = switches.coderpad.clone();
        self.switches = switches;
    }

    /// Changes some switches.
    pub fn switch(&mut self, change: impl FnOnce(&mut Switches)) {
        let mut switches = self.switches.clone();
        change(&mut switches);
        self.set_switches(switches);
    }

    /// Says where the services are found.
    pub fn settle_at(&mut self, sites: &Sites) {
        self.lever.site.clone_from(&sites.lever);
        self.coderpad.site.clone_from(&sites.coderpad);
        self.coderpad.history_site.clone_from(&sites.history);
    }

    /// What a service does with a request at this time (ms since the epoch), and what it answers.
    pub fn answer(&mut self, service: Service, incoming: &Incoming, now_ms: i64) -> Answer {
        self.move_on(now_ms);
        self.watch_keys(service, incoming);
        let revision = self.revision();
        let strike = self.faults.strike(service, incoming, &mut self.ids);
        let mut answer = match &strike {
            _ if self.is_offline(service) => Answer {
                delay: Duration::ZERO,
                wire: Wire::Refused,
            },
            None => Answer::at_once(self.serve(service, incoming, now_ms)),
            Some(strike) => self.under(strike, service, incoming),
        };
        self.stamp(&mut answer);
        let outcome = Outcome {
            at: now_ms,
            status: answer.status(),
            changed: self.revision() != revision,
            fault: strike.map(|strike| strike.name),
        };
        self.journal.write(service, incoming, outcome);
        answer
    }

    fn serve(&mut self, service: Service, incoming: &Incoming, now: i64) -> Reply {
        match service {
            Service::Lever => self.lever.answer(incoming, now, &mut self.ids),
            Service::CoderPad => self.coderpad.answer(incoming, now, &mut self.ids),
            Service::History => history::answer(&self.coderpad, incoming),
        }
    }

    fn under(&mut self, strike: &Strike, service: Service, incoming: &Incoming) -> Answer {
        self.lasting(&strike.effect, service, incoming);
        if let Effect::Late { after_ms } = strike.effect {
            let due_at = self.now + i64::try_from(after_ms).unwrap_or(i64::MAX / 2);
            self.postponed.push(Postponed {
                due_at,
                service,
                incoming: incoming.clone(),
            });
        }
        let works = strike.effect.lets_work();
        let reply = works.then(|| self.serve(service, incoming, self.now));
        strike.effect.answer(service, incoming, reply)
    }

    /// What a fault changes for good.
    fn lasting(&mut self, effect: &Effect, service: Service, incoming: &Incoming) {
        let header = incoming.header(header::AUTHORIZATION).unwrap_or_default();
        match (effect, service) {
            (Effect::UseUpQuota, _) => self.coderpad.quota.used = self.coderpad.quota.limit,
            (Effect::RevokeKey, Service::Lever) => {
                let key = lever::key_in(header).unwrap_or_default();
                if let Some(key) = self.lever.keys.get_mut(&key) {
                    key.revoked = true;
                }
            }
            (Effect::RevokeKey, _) => {
                let key = coderpad::key_in(header).unwrap_or_default();
                if let Some(access) = self.coderpad.keys.get_mut(&key) {
                    access.revoked = true;
                }
            }
            _ => {}
        }
    }

    /// A key belongs to one service. What reaches another is written down for good.
    fn watch_keys(&mut self, service: Service, incoming: &Incoming) {
        let Some(header) = incoming.header(header::AUTHORIZATION) else {
            return;
        };
        let holds = |key: &String| {
            header.contains(key.as_str()) || lever::key_in(header).as_ref() == Some(key)
        };
        let stray = match service {
            Service::History => true,
            Service::Lever => self.coderpad.keys.keys().any(holds),
            Service::CoderPad => self.lever.keys.keys().any(holds),
        };
        if stray {
            let path = &incoming.path;
            self.journal.violation(format!(
                "a key reached {service:?}, where it must not go: {path}"
            ));
        }
    }

    pub(crate) fn is_offline(&self, service: Service) -> bool {
        match service {
            Service::Lever => self.switches.lever.offline,
            Service::CoderPad => self.switches.coderpad.offline,
            Service::History => false,
        }
    }

    fn stamp(&self, answer: &mut Answer) {
        let date = as_http_date(self.now + self.switches.date_skew_ms);
        if let Wire::Reply(reply)
        | Wire::Drip { reply, .. }
        | Wire::CutOff(reply)
        | Wire::Endless(reply) = &mut answer.wire
        {
            answer::set(reply, header::DATE, &date);
        }
    }

    fn revision(&self) -> (u64, u64) {
        (self.lever.revision, self.coderpad.revision)
    }

    pub(crate) fn lever_and_moment(&mut self) -> (&mut Lever, Moment<'_>) {
        (
            &mut self.lever,
            Moment {
                now: self.now,
                ids: &mut self.ids,
            },
        )
    }

    pub(crate) fn coderpad_and_moment(&mut self) -> (&mut CoderPad, Moment<'_>) {
        (
            &mut self.coderpad,
            Moment {
                now: self.now,
                ids: &mut self.ids,
            },
        )
    }

    pub(crate) fn ids(&mut self) -> &mut Ids {
        &mut self.ids
    }
}
