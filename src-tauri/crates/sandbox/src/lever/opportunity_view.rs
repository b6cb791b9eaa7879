//! How the API shows a candidacy (contracts/lever.md, 2 and 3.3).

use serde_json::{Map, Value, json};

use super::Lever;
use super::opportunities::{Application, Archived, Opportunity, StageChange};
use super::refusal::Refusal;
use crate::ids::OpportunityId;
use crate::incoming::Query;

const EXPANDABLE: &[&str] = &["applications", "stage", "owner"];

/// What the caller wants to see of each.
#[derive(Debug, Default)]
pub(super) struct View {
    /// Only these fields. All, when empty.
    include: Vec<String>,
    /// These as whole objects instead of ids.
    expand: Vec<String>,
}

impl View {
    pub(super) fn from_query(query: &Query) -> Result<Self, Refusal> {
        let expand = query.all("expand");
        if let Some(wrong) = expand.iter().find(|field| !EXPANDABLE.contains(field)) {
            return Err(Refusal::bad(format!("{wrong} is not expandable")));
        }
        let owned = |fields: Vec<&str>| fields.into_iter().map(str::to_owned).collect();
        Ok(Self {
            include: owned(query.all("include")),
            expand: owned(expand),
        })
    }
}

pub(super) fn shown(lever: &Lever, id: &OpportunityId, view: &View) -> Option<Value> {
    let opportunity = lever.opportunities.get(id)?;
    let mut fields = plain(lever, id, opportunity)?;
    if !view.include.is_empty() {
        fields.retain(|name, _| view.include.contains(name) || view.expand.contains(name));
    }
    for name in &view.expand {
        fields.insert(name.clone(), expanded(lever, opportunity, name));
    }
    Some(Value::Object(fields))
}

fn plain(lever: &Lever, id: &OpportunityId, of: &Opportunity) -> Option<Map<String, Value>> {
    let contact = lever.contacts.get(&of.contact)?;
    let posting = of.posting().and_then(|posting| lever.postings.get(posting));
    let applications: Vec<&str> = of
        .application
        .iter()
        .map(|application| application.id.as_str())
        .collect();
    let followers: Vec<_> = of.owner.iter().collect();
    let confidentiality = if of.confidential {
        "confidential"
    } else {
        "non-confidential"
    };
    let stage_changes: Vec<Value> = of
        .stage_changes
        .iter()
        .map(|change| stage_change(lever, change))
        .collect();
    let mut whole = json!({
        "id": id, "name": contact.name, "contact": of.contact, "headline": contact.headline,
        "stage": of.stage, "confidentiality": confidentiality, "location": contact.location,
        "phones": contact.phones_shown(), "emails": contact.emails, "links": contact.links,
        "archived": of.archived.as_ref().map(archived), "tags": lever.tags_of(of),
        "sources": [], "stageChanges": stage_changes, "origin": of.origin,
        "sourcedBy": null, "owner": of.owner, "followers": followers, "applications": applications,
        "createdAt": of.times.created_at, "updatedAt": of.times.updated_at,
        "lastInteractionAt": of.times.last_interaction_at, "lastAdvancedAt": of.times.last_advanced_at,
        "snoozedUntil": null,
        "urls": { "list": format!("{}/candidates", lever.site), "show": format!("{}/candidates/{id}", lever.site) },
        "isAnonymized": contact.anonymized, "dataProtection": null,
    });
    let fields = whole.as_object_mut()?;
    if let Some(posting) = posting {
        fields.insert("opportunityLocation".to_owned(), json!(posting.location));
    }
    if lever.switches.unknown_fields {
        fields.insert("moonPhase".to_owned(), json!({ "waxing": true }));
    }
    Some(std::mem::take(fields))
}

fn archived(state: &Archived) -> Value {
    json!({ "reason": state.reason, "archivedAt": state.at })
}

/// The user is missing where no one is known (contracts/lever.md, 3.3).
fn stage_change(lever: &Lever, change: &StageChange) -> Value {
    let index = lever.stages.iter().position(|stage| stage.id == change.to);
    let mut shown =
        json!({ "toStageId": change.to, "toStageIndex": index, "updatedAt": change.at });
    if let (Some(by), Some(fields)) = (&change.by, shown.as_object_mut()) {
        fields.insert("userId".to_owned(), json!(by));
    }
    shown
}

fn expanded(lever: &Lever, of: &Opportunity, field: &str) -> Value {
    let owner = of
        .owner
        .as_ref()
        .and_then(|id| Some(lever.users.get(id)?.shown(id)));
    match field {
        "stage" => lever.stage(&of.stage).map_or(
            Value::Null,
            |stage| json!({ "id": stage.id, "text": stage.text }),
        ),
        "owner" => json!(owner),
        "applications" => Value::Array(applications_of(lever, of)),
        _ => Value::Null,
    }
}

pub(super) fn applications_of(lever: &Lever, of: &Opportunity) -> Vec<Value> {
    let applications = of.application.iter();
    applications
        .map(|application| applied(lever, of, application))
        .collect()
}

fn applied(lever: &Lever, of: &Opportunity, application: &Application) -> Value {
    let posting = lever.postings.get(&application.posting);
    json!({
        "id": application.id, "type": "posting", "posting": application.posting,
        "createdAt": application.created_at, "archived": of.archived.as_ref().map(archived),
        "user": of.owner, "postingOwner": posting.and_then(|posting| posting.owner.as_ref()),
        "postingHiringManager": null, "name": null, "company": null, "comments": null,
        "customQuestions": [], "requisitionForHire": null,
    })
}
