//! What can go wrong, and what does.

use super::parts::Form;
use crate::control::presets::PRESETS;
use crate::escape::escape;
use crate::switches::{LeverSwitches, Switches};
use crate::world::World;

pub(super) fn list(world: &World) -> String {
    let buttons: String = PRESETS
        .iter()
        .map(|preset| {
            let hidden = [("name", preset.name)];
            let form = Form {
                to: "faults",
                command: "preset",
                hidden: &hidden,
                back: "troubles",
            };
            format!("<li>{}</li>", form.button(preset.text))
        })
        .collect();
    let mend = Form {
        to: "faults",
        command: "mend",
        hidden: &[],
        back: "troubles",
    };
    format!(
        "<section id=\"troubles\"><h2>What goes wrong</h2>{}{}\
         <details id=\"presets\"><summary>Make something go wrong</summary><ul class=\"presets\">{buttons}</ul></details>\
         </section>",
        now(world),
        mend.button("Everything works again"),
    )
}

fn now(world: &World) -> String {
    let faults: String = world
        .faults
        .rules()
        .iter()
        .map(|standing| {
            let number = standing.number.to_string();
            let hidden = [("number", number.as_str())];
            let form = Form {
                to: "faults",
                command: "remove",
                hidden: &hidden,
                back: "troubles",
            };
            let label = escape(&standing.rule.label());
            let struck = standing.struck;
            format!(
                "<li>{label} <span class=\"note\">struck {struck} times</span>{}</li>",
                form.button("Remove")
            )
        })
        .collect();
    let others: String = lasting(world)
        .iter()
        .map(|text| format!("<li>{}</li>", escape(text)))
        .collect();
    if faults.is_empty() && others.is_empty() {
        return "<p>Everything works.</p>".to_owned();
    }
    format!("<ul>{faults}{others}</ul>")
}

/// What is out of order besides the faults.
fn lasting(world: &World) -> Vec<&'static str> {
    let switches = world.switches();
    let usual = LeverSwitches {
        rate_limit: switches.lever.rate_limit,
        ..LeverSwitches::default()
    };
    let switched = *switches
        != Switches {
            lever: usual,
            ..Switches::default()
        };
    let quota = &world.coderpad.quota;
    let facts = [
        (switches.lever.offline, "Lever can't be reached"),
        (switches.coderpad.offline, "CoderPad can't be reached"),
        (
            world.lever.keys.values().any(|key| key.revoked),
            "The Lever key was deleted",
        ),
        (
            world.lever.keys.values().any(|key| !key.missing.is_empty()),
            "The Lever key lacks permissions",
        ),
        (
            world.coderpad.keys.values().any(|access| access.revoked),
            "The CoderPad key was replaced",
        ),
        (!quota.allows_one_more(), "The month's pads are used up"),
        (
            switched,
            "The services behave otherwise than usual (see the switches)",
        ),
    ];
    facts
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, text)| text)
        .collect()
}
