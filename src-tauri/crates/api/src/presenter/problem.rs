//! A problem in words: what happened, what it means for the candidates, what to do.

use padwatch_domain::problem::Problem;

use crate::catalogue::words;
use crate::dto::convert::{Convert, convert};
use crate::dto::problem::{Problem as Shown, Remedy};

/// The three parts of a message, a sentence or two each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentences {
    pub(crate) happened: String,
    pub(crate) means: String,
    pub(crate) todo: String,
}

impl Convert<Problem> for Shown {
    fn convert(problem: Problem) -> Self {
        Self::from(problem)
    }
}

impl From<Problem> for Shown {
    fn from(problem: Problem) -> Self {
        let code = convert(problem.code());
        let Sentences {
            happened,
            means,
            todo,
        } = sentences(&problem);
        Self {
            code,
            message: happened,
            means,
            hint: todo,
            remedy: Remedy::of(&problem),
        }
    }
}

/// What a person reads about it.
#[must_use]
pub(crate) fn sentences(problem: &Problem) -> Sentences {
    match problem {
        Problem::Several { problems } => several(problems),
        Problem::InvitationIncomplete { missing } => {
            let named = missing.iter().map(|key| words().named("gap", key));
            coded(&Problem::InvitationIncomplete {
                missing: named.collect(),
            })
        }
        Problem::WebhooksLeft {
            events,
            host,
            because,
        } => coded(&Problem::WebhooksLeft {
            events: events.iter().map(|event| spaced(event)).collect(),
            host: host.clone(),
            because: because.clone(),
        }),
        _ => coded(problem),
    }
}

fn coded(problem: &Problem) -> Sentences {
    let part = |part| words().coded("problem", problem, part);
    Sentences {
        happened: part(""),
        means: part("means"),
        todo: part("todo"),
    }
}

/// All that happened; the same part of several is said once.
fn several(problems: &[Problem]) -> Sentences {
    let all: Vec<Sentences> = problems.iter().map(sentences).collect();
    let joined = |part: fn(&Sentences) -> &str| {
        let mut parts: Vec<&str> = all.iter().map(part).collect();
        parts.dedup();
        parts.join(" ")
    };
    Sentences {
        happened: joined(|one| &one.happened),
        means: joined(|one| &one.means),
        todo: joined(|one| &one.todo),
    }
}

/// Lever's name of an event, `candidateStageChange`, as words.
fn spaced(event: &str) -> String {
    let mut words = String::new();
    for c in event.chars() {
        if c.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use padwatch_domain::service_error::Service;

    use super::*;

    #[test]
    fn a_problem_has_what_happened_what_it_means_and_what_to_do() {
        let told = sentences(&Problem::KeyRejected {
            service: Service::Coderpad,
        });
        assert_eq!(told.happened, "CoderPad rejected the API key.");
        assert_eq!(
            told.means,
            "Candidates are noticed but wait for their pads."
        );
        assert_eq!(told.todo, "Enter a new CoderPad key.");
    }

    #[test]
    fn what_a_service_said_is_quoted_if_it_said_something() {
        let declined = |said: &str| {
            sentences(&Problem::PadSettingsDeclined {
                said: said.to_owned(),
            })
            .happened
        };
        let nothing = "CoderPad declined the settings for this pad.";
        assert_eq!(declined(""), nothing);
        let said = "CoderPad declined the settings for this pad: “no such language”";
        assert_eq!(declined("no such language"), said);
    }

    #[test]
    fn lists_are_named_as_people_name_them() {
        let left = |events: &[&str], host: &str| {
            sentences(&Problem::WebhooksLeft {
                events: events.iter().map(|event| (*event).to_owned()).collect(),
                host: host.to_owned(),
                because: Box::new(Problem::KeysMissing),
            })
        };
        let one = left(&["candidateStageChange"], "");
        assert_eq!(
            one.happened,
            "One webhook is still in Lever: candidate stage change."
        );
        assert!(!one.todo.contains("for "), "{one:?}");
        let three = left(
            &["candidateStageChange", "candidateHire", "b"],
            "https://pad.example",
        );
        assert_eq!(
            three.happened,
            "3 webhooks are still in Lever: candidate stage change, candidate hire, and b."
        );
        assert!(three.todo.contains("for https://pad.example"), "{three:?}");
        let gaps = sentences(&Problem::InvitationIncomplete {
            missing: vec!["time".to_owned(), "interviewers".to_owned()],
        });
        assert_eq!(
            gaps.happened,
            "The invitation is missing: interview time and interviewers."
        );
    }

    #[test]
    fn several_problems_are_one_message() {
        let told = sentences(&Problem::Several {
            problems: vec![Problem::KeyringLocked, Problem::TracesLeft],
        });
        let locked = sentences(&Problem::KeyringLocked).happened;
        let both = format!("{locked} Everything is removed");
        assert!(told.happened.starts_with(&both), "{told:?}");
    }
}
