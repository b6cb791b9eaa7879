//! Following `next_page` without being led to another origin or in a circle
//! (contracts/coderpad.md, 2.1 and 6, 13).

use std::collections::HashSet;
use std::time::Duration;

use serde::de::DeserializeOwned;
use transport::Listed;
use url::Url;

use super::request::get;
use super::{Client, answer};
use crate::Error;

/// Of a list that is gathered, no more than this is read, in bytes.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// A list that takes longer to read than this says nothing of the present.
pub(super) const LONGEST: Duration = Duration::from_secs(15 * 60);

impl Client {
    /// Reads page after page. The flag is true if that was all.
    pub(super) async fn gather<P: DeserializeOwned, T>(
        &self,
        what: &'static str,
        first: Url,
        most: usize,
        paged: impl Fn(P) -> (Listed<T>, Option<String>),
    ) -> Result<(Listed<T>, bool), Error> {
        let mut trail = Trail::new(most);
        let mut gathered = Listed::default();
        let (mut bytes, until) = (0_usize, self.elapsed().saturating_add(LONGEST));
        let mut page: Option<Url> = Some(first);
        while let Some(url) = page {
            if trail.is_full() || bytes > MOST_BYTES || self.elapsed() > until {
                return Ok((gathered, false));
            }
            trail.step(&url)?;
            let outcome = self.ask(get(url.clone())).await?;
            bytes += outcome.as_ref().map_or(0, |reply| reply.body.len());
            let (items, named) = paged(answer::read(what, outcome)?);
            gathered.append(items);
            page = next(&url, named.as_deref())?;
        }
        Ok((gathered, true))
    }
}

/// The next page of the same list: our own origin and path, with the query that the service named,
/// since it may hold a cursor that outranks the rest. Behind a proxy, or in another region, the
/// service may name a host of its own; the key doesn't go there.
pub(super) fn next(list: &Url, named: Option<&str>) -> Result<Option<Url>, Error> {
    let Some(named) = named else {
        return Ok(None);
    };
    let elsewhere = Error::NotCoderpad {
        status: None,
        seen: "a list that leads to another address",
    };
    let Ok(named) = list.join(named) else {
        return Err(elsewhere);
    };
    let query = named.query().filter(|query| !query.is_empty());
    let (Some(query), true) = (query, is_same_list(&named, list)) else {
        return Err(elsewhere);
    };
    let mut url = list.clone();
    url.set_query(Some(query));
    Ok(Some(url))
}

/// Returns true if both paths name the same list. Either may lie below something else.
fn is_same_list(named: &Url, list: &Url) -> bool {
    let (named, list) = (path(named), path(list));
    let ends = |whole: &str, end: &str| !end.is_empty() && whole.ends_with(end);
    ends(named, list) || ends(list, named)
}

/// A slash at the end means nothing (contracts/coderpad.md, 1).
fn path(url: &Url) -> &str {
    url.path().trim_end_matches('/')
}

/// The pages that were read, and how many there may be.
#[derive(Debug)]
pub(super) struct Trail {
    been: HashSet<Url>,
    most: usize,
}

impl Trail {
    pub(super) fn new(most: usize) -> Self {
        Self {
            been: HashSet::new(),
            most,
        }
    }

    /// Returns true if as many pages were read as there may be.
    pub(super) fn is_full(&self) -> bool {
        self.been.len() >= self.most
    }

    /// Notes a page before it is read.
    pub(super) fn step(&mut self, url: &Url) -> Result<(), Error> {
        let seen = if !self.been.insert(url.clone()) {
            "a list that goes round in a circle"
        } else if self.been.len() > self.most {
            "a list that doesn't end"
        } else {
            return Ok(());
        };
        Err(Error::NotCoderpad { status: None, seen })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_query_of_the_same_list_is_followed() {
        let list: Url = "https://app.coderpad.io/api/pads?sort=created_at,desc"
            .parse()
            .unwrap();
        for (named, query) in [
            (
                "https://app.coderpad.io/api/pads?sort=created_at,desc&page=2",
                "sort=created_at,desc&page=2",
            ),
            (
                "https://app.coderpad.io/api/pads/?cursor=b3Bh%3D%3D&page=7",
                "cursor=b3Bh%3D%3D&page=7",
            ),
            ("?page=2", "page=2"),
            ("/api/pads?page=2", "page=2"),
            // Other hosts, as behind a proxy or in another region: only the query counts.
            ("https://eu.app.coderpad.io/api/pads?page=2", "page=2"),
            ("http://10.0.0.7:3000/api/pads?page=2", "page=2"),
            (
                "https://app.coderpad.io@evil.test/api/pads?page=2",
                "page=2",
            ),
            ("//evil.test/api/pads?page=2", "page=2"),
        ] {
            let followed = next(&list, Some(named)).unwrap().unwrap();
            let expected = format!("https://app.coderpad.io/api/pads?{query}");
            assert_eq!(followed.as_str(), expected, "{named}");
        }
        let below: Url = "https://proxy.test/coderpad/api/pads".parse().unwrap();
        let followed = next(&below, Some("https://app.coderpad.io/api/pads?page=2"));
        assert_eq!(
            followed.unwrap().unwrap().as_str(),
            "https://proxy.test/coderpad/api/pads?page=2"
        );
        for bad in [
            "https://app.coderpad.io/api/pads",
            "https://app.coderpad.io/api/pads?",
            "https://app.coderpad.io/api/pads/K7QWM3ZD?page=2",
            "https://app.coderpad.io/api/user?page=2",
            "https://app.coderpad.io/api/organization/pads?page=2",
            "https://app.coderpad.io/api/pads/../user?page=2",
            "https://app.coderpad.io/?page=2",
            "javascript:alert(1)?page=2",
            "https://[",
        ] {
            let refused = next(&list, Some(bad));
            assert!(matches!(refused, Err(Error::NotCoderpad { .. })), "{bad}");
        }
        assert_eq!(next(&list, None), Ok(None));
    }
}
