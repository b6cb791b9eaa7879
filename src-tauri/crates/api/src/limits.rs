//! How long a text in a call may be. The page is not trusted to be sensible: what comes from it is
//! measured before anybody works on it.

use padwatch_domain::problem::Problem;
use padwatch_engine::Answer;

use crate::call::Call;
use crate::connection::{CoderpadPlace, Connection, LeverPlace, ProxyChoice};
use crate::dto::candidates::Action;
use crate::dto::questions::QuestionsWanted;

/// The longest id, search or address, in bytes.
const LONGEST_LINE: usize = 4_096;
/// The longest text that is copied or sent: a note, or a file of an interview, in bytes.
const LONGEST_TEXT: usize = 1_000_000;

/// Returns whether every text in a call has a sensible length.
///
/// # Errors
/// When one is too long.
pub(crate) fn check(call: &Call) -> Answer<()> {
    let (text, most) = match call {
        Call::CopyText { text } | Call::SendNote { text, .. } => (text.as_str(), LONGEST_TEXT),
        Call::List { query } => (query.search.as_str(), LONGEST_LINE),
        Call::Questions {
            wanted: QuestionsWanted::Text { text },
        } => (text.as_str(), LONGEST_LINE),
        Call::SetWebhooks { public_address, .. } => (public_address.as_str(), LONGEST_LINE),
        Call::SetConnection { connection } => (longest(connection), LONGEST_LINE),
        Call::Act {
            action: Action::SeePad { link },
            ..
        } => (link.as_str(), LONGEST_LINE),
        // `Settings::check` measures the settings, and `keys::clean` the keys.
        _ => return check_opportunity(call),
    };
    fits(text, most)?;
    check_opportunity(call)
}

/// An id that is not Lever's finds nobody; one of a megabyte finds nobody slowly.
fn check_opportunity(call: &Call) -> Answer<()> {
    match call.opportunity() {
        Some(id) => fits(id.as_str(), LONGEST_LINE),
        None => Ok(()),
    }
}

fn longest(connection: &Connection) -> &str {
    let lever = match &connection.lever {
        LeverPlace::Other { root } => root.as_str(),
        _ => "",
    };
    let coderpad = match &connection.coderpad {
        CoderpadPlace::Other { root } => root.as_str(),
        _ => "",
    };
    let proxy = match &connection.proxy {
        ProxyChoice::At { address } => address.as_str(),
        _ => "",
    };
    let typed = [lever, coderpad, proxy].into_iter();
    typed.max_by_key(|text| text.len()).unwrap_or_default()
}

fn fits(text: &str, most: usize) -> Answer<()> {
    if text.len() <= most {
        return Ok(());
    }
    Err(Problem::TextTooLong)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use padwatch_domain::problem::ProblemCode;

    #[test]
    fn a_long_text_is_refused_wherever_it_stands() {
        let long = "x".repeat(LONGEST_TEXT + 1);
        let other = json!({"kind": "other", "root": long});
        for call in [
            json!({"kind": "copyText", "text": long}),
            json!({"kind": "sendNote", "opportunity": "o", "text": long, "secret": false}),
            json!({"kind": "list", "query": {"section": null, "search": long, "offset": 0, "limit": 5}}),
            json!({"kind": "setWebhooks", "on": true, "publicAddress": long}),
            json!({"kind": "setConnection", "connection": {"lever": other}}),
            json!({"kind": "setConnection", "connection": {"coderpad": other}}),
            json!({"kind": "setConnection", "connection": {"proxy": {"kind": "at", "address": long}}}),
            json!({"kind": "act", "opportunity": "o", "action": {"kind": "seePad", "link": long}}),
            json!({"kind": "detail", "opportunity": long}),
            json!({"kind": "copyLink", "opportunity": long}),
        ] {
            let name = call["kind"].to_string();
            let call: Call = serde_json::from_value(call).unwrap();
            let problem = check(&call).unwrap_err();
            assert_eq!(problem.code(), ProblemCode::NotValid, "{name}");
        }
    }

    #[test]
    fn what_people_type_passes() {
        for call in [
            json!({"kind": "snapshot"}),
            json!({"kind": "copyText", "text": "fn main() {}".repeat(1_000)}),
            json!({"kind": "detail", "opportunity": "0f1e"}),
        ] {
            let call: Call = serde_json::from_value(call).unwrap();
            assert_eq!(check(&call), Ok(()));
        }
    }
}
