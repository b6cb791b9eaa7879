//! The same world behind real sockets on loopback.

mod server;
mod wire;

pub(crate) use server::{Answers, Server};
