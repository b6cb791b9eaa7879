//! What people do in Lever's own pages: every test and the control page act through these.

use serde_json::json;

use super::World;
use crate::ids::{ContactId, NoteId, OpportunityId, PostingId, StageId, UserId};
use crate::lever::contacts::Contact;
use crate::lever::notes::Note;
use crate::lever::opportunities::{Application, Archived, Opportunity, StageChange, Times};
use crate::lever::webhook::Event;

/// There is no such opportunity, stage, posting or pad.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no {kind} \"{id}\" in the sandbox")]
pub struct NoSuchThing {
    /// What was looked for.
    pub kind: &'static str,
    /// The id or name that was given.
    pub id: String,
}

/// A person and one candidacy, as a test wants them. What is left out is empty.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// May be empty.
    pub name: String,
    /// May be empty.
    pub headline: String,
    /// May be empty.
    pub location: String,
    /// Addresses.
    pub emails: Vec<String>,
    /// Links on the profile.
    pub links: Vec<String>,
    /// Its own tags.
    pub tags: Vec<String>,
    /// The stage's id or its name. The first stage, if not said.
    pub stage: Option<String>,
    /// The job.
    pub posting: Option<PostingId>,
    /// Another candidacy of this person, instead of a new person.
    pub contact: Option<ContactId>,
    /// Who looks after it.
    pub owner: Option<UserId>,
    /// Only keys with the grant see it.
    pub confidential: bool,
    /// Archived from the start, for the first reason there is.
    pub archived: bool,
    /// How long ago it came to its stage, in ms.
    pub since_ms: i64,
}

impl Default for Candidate {
    fn default() -> Self {
        Self {
            name: "Ada Example".to_owned(),
            headline: String::new(),
            location: String::new(),
            emails: Vec::new(),
            links: Vec::new(),
            tags: Vec::new(),
            stage: None,
            posting: None,
            contact: None,
            owner: None,
            confidential: false,
            archived: false,
            since_ms: 0,
        }
    }
}

impl World {
    /// Adds a candidacy.
    ///
    /// # Errors
    /// When the stage or the posting isn't there.
    pub fn add_candidate(&mut self, candidate: Candidate) -> Result<OpportunityId, NoSuchThing> {
        let stage = match &candidate.stage {
            Some(stage) => self.find_stage(stage)?,
            None => {
                let first = self.lever.stages.first().map(|stage| stage.id.clone());
                first.ok_or_else(|| missing("stage", "any"))?
            }
        };
        if let Some(posting) = candidate
            .posting
            .as_ref()
            .filter(|id| !self.lever.postings.contains_key(id))
        {
            return Err(missing("posting", posting.as_str()));
        }
        let reason = self.lever.archive_reasons.first().cloned();
        let contact = match candidate.contact.clone() {
            Some(contact) => contact,
            None => self.add_person(&candidate),
        };
        let (lever, moment) = self.lever_and_moment();
        let at = moment.now - candidate.since_ms;
        let id = OpportunityId::from(moment.ids.uuid());
        let application = candidate.posting.map(|posting| Application {
            id: moment.ids.uuid(),
            posting,
            created_at: at,
        });
        let archived = reason
            .filter(|_| candidate.archived)
            .map(|reason| Archived { reason, at });
        let opportunity = Opportunity {
            contact,
            stage_changes: vec![StageChange {
                to: stage.clone(),
                at,
                by: None,
            }],
            stage,
            confidential: candidate.confidential,
            archived,
            tags: candidate.tags,
            origin: "applied".to_owned(),
            owner: candidate.owner,
            application,
            times: Times {
                created_at: at,
                updated_at: Some(at),
                last_interaction_at: at,
                last_advanced_at: at,
            },
            notes: Vec::new(),
            files: Vec::new(),
            interviews: Vec::new(),
        };
        lever.opportunities.insert(id.clone(), opportunity);
        lever.touched();
        self.tell_of_application(&id);
        Ok(id)
    }

    fn add_person(&mut self, candidate: &Candidate) -> ContactId {
        let (lever, moment) = self.lever_and_moment();
        let id = ContactId::from(moment.ids.uuid());
        let contact = Contact {
            name: candidate.name.clone(),
            headline: candidate.headline.clone(),
            location: candidate.location.clone(),
            emails: candidate.emails.clone(),
            links: candidate.links.clone(),
            ..Contact::default()
        };
        lever.contacts.insert(id.clone(), contact);
        id
    }

