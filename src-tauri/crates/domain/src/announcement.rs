//! What is told to the person when it happens. Written in the same transaction as the change
//! that it tells, and handed out again after a restart until the host says that it was shown.

use coderpad::PadId;
use lever::OpportunityId;
use serde::{Deserialize, Serialize};

use crate::codes;
use crate::findings::{Findings, Missing};
use crate::problem::{self, Problem};
use crate::reason::{Doubt, Reason};
use crate::service::OutageKind;

/// One announcement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Announcement {
    /// Its number, to say that it was shown.
    pub id: i64,
    /// When it was written, in ms since the epoch; of what is told before an interview, when it was
    /// handed out.
    pub at_ms: i64,
    #[serde(flatten)]
    pub news: News,
}

/// What there is to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[serde(rename_all_fields = "camelCase")]
pub enum News {
    /// A pad was made, or found again: the link can be copied.
    PadReady {
        who: Who,
        pad: PadId,
        link: String,
        /// Whether the link was already on the profile.
        adopted: bool,
    },
    /// It is not known whether a pad was made; Padwatch is looking for it.
    Uncertain {
        who: Who,
        /// What was seen instead of an answer.
        doubt: Doubt,
    },
    /// A decision is needed for one candidate.
    Asks {
        who: Who,
        #[serde(deserialize_with = "codes::or_text")]
        question: Reason,
    },
    /// Many came at once: a decision is needed.
    Surge {
        /// How many wait.
        count: u32,
    },
    /// In watch mode: no one made a link.
    NoLink { who: Who },
    /// A second pad turned up for the same candidacy.
    Duplicate {
        who: Who,
        /// The pad that is kept.
        kept: PadId,
        /// The pad too many.
        extra: PadId,
        /// Whether it is ours, so that it can be ended and deleted.
        ours: bool,
    },
    /// Work waits for something; told once for each cause.
    Hindered {
        #[serde(flatten, deserialize_with = "problem::or_words")]
        problem: Problem,
    },
    /// What hindered is gone.
    #[serde(rename = "goesOn")]
    Recovered {
        /// What it was about, of several the last; `None`: an older version didn't say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<OutageKind>,
    },
    /// Few pads are left.
    QuotaLow {
        /// How many.
        remaining: u32,
        /// Whether more are billed instead of refused; `None`: an older version didn't say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        overages: Option<bool>,
    },
    /// At the pace of the last weeks the pads won't last until the plan resets.
    PlanShort {
        /// How many are left.
        remaining: u32,
        /// About how many will be needed.
        needed: u32,
        /// Whether more are billed instead of refused.
        overages: bool,
    },
    /// The link could not be put on the profile.
    LinkRefused {
        who: Who,
        #[serde(deserialize_with = "codes::or_text")]
        reason: Reason,
    },
    /// The interview is over.
    Finished {
        who: Who,
        pad: PadId,
        /// The recording.
        playback: String,
        /// Whether no one ended it, so that CoderPad did, about seven days later.
        #[serde(default)]
        by_itself: bool,
    },
    /// An interview begins soon.
    Reminder {
        who: Who,
        /// The pad's link.
        link: String,
        /// When it begins, in ms since the epoch.
        starts_ms: i64,
    },
    /// An interview is near, and its link was neither copied nor marked as sent.
    NotSentYet {
        who: Who,
        /// The pad's link.
        link: String,
        /// When it begins, in ms since the epoch.
        starts_ms: i64,
    },
    /// An interview begins soon, and something is not as it should be.
    NotReady {
        who: Who,
        /// When it begins, in ms since the epoch.
        starts_ms: i64,
        /// What the check found.
        findings: Findings,
    },
    /// An interview has begun, and someone isn't in the pad.
    Late {
        who: Who,
        /// When it began, in ms since the epoch.
        starts_ms: i64,
        missing: Missing,
    },
    /// The note that was on its way is on the candidate.
    NoteAdded { who: Who },
    /// The note could not be added, or not wholly. It is kept.
    NoteRefused {
        who: Who,
        #[serde(deserialize_with = "codes::or_text")]
        reason: Reason,
    },
    /// The ledger was damaged and begun again; nothing is made until the person says go.
    LedgerRebuilt {
        /// The file that was set aside, by name.
        set_aside: String,
    },
}

impl News {
    /// The candidate it is about, if any.
    #[must_use]
    pub fn who(&self) -> Option<&Who> {
        match self {
            Self::PadReady { who, .. }
            | Self::Uncertain { who, .. }
            | Self::Asks { who, .. }
            | Self::NoLink { who, .. }
            | Self::Duplicate { who, .. }
            | Self::LinkRefused { who, .. }
            | Self::Finished { who, .. }
            | Self::Reminder { who, .. }
            | Self::NotSentYet { who, .. }
            | Self::NotReady { who, .. }
            | Self::Late { who, .. }
            | Self::NoteAdded { who, .. }
            | Self::NoteRefused { who, .. } => Some(who),
            Self::Surge { .. }
            | Self::Hindered { .. }
            | Self::Recovered { .. }
            | Self::QuotaLow { .. }
            | Self::PlanShort { .. }
            | Self::LedgerRebuilt { .. } => None,
        }
    }
}

impl News {
    /// Returns true if it is about one candidate or several.
    #[must_use]
    pub fn is_about_candidates(&self) -> bool {
        self.who().is_some() || matches!(self, Self::Surge { .. })
    }
}

/// Whom an announcement is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Who {
    /// The candidacy.
    pub opportunity: OpportunityId,
    /// The person's name; may be empty.
    pub name: String,
    /// The job; may be empty.
    pub posting: String,
    /// The candidate's page in Lever.
    pub profile_url: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_candidate_and_many_are_candidates_and_an_outage_is_not() {
        let who = Who {
            opportunity: OpportunityId::new("ada"),
            name: String::new(),
            posting: String::new(),
            profile_url: None,
        };
        assert!(News::NoLink { who }.is_about_candidates());
        assert!(News::Surge { count: 11 }.is_about_candidates());
        assert!(!News::Recovered { from: None }.is_about_candidates());
        assert!(
            !News::QuotaLow {
                remaining: 3,
                overages: None
            }
            .is_about_candidates()
        );
    }
}
