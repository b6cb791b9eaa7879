//! Notes: the interview’s code and times, put on the candidate in Lever part by part, once.

mod requests;
mod results;
mod send;
mod state;
#[cfg(test)]
mod tests;
mod tick;

pub(crate) use state::Notes;
