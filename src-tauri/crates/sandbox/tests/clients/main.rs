//! The two clients against the sandbox's real servers, with every documented error.

#[cfg(test)]
mod coderpad_client;
#[cfg(test)]
mod lever_client;
#[cfg(test)]
mod lever_refusals;
#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;
