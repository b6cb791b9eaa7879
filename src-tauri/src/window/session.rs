//! The talk with one window. Reading and writing are apart, so that neither side can wait for the
//! other; what waits is bounded, and a window that says too much is closed.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite, BufReader};
use tokio::sync::{Notify, Semaphore, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

use super::heartbeat::Heartbeat;
use crate::activation::ActivationToken;
use crate::clipboard::Content;
use crate::talk::{
    FromWindow, LONGEST_SAID, LONGEST_TOLD, MOST_QUESTIONS, ToWindow, hear, heard, line, say_line,
};

/// The window's program keeps to [`MOST_QUESTIONS`]; who asks so many does not.
const TOO_MANY_QUESTIONS: usize = 2 * MOST_QUESTIONS;
/// What may wait to be written: an answer to each question, and a few words of our own.
const WAITING: usize = TOO_MANY_QUESTIONS + 16;
/// How long the window may take to read a line.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who answers the window.
#[async_trait]
pub(crate) trait Host: Send + Sync + 'static {
    /// Answers what the page asks.
    async fn answer(&self, call: Value) -> Result<Value, Value>;
    /// How things stand now.
    fn seen(&self) -> io::Result<Value>;
    /// An answer that is too long to be told.
    fn too_long(&self) -> Value;
}

/// What there is to tell without being asked. The latest counts: nothing piles up.
#[derive(Default)]
pub(crate) struct News {
    pub(crate) seen: Notify,
    pub(crate) candidate_wanted: Notify,
}

/// What the window is wanted for.
pub(crate) struct WindowRequests {
    /// To be shown.
    pub(crate) opened: mpsc::Receiver<Opening>,
    /// To copy something. Dropped: it was not copied.
    pub(crate) copies: mpsc::Receiver<ToCopy>,
}

/// How the window is to be shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Opening {
    /// With which it may come to the front.
    pub(crate) activation: Option<ActivationToken>,
}

/// Something that the window is to put on the clipboard.
pub(crate) struct ToCopy {
    pub(crate) content: Content,
    /// ToWindow once it is there.
    pub(crate) done: oneshot::Sender<()>,
}

/// What the window was told to copy and has not answered.
#[derive(Default)]
struct Copying {
    last: u64,
    waiting: HashMap<u64, oneshot::Sender<()>>,
}

impl Copying {
    fn begin(&mut self, copy: ToCopy) -> ToWindow {
        self.waiting.retain(|_, done| !done.is_closed());
        self.last += 1;
        self.waiting.insert(self.last, copy.done);
        ToWindow::Copy {
            number: self.last,
            plain: copy.content.plain,
            html: copy.content.html,
        }
    }

    fn answered(&mut self, number: u64, is_done: bool) {
        let waits = self.waiting.remove(&number);
        if let Some(done) = waits.filter(|_| is_done) {
            // No one waits any longer.
            let _ = done.send(());
        }
    }
}

/// How a talk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The window was closed.
    Closed,
    /// It was wanted again while it was being closed.
    WantedAgain,
    /// It does not answer.
    Silent { is_wanted: bool },
}

enum Heard {
    AtFront,
    Alive(u64),
    Copied(u64, bool),
}

/// Talks until the window is closed or falls silent.
///
/// # Errors
/// When it does not keep to what was agreed, or can't be talked to.
pub(crate) async fn talk(
    host: &Arc<impl Host>,
    news: &Arc<News>,
    requests: &mut WindowRequests,
    (input, output): (
        impl AsyncWrite + Unpin + Send + 'static,
        impl AsyncRead + Unpin + Send + 'static,
    ),
) -> io::Result<End> {
    let (to_tell, telling) = mpsc::channel(WAITING);
    let (hearing, mut events) = mpsc::channel(WAITING);
    // Dropped with this, whatever they are doing.
    let (mut reading, mut writing) = (JoinSet::new(), JoinSet::new());
    reading.spawn(read(host.clone(), output, to_tell.clone(), hearing));
    writing.spawn(write(host.clone(), news.clone(), telling, input));
    let mut beat = Heartbeat::begin(Instant::now());
    let mut end = End::Closed;
    let mut copying = Copying::default();
    loop {
        tokio::select! {
            Some(ended) = reading.join_next() => {
                return ended.map_err(io::Error::other)?.map(|()| end);
            }
            Some(ended) = writing.join_next() => match ended.map_err(io::Error::other)? {
                // It was closed just now; the reader sees it too.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
                Err(error) if error.kind() == io::ErrorKind::TimedOut => return Ok(End::Silent { is_wanted: beat.is_wanted() }),
                ended => return ended.map(|()| end),
            },
            Some(copy) = requests.copies.recv() => {
                // Full: it does not read, and who wants it copied gives up.
                let _ = to_tell.try_send(copying.begin(copy));
            }
            Some(opening) = requests.opened.recv() => {
                end = End::WantedAgain;
                let number = beat.wanted(Instant::now());
                // Full: it does not read, and its deadline runs.
                let activation = opening.activation.map(|token| token.as_str().to_owned());
                let _ = to_tell.try_send(ToWindow::Front { activation });
                let _ = to_tell.try_send(ToWindow::Alive { number });
            }
            Some(event) = events.recv() => match event {
                Heard::AtFront => end = End::Closed,
                Heard::Alive(number) => beat.answered(number),
                Heard::Copied(number, done) => copying.answered(number, done),
            },
            () = sleep_until(beat.next()) => {
                let now = Instant::now();
                if beat.is_silent(now) {
                    return Ok(End::Silent { is_wanted: beat.is_wanted() });
                }
                if let Some(number) = beat.due(now) {
                    let _ = to_tell.try_send(ToWindow::Alive { number });
                }
            }
        }
    }
}

