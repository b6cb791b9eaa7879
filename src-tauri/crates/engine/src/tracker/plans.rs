//! When interviews are, and what is told before them.

use std::time::Duration;

use lever::{Interview, OpportunityId};
use transport::ApiRoot;

use super::state::Tracker;
use crate::context::{Context, Signal};
use padwatch_domain::activity::Activity;
use padwatch_domain::announcement::News;
use padwatch_domain::blast_radius::BlastRadius;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::change::{Change, Trigger};
use padwatch_domain::interview::{self, Reminder, SentReminders};
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::links::own_link;
use padwatch_domain::reason::Reason;
use padwatch_domain::service_error::{Service, of_lever};
use padwatch_domain::thing::Thing;
use padwatch_domain::tracking::transition::planned_after_end;
use padwatch_domain::tracking::{Known, OpenPad};

/// A plan that was asked for within this time is taken as it is when something is told, in ms.
const FRESH_MS: i64 = 5 * 60_000;
/// The least time between two reads of a candidate who left with an open pad, in ms.
const BETWEEN_READS_MS: i64 = 60 * 60_000;

impl Tracker {
    /// Tells what is due; a plan that may be old is asked for first.
    pub(super) fn remind(&mut self, pads: &[OpenPad], cx: &mut Context<'_>) {
        let now_ms = cx.now_ms();
        let zone = &(cx.wiring.zone)();
        for pad in pads {
            let Some(plan) = pad.known.plan else { continue };
            let told = SentReminders {
                soon_for_ms: pad.known.reminded_ms,
                not_sent_for_ms: pad.known.unsent_ms,
            };
            let settings = &cx.policy.settings.reminders;
            let due = interview::due(plan, pad.is_sent, told, settings, zone, now_ms);
            let next_ms = interview::next_ms(plan, pad.is_sent, told, settings, zone, now_ms);
            match due {
                Some(reminder) if self.is_plan_settled(pad, cx) => {
                    self.tell_reminder(pad, reminder, cx);
                }
                Some(_) => {
                    self.urgent.plans.insert(pad.opportunity.clone());
                }
                None => self.wake_at_ms(next_ms, now_ms, cx),
            }
        }
    }

    /// Returns true if the plan needs not be asked for before it is acted on. What Lever doesn't tell
    /// now must not hold back what is known.
    pub(super) fn is_plan_settled(&self, pad: &OpenPad, cx: &Context<'_>) -> bool {
        let now_ms = cx.now_ms();
        let is_fresh = pad
            .known
            .asked_ms
            .is_some_and(|asked_ms| now_ms.saturating_sub(asked_ms) <= FRESH_MS);
        let interviews = Thing::Interviews(pad.opportunity.clone());
        let has_failed = cx.connection.failing.failures(&interviews) > 0;
        let can_ask = cx.connection.lever_breaker.permits(1) > 0 && !self.may_not_plan;
        is_fresh || has_failed || !can_ask
    }

    pub(super) fn wake_at_ms(&mut self, next_ms: Option<i64>, now_ms: i64, cx: &mut Context<'_>) {
        let wait = next_ms.and_then(|next_ms| u64::try_from(next_ms.saturating_sub(now_ms)).ok());
        if let Some(wait) = wait {
            let at = cx.elapsed() + Duration::from_millis(wait);
            self.next = self.next.min(at);
        }
    }

    fn tell_reminder(&mut self, pad: &OpenPad, reminder: Reminder, cx: &mut Context<'_>) {
        let row = match cx.store.ledger.row(&pad.opportunity) {
            Ok(Some(row)) => row,
            Ok(None) => return,
            Err(error) => return cx.ledger_failed(&error),
        };
        let starts_ms = pad.known.plan.map(|plan| plan.starts_ms);
        let (Some(starts_ms), Some(link)) = (starts_ms, open_link(&row, &cx.wiring.coderpad_root))
        else {
            return;
        };
        let who = row.who();
        let mut known = pad.known;
        let news = match reminder {
            Reminder::Soon => {
                known.reminded_ms = Some(starts_ms);
                // The link is in it: a second word on the same matter helps no one.
                known.unsent_ms = Some(starts_ms);
                News::Reminder {
                    who,
                    link,
                    starts_ms,
                }
            }
            Reminder::NotSent => {
                known.unsent_ms = Some(starts_ms);
                News::NotSentYet {
                    who,
                    link,
                    starts_ms,
                }
            }
        };
        cx.write(vec![
            Change::Followed {
                opportunity: pad.opportunity.clone(),
                pad: pad.pad.clone(),
                known,
            },
            Change::Announced(news),
        ]);
    }

