//! Recognising the address of a pad in what people paste and keep. Pure.

use transport::ApiRoot;
use url::{Host, Url};

use crate::PadId;

/// The address of a pad's page: `https://app.coderpad.io/K7QWM3ZD`, or one of the other ways to
/// write it.
#[derive(Debug, Clone, Copy)]
pub struct PadLink;

/// Pages of the site that could be taken for an id ([`looks_like_an_id`]) when they are
/// written in capitals. Shorter and longer names, and those in small letters, can't be.
const SITE_PAGES: &[&str] = &[
    "about",
    "account",
    "admin",
    "assessment",
    "assets",
    "blog",
    "careers",
    "contact",
    "customers",
    "dashboard",
    "demo",
    "docs",
    "download",
    "enterprise",
    "events",
    "explore",
    "features",
    "gameplay",
    "guides",
    "help",
    "home",
    "integrations",
    "interview",
    "invite",
    "languages",
    "legal",
    "login",
    "logout",
    "news",
    "organization",
    "partners",
    "playback",
    "playground",
    "pricing",
    "press",
    "privacy",
    "product",
    "profile",
    "projects",
    "questions",
    "register",
    "resources",
    "sandbox",
    "screen",
    "search",
    "security",
    "session",
    "sessions",
    "settings",
    "signin",
    "signup",
    "solutions",
    "static",
    "status",
    "support",
    "survey",
    "teams",
    "tour",
    "user",
    "users",
    "webinars",
];

impl PadLink {
    /// The pad that the first pad link in a text leads to. `None` when there is no such link.
    ///
    /// With or without scheme, `www`, a slash at the end, query, fragment and `/playback`;
    /// between brackets and before a full stop. Hosts are `coderpad.io`, all below it, and the
    /// host of `root`, so that a sandbox's links count too.
    #[must_use]
    pub fn parse(text: &str, root: &ApiRoot) -> Option<PadId> {
        let between = |c: char| c.is_whitespace() || c.is_control() || "<>\"'`(){}|,;".contains(c);
        text.split(between).find_map(|word| pad_of(word, root))
    }

    /// The address of a pad's page.
    #[must_use]
    pub fn of(id: &PadId, root: &ApiRoot) -> String {
        root.at(&[id.as_str()]).into()
    }

    /// The address of a pad's playback.
    #[must_use]
    pub fn of_playback(id: &PadId, root: &ApiRoot) -> String {
        root.at(&[id.as_str(), "playback"]).into()
    }
}

fn pad_of(word: &str, root: &ApiRoot) -> Option<PadId> {
    // Square brackets belong to some addresses: only those around the whole are taken off.
    let word = word.trim_start_matches(['[', '*', '_']);
    let word = word.trim_end_matches(['.', ':', '!', '?', '*', '_', ']']);
    pad_at(&address(word)?, root)
}

/// The pad that a whole address leads to.
pub(crate) fn pad_at(url: &Url, root: &ApiRoot) -> Option<PadId> {
    let mut segments = url.path_segments()?.filter(|segment| !segment.is_empty());
    if is_at_root(url, root) {
        // A root may lie below its host; the pads lie beside its `api`.
        for own in root.as_url().path_segments()?.filter(|own| !own.is_empty()) {
            segments.next().filter(|segment| *segment == own)?;
        }
    } else if !is_coderpads(url) {
        return None;
    }
    let id = segments.next().filter(|id| looks_like_an_id(id))?;
    match (segments.next(), segments.next()) {
        (None, _) | (Some("playback"), None) => PadId::parse(id).ok(),
        _ => None,
    }
}

/// The word as an address. Without a scheme it must begin like a host with something behind it.
fn address(word: &str) -> Option<Url> {
    if !word.contains('/') {
        return None;
    }
    let url = match word.split_once("://") {
        Some(_) => Url::parse(word),
        None => Url::parse(&format!("https://{word}")),
    };
    url.ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
}

fn is_at_root(url: &Url, root: &ApiRoot) -> bool {
    let place = |url: &Url| (url.host_str().map(str::to_owned), url.port());
    place(url) == place(root.as_url())
}

fn is_coderpads(url: &Url) -> bool {
    let Some(Host::Domain(host)) = url.host() else {
        return false;
    };
    let own = host == "coderpad.io" || host.ends_with(".coderpad.io");
    own && url.port().is_none()
}

