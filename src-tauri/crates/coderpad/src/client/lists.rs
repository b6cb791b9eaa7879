//! Lists, page by page.

use std::time::Duration;

use futures_util::stream::{self, BoxStream, StreamExt as _};
use serde::de::DeserializeOwned;
use transport::{Listed, Reply};
use url::Url;

use super::Client;
use crate::event::EventPage;
use crate::listing::{Place, RawPage};
use crate::paging::{self, Trail};
use crate::question::QuestionPage;
use crate::{Error, Events, PadId, PadPage, PadSort, PageRef, Questions, answer, requests};

/// 100,000 pads. A longer list is taken for one that doesn't end.
const MOST_PAD_PAGES: usize = 2_000;
/// 2,000 events of one pad; those before them are left out.
const MOST_EVENT_PAGES: usize = 40;
/// Of a list that is gathered, no more than this is read, in bytes.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// A list that takes longer to read than this says nothing of the present.
const LONGEST: Duration = Duration::from_secs(15 * 60);

impl Client {
    /// One page of a list of pads.
    ///
    /// # Errors
    /// [`Error::NotCoderpad`] also when the page names a next one at another address.
    pub async fn pads_page(&self, page: &PageRef) -> Result<PadPage, Error> {
        let request = requests::pads_page(self.root(), page);
        let list = request.url.clone();
        let outcome = self.ask(request).await?;
        let server_date_ms = outcome.as_ref().ok().and_then(Reply::date_ms);
        let raw: RawPage = answer::read(page.listing.what(), outcome)?;
        let next = paging::next(&list, raw.next_page.as_deref())?;
        let (pads, unread) = RawPage::parted(raw.pads);
        Ok(PadPage {
            pads,
            unread,
            next: next.map(|url| PageRef {
                listing: page.listing,
                place: Place::Next(url),
            }),
            server_date_ms,
            total: raw.total,
        })
    }

