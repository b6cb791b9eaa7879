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
        })
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
            if body.len().saturating_add(chunk.len()) > Self::LARGEST_BODY {
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
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use http::Method;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// A server that counts connections and requests, answers the first request of each
    /// connection, and hangs up without a word on any further one.
    async fn stingy_server() -> (Url, Arc<AtomicUsize>, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let root = format!("http://{}/", listener.local_addr().unwrap())
            .parse()
            .unwrap();
        let (connections, requests) =
            (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let counts = (connections.clone(), requests.clone());
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                counts.0.fetch_add(1, Ordering::SeqCst);
                let requests = counts.1.clone();
                tokio::spawn(async move {
                    let mut buffer = vec![0; 4096];
                    for answered in 0.. {
                        if socket.read(&mut buffer).await.unwrap_or(0) == 0 {
                            return;
                        }
                        requests.fetch_add(1, Ordering::SeqCst);
                        if answered == 1 {
                            return;
                        }
                        let _ = socket
                            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
                            .await;
                    }
                });
            }
        });
        (root, connections, requests)
    }

    #[tokio::test]
    async fn what_must_not_be_repeated_never_shares_a_connection_and_is_sent_once() {
        let (root, connections, requests) = stingy_server().await;
        let web = Web::new("test").unwrap();
        for sent in 1..=5 {
            let once = Request::new(Method::POST, root.clone(), Idempotency::NotIdempotent);
            assert_eq!(web.send(once).await.unwrap().status, 200);
            assert_eq!(connections.load(Ordering::SeqCst), sent);
            assert_eq!(requests.load(Ordering::SeqCst), sent);
        }
    }

    /// A server that counts requests and answers each with the same bytes, then closes the
    /// connection without announcing it.
    async fn server_that_says(answer: &'static str) -> (Url, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let root = format!("http://{}/api/pads", listener.local_addr().unwrap())
            .parse()
            .unwrap();
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = requests.clone();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                if socket.read(&mut [0; 4096]).await.unwrap_or(0) > 0 {
                    counted.fetch_add(1, Ordering::SeqCst);
                }
                let _ = socket.write_all(answer.as_bytes()).await;
            }
        });
        (root, requests)
    }

    fn making(root: &Url) -> Request {
        Request::new(Method::POST, root.clone(), Idempotency::NotIdempotent)
            .with_body("text/plain", "make it")
    }

    /// Each of these makes some HTTP client send the request again: RFC 9110 lets it
    /// after 307, 308, 408 and 503 with `Retry-After`; hyper does when a pooled connection was
    /// closed meanwhile.
    #[tokio::test]
    async fn whatever_the_answer_is_what_must_not_be_repeated_is_sent_once() {
        for (status, headers) in [
            ("200 OK", ""),
            ("301 Moved Permanently", "location: /api/pads\r\n"),
            ("302 Found", "location: /api/pads\r\n"),
            ("303 See Other", "location: /api/pads\r\n"),
            ("307 Temporary Redirect", "location: /api/pads\r\n"),
            ("308 Permanent Redirect", "location: /api/pads\r\n"),
            ("401 Unauthorized", "www-authenticate: Basic\r\n"),
            (
                "407 Proxy Authentication Required",
                "proxy-authenticate: Basic\r\n",
            ),
            ("408 Request Timeout", "connection: close\r\n"),
            ("421 Misdirected Request", ""),
            ("425 Too Early", ""),
            ("429 Too Many Requests", "retry-after: 0\r\n"),
            ("503 Service Unavailable", "retry-after: 0\r\n"),
        ] {
            let answer = format!("HTTP/1.1 {status}\r\n{headers}content-length: 0\r\n\r\n");
            let (root, requests) = server_that_says(answer.leak()).await;
            let web = Web::new("test").unwrap();
            for sent in 1..=3 {
                let reply = web.send(making(&root)).await.unwrap();
                assert!(status.starts_with(reply.status.as_str()), "{status}");
                assert_eq!(requests.load(Ordering::SeqCst), sent, "{status}");
            }
        }
    }

    #[tokio::test]
    async fn an_answer_that_is_cut_or_no_http_at_all_is_unclear_and_sent_once() {
        for answer in [
            "",
            "HTTP/1.1 200 OK\r\ncontent-le",
            "HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"id\":",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "SSH-2.0-OpenSSH_9.2\r\n",
        ] {
            let (root, requests) = server_that_says(answer).await;
            let web = Web::new("test").unwrap();
            let failure = web.send(making(&root)).await.unwrap_err();
            assert!(matches!(failure, Failure::Unclear(_)), "{answer:?}");
            assert_eq!(requests.load(Ordering::SeqCst), 1, "{answer:?}");
        }
    }

    /// A connection that a read has left in the pool may be dead already; a creation must not be
    /// the one to find out.
    #[tokio::test]
    async fn what_must_not_be_repeated_uses_no_connection_that_a_read_has_left() {
        let (root, connections, _) = stingy_server().await;
        let web = Web::new("test").unwrap();
        web.send(Request::get(root.clone())).await.unwrap();
        assert_eq!(web.send(making(&root)).await.unwrap().status, 200);
        assert_eq!(connections.load(Ordering::SeqCst), 2);
    }

    /// hyper sends a request again when an HTTP/2 server refuses its stream. Without HTTP/2 there
    /// are no streams: no crate that speaks it is in the program.
    #[test]
    fn http2_is_not_compiled_in() {
        let lock = include_str!("../../../../Cargo.lock");
        let has = |name: &str| lock.contains(&format!("name = \"{name}\"\n"));
        assert!(has("hyper"), "this looks at the wrong file");
        assert!(!has("h2") && !has("h3"));
    }

    #[tokio::test]
    async fn a_connection_that_breaks_after_sending_is_unclear_and_not_tried_again() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let root: Url = format!("http://{}/", listener.local_addr().unwrap())
            .parse()
            .unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = connections.clone();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let _ = socket.read(&mut [0; 4096]).await;
            }
        });
        let web = Web::new("test").unwrap();
        let once = Request::new(Method::POST, root, Idempotency::NotIdempotent)
            .with_body("text/plain", "make it");
        assert_eq!(
            web.send(once).await.unwrap_err(),
            Failure::Unclear(FailureKind::Broken)
        );
        assert_eq!(connections.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_chosen_proxy_is_asked_for_a_tunnel_but_not_for_this_computer() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let first_line = tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut buffer = vec![0; 4096];
            let read = socket.read(&mut buffer).await.unwrap();
            let _ = socket
                .write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
                .await;
            let text = String::from_utf8_lossy(&buffer[..read]).into_owned();
            text.lines().next().unwrap_or_default().to_owned()
        });
        let proxy = Proxy::parse(&format!("http://{address}")).unwrap();
        let web = Web::through("test", &proxy).unwrap();
        let (own, _, requests) = stingy_server().await;
        assert_eq!(web.send(Request::get(own)).await.unwrap().status, 200);
        assert_eq!(requests.load(Ordering::SeqCst), 1);

        let away = Request::get("https://api.lever.test/v1/stages".parse().unwrap());
        let failure = web.send(away).await.unwrap_err();
        assert_eq!(failure, Failure::NotSent(FailureKind::Proxy));
        assert_eq!(
            first_line.await.unwrap(),
            "CONNECT api.lever.test:443 HTTP/1.1"
        );
    }

    /// A server whose answer has no end; says how many bytes it got rid of.
    async fn endless_server(head: &'static str) -> (Url, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let root = format!("http://{}/api/pads", listener.local_addr().unwrap());
        let sent = Arc::new(AtomicUsize::new(0));
        let counted = sent.clone();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let _ = socket.read(&mut [0; 4096]).await;
                let _ = socket.write_all(head.as_bytes()).await;
                // 64 KiB as a chunk; without chunks it is just bytes.
                let mut part = b"10000\r\n".to_vec();
                part.resize(7 + 0x10000, b'x');
                part.extend_from_slice(b"\r\n");
                while socket.write_all(&part).await.is_ok() {
                    counted.fetch_add(part.len(), Ordering::SeqCst);
                }
            }
        });
        (root.parse().unwrap(), sent)
    }

    #[tokio::test]
    async fn an_answer_without_end_is_cut_off_at_the_limit() {
        for head in [
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n",
            "HTTP/1.1 503 Service Unavailable\r\ntransfer-encoding: chunked\r\n\r\n",
        ] {
            let (root, sent) = endless_server(head).await;
            let web = Web::new("test").unwrap();
            for request in [Request::get(root.clone()), making(&root)] {
                let failure = web.send(request).await.unwrap_err();
                assert_eq!(failure, Failure::Unclear(FailureKind::TooLarge), "{head}");
            }
            // What the sockets hold may be on its way too.
            let most = 2 * (Web::LARGEST_BODY + 16 * 1024 * 1024);
            assert!(sent.load(Ordering::SeqCst) < most, "{head}");
        }
    }

    /// Run again in a process of its own, whose environment names a proxy that does not exist.
    #[tokio::test]
    async fn this_computer_is_reached_without_the_systems_proxy() {
        const NOBODY: &str = "http://127.0.0.1:9";
        if std::env::var_os("HTTP_PROXY").is_none_or(|proxy| proxy != NOBODY) {
            let name = "web::tests::this_computer_is_reached_without_the_systems_proxy";
            let again = std::process::Command::new(std::env::current_exe().unwrap())
                .args(["--exact", name])
                .env("HTTP_PROXY", NOBODY)
                .env("http_proxy", NOBODY)
                .env("ALL_PROXY", NOBODY)
                .env_remove("NO_PROXY")
                .env_remove("no_proxy")
                .output()
                .unwrap();
            assert!(again.status.success(), "{again:?}");
            return;
        }
        let (root, _, _) = stingy_server().await;
        let web = Web::new("test").unwrap();
        assert_eq!(web.send(making(&root)).await.unwrap().status, 200);
        let named = root.as_str().replace("127.0.0.1", "localhost");
        let named = Request::get(named.parse().unwrap());
        assert_eq!(web.send(named).await.unwrap().status, 200);
    }

    #[tokio::test]
    async fn nobody_listening_means_that_nothing_was_sent() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let root: Url = format!("http://{}/", listener.local_addr().unwrap())
            .parse()
            .unwrap();
        drop(listener);
        let web = Web::new("test").unwrap();
        let failure = web.send(Request::get(root)).await.unwrap_err();
        assert_eq!(failure, Failure::NotSent(FailureKind::Refused));
    }
}
