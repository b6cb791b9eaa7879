//! Rehearsing the last weeks, and the rehearsal as a table.

use padwatch_domain::problem::Problem;
use padwatch_engine::{Answer, Handle};

use crate::catalogue::words;
use crate::desktop::Desktop;
use crate::dto::rehearsal::Rehearsal;
use crate::export::{moment, table};
use crate::presenter::rehearsal::{found, verdict};

/// Reads the last weeks and says what Padwatch would have done; `None`: it was given up.
pub(crate) async fn rehearse(engine: &Handle) -> Answer<Option<Rehearsal>> {
    let played = engine.rehearse().await?;
    Ok(played.map(|played| Rehearsal::from(&*played)))
}

/// Saves the last rehearsal as a table for a spreadsheet, and says where.
pub(crate) async fn export(engine: &Handle, desktop: &dyn Desktop) -> Answer<String> {
    let played = engine.last_rehearsal().await?;
    let played = played.ok_or(Problem::NothingToSave)?;
    let words = words();
    let headings = [
        words.table_name(),
        words.table_came(),
        words.table_verdict(),
        words.table_found(),
        words.table_profile(),
    ];
    let rows = played.rows.iter().map(|row| {
        [
            row.arrival.name.clone(),
            moment(Some(row.arrival.came_ms)),
            verdict(row.verdict),
            found(row.found),
            row.arrival.profile_url.clone().unwrap_or_default(),
        ]
    });
    desktop
        .save("padwatch-rehearsal.csv", table(headings, rows)?)
        .await
}