    fn tell_of_application(&mut self, id: &OpportunityId) {
        let (lever, mut moment) = self.lever_and_moment();
        let application = lever
            .opportunities
            .get(id)
            .and_then(|found| found.application.clone());
        if let Some(application) = application {
            let data = json!({ "applicationId": application.id, "postingId": application.posting });
            lever.tell(Event::ApplicationCreated, id, data, &mut moment);
        }
    }

    /// Puts a tag on a candidacy.
    ///
    /// # Errors
    /// When there is no such candidacy; so for all of these.
    pub fn tag(&mut self, id: &OpportunityId, tag: &str) -> Result<(), NoSuchThing> {
        self.known(id)?;
        self.lever.add_tags(id, &[tag.to_owned()], self.now);
        Ok(())
    }

    /// Takes one of its own tags off a candidacy.
    ///
    /// # Errors
    /// When there is no such candidacy.
    pub fn untag(&mut self, id: &OpportunityId, tag: &str) -> Result<(), NoSuchThing> {
        self.known(id)?;
        self.lever.remove_tags(id, &[tag.to_owned()], self.now);
        Ok(())
    }

    /// Replaces the tags of a posting. Its candidacies carry them too.
    ///
    /// # Errors
    /// When there is no such posting.
    pub fn tag_posting(&mut self, id: &PostingId, tags: &[&str]) -> Result<(), NoSuchThing> {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        let changed = self
            .lever
            .change_posting(id, self.now, |posting| posting.tags = tags);
        if changed {
            Ok(())
        } else {
            Err(missing("posting", id.as_str()))
        }
    }

    /// Moves a candidacy to a stage, given by its id or its name.
    ///
    /// # Errors
    /// When there is no such candidacy or stage.
    pub fn move_to_stage(&mut self, id: &OpportunityId, stage: &str) -> Result<(), NoSuchThing> {
        self.known(id)?;
        let stage = self.find_stage(stage)?;
        let by = self.lever.users.keys().next().cloned();
        let (lever, mut moment) = self.lever_and_moment();
        lever.set_stage(id, &stage, by, &mut moment);
        Ok(())
    }

    /// Archives a candidacy.
    ///
    /// # Errors
    /// When there is no such candidacy, or no archive reason.
    pub fn archive(&mut self, id: &OpportunityId) -> Result<(), NoSuchThing> {
        self.known(id)?;
        let reason = self.lever.archive_reasons.first().cloned();
        let reason = reason.ok_or_else(|| missing("archive reason", "any"))?;
        let (lever, mut moment) = self.lever_and_moment();
        lever.set_archived(id, Some(reason), &mut moment);
        Ok(())
    }

    /// Takes a candidacy out of the archive.
    ///
    /// # Errors
    /// When there is no such candidacy.
    pub fn unarchive(&mut self, id: &OpportunityId) -> Result<(), NoSuchThing> {
        self.known(id)?;
        let (lever, mut moment) = self.lever_and_moment();
        lever.set_archived(id, None, &mut moment);
        Ok(())
    }

    /// Puts a link on the person's profile.
    ///
    /// # Errors
    /// When there is no such candidacy.
    pub fn add_link(&mut self, id: &OpportunityId, link: &str) -> Result<(), NoSuchThing> {
        self.known(id)?;
        self.lever.add_links(id, &[link.to_owned()], self.now);
        Ok(())
    }

    /// Takes a link off the person's profile.
    ///
    /// # Errors
    /// When there is no such candidacy.
    pub fn remove_link(&mut self, id: &OpportunityId, link: &str) -> Result<(), NoSuchThing> {
        self.known(id)?;
        self.lever.remove_links(id, &[link.to_owned()], self.now);
        Ok(())
    }

    /// Deletes a candidacy for good.
    ///
    /// # Errors
    /// When there is no such candidacy.
    pub fn delete_candidate(&mut self, id: &OpportunityId) -> Result<(), NoSuchThing> {
        self.known(id)?;
        let (lever, mut moment) = self.lever_and_moment();
        lever.delete(id, None, &mut moment);
        Ok(())
    }

    /// Removes the personal data of a candidacy's person.
    ///
    /// # Errors
    /// When there is no such candidacy.
    pub fn anonymize(&mut self, id: &OpportunityId) -> Result<(), NoSuchThing> {
        self.known(id)?;
        self.lever.anonymize(id, self.now);
        Ok(())
    }

