//! The invitation that goes to a candidate: one of the recruiter's templates, filled in. Pure.
//!
//! A template is plain text with placeholders such as `{First name}`, stored as `{{ first_name }}`.
//! A line that is only about what isn't known yet, such as the time of an interview that isn't
//! planned, is left out. Nothing is left out silently: what is left out, and what stands in brackets
//! to be filled in by hand, is named.

mod facts;
mod meeting;
mod reading;
mod rich;
mod template;
mod words;
mod writing;

pub use facts::{Facts, Placeholder};
pub use meeting::{Meeting, next_meeting};
pub use reading::rewritten;
pub use rich::as_html;
pub use template::{InvitationSettings, Template, TemplateId};
pub use words::InvitationWords;
pub use writing::{TemplateFault, Written, write};
