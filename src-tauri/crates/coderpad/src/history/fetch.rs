use bytes::Bytes;
use transport::{ApiRoot, Failure, Request, Transport};
use url::{Host, Url};

/// The largest log that is read, in bytes.
pub const LARGEST_LOG: usize = 10 * 1024 * 1024;

/// Where logs lie, besides the numbered databases (contracts/coderpad.md, 2.3 and 2.7).
const KNOWN: [&str; 5] = [
    "app.coderpad.io",
    "eu.app.coderpad.io",
    "coderpad-prod.europe-west1.firebasedatabase.app",
    "coderpad.firebaseio.com",
    "coderpadproject.firebaseio.com",
];

/// The hosts that a log may be fetched from. The address comes out of an answer, so it is not
/// followed wherever it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryHosts {
    root: Url,
    loopback: bool,
}

/// Why there is no log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address is neither the service's own nor one of CoderPad's databases. Nothing was sent.
    #[error("the editor history lies in a place that is not known to be CoderPad's")]
    OtherHost,
    /// No answer. It may pass.
    #[error("the editor history can't be reached: {0}")]
    Unreachable(Failure),
    /// The database doesn't give it out, or has trouble.
    #[error("the editor history isn't given out (HTTP {status})")]
    NotGiven {
        /// The HTTP status.
        status: u16,
    },
    /// More than [`LARGEST_LOG`].
    #[error("the editor history is too large to be read")]
    TooLarge,
}

impl HistoryHosts {
    /// CoderPad's own hosts and databases, the host of this root, and this computer itself where the
    /// root lies there too.
    #[must_use]
    pub fn beside(root: &ApiRoot) -> Self {
        Self {
            root: root.as_url().clone(),
            loopback: root.is_loopback(),
        }
    }

    /// Returns true if a log may be fetched from this address.
    #[must_use]
    pub fn allow(&self, url: &Url) -> bool {
        let bare = url.username().is_empty() && url.password().is_none();
        bare && (is_known(url) || self.is_ours(url))
    }

    /// An account's address of its own gives out logs as the usual one does.
    fn is_ours(&self, url: &Url) -> bool {
        if self.loopback {
            return is_loopback(url);
        }
        url.scheme() == "https" && url.origin() == self.root.origin()
    }
}

/// Gets a log: once, without a key, following nothing.
///
/// # Errors
/// [`FetchError`].
pub async fn fetch(
    transport: &dyn Transport,
    url: &str,
    allow: &HistoryHosts,
) -> Result<Bytes, FetchError> {
    let url = Url::parse(url).map_err(|_| FetchError::OtherHost)?;
    if !allow.allow(&url) {
        return Err(FetchError::OtherHost);
    }
    let reply = transport.send(Request::get(url)).await;
    let reply = reply.map_err(FetchError::Unreachable)?;
    if reply.status != http::StatusCode::OK {
        return Err(FetchError::NotGiven {
            status: reply.status.as_u16(),
        });
    }
    if reply.body.len() > LARGEST_LOG {
        return Err(FetchError::TooLarge);
    }
    Ok(reply.body)
}

fn is_known(url: &Url) -> bool {
    let Some(Host::Domain(host)) = url.host() else {
        return false;
    };
    let known = KNOWN.contains(&host) || is_numbered(host);
    known && url.scheme() == "https" && url.port().is_none()
}

