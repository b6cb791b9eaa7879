//! Following `next_page` without being led astray or round in a circle
//! (contracts/coderpad.md, 2.1 and 6, 13).

use std::collections::HashSet;

use exchange::ApiRoot;
use url::Url;

use crate::Error;

/// Takes the next page's address verbatim, since it may hold a cursor that outranks the rest, but
/// only when it has the origin and the path of the list itself: the key goes along.
pub(crate) fn next(root: &ApiRoot, list: &Url, named: Option<&str>) -> Result<Option<Url>, Error> {
    let Some(named) = named else {
        return Ok(None);
    };
    let elsewhere = Error::NotCoderpad {
        status: None,
        seen: "a list that leads to another address",
    };
    let Ok(url) = list.join(named) else {
        return Err(elsewhere);
    };
    let bare = url.username().is_empty() && url.password().is_none();
    let same_list = path(&url) == path(list);
    if bare && same_list && root.same_origin(&url) {
        Ok(Some(url))
    } else {
        Err(elsewhere)
    }
}

/// A slash at the end means nothing (contracts/coderpad.md, 1).
fn path(url: &Url) -> &str {
    url.path().trim_end_matches('/')
}

/// The pages one has been to, and how many more there may be.
#[derive(Debug)]
pub(crate) struct Trail {
    been: HashSet<Url>,
    most: usize,
}

impl Trail {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            been: HashSet::new(),
            most,
        }
    }

    /// Whether as many pages were read as there may be.
    pub(crate) fn is_full(&self) -> bool {
        self.been.len() >= self.most
    }

    /// Notes a page before it is read.
    pub(crate) fn step(&mut self, url: &Url) -> Result<(), Error> {
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
    fn only_the_same_list_on_the_same_origin_is_followed() {
        let root = ApiRoot::parse("https://app.coderpad.io").unwrap();
        let list: Url = "https://app.coderpad.io/api/pads?sort=created_at,desc"
            .parse()
            .unwrap();
        for good in [
            "https://app.coderpad.io/api/pads?sort=created_at,desc&page=2",
            "https://app.coderpad.io/api/pads/?cursor=b3Bh%3D%3D&page=7",
            "https://app.coderpad.io:443/api/pads?page=2",
            "?page=2",
        ] {
            let followed = next(&root, &list, Some(good)).unwrap().unwrap();
            assert_eq!(followed, list.join(good).unwrap(), "verbatim");
        }
        for bad in [
            "https://coderpad.io/api/pads?page=2",
            "http://app.coderpad.io/api/pads?page=2",
            "https://app.coderpad.io:444/api/pads?page=2",
            "https://app.coderpad.io.evil.test/api/pads?page=2",
            "https://app.coderpad.io@evil.test/api/pads?page=2",
            "https://me:pw@app.coderpad.io/api/pads?page=2",
            "https://app.coderpad.io/api/pads/K7QWM3ZD",
            "https://app.coderpad.io/api/user?page=2",
            "https://app.coderpad.io/api/pads/../user?page=2",
            "//evil.test/api/pads",
            "https://[",
        ] {
            let refused = next(&root, &list, Some(bad)).unwrap_err();
            assert!(matches!(refused, Error::NotCoderpad { .. }), "{bad}");
        }
        assert_eq!(next(&root, &list, None), Ok(None));
    }
}
