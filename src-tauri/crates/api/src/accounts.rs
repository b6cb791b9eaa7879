//! The two keys: in the keyring, in use, or neither. They go in and never come out.

use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_engine::listing::{CoderpadAccount, LeverAccount};
use padwatch_engine::{Answer, Handle, Keys};
use serde::Serialize;
use transport::SecretString;
use ts_rs::TS;

use crate::connection::{Connection, LeverPlace};
use crate::desktop::Desktop;
use crate::dto;
use crate::dto::convert::convert;
use crate::keys::{SecretName, clean, differs_from_other};
use crate::order::in_turn;

/// Which keys are set, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Accounts {
    /// Lever's key.
    pub lever: KeyState,
    /// CoderPad's key.
    pub coderpad: KeyState,
    /// Why the keyring can't be read, if it can't.
    pub keyring: Option<dto::problem::Problem>,
    /// Whether Lever and CoderPad are the sandbox's.
    pub sandbox: bool,
}

/// All that is ever told of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct KeyState {
    /// Whether there is one.
    pub set: bool,
    /// When it was stored, in ms since the epoch; `None`: not by Padwatch, or not known.
    #[ts(type = "number | null")]
    pub set_on: Option<i64>,
}

/// Reads both keys from the keyring.
///
/// # Errors
/// Why the keyring can't be read.
pub async fn load_keys(desktop: &dyn Desktop) -> Result<Keys, Problem> {
    Ok(Keys {
        lever: desktop.load(SecretName::LeverKey).await?,
        coderpad: desktop.load(SecretName::CoderpadKey).await?,
    })
}

pub(crate) async fn accounts(desktop: &dyn Desktop) -> Accounts {
    let states = async {
        let lever = key_state(desktop, SecretName::LeverKey).await?;
        Ok((lever, key_state(desktop, SecretName::CoderpadKey).await?))
    };
    let (states, keyring) = match states.await {
        Ok(states) => (states, None),
        Err(problem) => (Default::default(), Some(problem)),
    };
    let (lever, coderpad) = states;
    Accounts {
        lever,
        coderpad,
        keyring: convert(keyring),
        sandbox: desktop.about().sandbox,
    }
}

async fn key_state(desktop: &dyn Desktop, name: SecretName) -> Answer<KeyState> {
    match desktop.load(name).await? {
        Some(_) => Ok(KeyState {
            set: true,
            set_on: desktop.stored_at(name).await?,
        }),
        None => Ok(KeyState::default()),
    }
}

/// Tries a Lever key. If it works, it is stored and used. A key of one region is unknown in the other
/// (contracts/lever.md, 1.1), so the other one is tried before the key is blamed; the region that
/// knows the key is used from then on.
pub(crate) async fn set_lever_key(
    engine: &Handle,
    desktop: &dyn Desktop,
    pasted: &SecretString,
) -> Answer<LeverAccount> {
    let key = checked(desktop, SecretName::LeverKey, pasted).await?;
    match engine.test_lever(Some(key.clone())).await {
        Ok(account) => {
            put_to_use(engine, desktop, SecretName::LeverKey, key).await?;
            Ok(account)
        }
        Err(unknown) if unknown.code() == ProblemCode::LeverKeyWrong => {
            let Some((place, root)) = desktop.other_lever() else {
                return Err(unknown);
            };
            // Whatever is wrong there, the region in use is the one that was asked for.
            let elsewhere = engine.test_lever_at(key.clone(), root).await;
            let account = elsewhere.map_err(|_| unknown)?;
            put_to_use_elsewhere(engine, desktop, place, key).await?;
            Ok(account)
        }
        Err(problem) => Err(problem),
    }
}

