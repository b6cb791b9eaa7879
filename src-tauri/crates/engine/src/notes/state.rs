//! What is in hand about notes.

use std::collections::HashMap;

use lever::OpportunityId;

use crate::mailbox::Reply;
use padwatch_domain::note::NoteStatus;

/// What is in hand about notes.
#[derive(Default)]
pub(crate) struct Notes {
    /// Who waits for a note that they sent.
    pub(super) waiting: HashMap<OpportunityId, Reply<NoteStatus>>,
}
