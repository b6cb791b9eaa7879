//! The invitation that goes to a candidate: one of the recruiter's templates, filled in. Pure.
//!
//! A template is plain text with placeholders such as `{{ first_name }}`. Nothing is ever left
//! out silently: what a template needs and no one knows is named, so that it can be filled in by
//! hand.

mod facts;
mod meeting;
mod rich;
mod template;
mod words;
mod writing;

pub use facts::{Facts, Placeholder};
pub use meeting::{Meeting, next_meeting};
pub use rich::as_html;
pub use template::{InvitationSettings, Template, TemplateId};
pub use words::InvitationWords;
pub use writing::{TemplateFault, Written, write};
