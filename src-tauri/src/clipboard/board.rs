//! The system's clipboard, as its one thread uses it.

use serde::{Deserialize, Serialize};

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

pub(super) type Outcome = Result<(), arboard::Error>;

/// A clipboard.
pub(super) trait Board {
    /// Puts a content there.
    fn put(&mut self, content: &Content) -> Outcome;
    /// The text that other programs get from there.
    fn text(&mut self) -> Result<String, arboard::Error>;
    /// Lets go of it, which offers what is there to the desktop's clipboard manager.
    fn let_go(&mut self);
}

/// The system's.
#[derive(Default)]
pub(super) struct System(Option<arboard::Clipboard>);

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

    fn let_go(&mut self) {
        self.0 = None;
    }
}
