//! The life of one pad, as states that carry what belongs to them.
//!
//! ```text
//!             ┌► held ──┐
//!  eligible ──┤         ├─► intent ─► created ─► linked ─► finished
//!             └► skipped│      │  └► uncertain ─► created | eligible again | asks
//!                       │      └► refused ─► eligible again, when the cause is gone
//!  adopted, or found ───┴──────────► created or linked            undone ─► deleted
//! ```

use coderpad::PadId;
use lever::OpportunityId;
use serde::{Deserialize, Serialize};

use crate::codes;
use crate::identity::Fingerprint;
use crate::marker::Marker;
use crate::problem::{self, Problem};
use crate::reason::{Doubt, PadDoubt, Reason};
use crate::secrecy::Secrecy;
use crate::service_error::Service;

/// Where one candidacy stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Lifecycle {
    /// A pad is to be created as soon as possible.
    Eligible { consent: Consent },
    /// It waits for the user's decision, or for a time.
    Held { hold: Hold },
    /// No pad is wanted.
    Skipped,
    /// The request may be on its way.
    Intent { intent: Intent },
    /// It may have created a pad, or not.
    Uncertain {
        intent: Intent,
        /// What is known since.
        search: Search,
    },
    /// CoderPad declined clearly: there is no pad.
    Refused {
        refusal: Refusal,
        /// Who approved the request.
        consent: Consent,
    },
    /// There is a pad; its link is not known to be on the profile yet.
    Created { pad: LedgerPad, linking: Linking },
    /// There is a pad, and its link is on the profile.
    Linked { pad: LedgerPad },
    /// The interview is over.
    Finished {
        pad: LedgerPad,
        /// When it ended, in ms since the epoch.
        ended_ms: i64,
        #[serde(default)]
        ending: Ending,
    },
    /// The pad was deleted.
    Deleted {
        pad: LedgerPad,
        /// Someone else deleted it: the user is asked whether another one is wanted.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        asks: bool,
    },
    /// What the ledger holds can't be read. Never written, so that it stays as it is.
    #[serde(skip)]
    Unreadable,
}

/// How the interview in a pad ended (contracts/coderpad.md, 2.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Ending {
    /// A participant or the recruiter ended it after people had joined.
    #[default]
    Held,
    /// People had joined and no one ended it: CoderPad did, about seven days later.
    ByItself,
    /// No one was ever there.
    NeverOpened,
    /// It ended long before the planned interview, by mistake or automatically: there may be none
    /// in it.
    BeforeInterview,
}

/// Who approved that a pad is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Consent {
    /// The rules: tagged, in a watched stage, nothing against it.
    Rules,
    /// The user, for this very candidate: neither guards nor leaving the stage stop it.
    #[serde(rename = "person")]
    User,
    /// The user, who knows that a pad link is on the profile: that one is left alone, and another
    /// pad is created.
    #[serde(rename = "personAnyway")]
    UserOverride,
    /// No one: only a pad whose link is on the profile may be adopted.
    AdoptOnly(Fallback),
}

/// What becomes of a candidate whose profile turns out to hold no pad for this candidacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fallback {
    /// [`Hold::AlreadyThere`].
    AlreadyThere,
    /// [`Hold::Rebuilt`].
    Rebuilt,
    /// [`Hold::NoLinkYet`], counted from the given time in ms since the epoch.
    NoLinkYet(i64),
    /// [`Hold::NoLink`]: it was reported already.
    NoLink,
}

/// What a candidate waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Hold {
    /// Was there at the first start: listed, not served unless chosen.
    AlreadyThere,
    /// Was there when the ledger was started afresh.
    Rebuilt,
    /// Came with too many others.
    Surge,
    /// The user wants to be asked each time.
    Ask,
    /// It can't be told whether the pad on the profile is for this job.
    WhichJob,
    /// It can't be told whether the pad on the profile is for this candidacy at all.
    WhosePad { doubt: PadDoubt },
    /// It can't be told whether the pad that it had still exists: it was created with another key.
    OldPad,
    /// The delay that the user has set.
    Until {
        /// Its end, in ms since the epoch.
        until_ms: i64,
    },
    /// Watch mode: the link should appear without Padwatch.
    NoLinkYet {
        /// Since when, in ms since the epoch.
        since_ms: i64,
    },
    /// Watch mode: it did not appear.
    NoLink,
}

impl PadDoubt {
    /// What a candidate waits for whose profile holds such a pad.
    #[must_use]
    pub fn hold(self) -> Hold {
        match self {
            Self::WhichJob => Hold::WhichJob,
            doubt => Hold::WhosePad { doubt },
        }
    }
}

/// What is written, durably, before a pad is requested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Intent {
    /// What will stand in the pad's notes.
    pub marker: Marker,
    /// When it was written, in ms since the epoch by our clock.
    pub written_ms: i64,
    pub consent: Consent,
    /// The pads that were on the profile by then and are not for this candidacy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<PadId>,
    /// Who asks for it. `None`: an older version wrote it, and didn't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asker: Option<Asker>,
    /// Whether candidate or job is confidential. An older version didn't ask: not known.
    #[serde(default)]
    pub secrecy: Secrecy,
}

