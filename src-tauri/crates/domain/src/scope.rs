//! Whom the settings cover, remembered from one look to the next.
//!
//! Candidates who are there already when the settings come to cover them are listed, not served: at
//! the first start that is everyone, and after another stage or tag was chosen those who are in
//! it.

use lever::{Opportunity, StageId, UserId};
use serde::{Deserialize, Serialize};

use crate::rules::same_tag;
use crate::settings::{Settings, Whose};

/// Whom the settings covered at a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scope {
    tag: String,
    stages: Vec<StageId>,
    /// Only this user's candidates; `None`: everyone's.
    owner: Option<UserId>,
}

impl Scope {
    /// Whom these settings cover. `watched` are the stages that they mean.
    pub fn of(settings: &Settings, watched: &[StageId]) -> Self {
        let owner = match settings.watch.whose {
            Whose::Everybody => None,
            Whose::Mine => settings.acting_user.clone(),
        };
        Self {
            tag: settings.watch.tag.trim().to_owned(),
            stages: watched.to_vec(),
            owner,
        }
    }

    /// Returns true if a candidate as they are now would have been covered.
    pub fn covers(&self, opportunity: &Opportunity) -> bool {
        let tagged = opportunity.tags.iter().any(|tag| same_tag(tag, &self.tag));
        let in_stage = opportunity
            .stage
            .as_ref()
            .is_some_and(|stage| self.stages.contains(stage));
        let whose = self.owner.is_none() || self.owner == opportunity.owner;
        tagged && in_stage && whose
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tag_stage_and_owner_each_decide_who_was_covered() {
        let opportunity = |tag: &str, stage: &str, owner: &str| -> Opportunity {
            let opportunity = json!({"id": "ada", "tags": [tag], "stage": stage, "owner": owner});
            serde_json::from_value(opportunity).unwrap()
        };
        let mut settings = Settings {
            acting_user: Some(UserId::new("me")),
            ..Settings::default()
        };
        settings.watch.tag = " coderpad ".to_owned();
        let stages = [StageId::new("phone")];
        let all = Scope::of(&settings, &stages);
        assert!(all.covers(&opportunity("CoderPad", "phone", "other")));
        assert!(!all.covers(&opportunity("CoderPad", "onsite", "other")));
        assert!(!all.covers(&opportunity("python", "phone", "other")));
        settings.watch.whose = Whose::Mine;
        let mine = Scope::of(&settings, &stages);
        assert!(mine.covers(&opportunity("CoderPad", "phone", "me")));
        assert!(!mine.covers(&opportunity("CoderPad", "phone", "other")));
    }
}
