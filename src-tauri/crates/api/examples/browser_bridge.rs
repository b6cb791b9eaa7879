//! Padwatch for an ordinary browser, on the sandbox: for working on the page with `npm run dev`.
//!
//! `cargo run -p padwatch-api --example browser_bridge [PORT]` (4180 by default) answers the
//! page's calls at `POST /ask` and streams snapshots at `GET /snapshot`, on this computer alone.
//! Keys are already set; nothing leaves this computer, and everything is forgotten at the end.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool for those who work on the page; it may stop at the first surprise"
)]

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, Limited, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use padwatch_api::{Call, Desktop as _, Places, SecretName, Seen, answer, load_keys};
use padwatch_engine::webhooks::listen;
use padwatch_engine::{Handle, Wiring, start};
use sandbox::{Options, sample, serve_by};
use serde_json::json;
use tokio::net::TcpListener;
use transport::{ApiRoot, Clock, SystemChance, SystemClock, Web};

#[path = "../tests/in_memory/mod.rs"]
mod in_memory;
use in_memory::InMemory;

/// Where `ui/vite.config.ts` looks for it.
const PORT: u16 = 4180;
/// No call of the page is larger, in bytes.
const LARGEST: usize = 1024 * 1024;

type Body = BoxBody<Bytes, Infallible>;

struct Bridge {
    engine: Handle,
    desktop: InMemory,
}

#[tokio::main]
async fn main() {
    let port = std::env::args()
        .nth(1)
        .map_or(PORT, |port| port.parse().unwrap());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let world = sample(7, clock.now_ms()).unwrap();
    let options = Options {
        story: true,
        ..Options::default()
    };
    let services = serve_by(world, options, clock.clone()).await.unwrap();
    let addresses = &services.addresses;
    let roots = [&addresses.lever_api, &addresses.coderpad_api];
    let [lever, coderpad] = roots.map(|root| ApiRoot::parse(root).unwrap());
    let places = Places {
        roots: vec![lever.clone(), coderpad.clone()],
        control: Some(addresses.control.parse().unwrap()),
    };
    let desktop = InMemory {
        places,
        ..InMemory::default()
    };
    desktop
        .store(SecretName::LeverKey, addresses.lever_key.clone().into())
        .await
        .unwrap();
    desktop
        .store(
            SecretName::CoderpadKey,
            addresses.coderpad_key.clone().into(),
        )
        .await
        .unwrap();

    let (engine, handle, mut announcements) = start(Wiring::new(
        folder.path().to_owned(),
        Arc::new(Web::new("Padwatch-bridge").unwrap()),
        (lever, coderpad),
        clock.clone(),
        Arc::new(SystemChance),
    ));
    tokio::spawn(engine.run());
    tokio::spawn(listen(handle.clone(), clock));
    handle
        .use_keys(load_keys(&desktop).await.unwrap())
        .await
        .unwrap();
    let told = handle.clone();
    tokio::spawn(async move {
        while let Some(announcement) = announcements.recv().await {
            told.shown(&announcement).await;
        }
    });
    println!("The bridge is at http://{}", listener.local_addr().unwrap());
    println!("The sandbox's page is at {}", addresses.control);
    answer_all(
        listener,
        Arc::new(Bridge {
            engine: handle,
            desktop,
        }),
    )
    .await;
}

async fn answer_all(listener: TcpListener, bridge: Arc<Bridge>) {
    let own = listener.local_addr().unwrap();
    loop {
        let (connection, _) = listener.accept().await.unwrap();
        let bridge = bridge.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| respond(&bridge, own, request));
            // A browser that goes away is no news.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(connection), service)
                .await;
        });
    }
}

async fn respond(
    bridge: &Bridge,
    own: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    // Another name for this computer is how a strange page would get here.
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    if host != Some(&own.to_string()) {
        return Ok(plain(
            StatusCode::FORBIDDEN,
            "text/plain",
            "not for you".to_owned(),
        ));
    }
    Ok(match (request.method(), request.uri().path()) {
        (&Method::GET, "/snapshot") => snapshots(bridge),
        (&Method::POST, "/ask") => ask(bridge, request.into_body()).await,
        _ => plain(
            StatusCode::NOT_FOUND,
            "text/plain",
            "nothing is here".to_owned(),
        ),
    })
}

async fn ask(bridge: &Bridge, body: Incoming) -> Response<Body> {
    let Ok(body) = Limited::new(body, LARGEST).collect().await else {
        return plain(
            StatusCode::PAYLOAD_TOO_LARGE,
            "text/plain",
            "too large".to_owned(),
        );
    };
    let call: Call = match serde_json::from_slice(&body.to_bytes()) {
        Ok(call) => call,
        Err(error) => return plain(StatusCode::BAD_REQUEST, "text/plain", error.to_string()),
    };
    let reply = match answer(&bridge.engine, &bridge.desktop, call).await {
        Ok(ok) => json!({ "ok": ok }),
        Err(problem) => json!({ "problem": problem }),
    };
    plain(StatusCode::OK, "application/json", reply.to_string())
}

/// The snapshot now, and every one that follows, as server-sent events.
fn snapshots(bridge: &Bridge) -> Response<Body> {
    let mut changes = bridge.engine.changes();
    changes.mark_changed();
    let events = stream::unfold(changes, async |mut changes| {
        changes.changed().await.ok()?;
        let seen = Seen::of(&changes.borrow_and_update().clone(), Vec::new(), true);
        let event = format!("data: {}\n\n", serde_json::to_string(&seen).unwrap());
        Some((Ok(Frame::data(Bytes::from(event))), changes))
    });
    let body = BodyExt::boxed(StreamBody::new(events));
    with_type(StatusCode::OK, "text/event-stream", body)
}

fn plain(status: StatusCode, media_type: &'static str, text: String) -> Response<Body> {
    with_type(status, media_type, Full::new(Bytes::from(text)).boxed())
}

fn with_type(status: StatusCode, media_type: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let media_type = header::HeaderValue::from_static(media_type);
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, media_type);
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    response
}
