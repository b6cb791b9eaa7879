//! Notes: composed, kept, and sent part by part, once.

use crate::done::Noted;
use std::collections::HashMap;
use std::time::Duration;

use lever::OpportunityId;

use super::note_requests::not_prepared;
use super::{Change, Owner, Trigger};
use crate::done::Done;
use crate::failpoint::{Failpoint, Side};
use crate::jobs::{JobId, JobKind};
use crate::ledger_problem::in_words;
use crate::mailbox::answer;
use crate::mailbox::{Answer, Reply};
use crate::note::send;
use crate::provisioning::Services;
use padwatch_domain::announcement;
use padwatch_domain::creation_off::CreationOff;
use padwatch_domain::note::outcome::Found;
use padwatch_domain::note::transition::{self, News};
use padwatch_domain::note::{Note, NoteStatus, PartState, Stage, What};
use padwatch_domain::service_error::Service;
use padwatch_domain::thing::Thing;
use padwatch_ledger::LedgerError;

/// Notes under way at once. Lever's pace is the limit, not these.
const AT_ONCE: usize = 2;

/// What is in hand about notes.
#[derive(Default)]
pub(super) struct Noting {
    /// Who waits for a note that they sent.
    pub(super) waiting: HashMap<OpportunityId, Reply<NoteStatus>>,
}

