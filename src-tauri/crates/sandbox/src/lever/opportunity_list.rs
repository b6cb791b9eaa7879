//! The list of candidacies: filters, order, pages (contracts/lever.md, 2 and 3.1).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Lever;
use super::call::{Call, Outcome};
use super::opportunities::Opportunity;
use super::opportunity_view::{View, shown};
use super::refusal::Refusal;
use super::{paging, postings};
use crate::ids::{OpportunityId, StageId};

/// Where a row stands: stage rank, then the latest first, then the id.
type Place = (u32, Reverse<i64>, OpportunityId);

/// What the query wants to see. Several values of one name: any of them. Several names: all.
struct Filter<'q> {
    tags: Vec<&'q str>,
    stages: Vec<&'q str>,
    postings: Vec<&'q str>,
    contacts: Vec<&'q str>,
    email: Option<String>,
    archived: Option<bool>,
    confidential: Option<bool>,
    updated: Span,
}

/// From and to, both included, in ms.
struct Span(Option<i64>, Option<i64>);

pub(super) fn list(call: &mut Call<'_, '_>, _: &[&str]) -> Outcome {
    let filter = Filter::from_call(call)?;
    let view = View::from_query(&call.incoming.query)?;
    let limit = paging::limit(&call.incoming.query)?;
    let from = paging::offset(&call.incoming.query)?
        .map(|token| place_in(&token))
        .transpose()?;
    let lever = &*call.lever;
    let mut places: Vec<Place> = lever
        .opportunities
        .iter()
        .filter(|(_, opportunity)| filter.fits(lever, opportunity))
        .map(|(id, opportunity)| place_of(lever, id, opportunity))
        .filter(|place| from.as_ref().is_none_or(|from| place >= from))
        .collect();
    places.sort();
    let rows = places
        .iter()
        .take(limit)
        .filter_map(|(_, _, id)| shown(lever, id, &view))
        .collect();
    let next = places
        .get(limit)
        .map(|(rank, Reverse(at), id)| json!([rank, at, id]));
    Ok(paging::page(rows, next.as_ref()))
}

pub(super) fn deleted(call: &mut Call<'_, '_>, _: &[&str]) -> Outcome {
    let span = Span::of(call, "deleted_at")?;
    if call.lever.switches.cap_deleted && !span.is_within(30 * 24 * 3_600_000) {
        return Err(Refusal::bad("The time range may not exceed 30 days."));
    }
    let gone = call
        .lever
        .deleted
        .iter()
        .filter(|gone| span.holds(Some(gone.at)));
    let rows = gone
        .map(|gone| json!({ "id": gone.id, "deletedAt": gone.at, "deletedBy": gone.by }))
        .collect();
    paging::by_place(rows, &call.incoming.query)
}

/// All tags with how many candidacies carry them (contracts/lever.md, 4.1).
pub(super) fn tags(call: &mut Call<'_, '_>, _: &[&str]) -> Outcome {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for opportunity in call.lever.opportunities.values() {
        for tag in call.lever.tags_of(opportunity) {
            *counts.entry(tag).or_default() += 1;
        }
    }
    let mut rows: Vec<(&str, u64)> = counts.into_iter().collect();
    rows.sort_by_key(|(text, _)| (text.to_lowercase(), *text));
    let rows = rows
        .into_iter()
        .map(|(text, count)| json!({ "count": count, "text": text }));
    paging::by_place(rows.collect(), &call.incoming.query)
}

fn place_of(lever: &Lever, id: &OpportunityId, opportunity: &Opportunity) -> Place {
    let rank = rank_of(lever, &opportunity.stage);
    (
        rank,
        Reverse(opportunity.times.last_advanced_at),
        id.clone(),
    )
}

/// A stage that was deleted comes last.
fn rank_of(lever: &Lever, stage: &StageId) -> u32 {
    lever.stage(stage).map_or(u32::MAX, |stage| stage.rank)
}

/// The token is the place of the next page's first row. Rows that move meanwhile are missed, or
/// come twice, as in Lever.
fn place_in(token: &Value) -> Result<Place, Refusal> {
    let (rank, at, id): (u32, i64, OpportunityId) =
        serde_json::from_value(token.clone()).map_err(|_| paging::invalid_offset())?;
    Ok((rank, Reverse(at), id))
}

impl<'q> Filter<'q> {
    fn from_call(call: &Call<'q, '_>) -> Result<Self, Refusal> {
        let query = &call.incoming.query;
        let email = query.get("email").map(str::to_lowercase);
        if email
            .as_ref()
            .is_some_and(|email| !looks_like_an_address(email))
        {
            return Err(Refusal::bad("email is not a valid email address"));
        }
        Ok(Self {
            tags: query.all("tag"),
            stages: query.all("stage_id"),
            postings: query.all("posting_id"),
            contacts: query.all("contact_id"),
            email,
            archived: call.flag("archived")?,
            confidential: postings::confidentiality(call)?,
            updated: Span::of(call, "updated_at")?,
        })
    }

    fn fits(&self, lever: &Lever, of: &Opportunity) -> bool {
        let tags = || lever.tags_of(of);
        any(&self.stages, Some(of.stage.as_str()))
            && self
                .archived
                .is_none_or(|wanted| wanted == of.archived.is_some())
            && self
                .confidential
                .is_none_or(|wanted| wanted == of.confidential)
            && any(&self.postings, of.posting().map(|id| id.as_str()))
            && any(&self.contacts, Some(of.contact.as_str()))
            && self.updated.holds(of.times.updated_at)
            && self.fits_the_person(lever, of)
            && (self.tags.is_empty() || tags().iter().any(|tag| self.tags.contains(tag)))
    }

    fn fits_the_person(&self, lever: &Lever, of: &Opportunity) -> bool {
        let Some(email) = &self.email else {
            return true;
        };
        let contact = lever.contacts.get(&of.contact);
        let mut emails = contact.into_iter().flat_map(|contact| &contact.emails);
        emails.any(|known| &known.to_lowercase() == email)
    }
}

impl Span {
    fn of(call: &Call<'_, '_>, name: &str) -> Result<Self, Refusal> {
        Ok(Self(
            call.time(&format!("{name}_start"))?,
            call.time(&format!("{name}_end"))?,
        ))
    }

    /// Returns true if it has both ends, no further apart than so many ms.
    fn is_within(&self, longest: i64) -> bool {
        matches!(self, Self(Some(from), Some(to)) if to.saturating_sub(*from) <= longest)
    }

    /// What has no time is in no bounded span.
    fn holds(&self, time: Option<i64>) -> bool {
        match (self, time) {
            (Self(None, None), _) => true,
            (_, None) => false,
            (Self(from, to), Some(time)) => {
                from.is_none_or(|from| time >= from) && to.is_none_or(|to| time <= to)
            }
        }
    }
}

fn any(wanted: &[&str], value: Option<&str>) -> bool {
    wanted.is_empty() || value.is_some_and(|value| wanted.contains(&value))
}

fn looks_like_an_address(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
}
