//! Lasting properties of the two services that differ between accounts, or that the documents
//! leave open. A fault (see [`crate::faults`]) strikes a request; a switch stays.

use serde::de::Error as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// All switches. As JSON every field is optional: what is missing stays as it is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Switches {
    /// Lever's.
    pub lever: LeverSwitches,
    /// CoderPad's.
    pub coderpad: CoderPadSwitches,
    /// How far the `Date` header of both is off, in ms.
    pub date_skew_ms: i64,
}

/// How Lever behaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct LeverSwitches {
    /// Writes under `/opportunities` without `perform_as` are refused (contracts/lever.md, 4.6).
    pub require_perform_as: bool,
    /// A bucket of 20 requests, filled with 10 a second, for each key. [`crate::serve`] turns it
    /// on.
    pub rate_limit: bool,
    /// Seconds in `Retry-After` when the bucket is empty. Lever documents none.
    pub retry_after: Option<u64>,
    /// A list of deleted opportunities over more than 30 days is refused.
    pub cap_deleted: bool,
    /// Every object has a field that no one has seen before.
    pub unknown_fields: bool,
    /// Webhooks may go to plain http on this computer. Lever itself wants https.
    pub webhooks_on_loopback: bool,
    /// Every request gets a page that says so, with 503.
    pub maintenance: bool,
    /// No one listens.
    pub offline: bool,
}

/// How CoderPad behaves.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CoderPadSwitches {
    /// How its lists of pads behave. In JSON its fields stand beside the others.
    #[serde(flatten)]
    pub lists: ListSwitches,
    /// So many pads of the same person appear with every pad that is made.
    pub others_with_create: u32,
    /// What `contents` of an environment's file is: the documents contradict each other (2.6).
    pub file_contents: FileContents,
    /// The history begins with the first text of a file rather than with an empty one.
    pub history_from_first_text: bool,
    /// Pads tell their text themselves and have no environments, as old ones.
    pub no_environments: bool,
    /// Reading one pad shows its `history` (missing in the documents' sample).
    pub history_in_read: bool,
    /// Another user's pad is forbidden (403) rather than unknown (404).
    pub foreign_pad_forbidden: bool,
    /// Every pad can be read by its id, no matter whose it is.
    pub foreign_pad_readable: bool,
    /// An account without organization is refused with 403 rather than 404.
    pub no_organization_forbidden: bool,
    /// Values have the types that the strictest of the public clients wants (coderpad-py): texts
    /// for `trial_expires_at` and `single_sign_in_url`, which the documents have as null and as
    /// optional, and a number for `example_question_id`, where their sample has a text.
    pub strict_types: bool,
    /// Every object has a field that no one has seen before.
    pub unknown_fields: bool,
    /// Pads that are not finished are in a state that no one has seen before.
    pub unknown_state: bool,
    /// Every request gets a page that says so, with 503.
    pub maintenance: bool,
    /// No one listens.
    pub offline: bool,
}

/// How CoderPad's lists of pads behave.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListSwitches {
    /// Lists show the values of so many ms ago (0 to 60,000: contracts/coderpad.md, 2.1).
    #[serde(rename = "listValueLagMs")]
    pub value_lag_ms: i64,
    /// Lists show the pads that existed so many ms ago.
    #[serde(rename = "listMembershipLagMs")]
    pub membership_lag_ms: i64,
    /// In which order lists really are, whatever they were asked for.
    #[serde(rename = "listOrder")]
    pub order: ListOrder,
    /// `next_page` holds a cursor that outranks `page` and `sort`.
    #[serde(rename = "cursorPaging")]
    pub cursor_paging: bool,
}

/// The order of a list of pads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListOrder {
    /// As asked.
    #[default]
    Honest,
    /// The other way round.
    Reversed,
    /// Mixed, but the same mix for every page.
    Mixed,
}

/// Which text of a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FileContents {
    /// As it is now.
    #[default]
    Latest,
    /// As it was when the environment was opened.
    Initial,
}

impl Default for LeverSwitches {
    fn default() -> Self {
        Self {
            require_perform_as: false,
            rate_limit: false,
            retry_after: None,
            cap_deleted: false,
            unknown_fields: false,
            webhooks_on_loopback: true,
            maintenance: false,
            offline: false,
        }
    }
}

impl Switches {
    /// These switches with the given ones changed. The change has the same shape, with only the
    /// fields that change.
    ///
    /// # Errors
    /// When a field is unknown or its value doesn't fit.
    pub fn changed_by(&self, change: &Value) -> Result<Self, serde_json::Error> {
        let mut whole = serde_json::to_value(self)?;
        merge(&mut whole, change)?;
        serde_json::from_value(whole)
    }
}

/// Every field stands in the whole: one that doesn't is none.
fn merge(into: &mut Value, change: &Value) -> Result<(), serde_json::Error> {
    let (Value::Object(into), Value::Object(change)) = (&mut *into, change) else {
        *into = change.clone();
        return Ok(());
    };
    for (name, value) in change {
        let unknown = || serde_json::Error::custom(format!("there is no switch \"{name}\""));
        merge(into.get_mut(name).ok_or_else(unknown)?, value)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_change_leaves_the_other_switches_alone_and_refuses_unknown_ones() {
        let before = Switches {
            date_skew_ms: 5,
            ..Switches::default()
        };
        let after = before
            .changed_by(&json!({"coderpad": {"listOrder": "reversed"}}))
            .unwrap();
        assert_eq!(after.coderpad.lists.order, ListOrder::Reversed);
        assert_eq!(after.date_skew_ms, 5);
        for unknown in [
            json!({"coderpad": {"listorder": "reversed"}}),
            json!({"lever": {"listOrder": "reversed"}}),
            json!({"airbyte": {}}),
        ] {
            assert!(before.changed_by(&unknown).is_err(), "{unknown}");
        }
    }
}
