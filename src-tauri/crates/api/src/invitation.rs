//! The invitation: shown as it would be written, copied, or put into a mail.

use lever::OpportunityId;
use padwatch_domain::invitation::{Facts, Template, TemplateId, Written, as_html, write};
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_engine::snapshot::Action;
use padwatch_engine::{Answer, Handle};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use url::Url;

use crate::desktop::Desktop;
use crate::dto;
use crate::dto::convert::convert;
use crate::dto::invitation::Placeholder;
use crate::presenter::invitation::{Worded, worded};

/// Which template is meant.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export)]
pub enum WhichTemplate {
    /// The one for the candidate's posting.
    OfPosting,
    /// This one.
    Stored {
        /// Its id.
        id: dto::invitation::TemplateId,
    },
    /// One that is being written and not stored yet.
    Draft {
        /// The subject.
        subject: String,
        /// The text.
        body: String,
    },
}

/// An invitation as it would be written now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct InvitationPreview {
    /// The template; `None`: one that is not stored.
    pub template: Option<dto::invitation::TemplateId>,
    /// The subject.
    pub subject: String,
    /// The text. What is not known stands there in brackets.
    pub text: String,
    /// What stands there in brackets.
    pub missing: Vec<Placeholder>,
    /// What the lines were about that are left out, since nothing in them is known yet.
    pub left_out: Vec<Placeholder>,
    /// Where a mail would go, if Lever has an address.
    pub address: Option<String>,
    /// Why Lever could not be asked for all of it.
    pub unread: Option<dto::problem::Problem>,
}

/// What will be handed over, and from what.
struct Invitation {
    template: Option<TemplateId>,
    facts: Facts,
    written: Written,
}

pub(crate) async fn preview(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
    which: WhichTemplate,
) -> Answer<InvitationPreview> {
    let Invitation {
        template,
        facts,
        written,
    } = fill(engine, desktop, opportunity, which).await?;
    Ok(InvitationPreview {
        template: convert(template),
        subject: written.subject,
        text: written.plain,
        missing: convert(written.missing),
        left_out: convert(written.left_out),
        address: facts.address,
        unread: convert(facts.unread),
    })
}

/// Copies first and marks then, as with a link.
pub(crate) async fn copy(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
    which: WhichTemplate,
    with_gaps: bool,
) -> Answer<()> {
    check(engine, &opportunity).await?;
    let Invitation { facts, written, .. } =
        fill(engine, desktop, opportunity.clone(), which).await?;
    complete(&facts, &written, with_gaps)?;
    let handed_over = handed_over(&facts, &written);
    let html = as_html(&written.plain, facts.link.as_deref());
    desktop.copy_rich(html, written.plain).await?;
    desktop.copied(&opportunity);
    engine.act(opportunity, handed_over).await
}

/// Opens a new mail in the person's own program. Nothing is sent by this.
pub(crate) async fn mail(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
    which: WhichTemplate,
    with_gaps: bool,
) -> Answer<()> {
    check(engine, &opportunity).await?;
    let Invitation { facts, written, .. } =
        fill(engine, desktop, opportunity.clone(), which).await?;
    complete(&facts, &written, with_gaps)?;
    desktop.write_mail(mail_to(&facts, &written)?).await?;
    engine.act(opportunity, handed_over(&facts, &written)).await
}

/// An invitation with a dead link is worth nothing. One without a link yet has nothing to check.
async fn check(engine: &Handle, opportunity: &OpportunityId) -> Answer<()> {
    match engine.check_link(opportunity.clone()).await {
        Err(problem) if problem.code() != ProblemCode::TooLate => Err(problem),
        Ok(_) | Err(_) => Ok(()),
    }
}

async fn fill(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
    which: WhichTemplate,
) -> Answer<Invitation> {
    let settings = engine.settings().await?.invitation;
    let template = match which {
        WhichTemplate::Draft { subject, body } => Draft(None, subject, body),
        WhichTemplate::Stored { id } => settings
            .template(convert(id))
            .map(Draft::of)
            .ok_or(Problem::NoTemplate)?,
        WhichTemplate::OfPosting => {
            let posting = engine.detail(opportunity.clone()).await?.posting;
            let template = settings.for_posting(posting.as_ref());
            template.map(Draft::of).ok_or(Problem::NoTemplate)?
        }
    };
    let facts = engine.invitation(opportunity).await?;
    let times = desktop.times();
    let written = write(&template.1, &template.2, &facts, &Worded(&times))?;
    Ok(Invitation {
        template: template.0,
        facts,
        written,
    })
}

