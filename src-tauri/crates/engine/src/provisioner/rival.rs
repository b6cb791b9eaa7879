//! Another program that creates pads for the same candidates.

use super::beside::Beside;
use super::state::Provisioner;
use crate::context::Context;
use padwatch_domain::change::{Change, StateKey};

use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::lifecycle::{Consent, Lifecycle};
use padwatch_domain::rival::Rival;

impl Provisioner {
    /// Only whom no one has said a word about, and as long as no link is there to take over.
    pub(crate) fn is_left_to_rival(
        &self,
        row: &Candidacy,
        beside: &dyn Beside,
        cx: &Context<'_>,
    ) -> bool {
        let by_rules = matches!(
            row.life,
            Lifecycle::Eligible {
                consent: Consent::Rules
            }
        );
        by_rules
            && !beside.shows_link(&row.opportunity)
            && self
                .rival
                .is_some_and(|rival| rival.should_yield(row.since_ms, cx.now_ms()))
    }

    /// A trace of another program that makes pads for the same candidates.
    pub(crate) fn rival_seen(&mut self, cx: &mut Context<'_>) {
        let now_ms = cx.now_ms();
        let known = self.rival.filter(|rival| rival.is_there(now_ms));
        let rival = match known {
            Some(rival) => rival.seen_again(now_ms),
            None => Rival::seen(now_ms, cx.wiring.rng.fraction()),
        };
        self.remember_rival(rival, cx);
    }

    /// Ours came second: from now on the other goes first, for another while than it gives us.
    pub(super) fn gave_way(&mut self, cx: &mut Context<'_>) {
        let rival = Rival::seen(cx.now_ms(), cx.wiring.rng.fraction());
        self.remember_rival(rival, cx);
    }

    fn remember_rival(&mut self, rival: Rival, cx: &mut Context<'_>) {
        self.rival = Some(rival);
        if let Ok(text) = serde_json::to_string(&rival) {
            cx.write(vec![Change::Kept(StateKey::Rival, text)]);
        }
    }
}
