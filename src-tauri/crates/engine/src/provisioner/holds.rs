//! Candidates who wait for a time that was set.

use super::state::Provisioner;
use crate::context::Context;
use padwatch_domain::change::{Change, Trigger};

use padwatch_domain::activity::Activity;
use padwatch_domain::announcement::News;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::{Consent, Hold, Lifecycle};
use padwatch_domain::reason::Reason;

impl Provisioner {
    pub(super) fn hold_may_be_over(&mut self, row: Candidacy, now_ms: i64, cx: &mut Context<'_>) {
        match row.life {
            Lifecycle::Held {
                hold: Hold::Until { .. },
            } => self.hold_is_over(row, now_ms, cx),
            Lifecycle::Held {
                hold: Hold::NoLinkYet { since_ms },
            } => self.no_link_yet(row, since_ms, now_ms, cx),
            _ => {}
        }
    }

    fn hold_is_over(&mut self, row: Candidacy, now_ms: i64, cx: &mut Context<'_>) {
        let life = Lifecycle::Eligible {
            consent: Consent::Rules,
        };
        let row = row.becoming(life, Reason::DelayOver, now_ms);
        cx.write(vec![Change::Moved {
            row: Box::new(row),
            what: Activity::DelayOver,
            trigger: Trigger::Making,
        }]);
    }

    /// Watch mode: after the time that was set, a missing link is reported.
    fn no_link_yet(&mut self, row: Candidacy, since_ms: i64, now_ms: i64, cx: &mut Context<'_>) {
        let patience = i64::from(cx.policy.settings.guards.missing_link_after_seconds) * 1000;
        if now_ms < since_ms.saturating_add(patience) {
            return;
        }
        let told = Change::Announced(News::NoLink { who: row.who() });
        let row = row.becoming(
            Lifecycle::Held { hold: Hold::NoLink },
            Reason::NoLink,
            now_ms,
        );
        cx.write(vec![
            Change::Moved {
                row: Box::new(row),
                what: Activity::NoLink,
                trigger: Trigger::Poll,
            },
            told,
        ]);
    }
}
