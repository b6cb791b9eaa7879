//! `/api/pads/:id/events`

use serde::Deserialize;
use transport::{ApiRoot, Listed, Request};

use super::Client;
use super::request::get;
use crate::{Error, Event, Events, PadId};

/// 2,000 events of one pad; older ones are left out.
const MOST_PAGES: usize = 40;

impl Client {
    /// What happened in a pad, newest first; with 2,000 events [`Events::complete`] may be false.
    ///
    /// # Errors
    /// Any page that can't be read.
    pub async fn events(&self, id: &PadId) -> Result<Events, Error> {
        let first = events(self.root(), id).url;
        let paged = |page: RawPage| (page.events, page.next_page);
        let what = "what happened in this pad";
        let (events, complete) = self.gather(what, first, MOST_PAGES, paged).await?;
        Ok(Events {
            complete: complete && events.skipped.is_empty(),
            events: events.rows,
        })
    }
}

/// The first page.
fn events(root: &ApiRoot, id: &PadId) -> Request {
    get(root.at(&["api", "pads", id.as_str(), "events"]))
}

#[derive(Deserialize)]
struct RawPage {
    events: Listed<Event>,
    #[serde(default)]
    next_page: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::EventKind;
    use crate::client::request::tests::{path, root};
    use crate::scripted::{client, reply};

    #[tokio::test(start_paused = true)]
    async fn an_event_that_cannot_be_read_makes_the_rest_incomplete() {
        let id = PadId::parse("A1").unwrap();
        let (client, _) = client([reply(
            200,
            r#"{"events":[{"kind":"joined"},null,{"kind":[]},{"kind":"\ud83d"}]}"#,
        )]);
        let events = client.events(&id).await.unwrap();
        assert_eq!((events.events.len(), events.complete), (3, false));
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
        assert_eq!(path(&script.asked()[1]), "/api/pads/A1/events?page=2");
    }

    #[test]
    fn events_lie_below_their_pad() {
        let id = PadId::parse("K7QWM3ZD").unwrap();
        assert_eq!(path(&events(&root(), &id)), "/api/pads/K7QWM3ZD/events");
    }
}