/// `coderpad-7.firebaseio.com`. Anyone can have a database with another name there.
fn is_numbered(host: &str) -> bool {
    let name = host.strip_prefix("coderpad-");
    let number = name.and_then(|name| name.strip_suffix(".firebaseio.com"));
    number.is_some_and(|number| {
        !number.is_empty() && number.len() <= 9 && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn is_loopback(url: &Url) -> bool {
    ApiRoot::parse(&url.origin().ascii_serialization()).is_ok_and(|origin| origin.is_loopback())
}

#[cfg(test)]
mod tests {
    use transport::FailureKind;

    use super::*;
    use crate::scripted::{Scripted, reply};

    fn hosts(root: &str) -> HistoryHosts {
        HistoryHosts::beside(&ApiRoot::parse(root).unwrap())
    }

    #[test]
    fn only_coderpads_databases_are_asked() {
        let live = hosts("https://app.coderpad.io");
        let sandbox = hosts("http://127.0.0.1:1");
        let own = hosts("https://pads.example.test:8443/coderpad");
        for good in [
            "https://coderpad-7.firebaseio.com/K7QWM3ZD/history.json",
            "https://coderpad-114.firebaseio.com/K7QWM3ZD/history.json",
            "https://coderpad.firebaseio.com/K7QWM3ZD/history.json",
            "https://coderpadproject.firebaseio.com/K7QWM3ZD/history.json",
            "https://coderpad-prod.europe-west1.firebasedatabase.app/K7QWM3ZD/history.json",
            "https://app.coderpad.io/K7QWM3ZD/history.json",
            "https://app.coderpad.io:443/api/pads/K7QWM3ZD/history",
            "https://eu.app.coderpad.io/K7QWM3ZD/history.json",
            "HTTPS://APP.CODERPAD.IO/K7QWM3ZD/history.json",
        ] {
            assert!(live.allow(&good.parse().unwrap()), "{good}");
            assert!(sandbox.allow(&good.parse().unwrap()), "{good}");
            assert!(own.allow(&good.parse().unwrap()), "{good}");
        }
        let here = "https://pads.example.test:8443/K7QWM3ZD/history.json";
        assert!(own.allow(&here.parse().unwrap()));
        assert!(!live.allow(&here.parse().unwrap()));
        for here in [
            "http://127.0.0.1:99/x",
            "http://[::1]:99/x",
            "https://localhost/x",
        ] {
            assert!(!live.allow(&here.parse().unwrap()), "{here}");
            assert!(sandbox.allow(&here.parse().unwrap()), "{here}");
        }
        for bad in [
            "http://coderpad-7.firebaseio.com/x",
            "https://coderpad-7.firebaseio.com:444/x",
            "https://firebaseio.com/x",
            "https://evilfirebaseio.com/x",
            "https://coderpad-7.firebaseio.com.evil.test/x",
            "https://a:b@coderpad-7.firebaseio.com/x",
            "https://other.europe-west1.firebasedatabase.app/x",
            "https://evil.firebaseio.com/x",
            "https://coderpad-.firebaseio.com/x",
            "https://coderpad-x.firebaseio.com/x",
            "https://coderpad-7x.firebaseio.com/x",
            "https://evil-coderpad-7.firebaseio.com/x",
            "https://coderpad-7.evil.firebaseio.com/x",
            "https://coderpadprojects.firebaseio.com/x",
            "http://app.coderpad.io/x",
            "https://app.coderpad.io:8443/x",
            "https://coderpad.io.evil.test/x",
            "https://evil.app.coderpad.io/x",
            "https://user@app.coderpad.io/x",
            "https://pads.example.test/x",
            "http://10.0.0.1/x",
            "file:///etc/passwd",
        ] {
            assert!(!live.allow(&bad.parse().unwrap()), "{bad}");
            assert!(!sandbox.allow(&bad.parse().unwrap()), "{bad}");
            assert!(!own.allow(&bad.parse().unwrap()), "{bad}");
        }
    }

    const GOOD: &str = "https://coderpad-7.firebaseio.com/K7QWM3ZD/history.json";

    #[tokio::test]
    async fn the_key_goes_along_nowhere_not_even_to_the_services_own_host() {
        for address in [GOOD, "https://app.coderpad.io/K7QWM3ZD/history.json"] {
            let script = Scripted::answering([reply(200, "null")]);
            let body = fetch(&script, address, &hosts("https://app.coderpad.io")).await;
            assert_eq!(body.unwrap(), "null");
            let asked = script.asked();
            assert!(asked[0].headers.is_empty(), "{asked:?}");
        }
    }

    #[tokio::test]
    async fn a_log_is_read_from_a_plain_success_alone() {
        let large = "x".repeat(LARGEST_LOG + 1);
        let broken = Failure::Unclear(FailureKind::Broken);
        for (answer, error) in [
            (reply(401, "null"), FetchError::NotGiven { status: 401 }),
            (reply(307, ""), FetchError::NotGiven { status: 307 }),
            (reply(200, &large), FetchError::TooLarge),
            (Err(broken), FetchError::Unreachable(broken)),
        ] {
            let script = Scripted::answering([answer]);
            let outcome = fetch(&script, GOOD, &hosts("https://app.coderpad.io")).await;
            assert_eq!(outcome.unwrap_err(), error);
        }
    }

    #[tokio::test]
    async fn nothing_is_sent_to_another_host() {
        let script = Scripted::answering([]);
        for bad in ["https://evil.test/history.json", "history.json", ""] {
            let outcome = fetch(&script, bad, &hosts("https://app.coderpad.io")).await;
            assert_eq!(outcome, Err(FetchError::OtherHost));
        }
        assert!(script.asked().is_empty());
    }
}
