//! The words of a notification. Plain text: what shows it escapes it if need be.

use crate::presenter::reasons;
use lever::OpportunityId;
use padwatch_domain::announcement::{Announcement, News, Who};
use padwatch_domain::problem::Problem;
use padwatch_domain::reason::Reason;
use padwatch_domain::settings::NotificationSettings;

use crate::presenter::problem::sentences;

/// More than this many at once are told as one.
const MOST_AT_ONCE: usize = 3;

/// What a click on a notification does, in words.
pub const OPEN: &str = "Open Padwatch";

/// A notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What happened, in a few words.
    pub title: String,
    /// The rest; may be empty.
    pub body: String,
    /// What can be done about it.
    pub buttons: Vec<Press>,
    /// The candidate whom a click on it leads to, if it is about one.
    pub about: Option<OpportunityId>,
}

/// What a button of a notification does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Copies the pad link.
    CopyLink(OpportunityId),
    /// Opens the candidate's page in Lever.
    OpenInLever(OpportunityId),
    /// Opens the playback of the interview.
    PlayBack(OpportunityId),
    /// Prepares the note about an interview, in the window.
    AddCode(OpportunityId),
    /// Opens the window with this candidate selected.
    OpenCandidate(OpportunityId),
    /// Opens the window.
    OpenWindow,
}

/// What came of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The button at this place was pressed.
    Pressed(usize),
    /// The notification itself was clicked.
    Clicked,
    /// It is gone.
    Closed,
}

impl Press {
    /// The words on the button.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::CopyLink(_) => "Copy link",
            Self::OpenInLever(_) => "Open in Lever",
            Self::PlayBack(_) => "Play back",
            Self::AddCode(_) => "Add code to Lever",
            Self::OpenCandidate(_) | Self::OpenWindow => OPEN,
        }
    }

    /// Returns true if it does what a click on the notification itself does.
    #[must_use]
    pub fn opens_padwatch(&self) -> bool {
        matches!(self, Self::OpenCandidate(_) | Self::OpenWindow)
    }
}

impl Notice {
    /// The notice for an announcement as it is shown now, in ms since the epoch; `None` if the person
    /// doesn't want to hear of it, or if its time has passed. A click on one that is about a
    /// candidate leads to that candidate.
    #[must_use]
    pub fn of(
        announcement: &Announcement,
        wanted: &NotificationSettings,
        now_ms: i64,
    ) -> Option<Self> {
        let mut notice = Self::in_words(announcement, wanted, now_ms)?;
        notice.about = announcement.news.who().map(|who| who.opportunity.clone());
        if let Some(opportunity) = &notice.about {
            for press in &mut notice.buttons {
                if *press == Press::OpenWindow {
                    *press = Press::OpenCandidate(opportunity.clone());
                }
            }
        }
        Some(notice)
    }

    /// What the outcome of showing it asks for.
    #[must_use]
    pub fn means(self, outcome: Outcome) -> Option<Press> {
        match outcome {
            Outcome::Closed => None,
            Outcome::Clicked => Some(match self.about {
                Some(opportunity) => Press::OpenCandidate(opportunity),
                None => Press::OpenWindow,
            }),
            Outcome::Pressed(place) => self.buttons.into_iter().nth(place),
        }
    }

    fn in_words(
        announcement: &Announcement,
        wanted: &NotificationSettings,
        now_ms: i64,
    ) -> Option<Self> {
        let news = &announcement.news;
        if !is_wanted(news, wanted) || has_passed(news, now_ms) {
            return None;
        }
        let names = !wanted.hide_names;
        Self::about_a_pad(news, names)
            .or_else(|| Self::about_an_interview(news, names, now_ms))
            .or_else(|| Self::about_a_question(news, names))
            .or_else(|| Self::about_padwatch(news))
    }

