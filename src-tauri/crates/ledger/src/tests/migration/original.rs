//! What stands in a ledger's tables, read without any of the ledger's own code.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use rusqlite::types::Value as Cell;
use serde_json::Value;

/// The rows of each table, in the order in which they were written.
pub(super) struct Original {
    pub(super) tables: BTreeMap<String, Vec<Row>>,
}

/// A row by the names of its columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row(pub(super) BTreeMap<String, Cell>);

impl Original {
    pub(super) fn read(connection: &Connection) -> Self {
        let names = tables(connection).into_iter();
        let tables = names.map(|name| {
            let rows = rows(connection, &name);
            (name, rows)
        });
        Self {
            tables: tables.collect(),
        }
    }

    /// Writes what fits into another ledger: the tables and columns that are there.
    pub(super) fn fill(&self, connection: &Connection) {
        connection.execute_batch("BEGIN").unwrap();
        for table in tables(connection) {
            let known = columns(connection, &table);
            for Row(cells) in self.rows(&table) {
                let (names, cells): (Vec<&str>, Vec<&Cell>) = cells
                    .iter()
                    .filter(|(name, _)| known.contains(*name))
                    .map(|(name, cell)| (name.as_str(), cell))
                    .unzip();
                let marks = vec!["?"; names.len()].join(", ");
                let names = names.join(", ");
                let sql = format!("INSERT INTO {table} ({names}) VALUES ({marks})");
                connection
                    .execute(&sql, rusqlite::params_from_iter(cells))
                    .unwrap();
            }
        }
        connection.execute_batch("COMMIT").unwrap();
    }

    /// The rows of a table; none if there was no such table yet.
    pub(super) fn rows(&self, table: &str) -> &[Row] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    /// All texts in the JSON of a column, names of fields too.
    pub(super) fn texts(&self, table: &str, column: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for row in self.rows(table) {
            texts(&row.json(column), &mut found);
        }
        found
    }
}

impl Row {
    pub(super) fn maybe(&self, column: &str) -> Option<String> {
        match self.0.get(column) {
            Some(Cell::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    pub(super) fn text(&self, column: &str) -> String {
        self.maybe(column).unwrap_or_default()
    }

    pub(super) fn number(&self, column: &str) -> Option<i64> {
        match self.0.get(column) {
            Some(Cell::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn json(&self, column: &str) -> Value {
        serde_json::from_str(&self.text(column)).unwrap()
    }
}

/// The tables that hold something of their own: not the search's index and no counts.
pub(super) fn tables(connection: &Connection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'tally'
        AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'opportunity_text%'";
    let mut query = connection.prepare(sql).unwrap();
    let names = query.query_map([], |row| row.get(0)).unwrap();
    names.map(Result::unwrap).collect()
}

fn columns(connection: &Connection, table: &str) -> BTreeSet<String> {
    let sql = format!("SELECT * FROM {table}");
    let query = connection.prepare(&sql).unwrap();
    let names = query.column_names().into_iter();
    names.map(str::to_owned).collect()
}

fn rows(connection: &Connection, table: &str) -> Vec<Row> {
    let mut query = connection
        .prepare(&format!("SELECT * FROM {table}"))
        .unwrap();
    let names: Vec<String> = query
        .column_names()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let found = query.query_map([], |row| {
        let cells = names.iter().enumerate();
        let cells = cells.map(|(n, name)| Ok((name.clone(), row.get(n)?)));
        Ok(Row(cells.collect::<rusqlite::Result<_>>()?))
    });
    found.unwrap().map(Result::unwrap).collect()
}

fn texts(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(into.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| texts(item, into)),
        Value::Object(fields) => {
            for (name, value) in fields {
                into.insert(name.clone());
                texts(value, into);
            }
        }
        _ => {}
    }
}
