//! The ledger as a table for a spreadsheet. Pure.

use jiff::Timestamp;

use crate::catalogue::words;
use crate::dto::candidates::PadRow;
use padwatch_domain::problem::Problem;

/// Spreadsheets take a text for UTF-8 when it begins with this.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// All candidates as CSV.
///
/// # Errors
/// When it can't be put together.
pub(crate) fn as_csv(rows: &[PadRow]) -> Result<String, Problem> {
    table(headings(), rows.iter().map(cells))
}

/// A table as CSV. No cell can be taken for a formula, whatever a candidate is called.
///
/// # Errors
/// When it can't be put together.
pub(crate) fn table<const COLUMNS: usize>(
    headings: [String; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> Result<String, Problem> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table
        .write_record(headings)
        .map_err(|_| Problem::TableNotWritten)?;
    for row in rows {
        table
            .write_record(row.map(escape_formula))
            .map_err(|_| Problem::TableNotWritten)?;
    }
    let bytes = table.into_inner().map_err(|_| Problem::TableNotWritten)?;
    let text = String::from_utf8(bytes).map_err(|_| Problem::TableNotWritten)?;
    Ok(format!("{BYTE_ORDER_MARK}{text}"))
}

fn headings() -> [String; 9] {
    let words = words();
    [
        words.table_name(),
        words.table_job(),
        words.table_state(),
        words.table_since(),
        words.table_interview(),
        words.table_pad(),
        words.table_playback(),
        words.table_sent(),
        words.table_profile(),
    ]
}

fn cells(row: &PadRow) -> [String; 9] {
    let pad = row.pad.as_ref();
    [
        row.name.clone(),
        row.posting.clone(),
        row.state.clone(),
        moment(row.times.since_ms),
        moment(row.times.interview_ms),
        pad.map(|pad| pad.link.clone()).unwrap_or_default(),
        pad.map(|pad| pad.playback.clone()).unwrap_or_default(),
        moment(row.times.copied_ms),
        row.profile_url.clone().unwrap_or_default(),
    ]
}

/// As every spreadsheet reads it, whatever the region.
pub(crate) fn moment(ms: Option<i64>) -> String {
    ms.and_then(|ms| Timestamp::from_millisecond(ms).ok())
        .map(|moment| moment.strftime("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_default()
}

/// A spreadsheet calculates what begins like a formula; an apostrophe makes it a text
/// (reference/expectations.md, B4).
fn escape_formula(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use lever::OpportunityId;

    use super::*;
    use crate::dto::candidates::RowTimes;
    use crate::dto::lists::Section;

    fn row(name: &str) -> PadRow {
        PadRow {
            opportunity: OpportunityId::new("o"),
            name: name.to_owned(),
            posting: "Engineer, \"Core\"".to_owned(),
            section: Section::ToSend,
            state: "Pad ready".to_owned(),
            reason: String::new(),
            remark: None,
            pad: None,
            profile_url: None,
            note: None,
            trouble: None,
            on_profile: false,
            duplicates: Vec::new(),
            actions: Vec::new(),
            times: RowTimes {
                since_ms: Some(1_772_532_000_000),
                ..RowTimes::default()
            },
        }
    }

    #[test]
    fn a_table_has_a_heading_and_a_line_for_everybody() {
        let csv = as_csv(&[row("Ada")]).unwrap();
        let lines: Vec<&str> = csv.lines().collect();
        assert!(lines[0].starts_with("\u{feff}Name,Job,State"), "{csv}");
        assert_eq!(
            lines[1],
            "Ada,\"Engineer, \"\"Core\"\"\",Pad ready,2026-03-03 10:00:00,,,,,"
        );
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn no_name_becomes_a_formula() {
        for mean in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            let csv = as_csv(&[row(mean)]).unwrap();
            let cell = csv.split_once('\n').unwrap().1;
            assert!(
                cell.starts_with('\'') || cell.starts_with("\"'"),
                "{mean:?}: {csv:?}"
            );
        }
        assert!(as_csv(&[row("O'Brien")]).unwrap().contains("\nO'Brien,"));
    }
}
