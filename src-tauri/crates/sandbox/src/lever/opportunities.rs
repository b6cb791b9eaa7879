//! Candidacies, one by one (contracts/lever.md, 3.3 and 4.2 to 4.4).

use super::Lever;
use super::files::File;
use super::interview::Interview;
use super::notes::Note;
use crate::ids::{ArchiveReasonId, ContactId, OpportunityId, PostingId, StageId, UserId};

/// One person's candidacy for one job.
#[derive(Debug, Clone)]
pub struct Opportunity {
    /// The person.
    pub contact: ContactId,
    /// Where in the pipeline it is. It keeps its last stage when archived.
    pub stage: StageId,
    /// How it came to that stage; the first entry is how it began.
    pub stage_changes: Vec<StageChange>,
    /// Only keys with the grant see it.
    pub confidential: bool,
    /// Since when and why it is no longer followed.
    pub archived: Option<Archived>,
    /// Its own tags. Those of the posting come on top.
    pub tags: Vec<String>,
    /// `applied`, `sourced`, `referred`, `university`, `agency` or `internal`.
    pub origin: String,
    /// Who looks after it.
    pub owner: Option<UserId>,
    /// The application for a posting, if there is one.
    pub application: Option<Application>,
    /// When what happened to it.
    pub times: Times,
    /// In the order in which they were written.
    pub notes: Vec<Note>,
    /// Files that were attached.
    pub files: Vec<File>,
    /// Interviews that were scheduled.
    pub interviews: Vec<Interview>,
}

/// When what happened to an opportunity.
#[derive(Debug, Clone)]
pub struct Times {
    /// ms since the epoch, as all times here.
    pub created_at: i64,
    /// Null until touched, in old accounts.
    pub updated_at: Option<i64>,
    /// The last thing that happened with the person.
    pub last_interaction_at: i64,
    /// When it came to its stage.
    pub last_advanced_at: i64,
}

/// One step through the pipeline.
#[derive(Debug, Clone)]
pub struct StageChange {
    /// Where it went.
    pub to: StageId,
    /// When.
    pub at: i64,
    /// Who moved it, if known.
    pub by: Option<UserId>,
}

/// Why and when it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archived {
    /// The reason.
    pub reason: ArchiveReasonId,
    /// When.
    pub at: i64,
}

/// The application for a posting.
#[derive(Debug, Clone)]
pub struct Application {
    /// A UUID.
    pub id: String,
    /// The job.
    pub posting: PostingId,
    /// When.
    pub created_at: i64,
}

/// What is left of a deleted one.
#[derive(Debug, Clone)]
pub struct Deleted {
    /// Its id.
    pub id: OpportunityId,
    /// When it was deleted.
    pub at: i64,
    /// By whom.
    pub by: Option<UserId>,
}

impl Opportunity {
    /// The job it is for.
    #[must_use]
    pub fn posting(&self) -> Option<&PostingId> {
        self.application
            .as_ref()
            .map(|application| &application.posting)
    }
}

impl Lever {
    /// All tags that the API shows: its own, then the posting's, none twice
    /// (contracts/lever.md, 3.1).
    #[must_use]
    pub fn tags_of<'a>(&'a self, opportunity: &'a Opportunity) -> Vec<&'a str> {
        let posting = opportunity.posting().and_then(|id| self.postings.get(id));
        let own = opportunity.tags.iter().map(String::as_str);
        let mut tags: Vec<&str> = Vec::new();
        for tag in own.chain(
            posting
                .into_iter()
                .flat_map(|posting| posting.derived_tags()),
        ) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags
    }
}
