//! The clipboard. What is copied is gone when its handle is dropped, so one thread keeps the one
//! handle for as long as Padwatch runs (reference/reliability.md, D6).

use std::sync::mpsc;

use padwatch_engine::problem::{Problem, ProblemCode};
use tokio::sync::oneshot;

struct Job {
    text: String,
    done: oneshot::Sender<Result<(), arboard::Error>>,
}

/// A way to the thread that owns the clipboard.
#[derive(Clone)]
pub(crate) struct Clipboard {
    jobs: mpsc::Sender<Job>,
}

impl Clipboard {
    /// Starts the thread. It touches the clipboard when there is something to copy.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(crate) fn start() -> std::io::Result<Self> {
        let (jobs, queue) = mpsc::channel();
        std::thread::Builder::new()
            .name("clipboard".to_owned())
            .spawn(move || serve(&queue))?;
        Ok(Self { jobs })
    }

    /// Puts a text on the clipboard.
    pub(crate) async fn copy(&self, text: String) -> Result<(), Problem> {
        let (done, answer) = oneshot::channel();
        self.jobs.send(Job { text, done }).map_err(|_| unable())?;
        answer.await.map_err(|_| unable())?.map_err(|error| {
            tracing::warn!(%error, "the clipboard did not take a text");
            unable()
        })
    }
}

fn serve(queue: &mpsc::Receiver<Job>) {
    let mut clipboard = None;
    while let Ok(Job { text, done }) = queue.recv() {
        let result = set(&mut clipboard, text);
        if result.is_err() {
            // A display that went away and came back needs a new handle.
            clipboard = None;
        }
        // Nobody waits any more: the text is on the clipboard all the same.
        let _ = done.send(result);
    }
}

fn set(clipboard: &mut Option<arboard::Clipboard>, text: String) -> Result<(), arboard::Error> {
    let clipboard = match clipboard {
        Some(clipboard) => clipboard,
        None => clipboard.insert(arboard::Clipboard::new()?),
    };
    clipboard.set_text(text)
}

fn unable() -> Problem {
    Problem::new(
        ProblemCode::DesktopUnable,
        "The clipboard did not take the link.",
        "Open the candidate in Padwatch and copy the link from there.",
    )
}