/// Returns true if a path segment looks like a pad's id rather than like a page's name.
///
/// The ids in the documents' samples are 7 or 8 capitals and digits, but nothing promises that
/// they stay so (contracts/coderpad.md, 2.3), and the short links that CoderPad gives out for a
/// while have fewer. Pages have names made of words. So: 4 to 24 letters and digits, with a digit
/// or a capital among them, and not the name of a page that is known. A name that is taken for an
/// id costs a read that finds nothing and a question; an id that is taken for a name could cost a
/// second pad.
fn looks_like_an_id(segment: &str) -> bool {
    let plain = segment.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !plain || !(4..=24).contains(&segment.len()) {
        return false;
    }
    let with_digit = segment.bytes().any(|byte| byte.is_ascii_digit());
    let with_capital = segment.bytes().any(|byte| byte.is_ascii_uppercase());
    let page = SITE_PAGES
        .iter()
        .any(|page| page.eq_ignore_ascii_case(segment));
    (with_digit || with_capital) && !page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, root: &str) -> Option<String> {
        let root = ApiRoot::parse(root).unwrap();
        PadLink::parse(text, &root).map(String::from)
    }

    #[test]
    fn a_pad_link_is_recognised_however_people_write_it() {
        for text in [
            "https://app.coderpad.io/K7QWM3ZD",
            "https://coderpad.io/K7QWM3ZD",
            "http://coderpad.io/K7QWM3ZD/",
            "https://www.coderpad.io/K7QWM3ZD",
            "https://eu.app.coderpad.io/K7QWM3ZD",
            "HTTPS://App.CoderPad.IO/K7QWM3ZD",
            "coderpad.io/K7QWM3ZD",
            "app.coderpad.io/K7QWM3ZD/playback",
            "https://app.coderpad.io/K7QWM3ZD/playback/",
            "https://app.coderpad.io/K7QWM3ZD?utm=x#top",
            "https://app.coderpad.io:443//K7QWM3ZD",
            "  https://app.coderpad.io/K7QWM3ZD\n",
            "Your pad: https://app.coderpad.io/K7QWM3ZD. See you!",
            "[pad](https://app.coderpad.io/K7QWM3ZD)",
            "[https://app.coderpad.io/K7QWM3ZD](https://app.coderpad.io/K7QWM3ZD)",
            "**https://app.coderpad.io/K7QWM3ZD**",
            "<a href=\"https://app.coderpad.io/K7QWM3ZD\">pad</a>",
            "see https://example.test/a/b, then coderpad.io/K7QWM3ZD; thanks",
            "https://app.coderpad.io/K7QWM3ZD https://app.coderpad.io/OTHER123",
        ] {
            let id = found(text, "https://app.coderpad.io");
            assert_eq!(id.as_deref(), Some("K7QWM3ZD"), "{text}");
        }
    }

    #[test]
    fn other_shapes_count_when_they_look_like_an_id() {
        for id in [
            "ABCDEF",
            "k7qwm3zd",
            "123456",
            "K7QWM3ZDK7QW",
            "K7QWM3ZDK7QWM3ZDK7QWM3ZD",
            "aBcDeFgH",
            "SDkjdshXqZ",
            "983SDkjdsh",
            "AB12",
            "x7k2q",
        ] {
            let text = format!("https://app.coderpad.io/{id}");
            assert_eq!(found(&text, "https://app.coderpad.io").as_deref(), Some(id));
        }
    }

    #[test]
    fn pages_of_the_site_and_other_places_are_no_pads() {
        for text in [
            "",
            "K7QWM3ZD",
            "coderpad.io",
            "https://app.coderpad.io/",
            "https://app.coderpad.io/dashboard",
            "https://app.coderpad.io/DASHBOARD",
            "https://app.coderpad.io/dashboard/K7QWM3ZD",
            "https://app.coderpad.io/login?to=/K7QWM3ZD",
            "https://app.coderpad.io/api/pads/K7QWM3ZD",
            "https://app.coderpad.io/api/pads",
            "https://coderpad.io/resources/docs/K7QWM3ZD",
            "https://coderpad.io/settings",
            "https://coderpad.io/languages/python3",
            "https://coderpad.io/sandbox",
            "https://coderpad.io/demo",
            "https://coderpad.io/integrations",
            "https://coderpad.io/getting-started-employers",
            "https://app.coderpad.io/K7QWM3ZD/history",
            "https://app.coderpad.io/K7QWM3ZD/playback/2",
            "https://app.coderpad.io/K7QW%2FM3ZD",
            "https://app.coderpad.io/A12",
            "https://app.coderpad.io/BLOG",
            "https://app.coderpad.io/K7QWM3ZDK7QWM3ZDK7QWM3ZDX",
            "https://app.coderpad.io/somewords",
            "https://app.coderpad.io:8443/K7QWM3ZD",
            "https://app.coderpad.io.evil.test/K7QWM3ZD",
            "https://notcoderpad.io/K7QWM3ZD",
            "https://app.coderpad.io@evil.test/K7QWM3ZD",
            "https://evil.test/?u=https://app.coderpad.io/K7QWM3ZD",
            "ftp://app.coderpad.io/K7QWM3ZD",
            "javascript://app.coderpad.io/K7QWM3ZD",
            "http://127.0.0.1:4567/K7QWM3ZD",
        ] {
            assert_eq!(found(text, "https://app.coderpad.io"), None, "{text}");
        }
    }

    #[test]
    fn the_roots_own_host_counts_as_well() {
        for (root, text) in [
            ("http://127.0.0.1:4567", "http://127.0.0.1:4567/K7QWM3ZD"),
            ("http://127.0.0.1:4567", "127.0.0.1:4567/K7QWM3ZD/playback"),
            ("http://[::1]:4567", "http://[::1]:4567/K7QWM3ZD"),
            ("http://localhost:1/x", "http://localhost:1/x/K7QWM3ZD"),
            ("https://pads.example.test", "pads.example.test/K7QWM3ZD"),
            ("http://127.0.0.1:4567", "https://app.coderpad.io/K7QWM3ZD"),
        ] {
            assert_eq!(found(text, root).as_deref(), Some("K7QWM3ZD"), "{text}");
        }
        assert_eq!(
            found("http://127.0.0.1:99/K7QWM3ZD", "http://127.0.0.1:4567"),
            None
        );
        assert_eq!(
            found("http://localhost:1/K7QWM3ZD", "http://localhost:1/x"),
            None
        );
    }

    #[test]
    fn a_link_that_is_written_is_recognised_again() {
        let id = PadId::parse("K7QWM3ZD").unwrap();
        for root in ["https://app.coderpad.io", "http://127.0.0.1:4567/x"] {
            let root = ApiRoot::parse(root).unwrap();
            for link in [PadLink::of(&id, &root), PadLink::of_playback(&id, &root)] {
                assert_eq!(PadLink::parse(&link, &root).as_ref(), Some(&id), "{link}");
            }
        }
    }
}
