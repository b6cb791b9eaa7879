use std::error::Error as _;
use std::io::ErrorKind;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use bytes::BytesMut;
use futures_util::StreamExt as _;
use http::header;
use url::Url;

use crate::root::is_loopback;
use crate::{Body, Failure, FailureKind, Idempotency, Proxy, Reply, Request, Transport};

/// The real network: TLS by rustls with the system's own certificates.
///
/// Two clients stand behind it. Reads share pooled connections. A request that must not be
/// repeated leaves on a connection of its own, so that the one reason for which hyper re-sends
/// (a pooled connection that turns out dead) can't arise; reqwest's own retries are off for both,
/// HTTP/2 is not compiled in (no refused streams), and no redirect is followed.
///
/// This computer itself is asked without any proxy, even if the system names one: a proxy would
/// look for it on its own computer, and read the key on the way. The clients for that come into
/// being when they are needed.
#[derive(Debug, Clone)]
pub struct Web {
    agent: String,
    away: Pair,
    near: Arc<OnceLock<Option<Pair>>>,
    largest_body: usize,
}

#[derive(Debug, Clone)]
struct Pair {
    reads: reqwest::Client,
    once: reqwest::Client,
}

/// The TLS parts of this computer can't be used.
#[derive(Debug, thiserror::Error)]
#[error("secure connections can't be set up on this computer")]
pub struct WebUnavailable(#[source] reqwest::Error);

impl Web {
    /// The largest reply that is read, in bytes. Editor histories are the largest we ask for.
    pub const LARGEST_BODY: usize = 32 * 1024 * 1024;
    /// What no proxy can reach.
    const THIS_COMPUTER: &str = "localhost,127.0.0.1,::1";
    /// Longest wait for a connection.
    const CONNECTING: Duration = Duration::from_secs(10);
    /// Longest wait for the whole exchange. CoderPad's router gives up after 30 s
    /// (contracts/coderpad.md, 1), and its answer says more than our time-out.
    const WHOLE: Duration = Duration::from_secs(45);

    /// Opens nothing yet, and goes through the system's proxy, if it has one. `agent` is sent as
    /// the user agent.
    ///
    /// # Errors
    /// [`WebUnavailable`] when the system's TLS parts can't be set up.
    pub fn new(agent: &str) -> Result<Self, WebUnavailable> {
        Self::through(agent, &Proxy::System)
    }

    /// As [`Web::new`], through the given proxy.
    ///
    /// # Errors
    /// [`WebUnavailable`] when the system's TLS parts can't be set up.
    pub fn through(agent: &str, proxy: &Proxy) -> Result<Self, WebUnavailable> {
        // Other code in the process may have chosen a provider already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Self {
            agent: agent.to_owned(),
            away: Self::pair(agent, proxy)?,
            near: Arc::default(),
            largest_body: Self::LARGEST_BODY,
        })
    }

    /// As it is, but a larger reply than this, in bytes, is no reply.
    #[must_use]
    pub fn reading_at_most(self, largest_body: usize) -> Self {
        Self {
            largest_body,
            ..self
        }
    }

    fn pair(agent: &str, proxy: &Proxy) -> Result<Pair, WebUnavailable> {
        let reads = Self::client(agent, proxy)?
            .pool_idle_timeout(Duration::from_secs(60))
            .pool_max_idle_per_host(2)
            .build()
            .map_err(WebUnavailable)?;
        let once = Self::client(agent, proxy)?
            .pool_max_idle_per_host(0)
            .build()
            .map_err(WebUnavailable)?;
        Ok(Pair { reads, once })
    }

    /// The clients for an address; `None` when there can be none that leave out the proxy.
    fn pair_for(&self, url: &Url) -> Option<&Pair> {
        if !is_loopback(url) {
            return Some(&self.away);
        }
        let near = || Self::pair(&self.agent, &Proxy::None).ok();
        self.near.get_or_init(near).as_ref()
    }

    fn client(agent: &str, proxy: &Proxy) -> Result<reqwest::ClientBuilder, WebUnavailable> {
        let client = reqwest::Client::builder();
        let client = match proxy {
            Proxy::System => client,
            Proxy::None => client.no_proxy(),
            Proxy::At(address) => client.proxy(
                reqwest::Proxy::all(address.as_url().as_str())
                    .map_err(WebUnavailable)?
                    .no_proxy(reqwest::NoProxy::from_string(Self::THIS_COMPUTER)),
            ),
        };
        Ok(client
            .user_agent(agent)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(Self::CONNECTING)
            .timeout(Self::WHOLE)
            .tcp_nodelay(true))
    }
}

#[async_trait]
impl Transport for Web {
    async fn send(&self, request: Request) -> Result<Reply, Failure> {
        let pair = self.pair_for(&request.url);
        let pair = pair.ok_or(Failure::NotSent(FailureKind::NoRoute))?;
        let client = if request.idempotency == Idempotency::NotIdempotent {
            &pair.once
        } else {
            &pair.reads
        };
        let mut outgoing = client
            .request(request.method, request.url)
            .headers(request.headers);
        if let Body::Bytes { media_type, bytes } = request.body {
            outgoing = outgoing
                .header(header::CONTENT_TYPE, media_type)
                .body(bytes);
        }
        let response = outgoing.send().await.map_err(|error| classify(&error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = BytesMut::new();
        let mut chunks = response.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|error| classify(&error))?;
            if body.len().saturating_add(chunk.len()) > self.largest_body {
                return Err(Failure::Unclear(FailureKind::TooLarge));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply {
            status,
            headers,
            body: body.freeze(),
        })
    }
}

/// Only a failure to connect is certain to have sent nothing.
fn classify(error: &reqwest::Error) -> Failure {
    if error.is_builder() {
        return Failure::NotSent(FailureKind::NoRoute);
    }
    let kind = kind_of(error);
    if error.is_connect() {
        Failure::NotSent(kind)
    } else {
        Failure::Unclear(kind)
    }
}

fn kind_of(error: &reqwest::Error) -> FailureKind {
    if error.is_timeout() {
        return FailureKind::TimedOut;
    }
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<rustls::Error>() {
            return FailureKind::Tls;
        }
        if let Some(known) = inner.downcast_ref::<std::io::Error>().and_then(kind_of_io) {
            return known;
        }
        // Neither hyper nor reqwest has a type for a proxy that refuses; the words are all there is.
        if inner.to_string().contains("tunnel") {
            return FailureKind::Proxy;
        }
        cause = inner.source();
    }
    if error.is_connect() {
        FailureKind::NoRoute
    } else {
        FailureKind::Broken
    }
}

fn kind_of_io(error: &std::io::Error) -> Option<FailureKind> {
    if error
        .get_ref()
        .is_some_and(|inner| inner.is::<rustls::Error>())
    {
        return Some(FailureKind::Tls);
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => Some(FailureKind::Refused),
        ErrorKind::TimedOut => Some(FailureKind::TimedOut),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => Some(FailureKind::NoRoute),
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => Some(FailureKind::Broken),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
