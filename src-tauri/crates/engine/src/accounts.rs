//! Asking both services about the accounts behind the keys.

use coderpad::PadId;
use lever::permissions::{self, Access};
use lever::{OpportunityQuery, Permission, StageId};

use crate::context::services::{Services, keys_missing};
use crate::listing::{
    CoderpadAccount, CoderpadPerson, CoderpadTeam, LeverAccount, LeverUser, PermissionFound,
    StageFound, TagSpelling,
};
use crate::mailbox::Answer;
use padwatch_domain::links::pads_on_profile;
use padwatch_domain::marker::Marker;
use padwatch_domain::rules::same_tag;
use padwatch_domain::service_error::{of_coderpad, of_lever};
use padwatch_domain::settings::{WatchSettings, WatchedStages};
use padwatch_domain::stages::resolve;

/// What a question about the accounts is answered from.
pub(crate) struct Account {
    pub(crate) services: Option<Services>,
    pub(crate) settings: WatchSettings,
    /// The watched stages, once they are known.
    pub(crate) watched: Option<Vec<StageId>>,
}

impl Account {
    /// The services, if both keys are there.
    pub(crate) fn services(&self) -> Answer<&Services> {
        self.services.as_ref().ok_or_else(keys_missing)
    }
}

/// What a Lever key can do.
pub(crate) async fn test_lever(
    client: Option<lever::Client>,
    settings: &WatchSettings,
) -> Answer<LeverAccount> {
    let client = client.ok_or_else(keys_missing)?;
    let report = permissions::probe(&client)
        .await
        .map_err(|error| of_lever(&error).problem)?;
    // Once the list of candidates has answered, any other list says something about itself only.
    let stages = client.stages().await.map(|stages| stages.rows);
    let stages = stages.unwrap_or_default();
    let found = report
        .permissions
        .iter()
        .map(|(permission, access)| PermissionFound {
            name: permission.check_box().to_owned(),
            allowed: match access {
                Access::Allowed => Some(true),
                Access::Denied => Some(false),
                Access::Unknown => None,
            },
            needed: is_needed(*permission),
        });
    Ok(LeverAccount {
        host: client.root().host(),
        permissions: found.collect(),
        confidential: report.confidential == Access::Allowed,
        stages: marked(stages, &settings.stages),
    })
}

/// Whom a CoderPad key belongs to, and what is left.
pub(crate) async fn test_coderpad(client: Option<coderpad::Client>) -> Answer<CoderpadAccount> {
    let client = client.ok_or_else(keys_missing)?;
    let quota = client
        .quota()
        .await
        .map_err(|error| of_coderpad(&error).problem)?;
    // Both are for show alone: a key that can read the quota is good.
    let organization = client.organization().await.unwrap_or_default();
    let account = client.account().await.unwrap_or_default();
    let mut found = CoderpadAccount {
        host: client.root().host(),
        owner: account.and_then(|account| account.name),
        owner_email: None,
        organization: None,
        default_language: None,
        pads_left: quota.left(),
        pads_used: quota.used,
        teams: Vec::new(),
        people: Vec::new(),
    };
    if let Some(organization) = organization {
        found.organization = Some(organization.name).filter(|name| !name.is_empty());
        found.default_language = organization.default_language;
        let teams = organization.teams.into_iter();
        found.teams = teams
            .map(|team| CoderpadTeam {
                id: team.id,
                name: team.name.unwrap_or_default(),
            })
            .collect();
        let people = organization.users.into_iter();
        found.people = people
            .map(|person| CoderpadPerson {
                email: person.email,
                name: person.name.unwrap_or_default(),
            })
            .collect();
        found.owner_email = found
            .owner
            .as_deref()
            .and_then(|name| only(&found.people, name));
    }
    Ok(found)
}

/// The address of the only person with this name.
fn only(people: &[CoderpadPerson], name: &str) -> Option<String> {
    let mut named = people
        .iter()
        .filter(|person| person.name.trim() == name.trim());
    let found = named.next()?;
    named.next().is_none().then(|| found.email.clone())
}

