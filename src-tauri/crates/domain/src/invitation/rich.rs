/// The written text as HTML, for editors that take rich text: paragraphs, line breaks, and the
/// pad's link as a link. Everything else is escaped, regardless of its author: a name is never markup.
#[must_use]
pub fn as_html(plain: &str, link: Option<&str>) -> String {
    let plain = plain.replace("\r\n", "\n");
    let paragraphs = plain
        .split("\n\n")
        .map(|paragraph| paragraph.trim_matches('\n'))
        .filter(|paragraph| !paragraph.trim().is_empty());
    let anchor = link.map(|link| {
        let link = escaped(link);
        (link.clone(), format!("<a href=\"{link}\">{link}</a>"))
    });
    paragraphs
        .map(|paragraph| {
            let mut text = escaped(paragraph).replace('\n', "<br>");
            if let Some((link, anchor)) = &anchor {
                text = text.replace(link, anchor);
            }
            format!("<p>{text}</p>")
        })
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_breaks_and_the_link_are_kept() {
        let link = "https://app.coderpad.io/K7QWM3ZD";
        let html = as_html(&format!("Hi Ada,\n\nHere: {link}\nBye\n"), Some(link));
        let anchor = format!("<a href=\"{link}\">{link}</a>");
        assert_eq!(html, format!("<p>Hi Ada,</p><p>Here: {anchor}<br>Bye</p>"));
    }

    #[test]
    fn whatever_a_candidate_is_called_stays_text() {
        let mean = "<img src=x onerror=alert(1)> & \"'";
        let html = as_html(mean, Some("https://app.coderpad.io/K7QWM3ZD"));
        assert_eq!(
            html,
            "<p>&lt;img src=x onerror=alert(1)&gt; &amp; &quot;&#39;</p>"
        );
    }

    #[test]
    fn a_link_that_would_break_out_of_its_place_does_not() {
        let link = "https://x.test/\"onclick=\"y";
        let html = as_html(link, Some(link));
        assert!(!html.contains("\"onclick"), "{html}");
    }
}
