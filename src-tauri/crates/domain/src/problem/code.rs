//! The kinds of problems, for those who treat them differently.

use serde::{Deserialize, Serialize};

use super::Problem;
use crate::service::Service;

/// The kinds of problems that callers treat differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ProblemCode {
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

impl Problem {
    /// The service that it passes with, if no one has to do anything about it: the service is down,
    /// asks for fewer requests, or can't be reached. `None`: someone has to.
    #[must_use]
    pub fn waits_for(&self) -> Option<Service> {
        match self {
            Self::RateLimited { service }
            | Self::ServiceDown { service }
            | Self::Unreachable { service } => Some(*service),
            Self::StagesUnreadable { because } | Self::StagesUnreadableNow { because } => {
                because.waits_for()
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_in_trouble_is_waited_for_and_a_key_is_not() {
        let service = Service::Coderpad;
        let trouble = [
            Problem::RateLimited { service },
            Problem::ServiceDown { service },
            Problem::Unreachable { service },
        ];
        for problem in trouble {
            assert_eq!(problem.waits_for(), Some(service), "{problem:?}");
            let because = Box::new(problem);
            for unread in [
                Problem::StagesUnreadable {
                    because: because.clone(),
                },
                Problem::StagesUnreadableNow { because },
            ] {
                assert_eq!(unread.waits_for(), Some(service), "{unread:?}");
            }
        }
        assert_eq!(Problem::NoStageSelected.waits_for(), None);
    }
}
