use std::collections::BTreeMap;

use minijinja::{Environment, ErrorKind, UndefinedBehavior, filters, tests};

use super::{Facts, InvitationWords, Placeholder};
use crate::problem::Problem;

/// Steps that a template may take: far more than any text needs, and soon over.
const FUEL: u64 = 50_000;

/// A filled-in template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The subject of a mail, in one line.
    pub subject: String,
    /// The text. What is not known stands there in brackets.
    pub plain: String,
    /// What the template needs and no one knows.
    pub missing: Vec<Placeholder>,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    /// It names something that there isn't.
    #[error("there is no placeholder called {0}")]
    Unknown(String),
    /// It can't be read.
    #[error("line {line}: {said}")]
    Syntax {
        /// Counted from 1.
        line: usize,
        /// What the engine says about it.
        said: String,
    },
    /// It can't be carried out: too long a loop, or something that doesn't go together.
    #[error("{0}")]
    Unable(String),
}

/// Fills a template in.
///
/// # Errors
/// What is wrong with the template itself.
pub fn write(
    subject: &str,
    body: &str,
    facts: &Facts,
    words: &dyn InvitationWords,
) -> Result<Written, TemplateFault> {
    let (subject, mut missing) = fill(subject, facts, words)?;
    let (plain, more) = fill(body, facts, words)?;
    missing.extend(more);
    missing.sort_unstable();
    missing.dedup();
    Ok(Written {
        subject: subject.split_whitespace().collect::<Vec<_>>().join(" "),
        plain,
        missing,
    })
}

impl From<TemplateFault> for Problem {
    fn from(fault: TemplateFault) -> Self {
        match fault {
            TemplateFault::Unknown(name) => Self::PlaceholderUnknown { name },
            TemplateFault::Syntax { line, .. } => Self::TemplateBroken { line },
            TemplateFault::Unable(_) => Self::TemplateUnusable,
        }
    }
}

/// The text, and what is missing in it. Without a missing value one strict pass is enough; if it
/// stumbles over one, a second pass puts what is missing in brackets.
fn fill(
    source: &str,
    facts: &Facts,
    words: &dyn InvitationWords,
) -> Result<(String, Vec<Placeholder>), TemplateFault> {
    let environment = strict();
    let template = environment
        .template_from_str(source)
        .map_err(|error| fault(&error))?;
    let known = |name: &String| Placeholder::ALL.iter().any(|each| each.key() == name);
    let mut used: Vec<String> = template.undeclared_variables(false).into_iter().collect();
    used.sort_unstable();
    if let Some(unknown) = used.iter().find(|name| !known(name)) {
        return Err(TemplateFault::Unknown(unknown.clone()));
    }
    let values: BTreeMap<&str, String> = Placeholder::ALL
        .iter()
        .filter_map(|each| Some((each.key(), each.value(facts, words)?)))
        .collect();
    match template.render(&values) {
        Ok(text) => return Ok((text, Vec::new())),
        Err(error) if error.kind() != ErrorKind::UndefinedError => return Err(fault(&error)),
        Err(_) => {}
    }
    let missing: Vec<Placeholder> = Placeholder::ALL
        .into_iter()
        .filter(|each| !values.contains_key(each.key()))
        .filter(|each| used.iter().any(|name| name == each.key()))
        .collect();
    let mut with_gaps = values;
    for each in &missing {
        with_gaps.insert(each.key(), format!("[{}]", words.gap(*each)));
    }
    let text = template.render(&with_gaps).map_err(|error| fault(&error))?;
    Ok((text, missing))
}

/// An engine that knows placeholders, conditions and a few ways to write a word, and refuses
/// whatever is undefined.
fn strict() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.add_filter("upper", filters::upper);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("trim", filters::trim);
    environment.add_test("defined", tests::is_defined);
    environment
}

fn fault(error: &minijinja::Error) -> TemplateFault {
    let said = error
        .detail()
        .map_or_else(|| error.kind().to_string(), str::to_owned);
    match error.kind() {
        ErrorKind::SyntaxError => TemplateFault::Syntax {
            line: error.line().unwrap_or(1),
            said,
        },
        _ => TemplateFault::Unable(said),
    }
}

