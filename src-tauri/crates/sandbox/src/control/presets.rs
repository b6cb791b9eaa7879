//! Troubles with plain names, for people who try things.

use crate::faults::{Effect, Matching, OtherStatus, Rule};
use crate::incoming::Service;
use crate::switches::{LeverSwitches, ListOrder, Switches};
use crate::world::World;

/// A trouble that has a name.
pub(super) struct Preset {
    /// For scripts.
    pub(super) name: &'static str,
    /// For people.
    pub(super) text: &'static str,
    what: What,
}

enum What {
    /// A fault that strikes so many requests, or all that follow.
    Fault(fn() -> Matching, fn() -> Effect, Option<u32>),
    /// A lasting property.
    Switch(fn(&mut Switches)),
    /// Anything else.
    Change(fn(&mut World)),
}

use What::{Change, Fault, Switch};

const ONCE: Option<u32> = Some(1);
const ALWAYS: Option<u32> = None;

pub(super) const PRESETS: &[Preset] = &[
    Preset {
        name: "createDropped",
        text: "The next pad is made, but the answer never arrives",
        what: Fault(Matching::creating_a_pad, || Effect::DropAfter, ONCE),
    },
    Preset {
        name: "createRefused",
        text: "The next request for a pad is lost before anything is done",
        what: Fault(Matching::creating_a_pad, || Effect::DropBefore, ONCE),
    },
    Preset {
        name: "createLate",
        text: "The next pad is made a minute after the connection broke",
        what: Fault(
            Matching::creating_a_pad,
            || Effect::Late { after_ms: 60_000 },
            ONCE,
        ),
    },
    Preset {
        name: "createMaintenance",
        text: "The next pad is made, but a maintenance page comes back",
        what: Fault(Matching::creating_a_pad, || page(503, true), ONCE),
    },
    Preset {
        name: "linkDropped",
        text: "The next link is added in Lever, but the answer never arrives",
        what: Fault(adding_a_link, || Effect::DropAfter, ONCE),
    },
    Preset {
        name: "noteDropped",
        text: "The next note is added in Lever, but the answer never arrives",
        what: Fault(adding_a_note, || Effect::DropAfter, ONCE),
    },
    Preset {
        name: "leverErrors",
        text: "Lever answers every request with an error",
        what: Fault(lever, || page(500, false), ALWAYS),
    },
    Preset {
        name: "leverSlow",
        text: "Lever takes five seconds for every answer",
        what: Fault(lever, || Effect::Delay { ms: 5_000 }, ALWAYS),
    },
    Preset {
        name: "leverTooFast",
        text: "Lever says five times that we ask too often",
        what: Fault(lever, too_fast, Some(5)),
    },
    Preset {
        name: "proxy",
        text: "A company's web filter answers instead of Lever",
        what: Fault(lever, || Effect::ProxyPage, ALWAYS),
    },
    Preset {
        name: "leverOffline",
        text: "Lever can't be reached",
        what: Switch(|switches| switches.lever.offline = true),
    },
    Preset {
        name: "coderpadOffline",
        text: "CoderPad can't be reached",
        what: Switch(|switches| switches.coderpad.offline = true),
    },
    Preset {
        name: "coderpadMaintenance",
        text: "CoderPad is down for maintenance",
        what: Switch(|switches| switches.coderpad.maintenance = true),
    },
    Preset {
        name: "listsLag",
        text: "CoderPad's lists trail by a minute",
        what: Switch(|switches| {
            switches.coderpad.lists.value_lag_ms = 60_000;
            switches.coderpad.lists.membership_lag_ms = 60_000;
        }),
    },
    Preset {
        name: "listsLie",
        text: "CoderPad's lists are in the wrong order",
        what: Switch(|switches| switches.coderpad.lists.order = ListOrder::Mixed),
    },
    Preset {
        name: "performAs",
        text: "Lever wants to know in whose name we act",
        what: Switch(|switches| switches.lever.require_perform_as = true),
    },
    Preset {
        name: "leverKeyRevoked",
        text: "The Lever key was deleted",
        what: Change(revoke_lever),
    },
    Preset {
        name: "coderpadKeyRevoked",
        text: "The CoderPad key was replaced",
        what: Change(revoke_coderpad),
    },
    Preset {
        name: "linksForbidden",
        text: "The Lever key may not add links",
        what: Change(|world| {
            for key in world.lever.keys.values_mut() {
                key.missing.insert("Add opportunity links".to_owned());
            }
        }),
    },
    Preset {
        name: "quotaUsedUp",
        text: "The month's pads are used up",
        what: Change(|world| world.coderpad.quota.used = world.coderpad.quota.limit),
    },
];

impl Preset {
    pub(super) fn happen(&self, world: &mut World) {
        match self.what {
            Fault(matching, effect, times) => {
                let (name, matching, effect) = (self.text.to_owned(), matching(), effect());
                world.faults.set(Rule {
                    name,
                    matching,
                    effect,
                    times,
                });
            }
            Switch(change) => world.switch(change),
            Change(change) => change(world),
        }
    }
}

/// Everything works again. What was done stays done, and the limit of requests as it is.
pub(super) fn mend(world: &mut World) {
    world.faults.clear();
    let rate_limit = world.switches().lever.rate_limit;
    let lever = LeverSwitches {
        rate_limit,
        ..LeverSwitches::default()
    };
    world.set_switches(Switches {
        lever,
        ..Switches::default()
    });
    for key in world.lever.keys.values_mut() {
        key.revoked = false;
        key.missing.clear();
    }
    for access in world.coderpad.keys.values_mut() {
        access.revoked = false;
    }
    let made = world.pads().len();
    world.coderpad.quota.used = u32::try_from(made).unwrap_or(u32::MAX);
}

fn revoke_lever(world: &mut World) {
    for key in world.lever.keys.values_mut() {
        key.revoked = true;
    }
}

fn revoke_coderpad(world: &mut World) {
    for access in world.coderpad.keys.values_mut() {
        access.revoked = true;
    }
}

fn lever() -> Matching {
    Matching::all_of(Service::Lever)
}

fn adding_a_link() -> Matching {
    Matching::of(Service::Lever, "POST", "/v1/opportunities/*/addLinks")
}

fn adding_a_note() -> Matching {
    Matching::of(Service::Lever, "POST", "/v1/opportunities/*/notes")
}

fn page(status: u16, done: bool) -> Effect {
    Effect::Status(OtherStatus {
        done,
        ..OtherStatus::page(status)
    })
}

fn too_fast() -> Effect {
    Effect::Status(OtherStatus::of(429))
}
