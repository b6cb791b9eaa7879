//! What stands between a decision and a pad, and what the person can do, on the sandbox in virtual
//! time. Each of these was wrong once, or would be easy to get wrong.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise, and says its seed"
)]

#[path = "../desk/mod.rs"]
mod desk;
#[path = "../office/mod.rs"]
mod office;
#[path = "../seeds/mod.rs"]
mod seeds;

mod absence;
mod absence_runs;
mod bad_records;
mod bent;
mod blast_radius;
mod clock;
mod closing;
mod confidential;
mod foreign_links;
mod holds;
mod jobs_list;
#[cfg(target_os = "linux")]
mod large_ledger;
mod ledger_care;
mod ledger_damage;
mod ledger_state;
mod links;
mod outages;
mod permissions;
mod persons_word;
mod quota;
mod rehearsal;
mod repetition;
mod set_up;
mod side_lists;
mod tag;
mod titles;
mod unreadable;
mod waiting;
mod watch_mode;