    /// A pad that is ready, or a link that is not where it belongs.
    fn about_a_pad(news: &News, names: bool) -> Option<Self> {
        Some(match news {
            News::PadReady { who, adopted, .. } => Self::about_one(
                with_posting("Pad ready", "A pad is ready", who, names),
                match adopted {
                    true => "The link was on the Lever profile already.",
                    false => "The link is ready to be sent.",
                },
                [
                    Press::CopyLink(who.opportunity.clone()),
                    Press::OpenInLever(who.opportunity.clone()),
                ],
            ),
            News::NoLink { who } => Self::asking(
                with_name("No pad link yet", who, names),
                "CoderPad’s integration has put no link on the profile. You can make a pad in Padwatch.",
            ),
            News::Duplicate { who, ours, .. } => Self::asking(
                with_name("Two pads for one candidate", who, names),
                match ours {
                    true => "You can delete the one too many in Padwatch.",
                    false => "Another tool or person made the second one.",
                },
            ),
            News::LinkRefused { who, reason } => Self::about_one(
                with_name("The pad link is not on the Lever profile", who, names),
                hidden_without(names, reason),
                link_and_window(who),
            ),
            _ => return None,
        })
    }

    /// An interview that is soon or over, and the note about it.
    fn about_an_interview(news: &News, names: bool, now_ms: i64) -> Option<Self> {
        Some(match news {
            News::Finished { who, by_itself, .. } => Self::about_one(
                with_posting("Interview finished", "An interview is finished", who, names),
                match by_itself {
                    true => {
                        "Nobody ended it, so CoderPad did, a week later. The recording is ready."
                    }
                    false => "The recording is ready.",
                },
                [
                    Press::PlayBack(who.opportunity.clone()),
                    Press::AddCode(who.opportunity.clone()),
                ],
            ),
            News::Reminder { who, starts_ms, .. } => Self::about_one(
                with_posting("Interview soon", "An interview is soon", who, names),
                begins_in(starts_ms.saturating_sub(now_ms)),
                link_and_window(who),
            ),
            News::NotSentYet { who, starts_ms, .. } => Self::about_one(
                with_name("Link not sent yet", who, names),
                format!(
                    "{} The link was neither copied nor marked as sent.",
                    begins_in(starts_ms.saturating_sub(now_ms))
                ),
                link_and_window(who),
            ),
            News::NoteAdded { who } => Self::about_one(
                with_name("Note added", who, names),
                "The note about the interview is on the candidate in Lever.",
                [Press::OpenInLever(who.opportunity.clone())],
            ),
            News::NoteRefused { who, reason } => Self::asking(
                with_name("The note is not in Lever", who, names),
                hidden_without(names, reason),
            ),
            _ => return None,
        })
    }

    /// Something that the person is to decide.
    fn about_a_question(news: &News, names: bool) -> Option<Self> {
        Some(match news {
            News::Uncertain { who, doubt } => Self::asking(
                with_name("Not sure about a pad", who, names),
                hidden_without(names, &Reason::CheckingPad { doubt: *doubt }),
            ),
            News::Asks { who, question } => Self::asking(
                with_name("Your decision is needed", who, names),
                hidden_without(names, question),
            ),
            News::Surge { count } => Self::asking(
                format!("{count} new candidates at once"),
                "Padwatch asks before it makes so many pads.",
            ),
            _ => return None,
        })
    }

    /// Padwatch itself. Lists the others too: a new kind of news must find its place.
    fn about_padwatch(news: &News) -> Option<Self> {
        Some(match news {
            News::Hindered { problem } => Self::failed(problem),
            News::GoesOn => Self::asking("Padwatch goes on", "What was in the way is gone."),
            News::QuotaLow { remaining } => Self::asking(
                match remaining {
                    0 => "No pads are left".to_owned(),
                    1 => "One pad is left".to_owned(),
                    more => format!("{more} pads are left"),
                },
                "CoderPad refuses further ones when none is left.",
            ),
            News::LedgerRebuilt { set_aside } => Self::asking(
                "Padwatch began a new ledger",
                format!(
                    "The old one could not be read; it was set aside as {set_aside}. \
                     No pad is made until you say so in Padwatch."
                ),
            ),
            News::PadReady { .. }
            | News::NoLink { .. }
            | News::Duplicate { .. }
            | News::LinkRefused { .. }
            | News::Finished { .. }
            | News::Reminder { .. }
            | News::NotSentYet { .. }
            | News::NoteAdded { .. }
            | News::NoteRefused { .. }
            | News::Uncertain { .. }
            | News::Asks { .. }
            | News::Surge { .. } => return None,
        })
    }
    /// The notice for something that a click could not do.
    #[must_use]
    pub fn failed(problem: &Problem) -> Self {
        let told = sentences(problem);
        Self::asking(told.happened, format!("{} {}", told.means, told.todo))
    }

