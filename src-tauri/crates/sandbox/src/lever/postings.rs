//! Jobs (contracts/lever.md, 4.1 and 4.7).

use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Call, Outcome, one};
use super::refusal::Refusal;
use super::{Lever, paging};
use crate::ids::{PostingId, UserId};

/// A job.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Posting {
    /// The title.
    pub title: String,
    /// `published`, `internal`, `closed`, `draft`, `pending` or `rejected`.
    pub state: String,
    /// The department.
    pub department: String,
    /// The team.
    pub team: String,
    /// The place.
    pub location: String,
    /// The work type, such as `Full-time`.
    pub commitment: String,
    /// Its own tags; candidacies for it carry them too.
    pub tags: Vec<String>,
    /// Whose job it is to fill.
    pub owner: Option<UserId>,
    /// Published to the company's own people alone.
    pub internal_only: bool,
    /// Only some may see it, and no key may change it.
    pub confidential: bool,
    /// ms since the epoch.
    pub created_at: i64,
    /// ms since the epoch.
    pub updated_at: i64,
}

#[derive(Deserialize)]
struct Update {
    tags: Option<Vec<String>>,
}

impl Posting {
    /// What candidacies for it carry as tags: title, department, team, location, work type and its
    /// own tags.
    pub(super) fn derived_tags(&self) -> impl Iterator<Item = &str> {
        [
            &self.title,
            &self.department,
            &self.team,
            &self.location,
            &self.commitment,
        ]
        .into_iter()
        .chain(&self.tags)
        .map(String::as_str)
        .filter(|tag| !tag.is_empty())
    }

    fn channels(&self) -> &'static [&'static str] {
        match (self.state.as_str(), self.internal_only) {
            ("published", false) => &["public", "internal"],
            ("published", true) | ("internal", _) => &["internal"],
            _ => &[],
        }
    }

    /// Without a channel, what is published is listed as the public site has it.
    fn is_in(&self, channel: Option<&str>) -> bool {
        match channel {
            Some(channel) => self.channels().contains(&channel),
            None => self.state != "published" || !self.internal_only,
        }
    }

    pub(super) fn shown(&self, id: &PostingId) -> Value {
        let confidentiality = if self.confidential {
            "confidential"
        } else {
            "non-confidential"
        };
        json!({
            "id": id, "text": self.title, "state": self.state,
            "distributionChannels": self.channels(), "user": self.owner,
            "owner": self.owner, "hiringManager": null,
            "categories": {
                "commitment": self.commitment, "department": self.department, "level": null,
                "location": self.location, "team": self.team, "allLocations": [self.location],
            },
            "tags": self.tags,
            "content": { "description": "", "descriptionHtml": "", "lists": [], "closing": "" },
            "country": null, "followers": [], "reqCode": null, "requisitionCodes": [],
            "urls": null, "confidentiality": confidentiality, "createdAt": self.created_at,
            "updatedAt": self.updated_at, "workplaceType": "hybrid",
            "transcribeInterviews": false, "screening": null,
        })
    }
}

impl Lever {
    /// Changes a posting. Where something really changed, its candidacies are re-written and their
    /// `updatedAt` moves.
    pub(crate) fn change_posting(
        &mut self,
        id: &PostingId,
        now: i64,
        change: impl FnOnce(&mut Posting),
    ) -> bool {
        let Some(posting) = self.postings.get_mut(id) else {
            return false;
        };
        let before = posting.clone();
        change(posting);
        if *posting == before {
            return true;
        }
        posting.updated_at = now;
        for opportunity in self.opportunities.values_mut() {
            if opportunity.posting() == Some(id) {
                opportunity.times.updated_at = Some(now);
            }
        }
        self.touched();
        true
    }
}

pub(super) fn list(call: &mut Call<'_, '_>, _: &[&str]) -> Outcome {
    let query = &call.incoming.query;
    let confidential = confidentiality(call)?;
    let (states, tags) = (query.all("state"), query.all("tag"));
    let channel = query.get("distributionChannel");
    let fits = |posting: &Posting| {
        posting.is_in(channel)
            && (states.is_empty() || states.contains(&posting.state.as_str()))
            && confidential.is_none_or(|wanted| wanted == posting.confidential)
            && (tags.is_empty() || posting.tags.iter().any(|tag| tags.contains(&tag.as_str())))
    };
    let postings = call
        .lever
        .postings
        .iter()
        .filter(|(_, posting)| fits(posting));
    paging::by_place(
        postings.map(|(id, posting)| posting.shown(id)).collect(),
        query,
    )
}

/// Which records are wanted: confidential ones, others, or (`None`) both.
pub(super) fn confidentiality(call: &Call<'_, '_>) -> Result<Option<bool>, Refusal> {
    let wanted = match call.incoming.query.get("confidentiality") {
        None | Some("non-confidential") => return Ok(Some(false)),
        Some("confidential") => Some(true),
        Some("all") => None,
        Some(other) => return Err(Refusal::bad(format!("{other} is not a confidentiality"))),
    };
    if call.may_see_confidential {
        return Ok(wanted);
    }
    Err(Refusal::Forbidden(
        "This key may not see confidential data.".to_owned(),
    ))
}

fn known(call: &Call<'_, '_>, path: &[&str]) -> Result<PostingId, Refusal> {
    let id = path.get(1).copied().unwrap_or_default();
    let known = PostingId::from(id);
    match call.lever.postings.get(&known) {
        None => Err(Refusal::NotFound("postings", id.to_owned())),
        Some(posting) if posting.confidential && !call.may_see_confidential => Err(
            Refusal::Forbidden("This record is confidential.".to_owned()),
        ),
        Some(_) => Ok(known),
    }
}

fn shown(call: &Call<'_, '_>, id: &PostingId) -> Outcome {
    let posting = call.lever.postings.get(id);
    posting
        .map(|posting| one(&posting.shown(id)))
        .ok_or_else(|| Refusal::NotFound("postings", id.to_string()))
}

pub(super) fn show(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = known(call, path)?;
    shown(call, &id)
}

pub(super) fn update(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    call.needed_performer()?;
    let id = known(call, path)?;
    if call
        .lever
        .postings
        .get(&id)
        .is_some_and(|posting| posting.confidential)
    {
        return Err(Refusal::bad("Confidential postings can't be changed."));
    }
    let update: Update = call.body()?;
    call.lever.change_posting(&id, call.moment.now, |posting| {
        posting.tags = update.tags.unwrap_or_else(|| posting.tags.clone());
    });
    shown(call, &id)
}
