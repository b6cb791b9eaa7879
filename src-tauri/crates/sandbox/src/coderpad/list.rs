//! Lists of pads: order, pages, and how far they trail (contracts/coderpad.md, 2.1).

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::CoderPad;
use super::call::{Call, Outcome, ok};
use super::pad_view::shown;
use super::pads::{Pad, Values};
use super::refusal::Refusal;
use crate::incoming::Query;
use crate::switches::ListOrder;

const PER_PAGE: usize = 50;

/// A row with what it is sorted by: the wanted time, then the pad's number.
type Row<'c> = ((i64, u64), &'c Pad, &'c Values);

/// What to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sort {
    by_update: bool,
    ascending: bool,
}

pub(super) fn own_pads(call: &mut Call<'_, '_>) -> Outcome {
    let email = call.email.clone();
    pads(call, "/api/pads", |_, pad| pad.owner == email)
}

pub(super) fn everybodys_pads(call: &mut Call<'_, '_>) -> Outcome {
    let role = call.needed_role()?;
    if !call.coderpad.organization.may_see_all(role) {
        return Err(Refusal::Forbidden);
    }
    pads(call, "/api/organization/pads", |coderpad, pad| {
        coderpad.belongs(&pad.owner)
    })
}

fn pads(call: &mut Call<'_, '_>, path: &str, mine: impl Fn(&CoderPad, &Pad) -> bool) -> Outcome {
    let query = &call.incoming.query;
    let cursor = query.get("cursor").map(Cursor::read).transpose()?;
    let sort = match cursor {
        Some(cursor) => cursor.sort,
        None => Sort::read(query)?,
    };
    let coderpad = &*call.coderpad;
    let mut rows = rows(coderpad, sort, call.moment.now);
    rows.retain(|(_, pad, _)| mine(coderpad, pad));
    let total = rows.len();
    let page = match cursor {
        Some(cursor) => {
            rows.retain(|(key, _, _)| cursor.is_before(*key));
            1
        }
        None => page_number(query)?,
    };
    let start = (page - 1).saturating_mul(PER_PAGE);
    let pads: Vec<Value> = rows
        .iter()
        .skip(start)
        .take(PER_PAGE)
        .map(|(_, pad, values)| shown(coderpad, pad, values, true))
        .collect();
    let mut body = json!({ "pads": pads, "total": total });
    if let Some(fields) = body.as_object_mut() {
        let last = rows
            .get(start.saturating_add(PER_PAGE) - 1)
            .map(|(key, _, _)| *key);
        let more = rows.len() > start.saturating_add(PER_PAGE);
        if let (true, Some(last)) = (more && coderpad.switches.lists.cursor_paging, last) {
            let cursor = Cursor { sort, key: last }.write();
            let address = format!("{}{path}?cursor={cursor}", coderpad.site);
            fields.insert("next_page".to_owned(), json!(address));
        } else {
            link_pages(
                fields,
                &format!("{}{path}", coderpad.site),
                query,
                page,
                more,
            );
        }
    }
    Ok(ok(body))
}

/// The pads as the list knows them, in the order it gives.
fn rows(coderpad: &CoderPad, sort: Sort, now: i64) -> Vec<Row<'_>> {
    let switches = &coderpad.switches;
    let (seen, known) = (
        now - switches.lists.value_lag_ms,
        now - switches.lists.membership_lag_ms,
    );
    let mut rows: Vec<Row<'_>> = coderpad
        .pads
        .values()
        .filter(|pad| pad.existed_at(known))
        .map(|pad| {
            let values = pad.values_at(seen);
            let time = if sort.by_update {
                values.times.updated_at
            } else {
                pad.created_at
            };
            ((time, pad.number), pad, values)
        })
        .collect();
    rows.sort_by_key(|(key, _, _)| *key);
    let reversed = switches.lists.order == ListOrder::Reversed;
    if sort.ascending == reversed {
        rows.reverse();
    }
    if switches.lists.order == ListOrder::Mixed {
        rows.sort_by_key(|((_, number), _, _)| mixed(*number));
    }
    rows
}

/// The same mix each time.
fn mixed(number: u64) -> u64 {
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23)
}

/// `next_page` and `prev_page` with the sort that was asked for.
pub(super) fn link_pages(
    fields: &mut Map<String, Value>,
    address: &str,
    query: &Query,
    page: usize,
    more: bool,
) {
    let link = |page: usize| {
        let sort = query
            .get("sort")
            .map(|sort| format!("sort={sort}&"))
            .unwrap_or_default();
        json!(format!("{address}?{sort}page={page}"))
    };
    if more {
        fields.insert("next_page".to_owned(), link(page + 1));
    }
    if page > 1 {
        fields.insert("prev_page".to_owned(), link(page - 1));
    }
}

pub(super) fn page_number(query: &Query) -> Result<usize, Refusal> {
    match query.get("page").map(str::parse) {
        None => Ok(1),
        Some(Ok(page)) if page >= 1 => Ok(page),
        _ => Err(Refusal::Bad),
    }
}

impl Sort {
    /// `created_at` or `updated_at`, then `,asc` or `,desc`. Newest first, if nothing is said.
    pub(super) fn read(query: &Query) -> Result<Self, Refusal> {
        let text = query.get("sort").unwrap_or("created_at");
        let (field, direction) = text.split_once(',').unwrap_or((text, "desc"));
        let by_update = match field {
            "created_at" => false,
            "updated_at" => true,
            _ => return Err(Refusal::Bad),
        };
        let ascending = match direction {
            "desc" => false,
            "asc" => true,
            _ => return Err(Refusal::Bad),
        };
        Ok(Self {
            by_update,
            ascending,
        })
    }

    pub(super) fn is_ascending(self) -> bool {
        self.ascending
    }
}

/// Where the next page begins: behind this row.
#[derive(Debug, Clone, Copy)]
struct Cursor {
    sort: Sort,
    key: (i64, u64),
}

impl Cursor {
    fn write(self) -> String {
        let Sort {
            by_update,
            ascending,
        } = self.sort;
        let whole = json!([by_update, ascending, self.key.0, self.key.1]);
        BASE64_URL_SAFE_NO_PAD.encode(whole.to_string())
    }

    fn read(text: &str) -> Result<Self, Refusal> {
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| Refusal::Bad)?;
        let (by_update, ascending, time, number) =
            serde_json::from_slice(&bytes).map_err(|_| Refusal::Bad)?;
        Ok(Self {
            sort: Sort {
                by_update,
                ascending,
            },
            key: (time, number),
        })
    }

    fn is_before(self, key: (i64, u64)) -> bool {
        if self.sort.ascending {
            key > self.key
        } else {
            key < self.key
        }
    }
}
