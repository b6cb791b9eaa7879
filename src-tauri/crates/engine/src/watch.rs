//! Looking at Lever: the account now and then, the candidates every time.

use lever::{Confidentiality, Listed, Opportunity, OpportunityQuery, Skipped, Stage};

use crate::making::Services;
use crate::problem::Problem;
use crate::rules::same_tag;
use crate::settings::WatchSettings;
use crate::stages::{self, Resolved};
use crate::trouble::{Trouble, of_lever};
use crate::waypoint::Waypoint;

/// What we know of the Lever account; read again from time to time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    /// The stages, in the account's order.
    pub stages: Vec<Stage>,
    /// Every spelling of the watched tag, the settings' own first.
    pub spellings: Vec<String>,
    /// Whether the key sees confidential candidates; `None`: not tried yet.
    pub sees_confidential: Option<bool>,
}

/// What a look brought.
#[derive(Debug)]
pub(crate) struct Look {
    /// The account as known now.
    pub account: Account,
    /// Which stages are watched.
    pub watched: Resolved,
    /// Everybody who is tagged, in a watched stage and active.
    pub opportunities: Vec<Opportunity>,
    /// Those of Lever's list who could not be read: nobody knows more of them than that they are
    /// there.
    pub skipped: Skipped,
}

/// Why a look brought nothing.
#[derive(Debug)]
pub(crate) enum NoLook {
    /// Lever can't be asked, or says no.
    Trouble(Trouble),
    /// There is nothing to watch. The account is known all the same.
    NothingToWatch(Account, Problem),
}

/// Looks at everybody. One request, when the account is `known` and one page holds all.
///
/// # Errors
/// [`NoLook`] says why there is nothing.
pub(crate) async fn look(
    services: &Services,
    settings: &WatchSettings,
    known: Option<Account>,
) -> Result<Look, NoLook> {
    let mut account = match known {
        Some(account) => account,
        None => read_account(services, settings).await?,
    };
    let watched = match stages::resolve(&settings.stages, &account.stages) {
        Ok(watched) => watched,
        Err(problem) => return Err(NoLook::NothingToWatch(account, problem)),
    };
    let Listed { rows, skipped } = services
        .between(
            Waypoint::PollAsk,
            everybody(services, &mut account, &watched),
        )
        .await
        .map_err(|error| NoLook::Trouble(of_lever(&error)))?;
    Ok(Look {
        account,
        watched,
        opportunities: rows,
        skipped,
    })
}

async fn read_account(services: &Services, settings: &WatchSettings) -> Result<Account, NoLook> {
    let failed = |error: lever::Error| NoLook::Trouble(of_lever(&error));
    let stages = services.lever.stages().await.map_err(failed)?.rows;
    let mut spellings = vec![settings.tag.trim().to_owned()];
    match services.lever.tags().await {
        Ok(tags) => spellings.extend(
            tags.rows
                .into_iter()
                .map(|tag| tag.text)
                .filter(|text| same_tag(text, &settings.tag) && *text != settings.tag.trim()),
        ),
        // A key that may not list tags still finds the usual spelling.
        Err(lever::Error::NotAllowed { .. }) => {}
        Err(error) => return Err(failed(error)),
    }
    Ok(Account {
        stages,
        spellings,
        sees_confidential: None,
    })
}

/// Asks with confidential candidates first: without asking for them they are silently left out
/// (contracts/lever.md, 1.4), and a key that may not see them is refused.
async fn everybody(
    services: &Services,
    account: &mut Account,
    watched: &Resolved,
) -> Result<Listed<Opportunity>, lever::Error> {
    let mut query = OpportunityQuery {
        archived: Some(false),
        tags: account.spellings.clone(),
        stages: watched.stages.clone(),
        confidentiality: Confidentiality::All,
        ..OpportunityQuery::default()
    };
    if account.sees_confidential != Some(false) {
        match services.lever.opportunities(&query).await {
            // Whatever no it is: if the plain list works, it is about confidential data.
            Err(error) if error.is_refusal() => {}
            outcome => {
                account.sees_confidential = outcome
                    .is_ok()
                    .then_some(true)
                    .or(account.sees_confidential);
                return outcome;
            }
        }
    }
    query.confidentiality = Confidentiality::NonConfidential;
    let outcome = services.lever.opportunities(&query).await;
    account.sees_confidential = outcome
        .is_ok()
        .then_some(false)
        .or(account.sees_confidential);
    outcome
}
