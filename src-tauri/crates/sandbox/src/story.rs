//! What happens in the demo without a hand: otherwise there would be nothing to see.

use std::time::Duration;

use crate::ids::OpportunityId;
use crate::shared::SharedWorld;
use crate::world::World;

/// How long a newcomer looks around before something happens.
const LOOKS_AROUND: Duration = Duration::from_secs(4);
/// How often it is looked for the first visitor.
const LOOKS_EVERY: Duration = Duration::from_millis(200);
/// Where the story leads.
const PHONE_SCREEN: &str = "Phone Screen";

/// Waits until the candidates were read for the first time, so that those who are in the
/// stage already are known as such. Then moves a tagged one to Phone Screen.
pub(crate) async fn play(world: SharedWorld) {
    while world.quietly(|world| world.journal.count("GET /v1/opportunities")) == 0 {
        world.clock().sleep(LOOKS_EVERY).await;
    }
    world.clock().sleep(LOOKS_AROUND).await;
    world.with(|world| {
        let Some(id) = next_in_line(world) else {
            return;
        };
        if let Err(error) = world.move_to_stage(&id, PHONE_SCREEN) {
            tracing::warn!(%error, "the sandbox's story can't go on");
        }
    });
}

/// The tagged candidate in the stage before, who came there last.
fn next_in_line(world: &World) -> Option<OpportunityId> {
    let lever = &world.lever;
    let target = lever.stage_named(PHONE_SCREEN)?;
    let place = lever.stages.iter().position(|stage| stage.id == target)?;
    let before = &lever.stages.get(place.checked_sub(1)?)?.id;
    let candidates = lever.opportunities.iter().filter(|(_, opportunity)| {
        let own = opportunity
            .tags
            .iter()
            .any(|tag| tag.trim().eq_ignore_ascii_case("coderpad"));
        own && &opportunity.stage == before
            && opportunity.archived.is_none()
            && !opportunity.confidential
    });
    candidates
        .max_by_key(|(_, opportunity)| opportunity.times.last_advanced_at)
        .map(|(id, _)| id.clone())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http::{HeaderMap, Method};
    use transport::{Clock as _, VirtualClock};

    use super::*;
    use crate::incoming::{Incoming, Query, Service};
    use crate::sample::sample;

    #[tokio::test(start_paused = true)]
    async fn a_tagged_candidate_is_moved_only_after_somebody_has_looked() {
        let clock = Arc::new(VirtualClock::starting_at(1_767_225_600_000));
        let world = SharedWorld::new(sample(1, clock.now_ms()).unwrap(), clock.clone());
        tokio::spawn(play(world.clone()));
        clock.sleep(Duration::from_secs(60)).await;
        let moved = |world: &SharedWorld| {
            let now = world.clock().now_ms();
            world.with(|world| {
                let mut all = world.lever.opportunities.values();
                all.any(|opportunity| now - opportunity.times.last_advanced_at < 30_000)
            })
        };
        assert!(!moved(&world));
        let look = Incoming {
            method: Method::GET,
            path: "/v1/opportunities".to_owned(),
            query: Query::default(),
            headers: HeaderMap::new(),
            body: bytes::Bytes::new(),
        };
        let _ = world.answer(Service::Lever, &look);
        clock.sleep(Duration::from_secs(10)).await;
        assert!(moved(&world));
    }
}
