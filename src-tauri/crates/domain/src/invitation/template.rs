use std::collections::BTreeMap;

use lever::PostingId;
use serde::{Deserialize, Serialize};

/// The invitation templates, and the jobs that each is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct InvitationSettings {
    /// All templates.
    pub templates: Vec<Template>,
    /// The one for every posting that has no choice of its own.
    pub standard: TemplateId,
    /// Exceptions by posting.
    pub by_posting: BTreeMap<PostingId, TemplateId>,
}

/// A text with placeholders. One without subject and text of its own has the default ones, and one
/// without a name the default name: they are the presenter's, which follow the version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Template {
    /// Stays the same when the name changes.
    pub id: TemplateId,
    /// What the recruiter calls it.
    pub name: String,
    /// The subject of a mail.
    pub subject: String,
    pub body: String,
}

/// Tells templates apart.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct TemplateId(pub u32);

impl Default for InvitationSettings {
    fn default() -> Self {
        let id = TemplateId(1);
        Self {
            templates: vec![Template {
                id,
                name: String::new(),
                subject: String::new(),
                body: String::new(),
            }],
            standard: id,
            by_posting: BTreeMap::new(),
        }
    }
}

impl InvitationSettings {
    /// The template for a posting. One that was deleted gives way to the standard, and that to
    /// any; `None`: there are none.
    #[must_use]
    pub fn for_posting(&self, posting: Option<&PostingId>) -> Option<&Template> {
        posting
            .and_then(|id| self.by_posting.get(id))
            .and_then(|id| self.template(*id))
            .or_else(|| self.template(self.standard))
            .or_else(|| self.templates.first())
    }

    /// The template with this id.
    #[must_use]
    pub fn template(&self, id: TemplateId) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }
}

impl Template {
    /// Returns true if the recruiter has written something.
    #[must_use]
    pub fn has_own_text(&self) -> bool {
        !self.subject.is_empty() || !self.body.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(id: u32) -> Template {
        Template {
            id: TemplateId(id),
            name: format!("Template {id}"),
            subject: String::new(),
            body: String::new(),
        }
    }

    #[test]
    fn the_first_template_leaves_its_text_to_the_presenter() {
        let settings = InvitationSettings::default();
        let first = settings.for_posting(None).unwrap();
        assert!(!first.has_own_text());
        let subject_alone = Template {
            subject: "Hello".to_owned(),
            ..first.clone()
        };
        assert!(subject_alone.has_own_text());
    }

    #[test]
    fn a_posting_has_its_own_template_and_a_deleted_one_gives_way() {
        let mut settings = InvitationSettings {
            templates: vec![template(1), template(2)],
            standard: TemplateId(1),
            by_posting: BTreeMap::from([(PostingId::new("p"), TemplateId(2))]),
        };
        let id = |settings: &InvitationSettings, posting: &str| {
            let posting = PostingId::new(posting);
            settings.for_posting(Some(&posting)).map(|found| found.id.0)
        };
        assert_eq!(id(&settings, "p"), Some(2));
        assert_eq!(id(&settings, "q"), Some(1));
        settings.templates.remove(1);
        assert_eq!(id(&settings, "p"), Some(1));
        settings.standard = TemplateId(9);
        assert_eq!(id(&settings, "q"), Some(1));
        settings.templates.clear();
        assert_eq!(id(&settings, "p"), None);
    }
}
