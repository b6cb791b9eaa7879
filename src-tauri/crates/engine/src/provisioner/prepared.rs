//! A profile was read: what becomes of the candidate.

use super::beside::Beside;
use super::state::Provisioner;
use crate::context::done::{Done, Provisioned};
use crate::context::{Context, Signal};
use padwatch_domain::change::Change;
use std::time::Duration;

use lever::OpportunityId;

use super::requests::create;
use crate::jobs::failpoint::{Failpoint, Side};
use padwatch_domain::blast_radius::BlastRadius;
use padwatch_domain::candidacy::{Candidacy, Seen};
use padwatch_domain::lifecycle::{Asker, Consent, Lifecycle};
use padwatch_domain::reason::PadDoubt;
use padwatch_domain::rules;
use padwatch_domain::service_error::{OutageKind, Service};
use padwatch_domain::thing::Thing;
use padwatch_domain::transition;
use padwatch_domain::transition::Transition;
use padwatch_domain::transition::prepare::{Adoptable, Prepared};

/// Two that come within this time are no chance.
const SOON: Duration = Duration::from_secs(120);
/// How often a pad is asked for that CoderPad doesn't answer about before the person is asked.
const TRIES_AT_A_PAD: u32 = 3;

impl Provisioner {
    /// The intent is on the disk before the request leaves; if it can't be written, nothing leaves.
    pub(crate) fn prepared(
        &mut self,
        id: &OpportunityId,
        prepared: Prepared,
        beside: &dyn Beside,
        cx: &mut Context<'_>,
    ) {
        let Some(step) = self.under_way.remove(id) else {
            return;
        };
        cx.signal(Signal::ProfileRead(id.clone()));
        let row = match cx.store.ledger.row(id) {
            Ok(row) => row.unwrap_or(step.row),
            Err(error) => return cx.ledger_failed(&error),
        };
        let prepared = match cx.without_others_pad(&row, prepared) {
            Ok(prepared) => prepared,
            Err(error) => return cx.ledger_failed(&error),
        };
        if !self.note_how_it_went(id, &row, &prepared, cx) {
            return;
        }
        let mut settled =
            transition::prepare::on_prepared(row, prepared, cx.wiring.rng.as_ref(), cx.now_ms());
        self.sign(&mut settled, cx);
        cx.apply_side_effects(&settled);
        if let Some(seen) = settled.changes.iter().find_map(seen_of_intent)
            && !self.is_still_wanted(id, seen, beside, cx)
        {
            return;
        }
        cx.wiring
            .failpoints
            .pass(Side::Before, Failpoint::IntentWrite);
        let written = cx.try_commit(&settled.changes);
        cx.wiring
            .failpoints
            .pass(Side::After, Failpoint::IntentWrite);
        if !written {
            return;
        }
        match cx.store.ledger.seal() {
            Ok(()) => self.ask_for_pad(settled, cx),
            // Nothing has left: the row goes back to its place.
            Err(error) => {
                cx.ledger_failed(&error);
                cx.write(transition::create::not_sent(settled.changes, cx.now_ms()));
            }
        }
    }

    /// Every intent says who asks: what another key doesn't find later proves nothing.
    pub(super) fn sign(&self, settled: &mut Transition, cx: &Context<'_>) {
        let for_others =
            (cx.connection.services.as_ref()).is_some_and(|known| known.makes_for_others);
        let asker = cx.reader().map(|key| Asker { key, for_others });
        for change in &mut settled.changes {
            if let Change::Moved { row, .. } = change
                && let Lifecycle::Intent { intent } = &mut row.life
            {
                intent.asker = asker;
            }
        }
    }

    /// Much may have happened while the profile was read: a pause, a change of mind, a look at
    /// Lever that found it gone, another tag or stage to watch. The present settings decide, and
    /// the stages that they mean must be known. A row that is not wanted now is prepared again.
    fn is_still_wanted(
        &self,
        id: &OpportunityId,
        seen: &Seen,
        beside: &dyn Beside,
        cx: &Context<'_>,
    ) -> bool {
        let Ok(Some(row)) = cx.store.ledger.row(id) else {
            return false;
        };
        let not_watched = rules::not_watched(seen, &cx.policy.settings, &beside.watched_stages());
        if !beside.knows_whom_to_watch(cx) || !row.life.is_user_approved() && not_watched.is_some()
        {
            return false;
        }
        if cx.is_closing {
            return false;
        }
        let changed = rules::after_change(&row.life, &cx.policy.settings, cx.now_ms());
        !cx.is_out_of_place()
            && cx.may_work()
            && cx.policy.set_up.lets_create()
            && cx.policy.creation_off.is_none()
            && !row.is_out()
            && changed.is_none()
    }

