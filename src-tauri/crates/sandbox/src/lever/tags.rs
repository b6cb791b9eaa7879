//! All tags with how many carry them (contracts/lever.md, 4.1).

use std::collections::BTreeMap;

use serde_json::json;

use super::call::{Call, Outcome};
use super::paging;

pub(super) fn list(call: &mut Call<'_, '_>, _: &[&str]) -> Outcome {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for opportunity in call.lever.opportunities.values() {
        for tag in call.lever.tags_of(opportunity) {
            *counts.entry(tag).or_default() += 1;
        }
    }
    let mut rows: Vec<(&str, u64)> = counts.into_iter().collect();
    rows.sort_by_key(|(text, _)| (text.to_lowercase(), *text));
    let rows = rows
        .into_iter()
        .map(|(text, count)| json!({ "count": count, "text": text }));
    paging::by_place(rows.collect(), &call.incoming.query)
}
