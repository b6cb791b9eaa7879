//! The words of an invitation to a candidate.

use padwatch_domain::invitation::{InvitationWords, Meeting, Placeholder, Template, rewritten};

use super::times::Times;
use crate::catalogue::{listed, words};
use crate::dto::convert::{Convert, convert};
use crate::dto::invitation as dto;

/// The words of invitations, by the catalogue; times as they are written here.
pub(crate) struct Worded<'a>(pub(crate) &'a Times);

impl InvitationWords for Worded<'_> {
    fn time(&self, meeting: &Meeting) -> Option<String> {
        self.0.meeting(meeting.starts_ms, meeting.zone.as_deref())
    }

    fn listed(&self, names: &[String]) -> String {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        listed(&names)
    }

    fn called(&self, placeholder: Placeholder) -> String {
        called(placeholder)
    }

    fn gap(&self, placeholder: Placeholder) -> String {
        words().named("gap", placeholder.key())
    }
}

impl Convert<Template> for dto::Template {
    fn convert(from: Template) -> Self {
        let Template {
            id,
            name,
            subject,
            body,
        } = worded(from);
        let id = convert(id);
        Self {
            id,
            name,
            subject,
            body,
        }
    }
}

impl Convert<dto::Template> for Template {
    fn convert(from: dto::Template) -> Self {
        let dto::Template {
            id,
            name,
            subject,
            body,
        } = from;
        let id = convert(id);
        saved(Self {
            id,
            name,
            subject,
            body,
        })
    }
}

/// A template as it is shown and filled in: the default text stands where there is none of its own,
/// and placeholders have the names that the recruiter knows.
pub(crate) fn worded(template: Template) -> Template {
    let template = named(template);
    match template.has_own_text() && !is_former_default(&template) {
        true => Template {
            subject: shown(&template.subject),
            body: shown(&template.body),
            ..template
        },
        false => Template {
            subject: words().invitation_default_subject(),
            body: default_body(),
            ..template
        },
    }
}

/// A template as it is saved, with the placeholders' keys. The default text isn't saved, so that a
/// later version can improve it.
fn saved(template: Template) -> Template {
    let (subject, body) = (stored(&template.subject), stored(&template.body));
    let is_default = subject == stored(&words().invitation_default_subject())
        && body.trim_end() == stored(&default_body()).trim_end();
    let name = match template.name == words().invitation_default_name() {
        true => String::new(),
        false => template.name,
    };
    let (subject, body) = match is_default {
        true => (String::new(), String::new()),
        false => (subject, body),
    };
    Template {
        name,
        subject,
        body,
        ..template
    }
}

fn shown(text: &str) -> String {
    rewrite(text, |placeholder| format!("{{{}}}", called(placeholder)))
}

fn stored(text: &str) -> String {
    rewrite(text, |placeholder| {
        format!("{{{{ {} }}}}", placeholder.key())
    })
}

fn rewrite(text: &str, as_written: impl Fn(Placeholder) -> String) -> String {
    rewritten(text, &Worded(&Times::default()), as_written)
}

fn called(placeholder: Placeholder) -> String {
    words().named("placeholder", placeholder.key())
}

fn named(template: Template) -> Template {
    match template.name.is_empty() {
        true => Template {
            name: words().invitation_default_name(),
            ..template
        },
        false => template,
    }
}

fn default_body() -> String {
    words().invitation_default_body() + "\n"
}

/// The default texts of earlier versions, which were saved with the settings. A recruiter who has
/// changed nothing gets today's.
const FORMER_DEFAULTS: [(&str, &str); 1] = [(
    "Your interview for {{ job }}",
    "Hi {{ first_name }},\n\n\
     We look forward to talking with you about the {{ job }} role.\n\n\
     When: {{ time }}\n\
     With: {{ interviewers }}\n\
     Where: {{ link }}\n\n\
     The link opens a shared editor in your browser; there is nothing to install. \
     Please open it when the interview begins.\n\n\
     Best regards,\n\
     {{ recruiter }}\n",
)];

fn is_former_default(template: &Template) -> bool {
    FORMER_DEFAULTS.iter().any(|(subject, body)| {
        template.subject == *subject && template.body.trim_end() == body.trim_end()
    })
}

#[cfg(test)]
mod tests {
    use padwatch_domain::invitation::{Facts, InvitationSettings, TemplateId, write};

    use super::*;

