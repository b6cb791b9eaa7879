use super::reading::{Flaw, Part, parts};
use super::{Facts, InvitationWords, Placeholder};
use crate::problem::Problem;

/// As much of an unknown name as helps to find it, in characters.
const LONGEST_NAME: usize = 40;

/// A filled-in template.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The subject of a mail, in one line.
    pub subject: String,
    /// The text. What is not known stands there in brackets.
    pub plain: String,
    /// What stands there in brackets.
    pub missing: Vec<Placeholder>,
    /// What the lines were about that are not there, since nothing in them is known yet.
    pub left_out: Vec<Placeholder>,
    /// Whether it says when the interview is.
    pub names_time: bool,
}

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// The line of the text, counted from 1; 0 is the subject.
    pub line: usize,
    /// What it calls something that there isn't; `None`: a brace is missing.
    pub unknown: Option<String>,
}

/// Fills a template in. A line that names only what isn't known yet is left out.
///
/// # Errors
/// The first fault of the template itself.
pub fn write(
    subject: &str,
    body: &str,
    facts: &Facts,
    words: &dyn InvitationWords,
) -> Result<Written, TemplateFault> {
    let mut draft = Draft {
        facts,
        words,
        written: Written::default(),
    };
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let subject = draft.line(0, &subject, false)?.unwrap_or_default();
    draft.written.subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    draft.written.plain = draft.text(body)?;
    for named in [&mut draft.written.missing, &mut draft.written.left_out] {
        named.sort_unstable();
        named.dedup();
    }
    Ok(draft.written)
}

impl From<TemplateFault> for Problem {
    fn from(TemplateFault { line, unknown }: TemplateFault) -> Self {
        match unknown {
            Some(name) => Self::PlaceholderUnknown { name, line },
            None => Self::TemplateBroken { line },
        }
    }
}

struct Draft<'a> {
    facts: &'a Facts,
    words: &'a dyn InvitationWords,
    written: Written,
}

impl Draft<'_> {
    fn text(&mut self, body: &str) -> Result<String, TemplateFault> {
        let mut lines: Vec<String> = Vec::new();
        // Where a whole paragraph is left out, one of the empty lines around it is too.
        let mut gap = false;
        for (index, line) in body.lines().enumerate() {
            let Some(line) = self.line(index + 1, line, true)? else {
                gap = true;
                continue;
            };
            let after_empty = lines.last().is_none_or(|last| last.trim().is_empty());
            if gap && after_empty && line.trim().is_empty() {
                continue;
            }
            gap = false;
            lines.push(line);
        }
        Ok(lines.join("\n").trim_end().to_owned())
    }

    /// One line as it is sent; `None`: it is left out.
    fn line(
        &mut self,
        number: usize,
        line: &str,
        may_be_left_out: bool,
    ) -> Result<Option<String>, TemplateFault> {
        let parts = parts(line, self.words);
        let mut text = String::new();
        let mut unknown = Vec::new();
        let mut known = 0_usize;
        for part in parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Placeholder(placeholder) => match placeholder.value(self.facts, self.words) {
                    Some(value) => {
                        text.push_str(&value);
                        known += 1;
                        self.written.names_time |= placeholder == Placeholder::Time;
                    }
                    None => {
                        text.push_str(&format!("[{}]", self.words.gap(placeholder)));
                        unknown.push(placeholder);
                    }
                },
                Part::Flawed { flaw, .. } => return Err(fault(number, flaw)),
            }
        }
        let left_out = may_be_left_out
            && known == 0
            && !unknown.is_empty()
            && unknown.iter().all(|each| self.can_wait(*each));
        match left_out {
            true => self.written.left_out.extend(unknown),
            false => self.written.missing.extend(unknown),
        }
        Ok((!left_out).then_some(text))
    }

    /// Returns true if a candidate can be invited without it. What Lever could not be asked for
    /// may well be there: only the recruiter can leave that out.
    fn can_wait(&self, placeholder: Placeholder) -> bool {
        match placeholder {
            Placeholder::FirstName | Placeholder::Name | Placeholder::Link => false,
            Placeholder::Job
            | Placeholder::Time
            | Placeholder::Interviewers
            | Placeholder::Recruiter => self.facts.unread.is_none(),
        }
    }
}

