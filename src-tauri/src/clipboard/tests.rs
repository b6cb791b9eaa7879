use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use padwatch_domain::problem::ProblemCode;

type First = Arc<dyn Fn() + Send + Sync>;

/// A clipboard whose first thread misbehaves when something is put there.
struct Fake {
    first: Option<First>,
    copied: Arc<AtomicU32>,
    shown: Option<String>,
    /// What others see of what is put there.
    seen_as: fn(&str) -> Option<String>,
}

impl Board for Fake {
    fn put(&mut self, content: &Content) -> Outcome {
        if let Some(first) = &self.first {
            first();
        }
        self.copied.fetch_add(1, Ordering::SeqCst);
        self.shown = (self.seen_as)(&content.plain);
        Ok(())
    }

    fn text(&mut self) -> Result<String, arboard::Error> {
        self.shown
            .clone()
            .ok_or(arboard::Error::ContentNotAvailable)
    }

    fn let_go(&mut self) {
        self.shown = None;
    }
}

fn clipboard(
    first: Option<First>,
    seen_as: fn(&str) -> Option<String>,
) -> (Clipboard, Arc<AtomicU32>) {
    let (started, copied) = (AtomicU32::new(0), Arc::new(AtomicU32::new(0)));
    let counted = copied.clone();
    let made = Clipboard::with(Arc::new(move || {
        let number = started.fetch_add(1, Ordering::SeqCst);
        Box::new(Fake {
            first: first.clone().filter(|_| number == 0),
            copied: counted.clone(),
            shown: None,
            seen_as,
        })
    }));
    (made.unwrap(), copied)
}

fn same(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[tokio::test(start_paused = true)]
async fn a_display_that_hangs_fails_a_copy_in_time_and_not_the_next() {
    let (hangs, reached) = mpsc::channel();
    let first: First = Arc::new(move || {
        let _ = hangs.send(());
        std::thread::park();
    });
    let (clipboard, copied) = clipboard(Some(first), same);
    // While something blocks, time stands still: it must not run out before the display hangs.
    let hanging = tokio::task::spawn_blocking(move || reached.recv());
    let (failed, hanging) = tokio::join!(clipboard.copy(Content::plain("a")), hanging);
    hanging.unwrap().unwrap();
    let failed = failed.unwrap_err();
    assert_eq!(failed.code(), ProblemCode::DesktopUnable);
    tokio::time::resume();
    clipboard.copy(Content::plain("b")).await.unwrap();
    assert_eq!(copied.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_panic_fails_a_copy_and_not_the_next() {
    let (clipboard, copied) = clipboard(Some(Arc::new(|| panic!("a test wants it"))), same);
    assert!(clipboard.copy(Content::plain("a")).await.is_err());
    clipboard.copy(Content::plain("b")).await.unwrap();
    assert_eq!(copied.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_text_that_is_not_there_afterwards_was_not_copied() {
    for seen_as in [|_: &str| None, |_: &str| same("of another program")] {
        let (clipboard, _) = clipboard(None, seen_as);
        assert!(clipboard.copy(Content::plain("a")).await.is_err());
        assert!(clipboard.leave().await.is_none());
    }
}

#[tokio::test]
async fn what_is_on_the_clipboard_at_the_end_has_to_be_kept() {
    let (clipboard, _) = clipboard(None, same);
    assert!(clipboard.leave().await.is_none());
    clipboard.copy(Content::plain("a")).await.unwrap();
    assert_eq!(clipboard.leave().await, Some(Content::plain("a")));
    assert!(clipboard.leave().await.is_none());
}