    /// Returns true if that settles anything. A row whose preparation keeps failing waits longer
    /// and longer, so that it doesn't stand in the others' way.
    fn note_how_it_went(
        &mut self,
        id: &OpportunityId,
        row: &Candidacy,
        prepared: &Prepared,
        cx: &mut Context<'_>,
    ) -> bool {
        let thing = Thing::Candidate(id.clone());
        match prepared {
            Prepared::Failed(service_error) => {
                cx.item_failed(thing, service_error);
                return false;
            }
            // The second that may not be read shows that it is the key.
            Prepared::Forbidden(service_error) => {
                return cx.item_failed(thing, service_error) == BlastRadius::Service;
            }
            Prepared::Unreadable(service_error) => {
                cx.item_failed(thing.clone(), service_error);
                if !cx.connection.failing.is_quarantined(&thing) {
                    return false;
                }
            }
            // A pad that may answer in a moment; what it says settles more than a question.
            Prepared::Asks(_, PadDoubt::NoAnswer) => {
                let now = cx.elapsed();
                let silence = padwatch_domain::service_error::no_clear_answer(None);
                cx.connection.failing.count(thing.clone(), &silence, now);
                if cx.connection.failing.failures(&thing) < TRIES_AT_A_PAD {
                    return false;
                }
            }
            // The list may still show what it showed: the next look thinks about it again.
            Prepared::Left { .. } => cx.signal(Signal::EvaluateAgain(id.clone())),
            Prepared::Adopt(found) => self.note_adoption(row, found, cx),
            _ => {}
        }
        if matches!(prepared, Prepared::Unreadable(_)) {
            cx.connection.failing.clear(&thing);
        } else {
            cx.item_succeeded(Service::Lever, &thing);
            cx.clear_outage(OutageKind::Reading);
        }
        true
    }

    /// Someone else's pad for someone who has just come is a trace of another program; of an
    /// older one, or one that we can't read, that can't be said before it happens again.
    fn note_adoption(&mut self, row: &Candidacy, found: &Adoptable, cx: &mut Context<'_>) {
        if matches!(
            row.life,
            Lifecycle::Eligible {
                consent: Consent::AdoptOnly(_)
            }
        ) {
            return;
        }
        let (now, now_ms) = (cx.elapsed(), cx.now_ms());
        let before = self.adopted.replace(now);
        let again = before.is_some_and(|before| now.saturating_sub(before) < SOON);
        let is_new = found
            .made_ms
            .is_some_and(|made_ms| now_ms.saturating_sub(made_ms).abs() < whole_ms(SOON));
        if again || is_new {
            self.rival_seen(cx);
        }
    }

    fn ask_for_pad(&mut self, settled: Transition, cx: &mut Context<'_>) {
        let Some(services) = cx.connection.services.clone() else {
            return;
        };
        for change in settled.changes {
            let Change::Moved { row, .. } = change else {
                continue;
            };
            let Lifecycle::Intent { intent } = &row.life else {
                continue;
            };
            let pad = transition::create::new_pad(&row, intent, &cx.policy.settings.pads);
            let (services, id) = (services.clone(), row.opportunity.clone());
            self.begin(
                *row,
                async move {
                    Done::Provisioned(Box::new(Provisioned::Created(
                        id,
                        create::create(&services, &pad).await,
                    )))
                },
                cx,
            );
        }
    }
}

fn whole_ms(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// What Lever said of the candidate whose pad is about to be asked for.
fn seen_of_intent(change: &Change) -> Option<&Seen> {
    match change {
        Change::Moved { row, .. } if matches!(row.life, Lifecycle::Intent { .. }) => {
            Some(&row.seen)
        }
        _ => None,
    }
}
