//! A Lever that answers from a script, and remembers what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use lever::Client;
use serde_json::{Value, json};
use transport::{
    ApiRoot, Failure, Reply, Request, SecretString, SeededRng, Transport, VirtualClock,
};

type Answer = Result<Reply, Failure>;

/// The script.
pub(crate) struct Script {
    answers: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<Request>>,
}

#[async_trait]
impl Transport for Script {
    async fn send(&self, request: Request) -> Answer {
        self.asked.lock().unwrap().push(request);
        let next = self.answers.lock().unwrap().pop_front();
        next.expect("no more answers in the script")
    }
}

impl Script {
    /// What was asked, as `METHOD /path?query` below the root.
    pub(crate) fn lines(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        let root = "https://api.test/v1";
        let path = |request: &Request| request.url.as_str().replacen(root, "", 1);
        asked
            .iter()
            .map(|request| format!("{} {}", request.method, path(request)))
            .collect()
    }

    /// The requests themselves.
    pub(crate) fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }
}

/// A client that gets these answers, one after the other. Needs a Tokio runtime with paused time.
pub(crate) fn client(answers: impl IntoIterator<Item = Answer>) -> (Client, Arc<Script>) {
    let script = Arc::new(Script {
        answers: Mutex::new(answers.into_iter().collect()),
        asked: Mutex::default(),
    });
    let client = Client::new(
        script.clone(),
        ApiRoot::parse("https://api.test/v1").unwrap(),
        SecretString::from("the-key"),
        Arc::new(VirtualClock::starting_at(0)),
        Arc::new(SeededRng::new(1)),
    );
    (client, script)
}

/// A JSON answer.
pub(crate) fn answer(status: u16, body: &Value) -> Answer {
    let mut headers = HeaderMap::new();
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    headers.insert("content-type", kind);
    let status = StatusCode::from_u16(status).unwrap();
    let body = match body {
        Value::Null => Bytes::new(),
        body => body.to_string().into(),
    };
    Ok(Reply {
        status,
        headers,
        body,
    })
}

/// A success with these bytes, whatever they are.
pub(crate) fn raw(body: impl Into<Bytes>) -> Answer {
    let mut reply = answer(200, &Value::Null)?;
    reply.body = body.into();
    Ok(reply)
}

/// `{"data": …}`
pub(crate) fn one(data: &Value) -> Answer {
    answer(200, &json!({ "data": data }))
}

/// A page of things with these ids.
pub(crate) fn page(ids: &[&str], next: Option<&str>) -> Answer {
    let rows: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
    match next {
        Some(token) => answer(200, &json!({"data": rows, "hasNext": true, "next": token})),
        None => answer(200, &json!({"data": rows, "hasNext": false})),
    }
}

/// An error of Lever's.
pub(crate) fn complaint(status: u16, code: &str, message: &str) -> Answer {
    answer(status, &json!({ "code": code, "message": message }))
}
