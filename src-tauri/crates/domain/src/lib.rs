//! What Padwatch decides, as pure functions and plain data: no runtime, no store, no request.
//!
//! Time comes in as ms since the epoch, chance as [`transport::Rng`]. What a service said comes
//! in as its model or its error; what has to be done goes out as [`change::Change`]s and values.
//!
//! Where to begin: [`rules`] decides about a candidate, [`lifecycle`] holds the states of a
//! candidacy, [`transition`] the steps between them.
//!
//! # Candidates and their pads
//!
//! - [`candidacy`]: one candidacy as the ledger knows it
//! - [`lifecycle`]: its states, each with what belongs to it
//! - [`rules`]: whether a candidate gets a pad, and why
//! - [`transition`]: from a state and the result of a step to changes
//! - [`reason`]: why a candidacy is in its state, as a code with facts
//! - [`activity`]: what happened to it, as a code
//! - [`change`]: what can change in the ledger; a slice is one transaction
//! - [`marker`]: ties a pad to the intent it was created from
//! - [`search`]: the search for what an unclear request may have created
//! - [`links`]: which links on a profile are pads, and whose
//! - [`rival`]: yielding to another program that creates pads
//! - [`secrecy`]: what a pad's title may say
//! - [`creation_off`]: why no pads are created until the user agrees
//! - [`pause`]: the pause, which survives a restart
//! - [`pad_search`]: the search for pads after a ledger was lost
//!
//! # Watching Lever
//!
//! - [`watcher`]: the account, and who is missing from a poll or is back
//! - [`reach`]: what the key showed, and who was there all along
//! - [`sighting`]: how a candidate was last seen
//! - [`stages`]: which stages are watched
//! - [`scope`]: whom the settings covered at the last poll
//! - [`readings`]: what reads of single opportunities said lately
//! - [`identity`]: which accounts the ledger belongs to
//!
//! # Interviews
//!
//! - [`tracking`]: when to read open pads, and what a reading means
//! - [`interview`]: when an interview is planned, and its reminders
//! - [`record`]: the record of an ended interview
//! - [`note`]: the note about it, until it is in Lever once
//! - [`invitation`]: the invitation, from a template
//! - [`follow_through`]: what may be done with a pad that is no longer needed
//! - [`list_order`]: whether a list of pads is in the order asked for
//!
//! # Failures
//!
//! - [`service_error`]: what a service's failure means for the work
//! - [`blast_radius`]: whether it is about one thing or the service
//! - [`failing`]: the things that keep failing
//! - [`backoff`]: when one of them is tried again
//! - [`problem`]: what the user reads when something can't be done
//!
//! # What the user sees and sets
//!
//! - [`announcement`]: what is announced when it happens
//! - [`delivery`]: what of it is still true when it is shown
//! - [`quiet_hours`]: when nothing is shown
//! - [`section`]: the parts of the list
//! - [`quota_forecast`]: how many pads will be needed until the plan resets
//! - [`release`]: whether there is a newer version
//! - [`listing`]: which rows to show, and how many there are
//! - [`folding`]: texts as a search compares them
//! - [`settings`]: everything that can be chosen
//! - [`settings_limits`]: the limits of numbers and texts in it
//! - [`stored_settings`]: settings as text, read strictly
//! - [`set_up`]: how far set-up is
//! - [`retention`]: how long a person's data is stored

pub mod activity;
pub mod announcement;
pub mod backoff;
pub mod blast_radius;
pub mod calendar;
pub mod candidacy;
pub mod change;
mod codes;
pub mod creation_off;
pub mod delivery;
pub mod failing;
pub mod findings;
pub mod folding;
pub mod follow_through;
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
pub mod quota_forecast;
pub mod reach;
pub mod readings;
pub mod reason;
pub mod record;
pub mod rehearsal;
pub mod release;
pub mod retention;
pub mod rival;
pub mod rules;
pub mod scope;
pub mod search;
pub mod secrecy;
pub mod section;
mod service;
pub mod service_error;
pub mod set_up;
mod setting_name;
pub mod settings;
pub mod settings_limits;
pub mod sighting;
pub mod stages;
pub mod stored_settings;
pub mod thing;
pub mod tracking;
pub mod transition;
pub mod watcher;
