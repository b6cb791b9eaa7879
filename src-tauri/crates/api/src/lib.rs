//! What the window may ask, and how it is answered, without a desktop.
//!
//! The page sends a [`Call`] (the table of them is in `call.rs`); [`answer`] makes one engine call,
//! or asks the [`Desktop`] for the keyring, the clipboard, the browser. The shell implements
//! [`Desktop`]; tests have their own. A key goes in here and never comes out again.
//!
//! What crosses to the page is in [`dto`]. The engine's codes and facts become words in `presenter`,
//! the [`tray`]'s menu and [`notifications`]; the shell only shows them.

mod accounts;
mod answer;
mod call;
pub mod catalogue;
mod connection;
mod demo;
mod desktop;
mod diagnostics;
pub mod dto;
mod export;
mod forgetting;
mod guide;
mod interview;
mod invitation;
mod key_origin;
mod key_page;
mod keys;
mod limits;
mod links;
mod locale;
mod message;
pub mod notifications;
mod order;
mod presenter;
mod rehearsal;
mod signing_tokens;
#[cfg(test)]
mod states_tests;
pub mod tray;
mod tunnels;
mod updates;
mod vocabulary;
mod webhooks;

pub use accounts::{Accounts, KeyState, hand_over_keys, load_keys};
pub use answer::{copy_latest, copy_shown_link};
pub use call::{Answers, Call, answer};
pub use connection::{CoderpadPlace, Connection, ConnectionState, LeverPlace, ProxyChoice};
pub use demo::follow_demo;
pub use desktop::{About, Desktop, Wanted};
pub use dto::demo::DemoStep;
pub use dto::page::Page;
pub use dto::snapshot::Seen;
pub use guide::{GuideBlock, GuideText};
pub use interview::InterviewNow;
pub use invitation::{InvitationPreview, WhichTemplate};
pub use key_origin::{Destination, Destinations};
pub use keys::SecretName;
pub use links::Places;
pub use locale::Locale;
pub use presenter::notes::note_words;
pub use presenter::times::Times;
pub use signing_tokens::{hand_over_signing_tokens, load_signing_tokens};
pub use tunnels::Tunnel;
pub use updates::{Updates, follow_updates, update_address};
pub use webhooks::Webhooks;
