//! What a pad whose link is on a profile has to do with one candidacy of the person.
//!
//! Anyone can have put a link on a profile: the candidate on the application form, a colleague,
//! last year's interviewer. So a link alone is no identity. A pad is taken for this candidacy's
//! only when it carries our marker, or when it can be read, was created while this candidacy was
//! on its way, and is owned by someone of ours. One that is certainly another's is left where it
//! is. Everything else is the recruiter's decision.

use crate::context::services::Services;
use coderpad::{Pad, PadId, PadLink, PadPage, PadSort};
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use lever::{Opportunity, OpportunityQuery};
use padwatch_domain::blast_radius::{self};
use padwatch_domain::links::ProfilePad;
use padwatch_domain::marker::Marker;
use padwatch_domain::reason::PadDoubt;
use padwatch_domain::service_error::{ServiceError, of_coderpad, of_lever};
use padwatch_domain::transition::relation::{
    Age, Known, Related, Relation, TOLERANCE_MS, age, began_ms, pads_to_read,
};
use std::collections::HashMap;

/// A list of pads, page by page.
type Pages = BoxStream<'static, Result<PadPage, coderpad::Error>>;

/// So many pages of the organization's list are read for pads that can't be read by id.
const MOST_PAGES: usize = 20;

/// Reads each pad on the profile, in its order, but for those in `but`.
///
/// # Errors
/// A service as a whole can't be asked. What is wrong with one pad is a doubt about it.
pub(super) async fn related(
    services: &Services,
    opportunity: &Opportunity,
    known: Known<'_>,
    but: Option<&PadId>,
) -> Result<Vec<Related>, ServiceError> {
    let pads = pads_to_read(opportunity, &services.coderpad_root, known, but);
    let mut reader = Reader {
        services,
        opportunity,
        known,
        organization: None,
        in_list: None,
        in_own_list: None,
        others_since: None,
    };
    let mut all = Vec::new();
    for pad in pads {
        all.push(reader.relate(pad).await?);
    }
    Ok(all)
}

/// Reads what is needed about the pads of one profile, each thing once.
struct Reader<'a> {
    services: &'a Services,
    opportunity: &'a Opportunity,
    known: Known<'a>,
    /// The addresses of those who can own a pad of ours; empty: CoderPad doesn't say.
    organization: Option<Vec<String>>,
    /// The organization's pads since this candidacy began, as far as they can be listed, by their
    /// ids in capitals.
    in_list: Option<HashMap<PadId, Pad>>,
    /// The same of the key's own pads.
    in_own_list: Option<HashMap<PadId, Pad>>,
    /// When the person's other applications were archived; `i64::MAX`: they are not.
    others_since: Option<i64>,
}

