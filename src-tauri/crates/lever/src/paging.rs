//! Pages by opaque tokens, in a way that always comes to an end (contracts/lever.md, 2).

use std::collections::HashSet;
use std::time::Duration;

use serde::de::DeserializeOwned;
use transport::Listed;

use crate::answer::Page;
use crate::client::Client;
use crate::requests::Call;
use crate::{Error, Oddity};

/// More pages than this is no list that anybody has: 100,000 rows.
const MOST_PAGES: usize = 1_000;
/// More than this is no list that anybody has either, all its pages together, in bytes.
const MOST_BYTES: usize = 256 * 1024 * 1024;
/// A list that takes longer to read than this says nothing of the present.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// How far the reading of a list has come. Pure: it is told what came and says what to ask for.
#[derive(Debug, Default, PartialEq)]
struct Progress {
    seen: HashSet<String>,
    bytes: usize,
    next: Next,
    started_over: bool,
}

#[derive(Debug, Default, PartialEq)]
enum Next {
    #[default]
    First,
    From(String),
    End,
}

impl Progress {
    /// A page came, with so many rows and this token for the next one.
    fn received(&mut self, rows: usize, bytes: usize, token: Option<String>) -> Result<(), Oddity> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > MOST_BYTES {
            self.next = Next::End;
            return Err(Oddity::EndlessPages);
        }
        let Some(token) = token else {
            self.next = Next::End;
            return Ok(());
        };
        // Each of these would be asked for again and again.
        let full = self.seen.len() + 1 >= MOST_PAGES;
        if rows == 0 || full || !self.seen.insert(token.clone()) {
            self.next = Next::End;
            return Err(Oddity::EndlessPages);
        }
        self.next = Next::From(token);
        Ok(())
    }

    /// Lever doesn't know the token any more. Whether to start over: once, and only if there was
    /// a token.
    fn token_refused(&mut self) -> bool {
        let may = matches!(self.next, Next::From(_)) && !self.started_over;
        if may {
            *self = Self {
                started_over: true,
                ..Self::default()
            };
        }
        may
    }
}

/// Reads a list page by page.
pub(crate) struct Pages {
    client: Client,
    call: Call,
    progress: Progress,
    began: Duration,
}

/// What reading on brought.
pub(crate) enum Turn<T> {
    /// One more page.
    Page(Listed<T>),
    /// The token was refused: all that came so far will come again.
    StartedOver,
}

impl Pages {
    pub(crate) fn new(client: Client, call: Call) -> Self {
        Self {
            began: client.elapsed(),
            client,
            call,
            progress: Progress::default(),
        }
    }

    /// Reads on; `None` after the last page.
    pub(crate) async fn turn<T: DeserializeOwned>(&mut self) -> Result<Option<Turn<T>>, Error> {
        let call = match &self.progress.next {
            Next::First => self.call.clone(),
            Next::From(token) => self.call.at_offset(token),
            Next::End => return Ok(None),
        };
        if self.client.elapsed().saturating_sub(self.began) > LONGEST {
            return Err(self.endless(Oddity::EndlessPages));
        }
        let Page {
            listed,
            bytes,
            next,
        } = match self.client.page(&call).await {
            Ok(page) => page,
            Err(error) if is_stale_token(&error) && self.progress.token_refused() => {
                return Ok(Some(Turn::StartedOver));
            }
            Err(error) => return Err(error),
        };
        match self.progress.received(listed.count(), bytes, next) {
            Ok(()) => Ok(Some(Turn::Page(listed))),
            Err(oddity) => Err(self.endless(oddity)),
        }
    }

    fn endless(&self, oddity: Oddity) -> Error {
        Error::NotLever {
            about: self.call.subject.name(),
            oddity,
        }
    }

    /// Reads all pages. Either all of them or an error: part of a list can't be told from it.
    pub(crate) async fn collect<T: DeserializeOwned>(mut self) -> Result<Listed<T>, Error> {
        let mut all = Listed::default();
        while let Some(turn) = self.turn().await? {
            match turn {
                Turn::Page(page) => all.append(page),
                Turn::StartedOver => all = Listed::default(),
            }
        }
        Ok(all)
    }
}

fn is_stale_token(error: &Error) -> bool {
    matches!(error, Error::Refused { message, .. } if message.contains("Invalid offset token"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_token_leads_on_and_no_token_ends_it() {
        let mut progress = Progress::default();
        progress.received(100, 1, Some("a".into())).unwrap();
        assert_eq!(progress.next, Next::From("a".into()));
        progress.received(0, 1, None).unwrap();
        assert_eq!(progress.next, Next::End);
    }

    #[test]
    fn a_repeated_token_and_an_empty_page_in_the_middle_are_endless() {
        let mut repeated = Progress::default();
        repeated.received(1, 1, Some("a".into())).unwrap();
        repeated.received(1, 1, Some("b".into())).unwrap();
        let again = repeated.received(1, 1, Some("a".into()));
        assert_eq!(again, Err(Oddity::EndlessPages));
        assert_eq!(repeated.next, Next::End);

        let empty = Progress::default().received(0, 1, Some("a".into()));
        assert_eq!(empty, Err(Oddity::EndlessPages));
    }

    #[test]
    fn it_starts_over_once_and_never_from_the_first_page() {
        let mut progress = Progress::default();
        assert!(!progress.token_refused(), "no token was sent");
        progress.received(1, 1, Some("a".into())).unwrap();
        assert!(progress.token_refused());
        assert_eq!(progress.next, Next::First);
        progress.received(1, 1, Some("a".into())).unwrap();
        assert!(!progress.token_refused(), "once is enough");
    }

    proptest! {
        #[test]
        fn whatever_comes_it_ends(
            pages in proptest::collection::vec((0_usize..3, 0_u8..9, any::<bool>()), 1..50),
        ) {
            let mut progress = Progress::default();
            let mut asked = 0;
            for (rows, token, stale) in pages.iter().cycle() {
                if progress.next == Next::End {
                    break;
                }
                asked += 1;
                prop_assert!(asked <= 2 * MOST_PAGES, "still going");
                if *stale {
                    if !progress.token_refused() {
                        break;
                    }
                } else if progress.received(*rows, 1, Some(token.to_string())).is_err() {
                    break;
                }
            }
        }
    }

    #[test]
    fn fresh_tokens_for_ever_end_too() {
        let mut progress = Progress::default();
        let mut pages = 0;
        let end = loop {
            pages += 1;
            if let Err(oddity) = progress.received(100, 1, Some(pages.to_string())) {
                break oddity;
            }
        };
        assert_eq!((pages, end), (MOST_PAGES, Oddity::EndlessPages));
    }
}
