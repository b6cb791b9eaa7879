//! A transport for the tests that answers from a list and remembers what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use transport::{ApiRoot, Failure, Reply, Request, SeededRng, Transport, VirtualClock};

use crate::Client;

/// What comes back for one request.
pub(crate) type Answer = Result<Reply, Failure>;

pub(crate) struct Scripted {
    answers: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<Request>>,
}

impl Scripted {
    pub(crate) fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self {
            answers: Mutex::new(answers.into_iter().collect()),
            asked: Mutex::default(),
        }
    }

    pub(crate) fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }
}

#[async_trait]
impl Transport for Scripted {
    async fn send(&self, request: Request) -> Answer {
        self.asked.lock().unwrap().push(request);
        let next = self.answers.lock().unwrap().pop_front();
        next.expect("no more answers in the script")
    }
}

/// A reply with a media type by its looks and a `Date` of 2 s after the epoch.
pub(crate) fn reply(status: u16, body: &str) -> Answer {
    let kind = if body.starts_with('<') {
        "text/html; charset=utf-8"
    } else {
        "application/json; charset=utf-8"
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let date = HeaderValue::from_static("Thu, 01 Jan 1970 00:00:02 GMT");
    headers.insert(header::DATE, date);
    Ok(Reply {
        status: StatusCode::from_u16(status).unwrap(),
        headers,
        body: Bytes::copy_from_slice(body.as_bytes()),
    })
}

/// The same with one more header.
pub(crate) fn reply_with(status: u16, body: &str, name: &'static str, value: &str) -> Answer {
    let mut reply = reply(status, body)?;
    let value = HeaderValue::from_str(value).unwrap();
    reply.headers.insert(name, value);
    Ok(reply)
}

/// A client of `https://app.coderpad.io` that gets these answers.
pub(crate) fn client(answers: impl IntoIterator<Item = Answer>) -> (Client, Arc<Scripted>) {
    client_with_key("K", answers)
}

pub(crate) fn client_with_key(
    key: &str,
    answers: impl IntoIterator<Item = Answer>,
) -> (Client, Arc<Scripted>) {
    let script = Arc::new(Scripted::answering(answers));
    let client = Client::new(
        script.clone(),
        ApiRoot::parse("https://app.coderpad.io").unwrap(),
        key.to_owned().into(),
        Arc::new(VirtualClock::starting_at(0)),
        Arc::new(SeededRng::new(1)),
    );
    (client, script)
}
