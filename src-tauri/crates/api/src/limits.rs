//! How long a text in a call may be. The page is not trusted to be sensible: what comes from it is
//! measured before anyone works on it.

use lever::OpportunityId;
use padwatch_domain::problem::Problem;
use padwatch_engine::Answer;

use crate::connection::{CoderpadPlace, Connection, LeverPlace, ProxyChoice};

/// The longest id, search or address, in bytes.
pub(crate) const LONGEST_LINE: usize = 4_096;
/// The longest text that is copied or sent: a note, or a file of an interview, in bytes.
pub(crate) const LONGEST_TEXT: usize = 1_000_000;

/// Returns an error if the text of a call, beside the most bytes that it may have, or the id of its
/// candidate is too long. An id that is not Lever's finds no one; one of a megabyte finds no one
/// slowly.
///
/// # Errors
/// When one is too long.
pub(crate) fn check(
    text: Option<(&str, usize)>,
    opportunity: Option<&OpportunityId>,
) -> Answer<()> {
    let id = opportunity.map(|id| (id.as_str(), LONGEST_LINE));
    for (text, most) in text.into_iter().chain(id) {
        if text.len() > most {
            return Err(Problem::TextTooLong);
        }
    }
    Ok(())
}

/// The longest text that was typed for a connection.
pub(crate) fn longest(connection: &Connection) -> &str {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::call::Call;
    use padwatch_domain::problem::ProblemCode;

    fn checked(call: &Call) -> Answer<()> {
        check(call.text(), call.opportunity())
    }

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
            let problem = checked(&call).unwrap_err();
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
            assert_eq!(checked(&call), Ok(()));
        }
    }
}