/// A template's id, subject and text.
struct Draft(Option<TemplateId>, String, String);

impl Draft {
    fn of(template: &Template) -> Self {
        let Template {
            id, subject, body, ..
        } = worded(template.clone());
        Self(Some(id), subject, body)
    }
}

/// Without a pad there is nothing to invite to; a gap has to be wanted.
fn complete(facts: &Facts, written: &Written, with_gaps: bool) -> Answer<()> {
    if facts.link.is_none() {
        return Err(Problem::NothingToInviteTo);
    }
    if written.missing.is_empty() || with_gaps {
        return Ok(());
    }
    let missing = written
        .missing
        .iter()
        .map(|each| each.key().to_owned())
        .collect();
    Err(Problem::InvitationIncomplete { missing })
}

/// What the candidate is told by this text.
fn handed_over(facts: &Facts, written: &Written) -> Action {
    match &facts.meeting {
        Some(meeting) if written.names_time => Action::MarkInvited {
            starts_ms: meeting.starts_ms,
        },
        _ => Action::MarkCopied,
    }
}

/// An address for a mail program. Line breaks are as mails have them (RFC 6068, 5).
fn mail_to(facts: &Facts, written: &Written) -> Answer<Url> {
    let mut url = Url::parse("mailto:").map_err(|_| Problem::MailNotPrepared)?;
    if let Some(address) = &facts.address {
        // Whatever could add a header or a second address is escaped.
        url.set_path(&percent(address).replace("%40", "@"));
    }
    let body = written.plain.replace("\r\n", "\n").replace('\n', "\r\n");
    url.set_query(Some(&format!(
        "subject={}&body={}",
        percent(&written.subject),
        percent(&body)
    )));
    Ok(url)
}

/// Escapes all but letters and digits. A blank becomes `%20`: mail programs take `+` for itself.
fn percent(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(subject: &str, plain: &str) -> Written {
        Written {
            subject: subject.to_owned(),
            plain: plain.to_owned(),
            ..Written::default()
        }
    }

    #[test]
    fn a_mail_has_its_subject_and_its_lines() {
        let facts = Facts {
            address: Some("ada@example.test".to_owned()),
            ..Facts::default()
        };
        let url = mail_to(
            &facts,
            &written("Your interview", "Hi Ada,\n\n1 + 1 & so on"),
        )
        .unwrap();
        assert_eq!(
            url.as_str(),
            "mailto:ada@example.test?subject=Your%20interview\
             &body=Hi%20Ada%2C%0D%0A%0D%0A1%20%2B%201%20%26%20so%20on"
        );
    }

    #[test]
    fn an_address_adds_neither_a_header_nor_a_second_address() {
        let facts = Facts {
            address: Some("ada@example.test,eve@evil.test?bcc=eve@evil.test".to_owned()),
            ..Facts::default()
        };
        let url = mail_to(&facts, &written("s", "b")).unwrap();
        assert!(!url.path().contains(['?', ',', '=']), "{url}");
        assert_eq!(url.query(), Some("subject=s&body=b"));
    }

    #[test]
    fn a_gap_has_to_be_wanted() {
        let facts = Facts {
            link: Some("https://app.coderpad.io/K7QWM3ZD".to_owned()),
            ..Facts::default()
        };
        let gap = Written {
            missing: vec![padwatch_domain::invitation::Placeholder::Time],
            ..written("", "")
        };
        let problem = complete(&facts, &gap, false).unwrap_err();
        let missing = vec!["time".to_owned()];
        assert_eq!(problem, Problem::InvitationIncomplete { missing });
        assert_eq!(complete(&facts, &gap, true), Ok(()));
        assert!(complete(&Facts::default(), &written("", ""), true).is_err());
    }
}
