//! What was told of what hinders the work: each reason once, across hours and restarts. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use padwatch_domain::problem::ProblemCode;
use padwatch_domain::service_error::OutageKind;

/// What was told of what hinders now.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct NotifiedOutages(BTreeMap<OutageKind, Codes>);

/// Several reasons of one cause may take turns: a gateway that answers 502, then with a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Kept")]
struct Codes(Vec<ProblemCode>);

/// As it is kept; an older version kept the last one alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    One(ProblemCode),
    All(Vec<ProblemCode>),
}

impl From<Kept> for Codes {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::One(code) => Self(vec![code]),
            Kept::All(codes) => Self(codes),
        }
    }
}

impl NotifiedOutages {
    /// Notes a reason. Returns true if it wasn't told since its cause began.
    pub(crate) fn note(&mut self, cause: OutageKind, code: ProblemCode) -> bool {
        let codes = &mut self.0.entry(cause).or_default().0;
        let is_new = !codes.contains(&code);
        if is_new {
            codes.push(code);
        }
        is_new
    }

    /// The cause is gone. Returns true if it was told.
    pub(crate) fn is_over(&mut self, cause: OutageKind) -> bool {
        self.0.remove(&cause).is_some()
    }

    /// Returns true if nothing that was told hinders now.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All reasons that were told and still hinder.
    pub(crate) fn codes(&self) -> impl Iterator<Item = ProblemCode> {
        self.0.values().flat_map(|codes| codes.0.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOWN: ProblemCode = ProblemCode::ServiceDown;
    const PAGE: ProblemCode = ProblemCode::NotTheService;

    #[test]
    fn reasons_that_take_turns_are_told_once_each_also_after_a_restart() {
        let mut told = NotifiedOutages::default();
        assert!(told.note(OutageKind::Lever, DOWN));
        assert!(told.note(OutageKind::Lever, PAGE));
        for _ in 0..3 {
            let kept = serde_json::to_string(&told).unwrap();
            told = serde_json::from_str(&kept).unwrap();
            assert!(!told.note(OutageKind::Lever, DOWN));
            assert!(!told.note(OutageKind::Lever, PAGE));
        }
        assert!(told.note(OutageKind::Coderpad, DOWN), "another cause");
        assert!(told.is_over(OutageKind::Lever));
        assert!(!told.is_over(OutageKind::Lever));
        assert!(told.note(OutageKind::Lever, DOWN), "it came again");
        assert!(!told.is_empty());
        assert_eq!(told.codes().count(), 2);
    }

    #[test]
    fn what_an_older_version_kept_is_read() {
        let older = r#"{"lever":"serviceDown"}"#;
        let mut told: NotifiedOutages = serde_json::from_str(older).unwrap();
        assert!(!told.note(OutageKind::Lever, DOWN));
        assert!(told.note(OutageKind::Lever, PAGE));
    }
}
