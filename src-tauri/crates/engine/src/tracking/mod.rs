//! Reading pads at CoderPad.

pub(crate) mod look;
