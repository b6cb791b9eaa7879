//! What can’t be done, and what to do about it.

use padwatch_domain::problem;
use serde::Serialize;
use ts_rs::TS;

use super::convert::{Convert, mirror};
use crate::dto::page::Page;

/// Something that can't be done, for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Problem {
    /// For programs: stays the same when the words change.
    pub code: ProblemCode,
    /// What happened, in one sentence.
    pub message: String,
    /// What it means for the candidates, or for what was asked.
    pub means: String,
    /// What to do about it, in one sentence.
    pub hint: String,
    /// What the window can do about it, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub remedy: Option<Remedy>,
}

/// What can be done about a problem in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Remedy {
    /// Looking at the keys.
    Accounts,
    /// Choosing who is watched.
    Watching,
    /// Looking at how the services are reached.
    Connection,
    /// Setting Padwatch up.
    SetUp,
    /// Finishing that.
    FinishSetUp,
    /// Trying it again.
    CheckNow,
    /// Turning the creation of pads back on.
    Go,
    /// Working with the account that is there now.
    UseThisAccount,
}

impl Remedy {
    /// The page of the window where it is.
    #[must_use]
    pub fn page(self) -> Page {
        match self {
            Self::Accounts => Page::Accounts,
            Self::Watching => Page::Watching,
            Self::Connection => Page::Connection,
            Self::SetUp | Self::FinishSetUp => Page::SetUp,
            // The banner above the list has the button.
            Self::CheckNow | Self::Go | Self::UseThisAccount => Page::List,
        }
    }

    /// What can be done about this one.
    pub(crate) fn of(problem: &problem::Problem) -> Option<Self> {
        use problem::{Problem as For, ProblemCode as Code};
        Some(match (problem, problem.code()) {
            (For::DataReplaced | For::DataOlder | For::GuardsUnreadable, _) => Self::Go,
            (For::ProxyBlocks { .. }, _) => Self::Connection,
            (_, Code::KeyMissing) => Self::SetUp,
            (_, Code::SetUpUnfinished) => Self::FinishSetUp,
            (
                _,
                Code::LeverKeyWrong
                | Code::CoderpadKeyWrong
                | Code::LeverNotAllowed
                | Code::CoderpadNotAllowed
                | Code::KeyNotUsable,
            ) => Self::Accounts,
            (
                _,
                Code::ActingUserNeeded
                | Code::StageMissing
                | Code::TagMissing
                | Code::SettingsUnreadable,
            ) => Self::Watching,
            (
                _,
                Code::Offline
                | Code::ServiceDown
                | Code::NotTheService
                | Code::NotSecure
                | Code::KeyringMissing
                | Code::KeyringLocked
                | Code::OverQuota,
            ) => Self::CheckNow,
            (_, Code::OtherAccount) => Self::UseThisAccount,
            _ => return None,
        })
    }
}

mirror! { out
    /// The kinds of problems that callers treat differently.
    #[derive(Copy)]
    enum ProblemCode of problem::ProblemCode {
        /// A key is not set up yet.
        KeyMissing,
        /// Set-up was begun and not finished.
        SetUpUnfinished,
        /// Lever doesn't know its key.
        LeverKeyWrong,
        /// CoderPad doesn't know its key.
        CoderpadKeyWrong,
        /// The Lever key may not do something that is needed.
        LeverNotAllowed,
        /// The CoderPad key's user may not do something that is needed.
        CoderpadNotAllowed,
        /// The month's pads are used up.
        OverQuota,
        /// Lever wants to know on whose behalf.
        ActingUserNeeded,
        /// The network or the service can't be reached.
        Offline,
        /// The service says that it is busy or being repaired.
        ServiceDown,
        /// Something between here and the service answers in its place, or the service has changed.
        NotTheService,
        /// The secure connection is not trusted.
        NotSecure,
        /// A key is of another account than the one that the ledger belongs to.
        OtherAccount,
        /// No stage to watch: none has the name, several have, or the chosen one is gone.
        StageMissing,
        /// The watched tag no longer exists.
        TagMissing,
        /// The thing is not there any longer.
        Gone,
        /// The service refuses what was asked.
        Refused,
        /// The ledger can't be read or written.
        LedgerUnusable,
        /// The ledger was made by a newer Padwatch.
        LedgerNewer,
        /// Saved settings, or a saved pause, can't be read: nothing is created.
        SettingsUnreadable,
        /// Another Padwatch uses the profile folder.
        ProfileInUse,
        /// The profile folder can't be used.
        ProfileUnusable,
        /// The keyring isn't there.
        KeyringMissing,
        /// The keyring is locked and no one unlocked it.
        KeyringLocked,
        /// The keyring has not answered yet.
        KeyringWaiting,
        /// A key is in the keyring, but it was entered for another address or is used elsewhere.
        KeyNotUsable,
        /// The desktop can't do it: no clipboard, no program to open a link with.
        DesktopUnable,
        /// What was typed doesn't fit.
        NotValid,
        /// It doesn't fit the state that the candidate is in by now.
        TooLate,
        /// Webhook events come whose signature fits no known token.
        SigningTokenWrong,
        /// Webhook events come, and no signing token is known.
        SigningTokenMissing,
        /// Another program has the port for webhooks: another is used, and the tunnel must be told.
        PortChanged,
        /// Webhooks are switched on, and there is no port to listen on.
        CannotListen,
        /// Something happened of which no webhook told.
        EventsMissing,
        /// A part of Padwatch itself failed or doesn't answer.
        PartFailed,
        /// The engine doesn't answer: no one watches.
        EngineSilent,
        /// Padwatch is closing.
        Closing,
    }
}