/// The active users.
pub(crate) async fn users(services: Option<Services>) -> Answer<Vec<LeverUser>> {
    let services = services.ok_or_else(keys_missing)?;
    let users = services
        .lever
        .users(None)
        .await
        .map_err(|error| of_lever(&error).problem)?;
    let users = users.rows.into_iter().map(|user| LeverUser {
        id: user.id,
        name: user.name,
        email: user.email.unwrap_or_default(),
        role: user.access_role.unwrap_or_default(),
    });
    Ok(users.collect())
}

/// The stages, and which are watched.
pub(crate) async fn stages(
    services: Option<Services>,
    settings: &WatchSettings,
) -> Answer<Vec<StageFound>> {
    let services = services.ok_or_else(keys_missing)?;
    let stages = services
        .lever
        .stages()
        .await
        .map_err(|error| of_lever(&error).problem)?
        .rows;
    Ok(marked(stages, &settings.stages))
}

/// The spellings of the tag.
pub(crate) async fn spellings(
    services: Option<Services>,
    settings: &WatchSettings,
) -> Answer<Vec<TagSpelling>> {
    let services = services.ok_or_else(keys_missing)?;
    let tags = services
        .lever
        .tags()
        .await
        .map_err(|error| of_lever(&error).problem)?;
    let same = tags
        .rows
        .into_iter()
        .filter(|tag| same_tag(&tag.text, &settings.tag));
    Ok(same
        .map(|tag| TagSpelling {
            text: tag.text,
            count: u32::try_from(tag.count).unwrap_or(u32::MAX),
        })
        .collect())
}

/// On how many profiles of tagged candidates there is a pad link that isn't Padwatch's. Where
/// CoderPad's own integration is at work, it puts them there. Confidential candidates aren't needed to
/// notice that.
pub(crate) async fn profiles_with_pads(account: &Account) -> Answer<u32> {
    let services = account.services()?;
    let spellings = spellings(account.services.clone(), &account.settings).await?;
    if spellings.is_empty() {
        return Ok(0);
    }
    let query = OpportunityQuery {
        archived: Some(false),
        tags: spellings.into_iter().map(|tag| tag.text).collect(),
        ..OpportunityQuery::default()
    };
    let found = services.lever.opportunities(&query).await;
    let tagged = found.map_err(|error| of_lever(&error).problem)?.rows;
    let pads: Vec<_> = tagged
        .iter()
        .filter_map(|one| {
            pads_on_profile(&one.links, &services.coderpad_root)
                .into_iter()
                .next()
        })
        .collect();
    for pad in pads.iter().take(PADS_READ) {
        if is_of_padwatch(services, &pad.id).await {
            // A Padwatch that was here before put them there: that says nothing about others.
            return Ok(0);
        }
    }
    Ok(u32::try_from(pads.len()).unwrap_or(u32::MAX))
}

/// How many pads are looked at to tell whose they are.
const PADS_READ: usize = 3;

/// A pad that can't be read is another's.
async fn is_of_padwatch(services: &Services, id: &PadId) -> bool {
    let pad = services.coderpad.pad(id).await.ok();
    let notes = pad.and_then(|pad| pad.notes);
    notes.is_some_and(|notes| !Marker::all_in(&notes).is_empty())
}

/// Without these no candidate is found, or no link comes to the profile. The others make things
/// nicer: titles, spellings, interviews, notes.
fn is_needed(permission: Permission) -> bool {
    matches!(
        permission,
        Permission::FindAllOpportunities
            | Permission::FindAnOpportunity
            | Permission::FindAllStages
            | Permission::AddOpportunityLinks
    )
}

fn marked(stages: Vec<lever::Stage>, choice: &WatchedStages) -> Vec<StageFound> {
    let watched = resolve(choice, &stages)
        .map(|found| found.stages)
        .unwrap_or_default();
    stages
        .into_iter()
        .map(|stage| StageFound {
            watched: watched.contains(&stage.id),
            id: stage.id,
            name: stage.text,
        })
        .collect()
}
