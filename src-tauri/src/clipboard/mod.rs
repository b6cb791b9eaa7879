//! The clipboard. What is copied is gone when its handle is dropped, so one thread keeps the one
//! handle for as long as Padwatch runs (reference/reliability.md, D6), and a small program keeps
//! what is on it after that (`keeper`).
//!
//! A display that hangs must not hold a click for ever: each has a deadline, and a thread that missed
//! it is left behind for a new one.

#[cfg(target_os = "linux")]
pub(crate) mod keeper;

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use padwatch_domain::problem::Problem;
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How long the display may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most texts that wait for one that is being copied.
const MOST_WAITING: usize = 4;
/// The most threads that are left behind at a time; each ends when its display answers.
const MOST_LEFT_BEHIND: usize = 3;

/// What is copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Content {
    pub(crate) plain: String,
    /// The same for editors of rich text.
    pub(crate) html: Option<String>,
}

impl Content {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self {
            plain: text.into(),
            html: None,
        }
    }
}

type Outcome = Result<(), arboard::Error>;

enum Job {
    Copy(Content, oneshot::Sender<Outcome>),
    /// Padwatch is ending: what is on the clipboard, and was copied here?
    #[cfg(any(target_os = "linux", test))]
    Leave(oneshot::Sender<Option<Content>>),
}

/// A way to the thread that owns the clipboard.
#[derive(Clone)]
pub(crate) struct Clipboard {
    thread: Arc<Mutex<Thread>>,
    make: Make,
}

/// Makes what the thread owns, on that thread.
type Make = Arc<dyn Fn() -> Box<dyn Board> + Send + Sync>;

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
        Self::with(Arc::new(|| Box::new(System::default())))
    }

    fn with(make: Make) -> std::io::Result<Self> {
        let (jobs, alive) = start_thread(&make)?;
        let thread = Thread {
            generation: 0,
            jobs,
            alive,
            left_behind: Vec::new(),
        };
        Ok(Self {
            thread: Arc::new(Mutex::new(thread)),
            make,
        })
    }

    /// Puts a content on the clipboard, and returns when it was read back from there.
    pub(crate) async fn copy(&self, content: Content) -> Result<(), Problem> {
        let (done, answer) = oneshot::channel();
        let (jobs, generation) = self.jobs();
        jobs.try_send(Job::Copy(content, done))
            .map_err(|_| Problem::ClipboardFailed)?;
        let Ok(answered) = timeout(PATIENCE, answer).await else {
            tracing::warn!("the clipboard did not answer in time");
            self.leave_behind(generation);
            return Err(Problem::ClipboardFailed);
        };
        answered
            .map_err(|_| Problem::ClipboardFailed)?
            .map_err(|error| {
                tracing::warn!(%error, "the clipboard did not take a text");
                Problem::ClipboardFailed
            })
    }

    /// Lets go of the clipboard, and returns what has to be kept there by another program.
    #[cfg(any(target_os = "linux", test))]
    pub(crate) async fn leave(&self) -> Option<Content> {
        let (done, answer) = oneshot::channel();
        self.jobs().0.try_send(Job::Leave(done)).ok()?;
        timeout(PATIENCE, answer).await.ok()?.ok()?
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
        match start_thread(&self.make) {
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

/// A clipboard.
trait Board {
    /// Puts a content there.
    fn put(&mut self, content: &Content) -> Outcome;
    /// The text that other programs get from there.
    fn text(&mut self) -> Result<String, arboard::Error>;
    /// Lets go of it, which offers what is there to the desktop's clipboard manager.
    #[cfg(any(target_os = "linux", test))]
    fn let_go(&mut self);
}

/// The system's.
#[derive(Default)]
struct System(Option<arboard::Clipboard>);

impl System {
    fn open(&mut self) -> Result<&mut arboard::Clipboard, arboard::Error> {
        let clipboard = match self.0.take() {
            Some(clipboard) => clipboard,
            None => arboard::Clipboard::new()?,
        };
        Ok(self.0.insert(clipboard))
    }
}

impl Board for System {
    fn put(&mut self, content: &Content) -> Outcome {
        let clipboard = self.open()?;
        let Content { plain, html } = content.clone();
        let outcome = match html {
            Some(html) => clipboard.set_html(html, Some(plain)),
            None => clipboard.set_text(plain),
        };
        if outcome.is_err() {
            // A display that went away and came back needs a new handle.
            self.0 = None;
        }
        outcome
    }

    fn text(&mut self) -> Result<String, arboard::Error> {
        self.open()?.get_text()
    }

    #[cfg(any(target_os = "linux", test))]
    fn let_go(&mut self) {
        self.0 = None;
    }
}

fn start_thread(make: &Make) -> std::io::Result<(mpsc::SyncSender<Job>, Arc<()>)> {
    let (jobs, queue) = mpsc::sync_channel(MOST_WAITING);
    let alive = Arc::new(());
    let (make, living) = (make.clone(), alive.clone());
    std::thread::Builder::new()
        .name("clipboard".to_owned())
        .spawn(move || {
            serve(&queue, &*make);
            drop(living);
        })?;
    Ok((jobs, alive))
}

fn serve(queue: &mpsc::Receiver<Job>, make: &dyn Fn() -> Box<dyn Board>) {
    let mut board = make();
    let mut last = None;
    while let Ok(job) = queue.recv() {
        let served = std::panic::catch_unwind(AssertUnwindSafe(|| {
            carry_out(job, &mut *board, &mut last);
        }));
        if served.is_err() {
            tracing::error!("the clipboard panicked");
            board = make();
        }
    }
}

fn carry_out(job: Job, board: &mut dyn Board, last: &mut Option<Content>) {
    match job {
        // Who gave up has been told that it failed; an old text must not replace a newer one.
        Job::Copy(_, done) if done.is_closed() => {}
        Job::Copy(content, done) => {
            let outcome = put(board, &content);
            *last = outcome.is_ok().then_some(content);
            // No one waits any longer: the text is on the clipboard all the same.
            let _ = done.send(outcome);
        }
        #[cfg(any(target_os = "linux", test))]
        Job::Leave(done) => {
            let left = last.take().filter(|content| holds(board, content));
            board.let_go();
            let _ = done.send(left);
        }
    }
}

/// Taken is what can be read back: "Copied" must not be said of anything else.
fn put(board: &mut dyn Board, content: &Content) -> Outcome {
    board.put(content)?;
    if board.text()? == content.plain {
        return Ok(());
    }
    Err(arboard::Error::ClipboardOccupied)
}

#[cfg(any(target_os = "linux", test))]
fn holds(board: &mut dyn Board, content: &Content) -> bool {
    board.text().is_ok_and(|text| text == content.plain)
}

#[cfg(test)]
mod tests;