    /// The own pads, page by page. The stream ends after the last page or after the first error:
    /// a look is complete if there was no error. It can't go on for ever.
    #[must_use]
    pub fn pads(&self, sort: PadSort) -> BoxStream<'static, Result<PadPage, Error>> {
        self.pages(PageRef::first(sort))
    }

    /// Everybody's pads, as [`Client::pads`] gives the own ones.
    #[must_use]
    pub fn organization_pads(&self, sort: PadSort) -> BoxStream<'static, Result<PadPage, Error>> {
        self.pages(PageRef::first_of_organization(sort))
    }

    /// What happened in a pad, newest first; with 2,000 events [`Events::complete`] may be false.
    ///
    /// # Errors
    /// Any page that can't be read.
    pub async fn events(&self, id: &PadId) -> Result<Events, Error> {
        let first = requests::events(self.root(), id).url;
        let paged = |page: EventPage| (page.events, page.next_page);
        let what = "what happened in this pad";
        let (events, complete) = self.gather(what, first, MOST_EVENT_PAGES, paged).await?;
        Ok(Events {
            complete: complete && events.skipped.is_empty(),
            events: events.rows,
        })
    }

    /// Questions by a text in them; an empty text asks for all. Reads at most `pages` pages of 50.
    /// The search is from 2026: a service that doesn't know it answers with all questions.
    ///
    /// # Errors
    /// Any page that can't be read.
    pub async fn questions(&self, search: &str, pages: usize) -> Result<Questions, Error> {
        let first = requests::questions(self.root(), search).url;
        let paged = |page: QuestionPage| (page.questions, page.next_page);
        let (questions, complete) = self.gather("the questions", first, pages, paged).await?;
        Ok(Questions {
            complete: complete && questions.skipped.is_empty(),
            questions: questions.rows,
        })
    }

    fn pages(&self, first: PageRef) -> BoxStream<'static, Result<PadPage, Error>> {
        let start = (self.clone(), Trail::new(MOST_PAD_PAGES), Some(first));
        let until = self.elapsed().saturating_add(LONGEST);
        stream::try_unfold(start, move |(client, mut trail, page)| async move {
            let Some(page) = page else {
                return Ok(None);
            };
            trail.step(&requests::pads_page(client.root(), &page).url)?;
            if client.elapsed() > until {
                return Err(Error::NotCoderpad {
                    status: None,
                    seen: "a list that doesn't end",
                });
            }
            let read = client.pads_page(&page).await?;
            let next = read.next.clone();
            Ok(Some((read, (client, trail, next))))
        })
        .boxed()
    }

    /// Reads page after page. The flag says whether that was all.
    async fn gather<P: DeserializeOwned, T>(
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
            let outcome = self.ask(requests::get(url.clone())).await?;
            bytes += outcome.as_ref().map_or(0, |reply| reply.body.len());
            let (items, named) = paged(answer::read(what, outcome)?);
            gathered.append(items);
            page = paging::next(&url, named.as_deref())?;
        }
        Ok((gathered, true))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use transport::{Failure, FailureKind};

    use super::*;
    use crate::scripted::{Answer, Scripted, client, reply};
    use crate::{EventKind, PadState};

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
        let first = PageRef::first(PadSort::UpdatedNewest);
        let page = client.pads_page(&first).await.unwrap();
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
        let script = (1..=MOST_PAD_PAGES)
            .map(|number| page(&[], Some(&format!("?page={number}"))))
            .collect();
        let (seen, asked) = look(script).await;
        assert!(matches!(seen.last(), Some(Err(Error::NotCoderpad { .. }))));
        assert_eq!(asked.len(), MOST_PAD_PAGES);
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
        let first = client
            .pads_page(&PageRef::first(PadSort::CreatedNewest))
            .await;
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
                    continue; // A title that is no text: somebody looks for a mark in it.
                }
                let bad = format!(r#"{{"id":"B2","{field}":{value}}}"#);
                let (client, _) = client([with_bad(bad.as_bytes())]);
                let first = client
                    .pads_page(&PageRef::first(PadSort::CreatedNewest))
                    .await;
                assert_eq!(first.expect(&bad).pads.len(), 3, "{field} {value}");
                let (client, _) = crate::scripted::client([reply(200, &bad)]);
                let alone = client.pad(&PadId::parse("B2").unwrap()).await;
                assert!(alone.is_ok(), "{field} {value}");
            }
        }
        let (client, _) = client([with_bad(b"{\"id\":\"B2\",\"title\":\"\xff\xfe\"}")]);
        let first = client
            .pads_page(&PageRef::first(PadSort::CreatedNewest))
            .await;
        assert_eq!(first.unwrap().pads.len(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn events_and_questions_that_cannot_be_read_make_the_rest_incomplete() {
        let id = PadId::parse("A1").unwrap();
        let (client, _) = client([
            reply(
                200,
                r#"{"events":[{"kind":"joined"},null,{"kind":[]},{"kind":"\ud83d"}]}"#,
            ),
            reply(200, r#"{"questions":[{"id":1},{"id":"x"},7]}"#),
        ]);
        let events = client.events(&id).await.unwrap();
        assert_eq!((events.events.len(), events.complete), (3, false));
        let questions = client.questions("", 1).await.unwrap();
        assert_eq!((questions.questions.len(), questions.complete), (1, false));
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
    async fn events_are_gathered_over_their_pages() {
        let id = PadId::parse("A1").unwrap();
        let one = json!({"status": "OK", "total": 3, "next_page": "?page=2", "events": [
            {"kind": "auto_ended", "user_name": null, "created_at": "2026-03-09T09:00:00Z"},
            {"kind": "ran", "metadata": {"language": "python"}, "user_name": "Ada"}]});
        let two = json!({"status": "OK", "events": [
            {"kind": "joined", "metadata": {"spectator": true}}, {"kind": "waved"}]});
        let (client, script) = client([reply(200, &one.to_string()), reply(200, &two.to_string())]);
        let gathered = client.events(&id).await.unwrap();
        assert!(gathered.complete);
        let kinds: Vec<_> = gathered.events.iter().map(|e| e.kind.clone()).collect();
        let waved = EventKind::Other("waved".into());
        assert_eq!(
            kinds,
            [
                EventKind::AutoEnded,
                EventKind::Ran,
                EventKind::Joined,
                waved
            ]
        );
        assert_eq!(gathered.events[1].language(), Some("python"));
        assert!(gathered.events[2].is_silent() && !gathered.events[1].is_silent());
        assert_eq!(
            asked(&script)[1],
            "https://app.coderpad.io/api/pads/A1/events?page=2"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_pages_of_questions_are_read_than_wanted() {
        let one = json!({"status": "OK", "next_page": "?text=sum&page=2",
            "questions": [{"id": 1, "title": "Two sums", "language": null}]});
        let (client, script) = client([reply(200, &one.to_string())]);
        let found = client.questions("sum", 1).await.unwrap();
        assert_eq!(found.questions[0].title.as_deref(), Some("Two sums"));
        assert!(!found.complete);
        assert_eq!(
            asked(&script),
            ["https://app.coderpad.io/api/questions?text=sum"]
        );
    }
}
