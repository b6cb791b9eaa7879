use std::sync::Arc;

use http::{StatusCode, header};
use url::Url;

use crate::retry::{self, Policy, Verdict};
use crate::{
    ApiRoot, Clock, Failure, FailureKind, Idempotency, RateLimiter, Reply, Request, Rng, Transport,
};

/// More hops than this inside one origin is a loop.
const MOST_REDIRECTS: u32 = 3;

/// Calls one service: keeps to its rate limit, retries where that does no harm, stays on its
/// origin.
#[derive(Clone)]
pub struct Caller {
    transport: Arc<dyn Transport>,
    root: ApiRoot,
    limiter: Option<RateLimiter>,
    policy: Policy,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
}

impl Caller {
    /// A caller with the default retry policy and no rate limit.
    #[must_use]
    pub fn new(
        transport: Arc<dyn Transport>,
        root: ApiRoot,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
    ) -> Self {
        Self {
            transport,
            root,
            limiter: None,
            policy: Policy::default(),
            clock,
            rng,
        }
    }

    /// Waits for this limiter before each request, instead of any other. Clones of the caller
    /// share it.
    #[must_use]
    pub fn with_rate_limiter(mut self, limiter: RateLimiter) -> Self {
        self.limiter = Some(limiter);
        self
    }

    /// Sends each request once. For what failed before and has a backoff of its own.
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

    /// The clock that it waits by.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// The randomness that it draws from.
    #[must_use]
    pub fn rng(&self) -> &dyn Rng {
        self.rng.as_ref()
    }

    /// Sends the request, again where [`Idempotency`] and the policy allow it.
    ///
    /// # Errors
    /// The [`Failure`] of the last try. A reply of any status is no error here.
    pub async fn call(&self, request: Request) -> Result<Reply, Failure> {
        let mut tried = 1;
        loop {
            let outcome = self.follow(request.clone()).await;
            let jitter = self.rng.fraction();
            match retry::verdict(self.policy, request.idempotency, tried, &outcome, jitter) {
                Verdict::Settled => return outcome,
                Verdict::Again(wait) => self.clock.sleep(wait).await,
            }
            tried += 1;
        }
    }

    /// Sends the request once, and follows nothing: where it leads is the answer.
    ///
    /// # Errors
    /// The [`Failure`]. A reply of any status is no error here.
    pub async fn first_reply(&self, request: Request) -> Result<Reply, Failure> {
        if !self.root.same_origin(&request.url) {
            return Err(Failure::NotSent(FailureKind::CrossOriginRedirect));
        }
        if let Some(limiter) = &self.limiter {
            limiter.acquire().await;
        }
        self.transport.send(request).await
    }

    /// One try: the request, and for reads the redirects that stay on the origin (Lever documents
    /// 301 with a `Location`: contracts/lever.md, 1.5).
    async fn follow(&self, mut request: Request) -> Result<Reply, Failure> {
        for _ in 0..=MOST_REDIRECTS {
            if !self.root.same_origin(&request.url) {
                return Err(Failure::NotSent(FailureKind::CrossOriginRedirect));
            }
            if let Some(limiter) = &self.limiter {
                limiter.acquire().await;
            }
            let reply = self.transport.send(request.clone()).await?;
            match redirect(&request, &reply) {
                None => return Ok(reply),
                Some(target) if request.idempotency == Idempotency::Safe => request.url = target,
                Some(_) => return Err(Failure::Unclear(FailureKind::CrossOriginRedirect)),
            }
        }
        Err(Failure::Unclear(FailureKind::CrossOriginRedirect))
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
    use crate::{SeededRng, VirtualClock};

    /// Answers from a list and remembers what was asked.
    #[derive(Default)]
    struct Scripted {
        answers: Mutex<VecDeque<Result<Reply, Failure>>>,
        asked: Mutex<Vec<Url>>,
    }

    #[async_trait]
    impl Transport for Scripted {
        async fn send(&self, request: Request) -> Result<Reply, Failure> {
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
            Caller::new(script.clone(), root, clock, Arc::new(SeededRng::new(1))),
            script,
        )
    }

    fn once() -> Request {
        Request::new(
            Method::POST,
            "https://api.test/v1/pads".parse().unwrap(),
            Idempotency::NotIdempotent,
        )
    }

    fn read() -> Request {
        Request::get("https://api.test/v1/stages".parse().unwrap())
    }

    #[tokio::test(start_paused = true)]
    async fn a_read_survives_a_short_outage() {
        let broken = Err(Failure::Unclear(FailureKind::Broken));
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
            Err(Failure::Unclear(FailureKind::TimedOut)),
            Err(Failure::NotSent(FailureKind::Refused)),
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
        assert_eq!(refused.kind(), FailureKind::CrossOriginRedirect);
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
            caller.call(read()).await.unwrap_err().kind(),
            FailureKind::CrossOriginRedirect
        );
    }
}
