use std::sync::Arc;

use http::{StatusCode, header};
use url::Url;

use crate::retry::{self, Policy, Verdict};
use crate::{ApiRoot, Chance, Clock, Failure, Pace, Repeat, Reply, Request, Transport, Why};

/// More hops than this inside one origin is a loop.
const MOST_REDIRECTS: u32 = 3;

/// Calls one service: keeps its pace, asks again where that does no harm, stays on its origin.
#[derive(Clone)]
pub struct Caller {
    transport: Arc<dyn Transport>,
    root: ApiRoot,
    pace: Option<Pace>,
    policy: Policy,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
}

impl Caller {
    /// A caller with the default retry policy and no pace.
    #[must_use]
    pub fn new(
        transport: Arc<dyn Transport>,
        root: ApiRoot,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Self {
        Self {
            transport,
            root,
            pace: None,
            policy: Policy::default(),
            clock,
            chance,
        }
    }

    /// Keeps a pace. Clones of the caller share it.
    #[must_use]
    pub fn paced(mut self, pace: Pace) -> Self {
        self.pace = Some(pace);
        self
    }

    /// Sends each request once. For something that failed before: whoever asks has a backoff of
    /// its own.
    #[must_use]
    pub fn without_retries(mut self) -> Self {
        self.policy.tries = 1;
        self
    }

    /// The root of the service that is called.
    #[must_use]
    pub fn root(&self) -> &ApiRoot {
        &self.root
    }

    /// The time that it keeps.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// The chance that it draws from.
    #[must_use]
    pub fn chance(&self) -> &dyn Chance {
        self.chance.as_ref()
    }

    /// Sends the request, again where [`Repeat`] and the policy allow it.
    ///
    /// # Errors
    /// The [`Failure`] of the last try. A reply of any status is no error here.
    pub async fn call(&self, request: Request) -> Result<Reply, Failure> {
        let mut tried = 1;
        loop {
            let outcome = self.follow(request.clone()).await;
            let chance = self.chance.unit();
            match retry::verdict(self.policy, request.repeat, tried, &outcome, chance) {
                Verdict::Settled => return outcome,
                Verdict::Again(wait) => self.clock.sleep(wait).await,
            }
            tried += 1;
        }
    }

    /// One try: the request, and for reads the redirects that stay on the origin (Lever documents
    /// 301 with a `Location`: contracts/lever.md, 1.5).
    async fn follow(&self, mut request: Request) -> Result<Reply, Failure> {
        for _ in 0..=MOST_REDIRECTS {
            if !self.root.same_origin(&request.url) {
                return Err(Failure::NotSent(Why::LeadsElsewhere));
            }
            if let Some(pace) = &self.pace {
                pace.turn().await;
            }
            let reply = self.transport.carry(request.clone()).await?;
            match redirect(&request, &reply) {
                None => return Ok(reply),
                Some(target) if request.repeat == Repeat::Safe => request.url = target,
                Some(_) => return Err(Failure::Unclear(Why::LeadsElsewhere)),
            }
        }
        Err(Failure::Unclear(Why::LeadsElsewhere))
    }
}

fn redirect(request: &Request, reply: &Reply) -> Option<Url> {
    let moved = matches!(
        reply.status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    if !moved {
        return None;
    }
    let location = reply.headers.get(header::LOCATION)?.to_str().ok()?;
    request.url.join(location).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::Mutex;

    use async_trait::async_trait;
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, Method};

    use super::*;
    use crate::{SeededChance, VirtualClock};

    /// Answers from a list and remembers what was asked.
    #[derive(Default)]
    struct Scripted {
        answers: Mutex<VecDeque<Result<Reply, Failure>>>,
        asked: Mutex<Vec<Url>>,
    }

    #[async_trait]
    impl Transport for Scripted {
        async fn carry(&self, request: Request) -> Result<Reply, Failure> {
            self.asked.lock().unwrap().push(request.url);
            self.answers
                .lock()
                .unwrap()
                .pop_front()
                .expect("no more answers in the script")
        }
    }

    fn reply(status: u16, location: Option<&str>) -> Result<Reply, Failure> {
        let mut headers = HeaderMap::new();
        if let Some(to) = location {
            headers.insert(header::LOCATION, HeaderValue::from_str(to).unwrap());
        }
        let status = StatusCode::from_u16(status).unwrap();
        Ok(Reply {
            status,
            headers,
            body: Bytes::new(),
        })
    }

    fn caller(answers: Vec<Result<Reply, Failure>>) -> (Caller, Arc<Scripted>) {
        let script = Arc::new(Scripted {
            answers: Mutex::new(answers.into()),
            ..Default::default()
        });
        let root = ApiRoot::parse("https://api.test/v1").unwrap();
        let clock = Arc::new(VirtualClock::starting_at(0));
        (
            Caller::new(script.clone(), root, clock, Arc::new(SeededChance::new(1))),
            script,
        )
    }

    fn once() -> Request {
        Request::new(
            Method::POST,
            "https://api.test/v1/pads".parse().unwrap(),
            Repeat::Never,
        )
    }

    fn read() -> Request {
        Request::get("https://api.test/v1/stages".parse().unwrap())
    }

    #[tokio::test(start_paused = true)]
    async fn a_read_survives_a_short_outage() {
        let broken = Err(Failure::Unclear(Why::Broken));
        let (caller, script) = caller(vec![reply(503, None), broken, reply(200, None)]);
        assert_eq!(caller.call(read()).await.unwrap().status, 200);
        assert_eq!(script.asked.lock().unwrap().len(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_caller_without_retries_sends_a_read_once() {
        let (caller, script) = caller(vec![reply(503, None)]);
        let outcome = caller.without_retries().call(read()).await;
        assert_eq!(outcome.unwrap().status, 503);
        assert_eq!(script.asked.lock().unwrap().len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn what_must_not_be_repeated_leaves_once_whatever_comes_back() {
        for answer in [
            reply(503, None),
            reply(429, None),
            reply(307, Some("/v1/pads2")),
            Err(Failure::Unclear(Why::TimedOut)),
            Err(Failure::NotSent(Why::Refused)),
        ] {
            let (caller, script) = caller(vec![answer]);
            let _ = caller.call(once()).await;
            assert_eq!(script.asked.lock().unwrap().len(), 1);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn redirects_are_followed_within_the_origin_and_refused_beyond_it() {
        let (inside, _) = caller(vec![reply(301, Some("/v1/stages2")), reply(200, None)]);
        assert_eq!(inside.call(read()).await.unwrap().status, 200);

        let (outside, script) = caller(vec![reply(302, Some("https://evil.test/"))]);
        let refused = outside.call(read()).await.unwrap_err();
        assert_eq!(refused.why(), Why::LeadsElsewhere);
        assert_eq!(
            script.asked.lock().unwrap().len(),
            1,
            "nothing went to the other place"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn redirects_in_a_circle_end() {
        let circle = (0..9).map(|_| reply(302, Some("/v1/stages"))).collect();
        let (caller, _) = caller(circle);
        assert_eq!(
            caller.call(read()).await.unwrap_err().why(),
            Why::LeadsElsewhere
        );
    }
}
