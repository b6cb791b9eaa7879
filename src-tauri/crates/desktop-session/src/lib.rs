//! A desktop session that no one sees: a screen, a bus and a home of its own. The desktop tests run
//! the real program in one, and `cargo xtask` measures it and tries its packages there.
//!
//! Few dependencies and no runtime: `cargo xtask` has to be built in seconds.

mod background;
mod keyring;
mod processes;
mod screen;
mod session;
mod windows;

pub use background::Background;
pub use keyring::PASSWORD;
pub use processes::{Activity, Family, Memory};
pub use session::{Services, Session};
