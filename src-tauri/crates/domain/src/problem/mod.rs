//! What can't be done, as a code with facts. The presenter has the words: what happened, what it
//! means for the candidates, and what to do.

mod code;

use std::fmt;

use serde::Deserialize as _;
use serde::de::{Deserializer, Error as _};
use serde_json::{Map, Value};

pub use code::ProblemCode;

use crate::codes::codes;
use crate::service::Service;
use crate::setting_name::SettingName;

/// Makes the codes of the table below, and the kind that each is treated as.
macro_rules! problems {
    ($(
        $(#[$about:meta])*
        $problem:ident $({ $($fact:ident: $of:ty),* $(,)? })? => $kind:expr
    ),* $(,)?) => {
        codes! {
            /// Something that can't be done.
            pub enum Problem {
                $($(#[$about])* $problem $({ $($fact: $of),* })?),*
            }
        }

        impl Problem {
            /// The kind that it is treated as.
            #[must_use]
            #[allow(unused_variables, reason = "most kinds don't depend on the facts")]
            pub fn code(&self) -> ProblemCode {
                use ProblemCode::*;
                match self {
                    $(Self::$problem $({ $($fact),* })? => $kind,)*
                }
            }
        }
    };
}

problems! {
    // A service, or the way to it.
    /// The service doesn't know its key.
    KeyRejected { service: Service } => key_rejected(*service),
    /// The Lever key lacks this check box of Lever's key page.
    LeverPermissionMissing { permission: String } => LeverNotAllowed,
    /// Confidential candidates were shown before and no longer are.
    ConfidentialAccessMissing => LeverNotAllowed,
    /// Lever refuses one candidate to a key that reads others.
    CandidateConfidential => LeverNotAllowed,
    /// The CoderPad user may not see or change something.
    CoderpadPermissionMissing { what: String } => CoderpadNotAllowed,
    /// 404 for a thing in Lever with an id.
    GoneFromLever { what: String } => Gone,
    /// 404 for a pad.
    PadGone => Gone,
    /// Lever wants to know on whose behalf.
    ActingUserNeeded => ActingUserNeeded,
    /// The service declined what was asked; `said` is its own text and may be empty.
    Declined { service: Service, said: String } => Refused,
    /// No pads are left in the plan.
    PlanUsedUp => OverQuota,
    /// The service asks for fewer requests.
    RateLimited { service: Service } => ServiceDown,
    /// The service says that it is busy or being repaired.
    ServiceDown { service: Service } => ServiceDown,
    /// Something else answers in the service's place, or the service has changed.
    NotTheService { service: Service } => NotTheService,
    /// The secure connection is not trusted.
    NotSecure { service: Service } => NotSecure,
    /// The proxy doesn't let requests through.
    ProxyBlocks { service: Service } => Offline,
    /// No connection.
    Unreachable { service: Service } => Offline,
    /// A key is not set up yet.
    KeysMissing => KeyMissing,
    /// A key is of another account than the ledger's.
    OtherAccount { service: Service } => OtherAccount,

    // Set-up, stages and the tag.
    /// Set-up was begun and not finished.
    SetUpUnfinished => SetUpUnfinished,
    /// No stage has the watched name.
    StageNotFound { name: String } => StageMissing,
    /// Several stages have the watched name.
    StageNotUnique { name: String, stages: usize } => StageMissing,
    /// The list of watched stages is empty.
    NoStageSelected => StageMissing,
    /// Every watched stage was deleted.
    StagesGone => StageMissing,
    /// One watched stage was deleted.
    StageGone => StageMissing,
    /// The stages were never read.
    StagesNotKnownYet => StageMissing,
    /// The first list of stages can't be read.
    StagesUnreadable { because: Box<Problem> } => because.code(),
    /// The list of stages can't be read again.
    StagesUnreadableNow { because: Box<Problem> } => because.code(),
    /// The list of tags can't be read again.
    TagsUnreadable { because: Box<Problem> } => because.code(),
    /// The watched tag no longer exists.
    TagGone { tag: String } => TagMissing,
    /// A job can't be changed without an acting user.
    ActingUserNeededForJob => ActingUserNeeded,
    /// A confidential job can't be tagged.
    JobConfidential => Refused,

    // Padwatch's data on this computer.
    /// The ledger's schema is newer.
    DataNewer => LedgerNewer,
    /// The ledger is damaged.
    DataDamaged => LedgerUnusable,
    /// Nothing can be written.
    DiskFull => LedgerUnusable,
    /// The ledger can't be written.
    DataReadOnly => LedgerUnusable,
    /// Another program holds the ledger.
    DataBusy => LedgerUnusable,
    /// A row can't be read.
    DataPartUnreadable => LedgerUnusable,
    /// Any other failure of the ledger.
    DataUnusable => LedgerUnusable,
    /// The file of the ledger is gone or another one.
    DataMoved => LedgerUnusable,
    /// Creation is off: the ledger was begun again.
    DataReplaced => LedgerUnusable,
    /// Creation is off: the ledger went back in time.
    DataOlder => LedgerUnusable,
    /// Creation is off: a guard can't be read.
    GuardsUnreadable => LedgerUnusable,
    /// What was forgotten still stands in free space.
    TracesLeft => LedgerUnusable,
    /// The settings can't be read.
    SettingsUnreadable => SettingsUnreadable,
    /// The pause can't be read.
    PauseUnreadable => SettingsUnreadable,
    /// The webhook settings can't be read.
    WebhookSettingsUnreadable => SettingsUnreadable,
    /// Another Padwatch uses the profile folder.
    ProfileInUse => ProfileInUse,
    /// The profile folder is on a network drive.
    ProfileOnNetwork { folder: String } => ProfileUnusable,
    /// The profile folder can't be written.
    ProfileReadOnly { folder: String } => ProfileUnusable,
    /// The profile folder is on a full disk.
    ProfileDiskFull { folder: String } => ProfileUnusable,
    /// The profile folder can't be used.
    ProfileUnusable { folder: String } => ProfileUnusable,
    /// The system names no data folder.
    NoDataFolder => ProfileUnusable,

    // A candidate, a pad, an action.
    /// CoderPad lets no one create such a pad with this key.
    CreationNotAllowed => CoderpadNotAllowed,
    /// CoderPad declined a creation; `said` is its own text and may be empty.
    PadSettingsDeclined { said: String } => Refused,
    /// 404 for a creation.
    PadSettingsGone => Refused,
    /// An unclear request can't be reconciled with this key.
    RequestedWithOtherKey => CoderpadNotAllowed,
    /// A pad can't be deleted with this key.
    CreatedWithOtherKey => CoderpadNotAllowed,
    /// A link was added and isn't on the profile.
    LinkNotShown => Refused,
    /// One 404 before a copy.
    PadNotFoundNotCopied => Gone,
    /// A pad that is over, before a copy.
    PadEndedNotCopied => Gone,
    /// A deleted pad before a copy.
    PadDeletedNotCopied => Gone,
    /// The ledger has no such row.
    CandidateUnknown => Gone,
    /// An action doesn't fit the state by now.
    StateChanged => TooLate,
    /// A pad is not ended under those who are in it.
    SomeoneInPad => TooLate,
    /// A pasted link is another candidacy's.
    PadOfAnotherCandidate => NotValid,
    /// A pasted text is no pad link.
    NotAPadLink => NotValid,
    /// The pad to be used is gone from the profile.
    LinkGoneFromProfile => TooLate,
    /// A link was asked for before there is one.
    NoPadYet => TooLate,
    /// The pad has no drawing.
    NothingDrawn => Gone,
    /// The drawing's address leads elsewhere.
    DrawingUnsafe => NotValid,
    /// A link leads to a foreign host.
    LinkElsewhere => NotValid,
    /// The record of an interview was asked for too early.
    InterviewNotEnded => TooLate,
    /// A call of the window is over its limit.
    TextTooLong => NotValid,
    /// A number in the settings is out of range.
    NumberOutOfRange { setting: SettingName, least: u32, most: u32 } => NotValid,
    /// A text or a list in the settings is too long.
    SettingTooLong { setting: SettingName } => NotValid,
    /// Settings can't be written as JSON.
    SettingsNotStored => NotValid,
    /// The engine drains before it forgets or closes.
    Draining => TooLate,
    /// Everything was forgotten while pads were in flight.
    StillCreating { candidates: Vec<String> } => TooLate,

    // Notes and invitations.
    /// A file can't be attached without an acting user.
    FileNeedsAuthor => ActingUserNeeded,
    /// The code needs more parts than a note may have.
    CodeTooLongForNote => NotValid,
    /// The text needs more parts than a note may have.
    NoteTooLong => NotValid,
    /// The note has no text.
    NoteEmpty => NotValid,
    /// The note isn't prepared.
    NoteNotPrepared => TooLate,
    /// The note is being sent.
    NoteOnItsWay => TooLate,
    /// The note is there.
    NoteAddedAlready => TooLate,
    /// The text of the file is gone.
    NoteFileLost => TooLate,
    /// A note was sent thrice and never confirmed.
    NoteNotConfirmed => ServiceDown,
    /// The notes can't be read after an unclear answer.
    NoteUnknown { because: Box<Problem> } => because.code(),
    /// A template names something that there isn't; lines count from 1, and 0 is the subject.
    PlaceholderUnknown { name: String, line: usize } => NotValid,
    /// A brace is missing in a template; lines count from 1, and 0 is the subject.
    TemplateBroken { line: usize } => NotValid,
    /// No template is chosen.
    NoTemplate => Gone,
    /// Values are missing in an invitation.
    InvitationIncomplete { missing: Vec<String> } => NotValid,
    /// An invitation was asked for before there is a pad.
    NothingToInviteTo => TooLate,
    /// No address for a mail program can be made.
    MailNotPrepared => DesktopUnable,
    /// The CSV export failed.
    TableNotWritten => NotValid,
    /// There is no rehearsal to save.
    NothingToSave => NotValid,
    /// Nothing is left in the demo that could happen.
    NothingInDemo => Gone,
    /// An answer can't be written as JSON.
    AnswerNotWritten => NotValid,

    // Webhooks.
    /// The tunnel's address is none.
    NotAWebAddress => NotValid,
    /// The tunnel's address is local.
    AddressNotPublic => NotValid,
    /// Webhooks can't be registered without an address.
    NoTunnelAddress => NotValid,
    /// A registration is under way.
    WebhooksChanging => NotValid,
    /// Webhooks could not be deleted.
    WebhooksLeft { events: Vec<String>, host: String, because: Box<Problem> } => because.code(),
    /// It is unknown whether webhooks are left.
    WebhooksMayBeLeft { host: String, because: Box<Problem> } => because.code(),
    /// Lever declined a registration.
    WebhooksDeclined { said: String } => Refused,
    /// Lever didn't name the signing token.
    WebhookUnsigned => NotTheService,
    /// There is no port to listen on.
    CannotListen => CannotListen,
    /// Events come whose signature fits no known token.
    SigningTokenChanged => SigningTokenWrong,
    /// Events are dated in the future.
    ClockBehind => EventsMissing,
    /// No signing token is known.
    SigningTokenMissing => SigningTokenMissing,
    /// Another port is used for webhooks.
    PortChanged { port: u16, before: u16 } => PortChanged,
    /// Something happened of which no webhook told.
    EventsMissing => EventsMissing,

    // Keys, addresses and the password store.
    /// Nothing is left of what was pasted.
    NoKeyPasted => NotValid,
    /// A web address was pasted.
    KeyIsAddress => NotValid,
    /// What was pasted can't be a key.
    NotAKey => NotValid,
    /// The CoderPad key was entered for Lever.
    LeverKeyWanted => NotValid,
    /// The Lever key was entered for CoderPad.
    CoderpadKeyWanted => NotValid,
    /// The CoderPad key was entered as a signing token.
    SigningTokenWanted => NotValid,
    /// The API key was entered as a signing token.
    ApiKeyAsToken => NotValid,
    /// The address of a service is none.
    RootNotAnAddress { service: Service } => NotValid,
    /// The address of a service would show the key to everyone on the way.
    RootNotSecure { service: Service } => NotValid,
    /// The address of a service holds more than a host and a path.
    RootTooMuch { service: Service } => NotValid,
    /// The address of a proxy is none.
    ProxyNotAnAddress => NotValid,
    /// The address of a proxy holds a name or a password.
    ProxyWithSecret => NotValid,
    /// The password store has not answered yet.
    KeyringWaiting => KeyringWaiting,
    /// No password store answers.
    KeyringMissing => KeyringMissing,
    /// The password store has no place for new keys, or hides it together with what is in it.
    KeyringWithoutDefault => KeyringMissing,
    /// The password store is locked.
    KeyringLocked => KeyringLocked,
    /// What the password store holds is no key.
    KeyDamaged => KeyNotUsable,
    /// The password store holds two entries.
    KeyDoubled => KeyNotUsable,
    /// A key is bound to another origin.
    KeyForElsewhere { service: Service, origin: String } => KeyNotUsable,
    /// Another profile watches with the same key.
    KeyUsedElsewhere => KeyNotUsable,
    /// The keys could not be deleted.
    KeysStillStored { because: Box<Problem> } => because.code(),
    /// The file with the connection can't be read.
    ConnectionUnreadable => NotValid,
    /// The connection could not be written.
    ConnectionNotStored => ProfileUnusable,

    // The desktop and Padwatch itself.
    /// The clipboard didn't take it.
    ClipboardFailed => DesktopUnable,
    /// No program opened a link.
    NoBrowser => DesktopUnable,
    /// No program opened a page whose address stands nowhere else.
    NoBrowserFor { address: String } => DesktopUnable,
    /// No browser asked for the demo's page.
    PageNotAskedFor { address: String } => DesktopUnable,
    /// No program opens folders.
    NoFileManager => DesktopUnable,
    /// No program opened a mail.
    NoMailProgram => DesktopUnable,
    /// A second process didn't start.
    PadwatchNotStarted => DesktopUnable,
    /// The login entry could not be written.
    LoginEntryFailed => DesktopUnable,
    /// A file could not be saved.
    DownloadFailed => DesktopUnable,
    /// No program shows tray icons.
    NoTrayHost => DesktopUnable,
    /// Started hidden, and no program shows tray icons.
    NoTrayHostHidden => DesktopUnable,
    /// The library for tray icons is missing.
    /// No program shows notifications.
    NoNotifications => DesktopUnable,
    /// An answer is over the window's limit.
    WindowTooLong => DesktopUnable,
    /// The window's program didn't start.
    WindowNotOpened => DesktopUnable,
    /// What shows the window's page isn't installed.
    WebViewMissing => DesktopUnable,
    /// The window's program ended badly.
    WindowClosed => DesktopUnable,
    /// The page asked something that is not known.
    CallNotUnderstood => DesktopUnable,
    /// The engine doesn't answer.
    EngineSilent => EngineSilent,
    /// The tray is started again and again.
    TrayFailing => PartFailed,
    /// Notifications are started again and again.
    NotificationsFailing => PartFailed,
    /// The window is started again and again.
    WindowFailing => PartFailed,
    /// Reading the keys fails again and again.
    KeysFailing => PartFailed,
    /// The receiver is started again and again.
    WebhooksFailing => PartFailed,
    /// A job panics again and again.
    PartFailing => PartFailed,
    /// The engine fails and is started again.
    EngineFailing => PartFailed,
    /// The engine has ended.
    EngineEnded => PartFailed,
    /// A question that was taken got no answer.
    Interrupted => PartFailed,
    /// A job panicked.
    StepFailed => PartFailed,
    /// A job missed its deadline.
    StepTimedOut => PartFailed,
    /// Padwatch is closing.
    Closing => Closing,
    /// A problem that an earlier version recorded in words.
    Earlier { was: ProblemCode, message: String } => *was,
    /// Several things at once.
    Several { problems: Vec<Problem> } => of_several(problems),
}

fn key_rejected(service: Service) -> ProblemCode {
    match service {
        Service::Lever => ProblemCode::LeverKeyWrong,
        Service::Coderpad => ProblemCode::CoderpadKeyWrong,
    }
}

/// The first counts: it is what was met first.
fn of_several(problems: &[Problem]) -> ProblemCode {
    let first = problems.first();
    first.map_or(ProblemCode::PartFailed, Problem::code)
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
