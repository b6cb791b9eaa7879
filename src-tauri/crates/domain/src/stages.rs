//! Which stages are watched, by the account's own list.

use lever::{Stage, StageId};

use crate::problem::Problem;
use crate::settings::WatchedStages;

/// The watched stages, and what is wrong with the choice although some are left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// At least one stage, in the order of the account.
    pub stages: Vec<StageId>,
    /// Some of the chosen stages are gone.
    pub problem: Option<Problem>,
}

/// Finds the watched stages. Stage names are each company's own (contracts/lever.md, 4.1).
///
/// # Errors
/// A problem of the stages when there is nothing to watch, or no telling what.
pub fn resolve(choice: &WatchedStages, account: &[Stage]) -> Result<Resolved, Problem> {
    match choice {
        WatchedStages::Name(name) => by_name(name, account),
        WatchedStages::Ids(ids) => by_id(ids, account),
    }
}

fn by_name(name: &str, account: &[Stage]) -> Result<Resolved, Problem> {
    let wanted = name.trim().to_lowercase();
    let named: Vec<StageId> = account
        .iter()
        .filter(|stage| stage.text.trim().to_lowercase() == wanted)
        .map(|stage| stage.id.clone())
        .collect();
    match named.len() {
        1 => Ok(Resolved {
            stages: named,
            problem: None,
        }),
        0 => Err(Problem::StageNotFound {
            name: name.to_owned(),
        }),
        stages => Err(Problem::StageNotUnique {
            name: name.to_owned(),
            stages,
        }),
    }
}

fn by_id(ids: &[StageId], account: &[Stage]) -> Result<Resolved, Problem> {
    let stages: Vec<StageId> = account
        .iter()
        .map(|stage| stage.id.clone())
        .filter(|id| ids.contains(id))
        .collect();
    if stages.is_empty() {
        return Err(if ids.is_empty() {
            Problem::NoStageSelected
        } else {
            Problem::StagesGone
        });
    }
    let problem = (stages.len() < ids.len()).then_some(Problem::StageGone);
    Ok(Resolved { stages, problem })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::ProblemCode;

    fn account(names: &[(&str, &str)]) -> Vec<Stage> {
        names
            .iter()
            .map(|(id, text)| Stage {
                id: StageId::new(*id),
                text: (*text).to_owned(),
            })
            .collect()
    }

    fn named() -> WatchedStages {
        WatchedStages::Name("Phone Screen".to_owned())
    }

    #[test]
    fn the_one_stage_of_the_name_is_watched_in_any_case_of_letters() {
        let stages = account(&[
            ("lead-new", "New lead"),
            ("s1", " phone screen "),
            ("offer", "Offer"),
        ]);
        assert_eq!(
            resolve(&named(), &stages).unwrap().stages,
            [StageId::new("s1")]
        );
    }

    #[test]
    fn none_or_several_of_the_name_need_a_choice() {
        let twice = account(&[("s1", "Phone screen"), ("s2", "Phone Screen")]);
        for stages in [account(&[("s1", "Call")]), twice] {
            let problem = resolve(&named(), &stages).unwrap_err();
            assert_eq!(problem.code(), ProblemCode::StageMissing);
        }
    }

    #[test]
    fn a_chosen_stage_that_was_deleted_is_reported_and_the_others_are_watched() {
        let choice = WatchedStages::Ids(vec![StageId::new("gone"), StageId::new("s2")]);
        let resolved = resolve(&choice, &account(&[("s1", "A"), ("s2", "B")])).unwrap();
        assert_eq!(resolved.stages, [StageId::new("s2")]);
        assert!(resolved.problem.is_some());
        assert!(resolve(&choice, &account(&[("s1", "A")])).is_err());
    }

    #[test]
    fn chosen_stages_that_are_all_there_are_no_problem() {
        let both = ["s1", "s2"].map(StageId::new).to_vec();
        let stages = account(&[("s1", "A"), ("s2", "B"), ("s3", "C")]);
        let resolved = resolve(&WatchedStages::Ids(both.clone()), &stages).unwrap();
        assert_eq!((resolved.stages, resolved.problem), (both, None));
        let none = resolve(&WatchedStages::Ids(Vec::new()), &stages).unwrap_err();
        assert_eq!(none, Problem::NoStageSelected);
    }
}