    /// As few notifications as say it all: many at once become one.
    #[must_use]
    pub fn gathered(notices: Vec<Self>) -> Vec<Self> {
        if notices.len() <= MOST_AT_ONCE {
            return notices;
        }
        let ready = notices
            .iter()
            .filter(|notice| notice.hands_over_a_link())
            .count();
        let title = if ready == notices.len() {
            format!("{ready} pads are ready")
        } else {
            format!("{} updates from Padwatch", notices.len())
        };
        vec![Self::asking(
            title,
            "Padwatch and its menu list them.".to_owned(),
        )]
    }

    /// Returns true if it is about a pad that is ready: others hand over a link too, but not these two.
    fn hands_over_a_link(&self) -> bool {
        matches!(
            self.buttons[..],
            [Press::CopyLink(_), Press::OpenInLever(_)]
        )
    }

    fn asking(title: impl Into<String>, body: impl Into<String>) -> Self {
        Self::about_one(title, body, [Press::OpenWindow])
    }

    fn about_one(
        title: impl Into<String>,
        body: impl Into<String>,
        buttons: impl Into<Vec<Press>>,
    ) -> Self {
        Self {
            title: title.into(),
            body: body.into(),
            buttons: buttons.into(),
            about: None,
        }
    }
}

fn with_posting(what: &str, hidden: &str, who: &Who, names: bool) -> String {
    let name = person(who);
    match (names, who.posting.trim()) {
        (false, _) => hidden.to_owned(),
        (true, "") => format!("{what}: {name}"),
        (true, posting) => format!("{what}: {name}, {posting}"),
    }
}

fn with_name(what: &str, who: &Who, names: bool) -> String {
    if names {
        format!("{what}: {}", person(who))
    } else {
        what.to_owned()
    }
}

fn person(who: &Who) -> &str {
    match who.name.trim() {
        "" => "a candidate without a name",
        name => name,
    }
}

fn link_and_window(who: &Who) -> Vec<Press> {
    vec![Press::CopyLink(who.opportunity.clone()), Press::OpenWindow]
}

/// How soon an interview begins, from ms.
fn begins_in(ms: i64) -> String {
    let minutes = (ms / 60_000).max(0);
    match (minutes / 60, minutes) {
        (0, 0) => "It begins now.".to_owned(),
        (0, 1) => "It begins in one minute.".to_owned(),
        (0, minutes) => format!("It begins in {minutes} minutes."),
        (1, _) => "It begins in about an hour.".to_owned(),
        (hours, _) => format!("It begins in about {hours} hours."),
    }
}

/// A reason may name the candidate.
fn hidden_without(names: bool, reason: &Reason) -> String {
    match names {
        true => reasons::reason(reason),
        false => "Open Padwatch to see more.".to_owned(),
    }
}

/// Returns true if the person wants to hear of it.
fn is_wanted(news: &News, wanted: &NotificationSettings) -> bool {
    match news {
        News::PadReady { .. } => wanted.pad_ready,
        News::Finished { .. } => wanted.finished,
        _ => true,
    }
}

/// Returns true if it is about an interview that has begun since.
fn has_passed(news: &News, now_ms: i64) -> bool {
    match news {
        News::Reminder { starts_ms, .. } | News::NotSentYet { starts_ms, .. } => {
            *starts_ms <= now_ms
        }
        _ => false,
    }
}

#[cfg(test)]
#[path = "notifications_tests.rs"]
mod tests;