    pub(super) fn planned(
        &mut self,
        id: &OpportunityId,
        interviews: Result<Vec<Interview>, lever::Error>,
        cx: &mut Context<'_>,
    ) {
        let interviews = match interviews {
            Ok(interviews) => {
                cx.item_succeeded(Service::Lever, &Thing::Interviews(id.clone()));
                interviews
            }
            // The deletion itself is noticed elsewhere.
            Err(lever::Error::Gone { .. }) => Vec::new(),
            Err(error @ lever::Error::NotAllowed { .. }) => {
                return self.may_not_plan(id, &error, cx);
            }
            Err(error) => {
                self.urgent.plans.insert(id.clone());
                cx.item_failed(Thing::Interviews(id.clone()), &of_lever(&error));
                return;
            }
        };
        if let Err(error) = self.take_plan(id, &interviews, cx) {
            cx.ledger_failed(&error);
        }
    }

    /// Either this candidate is confidential or the key may not read any interviews: a second
    /// candidate tells. This one's are asked for again at the usual time.
    fn may_not_plan(&mut self, id: &OpportunityId, error: &lever::Error, cx: &mut Context<'_>) {
        let thing = Thing::Interviews(id.clone());
        let whose = cx.item_failed(thing.clone(), &of_lever(error));
        cx.connection.failing.clear(&thing);
        if whose == BlastRadius::Service {
            self.may_not_plan = true;
            return;
        }
        let asked = cx.store.ledger.row(id).and_then(|row| {
            let known = cx.store.ledger.interview(id)?;
            Ok(row.and_then(|row| Some((row.life.pad()?.id.clone(), known))))
        });
        match asked {
            Ok(Some((pad, known))) => cx.write(vec![Change::Followed {
                opportunity: id.clone(),
                pad,
                known: Known {
                    asked_ms: Some(cx.now_ms()),
                    ..known
                },
            }]),
            Ok(None) => {}
            Err(error) => cx.ledger_failed(&error),
        }
    }

    fn take_plan(
        &mut self,
        id: &OpportunityId,
        interviews: &[Interview],
        cx: &mut Context<'_>,
    ) -> Result<(), padwatch_ledger::LedgerError> {
        let now_ms = cx.now_ms();
        let Some(row) = cx.store.ledger.row(id)? else {
            return Ok(());
        };
        let Some(pad) = row.life.pad().cloned() else {
            return Ok(());
        };
        let known = cx.store.ledger.interview(id)?;
        if is_left_alone_for_long(&row, &known, now_ms) {
            cx.signal(Signal::LeftWithPad(id.clone()));
        }
        let stage = row.seen.stage.as_ref();
        let plan = interview::choose(interviews, stage, pad.since_ms, now_ms);
        let mut changes = vec![Change::Followed {
            opportunity: id.clone(),
            pad: pad.id,
            known: Known {
                plan,
                asked_ms: Some(now_ms),
                invited: known.invited.map(|invited| invited.once_planned(plan)),
                canceled_ms: known.canceled(plan, now_ms),
                ..known
            },
        }];
        if plan != known.plan {
            let what = match (known.plan, plan) {
                (None, _) => Activity::InterviewPlanned,
                (Some(_), Some(_)) => Activity::InterviewMoved,
                (Some(_), None) => Activity::InterviewCanceled,
            };
            changes.push(Change::Happened {
                opportunity: id.clone(),
                what,
                why: Reason::LeverSays,
                trigger: Trigger::Poll,
            });
        }
        // Of a pad that was ended on the person's word, what was planned then is no question.
        if plan != known.plan || !row.reason.is_own_end() {
            changes.extend(planned_after_end(&row, plan, now_ms).unwrap_or_default());
        }
        cx.write(changes);
        Ok(())
    }
}

/// No list has a candidate who left. One with an open pad is read now and then, like their interviews.
fn is_left_alone_for_long(row: &Candidacy, known: &Known, now_ms: i64) -> bool {
    let asked_ms = known.asked_ms.unwrap_or(i64::MIN);
    let is_open = matches!(
        row.life,
        Lifecycle::Created { .. } | Lifecycle::Linked { .. }
    );
    row.left_ms.is_some() && is_open && now_ms.saturating_sub(asked_ms) > BETWEEN_READS_MS
}

fn open_link(row: &Candidacy, root: &ApiRoot) -> Option<String> {
    match &row.life {
        Lifecycle::Created { pad, .. } | Lifecycle::Linked { pad } => Some(own_link(pad, root)),
        _ => None,
    }
}
