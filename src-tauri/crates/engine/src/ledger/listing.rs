//! Counting, listing and searching, for the window and the tray.

use rusqlite::params_from_iter;
use rusqlite::types::ToSql;

use super::writing::section_name;
use super::{Ledger, LedgerError};
use crate::listing::{ListQuery, TimelineEntry};
use crate::row::Row;
use crate::snapshot::{Counts, Section};
use lever::OpportunityId;

/// The most rows that one answer holds.
const MOST: u32 = 200;
/// The trigram index knows no shorter texts than this.
const TRIGRAM: usize = 3;

impl Ledger {
    /// How many candidacies are in each part of the list.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn counts(&self) -> Result<Counts, LedgerError> {
        let count = |section| self.count("section = ?1", &[&section_name(section)]);
        Ok(Counts {
            to_send: count(Section::ToSend)?,
            upcoming: count(Section::Upcoming)?,
            finished: count(Section::Finished)?,
            needs_you: count(Section::NeedsYou)?,
            already_there: count(Section::AlreadyThere)?,
            waiting: count(Section::Waiting)?,
            set_aside: count(Section::SetAside)?,
        })
    }

    /// A part of the list, newest first, and how many fit in all.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn list(&self, query: &ListQuery) -> Result<(Vec<Row>, u32), LedgerError> {
        let search = query.search.trim();
        let mut conditions = Vec::new();
        let mut values: Vec<Box<dyn ToSql>> = Vec::new();
        if let Some(section) = query.section {
            values.push(Box::new(section_name(section)));
            conditions.push(format!("section = ?{}", values.len()));
        }
        if !search.is_empty() {
            let (condition, value) = matching(search, values.len() + 1);
            values.push(Box::new(value));
            conditions.push(condition);
        }
        if conditions.is_empty() {
            conditions.push("1".to_owned());
        }
        let condition = conditions.join(" AND ");
        let borrowed: Vec<&dyn ToSql> = values.iter().map(AsRef::as_ref).collect();
        let total = self.count(&condition, &borrowed)?;
        let limit = query.limit.min(MOST);
        let page = format!(
            "{condition} ORDER BY since_ms DESC, row DESC LIMIT {limit} OFFSET {}",
            query.offset
        );
        Ok((self.rows(&page, params_from_iter(borrowed))?, total))
    }

    /// The newest rows of a section, or the oldest.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn few(
        &self,
        section: Section,
        newest: bool,
        most: usize,
    ) -> Result<Vec<Row>, LedgerError> {
        let order = if newest { "DESC" } else { "ASC" };
        self.rows(
            &format!("section = ?1 ORDER BY since_ms {order}, row {order} LIMIT {most}"),
            [section_name(section)],
        )
    }

    /// The history of one candidacy, oldest first.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn timeline(&self, id: &OpportunityId) -> Result<Vec<TimelineEntry>, LedgerError> {
        let sql = "SELECT at_ms, what, why, set_off_by FROM activity \
                   WHERE opportunity = ?1 ORDER BY number";
        let mut query = self.connection.prepare_cached(sql)?;
        let found = query.query_map([id.as_str()], |row| {
            Ok(TimelineEntry {
                at_ms: row.get(0)?,
                what: row.get(1)?,
                why: row.get(2)?,
                trigger: row.get(3)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn count(&self, condition: &str, values: &[&dyn ToSql]) -> Result<u32, LedgerError> {
        let sql = format!("SELECT count(*) FROM opportunity WHERE {condition}");
        let mut query = self.connection.prepare_cached(&sql)?;
        let count: i64 = query.query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

/// The condition for a search, with the value for its placeholder. Whatever is typed is text, not
/// a query: quotes and wild cards are taken as they are.
fn matching(search: &str, place: usize) -> (String, String) {
    if search.chars().count() >= TRIGRAM {
        let phrase = format!("\"{}\"", search.replace('"', "\"\""));
        let found = "SELECT rowid FROM opportunity_text WHERE opportunity_text MATCH";
        return (format!("row IN ({found} ?{place})"), phrase);
    }
    let escaped = search
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    let like = |column| format!("{column} LIKE ?{place} ESCAPE '\\'");
    let any = ["name", "posting", "link"].map(like).join(" OR ");
    (format!("({any})"), format!("%{escaped}%"))
}
