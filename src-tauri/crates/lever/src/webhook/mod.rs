//! Lever's webhooks (contracts/lever.md, 5): the events that it sends, and how they are registered.
//! Pure: bytes in, event out.
//!
//! The signature covers the event's `token` and `triggeredAt` and nothing else. So an event is a
//! hint to look at an opportunity, never a fact about it, and its receiver has two more duties:
//!
//! - hold [`Event::triggered_at_ms`] against the clock. Token and time are signed as one run of
//!   characters, so without that a digit could move from one to the other and make a "new" token;
//! - remember each [`Event::token`] and refuse it the second time. [`Event::id`] won't do for this:
//!   it isn't signed.

mod event;
mod registration;
mod signature;

pub use event::{Event, EventKind, NotAnEvent, Signed, parse};
pub use registration::{CreatedWebhook, NewWebhook, Webhook};
pub use signature::{NotVerified, sign, verify};

#[cfg(test)]
mod tests;
