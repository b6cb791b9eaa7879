//! The clipboard. What is copied is gone when its handle is dropped, so one thread keeps the one
//! handle for as long as Padwatch runs (reference/reliability.md, D6).
//!
//! A display that hangs must not hold a click for ever: each has a deadline, and a thread that missed
//! it is left behind for a new one.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use padwatch_engine::problem::{Problem, ProblemCode};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How long the display may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most texts that wait for one that is being copied.
const MOST_WAITING: usize = 4;
/// The most threads that are left behind at a time; each ends when its display answers.
const MOST_LEFT_BEHIND: usize = 3;

type Outcome = Result<(), arboard::Error>;

struct Job {
    content: Content,
    done: oneshot::Sender<Outcome>,
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
    thread: Arc<Mutex<Thread>>,
    put: Arc<dyn Fn() -> Put + Send + Sync>,
}

/// What puts a content on the clipboard; made on the thread that owns it.
type Put = Box<dyn FnMut(Content) -> Outcome>;

struct Thread {
    /// Grows with each new thread.
    generation: u32,
    jobs: mpsc::SyncSender<Job>,
    /// Alive as long as its thread is.
    alive: Arc<()>,
    left_behind: Vec<Arc<()>>,
}

impl Clipboard {
    /// Starts the thread. It touches the clipboard when there is something to copy.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(crate) fn start() -> std::io::Result<Self> {
        Self::with(Arc::new(|| {
            let mut clipboard = None;
            Box::new(move |content| {
                let result = set(&mut clipboard, content);
                if result.is_err() {
                    // A display that went away and came back needs a new handle.
                    clipboard = None;
                }
                result
            })
        }))
    }

    fn with(put: Arc<dyn Fn() -> Put + Send + Sync>) -> std::io::Result<Self> {
        let (jobs, alive) = start_thread(&put)?;
        let thread = Thread {
            generation: 0,
            jobs,
            alive,
            left_behind: Vec::new(),
        };
        Ok(Self {
            thread: Arc::new(Mutex::new(thread)),
            put,
        })
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
        let (jobs, generation) = self.jobs();
        jobs.try_send(Job { content, done }).map_err(|_| unable())?;
        let Ok(answered) = timeout(PATIENCE, answer).await else {
            tracing::warn!("the clipboard did not answer in time");
            self.leave_behind(generation);
            return Err(unable());
        };
        answered.map_err(|_| unable())?.map_err(|error| {
            tracing::warn!(%error, "the clipboard did not take a text");
            unable()
        })
    }

    fn jobs(&self) -> (mpsc::SyncSender<Job>, u32) {
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        (thread.jobs.clone(), thread.generation)
    }

    /// Starts a new thread in place of one that hangs.
    fn leave_behind(&self, hanging: u32) {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        thread
            .left_behind
            .retain(|thread| Arc::strong_count(thread) > 1);
        if thread.generation != hanging || thread.left_behind.len() >= MOST_LEFT_BEHIND {
            return;
        }
        match start_thread(&self.put) {
            Ok((jobs, alive)) => {
                let left = std::mem::replace(&mut thread.alive, alive);
                thread.left_behind.push(left);
                thread.jobs = jobs;
                thread.generation += 1;
            }
            Err(error) => tracing::warn!(%error, "no new thread for the clipboard"),
        }
    }
}

fn start_thread(
    put: &Arc<dyn Fn() -> Put + Send + Sync>,
) -> std::io::Result<(mpsc::SyncSender<Job>, Arc<()>)> {
    let (jobs, queue) = mpsc::sync_channel(MOST_WAITING);
    let alive = Arc::new(());
    let (put, living) = (put.clone(), alive.clone());
    std::thread::Builder::new()
        .name("clipboard".to_owned())
        .spawn(move || {
            serve(&queue, &*put);
            drop(living);
        })?;
    Ok((jobs, alive))
}

fn serve(queue: &mpsc::Receiver<Job>, make: &dyn Fn() -> Put) {
    let mut put = make();
    while let Ok(Job { content, done }) = queue.recv() {
        // Whoever gave up has been told that it failed; an old text must not replace a newer one.
        if done.is_closed() {
            continue;
        }
        let Ok(result) = std::panic::catch_unwind(AssertUnwindSafe(|| put(content))) else {
            tracing::error!("the clipboard panicked");
            put = make();
            continue;
        };
        // Nobody waits any longer: the text is on the clipboard all the same.
        let _ = done.send(result);
    }
}

fn set(clipboard: &mut Option<arboard::Clipboard>, content: Content) -> Outcome {
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    /// The first thread's display hangs or panics; those of later ones work.
    fn clipboard(first: fn()) -> (Clipboard, Arc<AtomicU32>) {
        let (started, copied) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        let counted = copied.clone();
        let made = Clipboard::with(Arc::new(move || {
            let number = started.fetch_add(1, Ordering::SeqCst);
            let copied = counted.clone();
            Box::new(move |_| {
                if number == 0 {
                    first();
                }
                copied.fetch_add(1, Ordering::SeqCst);
                Ok(())
            })
        }));
        (made.unwrap(), copied)
    }

    #[tokio::test(start_paused = true)]
    async fn a_display_that_hangs_fails_a_copy_in_time_and_not_the_next() {
        let (clipboard, copied) = clipboard(|| std::thread::park());
        let failed = clipboard.copy("a".to_owned()).await.unwrap_err();
        assert_eq!(failed.code, ProblemCode::DesktopUnable);
        tokio::time::resume();
        clipboard.copy("b".to_owned()).await.unwrap();
        assert_eq!(copied.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_panic_fails_a_copy_and_not_the_next() {
        let (clipboard, copied) = clipboard(|| panic!("a test wants it"));
        assert!(clipboard.copy("a".to_owned()).await.is_err());
        clipboard.copy("b".to_owned()).await.unwrap();
        assert_eq!(copied.load(Ordering::SeqCst), 1);
    }
}
