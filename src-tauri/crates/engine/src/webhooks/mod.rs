//! Lever's webhooks: events at once, beside a poll every half minute. Optional, off by default.
//!
//! ```text
//! receiver ──► inbox ──► the owner: token and hint in one transaction ──► acknowledged
//!                            │
//!                            └──► look-up through the API, at a limited rate ──► rules ──► …
//! ```
//!
//! What an event says is not believed: it only hints at an opportunity. So a hint that is lost,
//! forged or late changes nothing but the moment at which we look.
//!
//! The receiver waits for the owner's answer, rather than writing to the ledger beside it: one
//! owner, one writer. It costs a message, and the time of what the owner is doing.
//!
//! The secret in the receiver's path stands in the ledger, not in the keyring: it is part of an
//! address that is shown, pasted into Lever and known to the tunnel, and those who learn it
//! still can't sign an event. The tokens that events are signed with are the credentials, and never
//! leave the keyring but for memory.

mod choices;
mod delivery_health;
mod events;
mod kept;
mod reception;
mod registering;
mod registration;
mod state;
mod symptoms;
#[cfg(test)]
mod tests;
mod wires;

pub use registering::Registered;
pub use registration::MadeWebhook;

pub(crate) use delivery_health::DeliveryHealth;
pub(crate) use kept::Kept;
pub(crate) use reception::StatusContext;
pub(crate) use registering::{left_without_a_key, register, unregister};
pub(crate) use registration::Registration;
pub(crate) use state::Webhooks;
pub(crate) use wires::{Channels, Place};

/// What a person chooses about webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WebhookChoice {
    /// True if they are received.
    pub on: bool,
    /// The tunnel's address as typed; blank: none yet.
    pub public_address: String,
    /// The port on 127.0.0.1; `None`: the one that is kept, or any.
    pub port: Option<u16>,
}
