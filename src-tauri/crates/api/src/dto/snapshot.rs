//! How things stand, for tray and window.

use padwatch_domain::{delivery, pause, quota_forecast, set_up};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::candidates::PadRow;
use super::convert::{Convert, convert, mirror};
use super::lists::Counts;
use super::problem::Problem;
use super::settings::WhoMakes;
use super::webhooks::WebhookState;

/// How things stand.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Snapshot {
    /// Grows with every change; the window asks its lists again when it moves.
    #[ts(type = "number")]
    pub revision: u64,
    /// What Padwatch is doing.
    pub condition: Condition,
    /// When Lever was last read completely, in ms since the epoch.
    #[ts(type = "number | null")]
    pub last_checked_ms: Option<i64>,
    /// Until when that counts as current, in ms since the epoch: two polls later.
    #[ts(type = "number | null")]
    pub current_until_ms: Option<i64>,
    /// How many candidates are in each part of the list.
    pub counts: Counts,
    /// The newest pads whose link can be copied, newest first, at most 10.
    pub newest: Vec<PadRow>,
    /// Who needs a decision, oldest first, at most 10.
    pub needs_you: Vec<PadRow>,
    /// Whose interview is next, as far as Lever knows when it is.
    pub next_interview: Option<PadRow>,
    /// The newest finished interviews, at most 10.
    pub finished: Vec<PadRow>,
    /// The pads left, as last heard.
    pub quota: Option<QuotaLeft>,
    /// Who makes the pads.
    pub who_makes: WhoMakes,
    /// Work that takes longer than a moment.
    pub progress: Option<Progress>,
    /// How webhooks are doing.
    pub webhooks: WebhookState,
    /// What is not as it should be although pads are created.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Problem>>")]
    pub degraded: Vec<Problem>,
    /// How many records on this computer can't be read; `None`: all can.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unreadable: Option<u32>,
}

/// The snapshot as a person should see it: with what is wrong with the desktop.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Seen {
    /// How things stand.
    #[serde(flatten)]
    pub snapshot: Snapshot,
    /// What is wrong with the desktop, most important first.
    pub notices: Vec<Problem>,
    /// Whether Lever and CoderPad are imitated on this computer.
    pub sandbox: bool,
}

/// What Padwatch is doing. The first one that fits, from the top.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
#[ts(export)]
pub enum Condition {
    /// Something can't continue without the person, or without a service: the problem says what.
    Stopped {
        /// What it is and what to do.
        problem: Problem,
    },
    /// Paused by the person.
    Paused {
        /// Until when, in ms since the epoch; `None`: until resumed.
        #[ts(type = "number | null")]
        until_ms: Option<i64>,
    },
    /// Keys or stages are not chosen yet, or set-up is not finished.
    SetUp {
        /// What is missing.
        problem: Problem,
        /// The page at which set-up stopped; `None`: it was not begun.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        step: Option<SetUpStep>,
    },
    /// The keys are there and the first look at Lever is under way.
    Starting,
    /// A service is down, slow, over its limit, or out of reach. Work waits for it, and there is
    /// nothing for the person to do.
    Waiting {
        /// The name of the service.
        service: String,
        /// What it is, and what Padwatch does.
        problem: Problem,
    },
    /// Watching, but pads are not made until the person does something: the problem says what.
    Hindered {
        /// What it is and what to do.
        problem: Problem,
    },
    /// All is well.
    Watching,
}

/// Work that takes longer than a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Progress {
    /// What is being done, in words.
    pub what: String,
    /// How much is done.
    pub done: u32,
    /// Of how much; `None`: not known.
    pub of: Option<u32>,
    /// For how many people something was found so far; `None`: no one is looked for.
    pub people: Option<u32>,
    /// Whether what is not done yet can be taken back.
    pub can_cancel: bool,
    /// Whether it is a rehearsal, which nothing depends on.
    pub rehearsal: bool,
}

mirror! { both
    /// The pages of set-up, in order.
    #[derive(Copy)]
    enum SetUpStep of set_up::SetUpStep {
        /// The key for Lever.
        Lever,
        /// The key for CoderPad.
        Coderpad,
        /// What Padwatch guesses: person, stage, tag, who creates the pads.
        Check,
        /// The candidates who are in the stage already.
        People,
        /// Set-up is finished. No page: the last one leads here.
        Done,
    }
}

mirror! { out
    /// Pads left.
    #[derive(Copy)]
    struct QuotaLeft of delivery::QuotaLeft {
        /// How many; `None`: no limit is known.
        remaining: Option<u32>,
        /// Whether further pads cost extra instead of being refused.
        overages: bool,
        /// Whether it is time to say something.
        low: bool,
        /// What will be needed, if that is more than there is.
        short: Option<QuotaForecast>,
    }
}

mirror! { out
    /// What will be needed of the plan.
    #[derive(Copy)]
    struct QuotaForecast of quota_forecast::QuotaForecast {
        /// About how many pads.
        needed: u32,
        /// When the plan resets, in ms since the epoch.
        #[ts(type = "number")]
        until_ms: i64,
    }
}

mirror! { in
    /// How long to pause.
    #[serde(tag = "kind")]
    #[derive(Copy)]
    enum PauseFor of pause::PauseFor {
        /// An hour from now.
        Hour,
        /// Until the given moment: the caller knows when tomorrow begins here.
        Until {
            /// In ms since the epoch.
            #[ts(type = "number")]
            until_ms: i64,
        },
        /// Until resumed.
        UntilResumed,
    }
}

impl Snapshot {
    /// Returns true if the last complete check is too old to be shown as what is the case now.
    #[must_use]
    pub fn is_stale(&self, now_ms: i64) -> bool {
        self.current_until_ms
            .is_some_and(|until_ms| until_ms <= now_ms)
    }
}
