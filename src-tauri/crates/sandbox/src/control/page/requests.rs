//! The last requests.

use super::parts::time;
use crate::escape::escape;
use crate::journal::Entry;
use crate::world::World;

/// So many are shown.
const SHOWN: usize = 40;

pub(super) fn list(world: &World) -> String {
    let journal = &world.journal;
    let rows: String = journal.entries().rev().take(SHOWN).map(row).collect();
    let warnings: String = journal
        .violations()
        .iter()
        .map(|what| format!("<li>{}</li>", escape(what)))
        .collect();
    let warnings = match warnings.is_empty() {
        true => String::new(),
        false => format!("<p><strong>This must never happen:</strong></p><ul>{warnings}</ul>"),
    };
    format!(
        "<section id=\"requests\"><h2>Last requests</h2>{warnings}<div class=\"scroll\" tabindex=\"0\" role=\"region\" \
         aria-label=\"Last requests\"><table><thead><tr><th scope=\"col\">Time (UTC)<th scope=\"col\">To\
         <th scope=\"col\">Request<th scope=\"col\">Answer<th scope=\"col\">Changed\
         </tr></thead><tbody>{rows}</tbody></table></div></section>"
    )
}

fn row(entry: &Entry) -> String {
    let query = if entry.query.is_empty() {
        String::new()
    } else {
        format!("?{}", entry.query)
    };
    let status = entry
        .status
        .map_or_else(|| "none".to_owned(), |status| status.to_string());
    let fault = entry
        .fault
        .as_ref()
        .map(|fault| format!(" · {fault}"))
        .unwrap_or_default();
    format!(
        "<tr><td>{}<td>{:?}<td><code>{} {}{}</code><td>{}{}<td>{}</tr>",
        time(entry.at),
        entry.service,
        escape(&entry.method),
        escape(&entry.path),
        escape(&query),
        status,
        escape(&fault),
        if entry.changed { "yes" } else { "" },
    )
}