fn fault(line: usize, flaw: Flaw<'_>) -> TemplateFault {
    let unknown = match flaw {
        Flaw::Unknown(name) => Some(name.chars().take(LONGEST_NAME).collect()),
        Flaw::Braces => None,
    };
    TemplateFault { line, unknown }
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

    fn not_planned() -> Facts {
        Facts {
            meeting: None,
            ..facts()
        }
    }

    fn plain(body: &str, facts: &Facts) -> String {
        write("", body, facts, &Unworded).unwrap().plain
    }

    #[test]
    fn a_template_is_filled_in_from_what_is_known() {
        let body = "Hi {first name}, {time}, {interviewers}, {{ link }}, {{ recruiter }}";
        let written = write("For {job}", body, &facts(), &Unworded).unwrap();
        assert_eq!(written.subject, "For Backend Engineer");
        assert_eq!((written.missing.len(), written.left_out.len()), (0, 0));
        assert_eq!(
            written.plain,
            "Hi Ada, 1796135400000 (Europe/Lisbon), Ines Pereira, \
             https://app.coderpad.io/K7QWM3ZD, Mara Lindqvist"
        );
    }

    #[test]
    fn a_line_about_what_is_not_known_yet_is_left_out_and_named() {
        let body = "Hi {name}\n\nWhen: {time}\nWith: {interviewers}\nWhere: {link}\n";
        let written = write("", body, &not_planned(), &Unworded).unwrap();
        assert_eq!(
            written.plain,
            "Hi Ada Lovelace\n\nWhere: https://app.coderpad.io/K7QWM3ZD"
        );
        assert_eq!(written.missing, []);
        assert_eq!(
            written.left_out,
            [Placeholder::Time, Placeholder::Interviewers]
        );
    }

    #[test]
    fn a_paragraph_that_is_left_out_takes_one_empty_line_with_it() {
        let unknown = not_planned();
        for (body, left) in [
            ("A\n\n{time}\n\nB", "A\n\nB"),
            ("A\n\n{time}\n{interviewers}\n\nB", "A\n\nB"),
            ("A\n{time}\n\nB", "A\n\nB"),
            ("A\n\n{time}\nB", "A\n\nB"),
            ("{time}\n\nB", "B"),
            ("A\n\n{time}\n", "A"),
            ("A\n\n\n{time}\n\n\nB", "A\n\n\nB"),
            ("A\n\n\nB", "A\n\n\nB"),
            ("A\r\n\r\n{time}\r\n\r\nB", "A\n\nB"),
            ("{time}", ""),
        ] {
            assert_eq!(plain(body, &unknown), left, "{body:?}");
        }
    }

    #[test]
    fn a_line_that_also_says_something_known_stays_with_a_gap() {
        let body = "{job}: {time}\n{time}";
        let written = write("", body, &not_planned(), &Unworded).unwrap();
        assert_eq!(written.plain, "Backend Engineer: [time]");
        assert_eq!(written.missing, [Placeholder::Time]);
        assert_eq!(written.left_out, [Placeholder::Time]);
    }

    #[test]
    fn neither_the_greeting_nor_the_link_nor_the_subject_is_left_out() {
        let nobody = Facts::default();
        let written = write(
            "{job}",
            "Hi {first name},\n{link}\n{name}",
            &nobody,
            &Unworded,
        );
        let written = written.unwrap();
        assert_eq!(written.subject, "[job]");
        assert_eq!(written.plain, "Hi [first_name],\n[link]\n[name]");
        assert_eq!(written.left_out, []);
        assert_eq!(written.missing.len(), 4);
    }

    #[test]
    fn what_lever_could_not_be_asked_for_is_never_left_out() {
        let unread = Facts {
            unread: Some(Problem::KeysMissing),
            ..not_planned()
        };
        let written = write("", "When: {time}", &unread, &Unworded).unwrap();
        assert_eq!(written.plain, "When: [time]");
        assert_eq!(written.missing, [Placeholder::Time]);
    }

    #[test]
    fn a_fault_is_named_with_its_line() {
        for (subject, body, line, unknown) in [
            ("", "Hi {frist_name}", 1, Some("frist_name")),
            ("Hi {{ nmae }}", "{x}", 0, Some("nmae")),
            ("", "Hi\r\n\r\n{{ name", 3, None),
            ("", "{time}\n{name}}}", 2, None),
            ("", "{% if time %}x{% endif %}", 1, Some("% if time %")),
            ("", "{{ time|upper }}", 1, Some("time|upper")),
        ] {
            let unknown = unknown.map(str::to_owned);
            let fault = write(subject, body, &not_planned(), &Unworded).unwrap_err();
            assert_eq!(fault, TemplateFault { line, unknown }, "{subject} {body}");
        }
        let long = format!("{{{}}}", "é".repeat(1_000));
        let fault = write("", &long, &facts(), &Unworded).unwrap_err();
        assert_eq!(fault.unknown, Some("é".repeat(LONGEST_NAME)));
        let (name, line) = ("x".to_owned(), 2);
        let unknown = write("", "\n{x}", &facts(), &Unworded).unwrap_err();
        assert_eq!(
            Problem::from(unknown),
            Problem::PlaceholderUnknown { name, line }
        );
        let broken = write("", "{", &facts(), &Unworded).unwrap_err();
        assert_eq!(Problem::from(broken), Problem::TemplateBroken { line: 1 });
    }

    #[test]
    fn a_name_is_text_even_if_it_looks_like_a_template() {
        let mean = Facts {
            name: "{{ link }}<b>\n{job}".to_owned(),
            ..facts()
        };
        assert_eq!(plain("{name}", &mean), "{{ link }}<b>\n{job}");
    }

    #[test]
    fn a_subject_is_one_line() {
        let mean = Facts {
            job: "Engineer\r\nBcc: everybody@example.test".to_owned(),
            ..facts()
        };
        let written = write("{job}", "", &mean, &Unworded).unwrap();
        assert_eq!(written.subject, "Engineer Bcc: everybody@example.test");
    }
}
