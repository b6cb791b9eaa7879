//! With a large ledger, what is in flight waits for no piece of work on it for long.

use std::fs;
use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::candidacy::{Candidacy, Seen};
use padwatch_domain::change::{Change, Trigger};
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::settings::Settings;
use padwatch_ledger::Ledger;
use sandbox::{Candidate, OpportunityId};

use crate::desk::Services;
use crate::office::{MINUTE, id};

/// Candidacies in the ledger, all with an announcement that no one has shown.
const MANY: usize = 4_000;
/// How many of them Lever deletes at once.
const DELETED: usize = 200;
/// No piece of work takes longer, in a build without optimization.
const LONGEST: Duration = Duration::from_millis(100);

/// How long this thread has worked: what other programs do meanwhile doesn't count.
fn worked() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let nanoseconds = text.split(' ').next().unwrap().parse().unwrap();
    Duration::from_nanos(nanoseconds)
}

fn deleted_in_lever(services: &Services) -> Vec<OpportunityId> {
    services.world.with(|world| {
        let somebody = || Candidate {
            stage: Some("On-site".to_owned()),
            ..Candidate::default()
        };
        let ids: Vec<_> = (0..DELETED)
            .map(|_| world.add_candidate(somebody()).unwrap())
            .collect();
        for one in &ids {
            world.delete_candidate(one).unwrap();
        }
        ids
    })
}

fn skipped(id: lever::OpportunityId, now_ms: i64) -> [Change; 2] {
    let seen = Seen {
        name: format!("Candidate {}", id.as_str()),
        posting_title: "Backend Engineer".to_owned(),
        ..Seen::default()
    };
    let row = Candidacy::noticed(
        id,
        seen,
        Lifecycle::Skipped,
        padwatch_domain::reason::Reason::UserSkipped,
        now_ms,
    );
    let told = Change::Announced(News::NoLink { who: row.who() });
    let noticed = Change::Moved {
        row: Box::new(row),
        what: padwatch_domain::activity::Activity::Noticed,
        trigger: Trigger::Poll,
    };
    [noticed, told]
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn removing_hundreds_from_a_large_ledger_delays_no_request() {
    let services = Services::new(870);
    let gone = deleted_in_lever(&services);
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let folder = desk.close().await;
    let now_ms = services.clock.now_ms();
    let path = folder.path().join("ledger.sqlite3");
    let (mut ledger, _) = Ledger::open(&path, now_ms).unwrap();
    let others = (DELETED..MANY).map(|n| lever::OpportunityId::new(format!("other-{n}")));
    let all: Vec<_> = gone.iter().map(id).chain(others).collect();
    for some in all.chunks(500) {
        let changes: Vec<_> = some
            .iter()
            .flat_map(|one| skipped(one.clone(), now_ms))
            .collect();
        ledger.commit(&changes, now_ms).unwrap();
    }
    drop(ledger);

    let desk = services.desk_in(folder, Settings::default()).await;
    desk.watching().await;
    // The deletions are read an hour after the start.
    services.wait(59 * MINUTE).await;
    for _ in 0..60_000 {
        if services.count("GET /v1/opportunities/deleted") > 0 {
            break;
        }
        services.wait(Duration::from_millis(4)).await;
    }
    let last = id(gone.last().unwrap());
    let (mut longest, mut before) = (Duration::ZERO, worked());
    for _ in 0..60_000 {
        services.wait(Duration::from_millis(1)).await;
        let now = worked();
        longest = longest.max(now.saturating_sub(before));
        if desk.handle.detail(last.clone()).await.is_err() {
            break;
        }
        before = worked();
    }
    for one in &gone {
        assert!(
            desk.handle.detail(id(one)).await.is_err(),
            "{one} is still there"
        );
    }
    println!("the longest piece of work took {longest:?}");
    assert!(longest <= LONGEST, "{longest:?}");
}
