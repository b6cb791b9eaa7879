//! Pages of Lever's lists (contracts/lever.md, 2).

use http::StatusCode;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Value, json};
use transport::Reply;

use super::refusal::Refusal;
use crate::answer;
use crate::incoming::Query;

const LARGEST_PAGE: usize = 100;

/// The number of rows that the query asks for.
pub(super) fn limit(query: &Query) -> Result<usize, Refusal> {
    let Some(text) = query.get("limit") else {
        return Ok(LARGEST_PAGE);
    };
    match text.parse() {
        Ok(limit) if (1..=LARGEST_PAGE).contains(&limit) => Ok(limit),
        _ => Err(Refusal::bad("limit must be between 1 and 100")),
    }
}

/// The envelope of a list. `next` only where there is more.
pub(super) fn page(rows: Vec<Value>, next: Option<&Value>) -> Reply {
    let mut body = json!({ "data": Value::Array(rows), "hasNext": next.is_some() });
    if let (Some(next), Some(fields)) = (next, body.as_object_mut()) {
        let token = utf8_percent_encode(&next.to_string(), NON_ALPHANUMERIC).to_string();
        fields.insert("next".to_owned(), Value::String(token));
    }
    answer::json(StatusCode::OK, &body)
}

/// The token that was sent back to us, encoded once more by the sender or not.
pub(super) fn offset(query: &Query) -> Result<Option<Value>, Refusal> {
    let Some(text) = query.get("offset") else {
        return Ok(None);
    };
    let decoded = percent_decode_str(text).decode_utf8_lossy().into_owned();
    let again = percent_decode_str(&decoded)
        .decode_utf8_lossy()
        .into_owned();
    serde_json::from_str(&decoded)
        .or_else(|_| serde_json::from_str(&again))
        .map(Some)
        .map_err(|_| invalid_offset())
}

pub(super) fn invalid_offset() -> Refusal {
    Refusal::bad("Invalid offset token")
}

/// A list whose order never changes while it is read: the token is the place of the next row.
pub(super) fn by_place(rows: Vec<Value>, query: &Query) -> Result<Reply, Refusal> {
    let limit = limit(query)?;
    let start = match offset(query)? {
        None => 0,
        Some(token) => token
            .as_u64()
            .and_then(|at| usize::try_from(at).ok())
            .ok_or_else(invalid_offset)?,
    };
    let more = rows.len() > start.saturating_add(limit);
    let shown = rows.into_iter().skip(start).take(limit).collect();
    Ok(page(shown, more.then(|| json!(start + limit)).as_ref()))
}
