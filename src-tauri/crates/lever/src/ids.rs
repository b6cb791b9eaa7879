//! Lever's ids, one type for each kind of thing. Most are UUIDs, but not all: built-in stages are
//! slugs such as `applicant-new` (contracts/lever.md, 3.3), so no id is ever read as a UUID.

use serde::{Deserialize, Serialize};

/// An id in an answer that names nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is blank")]
pub struct BlankId;

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident)+) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
        pub struct $name(String);

        impl $name {
            /// The id as Lever writes it.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BlankId;

            fn try_from(id: String) -> Result<Self, BlankId> {
                if id.trim().is_empty() {
                    return Err(BlankId);
                }
                Ok(Self(id))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// One person's candidacy for one job.
    OpportunityId
    /// The person behind one or more opportunities. Links, names and email addresses belong here.
    ContactId
    /// A job.
    PostingId
    /// A stage of the pipeline: a UUID, or a slug for a built-in one.
    StageId
    /// A user of Lever.
    UserId
    /// A note on an opportunity.
    NoteId
    /// A webhook that was created through the API.
    WebhookId
    /// One planned conversation with a candidate.
    InterviewId
}

impl OpportunityId {
    /// The longest id that passes for one, in characters. Lever's have 36.
    pub const LONGEST: usize = 64;

    /// Takes a text from an untrusted hint if it has the shape of an id: 1 to 64 letters, digits
    /// and hyphens. Says nothing about whether such an opportunity exists.
    #[must_use]
    pub fn parse_shape(text: &str) -> Option<Self> {
        let fits = (1..=Self::LONGEST).contains(&text.len());
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (fits && plain).then(|| Self::new(text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_and_slugs_have_the_shape_and_paths_have_not() {
        for good in ["11111111-1111-4111-8111-111111111111", "a", "lead-new"] {
            assert_eq!(OpportunityId::parse_shape(good).unwrap().as_str(), good);
        }
        let long = "a".repeat(65);
        for bad in ["", "../users", "a b", "a\n", "ä", "a/b", "a?b", &long] {
            assert_eq!(OpportunityId::parse_shape(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn an_id_is_plain_text_in_json() {
        let stage: StageId = serde_json::from_str(r#""applicant-new""#).unwrap();
        assert_eq!(stage, StageId::new("applicant-new"));
        assert_eq!(serde_json::to_string(&stage).unwrap(), r#""applicant-new""#);
        assert!(serde_json::from_str::<StageId>(r#"" ""#).is_err());
    }

    #[cfg(feature = "ts")]
    #[test]
    fn an_id_is_a_string_in_typescript() {
        use ts_rs::TS as _;
        let declared = OpportunityId::decl(&ts_rs::Config::default());
        assert_eq!(declared, "type OpportunityId = string;");
    }

    proptest! {
        #[test]
        fn no_text_of_a_hint_reaches_further_than_one_path_segment(text in ".{0,80}") {
            if let Some(id) = OpportunityId::parse_shape(&text) {
                let root = transport::ApiRoot::parse("https://api.lever.co/v1").unwrap();
                let url = root.at(&["opportunities", id.as_str()]);
                prop_assert_eq!(url.path(), format!("/v1/opportunities/{text}"));
                prop_assert_eq!(url.query(), None);
            }
        }
    }
}
