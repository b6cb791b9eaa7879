//! Tunnels that this computer may have, and how each is started.

use serde::Serialize;
use ts_rs::TS;

use crate::desktop::Desktop;

/// A program that makes a port of this computer reachable from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Tunnel {
    /// What its makers call it.
    pub name: String,
    /// What to type in a terminal.
    pub command: String,
}

/// Program, name, and what stands before the address that it is to lead to. 127.0.0.1 rather than
/// localhost: that may be ::1, where no one listens.
const KNOWN: [(&str, &str, &str); 3] = [
    (
        "cloudflared",
        "Cloudflare Tunnel",
        "cloudflared tunnel --url",
    ),
    ("tailscale", "Tailscale Funnel", "tailscale funnel --bg"),
    ("ngrok", "ngrok", "ngrok http"),
];

/// The tunnels that are installed, leading to a port.
pub(crate) fn installed(desktop: &dyn Desktop, port: u16) -> Vec<Tunnel> {
    KNOWN
        .into_iter()
        .filter(|(program, _, _)| desktop.has_program(program))
        .map(|(_, name, command)| Tunnel {
            name: name.to_owned(),
            command: format!("{command} http://127.0.0.1:{port}"),
        })
        .collect()
}
