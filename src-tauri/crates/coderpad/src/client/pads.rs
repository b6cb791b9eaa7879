//! `/api/pads/:id`, `/api/pads` and `/api/organization/pads`

use futures_util::stream::{self, BoxStream, StreamExt as _};
use serde::Deserialize;
use transport::{ApiRoot, Listed, Reply, Request};
use url::Url;

use super::paging::{self, LONGEST, Trail};
use super::request::get;
use super::{Client, answer};
use crate::{Error, Pad, PadId, PadPage, PadSort, UnreadPad, lenient, link};

/// 100,000 pads. A longer list is taken for one that doesn't end.
const MOST_PAGES: usize = 2_000;

impl Client {
    /// One pad, as it is now.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is none, or it is someone else's.
    pub async fn pad(&self, id: &PadId) -> Result<Pad, Error> {
        let pad: Pad = self.read("this pad", pad(self.root(), id)).await?;
        if !pad.id.is_same(id) {
            return Err(Error::NotCoderpad {
                status: None,
                seen: "another pad than the one asked for",
            });
        }
        Ok(pad)
    }

    /// The pad whose page the page of this id leads to: that is what CoderPad's short links do. Asked
    /// once, and without the key. `None` for any other answer.
    pub async fn leads_to(&self, id: &PadId) -> Option<PadId> {
        let page = self.root().at(&[id.as_str()]);
        let reply = self.caller.first_reply(Request::get(page.clone())).await;
        let reply = reply.ok().filter(|reply| reply.status.is_redirection())?;
        let address = reply.headers.get(http::header::LOCATION)?.to_str().ok()?;
        let pad = link::pad_at(&page.join(address).ok()?, self.root())?;
        (!pad.is_same(id)).then_some(pad)
    }

    /// The same without retries, for a caller that waits for the answer.
    ///
    /// # Errors
    /// See [`Client::pad`].
    pub async fn pad_once(&self, id: &PadId) -> Result<Pad, Error> {
        self.without_retries().pad(id).await
    }

    /// The key's own pads, page by page. The stream ends after the last page or after the first
    /// error: the list was read completely if there was no error. It always ends.
    #[must_use]
    pub fn pads(&self, sort: PadSort) -> BoxStream<'static, Result<PadPage, Error>> {
        self.pages(PageRef {
            listing: Listing::Own,
            place: Place::First(sort),
        })
    }

    /// The pads of everyone in the organization, as [`Client::pads`] gives the key's own.
    #[must_use]
    pub fn organization_pads(&self, sort: PadSort) -> BoxStream<'static, Result<PadPage, Error>> {
        self.pages(PageRef {
            listing: Listing::Organization,
            place: Place::First(sort),
        })
    }

    fn pages(&self, first: PageRef) -> BoxStream<'static, Result<PadPage, Error>> {
        let start = (self.clone(), Trail::new(MOST_PAGES), Some(first));
        let until = self.elapsed().saturating_add(LONGEST);
        stream::try_unfold(start, move |(client, mut trail, page)| async move {
            let Some(page) = page else {
                return Ok(None);
            };
            trail.step(&pads_page(client.root(), &page).url)?;
            if client.elapsed() > until {
                return Err(Error::NotCoderpad {
                    status: None,
                    seen: "a list that doesn't end",
                });
            }
            let (read, next) = client.pads_page(&page).await?;
            Ok(Some((read, (client, trail, next))))
        })
        .boxed()
    }

    /// A page, and where the next one lies.
    async fn pads_page(&self, page: &PageRef) -> Result<(PadPage, Option<PageRef>), Error> {
        let request = pads_page(self.root(), page);
        let list = request.url.clone();
        let outcome = self.ask(request).await?;
        let server_date_ms = outcome.as_ref().ok().and_then(Reply::date_ms);
        let raw: RawPage = answer::read(page.listing.what(), outcome)?;
        let next = paging::next(&list, raw.next_page.as_deref())?;
        let next = next.map(|url| PageRef {
            listing: page.listing,
            place: Place::Next(url),
        });
        let (pads, unread) = parted(raw.pads);
        let read = PadPage {
            pads,
            unread,
            server_date_ms,
            total: raw.total,
        };
        Ok((read, next))
    }
}

/// Where one page of a list lies: the first of some order, or the next as the service named it.
struct PageRef {
    listing: Listing,
    place: Place,
}

