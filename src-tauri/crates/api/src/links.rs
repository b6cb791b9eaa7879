//! Which addresses may be opened: those of the two services, and nothing that a candidate's text
//! or a changed answer could make of them.

use padwatch_domain::problem::Problem;
use transport::ApiRoot;
use url::{Host, Url};

/// Hosts whose pages are pads, recordings or profiles (contracts/lever.md, 1.1; contracts/coderpad.md, 1).
const HOSTS: [&str; 6] = [
    "app.coderpad.io",
    "coderpad.io",
    "eu.app.coderpad.io",
    "hire.lever.co",
    "hire.sandbox.lever.co",
    "hire.eu.lever.co",
];

/// Where links may lead.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The roots of the services' APIs in use: their origins are fine when on this computer.
    pub roots: Vec<ApiRoot>,
    /// CoderPad's root in use: with an address of one's own, pads lie there.
    pub coderpad: Option<ApiRoot>,
    /// The sandbox's control page, if the sandbox runs.
    pub control: Option<Url>,
}

impl Places {
    /// Reads a link and lets it pass if it leads to one of the services.
    ///
    /// # Errors
    /// When it leads anywhere else.
    pub(crate) fn check(&self, link: &str) -> Result<Url, Problem> {
        let url = Url::parse(link).map_err(|_| Problem::LinkElsewhere)?;
        let known = url.scheme() == "https"
            && url.port().is_none()
            && matches!(url.host(), Some(Host::Domain(host)) if HOSTS.contains(&host));
        let bare = url.username().is_empty() && url.password().is_none();
        let of_pads = |root: &ApiRoot| root.same_origin(&url);
        if bare && (known || self.is_own(&url) || self.coderpad.as_ref().is_some_and(of_pads)) {
            Ok(url)
        } else {
            Err(Problem::LinkElsewhere)
        }
    }

    /// Reads the address of a drawing. CoderPad keeps them where it likes and doesn't say where
    /// (contracts/coderpad.md, 2.3), so any site will do, over a secure connection.
    ///
    /// # Errors
    /// When it is no address of a site.
    pub(crate) fn check_drawing(&self, link: &str) -> Result<Url, Problem> {
        let url = Url::parse(link).map_err(|_| Problem::DrawingUnsafe)?;
        let secure = url.scheme() == "https" && matches!(url.host(), Some(Host::Domain(_)));
        let bare = url.username().is_empty() && url.password().is_none();
        if bare && (secure || self.is_own(&url)) {
            Ok(url)
        } else {
            Err(Problem::DrawingUnsafe)
        }
    }

    fn is_own(&self, url: &Url) -> bool {
        let control = self
            .control
            .as_ref()
            .is_some_and(|own| own.origin() == url.origin());
        control
            || self
                .roots
                .iter()
                .any(|root| root.is_loopback() && root.same_origin(url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_the_services_pass_and_everything_else_is_refused() {
        let places = Places::default();
        for good in [
            "https://app.coderpad.io/K7QWM3ZD",
            "https://app.coderpad.io/K7QWM3ZD/playback",
            "https://hire.lever.co/candidates/1",
        ] {
            assert!(places.check(good).is_ok(), "{good}");
        }
        for bad in [
            "http://app.coderpad.io/K7QWM3ZD",
            "https://app.coderpad.io.evil.test/",
            "https://app.coderpad.io@evil.test/",
            "https://a:b@app.coderpad.io/",
            "https://app.coderpad.io:8443/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "mailto:a@b.c",
            "http://127.0.0.1:80/",
            "",
        ] {
            assert!(places.check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_sandbox_is_reached_at_its_own_ports_alone() {
        let places = Places {
            roots: vec![ApiRoot::parse("http://127.0.0.1:4001/v1").unwrap()],
            coderpad: None,
            control: Some("http://127.0.0.1:4003/".parse().unwrap()),
        };
        assert!(places.check("http://127.0.0.1:4001/candidates/1").is_ok());
        assert!(places.check("http://127.0.0.1:4003/").is_ok());
        assert!(places.check("http://127.0.0.1:4002/").is_err());
    }

    #[test]
    fn a_drawing_is_opened_at_any_site_but_nothing_else_is() {
        let places = Places {
            roots: vec![ApiRoot::parse("http://127.0.0.1:4001").unwrap()],
            ..Places::default()
        };
        for good in [
            "https://drawings.example.test/x?signature=1",
            "http://127.0.0.1:4001/drawing",
        ] {
            assert!(places.check_drawing(good).is_ok(), "{good}");
        }
        for bad in [
            "http://drawings.example.test/x",
            "https://10.0.0.1/x",
            "https://a:b@drawings.example.test/",
            "http://127.0.0.1:4002/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "",
        ] {
            assert!(places.check_drawing(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn pads_at_a_coderpad_address_of_ones_own_can_be_opened() {
        let places = Places {
            coderpad: Some(ApiRoot::parse("https://pads.example.test").unwrap()),
            ..Places::default()
        };
        assert!(places.check("https://pads.example.test/K7QWM3ZD").is_ok());
        for bad in [
            "http://pads.example.test/K7QWM3ZD",
            "https://pads.example.test:8443/K7QWM3ZD",
            "https://a:b@pads.example.test/K7QWM3ZD",
            "https://other.example.test/K7QWM3ZD",
        ] {
            assert!(places.check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_root_on_the_web_does_not_widen_the_places() {
        let places = Places {
            roots: vec![ApiRoot::parse("https://proxy.example.test/v1").unwrap()],
            ..Places::default()
        };
        assert!(places.check("https://proxy.example.test/x").is_err());
    }
}
