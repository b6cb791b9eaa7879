//! What can happen to a candidacy, done by either: a key through the API, or a person in Lever's
//! own pages. A change that changes nothing leaves `updatedAt` alone (contracts/lever.md, 4.2).

use serde_json::{Value, json};

use super::Lever;
use super::opportunities::{Archived, Deleted, Opportunity, StageChange};
use super::webhook::Event;
use crate::ids::{ArchiveReasonId, Moment, OpportunityId, StageId, UserId};

impl Lever {
    pub(crate) fn add_tags(&mut self, id: &OpportunityId, tags: &[String], now: i64) {
        // What the posting gives already is not stored again.
        let Some(opportunity) = self.opportunities.get(id) else {
            return;
        };
        let present: Vec<String> = self
            .tags_of(opportunity)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let fresh: Vec<String> = tags
            .iter()
            .filter(|tag| !present.contains(tag))
            .cloned()
            .collect();
        self.change(id, now, |opportunity| append(&mut opportunity.tags, &fresh));
    }

    pub(crate) fn remove_tags(&mut self, id: &OpportunityId, tags: &[String], now: i64) {
        self.change(id, now, |opportunity| take_out(&mut opportunity.tags, tags));
    }

    pub(crate) fn add_links(&mut self, id: &OpportunityId, links: &[String], now: i64) {
        self.change_links(id, now, |on_profile| append(on_profile, links));
    }

    pub(crate) fn remove_links(&mut self, id: &OpportunityId, links: &[String], now: i64) {
        self.change_links(id, now, |on_profile| take_out(on_profile, links));
    }

    pub(crate) fn set_stage(
        &mut self,
        id: &OpportunityId,
        stage: &StageId,
        by: Option<UserId>,
        moment: &mut Moment<'_>,
    ) {
        let now = moment.now;
        let Some(opportunity) = self.opportunities.get_mut(id) else {
            return;
        };
        if &opportunity.stage == stage {
            return;
        }
        let from = std::mem::replace(&mut opportunity.stage, stage.clone());
        opportunity.stage_changes.push(StageChange {
            to: stage.clone(),
            at: now,
            by,
        });
        opportunity.times.last_advanced_at = now;
        opportunity.times.last_interaction_at = now;
        opportunity.times.updated_at = Some(now);
        self.touched();
        let data = json!({ "fromStageId": from, "toStageId": stage });
        self.tell(Event::StageChange, id, data, moment);
    }

    /// Archives, or with no reason takes out of the archive.
    pub(crate) fn set_archived(
        &mut self,
        id: &OpportunityId,
        reason: Option<ArchiveReasonId>,
        moment: &mut Moment<'_>,
    ) {
        let now = moment.now;
        let Some(opportunity) = self.opportunities.get_mut(id) else {
            return;
        };
        if opportunity.archived.is_none() && reason.is_none() {
            return;
        }
        let after = reason.map(|reason| Archived { reason, at: now });
        let before = std::mem::replace(&mut opportunity.archived, after.clone());
        opportunity.times.updated_at = Some(now);
        self.touched();
        let data = json!({ "fromArchived": archived(before.as_ref()), "toArchived": archived(after.as_ref()) });
        self.tell(Event::ArchiveChange, id, data, moment);
    }

    /// Deletes for good. A contact without candidacies goes too.
    pub(crate) fn delete(
        &mut self,
        id: &OpportunityId,
        by: Option<UserId>,
        moment: &mut Moment<'_>,
    ) {
        if !self.opportunities.contains_key(id) {
            return;
        }
        self.tell(Event::Deleted, id, json!({ "deletedBy": by }), moment);
        let Some(gone) = self.opportunities.remove(id) else {
            return;
        };
        self.deleted.push(Deleted {
            id: id.clone(),
            at: moment.now,
            by,
        });
        if !self
            .opportunities
            .values()
            .any(|other| other.contact == gone.contact)
        {
            self.contacts.remove(&gone.contact);
        }
        self.touched();
    }

    /// Removes the personal data of the person.
    pub(crate) fn anonymize(&mut self, id: &OpportunityId, now: i64) {
        let Some(opportunity) = self.opportunities.get(id) else {
            return;
        };
        if let Some(contact) = self.contacts.get_mut(&opportunity.contact) {
            *contact = super::contacts::Contact {
                anonymized: true,
                ..Default::default()
            };
        }
        self.change(id, now, |opportunity| {
            opportunity.notes.clear();
            true
        });
    }

    /// Changes the candidacy. `change` returns whether anything is different.
    pub(crate) fn change(
        &mut self,
        id: &OpportunityId,
        now: i64,
        change: impl FnOnce(&mut Opportunity) -> bool,
    ) {
        let Some(opportunity) = self.opportunities.get_mut(id) else {
            return;
        };
        if change(opportunity) {
            opportunity.times.updated_at = Some(now);
            self.touched();
        }
    }

    /// Links lie with the person and so show on all candidacies.
    fn change_links(
        &mut self,
        id: &OpportunityId,
        now: i64,
        change: impl FnOnce(&mut Vec<String>) -> bool,
    ) {
        let Some(contact) = self
            .opportunities
            .get(id)
            .map(|found| found.contact.clone())
        else {
            return;
        };
        let Some(person) = self.contacts.get_mut(&contact) else {
            return;
        };
        if !change(&mut person.links) {
            return;
        }
        for opportunity in self.opportunities.values_mut() {
            if opportunity.contact == contact {
                opportunity.times.updated_at = Some(now);
            }
        }
        self.touched();
    }
}

fn archived(state: Option<&Archived>) -> Value {
    state.map_or(
        Value::Null,
        |state| json!({ "reason": state.reason, "archivedAt": state.at }),
    )
}

/// Appends what is missing. Whether anything was.
fn append(to: &mut Vec<String>, items: &[String]) -> bool {
    let before = to.len();
    for item in items {
        if !to.contains(item) {
            to.push(item.clone());
        }
    }
    to.len() != before
}

/// Removes what is there. Whether anything was.
fn take_out(from: &mut Vec<String>, items: &[String]) -> bool {
    let before = from.len();
    from.retain(|item| !items.contains(item));
    from.len() != before
}
