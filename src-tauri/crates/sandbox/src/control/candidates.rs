//! What people do in Lever: `GET` and `POST …/api/candidates`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::fields::{Done, OneOrMany, done};
use crate::ids::{OpportunityId, PostingId};
use crate::lever::opportunities::Opportunity;
use crate::sample::{recruiter, somebody};
use crate::world::{Candidate, World};

/// One thing to do in Lever. As JSON an object with `do` and the fields:
/// `{"do":"move","opportunity":"…","stage":"Phone Screen"}`. Stages go by id or name.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "the names of the fields say what they are")]
pub enum HiringCommand {
    /// Adds a candidate, or `count` of them; what is left out is made up. Gives `opportunities`.
    Add {
        /// The name. Made up if missing or empty.
        name: Option<String>,
        tags: Option<OneOrMany>,
        /// The stage. The first one if missing.
        stage: Option<String>,
        posting: Option<String>,
        /// Only keys with the grant see it.
        #[serde(default)]
        confidential: bool,
        /// So many of them, up to 20,000.
        count: Option<u32>,
    },
    /// Puts a tag on a candidate.
    Tag {
        opportunity: OpportunityId,
        tag: String,
    },
    /// Takes a tag off a candidate.
    Untag {
        opportunity: OpportunityId,
        tag: String,
    },
    /// Replaces the tags of a posting.
    TagPosting { posting: PostingId, tags: OneOrMany },
    /// Moves a candidate to a stage.
    Move {
        opportunity: OpportunityId,
        stage: String,
    },
    /// Archives a candidate.
    Archive { opportunity: OpportunityId },
    /// Takes a candidate out of the archive.
    Unarchive { opportunity: OpportunityId },
    /// Deletes a candidate for good.
    Delete { opportunity: OpportunityId },
    /// Removes the candidate's personal data.
    Anonymize { opportunity: OpportunityId },
    /// Puts a link on the profile.
    AddLink {
        opportunity: OpportunityId,
        link: String,
    },
    /// Takes a link off the profile.
    RemoveLink {
        opportunity: OpportunityId,
        link: String,
    },
    /// Writes a note by hand.
    WriteNote {
        opportunity: OpportunityId,
        text: String,
    },
    /// Schedules an interview. Gives `interview`.
    ScheduleInterview {
        opportunity: OpportunityId,
        /// Minutes from now; less than nothing for the past.
        in_minutes: i64,
        /// How long it takes.
        minutes: u32,
    },
    /// Moves an interview.
    MoveInterview {
        opportunity: OpportunityId,
        interview: String,
        /// Minutes from now.
        in_minutes: i64,
    },
    /// The interviewer declines it.
    DeclineInterview {
        opportunity: OpportunityId,
        interview: String,
    },
    /// Calls an interview off.
    CancelInterview {
        opportunity: OpportunityId,
        interview: String,
    },
    /// Deletes a stage.
    DeleteStage { stage: String },
    /// Renames a stage.
    RenameStage {
        stage: String,
        /// What it is called from now on.
        name: String,
    },
}

/// Added at once at the most.
const MOST: u32 = 20_000;

