//! What both services must do, bullet by bullet of the contracts' "What a faithful emulator must
//! do", by plain requests over real sockets.

#[cfg(test)]
mod coderpad_pads;
#[cfg(test)]
mod coderpad_rest;
#[cfg(test)]
mod control;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod lever_access;
#[cfg(test)]
mod lever_lists;
#[cfg(test)]
mod lever_webhooks;
#[cfg(test)]
mod lever_writes;
#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;
