//! Counting, listing and searching, for the window and the tray.

use rusqlite::params;
use rusqlite::types::ToSql;

use super::database::Ledger;
use super::error::LedgerError;
use padwatch_domain::calendar::Today;
use padwatch_domain::candidacy::Candidacy;
use padwatch_domain::folding::fold;
use padwatch_domain::listing::{Counts, ListQuery};
use padwatch_domain::section::Section;

/// The most rows that one answer holds.
const MOST: u32 = 200;
/// The most rows that a search finds: a longer text narrows it down.
const MOST_FOUND: u32 = 200;
/// When the interview is; none known counts as last. The index `opportunity_planned` has the same
/// words, or it would not be used.
const PLANNED: &str = "coalesce(planned_ms, 9223372036854775807)";
const NEWEST: &str = "since_ms DESC, row DESC";
/// The trigram index knows no shorter texts than this.
const TRIGRAM: usize = 3;

impl Ledger {
    /// How many candidacies are in each part of the list, as it is seen today.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn counts(&self, today: Today) -> Result<Counts, LedgerError> {
        let live = self.count(
            "SELECT count(*) FROM opportunity WHERE section = 'upcoming' AND live = 1",
            &[],
        )?;
        let planned = self.planned(today.since_ms, i64::MAX)?;
        Ok(Counts {
            to_send: self.tally(Section::ToSend)?,
            upcoming: self.tally(Section::Upcoming)?,
            interviews: live.saturating_add(planned),
            live,
            today: self.planned(today.since_ms, today.until_ms)?,
            finished: self.tally(Section::Finished)?,
            needs_you: self.tally(Section::NeedsYou)?,
            already_there: self.tally(Section::AlreadyThere)?,
            waiting: self.tally(Section::Waiting)?,
            set_aside: self.tally(Section::SetAside)?,
        })
    }

    /// A part of the list in its order, and how many fit in all: newest first, but live interviews
    /// before those to come, and these by their time, as it is seen today. A search finds the newest
    /// 200.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn list(
        &self,
        query: &ListQuery,
        today: Today,
    ) -> Result<(Vec<Candidacy>, u32), LedgerError> {
        let limit = query.limit.min(MOST);
        let search = query.search.trim();
        if search.is_empty() {
            return self.page(query.section, (limit, query.offset), today);
        }
        let found = self.search(search, query.section.map(section_name))?;
        let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let page = |order: &str| {
            format!(
                "row IN (SELECT value FROM json_each(?1)) \
                 ORDER BY {order} {NEWEST} LIMIT ?2 OFFSET ?3"
            )
        };
        let found = as_json(&found);
        let rows = if query.section == Some(Section::Upcoming) {
            let by_time = format!("live DESC, {PLANNED} < ?4, abs({PLANNED} - ?4),");
            self.rows(
                &page(&by_time),
                params![found, limit, query.offset, today.since_ms],
            )?
        } else {
            self.rows(&page(""), params![found, limit, query.offset])?
        };
        Ok((rows, total))
    }

    /// A part of the list without a search.
    fn page(
        &self,
        section: Option<Section>,
        (limit, offset): (u32, u32),
        today: Today,
    ) -> Result<(Vec<Candidacy>, u32), LedgerError> {
        let Some(section) = section else {
            let total = self.count("SELECT coalesce(sum(count), 0) FROM tally", &[])?;
            let page = format!("1 ORDER BY {NEWEST} LIMIT ?1 OFFSET ?2");
            return Ok((self.rows(&page, params![limit, offset])?, total));
        };
        let rows = if section == Section::Upcoming {
            self.upcoming(offset, limit, today)?
        } else {
            let page = format!("section = ?1 ORDER BY {NEWEST} LIMIT ?2 OFFSET ?3");
            self.rows(&page, params![section_name(section), limit, offset])?
        };
        Ok((rows, self.tally(section)?))
    }

    /// A page of those whose interview is live or to come. It is put together of parts that the
    /// index has in their order, so that nothing is sorted.
    fn upcoming(
        &self,
        mut offset: u32,
        limit: u32,
        today: Today,
    ) -> Result<Vec<Candidacy>, LedgerError> {
        let mut rows = Vec::new();
        for UpcomingPart { those, order } in upcoming_parts() {
            let left = limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
            if left == 0 {
                break;
            }
            let page = format!("{those} ORDER BY {order} LIMIT ?2 OFFSET ?3");
            let found = self.rows(&page, params![today.since_ms, left, offset])?;
            if found.is_empty() && offset > 0 {
                let sql = format!("SELECT count(*) FROM opportunity WHERE {those}");
                offset = offset.saturating_sub(self.count(&sql, &[&today.since_ms])?);
            } else {
                offset = 0;
            }
            rows.extend(found);
        }
        Ok(rows)
    }

    /// The rows in which the text occurs, the newest 200 at the most, accents, apostrophes and case
    /// aside. What is typed is text, not a query: quotes and wild cards are taken as they are.
    fn search(&self, text: &str, section: Option<&str>) -> Result<Vec<i64>, LedgerError> {
        let folded = fold(text);
        let text = folded.trim();
        if text.is_empty() {
            // Nothing but apostrophes and the like: no one is called that.
            return Ok(Vec::new());
        }
        if text.chars().count() < TRIGRAM {
            return self.scan(text, section);
        }
        let phrase = format!("\"{}\"", text.replace('"', "\"\""));
        let sql = format!(
            "SELECT rowid FROM opportunity_text WHERE opportunity_text MATCH ?1 \
             ORDER BY rowid DESC LIMIT {}",
            MOST_FOUND + 1
        );
        let mut found = self.numbers(&sql, &[&phrase])?;
        let is_common = found.len() > MOST_FOUND as usize;
        match (is_common, section) {
            // Among so many, a section's own are found sooner by going through it.
            (true, Some(_)) => self.scan(text, section),
            (true, None) => {
                found.truncate(MOST_FOUND as usize);
                Ok(found)
            }
            (false, None) => Ok(found),
            (false, Some(section)) => {
                let sql = "SELECT row FROM opportunity \
                           WHERE section = ?1 AND row IN (SELECT value FROM json_each(?2))";
                self.numbers(sql, &[&section, &as_json(&found)])
            }
        }
    }

    /// Goes through the list from the newest on.
    fn scan(&self, text: &str, section: Option<&str>) -> Result<Vec<i64>, LedgerError> {
        let of_section = section.map_or("", |_| "section = ?2 AND");
        let sql = format!(
            "SELECT row FROM opportunity WHERE {of_section} instr(folded, ?1) > 0 \
             ORDER BY since_ms DESC, row DESC LIMIT {MOST_FOUND}"
        );
        match section {
            Some(section) => self.numbers(&sql, &[&text, &section]),
            None => self.numbers(&sql, &[&text]),
        }
    }

    /// Everyone, newest first.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn everybody(&self) -> Result<Vec<Candidacy>, LedgerError> {
        self.rows("1 ORDER BY since_ms DESC, row DESC", [])
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
    ) -> Result<Vec<Candidacy>, LedgerError> {
        let order = if newest { "DESC" } else { "ASC" };
        self.rows(
            &format!("section = ?1 ORDER BY since_ms {order}, row {order} LIMIT {most}"),
            [section_name(section)],
        )
    }

    /// Whose interview is the next one that begins after the given time, in ms since the epoch, of
    /// those who have a pad that is open.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn next_interview(&self, after_ms: i64) -> Result<Option<Candidacy>, LedgerError> {
        let next = self.rows(
            &format!(
                "section IN ('toSend', 'upcoming') AND live IN (0, 1) \
                 AND {PLANNED} > ?1 AND {PLANNED} < ?2 \
                 ORDER BY {PLANNED} LIMIT 1"
            ),
            [after_ms, i64::MAX],
        )?;
        Ok(next.into_iter().next())
    }

    /// How many of those whose link was copied have an interview that isn't live and is planned for
    /// that time.
    fn planned(&self, since_ms: i64, until_ms: i64) -> Result<u32, LedgerError> {
        let sql = format!(
            "SELECT count(*) FROM opportunity \
             WHERE section = 'upcoming' AND live = 0 AND {PLANNED} >= ?1 AND {PLANNED} < ?2"
        );
        self.count(&sql, &[&since_ms, &until_ms])
    }

    fn tally(&self, section: Section) -> Result<u32, LedgerError> {
        let sql = "SELECT coalesce(sum(count), 0) FROM tally WHERE section = ?1";
        self.count(sql, &[&section_name(section)])
    }

    fn count(&self, sql: &str, values: &[&dyn ToSql]) -> Result<u32, LedgerError> {
        let mut query = self.connection.prepare_cached(sql)?;
        let count: i64 = query.query_row(values, |row| row.get(0))?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    fn numbers(&self, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<i64>, LedgerError> {
        let mut query = self.connection.prepare_cached(sql)?;
        let found = query.query_map(values, |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}

/// Numbers as one value, so that the statement stays the same and is compiled once.
fn as_json(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    format!("[{}]", numbers.join(","))
}

/// A part of those whose link was copied, as SQL. `?1` is when today began; each names it, so that
/// all take the same values.
pub(super) struct UpcomingPart {
    pub(super) those: String,
    pub(super) order: String,
}

/// The parts of those whose link was copied: the live ones; then those to come, the soonest first
/// and those without a time last; then the latest of those that were to be before today.
pub(super) fn upcoming_parts() -> [UpcomingPart; 3] {
    let part = |live, side, planned, newest| UpcomingPart {
        those: format!("section = 'upcoming' AND live = {live} AND {PLANNED} {side}"),
        order: format!("{PLANNED} {planned}, since_ms {newest}, row {newest}"),
    };
    [
        part(1, "NOT NULL AND ?1 NOT NULL", "ASC", "DESC"),
        part(0, ">= ?1", "ASC", "DESC"),
        part(0, "< ?1", "DESC", "ASC"),
    ]
}

/// The name of a section as it stands in its column.
pub(super) fn section_name(section: Section) -> &'static str {
    match section {
        Section::NeedsYou => "needsYou",
        Section::ToSend => "toSend",
        Section::Waiting => "waiting",
        Section::Upcoming => "upcoming",
        Section::Finished => "finished",
        Section::AlreadyThere => "alreadyThere",
        Section::SetAside => "setAside",
    }
}