#[derive(Clone, Copy)]
enum Listing {
    Own,
    Organization,
}

enum Place {
    First(PadSort),
    Next(Url),
}

impl Listing {
    fn what(self) -> &'static str {
        match self {
            Self::Own => "the list of pads",
            Self::Organization => "the pads of the organization",
        }
    }
}

impl PadSort {
    /// As the service wants it. `desc` is written out, though it is the default.
    fn as_query(self) -> &'static str {
        match self {
            Self::CreatedNewest => "created_at,desc",
            Self::UpdatedNewest => "updated_at,desc",
        }
    }
}

fn pad(root: &ApiRoot, id: &PadId) -> Request {
    get(root.at(&["api", "pads", id.as_str()]))
}

fn pads_page(root: &ApiRoot, page: &PageRef) -> Request {
    match &page.place {
        Place::Next(url) => get(url.clone()),
        Place::First(sort) => {
            let mut url = match page.listing {
                Listing::Own => root.at(&["api", "pads"]),
                Listing::Organization => root.at(&["api", "organization", "pads"]),
            };
            url.query_pairs_mut().append_pair("sort", sort.as_query());
            get(url)
        }
    }
}

/// A page as it comes.
#[derive(Deserialize)]
struct RawPage {
    pads: Listed<Member>,
    #[serde(default)]
    next_page: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    total: Option<u64>,
}

/// A member of a list. What is no pad costs itself alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Member {
    Pad(Box<Pad>),
    Unread(UnreadPad),
}

