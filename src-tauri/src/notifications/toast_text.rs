//! Windows: a notification as Windows takes it.

use padwatch_api::notifications::{Notice, Outcome};

use super::toast_address::ToastAddress;

/// The notification in XML. `address` gives where a click leads.
pub(super) fn of(notice: &Notice, address: impl Fn(Outcome) -> ToastAddress) -> String {
    let buttons: String = notice
        .buttons
        .iter()
        .enumerate()
        .map(|(place, press)| {
            let (label, leads) = (press.label(), address(Outcome::Pressed(place)));
            format!(
                r#"<action content="{}" activationType="protocol" arguments="{leads}"/>"#,
                escaped(&label)
            )
        })
        .collect();
    format!(
        r#"<toast activationType="protocol" launch="{}"><visual><binding template="ToastGeneric"><text>{}</text><text>{}</text></binding></visual><actions>{buttons}</actions></toast>"#,
        address(Outcome::Clicked),
        escaped(&notice.title),
        escaped(&notice.body)
    )
}

/// Names and jobs are other people's text: none of it is read as markup, and what XML can't hold at
/// all, with which Windows would show nothing, is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use lever::OpportunityId;
    use padwatch_api::notifications::Press;

    use super::*;

    fn ada() -> OpportunityId {
        OpportunityId::new("ada")
    }

    fn address(outcome: Outcome) -> ToastAddress {
        ToastAddress {
            profile: "p".to_owned(),
            token: "t".to_owned(),
            outcome,
        }
    }

    #[test]
    fn a_click_on_it_and_on_each_button_leads_somewhere_else() {
        let notice = Notice {
            title: "New: Ada".to_owned(),
            body: String::new(),
            buttons: vec![Press::CopyLink(ada()), Press::OpenInLever(ada())],
            about: None,
        };
        assert_eq!(
            of(&notice, address),
            "<toast activationType=\"protocol\" launch=\"padwatch:p/t/open\"><visual>\
             <binding template=\"ToastGeneric\"><text>New: Ada</text><text></text></binding></visual>\
             <actions><action content=\"Copy link\" activationType=\"protocol\" \
             arguments=\"padwatch:p/t/0\"/><action content=\"Open in Lever\" \
             activationType=\"protocol\" arguments=\"padwatch:p/t/1\"/></actions></toast>"
        );
    }

    #[test]
    fn a_name_brings_no_markup_and_nothing_that_xml_cannot_hold() {
        assert_eq!(
            escaped("\u{0}Ada\u{1b}</text><action \"x\"> & Co\nnext\u{ffff}"),
            "Ada&lt;/text&gt;&lt;action &quot;x&quot;&gt; &amp; Co&#10;next"
        );
    }
}