async fn read(
    host: Arc<impl Host>,
    output: impl AsyncRead + Unpin,
    to_tell: mpsc::Sender<ToWindow>,
    hearing: mpsc::Sender<Heard>,
) -> io::Result<()> {
    let mut output = BufReader::new(output);
    let under_way = Arc::new(Semaphore::new(TOO_MANY_QUESTIONS));
    let mut said = Vec::new();
    while hear(&mut output, &mut said, LONGEST_SAID).await? {
        match heard(&said) {
            Some(FromWindow::Asked { number, call }) => {
                let permit = Arc::clone(&under_way)
                    .try_acquire_owned()
                    .map_err(|_| io::Error::other("it asks too much at a time"))?;
                let (host, to_tell) = (host.clone(), to_tell.clone());
                // Not ended with the window: what was begun is finished.
                tokio::spawn(async move {
                    let answer = host.answer(call).await;
                    // The window was closed before it had its answer.
                    let _ = to_tell.send(ToWindow::Answer { number, answer }).await;
                    drop(permit);
                });
            }
            Some(FromWindow::AtFront) => tell(&hearing, Heard::AtFront),
            Some(FromWindow::Alive { number }) => tell(&hearing, Heard::Alive(number)),
            Some(FromWindow::Copied { number, done }) => {
                tell(&hearing, Heard::Copied(number, done));
            }
            None => {}
        }
        said.clear();
        said.shrink_to(1 << 16);
    }
    Ok(())
}

/// A window that says it faster than it is heard says nothing new.
fn tell(hearing: &mpsc::Sender<Heard>, event: Heard) {
    let _ = hearing.try_send(event);
}

