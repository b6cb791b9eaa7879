//! The words of a notification. Plain text: what shows it escapes it if need be.

use crate::presenter::times::begins_in;
use crate::presenter::{reasons, remarks};
use lever::OpportunityId;
use padwatch_domain::announcement::{Announcement, News, Who};
use padwatch_domain::interview::readiness::Findings;
use padwatch_domain::problem::Problem;
use padwatch_domain::reason::Reason;
use padwatch_domain::service_error::OutageKind;
use padwatch_domain::settings::NotificationSettings;

use crate::catalogue::words;
use crate::dto::candidates::Fix;
use crate::presenter::problem::sentences;

/// More than this many at once are told as one.
const MOST_AT_ONCE: usize = 3;

/// What a click on a notification does, in words.
#[must_use]
pub fn open_label() -> String {
    words().button_open()
}

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
    /// Copies the invitation.
    CopyInvitation(OpportunityId),
    /// Copies the message to someone who is late.
    CopyMessage(OpportunityId),
    /// Opens the pad in CoderPad.
    OpenPad(OpportunityId),
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
    pub fn label(&self) -> String {
        match self {
            Self::CopyLink(_) => words().button_copy_link(),
            Self::CopyInvitation(_) => words().button_copy_invitation(),
            Self::CopyMessage(_) => words().button_copy_message(),
            Self::OpenPad(_) => words().button_open_pad(),
            Self::OpenInLever(_) => words().button_open_in_lever(),
            Self::PlayBack(_) => words().button_watch_playback(),
            Self::AddCode(_) => words().button_add_code(),
            Self::OpenCandidate(_) | Self::OpenWindow => open_label(),
        }
    }

    /// The candidate it is about, if any.
    #[must_use]
    pub fn candidate(&self) -> Option<&OpportunityId> {
        match self {
            Self::CopyLink(opportunity)
            | Self::CopyInvitation(opportunity)
            | Self::CopyMessage(opportunity)
            | Self::OpenPad(opportunity)
            | Self::OpenInLever(opportunity)
            | Self::PlayBack(opportunity)
            | Self::AddCode(opportunity)
            | Self::OpenCandidate(opportunity) => Some(opportunity),
            Self::OpenWindow => None,
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
        let notice = Self::in_words(announcement, wanted, now_ms)?;
        Some(match announcement.news.who() {
            Some(who) => notice.leading_to(who.opportunity.clone()),
            None => notice,
        })
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
            .or_else(|| Self::about_a_note(news, names))
            .or_else(|| Self::about_a_question(news, names))
            .or_else(|| Self::about_padwatch(news))
    }

    /// A pad that is ready, or a link that is not where it belongs.
    fn about_a_pad(news: &News, names: bool) -> Option<Self> {
        let words = words();
        Some(match news {
            News::PadReady { who, adopted, .. } => Self::about_one(
                title(names, |_| words.notice_pad_ready(&with_job(who)), who)
                    .unwrap_or_else(|| words.notice_pad_ready_hidden()),
                match adopted {
                    true => words.notice_pad_ready_existing(),
                    false => words.notice_pad_ready_created(),
                },
                [
                    Press::CopyLink(who.opportunity.clone()),
                    Press::OpenInLever(who.opportunity.clone()),
                ],
            ),
            News::NoLink { who } => Self::asking(
                title(names, |name| words.notice_no_link(name), who)
                    .unwrap_or_else(|| words.notice_no_link_hidden()),
                words.notice_no_link_body(),
            ),
            News::Duplicate { who, ours, .. } => Self::asking(
                title(names, |name| words.notice_extra_pad(name), who)
                    .unwrap_or_else(|| words.notice_extra_pad_hidden()),
                match ours {
                    true => words.notice_extra_pad_ours(),
                    false => words.notice_extra_pad_theirs(),
                },
            ),
            News::LinkRefused { who, reason } => Self::about_one(
                title(names, |name| words.notice_link_declined(name), who)
                    .unwrap_or_else(|| words.notice_link_declined_hidden()),
                hidden_without(names, reason),
                link_and_window(who),
            ),
            _ => return None,
        })
    }

    /// An interview that is soon or over.
    fn about_an_interview(news: &News, names: bool, now_ms: i64) -> Option<Self> {
        let words = words();
        Some(match news {
            News::Finished { who, by_itself, .. } => Self::about_one(
                title(names, |_| words.notice_ended(&with_job(who)), who)
                    .unwrap_or_else(|| words.notice_ended_hidden()),
                match by_itself {
                    true => words.notice_ended_closed(),
                    false => words.notice_ended_playback(),
                },
                [
                    Press::PlayBack(who.opportunity.clone()),
                    Press::AddCode(who.opportunity.clone()),
                ],
            ),
            News::Reminder { who, starts_ms, .. } => Self::about_one(
                title(names, |_| words.notice_soon(&with_job(who)), who)
                    .unwrap_or_else(|| words.notice_soon_hidden()),
                begins_in(starts_ms.saturating_sub(now_ms)),
                link_and_window(who),
            ),
            News::NotSentYet { who, starts_ms, .. } => Self::about_one(
                title(names, |name| words.notice_not_sent(name), who)
                    .unwrap_or_else(|| words.notice_not_sent_hidden()),
                words.notice_not_sent_body(&begins_in(starts_ms.saturating_sub(now_ms))),
                link_and_window(who),
            ),
            News::NotReady {
                who,
                starts_ms,
                findings,
            } => Self::about_one(
                title(names, |name| words.notice_not_ready(name), who)
                    .unwrap_or_else(|| words.notice_not_ready_hidden()),
                words.notice_not_ready_body(
                    &begins_in(starts_ms.saturating_sub(now_ms)),
                    &remarks::findings(*findings),
                ),
                fixing(*findings, who),
            ),
            News::Late {
                who,
                starts_ms,
                missing,
            } => Self::about_one(
                title(
                    names,
                    |name| words.notice_late(remarks::name(*missing), name),
                    who,
                )
                .unwrap_or_else(|| words.notice_late_hidden()),
                words.notice_late_body(now_ms.saturating_sub(*starts_ms) / 60_000),
                [
                    Press::CopyMessage(who.opportunity.clone()),
                    Press::OpenPad(who.opportunity.clone()),
                ],
            ),
            _ => return None,
        })
    }

    /// The note about an interview.
    fn about_a_note(news: &News, names: bool) -> Option<Self> {
        let words = words();
        Some(match news {
            News::NoteAdded { who } => Self::about_one(
                title(names, |name| words.notice_note_added(name), who)
                    .unwrap_or_else(|| words.notice_note_added_hidden()),
                words.notice_note_added_body(),
                [Press::OpenInLever(who.opportunity.clone())],
            ),
            News::NoteRefused { who, reason } => Self::asking(
                title(names, |name| words.notice_note_declined(name), who)
                    .unwrap_or_else(|| words.notice_note_declined_hidden()),
                hidden_without(names, reason),
            ),
            _ => return None,
        })
    }

    /// Something that the person is to decide.
    fn about_a_question(news: &News, names: bool) -> Option<Self> {
        let words = words();
        Some(match news {
            News::Uncertain { who, doubt } => Self::asking(
                title(names, |name| words.notice_checking(name), who)
                    .unwrap_or_else(|| words.notice_checking_hidden()),
                hidden_without(names, &Reason::CheckingPad { doubt: *doubt }),
            ),
            News::Asks { who, question } => Self::asking(
                title(names, |name| words.notice_asks(name), who)
                    .unwrap_or_else(|| words.notice_asks_hidden()),
                hidden_without(names, question),
            ),
            News::Surge { count } => Self::asking(
                words.notice_bulk_move(*count),
                words.notice_bulk_move_body(),
            ),
            _ => return None,
        })
    }

    /// Padwatch itself. Lists the others too: a new kind of news must find its place.
    fn about_padwatch(news: &News) -> Option<Self> {
        let words = words();
        Some(match news {
            News::Hindered { problem } => Self::failed(problem, None),
            News::Recovered { from } => Self::asking(recovered(*from), words.notice_back_body()),
            News::QuotaLow {
                remaining,
                overages,
            } => Self::asking(
                words.notice_pads_left(*remaining),
                match overages {
                    Some(true) => words.plan_overages(),
                    Some(false) => words.plan_no_overages(),
                    None => words.notice_pads_left_body(),
                },
            ),
            News::PlanShort {
                remaining,
                needed,
                overages,
            } => Self::asking(
                words.notice_plan_short(*remaining, *needed),
                format!(
                    "{} {}",
                    words.notice_plan_short_body(),
                    if *overages {
                        words.plan_overages()
                    } else {
                        words.plan_no_overages()
                    }
                ),
            ),
            News::LedgerRebuilt { set_aside } => {
                Self::asking(words.notice_rebuilt(), words.notice_rebuilt_body(set_aside))
            }
            News::PadReady { .. }
            | News::NoLink { .. }
            | News::Duplicate { .. }
            | News::LinkRefused { .. }
            | News::Finished { .. }
            | News::Reminder { .. }
            | News::NotSentYet { .. }
            | News::NotReady { .. }
            | News::Late { .. }
            | News::NoteAdded { .. }
            | News::NoteRefused { .. }
            | News::Uncertain { .. }
            | News::Asks { .. }
            | News::Surge { .. } => return None,
        })
    }

    /// The notice for something that a click could not do. If the click was about a candidate, this
    /// leads to that candidate.
    #[must_use]
    pub fn failed(problem: &Problem, about: Option<OpportunityId>) -> Self {
        let told = sentences(problem);
        let body = format!("{} {}", told.means, told.todo);
        let notice = Self::asking(told.happened, body);
        match about {
            Some(opportunity) => notice.leading_to(opportunity),
            None => notice,
        }
    }

    fn leading_to(mut self, opportunity: OpportunityId) -> Self {
        for press in &mut self.buttons {
            if *press == Press::OpenWindow {
                *press = Press::OpenCandidate(opportunity.clone());
            }
        }
        self.about = Some(opportunity);
        self
    }

    /// As few notifications as say it all: many at once become one.
    #[must_use]
    pub fn gathered(notices: Vec<Self>) -> Vec<Self> {
        if notices.len() <= MOST_AT_ONCE {
            return notices;
        }
        let is_ready = |notice: &&Self| notice.hands_over_a_link();
        let ready = notices.iter().filter(is_ready).count();
        let title = if ready == notices.len() {
            words().notice_many_ready(ready)
        } else {
            words().notice_many(notices.len())
        };
        vec![Self::asking(title, words().notice_many_body())]
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

/// A title with the candidate's name, unless names are hidden.
fn title(names: bool, title: impl FnOnce(&str) -> String, who: &Who) -> Option<String> {
    names.then(|| title(&name(who)))
}

fn with_job(who: &Who) -> String {
    match who.posting.trim() {
        "" => name(who),
        job => words().notice_who(&name(who), job),
    }
}

fn name(who: &Who) -> String {
    match who.name.trim() {
        "" => words().unnamed_candidate_within(),
        name => name.to_owned(),
    }
}

fn link_and_window(who: &Who) -> Vec<Press> {
    vec![Press::CopyLink(who.opportunity.clone()), Press::OpenWindow]
}

/// What puts the first of these right, and the window, which shows them all.
fn fixing(findings: Findings, who: &Who) -> Vec<Press> {
    let opportunity = who.opportunity.clone();
    let fix = remarks::fix(findings).map(|fix| match fix {
        Fix::CopyLink => Press::CopyLink(opportunity),
        Fix::CopyInvitation => Press::CopyInvitation(opportunity),
        Fix::CopyMessage => Press::CopyMessage(opportunity),
        Fix::OpenPad => Press::OpenPad(opportunity),
        Fix::OpenProfile => Press::OpenInLever(opportunity),
        Fix::KeepPad | Fix::EndPad => Press::OpenCandidate(opportunity),
    });
    fix.into_iter().chain([Press::OpenWindow]).collect()
}

/// What works again, as far as it is known.
fn recovered(from: Option<OutageKind>) -> String {
    let words = words();
    match from {
        Some(OutageKind::Lever) => words.notice_back_lever(),
        Some(OutageKind::Coderpad) => words.notice_back_coderpad(),
        Some(OutageKind::Reading) => words.notice_back_reading(),
        Some(OutageKind::Linking) => words.notice_back_linking(),
        Some(OutageKind::Account) => words.notice_back_account(),
        Some(OutageKind::Tag) => words.notice_back_tag(),
        Some(OutageKind::Settings) => words.notice_back_settings(),
        None => words.notice_back(),
    }
}

/// A reason may name the candidate.
fn hidden_without(names: bool, reason: &Reason) -> String {
    match names {
        true => reasons::reason(reason),
        false => words().notice_details(),
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
        News::Reminder { starts_ms, .. }
        | News::NotSentYet { starts_ms, .. }
        | News::NotReady { starts_ms, .. } => *starts_ms <= now_ms,
        _ => false,
    }
}

#[cfg(test)]
#[path = "notifications_tests.rs"]
mod tests;
