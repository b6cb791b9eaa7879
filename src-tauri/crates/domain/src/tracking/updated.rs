//! Who has changed in Lever since an earlier look. Pure.

use std::collections::HashMap;

use lever::OpportunityId;

/// When each candidacy last changed, as the last two looks showed it. Who was in neither is
/// forgotten, so that it doesn't grow with everyone who was ever there.
#[derive(Debug, Default)]
pub struct Updated {
    latest: HashMap<OpportunityId, Option<i64>>,
    before: HashMap<OpportunityId, Option<i64>>,
}

impl Updated {
    /// Takes in a look, and returns those who have changed since they were seen last.
    pub fn changed(
        &mut self,
        listed: impl Iterator<Item = (OpportunityId, Option<i64>)>,
    ) -> Vec<OpportunityId> {
        let listed: HashMap<_, _> = listed.collect();
        let has_changed = |id: &OpportunityId, at_ms: &Option<i64>| {
            let known = self.latest.get(id).or_else(|| self.before.get(id));
            known.is_some_and(|known| known != at_ms)
        };
        let changed = listed.iter().filter(|(id, at_ms)| has_changed(id, at_ms));
        let changed = changed.map(|(id, _)| id.clone()).collect();
        self.before = std::mem::replace(&mut self.latest, listed);
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(updated: &mut Updated, listed: &[(&str, i64)]) -> Vec<String> {
        let listed = listed.iter();
        let listed = listed.map(|(id, at_ms)| (OpportunityId::new(*id), Some(*at_ms)));
        let changed = updated.changed(listed).into_iter();
        changed.map(|id| id.as_str().to_owned()).collect()
    }

    #[test]
    fn who_changed_is_noticed_also_after_being_missing_once() {
        let mut updated = Updated::default();
        assert!(look(&mut updated, &[("ada", 1), ("ben", 1)]).is_empty());
        assert_eq!(look(&mut updated, &[("ada", 2)]), ["ada"]);
        assert_eq!(look(&mut updated, &[("ada", 2), ("ben", 3)]), ["ben"]);
    }

    #[test]
    fn who_is_gone_is_forgotten() {
        let mut updated = Updated::default();
        for number in 0..1_000 {
            look(&mut updated, &[(&format!("o{number}"), 1)]);
        }
        assert_eq!(updated.latest.len() + updated.before.len(), 2);
    }
}