    #[test]
    fn interviewers_are_listed_as_one_says_them() {
        let of = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            Worded(&Times::default()).listed(&names)
        };
        assert_eq!(of(&[]), "");
        assert_eq!(of(&["Ann"]), "Ann");
        assert_eq!(of(&["Ann", "Bo", "Cy"]), "Ann, Bo, and Cy");
    }

    fn template(subject: &str, body: &str) -> Template {
        Template {
            id: TemplateId(3),
            name: "Mine".to_owned(),
            subject: subject.to_owned(),
            body: body.to_owned(),
        }
    }

    #[test]
    fn the_default_invitation_is_filled_in_from_what_is_known() {
        let settings = InvitationSettings::default();
        let first = worded(settings.for_posting(None).unwrap().clone());
        let facts = Facts {
            name: "Ada Lovelace".to_owned(),
            job: "Backend Engineer".to_owned(),
            link: Some("https://app.coderpad.io/K7QWM3ZD".to_owned()),
            meeting: Some(Meeting {
                starts_ms: 1_795_530_600_000,
                zone: Some("Europe/Lisbon".to_owned()),
                interviewers: vec!["Ines Pereira".to_owned()],
            }),
            recruiter: Some("Mara Lindqvist".to_owned()),
            ..Facts::default()
        };
        let times = Times::default();
        let written = write(&first.subject, &first.body, &facts, &Worded(&times)).unwrap();
        assert_eq!(first.name, "Phone screen");
        assert_eq!(written.subject, "Your coding interview");
        assert_eq!((written.missing.len(), written.left_out.len()), (0, 0));
        assert_eq!(
            written.plain,
            "Hi Ada,\n\n\
             Thank you for your interest in the Backend Engineer role. We’re looking forward to \
             talking with you.\n\n\
             When: Tuesday, November 24, 2:30 PM (Lisbon time)\n\
             With: Ines Pereira\n\n\
             We’ll write some code together in CoderPad, an editor in your browser. There’s nothing \
             to install. When the interview starts, open this link:\n\
             https://app.coderpad.io/K7QWM3ZD\n\n\
             Best regards,\n\
             Mara Lindqvist"
        );
        let not_planned = Facts {
            meeting: None,
            recruiter: None,
            ..facts
        };
        let before = write(&first.subject, &first.body, &not_planned, &Worded(&times)).unwrap();
        assert_eq!(before.missing, []);
        assert_eq!(
            before.plain,
            "Hi Ada,\n\n\
             Thank you for your interest in the Backend Engineer role. We’re looking forward to \
             talking with you.\n\n\
             We’ll write some code together in CoderPad, an editor in your browser. There’s nothing \
             to install. When the interview starts, open this link:\n\
             https://app.coderpad.io/K7QWM3ZD\n\n\
             Best regards,"
        );
    }

    #[test]
    fn a_saved_default_of_an_earlier_version_gives_way_to_todays() {
        let today = worded(template("", ""));
        for (subject, body) in FORMER_DEFAULTS {
            assert_eq!(worded(template(subject, body)), today);
            let changed = worded(template(subject, &body.replace("Hi ", "Dear ")));
            assert!(
                changed.body.starts_with("Dear {First name},"),
                "{changed:?}"
            );
        }
        let other_subject = worded(template("Welcome", FORMER_DEFAULTS[0].1));
        assert_eq!(other_subject.subject, "Welcome");
        assert!(other_subject.body.starts_with("Hi {First name},"));
    }

    #[test]
    fn a_default_that_comes_back_from_the_page_is_not_saved_as_text() {
        let first = InvitationSettings::default().templates.remove(0);
        assert_eq!(saved(worded(first.clone())), first);
        let mut renamed = worded(first);
        renamed.name = "Coding".to_owned();
        assert_eq!(saved(renamed.clone()).name, "Coding");
        assert!(!saved(renamed).has_own_text());
    }

    #[test]
    fn placeholders_are_shown_by_name_and_saved_by_key() {
        let own = template(
            "Your {{ job }} interview",
            "Hi {{ name }},\n{{ frist }} {{ time",
        );
        let on_screen = worded(own.clone());
        assert_eq!(on_screen.subject, "Your {Job} interview");
        assert_eq!(on_screen.body, "Hi {Full name},\n{{ frist }} {{ time");
        assert_eq!(saved(on_screen), own);
        for placeholder in Placeholder::ALL {
            let key = format!("{{{{ {} }}}}", placeholder.key());
            assert_ne!(shown(&key), key);
            assert_eq!(stored(&shown(&key)), key);
        }
    }

    #[test]
    fn what_is_missing_is_named_in_brackets() {
        let times = Times::default();
        let facts = Facts::default();
        let written = write("{Interview time}, {Your name}", "", &facts, &Worded(&times)).unwrap();
        assert_eq!(written.subject, "[interview time], [your name]");
    }

    #[test]
    fn an_interview_is_told_by_day_time_and_place() {
        let meeting = Meeting {
            starts_ms: 1_795_530_600_000,
            zone: Some("Europe/Lisbon".to_owned()),
            interviewers: Vec::new(),
        };
        let facts = Facts {
            meeting: Some(meeting),
            ..Facts::default()
        };
        let written = write("{{ time }}", "", &facts, &Worded(&Times::default())).unwrap();
        assert_eq!(
            written.subject,
            "Tuesday, November 24, 2:30 PM (Lisbon time)"
        );
    }
}
