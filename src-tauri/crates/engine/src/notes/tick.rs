//! Sending a note part by part, and looking for a part that may be there.

use super::state::Notes;
use crate::context::Context;
use crate::context::done::Noted;
use padwatch_domain::change::Change;
use std::time::Duration;

use super::send;
use crate::context::done::Done;
use crate::context::services::Services;
use crate::jobs::failpoint::{Failpoint, Side};
use crate::jobs::{JobId, JobKind};
use crate::ledger_problem::ledger_problem;
use padwatch_domain::note::transition::{self};
use padwatch_domain::note::{Note, PartState, Stage, What};
use padwatch_domain::thing::Thing;
use padwatch_ledger::LedgerError;

/// Notes under way at once. Lever's pace is the limit, not these.
const AT_ONCE: usize = 2;

impl Notes {
    pub(crate) fn on_tick(&mut self, cx: &mut Context<'_>) {
        if !cx.is_bound() {
            return;
        }
        let room = AT_ONCE.saturating_sub(self.notes_in_flight(cx));
        if room == 0 || cx.connection.lever_breaker.permits(1) == 0 {
            return;
        }
        let Some(services) = cx.connection.services.clone() else {
            return;
        };
        match cx.store.ledger.due_notes(cx.now_ms()) {
            Ok(due) => {
                let due = due.into_iter();
                let due = due.filter(|note| {
                    let job = JobId::Note(note.opportunity.clone());
                    cx.jobs.may_start(&job)
                });
                for note in due.take(room).collect::<Vec<_>>() {
                    self.step_note(&services, note, cx);
                }
            }
            Err(error) => cx.ledger_failed(&error),
        }
    }

    /// When the next note is due, if Lever can be asked.
    pub(crate) fn next_wake(&self, now: Duration, cx: &Context<'_>) -> Option<Duration> {
        if !cx.is_bound() {
            return None;
        }
        if cx.connection.lever_breaker.permits(1) == 0 || self.notes_in_flight(cx) >= AT_ONCE {
            return None;
        }
        let due_ms = cx.store.ledger.next_note_ms().ok().flatten()?;
        let wait = u64::try_from(due_ms.saturating_sub(cx.now_ms())).unwrap_or_default();
        Some(now + Duration::from_millis(wait))
    }

    fn step_note(&mut self, services: &Services, note: Note, cx: &mut Context<'_>) {
        match note.turn().map(|(_, part)| part.state) {
            Some(PartState::Waiting) => self.send_part(services, note, cx),
            Some(PartState::Uncertain { .. }) => self.look_for_part(services, &note, cx),
            Some(PartState::InFlight | PartState::There) | None => {}
        }
    }

    /// It is on the disk that the part is about to be sent before it leaves; if that can't be
    /// written, nothing leaves.
    pub(super) fn send_part(&mut self, services: &Services, note: Note, cx: &mut Context<'_>) {
        let id = note.opportunity.clone();
        let note = transition::in_flight(note);
        let Some((_, part)) = note.turn() else { return };
        let (what, marker) = (part.what.clone(), part.marker.clone());
        let secret = matches!(&note.stage, Stage::Sending { draft, .. } if draft.secret);
        cx.wiring
            .failpoints
            .pass(Side::Before, Failpoint::NoteWrite);
        let written = self.write_note_before_sending(&note, &what, cx);
        cx.wiring.failpoints.pass(Side::After, Failpoint::NoteWrite);
        let file = match written {
            Ok(file) => file,
            Err(error) => {
                cx.ledger_failed(&error);
                self.answer_waiting(&id, Err(ledger_problem(&error)));
                return;
            }
        };
        let services = services.clone();
        cx.jobs.start(JobId::Note(id.clone()), async move {
            let sent = send::send(&services, &id, &what, &marker, secret, file).await;
            Done::Noted(Box::new(Noted::Sent(id, sent)))
        });
    }

    /// Answers the text of the file, if the part is one.
    fn write_note_before_sending(
        &mut self,
        note: &Note,
        what: &What,
        cx: &mut Context<'_>,
    ) -> Result<Option<String>, LedgerError> {
        if cx.is_out_of_place() {
            return Err(LedgerError::ReadOnly);
        }
        let now_ms = cx.now_ms();
        cx.is_dirty = true;
        let file = match what {
            What::File { .. } => cx.store.ledger.note_file(&note.opportunity)?,
            What::Text { .. } => None,
        };
        let change = Change::Noted(Box::new(note.clone()), None);
        cx.store.ledger.commit(&[change], now_ms)?;
        cx.store.ledger.seal()?;
        Ok(file)
    }

    fn look_for_part(&mut self, services: &Services, note: &Note, cx: &mut Context<'_>) {
        let Some((_, part)) = note.turn() else { return };
        let (id, what, marker) = (
            note.opportunity.clone(),
            part.what.clone(),
            part.marker.clone(),
        );
        let services = services.clone();
        let services = if cx.connection.failing.may_repeat(&Thing::Note(id.clone())) {
            services
        } else {
            services.trying_once()
        };
        cx.jobs.start(JobId::Note(id.clone()), async move {
            let found = send::look(&services, &id, &what, &marker).await;
            Done::Noted(Box::new(Noted::Looked(id, found)))
        });
    }

    /// How long a note waits after its failures, in ms.
    pub(super) fn note_backoff_ms(&self, thing: &Thing, cx: &Context<'_>) -> i64 {
        let wait = cx.connection.failing.wait(thing, cx.elapsed());
        i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)
    }

    fn notes_in_flight(&self, cx: &Context<'_>) -> usize {
        cx.jobs.count(|kind| kind == JobKind::Note)
    }
}
