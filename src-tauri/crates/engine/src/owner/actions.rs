//! What a person does with one candidate.

use coderpad::{Pad, PadId, PadLink};
use lever::OpportunityId;
use tokio::sync::oneshot;

use super::{Change, Owner, Trigger};
use crate::context::done::Tagging;
use crate::context::done::{Asked, Done};
use crate::mailbox::{Answer, answer};
use crate::provisioner::consent_for;
use crate::provisioner::requests::{ending, undo, using};
use crate::provisioner::{replaced, set_aside};
use crate::snapshot::Action;
use padwatch_domain::activity::Activity;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::{Consent, LedgerPad, Lifecycle, Origin};
use padwatch_domain::links::ProfilePad;
use padwatch_domain::links::own_link;
use padwatch_domain::marker::Marker;
use padwatch_domain::problem::Problem;
use padwatch_domain::reason::Reason;
use padwatch_domain::service_error::of_coderpad;
use padwatch_domain::thing::Thing;
use padwatch_domain::transition;

pub(super) type Reply = oneshot::Sender<Answer<()>>;

impl Owner<'_> {
    pub(crate) fn act(&mut self, id: &OpportunityId, action: Action, reply: Reply) {
        let row = match self.cx.row(id) {
            Ok(row) => row,
            Err(problem) => return answer(reply, Err(problem)),
        };
        let possible = self
            .shown_row(&row)
            .map(|shown| shown.actions.contains(&action.kind()));
        // That the link was handed over is true whatever happens meanwhile.
        let is_note = matches!(
            action,
            Action::MarkCopied | Action::MarkInvited { .. } | Action::MarkSent { .. }
        );
        let is_busy = !is_note && self.cx.is_step_in_flight(id);
        if !possible.unwrap_or_default() || is_busy {
            return answer(reply, Err(too_late()));
        }
        match action {
            Action::MarkCopied => answer(reply, self.mark_copied(row, None)),
            Action::MarkInvited { starts_ms } => {
                answer(reply, self.mark_copied(row, Some(starts_ms)));
            }
            Action::MarkSent { sent } => answer(reply, self.mark_sent(row, sent)),
            Action::MakeNow => answer(reply, self.make_now(row)),
            Action::Skip => answer(reply, self.skip(row)),
            Action::CheckAgain => answer(reply, self.check_again(id)),
            Action::MakeAnother => answer(reply, self.make_another(row)),
            Action::SeePad { link } => self.see_pad(id, &link, reply),
            Action::UseLink => self.use_link(row, reply),
            Action::Undo => self.undo(row, reply),
            Action::DeleteDuplicate { pad } => self.delete_duplicate(row, &pad, reply),
            Action::RemoveTag => self.change_tag(row, Tagging::Off, reply),
            Action::AddTag => self.change_tag(row, Tagging::On, reply),
            Action::Hold => answer(reply, self.hold(row)),
            Action::KeepPad => answer(reply, self.keep_pad(&row)),
            Action::EndPad => self.end_pad(row, reply),
        }
    }

    /// `named_ms`: the start of the interview that the copied text names, if it names one.
    fn mark_copied(&mut self, mut row: Candidacy, named_ms: Option<i64>) -> Answer<()> {
        row.copied_ms = Some(self.cx.now_ms());
        let invited = match named_ms {
            Some(starts_ms) => self.invited_by_text(&row, starts_ms)?,
            None => self.invited_by_link(&row)?,
        };
        let happened = Change::Happened {
            opportunity: row.opportunity.clone(),
            what: Activity::LinkCopied,
            why: Reason::UserCopied,
            trigger: Trigger::Person,
        };
        self.invite(row, happened, invited)
    }

    fn mark_sent(&mut self, mut row: Candidacy, sent: bool) -> Answer<()> {
        row.sent_ms = sent.then(|| self.cx.now_ms());
        let invited = match sent {
            true => self.invited_by_link(&row)?,
            false => self.not_invited(&row)?,
        };
        if !sent {
            row.copied_ms = None;
        }
        let what = if sent {
            Activity::MarkedSent
        } else {
            Activity::MarkedNotSent
        };
        let happened = Change::Happened {
            opportunity: row.opportunity.clone(),
            what,
            why: Reason::UserMarked,
            trigger: Trigger::Person,
        };
        self.invite(row, happened, invited)
    }

    fn make_now(&mut self, mut row: Candidacy) -> Answer<()> {
        row.left_ms = None;
        let now_ms = self.cx.now_ms();
        let consent = consent_for(&row);
        self.cx
            .connection
            .failing
            .clear(&Thing::Candidate(row.opportunity.clone()));
        let Some(pad) = replaced(&row).cloned() else {
            let row = row.becoming(Lifecycle::Eligible { consent }, Reason::UserCreated, now_ms);
            return self.cx.commit(&[by_person(row, Activity::PadWanted)]);
        };
        (row.copied_ms, row.sent_ms) = (None, None);
        let link = own_link(&pad, &self.cx.wiring.coderpad_root);
        let reason = Reason::UserReplaced { link };
        let row = row.becoming(Lifecycle::Eligible { consent }, reason, now_ms);
        let [found, gone] = set_aside(&row, &pad);
        self.cx
            .commit(&[by_person(row, Activity::OtherPadWanted), found, gone])
    }

    fn skip(&mut self, row: Candidacy) -> Answer<()> {
        let life = match &row.life {
            // That there was a pad stays known.
            Lifecycle::Deleted { pad, .. } => Lifecycle::Deleted {
                pad: pad.clone(),
                asks: false,
            },
            _ => Lifecycle::Skipped,
        };
        let row = row.becoming(life, Reason::UserSkipped, self.cx.now_ms());
        self.cx.commit(&[by_person(row, Activity::Skipped)])
    }

    fn hold(&mut self, row: Candidacy) -> Answer<()> {
        // The person has decided; no one is asked again.
        let row = row.becoming(Lifecycle::Skipped, Reason::UserHeld, self.cx.now_ms());
        self.cx.commit(&[by_person(row, Activity::OnHold)])
    }

    fn check_again(&mut self, id: &OpportunityId) -> Answer<()> {
        let now = self.cx.elapsed();
        self.reconciler.look_at_once(id, now);
        Ok(())
    }

    fn make_another(&mut self, row: Candidacy) -> Answer<()> {
        let Lifecycle::Uncertain { intent, .. } = row.life.clone() else {
            return Err(too_late());
        };
        let now_ms = self.cx.now_ms();
        let life = Lifecycle::Eligible {
            consent: Consent::User,
        };
        let row = row.becoming(life, Reason::UserCreatedSecond, now_ms);
        self.reconciler.decided(&row.opportunity);
        self.cx.commit(&[
            by_person(row, Activity::SecondPadWanted),
            Change::MarkerSuperseded(intent.marker),
        ])
    }

    fn see_pad(&mut self, id: &OpportunityId, link: &str, reply: Reply) {
        let Some(pad) = PadLink::parse(link, &self.cx.wiring.coderpad_root) else {
            return answer(reply, Err(Problem::NotAPadLink));
        };
        let Some(services) = self.cx.connection.services.clone() else {
            return answer(reply, Err(too_late()));
        };
        let id = id.clone();
        self.cx.jobs.answer(async move {
            Done::Asked(Box::new(Asked::PadSeen(
                id,
                services.coderpad.pad(&pad).await.map(Box::new),
                reply,
            )))
        });
    }

    pub(super) fn pad_seen(
        &mut self,
        id: &OpportunityId,
        pad: Result<Box<Pad>, coderpad::Error>,
        reply: Reply,
    ) {
        let outcome = pad
            .map_err(|error| of_coderpad(&error).problem)
            .and_then(|pad| self.take_seen(id, &pad));
        answer(reply, outcome);
    }

    fn take_seen(&mut self, id: &OpportunityId, pad: &Pad) -> Answer<()> {
        let row = self.cx.row(id)?;
        let Lifecycle::Uncertain { intent, .. } = row.life.clone() else {
            return Err(too_late());
        };
        let owner = self
            .cx
            .store
            .ledger
            .owner_of(&pad.id)
            .map_err(|error| crate::ledger_problem::ledger_problem(&error))?;
        let markers = Marker::all_in(pad.notes.as_deref().unwrap_or_default());
        let is_others =
            !markers.is_empty() && markers.iter().all(|marker| marker.opportunity != *id);
        if owner.is_some() || is_others {
            return Err(Problem::PadOfAnotherCandidate);
        }
        let ours = markers.contains(&intent.marker);
        let now_ms = self.cx.now_ms();
        let seen = LedgerPad {
            playback: None,
            id: pad.id.clone(),
            link: pad.link(&self.cx.wiring.coderpad_root),
            origin: if ours { Origin::Found } else { Origin::Named },
            since_ms: now_ms,
            beside: intent.beside,
        };
        let marker = &intent.marker;
        let mut settled =
            transition::create::created(row, marker, seen, Activity::PadShown, now_ms);
        if !ours {
            // The one that was asked for may still turn up.
            settled
                .changes
                .push(Change::MarkerSuperseded(intent.marker));
        }
        self.reconciler.decided(id);
        self.cx.commit(&settled.changes)
    }

    /// Under way like any other step: nothing else may touch the links meanwhile.
    fn use_link(&mut self, row: Candidacy, reply: Reply) {
        let Some(services) = self.cx.connection.services.clone() else {
            return answer(reply, Err(too_late()));
        };
        let not_its_own = match self.cx.not_its_own(&row) {
            Ok(pads) => pads,
            Err(error) => return answer(reply, Err(crate::ledger_problem::ledger_problem(&error))),
        };
        let id = row.opportunity.clone();
        let question = transition::using::Question {
            opportunity: id.clone(),
            not_its_own,
            watched: self.watcher.watched_stages(),
        };
        self.provisioner.begin(
            row,
            async move {
                Done::Asked(Box::new(Asked::LinkFound(
                    id,
                    using::find(&services, &question).await,
                    reply,
                )))
            },
            &mut self.cx,
        );
    }

    pub(super) fn link_found(
        &mut self,
        id: &OpportunityId,
        found: Result<ProfilePad, Problem>,
        reply: Reply,
    ) {
        self.provisioner.finish(id);
        let outcome = found.and_then(|pad| {
            let row = self.cx.row(id)?;
            let owner = self.cx.store.ledger.owner_of(&pad.id);
            let owner = owner.map_err(|error| crate::ledger_problem::ledger_problem(&error))?;
            if owner.is_some_and(|owner| owner != *id) {
                return Err(Problem::PadOfAnotherCandidate);
            }
            let settled = transition::using::on_chosen(row, pad, self.cx.now_ms());
            if settled.changes.is_empty() {
                return Err(too_late());
            }
            self.cx.commit(&settled.changes)
        });
        answer(reply, outcome);
    }

    fn undo(&mut self, row: Candidacy, reply: Reply) {
        let Some(pad) = row.life.pad().cloned() else {
            return answer(reply, Err(too_late()));
        };
        // Another user's key doesn't find the pad, which would count as deleted.
        match self.cx.store.ledger.interview(&row.opportunity) {
            Ok(known) if known.seen_by.is_some() && !self.cx.is_own(&known) => {
                return answer(reply, Err(Problem::CreatedWithOtherKey));
            }
            Ok(_) => {}
            Err(error) => return answer(reply, Err(crate::ledger_problem::ledger_problem(&error))),
        }
        self.take_back(row, (pad.id, pad.link), true, reply);
    }

    fn delete_duplicate(&mut self, row: Candidacy, pad: &PadId, reply: Reply) {
        let known = match self.cx.store.ledger.duplicates(&row.opportunity) {
            Ok(known) => known,
            Err(error) => return answer(reply, Err(crate::ledger_problem::ledger_problem(&error))),
        };
        let Some(extra) = known
            .into_iter()
            .find(|known| known.id == *pad && known.ours)
        else {
            return answer(reply, Err(too_late()));
        };
        self.take_back(row, (extra.id, extra.link), false, reply);
    }

    /// Under way like any other step: nothing else may touch the links meanwhile.
    /// `may_be_in_use`: it is the candidate's own, in which people may be.
    fn take_back(
        &mut self,
        row: Candidacy,
        (pad, link): (PadId, String),
        may_be_in_use: bool,
        reply: Reply,
    ) {
        let Some(services) = self.cx.connection.services.clone() else {
            return answer(reply, Err(too_late()));
        };
        let (id, now_ms) = (row.opportunity.clone(), self.cx.now_ms());
        self.provisioner.begin(
            row,
            async move {
                let outcome = match may_be_in_use {
                    true => ending::check_nobody_is_there(&services, &pad, now_ms).await,
                    false => Ok(()),
                };
                let outcome = match outcome {
                    Ok(()) => undo::take_back(&services, &id, &pad, &link).await,
                    Err(problem) => Err(problem),
                };
                Done::Asked(Box::new(Asked::TakenBack(id, pad, outcome, reply)))
            },
            &mut self.cx,
        );
    }

    pub(super) fn taken_back(
        &mut self,
        id: &OpportunityId,
        pad: &PadId,
        outcome: Result<(), Problem>,
        reply: Reply,
    ) {
        let step = self.provisioner.finish(id);
        if outcome.is_ok() {
            // CoderPad has deleted it, whatever the ledger is able to do just now.
            let row = self.cx.row(id).ok().or(step.map(|step| step.row));
            let its_own = row.filter(|row| row.life.pad().is_some_and(|known| known.id == *pad));
            let changes = match its_own {
                Some(row) => transition::undo::undone(row, self.cx.now_ms()).changes,
                None => vec![Change::DuplicateGone(pad.clone())],
            };
            self.cx.write(changes);
        }
        answer(reply, outcome);
    }
}

pub(super) fn by_person(row: Candidacy, what: Activity) -> Change {
    Change::Moved {
        row: Box::new(row),
        what,
        trigger: Trigger::Person,
    }
}

pub(super) fn too_late() -> Problem {
    Problem::StateChanged
}
