use std::fmt;

/// Rows under a heading, in columns as wide as their widest cell.
#[derive(Debug)]
pub(crate) struct Table {
    heading: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(heading: &[&str]) -> Self {
        Self {
            heading: heading.iter().map(|&cell| cell.to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths = vec![0; self.heading.len()];
        for row in std::iter::once(&self.heading).chain(&self.rows) {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        widths
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        let rule = widths.iter().map(|width| "-".repeat(*width)).collect();
        let lines = [&self.heading, &rule].into_iter().chain(&self.rows);
        for (number, row) in lines.enumerate() {
            let cells = row.iter().zip(&widths);
            let line = cells
                .map(|(cell, &width)| format!("{cell:width$}"))
                .collect::<Vec<_>>()
                .join("  ");
            let break_before = if number == 0 { "" } else { "\n" };
            write!(out, "{break_before}{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_in_characters() {
        let mut table = Table::new(&["step", "time"]);
        table.add(vec!["doc".into(), "1 s".into()]);
        table.add(vec!["prüfen".into(), "12 min 3 s".into()]);
        let expected = "\
step    time
------  ----------
doc     1 s
prüfen  12 min 3 s";
        assert_eq!(table.to_string(), expected);
    }
}
