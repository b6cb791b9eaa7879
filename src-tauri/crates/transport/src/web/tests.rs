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
    let (connections, requests) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
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
    let lock = include_str!("../../../../../Cargo.lock");
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

#[tokio::test]
async fn a_smaller_limit_cuts_off_sooner() {
    let (root, sent) = endless_server("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await;
    let web = Web::new("test").unwrap().reading_at_most(4_096);
    let failure = web.send(Request::get(root)).await.unwrap_err();
    assert_eq!(failure, Failure::Unclear(FailureKind::TooLarge));
    assert!(sent.load(Ordering::SeqCst) < Web::LARGEST_BODY / 2);
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
