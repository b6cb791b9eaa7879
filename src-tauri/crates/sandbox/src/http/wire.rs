//! From hyper's requests to ours, and from our answers to bytes on the wire.

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use http::header;
use http::{HeaderValue, Request, Response};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, Limited, StreamBody};
use hyper::body::{Frame, Incoming as Arriving};
use transport::Reply;

use crate::answer::{Answer, Wire};
use crate::incoming::{Incoming, Query};

/// Bodies beyond this size are not read.
const LARGEST_BODY: usize = 40 * 1024 * 1024;
/// Pieces of a body that comes slowly.
const PIECES: usize = 40;

/// The connection is to be closed without a word, or in the middle of one.
#[derive(Debug, thiserror::Error)]
#[error("the sandbox closes this connection on purpose")]
pub(crate) struct HangUp;

pub(crate) type Body = BoxBody<Bytes, HangUp>;

/// Reads a whole request. `None` when it breaks off or is too large.
pub(crate) async fn read(request: Request<Arriving>) -> Option<Incoming> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, LARGEST_BODY)
        .collect()
        .await
        .ok()?
        .to_bytes();
    Some(Incoming {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: Query::parse(head.uri.query().unwrap_or_default()),
        headers: head.headers,
        body,
    })
}

/// Sends an answer, at once. Its delay has passed already.
pub(crate) fn send(answer: Answer) -> Result<Response<Body>, HangUp> {
    match answer.wire {
        Wire::Closed | Wire::Refused => Err(HangUp),
        Wire::Reply(reply) => Ok(whole(reply)),
        Wire::Drip { reply, over } => Ok(dripping(reply, over)),
        Wire::CutOff(reply) => Ok(cut_off(reply)),
        Wire::Endless(reply) => Ok(endless(reply)),
    }
}

fn whole(reply: Reply) -> Response<Body> {
    let body = Full::new(reply.body.clone())
        .map_err(|never: Infallible| match never {})
        .boxed();
    with_head(reply, body)
}

/// The pieces come evenly; the length is known from the start.
fn dripping(reply: Reply, over: Duration) -> Response<Body> {
    let size = reply.body.len().div_ceil(PIECES).max(1);
    let pieces: Vec<Bytes> = reply
        .body
        .chunks(size)
        .map(Bytes::copy_from_slice)
        .collect();
    let pause = over / u32::try_from(pieces.len().max(1)).unwrap_or(1);
    let body = stream::unfold(pieces.into_iter(), move |mut pieces| async move {
        let piece = pieces.next()?;
        tokio::time::sleep(pause).await;
        Some((Ok(Frame::data(piece)), pieces))
    });
    with_length(reply, BodyExt::boxed(StreamBody::new(body)))
}

/// Half of the body, and the connection breaks.
fn cut_off(reply: Reply) -> Response<Body> {
    let half = reply.body.slice(..reply.body.len() / 2);
    let frames = [Ok(Frame::data(half)), Err(HangUp)];
    with_length(reply, BodyExt::boxed(StreamBody::new(stream::iter(frames))))
}

/// The body, and spaces for as long as anyone reads.
fn endless(reply: Reply) -> Response<Body> {
    let first = stream::iter([reply.body.clone()]);
    let spaces = stream::repeat(Bytes::from_static(&[b' '; 16 * 1024]));
    let frames = first.chain(spaces).map(|piece| Ok(Frame::data(piece)));
    with_head(reply, BodyExt::boxed(StreamBody::new(frames)))
}

fn with_length(mut reply: Reply, body: Body) -> Response<Body> {
    reply
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(reply.body.len()));
    with_head(reply, body)
}

fn with_head(reply: Reply, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    response
}
