//! What became of a part that was sent or looked for.

use super::state::Notes;
use crate::context::Context;
use crate::context::done::Noted;
use crate::jobs::Lost;
use padwatch_domain::change::{Change, Trigger};

use lever::OpportunityId;

use crate::jobs::failpoint::{Failpoint, Side};
use crate::mailbox::Answer;
use crate::mailbox::answer;
use padwatch_domain::announcement;
use padwatch_domain::creation_off::CreationOff;
use padwatch_domain::note::outcome::Found;
use padwatch_domain::note::transition::{self, News};
use padwatch_domain::note::{Note, NoteStatus, PartState};
use padwatch_domain::search::Look;
use padwatch_domain::service_error::Service;
use padwatch_domain::thing::Thing;
use padwatch_ledger::LedgerError;

use super::requests::not_prepared;
use padwatch_domain::activity::Activity;
use padwatch_domain::reason::Reason;

impl Notes {
    /// What was in flight when the program ended may be there.
    pub(crate) fn on_start(&mut self, cx: &mut Context<'_>) {
        match cx.store.ledger.unsettled_notes() {
            Ok(notes) => {
                let now_ms = cx.now_ms();
                let went_back = cx.policy.creation_off == Some(CreationOff::Older);
                for note in notes {
                    let note = transition::after_restart(note, went_back, now_ms);
                    cx.write(vec![Change::Noted(Box::new(note), None)]);
                }
            }
            Err(error) => return cx.ledger_failed(&error),
        }
        if let Err(error) = self.rebase(cx) {
            cx.ledger_failed(&error);
        }
    }

    pub(crate) fn on_result(&mut self, outcome: Noted, cx: &mut Context<'_>) {
        match outcome {
            Noted::Gathered(id, gathered, choice, reply) => {
                let prepared =
                    gathered.and_then(|gathered| self.compose_note(&id, &gathered, choice, cx));
                answer(reply, prepared);
            }
            Noted::Sent(id, sent) => {
                let settle = |note, now_ms| transition::sent(note, sent, now_ms);
                self.note_moved(&id, Failpoint::NoteSentWrite, settle, cx);
            }
            Noted::Looked(id, found) => {
                let wait_ms = self.note_how_the_look_went(&id, &found, cx);
                let settle = |note, now_ms| transition::looked(note, found, wait_ms, now_ms);
                self.note_moved(&id, Failpoint::NoteLookWrite, settle, cx);
            }
        }
    }

    /// Counts a look that failed against this note alone. Returns its backoff, in ms.
    fn note_how_the_look_went(
        &mut self,
        id: &OpportunityId,
        found: &Found,
        cx: &mut Context<'_>,
    ) -> i64 {
        let thing = Thing::Note(id.clone());
        match found {
            Found::Looked(Look::Incomplete(service_error)) => {
                cx.item_failed(thing.clone(), service_error);
                self.note_backoff_ms(&thing, cx)
            }
            Found::Looked(_) | Found::Never(_) => {
                cx.item_succeeded(Service::Lever, &thing);
                0
            }
        }
    }

    fn note_moved(
        &mut self,
        id: &OpportunityId,
        at: Failpoint,
        settle: impl FnOnce(Note, i64) -> (Note, News),
        cx: &mut Context<'_>,
    ) {
        let note = match cx.store.ledger.note(id) {
            Ok(Some(note)) => note,
            Ok(None) => return self.answer_waiting(id, Err(not_prepared())),
            Err(error) => return cx.ledger_failed(&error),
        };
        let (note, news) = settle(note, cx.now_ms());
        let status = note.status();
        let is_waited_for = self.is_waited_for(id);
        let next = note.turn().map(|(_, part)| part.state);
        let mut changes = vec![Change::Noted(Box::new(note), None)];
        match cx.store.ledger.row(id) {
            Ok(Some(row)) => changes.extend(told(&row, &news, is_waited_for)),
            Ok(None) => {}
            Err(error) => cx.ledger_failed(&error),
        }
        cx.wiring.failpoints.pass(Side::Before, at);
        cx.write(changes);
        cx.wiring.failpoints.pass(Side::After, at);
        match news {
            News::Stopped(problem) => self.answer_waiting(id, Err(problem)),
            News::Added => self.answer_waiting(id, Ok(status)),
            News::OnItsWay if matches!(next, Some(PartState::Uncertain { .. })) => {
                self.answer_waiting(id, Ok(status));
            }
            News::OnItsWay => {}
        }
    }

    /// One of its jobs panicked or was given up.
    pub(crate) fn on_lost(&mut self, id: &OpportunityId, lost: Lost, cx: &mut Context<'_>) {
        let thing = Thing::Note(id.clone());
        cx.thing_lost(thing.clone(), lost);
        let wait_ms = self.note_backoff_ms(&thing, cx);
        self.note_lost(id, wait_ms, cx);
    }

    /// Nothing is known of a part that was being sent or looked for: it is as after a restart.
    fn note_lost(&mut self, id: &OpportunityId, wait_ms: i64, cx: &mut Context<'_>) {
        let note = match cx.store.ledger.note(id) {
            Ok(Some(note)) => note,
            Ok(None) => return self.answer_waiting(id, Err(not_prepared())),
            Err(error) => return cx.ledger_failed(&error),
        };
        let note = transition::after_restart(note, false, cx.now_ms());
        let note = transition::postponed(note, wait_ms, cx.now_ms());
        let status = note.status();
        cx.write(vec![Change::Noted(Box::new(note), None)]);
        self.answer_waiting(id, Ok(status));
    }

    fn is_waited_for(&self, id: &OpportunityId) -> bool {
        let waiting = self.waiting.get(id);
        waiting.is_some_and(|reply| !reply.is_closed())
    }

    pub(super) fn answer_waiting(&mut self, id: &OpportunityId, status: Answer<NoteStatus>) {
        if let Some(reply) = self.waiting.remove(id) {
            answer(reply, status);
        }
    }

    /// The clock was set back: no look for a note is due later than it was meant to be.
    pub(crate) fn rebase(&mut self, cx: &mut Context<'_>) -> Result<(), LedgerError> {
        let now_ms = cx.now_ms();
        let notes = cx.store.ledger.unsettled_notes()?.into_iter();
        let notes = notes.filter_map(|note| transition::healed(note, now_ms));
        let notes = notes.map(|note| Change::Noted(Box::new(note), None));
        cx.write(notes.collect());
        Ok(())
    }

    /// The clock was set by so many ms, or the computer slept: the looks for notes keep their
    /// distances.
    pub(crate) fn shift_notes(
        &mut self,
        leap_ms: i64,
        cx: &mut Context<'_>,
    ) -> Result<(), LedgerError> {
        let now_ms = cx.now_ms();
        let notes = cx.store.ledger.unsettled_notes()?.into_iter();
        let notes = notes.filter_map(|note| transition::shifted(note, leap_ms, now_ms));
        let notes = notes.map(|note| Change::Noted(Box::new(note), None));
        cx.write(notes.collect());
        Ok(())
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
            Activity::NoteAdded,
            Reason::UserSentNote,
            announcement::News::NoteAdded { who: row.who() },
        ),
        News::Stopped(problem) => (
            Activity::NoteNotAdded,
            Reason::from(problem.clone()),
            announcement::News::NoteRefused {
                who: row.who(),
                reason: Reason::from(problem.clone()),
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
