//! Reading the record of a finished interview.

pub mod code;
mod requests;

pub use requests::NoteToSend;
pub(crate) use requests::Request;
