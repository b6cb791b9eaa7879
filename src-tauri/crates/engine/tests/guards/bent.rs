//! A way to Lever on which its answers are bent: lists that leave someone out.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use sandbox::InProcess;
use serde_json::Value;
use transport::{Failure, Reply, Request, Transport};

use crate::desk::Services;

/// Takes the rows of a page of candidates.
type Bend = Box<dyn FnMut(&mut Vec<Value>) + Send>;

/// The way, and what is done to the pages of candidates on it.
#[derive(Clone)]
pub(crate) struct Bent {
    inner: InProcess,
    bend: Arc<Mutex<Option<Bend>>>,
}

impl Bent {
    pub(crate) fn new(services: &Services) -> Self {
        Self {
            inner: InProcess::new(services.world.clone()),
            bend: Arc::default(),
        }
    }

    /// From now on every page goes through this.
    pub(crate) fn every_page(&self, bend: impl FnMut(&mut Vec<Value>) + Send + 'static) {
        *self.bend.lock().unwrap() = Some(Box::new(bend));
    }

    /// The next page goes through this.
    pub(crate) fn next_page(&self, bend: impl FnOnce(&mut Vec<Value>) + Send + 'static) {
        let mut bend = Some(bend);
        self.every_page(move |rows| {
            if let Some(bend) = bend.take() {
                bend(rows);
            }
        });
    }
}

#[async_trait]
impl Transport for Bent {
    async fn send(&self, request: Request) -> Result<Reply, Failure> {
        let is_list = request.method == "GET" && request.url.path() == "/v1/opportunities";
        let mut reply = self.inner.send(request).await?;
        if is_list
            && reply.status.is_success()
            && let Some(bend) = self.bend.lock().unwrap().as_mut()
        {
            let mut body: Value = serde_json::from_slice(&reply.body).unwrap();
            if let Some(rows) = body["data"].as_array_mut() {
                bend(rows);
            }
            reply.body = serde_json::to_vec(&body).unwrap().into();
        }
        Ok(reply)
    }
}
