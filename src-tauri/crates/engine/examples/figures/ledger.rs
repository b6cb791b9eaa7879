use std::time::Instant;

use lever::OpportunityId;
use padwatch_domain::calendar::Today;
use padwatch_domain::candidacy::{Candidacy, Seen};
use padwatch_domain::change::{Change, Trigger};
use padwatch_domain::lifecycle::{Consent, Lifecycle};
use padwatch_domain::listing::ListQuery;
use padwatch_domain::section::Section;
use padwatch_ledger::Ledger;

use super::{Outcome, figure, percentile};

const NOW_MS: i64 = 1_772_532_000_000;
const TODAY: Today = Today {
    since_ms: NOW_MS - 12 * 3_600_000,
    until_ms: NOW_MS + 12 * 3_600_000,
};

/// Each question is asked so often.
const TIMES: usize = 100;

/// Lists and searches in a ledger of growing size.
pub(super) fn measure() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let (mut ledger, _) = Ledger::open(&folder.path().join("ledger.sqlite3"), NOW_MS)?;
    let mut filled = 0;
    for (rows, name) in [(100, "100"), (10_000, "10k"), (100_000, "100k")] {
        fill(&mut ledger, filled..rows)?;
        filled = rows;
        let lists = asked(
            &ledger,
            &[query(None, ""), query(Some(Section::Waiting), "")],
        )?;
        let words = ["Example 4321", "Chioma", "Example", "77", "nobody at all"];
        let searches = words.map(|word| query(None, word));
        let searches = asked(&ledger, &searches)?;
        figure(
            &format!("ledger_{name}_list_p99_ms"),
            percentile(lists.clone(), 99),
        )?;
        figure(
            &format!("ledger_{name}_search_p99_ms"),
            percentile(searches.clone(), 99),
        )?;
        let both = [lists, searches].concat();
        figure(&format!("ledger_{name}_p99_ms"), percentile(both, 99))?;
    }
    Ok(())
}

fn fill(ledger: &mut Ledger, numbers: std::ops::Range<i64>) -> Outcome<()> {
    let names = ["Chioma", "Ada", "Linus", "Grace", "Noor", "Mateus", "Yuki"];
    let changes: Vec<Change> = numbers
        .map(|number| {
            let first = usize::try_from(number).unwrap_or_default() % names.len();
            let first = names.get(first).copied().unwrap_or_default();
            let life = if number % 3 == 0 {
                Lifecycle::Eligible {
                    consent: Consent::Rules,
                }
            } else {
                Lifecycle::Skipped
            };
            let seen = Seen {
                name: format!("{first} Example {number}"),
                posting_title: "Backend Engineer".to_owned(),
                ..Seen::default()
            };
            let id = OpportunityId::new(format!("o{number}"));
            let row = Candidacy::noticed(
                id,
                seen,
                life,
                padwatch_domain::reason::Reason::UserCreated,
                NOW_MS + number,
            );
            Change::Moved {
                row: Box::new(row),
                what: padwatch_domain::activity::Activity::Noticed,
                trigger: Trigger::Poll,
            }
        })
        .collect();
    for some in changes.chunks(1_000) {
        ledger.commit(some, NOW_MS)?;
    }
    Ok(())
}

fn query(section: Option<Section>, search: &str) -> ListQuery {
    ListQuery {
        section,
        search: search.to_owned(),
        offset: 0,
        limit: 50,
    }
}

/// How long each answer took, in ms.
fn asked(ledger: &Ledger, queries: &[ListQuery]) -> Outcome<Vec<f64>> {
    let mut took = Vec::new();
    for query in queries {
        for _ in 0..TIMES {
            let begun = Instant::now();
            ledger.list(query, TODAY)?;
            took.push(begun.elapsed().as_secs_f64() * 1e3);
        }
    }
    Ok(took)
}
