//! A way to open the window, and to copy through it.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::session::{Opening, ToCopy, WindowRequests};
use crate::activation::ActivationToken;
use crate::clipboard::Content;

/// How long a window may take to copy.
const PATIENCE: Duration = Duration::from_secs(5);

/// A way to open the window.
#[derive(Clone)]
pub(crate) struct Window {
    wanted: mpsc::Sender<Opening>,
    copies: mpsc::Sender<ToCopy>,
}

impl Window {
    /// The way, and where its end is served.
    pub(crate) fn new() -> (Self, WindowRequests) {
        let (wanted, opened) = mpsc::channel(1);
        let (copies, copied) = mpsc::channel(4);
        let requests = WindowRequests {
            opened,
            copies: copied,
        };
        (Self { wanted, copies }, requests)
    }

    /// Shows the window, starting it if need be. With `activation`, it may come to the front.
    pub(crate) fn open(&self, activation: Option<ActivationToken>) {
        // Full: it is wanted already. Closed: Padwatch is ending.
        let _ = self.wanted.try_send(Opening { activation });
    }

    /// Lets the window put something on the clipboard. Returns true if it has; it can only while it
    /// is open, and on some desktops only while it has the keyboard.
    pub(crate) async fn copy(&self, content: Content) -> bool {
        let (done, copied) = oneshot::channel();
        if self.copies.try_send(ToCopy { content, done }).is_err() {
            return false;
        }
        timeout(PATIENCE, copied)
            .await
            .is_ok_and(|told| told.is_ok())
    }
}
