use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

/// What came back: status, headers and the whole body (at most [`crate::Web::LARGEST_BODY`]).
#[derive(Debug, Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: StatusCode,
    /// As they came.
    pub headers: HeaderMap,
    /// The body, complete.
    pub body: Bytes,
}

/// A longer `Retry-After` is taken for a mistake. A retry policy may allow less.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

impl Reply {
    /// Returns true if the body is declared as JSON. Proxies and load balancers answer with HTML.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.text_of(header::CONTENT_TYPE).is_some_and(|kind| {
            let kind = kind.split(';').next().unwrap_or_default().trim();
            kind.eq_ignore_ascii_case("application/json") || kind.ends_with("+json")
        })
    }

    /// `Retry-After`, in seconds or as a date that is held against the reply's own `Date`
    /// (RFC 9110, 10.2.3), and a day at the most. `None` when it is missing, unreadable or a date
    /// with nothing to hold it against.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let text = self.text_of(header::RETRY_AFTER)?.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            // More digits than fit are a longer wait than any.
            let wait = text.parse().map_or(LONGEST_WAIT, Duration::from_secs);
            return Some(wait.min(LONGEST_WAIT));
        }
        let until = httpdate::parse_http_date(text).ok()?;
        let now = httpdate::parse_http_date(self.text_of(header::DATE)?).ok()?;
        let wait = until.duration_since(now).unwrap_or_default();
        Some(wait.min(LONGEST_WAIT))
    }

    /// The server's own time by its `Date` header, in ms since the epoch (whole seconds).
    #[must_use]
    pub fn date_ms(&self) -> Option<i64> {
        let date = httpdate::parse_http_date(self.text_of(header::DATE)?).ok()?;
        let since = date.duration_since(std::time::UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok()
    }

    fn text_of(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn reply(headers: &[(&'static str, &'static str)]) -> Reply {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_static(value));
        }
        Reply {
            status: StatusCode::OK,
            headers: map,
            body: Bytes::new(),
        }
    }

    #[test]
    fn retry_after_is_read_as_seconds_or_as_a_date() {
        let date = ("date", "Tue, 03 Mar 2026 10:00:00 GMT");
        let until = ("retry-after", "Tue, 03 Mar 2026 10:00:30 GMT");
        let thirty = Some(Duration::from_secs(30));
        assert_eq!(reply(&[("retry-after", "30")]).retry_after(), thirty);
        assert_eq!(reply(&[date, until]).retry_after(), thirty);
        assert_eq!(
            reply(&[until]).retry_after(),
            None,
            "no clock to hold the date against"
        );
        assert_eq!(reply(&[("retry-after", "soon")]).retry_after(), None);
    }

    #[test]
    fn no_retry_after_is_longer_than_a_day() {
        let day = Some(LONGEST_WAIT);
        let date = ("date", "Tue, 03 Mar 2026 10:00:00 GMT");
        for huge in [
            "86401",
            "18446744073709551615",
            "99999999999999999999999999",
        ] {
            assert_eq!(reply(&[("retry-after", huge)]).retry_after(), day, "{huge}");
        }
        let far = ("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT");
        assert_eq!(reply(&[date, far]).retry_after(), day);
        let past = ("retry-after", "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(reply(&[date, past]).retry_after(), Some(Duration::ZERO));
        for odd in [
            "-1", "+5", "1.5", "1e9", "", " ", "0x10", "NaN", "5 s", "５",
        ] {
            let Ok(value) = HeaderValue::from_bytes(odd.as_bytes()) else {
                continue;
            };
            let mut reply = reply(&[date]);
            reply.headers.insert("retry-after", value);
            assert_eq!(reply.retry_after(), None, "{odd:?}");
        }
    }

    #[test]
    fn json_is_recognised_by_its_media_type_alone() {
        assert!(reply(&[("content-type", "application/json; charset=utf-8")]).is_json());
        assert!(!reply(&[("content-type", "text/html")]).is_json());
        assert!(!reply(&[]).is_json());
    }

    #[test]
    fn the_date_header_becomes_milliseconds() {
        let with_date = reply(&[("date", "Thu, 01 Jan 1970 00:00:02 GMT")]);
        assert_eq!(with_date.date_ms(), Some(2000));
    }
}
