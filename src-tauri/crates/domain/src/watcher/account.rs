//! What is known of the Lever account, for the time in which its lists can't be read. Persisted.

use lever::{Stage, StageId};
use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::rules::same_tag;

/// So many spellings are asked for; the sweep finds the rest.
const SPELLINGS: usize = 32;
/// A longer text is no tag that a person would type.
const LONGEST_SPELLING: usize = 200;
/// Reads of the tag list without the tag, one after another, before it counts as gone.
const GONE_AFTER: u32 = 2;

/// What was last read of the account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct KnownAccount {
    stages: Vec<KnownStage>,
    spellings: Vec<String>,
    /// Spellings that the tag list or a candidate has shown: the tag exists, or did.
    existed: bool,
    /// Reads of the tag list in a row that did not show it.
    missing: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct KnownStage {
    id: StageId,
    text: String,
}

impl KnownAccount {
    /// The stages, in the account's order; none while they are not known.
    pub fn stages(&self) -> Vec<Stage> {
        let stages = self.stages.iter().cloned();
        stages
            .map(|KnownStage { id, text }| Stage { id, text })
            .collect()
    }

    /// What a stage is called.
    pub fn stage_name(&self, id: &StageId) -> Option<&str> {
        let mut stages = self.stages.iter();
        let found = stages.find(|stage| stage.id == *id)?;
        Some(&found.text)
    }

    /// Takes the stages as Lever has them now.
    pub fn use_stages(&mut self, stages: &[Stage]) {
        let stages = stages.iter().cloned();
        self.stages = stages
            .map(|Stage { id, text }| KnownStage { id, text })
            .collect();
    }

    /// Every spelling of this tag that is known, the settings' own first.
    pub fn spellings_of(&self, tag: &str) -> Vec<String> {
        let tag = tag.trim();
        let known = self.spellings.iter();
        let others = known.filter(|text| same_tag(text, tag) && *text != tag);
        std::iter::once(tag.to_owned())
            .chain(others.cloned())
            .take(SPELLINGS)
            .collect()
    }

    /// Takes the spellings of this tag among the tags of a candidate. Returns true if one is new.
    pub fn learn<'t>(&mut self, tag: &str, tags: impl Iterator<Item = &'t String>) -> bool {
        let mut is_new = false;
        for text in tags.filter(|text| same_tag(text, tag)) {
            (self.existed, self.missing) = (true, 0);
            if text.len() <= LONGEST_SPELLING && !self.spellings.contains(text) {
                self.spellings.push(text.clone());
                is_new |= *text != tag.trim();
            }
        }
        let surplus = self.spellings.len().saturating_sub(SPELLINGS);
        self.spellings.drain(..surplus);
        is_new
    }

    /// Takes the tag list. One that doesn't have the tag may be late. Returns true if a spelling
    /// is new.
    /// `are_all`: every row of it could be read.
    pub fn use_tags(&mut self, tag: &str, tags: &[String], are_all: bool) -> bool {
        if are_all {
            self.missing = self.missing.saturating_add(1).min(GONE_AFTER);
        }
        self.learn(tag, tags.iter())
    }

    /// The tag is another one from now on.
    pub fn tag_changed(&mut self) {
        (self.existed, self.missing) = (false, 0);
    }

    /// The tag was there, and is no more.
    pub fn tag_gone(&self, tag: &str) -> Option<Problem> {
        let tag = tag.trim();
        (self.existed && self.missing >= GONE_AFTER).then(|| Problem::TagGone {
            tag: tag.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(of: &[&str]) -> Vec<String> {
        of.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn spellings_add_up_and_the_settings_own_comes_first() {
        let mut known = KnownAccount::default();
        assert_eq!(known.spellings_of(" coderpad "), ["coderpad"]);
        assert!(known.use_tags("coderpad", &texts(&["java", "CoderPad"]), true));
        assert!(!known.use_tags("coderpad", &texts(&["CoderPad"]), true));
        assert!(known.learn("coderpad", texts(&[" coderpad "]).iter()));
        assert_eq!(
            known.spellings_of("coderpad"),
            ["coderpad", "CoderPad", " coderpad "]
        );
        assert_eq!(known.spellings_of("java"), ["java"]);
    }

    #[test]
    fn hostile_lists_of_spellings_stay_bounded() {
        let mut known = KnownAccount::default();
        let many = (0..200).map(|n| format!("coderpad{}", " ".repeat(n)));
        let mut many: Vec<String> = many.collect();
        many.push(format!("coderpad{}", " ".repeat(10_000)));
        known.use_tags("coderpad", &many, true);
        assert!(known.spellings_of("coderpad").len() <= SPELLINGS);
    }

    #[test]
    fn a_tag_is_gone_after_two_lists_without_it_if_it_was_ever_there() {
        let mut known = KnownAccount::default();
        for _ in 0..3 {
            known.use_tags("coderpad", &[], true);
        }
        assert_eq!(known.tag_gone("coderpad"), None, "it may never have been");
        known.use_tags("coderpad", &texts(&["CODERPAD"]), true);
        known.use_tags("coderpad", &[], true);
        assert_eq!(known.tag_gone("coderpad"), None, "missed once");
        known.use_tags("coderpad", &[], false);
        assert_eq!(known.tag_gone("coderpad"), None, "not all could be read");
        known.use_tags("coderpad", &[], true);
        let problem = known.tag_gone("coderpad").unwrap();
        let tag = "coderpad".to_owned();
        assert_eq!(problem, Problem::TagGone { tag });
        known.learn("coderpad", texts(&["coderpad"]).iter());
        assert_eq!(known.tag_gone("coderpad"), None);
    }

    #[test]
    fn what_is_known_outlives_a_restart() {
        let mut known = KnownAccount::default();
        known.use_stages(&[Stage {
            id: StageId::new("phone"),
            text: "Phone Screen".to_owned(),
        }]);
        known.use_tags("coderpad", &texts(&["CoderPad"]), true);
        let text = serde_json::to_string(&known).unwrap();
        assert_eq!(serde_json::from_str::<KnownAccount>(&text).unwrap(), known);
        let phone = StageId::new("phone");
        assert_eq!(known.stage_name(&phone), Some("Phone Screen"));
    }
}