/// Tries a CoderPad key. If it works, it is stored and used.
pub(crate) async fn set_coderpad_key(
    engine: &Handle,
    desktop: &dyn Desktop,
    pasted: &SecretString,
) -> Answer<CoderpadAccount> {
    let key = checked(desktop, SecretName::CoderpadKey, pasted).await?;
    let account = engine.test_coderpad(Some(key.clone())).await?;
    put_to_use(engine, desktop, SecretName::CoderpadKey, key).await?;
    Ok(account)
}

/// Gives the engine the keys that the keyring holds, unless it has them already: another program
/// may have stored, replaced or deleted one. Returns the keys.
///
/// # Errors
/// Why the keyring can't be read, why the keys can't be used in this profile, or that the engine is
/// closing.
pub async fn hand_over_keys(engine: &Handle, desktop: &dyn Desktop) -> Answer<Keys> {
    let _turn = in_turn().await;
    let keys = load_keys(desktop).await?;
    if !engine.has(&keys) {
        use_keys(engine, desktop, keys.clone()).await?;
    }
    Ok(keys)
}

pub(crate) async fn delete_key(
    engine: &Handle,
    desktop: &dyn Desktop,
    name: SecretName,
) -> Answer<()> {
    let _turn = in_turn().await;
    desktop.delete(name).await?;
    use_keys(engine, desktop, load_keys(desktop).await?).await
}

/// Keys that another Padwatch works with stay out of this one.
async fn use_keys(engine: &Handle, desktop: &dyn Desktop, keys: Keys) -> Answer<()> {
    if let Err(problem) = desktop.claim(keys.lever.as_ref()).await {
        if !engine.has(&Keys::default()) {
            engine.use_keys(Keys::default()).await?;
        }
        return Err(problem);
    }
    engine.use_keys(keys).await
}

async fn put_to_use(
    engine: &Handle,
    desktop: &dyn Desktop,
    name: SecretName,
    key: SecretString,
) -> Answer<()> {
    let _turn = in_turn().await;
    desktop.store(name, key).await?;
    use_keys(engine, desktop, load_keys(desktop).await?).await
}

/// Moves to another region of Lever with a key that belongs there. Moves back if it can't be stored.
async fn put_to_use_elsewhere(
    engine: &Handle,
    desktop: &dyn Desktop,
    place: LeverPlace,
    key: SecretString,
) -> Answer<()> {
    let _turn = in_turn().await;
    let before = desktop.connection().chosen;
    let chosen = Connection {
        lever: place,
        ..before.clone()
    };
    move_to(engine, desktop, chosen).await?;
    let stored = desktop.store(SecretName::LeverKey, key).await;
    if stored.is_err() {
        move_to(engine, desktop, before).await?;
    }
    use_stored_keys(engine, desktop).await?;
    stored
}

/// Keeps a connection, and lets the engine work with the roots that are in use now: without keys, if
/// they are others. Called in turn.
pub(crate) async fn move_to(
    engine: &Handle,
    desktop: &dyn Desktop,
    chosen: Connection,
) -> Answer<()> {
    desktop.set_connection(chosen).await?;
    let (lever, coderpad) = desktop.roots();
    engine.use_roots(lever, coderpad).await
}

/// Gives the engine the keys that may be used now. Called in turn.
pub(crate) async fn use_stored_keys(engine: &Handle, desktop: &dyn Desktop) -> Answer<()> {
    use_keys(engine, desktop, load_keys(desktop).await?).await
}

/// A pasted key, cleaned, and not the other service's.
async fn checked(
    desktop: &dyn Desktop,
    name: SecretName,
    pasted: &SecretString,
) -> Answer<SecretString> {
    let key = clean(pasted, name)?;
    let other = match name {
        SecretName::LeverKey => SecretName::CoderpadKey,
        SecretName::CoderpadKey | SecretName::LeverSigningTokens => SecretName::LeverKey,
    };
    // A keyring that can't be read now is reported when the key is stored.
    let other = desktop.load(other).await.ok().flatten();
    differs_from_other(&key, other.as_ref(), name)?;
    Ok(key)
}
