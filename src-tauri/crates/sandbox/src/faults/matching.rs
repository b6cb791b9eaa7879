//! Which requests a rule is about.

use serde::{Deserialize, Serialize};

use crate::incoming::{Incoming, Service};

/// Which requests a rule is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Matching {
    /// Whose.
    pub service: Option<Service>,
    /// `GET`, `POST`, …
    pub method: Option<String>,
    /// The path, with `*` for one segment and `**` at the end for any number of them:
    /// `/v1/opportunities/*/addLinks`.
    pub path: Option<String>,
    /// What the query must contain: `confidentiality=all`.
    pub query: Option<String>,
    /// So many that fit are let pass first.
    pub skip: u32,
    /// The chance that a fitting one is struck, from 0 to 1.
    pub chance: f64,
}

impl Default for Matching {
    fn default() -> Self {
        Self {
            service: None,
            method: None,
            path: None,
            query: None,
            skip: 0,
            chance: 1.0,
        }
    }
}

impl Matching {
    /// Requests of a method to a path of a service.
    #[must_use]
    pub fn of(service: Service, method: &str, path: &str) -> Self {
        Self {
            service: Some(service),
            method: Some(method.to_owned()),
            path: Some(path.to_owned()),
            ..Self::default()
        }
    }

    /// All requests to a service.
    #[must_use]
    pub fn all_of(service: Service) -> Self {
        Self {
            service: Some(service),
            ..Self::default()
        }
    }

    /// The creation of a pad.
    #[must_use]
    pub fn creating_a_pad() -> Self {
        Self::of(Service::CoderPad, "POST", "/api/pads")
    }

    pub(super) fn fits(&self, service: Service, incoming: &Incoming) -> bool {
        self.service.is_none_or(|wanted| wanted == service)
            && self
                .method
                .as_ref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(incoming.method.as_str()))
            && self
                .path
                .as_ref()
                .is_none_or(|pattern| path_fits(pattern, &incoming.path))
            && self
                .query
                .as_ref()
                .is_none_or(|wanted| incoming.query.to_text().contains(wanted.as_str()))
    }
}

fn path_fits(pattern: &str, path: &str) -> bool {
    let mut segments = path.trim_matches('/').split('/');
    for wanted in pattern.trim_matches('/').split('/') {
        if wanted == "**" {
            return true;
        }
        match segments.next() {
            Some(segment) if wanted == "*" || wanted == segment => {}
            _ => return false,
        }
    }
    segments.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_paths() {
        assert!(path_fits(
            "/v1/opportunities/*/addLinks",
            "/v1/opportunities/x/addLinks/"
        ));
        assert!(!path_fits(
            "/v1/opportunities/*",
            "/v1/opportunities/x/addLinks"
        ));
        assert!(!path_fits("/v1/opportunities/*", "/v1/opportunities"));
        assert!(path_fits("/v1/**", "/v1/opportunities/x/addLinks"));
    }
}