impl Reader<'_> {
    async fn relate(&mut self, pad: ProfilePad) -> Result<Related, ServiceError> {
        let on_profile = pad.id.clone();
        let (read, doubt) = match self.read(&pad.id).await {
            Ok(read) => (Some(read), PadDoubt::NotFound),
            Err(error) => self.not_read(&pad.id, &error).await?,
        };
        let Some(read) = read else {
            return Ok(Related {
                pad,
                on_profile,
                relation: Relation::Doubtful(doubt),
                made_ms: None,
            });
        };
        let relation = self.judge(&read).await?;
        let link = PadLink::of(&read.id, &self.services.coderpad_root);
        Ok(Related {
            pad: ProfilePad { id: read.id, link },
            on_profile,
            relation,
            made_ms: read.created_at_ms,
        })
    }

    /// The pad of a link, which may be written in small letters or be a short one.
    async fn read(&self, id: &PadId) -> Result<Pad, coderpad::Error> {
        let coderpad = &self.services.coderpad;
        let read = coderpad.pad(id).await;
        if !matches!(read, Err(coderpad::Error::Gone)) || id.is_usual() {
            return read;
        }
        let usual = id.in_capitals();
        if usual != *id
            && let Ok(pad) = coderpad.pad(&usual).await
        {
            return Ok(pad);
        }
        match coderpad.leads_to(id).await {
            Some(pad) => coderpad.pad(&pad).await,
            None => read,
        }
    }

    /// A pad that can't be read by its id: perhaps the organization's list has it.
    async fn not_read(
        &mut self,
        id: &PadId,
        error: &coderpad::Error,
    ) -> Result<(Option<Pad>, PadDoubt), ServiceError> {
        use coderpad::Error;
        let doubt = match error {
            Error::WrongKey => return Err(of_coderpad(error)),
            Error::Gone => PadDoubt::NotFound,
            Error::NotAllowed { .. } => PadDoubt::NotAllowed,
            Error::Refused { .. } | Error::OverQuota => PadDoubt::Odd,
            Error::RateLimited { .. } | Error::Down { .. } | Error::Unreachable(_) => {
                PadDoubt::NoAnswer
            }
            Error::NotCoderpad { .. } => PadDoubt::Odd,
        };
        let is_told_apart = matches!(error, Error::Refused { .. } | Error::OverQuota)
            || matches!(doubt, PadDoubt::NotFound | PadDoubt::NotAllowed)
            || self
                .known
                .tolerates
                .contains(&blast_radius::of_coderpad(error));
        if !is_told_apart {
            self.unless_service(error).await?;
        }
        if !matches!(doubt, PadDoubt::NotFound | PadDoubt::NotAllowed) {
            return Ok((None, doubt));
        }
        let listed = self.listed().await?.get(&id.in_capitals()).cloned();
        let doubt = if self.known.has_siblings {
            PadDoubt::WhichJob
        } else {
            doubt
        };
        Ok((listed, doubt))
    }

    /// Something else that CoderPad answers shows that the failure is about this pad alone.
    async fn unless_service(&self, error: &coderpad::Error) -> Result<(), ServiceError> {
        match self.services.coderpad.quota().await {
            Err(coderpad::Error::WrongKey) => Err(of_coderpad(&coderpad::Error::WrongKey)),
            Err(other) if other.is_passing() => Err(of_coderpad(error)),
            _ => Ok(()),
        }
    }

    /// The organization's pads since the candidacy began. One that this account may not list, or
    /// that can't be understood, holds none.
    async fn listed(&mut self) -> Result<&HashMap<PadId, Pad>, ServiceError> {
        if self.in_list.is_none() {
            let list = self
                .services
                .coderpad
                .organization_pads(PadSort::CreatedNewest);
            self.in_list = Some(self.read_list(list).await?);
        }
        Ok(self.in_list.get_or_insert_with(HashMap::new))
    }

    /// The same of the key's own pads.
    async fn own_listed(&mut self) -> Result<&HashMap<PadId, Pad>, ServiceError> {
        if self.in_own_list.is_none() {
            let list = self.services.coderpad.pads(PadSort::CreatedNewest);
            self.in_own_list = Some(self.read_list(list).await?);
        }
        Ok(self.in_own_list.get_or_insert_with(HashMap::new))
    }

    async fn read_list(&self, list: Pages) -> Result<HashMap<PadId, Pad>, ServiceError> {
        let since_ms = began_ms(self.opportunity).unwrap_or(i64::MAX);
        let since_ms = since_ms.saturating_sub(TOLERANCE_MS);
        let mut pages = list.take(MOST_PAGES);
        let mut found = HashMap::new();
        while let Some(page) = pages.next().await {
            let page = match page {
                Ok(page) => page,
                Err(error) if error.is_passing() || error == coderpad::Error::WrongKey => {
                    self.unless_service(&error).await?;
                    break;
                }
                Err(_) => break,
            };
            let is_older = |pad: &Pad| pad.created_at_ms.is_some_and(|made| made < since_ms);
            let is_last = page.pads.iter().any(is_older);
            let by_id = |pad: Pad| (pad.id.in_capitals(), pad);
            found.extend(page.pads.into_iter().map(by_id));
            if is_last {
                break;
            }
        }
        Ok(found)
    }

    async fn judge(&mut self, pad: &Pad) -> Result<Relation, ServiceError> {
        let markers = Marker::all_in(pad.notes.as_deref().unwrap_or_default());
        if markers
            .iter()
            .any(|marker| marker.opportunity == self.opportunity.id)
        {
            return Ok(Relation::Ours);
        }
        if !markers.is_empty() {
            return Ok(Relation::NotItsOwn);
        }
        match age(pad, self.opportunity, self.known.watched) {
            Age::Before => return Ok(Relation::NotItsOwn),
            Age::Unknown => return Ok(Relation::Doubtful(PadDoubt::Age)),
            Age::Within => {}
        }
        if !self.is_ours(pad).await? {
            return Ok(Relation::Doubtful(PadDoubt::Owner));
        }
        if self.may_be_for_another_job(pad).await? {
            return Ok(Relation::Doubtful(PadDoubt::WhichJob));
        }
        Ok(Relation::Its)
    }

    /// Returns true if a user of ours owns the pad. Anyone who has its link may be able to read it.
    async fn is_ours(&mut self, pad: &Pad) -> Result<bool, ServiceError> {
        let owner = pad
            .traits
            .owner_email
            .as_deref()
            .map(normal)
            .unwrap_or_default();
        let mut emails = self.opportunity.emails.iter();
        if emails.any(|email| normal(email) == owner) {
            return Ok(false);
        }
        if self.organization.is_none() {
            self.organization = Some(self.read_organization().await?);
        }
        let members = self.organization.as_deref().unwrap_or_default();
        if !members.is_empty() && !owner.is_empty() {
            return Ok(members.contains(&owner));
        }
        // Without an organization, or without an owner, the lists tell whose it is.
        let id = pad.id.in_capitals();
        Ok(self.own_listed().await?.contains_key(&id) || self.listed().await?.contains_key(&id))
    }

    async fn read_organization(&self) -> Result<Vec<String>, ServiceError> {
        match self.services.coderpad.organization().await {
            Ok(Some(organization)) => Ok(organization
                .users
                .iter()
                .map(|person| normal(&person.email))
                .collect()),
            Ok(None) => Ok(Vec::new()),
            Err(error) => {
                self.unless_service(&error).await?;
                Ok(Vec::new())
            }
        }
    }

    /// Returns true if the person had another application when the pad was created.
    async fn may_be_for_another_job(&mut self, pad: &Pad) -> Result<bool, ServiceError> {
        let until = match self.others_since {
            Some(until) => until,
            None => self.others_until().await?,
        };
        self.others_since = Some(until);
        Ok(pad.created_at_ms.is_none_or(|made| made <= until))
    }

    /// Until when the person had other applications, in ms since the epoch by Lever's clock.
    async fn others_until(&self) -> Result<i64, ServiceError> {
        let by_ledger = if self.known.has_siblings {
            i64::MAX
        } else {
            i64::MIN
        };
        let Some(contact) = self.opportunity.contact.clone() else {
            return Ok(by_ledger);
        };
        let query = OpportunityQuery {
            contact: Some(contact),
            ..OpportunityQuery::default()
        };
        let others = match self.services.lever.visible_opportunities(&query).await {
            Ok(others) => others,
            Err(error) if error.is_passing() || error == lever::Error::WrongKey => {
                return Err(of_lever(&error));
            }
            Err(_) => return Ok(by_ledger),
        };
        let until = others
            .rows
            .iter()
            .filter(|other| other.id != self.opportunity.id)
            .map(|other| match &other.archived {
                Some(archived) => archived.archived_at_ms.unwrap_or(i64::MAX),
                None => i64::MAX,
            });
        Ok(until.max().unwrap_or(i64::MIN))
    }
}

fn normal(address: &str) -> String {
    address.trim().to_lowercase()
}
