//! Newer versions are looked for where a package says, if the recruiter wants it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod window;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use http::{HeaderMap, StatusCode};
use padwatch_api::follow_updates;
use padwatch_domain::release::Version;
use serde_json::{Value, json};
use tokio::sync::watch;
use transport::{Failure, FailureKind, Reply, Request, Transport};
use window::Window;

const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// An address that counts who asks it.
struct Address {
    asked: AtomicUsize,
    answer: Option<(StatusCode, &'static str)>,
}

#[async_trait]
impl Transport for Address {
    async fn send(&self, request: Request) -> Result<Reply, Failure> {
        assert_eq!(
            request.url.as_str(),
            "https://padwatch.example/version.json"
        );
        assert!(
            request.headers.is_empty(),
            "nothing is told: {:?}",
            request.headers
        );
        self.asked.fetch_add(1, Ordering::SeqCst);
        let (status, body) = self.answer.ok_or(Failure::NotSent(FailureKind::NoRoute))?;
        Ok(Reply {
            status,
            headers: HeaderMap::new(),
            body: body.into(),
        })
    }
}

struct Followed {
    window: Window,
    address: Arc<Address>,
    found: watch::Receiver<Option<Version>>,
}

impl Followed {
    fn with(answer: Option<(StatusCode, &'static str)>) -> Self {
        let window = Window::new();
        let address = Arc::new(Address {
            asked: AtomicUsize::new(0),
            answer,
        });
        let (tell, found) = watch::channel(None);
        let (engine, clock, web) = (
            window.engine.clone(),
            window.world.clock().clone(),
            address.clone(),
        );
        tokio::spawn(async move {
            let url = "https://padwatch.example/version.json".parse().unwrap();
            follow_updates(engine, clock.as_ref(), web.as_ref(), &url, "0.9.0", &tell).await;
        });
        Self {
            window,
            address,
            found,
        }
    }

    async fn after(&self, time: Duration) -> (usize, Option<String>) {
        self.window.world.clock().sleep(time).await;
        let found = self.found.borrow().map(|version| version.to_string());
        (self.address.asked.load(Ordering::SeqCst), found)
    }

    async fn want(&self, on: bool) {
        let mut settings = self.window.ask(json!({"kind": "settings"})).await.unwrap();
        settings["notifications"]["newVersion"] = json!(on);
        let change = json!({"kind": "changeSettings", "settings": settings});
        self.window.ask(change).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn the_address_is_asked_once_a_week_and_a_newer_version_is_kept() {
    let answer = (StatusCode::OK, "{\"version\": \"0.10.0\"}");
    let followed = Followed::with(Some(answer));
    assert_eq!(followed.after(Duration::from_secs(30)).await, (0, None));
    let newer = Some("0.10".to_owned());
    assert_eq!(
        followed.after(Duration::from_secs(60)).await,
        (1, newer.clone())
    );
    assert_eq!(followed.after(WEEK / 2).await, (1, newer.clone()));
    assert_eq!(followed.after(WEEK / 2).await, (2, newer));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_while_the_recruiter_does_not_want_it() {
    let answer = (StatusCode::OK, "{\"version\": \"1.0\"}");
    let followed = Followed::with(Some(answer));
    followed.want(false).await;
    assert_eq!(followed.after(WEEK / 2).await, (0, None));
    followed.want(true).await;
    let (asked, found) = followed.after(Duration::from_secs(3_600)).await;
    assert_eq!((asked, found.as_deref()), (1, Some("1.0")));
}

#[tokio::test(start_paused = true)]
async fn what_the_address_says_otherwise_changes_nothing() {
    for answer in [
        None,
        Some((StatusCode::OK, "<html>Sign in to the Wi-Fi</html>")),
        Some((StatusCode::OK, "{\"version\": \"0.8.0\"}")),
        Some((StatusCode::FOUND, "{\"version\": \"7.0\"}")),
        Some((StatusCode::INTERNAL_SERVER_ERROR, "{\"version\": \"7.0\"}")),
    ] {
        let followed = Followed::with(answer);
        assert_eq!(
            followed.after(Duration::from_secs(3_600)).await,
            (1, None),
            "{answer:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_package_without_an_address_shows_neither_row_nor_setting() {
    let window = Window::new();
    let updates = window.ask(json!({"kind": "updates"})).await;
    assert_eq!(updates, Ok(Value::Null));
}
