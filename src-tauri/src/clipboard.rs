//! The clipboard. What is copied is gone when its handle is dropped, so one thread keeps the one
//! handle for as long as Padwatch runs (reference/reliability.md, D6).

use std::sync::mpsc;

use padwatch_engine::problem::{Problem, ProblemCode};
use tokio::sync::oneshot;

struct Job {
    content: Content,
    done: oneshot::Sender<Result<(), arboard::Error>>,
}

enum Content {
    Plain(String),
    /// For editors of rich text, and for everybody else.
    Rich {
        html: String,
        plain: String,
    },
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
        self.put(Content::Plain(text)).await
    }

    /// Puts a text on the clipboard as HTML and as plain text.
    pub(crate) async fn copy_rich(&self, html: String, plain: String) -> Result<(), Problem> {
        self.put(Content::Rich { html, plain }).await
    }

    async fn put(&self, content: Content) -> Result<(), Problem> {
        let (done, answer) = oneshot::channel();
        self.jobs
            .send(Job { content, done })
            .map_err(|_| unable())?;
        answer.await.map_err(|_| unable())?.map_err(|error| {
            tracing::warn!(%error, "the clipboard did not take a text");
            unable()
        })
    }
}

fn serve(queue: &mpsc::Receiver<Job>) {
    let mut clipboard = None;
    while let Ok(Job { content, done }) = queue.recv() {
        let result = set(&mut clipboard, content);
        if result.is_err() {
            // A display that went away and came back needs a new handle.
            clipboard = None;
        }
        // Nobody waits any more: the text is on the clipboard all the same.
        let _ = done.send(result);
    }
}

fn set(clipboard: &mut Option<arboard::Clipboard>, content: Content) -> Result<(), arboard::Error> {
    let clipboard = match clipboard {
        Some(clipboard) => clipboard,
        None => clipboard.insert(arboard::Clipboard::new()?),
    };
    match content {
        Content::Plain(text) => clipboard.set_text(text),
        Content::Rich { html, plain } => clipboard.set_html(html, Some(plain)),
    }
}

fn unable() -> Problem {
    Problem::new(
        ProblemCode::DesktopUnable,
        "The clipboard did not take it.",
        "Open the candidate in Padwatch and copy it from there.",
    )
}
