//! What came of sending a part of a note, and of looking for it.

use crate::problem::Problem;
use crate::search::Look;
use crate::service_error::ServiceError;

/// What came of sending a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Lever says that it is there.
    There,
    /// Lever says that it is not, or nothing was sent.
    NotThere(Problem),
    /// It may be there.
    Unclear,
}

/// What a look showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// So many of it, or none. Those too many were deleted, where that can be done.
    Looked(Look<usize, ServiceError>),
    /// Lever will not say.
    Never(Problem),
}
