//! What can't be done, as a code with facts. The presenter has the words: what happened, what it
//! means for the candidates, and what to do.

mod code;

use std::fmt;

use serde::Deserialize as _;
use serde::de::{Deserializer, Error as _};
use serde_json::{Map, Value};

pub use code::ProblemCode;

use crate::codes::codes;
use crate::service_error::Service;
use crate::settings_limits::SettingName;

codes! {
    /// Something that can't be done.
    pub enum Problem {
        // A service, or the way to it.
        /// The service doesn't know its key.
        KeyRejected { service: Service },
        /// The Lever key lacks this check box of Lever's key page.
        LeverPermissionMissing { permission: String },
        /// Confidential candidates were shown before and no longer are.
        ConfidentialAccessMissing,
        /// Lever refuses one candidate to a key that reads others.
        CandidateConfidential,
        /// The CoderPad user may not see or change something.
        CoderpadPermissionMissing { what: String },
        /// 404 for a thing in Lever with an id.
        GoneFromLever { what: String },
        /// 404 for a pad.
        PadGone,
        /// Lever wants to know on whose behalf.
        ActingUserNeeded,
        /// The service declined what was asked; `said` is its own text and may be empty.
        Declined { service: Service, said: String },
        /// No pads are left in the plan.
        PlanUsedUp,
        /// The service asks for fewer requests.
        RateLimited { service: Service },
        /// The service says that it is busy or being repaired.
        ServiceDown { service: Service },
        /// Something else answers in the service's place, or the service has changed.
        NotTheService { service: Service },
        /// The secure connection is not trusted.
        NotSecure { service: Service },
        /// The proxy doesn't let requests through.
        ProxyBlocks { service: Service },
        /// No connection.
        Unreachable { service: Service },
        /// A key is not set up yet.
        KeysMissing,
        /// A key is of another account than the ledger's.
        OtherAccount { service: Service },

        // Set-up, stages and the tag.
        /// Set-up was begun and not finished.
        SetUpUnfinished,
        /// No stage has the watched name.
        StageNotFound { name: String },
        /// Several stages have the watched name.
        StageNotUnique { name: String, stages: usize },
        /// The list of watched stages is empty.
        NoStageSelected,
        /// Every watched stage was deleted.
        StagesGone,
        /// One watched stage was deleted.
        StageGone,
        /// The stages were never read.
        StagesNotKnownYet,
        /// The first list of stages can't be read.
        StagesUnreadable { because: Box<Problem> },
        /// The list of stages can't be read again.
        StagesUnreadableNow { because: Box<Problem> },
        /// The list of tags can't be read again.
        TagsUnreadable { because: Box<Problem> },
        /// The watched tag no longer exists.
        TagGone { tag: String },
        /// A job can't be changed without an acting user.
        ActingUserNeededForJob,
        /// A confidential job can't be tagged.
        JobConfidential,

        // Padwatch's data on this computer.
        /// The ledger's schema is newer.
        DataNewer,
        /// The ledger is damaged.
        DataDamaged,
        /// Nothing can be written.
        DiskFull,
        /// The ledger can't be written.
        DataReadOnly,
        /// Another program holds the ledger.
        DataBusy,
        /// A row can't be read.
        DataPartUnreadable,
        /// Any other failure of the ledger.
        DataUnusable,
        /// The file of the ledger is gone or another one.
        DataMoved,
        /// Creation is off: the ledger was begun again.
        DataReplaced,
        /// Creation is off: the ledger went back in time.
        DataOlder,
        /// Creation is off: a guard can't be read.
        GuardsUnreadable,
        /// What was forgotten still stands in free space.
        TracesLeft,
        /// The settings can't be read.
        SettingsUnreadable,
        /// The pause can't be read.
        PauseUnreadable,
        /// The webhook settings can't be read.
        WebhookSettingsUnreadable,
        /// Another Padwatch uses the profile folder.
        ProfileInUse,
        /// The profile folder is on a network drive.
        ProfileOnNetwork { folder: String },
        /// The profile folder can't be written.
        ProfileReadOnly { folder: String },
        /// The profile folder is on a full disk.
        ProfileDiskFull { folder: String },
        /// The profile folder can't be used.
        ProfileUnusable { folder: String },
        /// The system names no data folder.
        NoDataFolder,

        // A candidate, a pad, an action.
        /// CoderPad lets nobody create such a pad with this key.
        CreationNotAllowed,
        /// CoderPad declined a creation; `said` is its own text and may be empty.
        PadSettingsDeclined { said: String },
        /// 404 for a creation.
        PadSettingsGone,
        /// An unclear request can't be reconciled with this key.
        RequestedWithOtherKey,
        /// A pad can't be deleted with this key.
        CreatedWithOtherKey,
        /// A link was added and isn't on the profile.
        LinkNotShown,
        /// One 404 before a copy.
        PadNotFoundNotCopied,
        /// A deleted pad before a copy.
        PadDeletedNotCopied,
        /// The ledger has no such row.
        CandidateUnknown,
        /// An action doesn't fit the state by now.
        StateChanged,
        /// A pasted link is another candidacy's.
        PadOfAnotherCandidate,
        /// A pasted text is no pad link.
        NotAPadLink,
        /// The pad to be used is gone from the profile.
        LinkGoneFromProfile,
        /// A link was asked for before there is one.
        NoPadYet,
        /// The pad has no drawing.
        NothingDrawn,
        /// The drawing's address leads elsewhere.
        DrawingUnsafe,
        /// A link leads to a foreign host.
        LinkElsewhere,
        /// The record of an interview was asked for too early.
        InterviewNotEnded,
        /// A call of the window is over its limit.
        TextTooLong,
        /// A number in the settings is out of range.
        NumberOutOfRange { setting: SettingName, least: u32, most: u32 },
        /// A text or a list in the settings is too long.
        SettingTooLong { setting: SettingName },
        /// Settings can't be written as JSON.
        SettingsNotStored,
        /// The engine drains before it forgets or closes.
        Draining,
        /// Everything was forgotten while pads were in flight.
        StillCreating { candidates: Vec<String> },

        // Notes and invitations.
        /// A file can't be attached without an acting user.
        FileNeedsAuthor,
        /// The code needs more parts than a note may have.
        CodeTooLongForNote,
        /// The text needs more parts than a note may have.
        NoteTooLong,
        /// The note has no text.
        NoteEmpty,
        /// The note isn't prepared.
        NoteNotPrepared,
        /// The note is being sent.
        NoteOnItsWay,
        /// The note is there.
        NoteAddedAlready,
        /// The text of the file is gone.
        NoteFileLost,
        /// A note was sent thrice and never confirmed.
        NoteNotConfirmed,
        /// The notes can't be read after an unclear answer.
        NoteUnknown { because: Box<Problem> },
        /// A template names something that there isn't.
        PlaceholderUnknown { name: String },
        /// A template can't be parsed; lines count from 1.
        TemplateBroken { line: usize },
        /// A template can't be carried out.
        TemplateUnusable,
        /// No template is chosen.
        NoTemplate,
        /// Values are missing in an invitation.
        InvitationIncomplete { missing: Vec<String> },
        /// An invitation was asked for before there is a pad.
        NothingToInviteTo,
        /// No address for a mail program can be made.
        MailNotPrepared,
        /// The CSV export failed.
        TableNotWritten,
        /// An answer can't be written as JSON.
        AnswerNotWritten,

        // Webhooks.
        /// The tunnel's address is none.
        NotAWebAddress,
        /// The tunnel's address is local.
        AddressNotPublic,
        /// Webhooks can't be registered without an address.
        NoTunnelAddress,
        /// A registration is under way.
        WebhooksChanging,
        /// Webhooks could not be deleted.
        WebhooksLeft { events: Vec<String>, host: String, because: Box<Problem> },
        /// It is unknown whether webhooks are left.
        WebhooksMayBeLeft { host: String, because: Box<Problem> },
        /// Lever declined a registration.
        WebhooksDeclined { said: String },
        /// Lever didn't name the signing token.
        WebhookUnsigned,
        /// There is no port to listen on.
        CannotListen,
        /// Events come whose signature fits no known token.
        SigningTokenChanged,
        /// Events are dated in the future.
        ClockBehind,
        /// No signing token is known.
        SigningTokenMissing,
        /// Another port is used for webhooks.
        PortChanged { port: u16, before: u16 },
        /// Something happened of which no webhook told.
        EventsMissing,

        // Keys, addresses and the password store.
        /// Nothing is left of what was pasted.
        NoKeyPasted,
        /// A web address was pasted.
        KeyIsAddress,
        /// What was pasted can't be a key.
        NotAKey,
        /// The CoderPad key was entered for Lever.
        LeverKeyWanted,
        /// The Lever key was entered for CoderPad.
        CoderpadKeyWanted,
        /// The CoderPad key was entered as a signing token.
        SigningTokenWanted,
        /// The API key was entered as a signing token.
        ApiKeyAsToken,
        /// The address of a service is none.
        RootNotAnAddress { service: Service },
        /// The address of a service would show the key to everyone on the way.
        RootNotSecure { service: Service },
        /// The address of a service holds more than a host and a path.
        RootTooMuch { service: Service },
        /// The address of a proxy is none.
        ProxyNotAnAddress,
        /// The address of a proxy holds a name or a password.
        ProxyWithSecret,
        /// The password store has not answered yet.
        KeyringWaiting,
        /// No password store answers.
        KeyringMissing,
        /// The password store is locked.
        KeyringLocked,
        /// What the password store holds is no key.
        KeyDamaged,
        /// The password store holds two entries.
        KeyDoubled,
        /// A key is bound to another origin.
        KeyForElsewhere { service: Service, origin: String },
        /// Another profile watches with the same key.
        KeyUsedElsewhere,
        /// The keys could not be deleted.
        KeysStillStored { because: Box<Problem> },
        /// The file with the connection can't be read.
        ConnectionUnreadable,
        /// The connection could not be written.
        ConnectionNotStored,

        // The desktop and Padwatch itself.
        /// The clipboard didn't take it.
        ClipboardFailed,
        /// No program opened a link.
        NoBrowser,
        /// No program opened a page whose address stands nowhere else.
        NoBrowserFor { address: String },
        /// No browser asked for the demo's page.
        PageNotAskedFor { address: String },
        /// No program opened a mail.
        NoMailProgram,
        /// A second process didn't start.
        PadwatchNotStarted,
        /// The login entry could not be written.
        LoginEntryFailed,
        /// A file could not be saved.
        DownloadFailed,
        /// No program shows tray icons.
        NoTrayHost,
        /// Started hidden, and no program shows tray icons.
        NoTrayHostHidden,
        /// The library for tray icons is missing.
        NoTrayLibrary,
        /// No program shows notifications.
        NoNotifications,
        /// An answer is over the window's limit.
        WindowTooLong,
        /// The window's program didn't start.
        WindowNotOpened,
        /// The window's program ended badly.
        WindowClosed,
        /// The page asked something that is not known.
        CallNotUnderstood,
        /// The engine doesn't answer.
        EngineSilent,
        /// The tray is started again and again.
        TrayFailing,
        /// Notifications are started again and again.
        NotificationsFailing,
        /// The window is started again and again.
        WindowFailing,
        /// Reading the keys fails again and again.
        KeysFailing,
        /// The receiver is started again and again.
        WebhooksFailing,
        /// A job panics again and again.
        PartFailing,
        /// The engine fails and is started again.
        EngineFailing,
        /// The engine has ended.
        EngineEnded,
        /// A question that was taken got no answer.
        Interrupted,
        /// A job panicked.
        StepFailed,
        /// A job missed its deadline.
        StepTimedOut,
        /// Padwatch is closing.
        Closing,
        /// A problem that an earlier version recorded in words.
        Earlier { was: ProblemCode, message: String },
        /// Several things at once.
        Several { problems: Vec<Problem> },
    }
}

/// For logs: the code alone, since facts may name candidates.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.code())
    }
}

impl std::error::Error for Problem {}

/// Reads a problem, or the code, message and hint that earlier versions wrote in its place.
pub(crate) fn or_words<'de, From: Deserializer<'de>>(from: From) -> Result<Problem, From::Error> {
    let stored = Map::deserialize(from)?;
    let text = |name: &str| stored.get(name).and_then(Value::as_str);
    let problem = match (text("code"), text("message")) {
        (Some(code), Some(message)) if code != "earlier" => {
            serde_json::from_value(Value::from(code)).map(|was| Problem::Earlier {
                was,
                message: message.to_owned(),
            })
        }
        _ => serde_json::from_value(Value::Object(stored)),
    };
    problem.map_err(From::Error::custom)
}

/// The same where there may be none.
pub(crate) fn or_words_if_any<'de, From: Deserializer<'de>>(
    from: From,
) -> Result<Option<Problem>, From::Error> {
    #[derive(serde::Deserialize)]
    struct Stored(#[serde(deserialize_with = "or_words")] Problem);
    Ok(Option::<Stored>::deserialize(from)?.map(|stored| stored.0))
}