#[cfg(test)]
mod tests_of_writing {
    use super::*;
    use crate::invitation::Meeting;
    use crate::invitation::words::Unworded;

    fn facts() -> Facts {
        Facts {
            name: "Ada Lovelace".to_owned(),
            job: "Backend Engineer".to_owned(),
            link: Some("https://app.coderpad.io/K7QWM3ZD".to_owned()),
            meeting: Some(Meeting {
                starts_ms: 1_796_135_400_000,
                zone: Some("Europe/Lisbon".to_owned()),
                interviewers: vec!["Ines Pereira".to_owned()],
            }),
            recruiter: Some("Mara Lindqvist".to_owned()),
            ..Facts::default()
        }
    }

    #[test]
    fn a_template_is_filled_in_from_what_is_known() {
        let body =
            "Hi {{ first_name }}, {{ time }}, {{ interviewers }}, {{ link }}, {{ recruiter }}";
        let written = write("For {{ job }}", body, &facts(), &Unworded).unwrap();
        assert_eq!(written.subject, "For Backend Engineer");
        assert_eq!(written.missing, []);
        for part in [
            "Hi Ada,",
            "1796135400000 (Europe/Lisbon)",
            "Ines Pereira",
            "K7QWM3ZD",
            "Mara",
        ] {
            assert!(written.plain.contains(part), "{part} in {}", written.plain);
        }
    }

    #[test]
    fn what_is_missing_is_named_and_stands_in_brackets() {
        let unknown = Facts {
            meeting: None,
            recruiter: Some("  ".to_owned()),
            ..facts()
        };
        let written = write(
            "{{ job }}",
            "{{ time }} {{ recruiter }} {{ name }}",
            &unknown,
            &Unworded,
        )
        .unwrap();
        assert_eq!(written.plain, "[time] [recruiter] Ada Lovelace");
        assert_eq!(written.missing, [Placeholder::Time, Placeholder::Recruiter]);
    }

    #[test]
    fn a_template_may_do_without_a_value_when_it_says_so() {
        let unknown = Facts {
            meeting: None,
            ..facts()
        };
        let body = "{% if time is defined %}We meet {{ time }}.{% endif %}Bye";
        let written = write("", body, &unknown, &Unworded).unwrap();
        assert_eq!((written.plain.as_str(), written.missing.len()), ("Bye", 0));
    }

    #[test]
    fn a_placeholder_that_there_is_not_is_named() {
        let fault = write("", "Hi {{ frist_name }}", &facts(), &Unworded).unwrap_err();
        assert_eq!(fault, TemplateFault::Unknown("frist_name".to_owned()));
        let name = "frist_name".to_owned();
        assert_eq!(Problem::from(fault), Problem::PlaceholderUnknown { name });
    }

    #[test]
    fn a_brace_too_few_is_found_on_its_line() {
        let fault = write("", "Hi\n{{ name }", &facts(), &Unworded).unwrap_err();
        assert!(
            matches!(fault, TemplateFault::Syntax { line: 2, .. }),
            "{fault:?}"
        );
    }

    #[test]
    fn a_name_is_text_even_if_it_looks_like_a_template() {
        let mean = Facts {
            name: "{{ link }}<b>".to_owned(),
            ..facts()
        };
        let written = write("", "{{ name }}", &mean, &Unworded).unwrap();
        assert_eq!(written.plain, "{{ link }}<b>");
    }

    #[test]
    fn a_subject_is_one_line() {
        let mean = Facts {
            job: "Engineer\r\nBcc: everybody@example.test".to_owned(),
            ..facts()
        };
        let written = write("{{ job }}", "", &mean, &Unworded).unwrap();
        assert_eq!(written.subject, "Engineer Bcc: everybody@example.test");
    }

    #[test]
    fn an_endless_template_ends() {
        let body = "{% for a in name %}{% for b in name %}{% for c in name %}{% for d in name %}\
            {% for e in name %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}";
        assert!(matches!(
            write("", body, &facts(), &Unworded),
            Err(TemplateFault::Unable(_))
        ));
    }
}
