//! What Padwatch decides, as pure functions and plain data: no runtime, no store, no request.
//!
//! Time comes in as ms since the epoch, chance as [`transport::Rng`]. What a service said comes
//! in as its model or its error; what has to be done goes out as [`change::Change`]s and values.

pub mod announcement;
pub mod backoff;
pub mod blast_radius;
pub mod candidacy;
pub mod change;
pub mod creation_off;
pub mod delivery;
pub mod failing;
pub mod folding;
pub mod identity;
pub mod interview;
pub mod invitation;
pub mod lifecycle;
pub mod links;
pub mod list_order;
pub mod listing;
pub mod marker;
pub mod note;
pub mod pad_search;
pub mod pause;
pub mod problem;
pub mod quiet_hours;
pub mod readings;
pub mod record;
pub mod retention;
pub mod rival;
pub mod rules;
pub mod scope;
pub mod secrecy;
pub mod section;
pub mod service_error;
pub mod set_up;
pub mod settings;
pub mod settings_limits;
pub mod stages;
pub mod stored_settings;
pub mod tracking;
pub mod transition;
pub mod watcher;
