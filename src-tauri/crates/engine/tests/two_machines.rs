//! Two computers on the same accounts, started together: nothing in the two APIs lets one of them
//! reserve a candidate, so that a second pad can't be ruled out. It is found, named, taken off the
//! profile and offered for deletion; and since each gives way once it has seen the other, there
//! are few.
//!
//! `PADWATCH_TWO_SEED` repeats one run.
#![expect(
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise, and says what it counted"
)]

mod desk;
mod office;

use std::collections::{BTreeMap, BTreeSet};

use desk::{Desk, Services, pad_ready};
use office::{HOUR, MAKE, MINUTE, settings};
use padwatch_domain::announcement::News;
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::Action;
use padwatch_engine::{Hint, HintSource};
use sandbox::{Effect, Matching, OpportunityId, Service};

const CANDIDATES: usize = 100;
/// More pads too many than this would mean that they don't give way to each other.
const MOST_DUPLICATES: usize = 10;

/// Two computers and the candidates that both watch.
struct Both {
    services: Services,
    people: Vec<OpportunityId>,
    desks: [Desk; 2],
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn two_computers_leave_one_linked_pad_each_and_name_every_pad_too_many() {
    let one_seed = std::env::var("PADWATCH_TWO_SEED").ok();
    let one_seed = one_seed.and_then(|seed| seed.parse().ok());
    let seeds = one_seed.map_or_else(|| vec![901, 902, 903], |seed| vec![seed]);
    for seed in seeds {
        let mut both = serve_together(seed).await;
        let named = named_extras(&mut both.desks).await;
        let extras = extras(&both, seed).await;
        let all: BTreeSet<String> = extras.values().flatten().cloned().collect();
        println!(
            "PADWATCH_TWO_SEED={seed}: {CANDIDATES} candidates, {} pads too many, {} requests for a pad",
            all.len(),
            both.services.count(MAKE)
        );
        assert!(all.is_subset(&named), "seed {seed}: {all:?}, but {named:?}");
        assert!(all.len() <= MOST_DUPLICATES, "seed {seed}: {all:?}");
        delete_what_is_offered(&both).await;
        for id in &both.people {
            assert_eq!(both.services.pads_for(id).len(), 1, "seed {seed}");
            assert_eq!(both.services.links(id).len(), 1, "seed {seed}");
        }
    }
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_computer_that_starts_later_takes_over_what_the_first_has_made() {
    let services = Services::new(904);
    let people = services.candidates(20);
    let first = services.desk(many_at_once()).await;
    let second = services.desk(many_at_once()).await;
    first.watching().await;
    second.watching().await;
    let folder = second.close().await;
    for one in &people {
        services.to_phone_screen(one);
    }
    first.linked(20).await;
    let mut second = services.desk_in(folder, many_at_once()).await;
    second.linked(20).await;
    let heard = second.hears_within(HOUR).await;
    let adopted = heard
        .iter()
        .filter(|news| matches!(news, News::PadReady { .. }))
        .count();
    assert_eq!(adopted, 20, "{heard:?}");
    assert_eq!(services.count(MAKE), 20);
    for one in &people {
        assert_eq!(first.row(one).await.pad, second.row(one).await.pad);
    }
}

fn many_at_once() -> Settings {
    settings(|settings| settings.guards.surge_limit = 1000)
}

/// Both watch when all candidates come at the same moment; ends when both are content.
async fn serve_together(seed: u64) -> Both {
    let services = Services::new(seed);
    services
        .world
        .with(|world| world.coderpad.quota.limit = 1000);
    let people = services.candidates(CANDIDATES);
    let desks = [
        services.desk(many_at_once()).await,
        services.desk(many_at_once()).await,
    ];
    for desk in &desks {
        desk.watching().await;
    }
    answer_slowly(&services);
    for one in &people {
        services.to_phone_screen(one);
    }
    // Both see all of them at the same moment.
    for desk in &desks {
        desk.handle.hint(Hint {
            opportunity: None,
            from: HintSource::Person,
        });
    }
    for desk in &desks {
        let to_send = CANDIDATES as u32;
        desk.until("all", |snapshot| snapshot.counts.to_send == to_send)
            .await;
        desk.linked(CANDIDATES).await;
    }
    services.wait(10 * MINUTE).await;
    Both {
        services,
        people,
        desks,
    }
}

/// As over a network: what one computer does, the other can see only a while later.
fn answer_slowly(services: &Services) {
    services.world.with(|world| {
        let slowly = [(Service::Lever, 150), (Service::CoderPad, 400)];
        for (service, ms) in slowly {
            let effect = Effect::Delay { ms };
            world.faults.always(Matching::all_of(service), effect);
        }
    });
}

/// The pads that were told to be too many, by either; each pad is told as ready once.
async fn named_extras(desks: &mut [Desk; 2]) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for desk in desks {
        let heard = desk.hears_within(10 * MINUTE).await;
        let ready = heard.iter().filter(|news| pad_ready(news)).count();
        assert_eq!(ready, CANDIDATES, "nobody is forgotten, nobody told twice");
        named.extend(heard.iter().filter_map(|news| match news {
            News::Duplicate { extra, .. } => Some(extra.as_str().to_owned()),
            _ => None,
        }));
    }
    named
}

/// For each candidate the pads beside the linked one; both computers know the same linked one.
async fn extras(both: &Both, seed: u64) -> BTreeMap<OpportunityId, Vec<String>> {
    let mut extras = BTreeMap::new();
    for id in &both.people {
        let links = both.services.links(id);
        assert_eq!(links.len(), 1, "seed {seed}: {links:?}");
        for desk in &both.desks {
            let row = desk.row(id).await;
            assert_eq!(row.pad.map(|pad| pad.link), Some(links[0].clone()));
        }
        let pads = both.services.pads_for(id).into_iter();
        let others = pads.filter(|pad| pad.url != links[0]).map(|pad| pad.id);
        extras.insert(id.clone(), others.collect());
    }
    extras
}

async fn delete_what_is_offered(both: &Both) {
    for desk in &both.desks {
        for id in &both.people {
            for extra in desk.row(id).await.duplicates {
                if extra.ours {
                    desk.act(id, Action::DeleteDuplicate { pad: extra.id })
                        .await;
                }
            }
        }
    }
}
