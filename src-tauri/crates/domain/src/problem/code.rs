//! The kinds of problems, for those who treat them differently.

use serde::{Deserialize, Serialize};

use super::Problem;
use crate::service_error::Service;

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
    /// The thing is not there any more.
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
    /// The keyring is locked and nobody unlocked it.
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
    /// The engine doesn't answer: nobody watches.
    EngineSilent,
    /// Padwatch is closing.
    Closing,
}

impl Problem {
    /// The kind that it is treated as.
    #[must_use]
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::KeyRejected { service } => match service {
                Service::Lever => ProblemCode::LeverKeyWrong,
                Service::Coderpad => ProblemCode::CoderpadKeyWrong,
            },
            Self::LeverPermissionMissing { .. }
            | Self::ConfidentialAccessMissing
            | Self::CandidateConfidential => ProblemCode::LeverNotAllowed,
            Self::CoderpadPermissionMissing { .. }
            | Self::CreationNotAllowed
            | Self::RequestedWithOtherKey
            | Self::CreatedWithOtherKey => ProblemCode::CoderpadNotAllowed,
            Self::GoneFromLever { .. }
            | Self::PadGone
            | Self::PadNotFoundNotCopied
            | Self::PadDeletedNotCopied
            | Self::CandidateUnknown
            | Self::NothingDrawn
            | Self::NoTemplate => ProblemCode::Gone,
            Self::ActingUserNeeded | Self::ActingUserNeededForJob | Self::FileNeedsAuthor => {
                ProblemCode::ActingUserNeeded
            }
            Self::Declined { .. }
            | Self::JobConfidential
            | Self::PadSettingsDeclined { .. }
            | Self::PadSettingsGone
            | Self::LinkNotShown
            | Self::WebhooksDeclined { .. } => ProblemCode::Refused,
            Self::PlanUsedUp => ProblemCode::OverQuota,
            Self::RateLimited { .. } | Self::ServiceDown { .. } | Self::NoteNotConfirmed => {
                ProblemCode::ServiceDown
            }
            Self::NotTheService { .. } | Self::WebhookUnsigned => ProblemCode::NotTheService,
            Self::NotSecure { .. } => ProblemCode::NotSecure,
            Self::ProxyBlocks { .. } | Self::Unreachable { .. } => ProblemCode::Offline,
            Self::KeysMissing => ProblemCode::KeyMissing,
            Self::OtherAccount { .. } => ProblemCode::OtherAccount,
            Self::SetUpUnfinished => ProblemCode::SetUpUnfinished,
            Self::StageNotFound { .. }
            | Self::StageNotUnique { .. }
            | Self::NoStageSelected
            | Self::StagesGone
            | Self::StageGone
            | Self::StagesNotKnownYet => ProblemCode::StageMissing,
            Self::StagesUnreadable { because }
            | Self::StagesUnreadableNow { because }
            | Self::TagsUnreadable { because }
            | Self::NoteUnknown { because }
            | Self::WebhooksLeft { because, .. }
            | Self::WebhooksMayBeLeft { because, .. }
            | Self::KeysStillStored { because } => because.code(),
            Self::TagGone { .. } => ProblemCode::TagMissing,
            Self::DataNewer => ProblemCode::LedgerNewer,
            Self::DataDamaged
            | Self::DiskFull
            | Self::DataReadOnly
            | Self::DataBusy
            | Self::DataPartUnreadable
            | Self::DataUnusable
            | Self::DataMoved
            | Self::DataReplaced
            | Self::DataOlder
            | Self::GuardsUnreadable
            | Self::TracesLeft => ProblemCode::LedgerUnusable,
            Self::SettingsUnreadable | Self::PauseUnreadable | Self::WebhookSettingsUnreadable => {
                ProblemCode::SettingsUnreadable
            }
            Self::ProfileInUse => ProblemCode::ProfileInUse,
            Self::ProfileOnNetwork { .. }
            | Self::ProfileReadOnly { .. }
            | Self::ProfileDiskFull { .. }
            | Self::ProfileUnusable { .. }
            | Self::NoDataFolder
            | Self::ConnectionNotStored => ProblemCode::ProfileUnusable,
            Self::StateChanged
            | Self::LinkGoneFromProfile
            | Self::NoPadYet
            | Self::InterviewNotEnded
            | Self::Draining
            | Self::StillCreating { .. }
            | Self::NoteNotPrepared
            | Self::NoteOnItsWay
            | Self::NoteAddedAlready
            | Self::NoteFileLost
            | Self::NothingToInviteTo => ProblemCode::TooLate,
            Self::PadOfAnotherCandidate
            | Self::NotAPadLink
            | Self::DrawingUnsafe
            | Self::LinkElsewhere
            | Self::TextTooLong
            | Self::NumberOutOfRange { .. }
            | Self::SettingTooLong { .. }
            | Self::SettingsNotStored
            | Self::CodeTooLongForNote
            | Self::NoteTooLong
            | Self::NoteEmpty
            | Self::PlaceholderUnknown { .. }
            | Self::TemplateBroken { .. }
            | Self::TemplateUnusable
            | Self::InvitationIncomplete { .. }
            | Self::TableNotWritten
            | Self::AnswerNotWritten
            | Self::NotAWebAddress
            | Self::AddressNotPublic
            | Self::NoTunnelAddress
            | Self::WebhooksChanging
            | Self::NoKeyPasted
            | Self::KeyIsAddress
            | Self::NotAKey
            | Self::LeverKeyWanted
            | Self::CoderpadKeyWanted
            | Self::SigningTokenWanted
            | Self::ApiKeyAsToken
            | Self::RootNotAnAddress { .. }
            | Self::RootNotSecure { .. }
            | Self::RootTooMuch { .. }
            | Self::ProxyNotAnAddress
            | Self::ProxyWithSecret
            | Self::ConnectionUnreadable => ProblemCode::NotValid,
            Self::MailNotPrepared
            | Self::ClipboardFailed
            | Self::NoBrowser
            | Self::NoBrowserFor { .. }
            | Self::PageNotAskedFor { .. }
            | Self::NoMailProgram
            | Self::PadwatchNotStarted
            | Self::LoginEntryFailed
            | Self::DownloadFailed
            | Self::NoTrayHost
            | Self::NoTrayHostHidden
            | Self::NoTrayLibrary
            | Self::NoNotifications
            | Self::WindowTooLong
            | Self::WindowNotOpened
            | Self::WindowClosed
            | Self::CallNotUnderstood => ProblemCode::DesktopUnable,
            Self::CannotListen => ProblemCode::CannotListen,
            Self::SigningTokenChanged => ProblemCode::SigningTokenWrong,
            Self::ClockBehind | Self::EventsMissing => ProblemCode::EventsMissing,
            Self::SigningTokenMissing => ProblemCode::SigningTokenMissing,
            Self::PortChanged { .. } => ProblemCode::PortChanged,
            Self::KeyringWaiting => ProblemCode::KeyringWaiting,
            Self::KeyringMissing => ProblemCode::KeyringMissing,
            Self::KeyringLocked => ProblemCode::KeyringLocked,
            Self::KeyDamaged
            | Self::KeyDoubled
            | Self::KeyForElsewhere { .. }
            | Self::KeyUsedElsewhere => ProblemCode::KeyNotUsable,
            Self::EngineSilent => ProblemCode::EngineSilent,
            Self::TrayFailing
            | Self::NotificationsFailing
            | Self::WindowFailing
            | Self::KeysFailing
            | Self::WebhooksFailing
            | Self::PartFailing
            | Self::EngineFailing
            | Self::EngineEnded
            | Self::Interrupted
            | Self::StepFailed
            | Self::StepTimedOut => ProblemCode::PartFailed,
            Self::Closing => ProblemCode::Closing,
            Self::Earlier { was, .. } => *was,
            Self::Several { problems } => {
                problems.first().map_or(ProblemCode::PartFailed, Self::code)
            }
        }
    }
}