async fn write(
    host: Arc<impl Host>,
    news: Arc<News>,
    mut telling: mpsc::Receiver<ToWindow>,
    mut input: impl AsyncWrite + Unpin,
) -> io::Result<()> {
    loop {
        let told = tokio::select! {
            told = telling.recv() => match told {
                Some(told) => told,
                None => return Ok(()),
            },
            () = news.seen.notified() => ToWindow::Seen { seen: host.seen()? },
            () = news.candidate_wanted.notified() => ToWindow::CandidateWanted,
        };
        let number = match &told {
            ToWindow::Answer { number, .. } => Some(*number),
            _ => None,
        };
        let mut words = line(&told)?;
        if let Some(number) = number
            && words.len() > LONGEST_TOLD
        {
            let answer = Err(host.too_long());
            words = line(&ToWindow::Answer { number, answer })?;
        }
        timeout(PATIENCE, say_line(&mut input, words)).await??;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tokio::io::{AsyncWriteExt as _, DuplexStream, ReadHalf, WriteHalf, duplex, split};

    use super::*;
    use crate::talk::say;

    /// Answers with as many letters as it is asked for; never, if with none.
    struct Letters;

    #[async_trait]
    impl Host for Letters {
        async fn answer(&self, call: Value) -> Result<Value, Value> {
            match call["letters"].as_u64() {
                Some(0) | None => std::future::pending().await,
                Some(letters) => Ok(json!("x".repeat(usize::try_from(letters).unwrap()))),
            }
        }

        fn seen(&self) -> io::Result<Value> {
            Ok(json!({"revision": 1}))
        }

        fn too_long(&self) -> Value {
            json!("too long")
        }
    }

    /// The window's end of a talk.
    struct End2 {
        to: WriteHalf<DuplexStream>,
        from: BufReader<ReadHalf<DuplexStream>>,
        wanted: mpsc::Sender<Opening>,
        copies: mpsc::Sender<ToCopy>,
        talk: tokio::task::JoinHandle<io::Result<End>>,
    }

    fn open() -> End2 {
        let (ours, theirs) = duplex(1 << 16);
        let (wanted, opened) = mpsc::channel(1);
        let (copies, copied) = mpsc::channel(1);
        let mut requests = WindowRequests {
            opened,
            copies: copied,
        };
        let talk = tokio::spawn(async move {
            let (output, input) = split(ours);
            let (host, news) = (Arc::new(Letters), Arc::new(News::default()));
            talk(&host, &news, &mut requests, (input, output)).await
        });
        let (from, to) = split(theirs);
        End2 {
            to,
            from: BufReader::new(from),
            wanted,
            copies,
            talk,
        }
    }

    fn asked(number: u64, letters: u64) -> FromWindow {
        let call = json!({"letters": letters});
        FromWindow::Asked { number, call }
    }

    async fn next(from: &mut BufReader<ReadHalf<DuplexStream>>) -> ToWindow {
        let mut line = Vec::new();
        assert!(hear(from, &mut line, LONGEST_TOLD).await.unwrap());
        heard(&line).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_line_without_end_closes_the_window() {
        let mut window = open();
        let part = [b'x'; 1 << 14];
        let mut sent: usize = 0;
        while sent < 100 << 20 && window.to.write_all(&part).await.is_ok() {
            sent += part.len();
        }
        assert!(sent < 2 << 20, "{sent} bytes were taken");
        let error = window.talk.await.unwrap().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }

    #[tokio::test(start_paused = true)]
    async fn a_window_that_asks_without_end_is_closed() {
        let mut window = open();
        let mut taken = 0;
        while say(&mut window.to, &asked(taken, 0)).await.is_ok() {
            taken += 1;
            if window.talk.is_finished() {
                break;
            }
            tokio::task::yield_now().await;
        }
        assert!(window.talk.await.unwrap().is_err());
        assert!(taken < 10_000, "{taken}");
    }

    #[tokio::test(start_paused = true)]
    async fn both_sides_can_write_a_lot_at_once() {
        let End2 {
            mut to,
            mut from,
            talk,
            ..
        } = open();
        let long = json!({"letters": 3_000_000, "note": "x".repeat(900_000)});
        // The window reads nothing before it has said everything.
        for number in 0..4 {
            let call = long.clone();
            say(&mut to, &FromWindow::Asked { number, call })
                .await
                .unwrap();
        }
        let mut answers = 0;
        while answers < 4 {
            if let ToWindow::Answer { answer, .. } = next(&mut from).await {
                assert_eq!(answer.unwrap().as_str().unwrap().len(), 3_000_000);
                answers += 1;
            }
        }
        drop((to, from));
        assert_eq!(talk.await.unwrap().unwrap(), End::Closed);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_is_too_long_is_said_to_be() {
        let End2 {
            mut to,
            mut from,
            talk,
            ..
        } = open();
        say(&mut to, &asked(1, LONGEST_TOLD as u64)).await.unwrap();
        loop {
            if let ToWindow::Answer { answer, .. } = next(&mut from).await {
                assert_eq!(answer, Err(json!("too long")));
                break;
            }
        }
        drop((to, from));
        talk.await.unwrap().unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_window_that_does_not_answer_is_noticed_soon_when_it_is_wanted() {
        let mut window = open();
        let ToWindow::Alive { number } = next(&mut window.from).await else {
            panic!("it is asked first")
        };
        say(&mut window.to, &FromWindow::Alive { number })
            .await
            .unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
        let begun = Instant::now();
        window.wanted.send(Opening::default()).await.unwrap();
        assert_eq!(
            window.talk.await.unwrap().unwrap(),
            End::Silent { is_wanted: true }
        );
        assert!(begun.elapsed() <= Duration::from_secs(6));
    }

    #[tokio::test(start_paused = true)]
    async fn a_window_that_comes_to_the_front_with_a_stopped_page_is_still_wanted() {
        let mut window = open();
        let token = ActivationToken::of("token");
        let opening = Opening { activation: token };
        window.wanted.send(opening).await.unwrap();
        let activation = Some("token".to_owned());
        assert_eq!(next(&mut window.from).await, ToWindow::Front { activation });
        say(&mut window.to, &FromWindow::AtFront).await.unwrap();
        assert_eq!(
            window.talk.await.unwrap().unwrap(),
            End::Silent { is_wanted: true }
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_window_that_falls_silent_is_noticed_within_a_minute() {
        let window = open();
        let begun = Instant::now();
        assert_eq!(
            window.talk.await.unwrap().unwrap(),
            End::Silent { is_wanted: false }
        );
        assert!(begun.elapsed() <= Duration::from_secs(60));
    }

    #[tokio::test(start_paused = true)]
    async fn a_text_is_copied_when_the_window_says_so_and_not_before() {
        let mut window = open();
        for (done, expected) in [(true, true), (false, false)] {
            let (told, copied) = oneshot::channel();
            let content = Content::plain("a link");
            let copy = ToCopy {
                content,
                done: told,
            };
            window.copies.send(copy).await.unwrap();
            let number = loop {
                match next(&mut window.from).await {
                    ToWindow::Copy { number, plain, .. } if plain == "a link" => break number,
                    _ => {}
                }
            };
            // An answer to nothing changes nothing.
            for (number, done) in [(number + 7, true), (number, done)] {
                let said = FromWindow::Copied { number, done };
                say(&mut window.to, &said).await.unwrap();
            }
            assert_eq!(copied.await.is_ok(), expected);
        }
    }
}
