//! What hosts of the engine use: starting it, asking it, listening for webhooks.

mod accounts;
mod handle;
mod listening;
mod opening;
mod record;
mod webhooks;

pub use handle::Handle;
pub use listening::listen;
pub use opening::{Engine, start};
