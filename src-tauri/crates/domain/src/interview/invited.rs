//! To which start of an interview a candidate was invited, as far as Padwatch knows. Pure.
//!
//! An invitation from Padwatch names the time. Beside a link that was copied alone, the recruiter
//! writes what was known then, or what was scheduled first.

use serde::{Deserialize, Serialize};

use super::Plan;

/// What went out when a link or an invitation was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invited {
    /// To which start, in ms since the epoch; `None`: none was known.
    pub for_ms: Option<i64>,
    /// Whether the copied text names it.
    pub names_time: bool,
}

/// How far the candidate is invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invitation {
    /// Neither the link nor an invitation was copied.
    NotCopied,
    /// The interview was rescheduled since.
    OldTime,
    Current,
}

impl Invited {
    /// A link was copied, or marked as sent. An invitation that shows an old time still does.
    #[must_use]
    pub fn by_link(before: Option<Self>, plan: Option<Plan>) -> Self {
        let by_text = before.filter(|before| before.names_time);
        by_text.unwrap_or(Self {
            for_ms: plan.map(|plan| plan.starts_ms),
            names_time: false,
        })
    }

    /// An invitation was copied that names this start.
    #[must_use]
    pub fn by_text(starts_ms: i64) -> Self {
        Self {
            for_ms: Some(starts_ms),
            names_time: true,
        }
    }

    /// The same once Lever shows this plan: what is scheduled first is what goes out with a link.
    #[must_use]
    pub fn once_planned(self, plan: Option<Plan>) -> Self {
        let first_ms = plan.map(|plan| plan.starts_ms);
        Self {
            for_ms: self.for_ms.or(first_ms),
            ..self
        }
    }
}
