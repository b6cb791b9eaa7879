//! What goes wrong: `GET` and `POST …/api/faults`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::fields::{Done, OneOrMany, number};
use super::presets::{self, PRESETS};
use crate::faults::Rule;
use crate::incoming::Service;
use crate::world::World;

/// One thing to break or to repair. As JSON an object with `do` and the fields:
/// `{"do":"set","rule":{"match":{"service":"coderpad"},"effect":{"kind":"dropAfter"},"times":1}}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "the names of the fields say what they are")]
pub enum TroubleCommand {
    /// Sets a fault. Gives `number`.
    Set { rule: Box<Rule> },
    /// Takes a fault away.
    Remove {
        #[serde(deserialize_with = "number")]
        number: u64,
    },
    /// Takes all faults away.
    Clear,
    /// Makes one of the troubles that have names happen.
    Preset {
        /// Its name, from `GET …/api/faults`.
        name: String,
    },
    /// Everything works again: no faults, and switches, keys and quota as they should be.
    Mend,
    /// Changes switches.
    Switch {
        /// The fields of [`crate::Switches`] that change.
        change: Value,
    },
    /// Changes what the keys of a service may do.
    ChangeKeys {
        /// Whose keys.
        service: Service,
        /// They count no more, or do again.
        revoked: Option<bool>,
        /// They may see confidential records (Lever).
        confidential: Option<bool>,
        /// Permissions that they lack, by the names of their check boxes (Lever).
        missing: Option<OneOrMany>,
    },
    /// Changes the month's allowance of pads.
    ChangeQuota {
        /// Made so far.
        used: Option<u32>,
        /// The most there may be.
        limit: Option<u32>,
        /// There is no limit.
        unlimited: Option<bool>,
        /// More can be made, for money.
        overages: Option<bool>,
    },
}

impl TroubleCommand {
    pub(super) fn obey(self, world: &mut World) -> Done {
        match self {
            Self::Set { rule } => return Ok(json!({ "number": world.faults.set(*rule) })),
            Self::Remove { number } => world.faults.remove(number),
            Self::Clear => world.faults.clear(),
            Self::Preset { name } => {
                let preset = PRESETS.iter().find(|preset| preset.name == name);
                let preset = preset.ok_or_else(|| format!("there is no trouble called {name}"))?;
                preset.happen(world);
            }
            Self::Mend => presets::mend(world),
            Self::Switch { change } => {
                let changed = world.switches().changed_by(&change);
                world.set_switches(changed.map_err(|error| error.to_string())?);
            }
            Self::ChangeKeys {
                service,
                revoked,
                confidential,
                missing,
            } => {
                change_keys(world, service, revoked, confidential, missing);
            }
            Self::ChangeQuota {
                used,
                limit,
                unlimited,
                overages,
            } => {
                let quota = &mut world.coderpad.quota;
                quota.used = used.unwrap_or(quota.used);
                quota.limit = limit.unwrap_or(quota.limit);
                quota.unlimited = unlimited.unwrap_or(quota.unlimited);
                quota.overages = overages.unwrap_or(quota.overages);
            }
        }
        Ok(json!({}))
    }
}

fn change_keys(
    world: &mut World,
    service: Service,
    revoked: Option<bool>,
    confidential: Option<bool>,
    missing: Option<OneOrMany>,
) {
    if service == Service::CoderPad {
        for access in world.coderpad.keys.values_mut() {
            access.revoked = revoked.unwrap_or(access.revoked);
        }
        return;
    }
    let missing = missing.map(OneOrMany::into_vec);
    for key in world.lever.keys.values_mut() {
        key.revoked = revoked.unwrap_or(key.revoked);
        key.confidential = confidential.unwrap_or(key.confidential);
        if let Some(missing) = &missing {
            key.missing = missing.iter().cloned().collect();
        }
    }
}

/// Faults, the troubles that have names, switches and quota, for scripts.
pub(super) fn shown(world: &World) -> Value {
    let presets: Vec<Value> = PRESETS
        .iter()
        .map(|preset| json!({ "name": preset.name, "text": preset.text }))
        .collect();
    let quota = &world.coderpad.quota;
    json!({
        "faults": world.faults.rules(), "presets": presets, "switches": world.switches(),
        "quota": { "used": quota.used, "limit": quota.limit, "unlimited": quota.unlimited,
                   "overages": quota.overages },
    })
}
