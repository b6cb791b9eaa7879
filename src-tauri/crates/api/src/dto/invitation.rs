//! What a candidate is written.

use std::collections::BTreeMap;

use lever::PostingId;
use padwatch_domain::invitation;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::convert::{Convert, convert, mirror, same_default};

mirror! { both
    /// The invitation templates, and the jobs that each is for.
    #[serde(default, deny_unknown_fields)]
    struct InvitationSettings of invitation::InvitationSettings {
        /// All templates.
        templates: Vec<Template>,
        /// The one for every posting that has no choice of its own.
        standard: TemplateId,
        /// Exceptions by posting.
        by_posting: BTreeMap<PostingId, TemplateId>,
    }
}

mirror! { @type [Serialize, Deserialize]
    /// A text with placeholders. The presenter words the default one.
    #[serde(deny_unknown_fields)]
    struct Template of invitation::Template {
        /// Stays the same when the name changes.
        id: TemplateId,
        /// What the recruiter calls it.
        name: String,
        /// The subject of a mail.
        subject: String,
        /// The text.
        body: String,
    }
}

mirror! { out
    /// What a template can name.
    #[derive(Copy)]
    enum Placeholder of invitation::Placeholder {
        /// The candidate's first name.
        FirstName,
        /// The candidate's full name.
        Name,
        /// The job's title.
        Job,
        /// The link to the pad.
        Link,
        /// When the interview is, with its time zone.
        Time,
        /// Who asks the questions.
        Interviewers,
        /// Who invites.
        Recruiter,
    }
}

/// Tells templates apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TemplateId(pub u32);

impl Convert<invitation::TemplateId> for TemplateId {
    fn convert(from: invitation::TemplateId) -> Self {
        Self(from.0)
    }
}

impl Convert<TemplateId> for invitation::TemplateId {
    fn convert(from: TemplateId) -> Self {
        Self(from.0)
    }
}

same_default!(InvitationSettings = invitation::InvitationSettings);