/// The pads, and those that could not be read.
fn parted(pads: Listed<Member>) -> (Vec<Pad>, Vec<UnreadPad>) {
    let mut unread = vec![UnreadPad::default(); pads.skipped.count()];
    let mut read = Vec::with_capacity(pads.rows.len());
    for member in pads.rows {
        match member {
            Member::Pad(pad) => read.push(*pad),
            Member::Unread(pad) => unread.push(pad),
        }
    }
    (read, unread)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use transport::{Failure, FailureKind};

    use super::*;
    use crate::PadState;
    use crate::client::request::tests::{path, root};
    use crate::scripted::{Answer, Scripted, client, reply, reply_with};

    fn page(ids: &[&str], next: Option<&str>) -> Answer {
        let pads: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
        let body = json!({"status": "OK", "pads": pads, "total": 3, "next_page": next});
        reply(200, &body.to_string())
    }

    async fn look(answers: Vec<Answer>) -> (Vec<Result<Vec<String>, Error>>, Vec<String>) {
        let (client, script) = client(answers);
        let pages = client.pads(PadSort::CreatedNewest);
        let ids = |page: PadPage| page.pads.iter().map(|pad| pad.id.to_string()).collect();
        let seen = pages.map(|page| page.map(ids)).collect().await;
        (seen, asked(&script))
    }

    fn asked(script: &Scripted) -> Vec<String> {
        let asked = script.asked().into_iter();
        asked.map(|request| request.url.to_string()).collect()
    }

    const FIRST: &str = "https://app.coderpad.io/api/pads?sort=created_at%2Cdesc";
    const SECOND: &str = "https://app.coderpad.io/api/pads?sort=created_at,desc&page=2";
    const CURSOR: &str = "https://app.coderpad.io/api/pads?cursor=b3Bh==&page=9";

    #[tokio::test(start_paused = true)]
    async fn a_short_link_is_asked_without_the_key_where_it_leads() {
        let moved = |to: &str| reply_with(302, "", "location", to);
        let short = PadId::parse("x7k2q").unwrap();
        for (answer, leads_to) in [
            (moved("https://app.coderpad.io/K7QWM3ZD"), Some("K7QWM3ZD")),
            (moved("/K7QWM3ZD?name=x"), Some("K7QWM3ZD")),
            (moved("https://coderpad.io/K7QWM3ZD"), Some("K7QWM3ZD")),
            (moved("https://evil.test/K7QWM3ZD"), None),
            (moved("/X7K2Q"), None),
            (moved("/login"), None),
            (reply(302, ""), None),
            (reply(200, "<html>"), None),
            (reply(404, "<html>"), None),
        ] {
            let (client, script) = client([answer.clone()]);
            let pad = client.leads_to(&short).await.map(String::from);
            assert_eq!(pad.as_deref(), leads_to, "{answer:?}");
            let asked = script.asked();
            assert_eq!(asked[0].url.as_str(), "https://app.coderpad.io/x7k2q");
            assert!(asked[0].headers.is_empty(), "{asked:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_complete_look_reads_every_page_and_follows_verbatim() {
        let script = vec![
            page(&["A1", "A2"], Some(SECOND)),
            page(&["A2"], Some(CURSOR)),
            page(&[], None),
        ];
        let (seen, asked) = look(script).await;
        let ids = |ids: &[&str]| Ok(ids.iter().map(|id| (*id).to_owned()).collect());
        assert_eq!(seen, [ids(&["A1", "A2"]), ids(&["A2"]), ids(&[])]);
        assert_eq!(asked, [FIRST, SECOND, CURSOR]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_tells_the_servers_time_and_its_count() {
        let (client, _) = client([page(&["A1"], None)]);
        let page = client.pads(PadSort::UpdatedNewest).next().await;
        let page = page.unwrap().unwrap();
        assert_eq!((page.server_date_ms, page.total), (Some(2000), Some(3)));
        assert_eq!(page.pads[0].state, PadState::default());
    }

    #[tokio::test(start_paused = true)]
    async fn a_list_that_leads_elsewhere_is_not_followed() {
        for evil in [
            "https://evil.test/api/organization?page=2",
            "https://app.coderpad.io/api/pads",
            "https://app.coderpad.io/api/user?page=2",
        ] {
            let (seen, asked) = look(vec![page(&["A1"], Some(evil))]).await;
            assert!(
                matches!(seen[..], [Err(Error::NotCoderpad { .. })]),
                "{seen:?}"
            );
            assert_eq!(asked, [FIRST]);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_list_that_goes_round_in_a_circle_ends_with_an_error() {
        let script = vec![
            page(&["A1"], Some(SECOND)),
            page(&["A2"], Some(CURSOR)),
            page(&["A3"], Some(SECOND)),
        ];
        let (seen, asked) = look(script).await;
        assert_eq!(seen.iter().filter(|page| page.is_ok()).count(), 3);
        assert!(
            matches!(seen[3..], [Err(Error::NotCoderpad { .. })]),
            "{seen:?}"
        );
        assert_eq!(asked.len(), 3, "no address was asked twice");
    }

    #[tokio::test(start_paused = true)]
    async fn a_list_without_an_end_ends_with_an_error() {
        let script = (1..=MOST_PAGES)
            .map(|number| page(&[], Some(&format!("?page={number}"))))
            .collect();
        let (seen, asked) = look(script).await;
        assert!(matches!(seen.last(), Some(Err(Error::NotCoderpad { .. }))));
        assert_eq!(asked.len(), MOST_PAGES);
    }

    #[tokio::test(start_paused = true)]
    async fn a_look_that_misses_something_ends_with_an_error() {
        for missing in [
            reply(200, "<html>"),
            reply(200, r#"{"status":"OK"}"#),
            reply(200, r#"{"status":"OK","pads":null}"#),
            reply(200, r#"{"status":"OK","pads":[],"next_page":2}"#),
            reply(200, r#"{"status":"OK","pads":[{"id":"A2"}"#),
            reply(404, "<html>"),
            reply(401, r#"{"status":"ERROR"}"#),
            Err(Failure::Unclear(FailureKind::TooLarge)),
        ] {
            let (seen, _) = look(vec![page(&["A1"], Some(SECOND)), missing]).await;
            assert_eq!(seen.len(), 2);
            assert!(seen[1].is_err(), "{seen:?}");
        }
    }

    /// A page of three pads and more to come, the middle one as given.
    fn with_bad(bad: &[u8]) -> Answer {
        let mut body = br#"{"status":"OK","pads":[{"id":"A1","notes":"x"},"#.to_vec();
        body.extend_from_slice(bad);
        body.extend_from_slice(br#",{"id":"C3"}],"next_page":"?page=2"}"#);
        let mut answer = reply(200, "{}").unwrap();
        answer.body = body.into();
        Ok(answer)
    }

    #[tokio::test(start_paused = true)]
    async fn a_pad_that_cannot_be_read_costs_itself_alone_and_is_counted() {
        let id = PadId::parse("B2").ok();
        for (bad, id) in [
            (r#"{"id":"B2","title":7}"#, id.clone()),
            (r#"{"id":"B2","notes":{"text":"x"}}"#, id.clone()),
            (
                r#"{"id":"B2","title":[],"state":[],"participants":[[[]]]}"#,
                id,
            ),
            (r#"{"id":null}"#, None),
            (r#"{"title":"x"}"#, None),
            (r#"{"id":"../users"}"#, None),
            ("null", None),
            ("[]", None),
            (r#""B2""#, None),
        ] {
            let (client, script) = client([with_bad(bad.as_bytes()), page(&["D4"], None)]);
            let pages: Vec<_> = client.pads(PadSort::CreatedNewest).collect().await;
            let first = pages[0].as_ref().expect(bad);
            assert_eq!(first.pads.len(), 2, "{bad}");
            assert_eq!(first.unread.len(), 1, "{bad}");
            assert_eq!(first.unread[0].id, id, "{bad}");
            assert!(pages[1].as_ref().unwrap().unread.is_empty());
            assert_eq!(script.asked().len(), 2, "{bad}");
        }
        let made = r#"{"id":"B2","title":7,"created_at":"1970-01-01T00:00:02Z"}"#;
        let (client, _) = client([with_bad(made.as_bytes())]);
        let first = client.pads(PadSort::CreatedNewest).next().await.unwrap();
        assert_eq!(first.unwrap().unread[0].created_at_ms, Some(2000));
    }

    #[tokio::test(start_paused = true)]
    async fn an_odd_text_or_number_costs_no_pad() {
        let deep = format!("{}{}", "[".repeat(9_000), "]".repeat(9_000));
        for value in [
            r#""\ud83d""#,
            r#""\udc00x""#,
            r#""\udc00\ud83d""#,
            r#""a\u0000""#,
            r#""\q""#,
            "\"a\0\"",
            "1e999",
            "NaN",
            &deep,
        ] {
            for field in [
                "title",
                "language",
                "state",
                "unknown",
                "created_at",
                "team",
                "private",
            ] {
                if field == "title" && !value.starts_with('"') {
                    continue; // A title that is no text: a search for a marker must not miss it.
                }
                let bad = format!(r#"{{"id":"B2","{field}":{value}}}"#);
                let (client, _) = client([with_bad(bad.as_bytes())]);
                let first = client.pads(PadSort::CreatedNewest).next().await.unwrap();
                assert_eq!(first.expect(&bad).pads.len(), 3, "{field} {value}");
                let (client, _) = crate::scripted::client([reply(200, &bad)]);
                let alone = client.pad(&PadId::parse("B2").unwrap()).await;
                assert!(alone.is_ok(), "{field} {value}");
            }
        }
        let (client, _) = client([with_bad(b"{\"id\":\"B2\",\"title\":\"\xff\xfe\"}")]);
        let first = client.pads(PadSort::CreatedNewest).next().await.unwrap();
        assert_eq!(first.unwrap().pads.len(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn everybodys_pads_are_a_list_of_their_own() {
        let next = "https://app.coderpad.io/api/organization/pads?page=2";
        let (client, script) = client([page(&["A1"], Some(next)), page(&["A2"], None)]);
        let pages = client.organization_pads(PadSort::UpdatedNewest);
        let pages: Vec<_> = pages.collect().await;
        assert!(pages.iter().all(Result::is_ok), "{pages:?}");
        let first = "https://app.coderpad.io/api/organization/pads?sort=updated_at%2Cdesc";
        assert_eq!(asked(&script), [first, next]);
    }

    #[tokio::test(start_paused = true)]
    async fn another_pad_than_the_one_asked_for_is_not_taken_for_it() {
        let body = r#"{"status":"OK","id":"K7QWM3ZD"}"#;
        let (client, _) = client([reply(200, body), reply(200, body)]);
        let asked_for = PadId::parse("K7QWM3ZD").unwrap();
        assert_eq!(client.pad(&asked_for).await.unwrap().id, asked_for);
        let other = PadId::parse("OTHER123").unwrap();
        assert!(client.pad(&other).await.is_err());
    }

    #[test]
    fn pads_lie_where_the_documents_say() {
        let id = PadId::parse("K7QWM3ZD").unwrap();
        assert_eq!(path(&pad(&root(), &id)), "/api/pads/K7QWM3ZD");
    }
}
