//! What happened to each candidacy.

use lever::OpportunityId;
use rusqlite::{Transaction, params};

use super::database::{Ledger, run};
use super::error::LedgerError;
use padwatch_domain::activity::Activity;
use padwatch_domain::change::Trigger;
use padwatch_domain::listing::TimelineEntry;
use padwatch_domain::reason::Reason;

impl Ledger {
    /// The history of one candidacy, oldest first.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn timeline(&self, id: &OpportunityId) -> Result<Vec<TimelineEntry>, LedgerError> {
        let sql = "SELECT at_ms, what, why, set_off_by FROM activity \
                   WHERE opportunity = ?1 ORDER BY number";
        let found = self.collect(sql, [id.as_str()], |row| {
            Some(TimelineEntry {
                at_ms: row.get(0).ok()?,
                what: Activity::read(&row.get::<_, String>(1).ok()?),
                why: Reason::read(&row.get::<_, String>(2).ok()?),
                trigger: Trigger::parse(&row.get::<_, String>(3).ok()?).unwrap_or(Trigger::Making),
            })
        })?;
        Ok(found.into_iter().flatten().collect())
    }
}

pub(super) fn add(
    transaction: &Transaction<'_>,
    opportunity: &OpportunityId,
    (what, why): (&Activity, &Reason),
    trigger: Trigger,
    now_ms: i64,
) -> Result<(), LedgerError> {
    let sql = "INSERT INTO activity (opportunity, at_ms, what, why, set_off_by) \
               VALUES (?1, ?2, ?3, ?4, ?5)";
    let what = serde_json::to_string(what)?;
    let why = serde_json::to_string(why)?;
    run(
        transaction,
        sql,
        params![opportunity.as_str(), now_ms, what, why, trigger.name()],
    )
}
