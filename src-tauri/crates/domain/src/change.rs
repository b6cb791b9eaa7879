//! What can change in the ledger. A slice of changes is one transaction.

use coderpad::PadId;
use lever::{OpportunityId, PostingId};

use crate::activity::Activity;
use crate::announcement::News;
use crate::candidacy::Candidacy;
use crate::interview::known::Known;
use crate::marker::Marker;
use crate::note::Note;
use crate::pad_search::PadSearch;
use crate::reason::Reason;
use crate::sighting::Sighting;

#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A candidacy is new or came into another state: the row, and a line of its history.
    Moved {
        /// The row as it is now; its `reason` becomes the line's why.
        row: Box<Candidacy>,
        what: Activity,
        trigger: Trigger,
    },
    /// Something about a candidacy changed that is no new state.
    Touched(Box<Candidacy>),
    /// A line of history without a change of state.
    Happened {
        opportunity: OpportunityId,
        what: Activity,
        why: Reason,
        trigger: Trigger,
    },
    /// Something to announce.
    Announced(News),
    /// An attempt begins.
    MarkerOpened {
        marker: Marker,
        /// When, in ms since the epoch.
        written_ms: i64,
    },
    /// What came of an attempt is known.
    MarkerSettled(Marker),
    /// Another attempt followed before that was known.
    MarkerSuperseded(Marker),
    /// An extra pad.
    DuplicateFound {
        opportunity: OpportunityId,
        pad: PadId,
        link: String,
        /// Whether it is ours, so that we may end and delete it.
        ours: bool,
    },
    /// An extra pad is gone.
    DuplicateGone(PadId),
    /// The title of a posting.
    Posting(PostingId, String),
    /// What a webhook hinted at was looked up: the event of this number, if it is still the newest
    /// about its opportunity.
    LookedUp(i64),
    /// Everyone was looked at: all events up to this number are answered.
    AllLookedUp(i64),
    /// What is known of the interview in a candidacy's pad.
    Followed {
        opportunity: OpportunityId,
        pad: PadId,
        known: Known,
    },
    /// A note, and the text of a new file to go with it.
    Noted(Box<Note>, Option<String>),
    /// A note is no longer wanted.
    NoteGone(OpportunityId),
    /// There is a pad for a candidacy of which the ledger knows nothing else.
    HadPad(OpportunityId),
    /// Everything about a candidacy is to be removed.
    PersonRemoved(OpportunityId),
    /// How a candidate was last seen.
    Sighted(OpportunityId, Sighting),
    /// These persons are still there under their names.
    PersonsSeen(Vec<OpportunityId>),
    /// A keepsake: settings, pauses and the like, as JSON.
    Kept(StateKey, String),
    /// A keepsake is no longer needed.
    Dropped(StateKey),
}

/// What is kept besides the candidacies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateKey {
    Settings,
    /// Whom the last look covered: a candidate who comes now comes after the start.
    FirstLook,
    /// That no pads are created until the user agrees.
    CreationOff,
    CreationOffBecause,
    Pause,
    /// That pads are still to be found again by their markers.
    PadSearch,
    /// What hinders the work and was announced already.
    Hindrance,
    /// The traces of another program that creates pads for the same candidates.
    Rival,
    /// That few pads being left was announced: it is announced once.
    QuotaTold,
    /// What CoderPad said of the plan in the last weeks.
    QuotaReadings,
    /// For which billing cycle it was announced that the pads won't last, by the cycle's beginning
    /// in ms.
    ForecastTold,
    /// How webhooks are received.
    Webhooks,
    /// Up to when CoderPad's list was read for ends of interviews, in ms by its own clock.
    Followed,
    /// The accounts that the ledger is bound to.
    Accounts,
    /// What is known of the Lever account while its lists can't be read.
    LeverAccount,
    /// What each key could see, and when it was last seen completely.
    Reaches,
    /// Up to when Lever's list of deleted candidacies was read, in ms.
    DeletionsRead,
    /// At which page set-up stopped.
    SetUp,
    /// How old the ledger is.
    Age,
    /// That removed data may still stand in free space, in copies or in set-aside ledgers.
    WipeOwed,
}

/// What set something off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// A regular look at Lever.
    Poll,
    Webhook,
    Person,
    /// A start of Padwatch.
    Start,
    /// A step of the creation itself.
    Making,
    /// A look at CoderPad.
    Follow,
}

impl Change {
    /// Keeps in mind that this search is still to be done.
    #[must_use]
    pub fn pad_search(search: PadSearch) -> Self {
        let text = match search {
            PadSearch::AtFirstStart => r#""atFirstStart""#,
            PadSearch::AfterDamage => r#""afterDamage""#,
        };
        Self::Kept(StateKey::PadSearch, text.to_owned())
    }
}

impl StateKey {
    /// Its name in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::FirstLook => "first-look",
            Self::CreationOff => "creation-off",
            Self::CreationOffBecause => "creation-off-because",
            Self::Pause => "pause",
            Self::PadSearch => "pad-search",
            Self::Hindrance => "hindrance",
            Self::Rival => "rival",
            Self::QuotaTold => "quota-told",
            Self::QuotaReadings => "quota-readings",
            Self::ForecastTold => "forecast-told",
            Self::Followed => "followed",
            Self::DeletionsRead => "deletions-read",
            Self::Accounts => "accounts",
            Self::LeverAccount => "lever-account",
            Self::Reaches => "reaches",
            Self::Webhooks => "webhooks",
            Self::SetUp => "set-up",
            Self::Age => "age",
            Self::WipeOwed => "wipe-owed",
        }
    }
}

impl Trigger {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Poll,
        Self::Webhook,
        Self::Person,
        Self::Start,
        Self::Making,
        Self::Follow,
    ];

    /// Its name in the ledger.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Poll => "poll",
            Self::Webhook => "webhook",
            Self::Person => "user",
            Self::Start => "start",
            Self::Making => "creation",
            Self::Follow => "tracking",
        }
    }

    /// Reads the ledger's name. `None`: there is no such one.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trigger| trigger.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trigger_is_read_as_it_is_written_and_nothing_else() {
        for trigger in Trigger::ALL {
            assert_eq!(Trigger::parse(trigger.name()), Some(trigger));
        }
        assert_eq!(Trigger::parse("You"), None);
    }

    #[test]
    fn a_search_to_be_done_is_kept_as_it_is_read() {
        for search in [PadSearch::AtFirstStart, PadSearch::AfterDamage] {
            let Change::Kept(StateKey::PadSearch, text) = Change::pad_search(search) else {
                panic!("it is kept as something else")
            };
            let read: PadSearch = serde_json::from_str(&text).unwrap();
            assert_eq!(read, search);
        }
    }
}