/// With which key a pad is asked for, and where it will be listed. A look with another user's key,
/// or without that list, proves nothing by not finding it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asker {
    /// The CoderPad key.
    pub key: Fingerprint,
    /// Whether it may be created for another CoderPad user, in whose list it is then.
    pub for_others: bool,
}

/// The search for a pad that may or may not exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Search {
    /// What was seen instead of an answer.
    pub doubt: Doubt,
    /// Why the last look was not complete; `None`: it was, or there was none yet.
    #[serde(default, deserialize_with = "codes::or_text_if_any")]
    pub incomplete: Option<Reason>,
    /// Complete looks since the last start.
    pub complete_looks: u32,
    /// Whether the search is over, and the user is asked.
    pub asks: bool,
    /// How far the server's clock is ahead of ours, in ms, as far as known.
    pub server_ahead_ms: i64,
    /// Whether the user is asked because this key can't search for it.
    #[serde(default)]
    pub cannot_look: bool,
}

/// Why no pad was created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    #[serde(flatten, deserialize_with = "problem::or_words")]
    pub problem: Problem,
    /// Who declined. An older version didn't say; then it was CoderPad, as far as anyone knows.
    #[serde(default = "coderpad")]
    pub by: Service,
    /// Whether it is about everyone (a key, the quota), not this pad's settings.
    pub for_all: bool,
}

fn coderpad() -> Service {
    Service::Coderpad
}

/// A pad as the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LedgerPad {
    pub id: PadId,
    /// The link for candidate and interviewer, as CoderPad writes it. On the profile it may be
    /// spelt otherwise.
    pub link: String,
    /// How we came by it.
    pub origin: Origin,
    /// When it was made or found, in ms since the epoch.
    pub since_ms: i64,
    /// The pads that were on the profile before and are not for this candidacy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<PadId>,
    /// Where CoderPad says that the playback is, once the interview was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub playback: Option<String>,
}

/// How we came by a pad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// We created it, and the answer said so.
    Made,
    /// We created it, and found it again by its marker.
    Found,
    /// Its link was on the profile.
    Adopted,
    /// The user chose it.
    Named,
}

/// How far a link is on its way to the profile.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Linking {
    /// Tries so far.
    pub tries: u32,
    /// The next try, in ms since the epoch.
    pub next_ms: i64,
    /// Why Lever refused.
    #[serde(default, deserialize_with = "codes::or_text_if_any")]
    pub refused: Option<Reason>,
}

impl Linking {
    /// Returns true if Lever refused to add the link.
    #[must_use]
    pub fn is_off_profile(&self) -> bool {
        self.refused.is_some() && !self.keeps_old_link()
    }

    /// Returns true if Lever refused to remove the link of the pad that this one replaces.
    #[must_use]
    pub fn keeps_old_link(&self) -> bool {
        matches!(self.refused, Some(Reason::OldLinkStays { .. }))
    }
}

impl Lifecycle {
    /// The pad, if there is one.
    #[must_use]
    pub fn pad(&self) -> Option<&LedgerPad> {
        match self {
            Self::Created { pad, .. }
            | Self::Linked { pad }
            | Self::Finished { pad, .. }
            | Self::Deleted { pad, .. } => Some(pad),
            Self::Eligible { .. }
            | Self::Held { .. }
            | Self::Skipped
            | Self::Intent { .. }
            | Self::Uncertain { .. }
            | Self::Refused { .. }
            | Self::Unreadable => None,
        }
    }

    /// The name of the state, as it stands in the ledger's column.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match self {
            Self::Eligible { .. } => "eligible",
            Self::Held { .. } => "held",
            Self::Skipped => "skipped",
            Self::Intent { .. } => "intent",
            Self::Uncertain { .. } => "uncertain",
            Self::Refused { .. } => "refused",
            Self::Created { .. } => "created",
            Self::Linked { .. } => "linked",
            Self::Finished { .. } => "finished",
            Self::Deleted { .. } => "deleted",
            Self::Unreadable => "unreadable",
        }
    }

    /// Returns true if a pad is to be made although a pad link is on the profile.
    #[must_use]
    pub fn is_made_anyway(&self) -> bool {
        matches!(
            self,
            Self::Eligible {
                consent: Consent::UserOverride
            }
        )
    }

    /// Returns true if a pad is to be made with the user's approval.
    #[must_use]
    pub fn is_user_approved(&self) -> bool {
        matches!(self, Self::Eligible { consent } if consent.is_user_approved())
    }
}

impl Consent {
    /// Returns true if the user approved this very candidate.
    #[must_use]
    pub fn is_user_approved(self) -> bool {
        matches!(self, Self::User | Self::UserOverride)
    }
}

impl Fallback {
    /// The state that it stands for.
    #[must_use]
    pub fn hold(self) -> Hold {
        match self {
            Self::AlreadyThere => Hold::AlreadyThere,
            Self::Rebuilt => Hold::Rebuilt,
            Self::NoLinkYet(since_ms) => Hold::NoLinkYet { since_ms },
            Self::NoLink => Hold::NoLink,
        }
    }
}

impl Origin {
    /// Returns true if the pad is ours, so that we may end and delete it.
    #[must_use]
    pub fn is_ours(self) -> bool {
        matches!(self, Self::Made | Self::Found)
    }
}

impl Intent {
    #[must_use]
    pub fn opportunity(&self) -> &OpportunityId {
        &self.marker.opportunity
    }
}
