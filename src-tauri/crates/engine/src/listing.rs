//! What the window asks for besides the snapshot: lists, one candidate, accounts, choices.

use coderpad::TeamId;
use lever::{OpportunityId, PostingId, StageId, UserId};
use padwatch_domain::listing::TimelineEntry;

use crate::snapshot::PadRow;
use padwatch_domain::settings::PadChoice;

/// A part of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct PadList {
    /// The rows asked for, newest first; of `Section::Upcoming` live interviews first, then the
    /// soonest, then those without a known time, then those whose interview was planned long ago.
    pub rows: Vec<PadRow>,
    /// How many fit the query in all; a search finds the newest 200.
    pub total: u32,
}

/// Everything the ledger knows of one candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct PadDetail {
    /// The row as in the lists.
    pub row: PadRow,
    /// The job, if there is one.
    pub posting: Option<PostingId>,
    /// What a pad for them would be made with by the settings as they are.
    pub pad_choice: PadChoice,
    /// The tags as last read.
    pub tags: Vec<String>,
    /// The stage's name as last read.
    pub stage: String,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
}

/// A pad as CoderPad shows it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PadAsRead {
    /// Its title; may be empty.
    pub title: String,
    /// Its language, by CoderPad's name for it; `None`: it doesn't say.
    pub language: Option<String>,
}

/// What a test of a Lever key found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeverAccount {
    /// The host that answered, such as `api.lever.co`.
    pub host: String,
    /// The permissions that were looked at, by Lever's names for them.
    pub permissions: Vec<PermissionFound>,
    /// Whether the key sees confidential candidates.
    pub confidential: bool,
    /// The stages of the account, in its order.
    pub stages: Vec<StageFound>,
}

/// A permission, and whether the key has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionFound {
    /// The name as on Lever's page for keys.
    pub name: String,
    /// Whether the key has it; `None`: can't be told without writing something.
    pub allowed: Option<bool>,
    /// Whether Padwatch can't work without it.
    pub needed: bool,
}

/// A stage of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageFound {
    /// Its id.
    pub id: StageId,
    /// Its name.
    pub name: String,
    /// Whether it is watched by the settings as they are.
    pub watched: bool,
}

/// What a test of a CoderPad key found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoderpadAccount {
    /// The host that answered, such as `app.coderpad.io`.
    pub host: String,
    /// The user the key belongs to, as far as CoderPad says.
    pub owner: Option<String>,
    /// Their address, if one person alone in the organization has that name.
    pub owner_email: Option<String>,
    /// The organization; `None`: an account without one.
    pub organization: Option<String>,
    /// The language of a pad for which none is chosen, as far as CoderPad says.
    pub default_language: Option<String>,
    /// Pads left; `None`: no limit.
    pub pads_left: Option<u32>,
    /// Pads used in this period.
    pub pads_used: u32,
    /// The organization's teams.
    pub teams: Vec<CoderpadTeam>,
    /// Who can own pads, if the key may choose.
    pub people: Vec<CoderpadPerson>,
}

/// A team of a CoderPad organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoderpadTeam {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
}

/// A member of a CoderPad organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoderpadPerson {
    /// The address that tells them apart.
    pub email: String,
    /// The name; may be empty.
    pub name: String,
}

/// A Lever user to act as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeverUser {
    /// The id.
    pub id: UserId,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The role, as Lever names it.
    pub role: String,
}

/// A spelling of the tag that the account has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagSpelling {
    /// The tag as it is written there.
    pub text: String,
    /// How many candidacies carry it.
    pub count: u32,
}

/// The candidates to serve, of those that were held together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The candidacies ticked.
    pub opportunities: Vec<OpportunityId>,
}

/// Whether CoderPad showed the pad of a link that is to be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkCheck {
    /// A moment ago.
    Checked,
    /// CoderPad could not be asked, or doesn't show the pad to this key.
    NotChecked,
}