impl HiringCommand {
    pub(super) fn obey(self, world: &mut World) -> Done {
        let in_minutes = |minutes: i64| world.now() + minutes.saturating_mul(60_000);
        match self {
            Self::Add {
                name,
                tags,
                stage,
                posting,
                confidential,
                count,
            } => {
                let tags = tags.map(OneOrMany::into_vec).unwrap_or_default();
                let posting = posting.filter(|id| !id.is_empty()).map(PostingId::from);
                let like = Candidate {
                    tags,
                    stage,
                    posting,
                    confidential,
                    ..Candidate::default()
                };
                add(world, &like, name, count.unwrap_or(1).min(MOST))
            }
            Self::Tag { opportunity, tag } => done(world.tag(&opportunity, &tag)),
            Self::Untag { opportunity, tag } => done(world.untag(&opportunity, &tag)),
            Self::TagPosting { posting, tags } => tag_posting(world, &posting, tags),
            Self::Move { opportunity, stage } => done(world.move_to_stage(&opportunity, &stage)),
            Self::Archive { opportunity } => done(world.archive(&opportunity)),
            Self::Unarchive { opportunity } => done(world.unarchive(&opportunity)),
            Self::Delete { opportunity } => done(world.delete_candidate(&opportunity)),
            Self::Anonymize { opportunity } => done(world.anonymize(&opportunity)),
            Self::AddLink { opportunity, link } => done(world.add_link(&opportunity, &link)),
            Self::RemoveLink { opportunity, link } => done(world.remove_link(&opportunity, &link)),
            Self::WriteNote { opportunity, text } => {
                done(world.write_note(&opportunity, &text).map(drop))
            }
            Self::ScheduleInterview {
                opportunity,
                in_minutes: start,
                minutes,
            } => schedule(world, &opportunity, in_minutes(start), minutes),
            Self::MoveInterview {
                opportunity,
                interview,
                in_minutes: start,
            } => {
                let at = in_minutes(start);
                done(world.move_interview(&opportunity, &interview, at))
            }
            Self::DeclineInterview {
                opportunity,
                interview,
            } => done(world.decline_interview(&opportunity, &interview)),
            Self::CancelInterview {
                opportunity,
                interview,
            } => done(world.cancel_interview(&opportunity, &interview)),
            Self::DeleteStage { stage } => done(world.delete_stage(&stage)),
            Self::RenameStage { stage, name } => done(world.rename_stage(&stage, &name)),
        }
    }
}

fn tag_posting(world: &mut World, posting: &PostingId, tags: OneOrMany) -> Done {
    let tags = tags.into_vec();
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    done(world.tag_posting(posting, &tags))
}

fn schedule(world: &mut World, opportunity: &OpportunityId, at: i64, minutes: u32) -> Done {
    let made = world.schedule_interview(opportunity, at, minutes);
    made.map(|id| json!({ "interview": id }))
        .map_err(|error| error.to_string())
}

fn add(world: &mut World, like: &Candidate, name: Option<String>, count: u32) -> Done {
    let owner = recruiter(world);
    let name = name.filter(|name| !name.is_empty());
    let mut made = Vec::new();
    for _ in 0..count {
        let (invented, headline, address) = somebody(world.ids());
        let candidate = Candidate {
            name: name.clone().unwrap_or(invented),
            headline,
            emails: vec![address],
            owner: owner.clone(),
            ..like.clone()
        };
        made.push(
            world
                .add_candidate(candidate)
                .map_err(|error| error.to_string())?,
        );
    }
    Ok(json!({ "opportunities": made }))
}

/// Candidates, postings and stages, for scripts.
pub(super) fn shown(world: &World) -> Value {
    let lever = &world.lever;
    let candidates: Vec<Value> = lever
        .opportunities
        .iter()
        .map(|(id, opportunity)| candidate(world, id, opportunity))
        .collect();
    let postings: Vec<Value> = lever
        .postings
        .iter()
        .map(|(id, posting)| json!({ "id": id, "title": posting.title, "tags": posting.tags }))
        .collect();
    json!({ "candidates": candidates, "postings": postings, "stages": lever.stages })
}

fn candidate(world: &World, id: &OpportunityId, opportunity: &Opportunity) -> Value {
    let lever = &world.lever;
    let contact = lever.contacts.get(&opportunity.contact);
    json!({
        "opportunity": id, "contact": opportunity.contact, "name": contact.map(|contact| &contact.name),
        "stage": lever.stage(&opportunity.stage).map(|stage| &stage.text),
        "posting": opportunity.posting(), "tags": lever.tags_of(opportunity),
        "links": contact.map(|contact| &contact.links), "archived": opportunity.archived.is_some(),
        "confidential": opportunity.confidential, "notes": world.notes_of(id),
    })
}
