//! Notes: composed, and taken from the person to be sent.

use super::state::Notes;
use crate::context::Context;
use lever::OpportunityId;
use padwatch_domain::change::Change;

use crate::context::code;
use crate::context::done::Done;
use crate::context::done::{Gathered, Noted};
use crate::context::services::{Services, keys_missing};
use crate::ledger_problem::ledger_problem;
use crate::mailbox::answer;
use crate::mailbox::{Answer, Reply};
use crate::record::NoteToSend;
use padwatch_domain::note::outcome::Sent;
use padwatch_domain::note::transition::{self};
use padwatch_domain::note::{
    MOST_PARTS, Note, NoteChoice, NoteMarker, NoteStatus, PreparedNote, Stage, split,
};
use padwatch_domain::problem::Problem;
use padwatch_domain::record::compose::{Composed, Material, compose};
use padwatch_domain::record::{Extras, view};

use crate::context::record::read_record;

impl Notes {
    pub(crate) fn prepare_note(
        &mut self,
        id: &OpportunityId,
        choice: Option<NoteChoice>,
        reply: Reply<PreparedNote>,
        cx: &mut Context<'_>,
    ) {
        let kept = self.kept_note(id, choice, cx);
        let found = match kept {
            Ok(Some(prepared)) => return answer(reply, Ok(prepared)),
            Ok(None) => cx.finished(id),
            Err(problem) => Err(problem),
        };
        let (source, services) = match found {
            Ok(found) => found,
            Err(problem) => return answer(reply, Err(problem)),
        };
        let (id, transport) = (id.clone(), cx.wiring.transport.clone());
        cx.jobs.answer(async move {
            let gathered = async {
                let (pad, events) = read_record(&services, &source).await?;
                let code = code::gather(&services, &transport, &pad).await?;
                Ok(Box::new(Gathered {
                    source,
                    pad,
                    events,
                    code,
                }))
            };
            let gathered = gathered.await;
            let choice = choice.unwrap_or_default();
            Done::Noted(Box::new(Noted::Gathered(id, gathered, choice, reply)))
        });
    }

    /// The note that is prepared already, unless something else is chosen.
    fn kept_note(
        &self,
        id: &OpportunityId,
        choice: Option<NoteChoice>,
        cx: &Context<'_>,
    ) -> Answer<Option<PreparedNote>> {
        let note = cx
            .store
            .ledger
            .note(id)
            .map_err(|error| ledger_problem(&error))?;
        let Some(note) = note else { return Ok(None) };
        match &note.stage {
            Stage::Prepared { draft, .. } => {
                let is_same = choice.is_none_or(|choice| choice == draft.choice);
                Ok(is_same.then(|| draft.prepared(note.status())))
            }
            Stage::Sending { .. } => Err(Problem::NoteOnItsWay),
            Stage::Added { .. } if choice.is_none() => Err(Problem::NoteAddedAlready),
            Stage::Added { .. } => Ok(None),
        }
    }

    pub(super) fn compose_note(
        &mut self,
        id: &OpportunityId,
        gathered: &Gathered,
        choice: NoteChoice,
        cx: &mut Context<'_>,
    ) -> Answer<PreparedNote> {
        // Meanwhile it may have been prepared and sent.
        if let Some(prepared) = self.kept_note(id, Some(choice), cx)? {
            return Ok(prepared);
        }
        let Gathered {
            source,
            pad,
            events,
            code,
        } = gathered;
        let view = view::of(source.clone(), pad, events, &cx.wiring.coderpad_root);
        let material = Material {
            view: &view,
            code,
            extras: &Extras::of(pad),
            may_attach: cx.policy.settings.acting_user.is_some(),
            zone: &(cx.wiring.zone)(),
            words: cx.wiring.note_words.as_ref(),
        };
        let marker = NoteMarker::fresh(cx.wiring.rng.as_ref());
        let Composed { draft, file } = compose(&material, choice, &marker)?;
        let note = Note {
            opportunity: id.clone(),
            pad: source.pad.id.clone(),
            stage: Stage::Prepared {
                draft: draft.clone(),
                refused: None,
                since_ms: cx.now_ms(),
            },
        };
        let prepared = draft.prepared(note.status());
        // An older note's file must not stay.
        cx.commit(&[
            Change::NoteGone(id.clone()),
            Change::Noted(Box::new(note), file),
        ])?;
        Ok(prepared)
    }

    pub(crate) fn send_note(
        &mut self,
        id: &OpportunityId,
        wanted: &NoteToSend,
        reply: Reply<NoteStatus>,
        cx: &mut Context<'_>,
    ) {
        let note = match self.note_to_send(id, wanted, cx) {
            Ok(note) => note,
            Err(problem) => return answer(reply, Err(problem)),
        };
        match self.may_send(cx) {
            Ok(services) => {
                self.waiting.insert(id.clone(), reply);
                self.send_part(&services, note, cx);
            }
            Err(problem) => {
                let unsent = Sent::NotThere(problem.clone());
                let (note, _) = transition::sent(note, unsent, cx.now_ms());
                let kept = cx.commit(&[Change::Noted(Box::new(note), None)]);
                answer(reply, kept.and(Err(problem)));
            }
        }
    }

    fn note_to_send(
        &self,
        id: &OpportunityId,
        wanted: &NoteToSend,
        cx: &Context<'_>,
    ) -> Answer<Note> {
        let note = cx
            .store
            .ledger
            .note(id)
            .map_err(|error| ledger_problem(&error))?;
        let note = note.ok_or_else(not_prepared)?;
        if cx.is_note_in_flight(id) {
            return Err(Problem::NoteOnItsWay);
        }
        if let Some(halted) = transition::go_on(note.clone()) {
            return Ok(halted);
        }
        if wanted.text.trim().is_empty() {
            return Err(Problem::NoteEmpty);
        }
        if split(&wanted.text).len() > MOST_PARTS {
            return Err(Problem::NoteTooLong);
        }
        let rng = cx.wiring.rng.as_ref();
        let text = wanted.text.trim_end();
        let words = cx.wiring.note_words.as_ref();
        let begun = transition::begin(note, (text, wanted.secret), words, rng, cx.now_ms());
        begun.ok_or(Problem::NoteOnItsWay)
    }

    /// The services, or why nothing is sent now.
    fn may_send(&self, cx: &Context<'_>) -> Answer<Services> {
        match (
            &cx.connection.services,
            cx.connection.lever_breaker.service_error(),
        ) {
            (Some(services), None) => Ok(services.clone()),
            (None, _) => Err(keys_missing()),
            (Some(_), Some(service_error)) => Err(service_error.problem.clone()),
        }
    }

    pub(crate) fn discard_note(&mut self, id: &OpportunityId, cx: &mut Context<'_>) -> Answer<()> {
        let note = cx
            .store
            .ledger
            .note(id)
            .map_err(|error| ledger_problem(&error))?;
        let is_unsent = note.is_some_and(|note| match note.stage {
            Stage::Prepared { .. } => true,
            Stage::Sending { halted, .. } => halted.is_some(),
            Stage::Added { .. } => false,
        });
        if !is_unsent || cx.is_note_in_flight(id) {
            return Err(Problem::NoteOnItsWay);
        }
        cx.commit(&[Change::NoteGone(id.clone())])
    }
}

pub(super) fn not_prepared() -> Problem {
    Problem::NoteNotPrepared
}