impl Owner<'_> {
    /// What was in flight when the program ended may be there.
    pub(super) fn recover_notes(&mut self) {
        match self.cx.store.ledger.unsettled_notes() {
            Ok(notes) => {
                let now_ms = self.cx.now_ms();
                let went_back = self.cx.policy.creation_off == Some(CreationOff::Older);
                for note in notes {
                    let note = transition::after_restart(note, went_back, now_ms);
                    self.cx.write(vec![Change::Noted(Box::new(note), None)]);
                }
            }
            Err(error) => self.cx.ledger_failed(&error),
        }
    }

    pub(super) fn noted(&mut self, outcome: Noted) {
        match outcome {
            Noted::Gathered(id, gathered, choice, reply) => {
                let prepared =
                    gathered.and_then(|gathered| self.compose_note(&id, &gathered, choice));
                answer(reply, prepared);
            }
            Noted::Sent(id, sent) => {
                let settle = |note, now_ms| transition::sent(note, sent, now_ms);
                self.note_moved(&id, Failpoint::NoteSentWrite, settle);
            }
            Noted::Looked(id, found) => {
                let wait_ms = self.note_how_the_look_went(&id, &found);
                let settle = |note, now_ms| transition::looked(note, found, wait_ms, now_ms);
                self.note_moved(&id, Failpoint::NoteLookWrite, settle);
            }
        }
    }

    /// Counts a look that failed against this note alone. Returns its backoff, in ms.
    fn note_how_the_look_went(&mut self, id: &OpportunityId, found: &Found) -> i64 {
        let thing = Thing::Note(id.clone());
        match found {
            Found::NotNow(service_error) => {
                self.cx.item_failed(thing.clone(), service_error);
                self.note_backoff_ms(&thing)
            }
            Found::Copies(_) | Found::Never(_) => {
                self.cx.item_succeeded(Service::Lever, &thing);
                0
            }
        }
    }

    /// How long a note waits after its failures, in ms.
    pub(super) fn note_backoff_ms(&self, thing: &Thing) -> i64 {
        let wait = self.cx.connection.failing.wait(thing, self.cx.elapsed());
        i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)
    }

    pub(super) fn notes_if_due(&mut self) {
        let room = AT_ONCE.saturating_sub(self.notes_in_flight());
        if room == 0 || self.cx.connection.lever_breaker.permits(1) == 0 {
            return;
        }
        let Some(services) = self.cx.connection.services.clone() else {
            return;
        };
        match self.cx.store.ledger.due_notes(self.cx.now_ms()) {
            Ok(due) => {
                let due = due.into_iter();
                let due = due.filter(|note| {
                    let job = JobId::Note(note.opportunity.clone());
                    self.cx.jobs.may_start(&job)
                });
                for note in due.take(room).collect::<Vec<_>>() {
                    self.step_note(&services, note);
                }
            }
            Err(error) => self.cx.ledger_failed(&error),
        }
    }

    /// When the next note is due, if Lever can be asked.
    pub(super) fn next_note(&self, now: Duration) -> Option<Duration> {
        if self.cx.connection.lever_breaker.permits(1) == 0 || self.notes_in_flight() >= AT_ONCE {
            return None;
        }
        let due_ms = self.cx.store.ledger.next_note_ms().ok().flatten()?;
        let wait = u64::try_from(due_ms.saturating_sub(self.cx.now_ms())).unwrap_or_default();
        Some(now + Duration::from_millis(wait))
    }

    fn step_note(&mut self, services: &Services, note: Note) {
        match note.turn().map(|(_, part)| part.state) {
            Some(PartState::Waiting) => self.send_part(services, note),
            Some(PartState::Uncertain { .. }) => self.look_for_part(services, &note),
            Some(PartState::InFlight | PartState::There) | None => {}
        }
    }

    /// It is on the disk that the part is about to be sent before it leaves; if that can't be
    /// written, nothing leaves.
    pub(super) fn send_part(&mut self, services: &Services, note: Note) {
        let id = note.opportunity.clone();
        let note = transition::in_flight(note);
        let Some((_, part)) = note.turn() else { return };
        let (what, marker) = (part.what.clone(), part.marker.clone());
        let secret = matches!(&note.stage, Stage::Sending { draft, .. } if draft.secret);
        self.cx
            .wiring
            .failpoints
            .pass(Side::Before, Failpoint::NoteWrite);
        let written = self.write_note_before_sending(&note, &what);
        self.cx
            .wiring
            .failpoints
            .pass(Side::After, Failpoint::NoteWrite);
        let file = match written {
            Ok(file) => file,
            Err(error) => {
                self.cx.ledger_failed(&error);
                self.answer_waiting(&id, Err(in_words(&error)));
                return;
            }
        };
        let services = services.clone();
        self.cx.jobs.start(JobId::Note(id.clone()), async move {
            let sent = send::send(&services, &id, &what, &marker, secret, file).await;
            Done::Noted(Box::new(Noted::Sent(id, sent)))
        });
    }

    /// Answers the text of the file, if the part is one.
    fn write_note_before_sending(
        &mut self,
        note: &Note,
        what: &What,
    ) -> Result<Option<String>, LedgerError> {
        if self.cx.is_out_of_place() {
            return Err(LedgerError::ReadOnly);
        }
        let now_ms = self.cx.now_ms();
        self.cx.is_dirty = true;
        let file = match what {
            What::File { .. } => self.cx.store.ledger.note_file(&note.opportunity)?,
            What::Text { .. } => None,
        };
        let change = Change::Noted(Box::new(note.clone()), None);
        self.cx.store.ledger.commit(&[change], now_ms)?;
        self.cx.store.ledger.seal()?;
        Ok(file)
    }

    fn look_for_part(&mut self, services: &Services, note: &Note) {
        let Some((_, part)) = note.turn() else { return };
        let (id, what, marker) = (
            note.opportunity.clone(),
            part.what.clone(),
            part.marker.clone(),
        );
        let services = services.clone();
        let services = if self
            .cx
            .connection
            .failing
            .may_repeat(&Thing::Note(id.clone()))
        {
            services
        } else {
            services.trying_once()
        };
        self.cx.jobs.start(JobId::Note(id.clone()), async move {
            let found = send::look(&services, &id, &what, &marker).await;
            Done::Noted(Box::new(Noted::Looked(id, found)))
        });
    }

    fn note_moved(
        &mut self,
        id: &OpportunityId,
        at: Failpoint,
        settle: impl FnOnce(Note, i64) -> (Note, News),
    ) {
        let note = match self.cx.store.ledger.note(id) {
            Ok(Some(note)) => note,
            Ok(None) => return self.answer_waiting(id, Err(not_prepared())),
            Err(error) => return self.cx.ledger_failed(&error),
        };
        let (note, news) = settle(note, self.cx.now_ms());
        let status = note.status();
        let is_waited_for = self.is_waited_for(id);
        let next = note.turn().map(|(_, part)| part.state);
        let mut changes = vec![Change::Noted(Box::new(note), None)];
        match self.cx.store.ledger.row(id) {
            Ok(Some(row)) => changes.extend(told(&row, &news, is_waited_for)),
            Ok(None) => {}
            Err(error) => self.cx.ledger_failed(&error),
        }
        self.cx.wiring.failpoints.pass(Side::Before, at);
        self.cx.write(changes);
        self.cx.wiring.failpoints.pass(Side::After, at);
        match news {
            News::Stopped(problem) => self.answer_waiting(id, Err(problem)),
            News::Added => self.answer_waiting(id, Ok(status)),
            News::OnItsWay if matches!(next, Some(PartState::Uncertain { .. })) => {
                self.answer_waiting(id, Ok(status));
            }
            News::OnItsWay => {}
        }
    }

    fn notes_in_flight(&self) -> usize {
        self.cx.jobs.count(|kind| kind == JobKind::Note)
    }

    /// Nothing is known of a part that was being sent or looked for: it is as after a restart.
    pub(super) fn note_lost(&mut self, id: &OpportunityId, wait_ms: i64) {
        let note = match self.cx.store.ledger.note(id) {
            Ok(Some(note)) => note,
            Ok(None) => return self.answer_waiting(id, Err(not_prepared())),
            Err(error) => return self.cx.ledger_failed(&error),
        };
        let note = transition::after_restart(note, false, self.cx.now_ms());
        let note = transition::postponed(note, wait_ms, self.cx.now_ms());
        let status = note.status();
        self.cx.write(vec![Change::Noted(Box::new(note), None)]);
        self.answer_waiting(id, Ok(status));
    }

    fn is_waited_for(&self, id: &OpportunityId) -> bool {
        let waiting = self.notes.waiting.get(id);
        waiting.is_some_and(|reply| !reply.is_closed())
    }

    fn answer_waiting(&mut self, id: &OpportunityId, status: Answer<NoteStatus>) {
        if let Some(reply) = self.notes.waiting.remove(id) {
            answer(reply, status);
        }
    }
}

/// What is written beside, and told to a person who doesn't wait for it.
fn told(
    row: &padwatch_domain::candidacy::Candidacy,
    news: &News,
    is_waited_for: bool,
) -> Vec<Change> {
    let (what, why, news) = match news {
        News::OnItsWay => return Vec::new(),
        News::Added => (
            "Note added in Lever",
            "You sent it.".to_owned(),
            announcement::News::NoteAdded { who: row.who() },
        ),
        News::Stopped(problem) => (
            "Note not added in Lever",
            problem.message.clone(),
            announcement::News::NoteRefused {
                who: row.who(),
                reason: problem.message.clone(),
            },
        ),
    };
    let happened = Change::Happened {
        opportunity: row.opportunity.clone(),
        what,
        why,
        trigger: Trigger::Person,
    };
    let told = (!is_waited_for).then_some(Change::Announced(news));
    std::iter::once(happened).chain(told).collect()
}
