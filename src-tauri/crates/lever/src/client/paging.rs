//! Pages by opaque tokens, in a way that always comes to an end (contracts/lever.md, 2).

use std::collections::HashSet;
use std::time::Duration;

use transport::{Clock, Listed};

use super::answer::Page;
use super::call::Call;
use crate::{Error, ProtocolViolation};

/// 100,000 rows. No account has a longer list.
const MOST_PAGES: usize = 1_000;
/// All pages of a list together, in bytes. No account has a larger one.
const MOST_BYTES: usize = 256 * 1024 * 1024;
/// A list that takes longer to read than this says nothing of the present.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// How far a list has been read. Pure: from what came follows what to ask for next.
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
    fn received(
        &mut self,
        rows: usize,
        bytes: usize,
        token: Option<String>,
    ) -> Result<(), ProtocolViolation> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > MOST_BYTES {
            self.next = Next::End;
            return Err(ProtocolViolation::EndlessPages);
        }
        let Some(token) = token else {
            self.next = Next::End;
            return Ok(());
        };
        // Each of these would be asked for again and again.
        let full = self.seen.len() + 1 >= MOST_PAGES;
        if rows == 0 || full || !self.seen.insert(token.clone()) {
            self.next = Next::End;
            return Err(ProtocolViolation::EndlessPages);
        }
        self.next = Next::From(token);
        Ok(())
    }

    /// Lever no longer knows the token. Returns true if it is time to start over: once, and only
    /// if there was a token.
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

/// Reads all pages of a list. Either all of them or an error: a part of a list looks like a list.
pub(super) async fn read_all<T, F>(
    list: Call,
    clock: &dyn Clock,
    fetch: impl Fn(Call) -> F,
) -> Result<Listed<T>, Error>
where
    F: Future<Output = Result<Page<T>, Error>>,
{
    let endless = |violation| Error::NotLever {
        about: list.subject.name(),
        violation,
    };
    let began = clock.elapsed();
    let mut progress = Progress::default();
    let mut all = Listed::default();
    loop {
        let call = match &progress.next {
            Next::First => list.clone(),
            Next::From(token) => list.at_offset(token),
            Next::End => return Ok(all),
        };
        if clock.elapsed().saturating_sub(began) > LONGEST {
            return Err(endless(ProtocolViolation::EndlessPages));
        }
        match fetch(call).await {
            Ok(page) => {
                progress
                    .received(page.listed.count(), page.bytes, page.next)
                    .map_err(endless)?;
                all.append(page.listed);
            }
            // What has been read so far comes again.
            Err(error) if is_stale_token(&error) && progress.token_refused() => {
                all = Listed::default();
            }
            Err(error) => return Err(error),
        }
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
        assert_eq!(again, Err(ProtocolViolation::EndlessPages));
        assert_eq!(repeated.next, Next::End);

        let empty = Progress::default().received(0, 1, Some("a".into()));
        assert_eq!(empty, Err(ProtocolViolation::EndlessPages));
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
            if let Err(violation) = progress.received(100, 1, Some(pages.to_string())) {
                break violation;
            }
        };
        assert_eq!((pages, end), (MOST_PAGES, ProtocolViolation::EndlessPages));
    }
}