    /// Writes a note by hand, as a person does in Lever.
    ///
    /// # Errors
    /// When there is no such candidacy.
    pub fn write_note(&mut self, id: &OpportunityId, value: &str) -> Result<NoteId, NoSuchThing> {
        self.known(id)?;
        let (lever, moment) = self.lever_and_moment();
        let (note, at) = (NoteId::from(moment.ids.uuid()), moment.now);
        lever.change(id, at, |opportunity| {
            let (stage, by) = (opportunity.stage.clone(), opportunity.owner.clone());
            let new = Note {
                id: note.clone(),
                value: value.to_owned(),
                secret: false,
                by_key: false,
                stage,
                by,
                at,
            };
            opportunity.notes.push(new);
            true
        });
        Ok(note)
    }

    /// Schedules an interview at that time (ms since the epoch). Gives its id.
    ///
    /// # Errors
    /// When there is no such candidacy.
    pub fn schedule_interview(
        &mut self,
        id: &OpportunityId,
        at: i64,
        minutes: u32,
    ) -> Result<String, NoSuchThing> {
        let (lever, mut moment) = self.lever_and_moment();
        lever
            .schedule(id, at, minutes, &mut moment)
            .ok_or_else(|| missing("opportunity", id.as_str()))
    }

    /// Moves an interview to another time, in ms since the epoch.
    ///
    /// # Errors
    /// When there is no such candidacy or interview.
    pub fn move_interview(
        &mut self,
        id: &OpportunityId,
        interview: &str,
        at: i64,
    ) -> Result<(), NoSuchThing> {
        let (lever, mut moment) = self.lever_and_moment();
        let moved =
            lever.change_interview(id, interview, &mut moment, |interview| interview.date = at);
        if moved {
            Ok(())
        } else {
            Err(missing("interview", interview))
        }
    }

    /// The interviewer declines the calendar's invitation.
    ///
    /// # Errors
    /// When there is no such candidacy or interview.
    pub fn decline_interview(
        &mut self,
        id: &OpportunityId,
        interview: &str,
    ) -> Result<(), NoSuchThing> {
        let (lever, mut moment) = self.lever_and_moment();
        let decline =
            |interview: &mut crate::lever::interview::Interview| interview.reply = "declined";
        if lever.change_interview(id, interview, &mut moment, decline) {
            Ok(())
        } else {
            Err(missing("interview", interview))
        }
    }

    /// Calls an interview off.
    ///
    /// # Errors
    /// When there is no such candidacy or interview.
    pub fn cancel_interview(
        &mut self,
        id: &OpportunityId,
        interview: &str,
    ) -> Result<(), NoSuchThing> {
        let (lever, mut moment) = self.lever_and_moment();
        let now = moment.now;
        let change =
            |interview: &mut crate::lever::interview::Interview| interview.canceled_at = Some(now);
        let canceled = lever.change_interview(id, interview, &mut moment, change);
        if canceled {
            Ok(())
        } else {
            Err(missing("interview", interview))
        }
    }

    /// Deletes a stage from the pipeline. Candidacies in it keep its id.
    ///
    /// # Errors
    /// When there is no such stage.
    pub fn delete_stage(&mut self, stage: &str) -> Result<(), NoSuchThing> {
        let id = self.find_stage(stage)?;
        self.lever.stages.retain(|stage| stage.id != id);
        self.lever.touched();
        Ok(())
    }

    /// Renames a stage.
    ///
    /// # Errors
    /// When there is no such stage.
    pub fn rename_stage(&mut self, stage: &str, name: &str) -> Result<(), NoSuchThing> {
        let id = self.find_stage(stage)?;
        if let Some(stage) = self.lever.stages.iter_mut().find(|stage| stage.id == id) {
            stage.text = name.to_owned();
        }
        self.lever.touched();
        Ok(())
    }

    fn known(&self, id: &OpportunityId) -> Result<(), NoSuchThing> {
        if self.lever.opportunities.contains_key(id) {
            return Ok(());
        }
        Err(missing("opportunity", id.as_str()))
    }

    fn find_stage(&self, id_or_name: &str) -> Result<StageId, NoSuchThing> {
        let id = StageId::from(id_or_name);
        let by_id = self.lever.stage(&id).map(|stage| stage.id.clone());
        by_id
            .or_else(|| self.lever.stage_named(id_or_name))
            .ok_or_else(|| missing("stage", id_or_name))
    }
}

pub(crate) fn missing(kind: &'static str, id: &str) -> NoSuchThing {
    NoSuchThing {
        kind,
        id: id.to_owned(),
    }
}
