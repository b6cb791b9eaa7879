use std::sync::Arc;

use exchange::{
    ApiRoot, Caller, Chance, Clock, ExposeSecret as _, Failure, Pace, Rate, Reply, Request,
    SecretString, Transport,
};
use futures_util::stream::{self, BoxStream, StreamExt as _};
use http::HeaderValue;
use serde::de::DeserializeOwned;
use url::Url;

use crate::event::EventPage;
use crate::listing::{Place, RawPage};
use crate::paging::{self, Trail};
use crate::question::QuestionPage;
use crate::{
    Account, CreateError, Environment, EnvironmentId, Error, Events, Made, NewPad, Organization,
    Pad, PadChange, PadId, PadPage, PadSort, PageRef, Question, QuestionId, Questions, Quota,
    Refusal, answer, creation, requests,
};

/// No request limit is published (contracts/coderpad.md, 1). This is far above what one person's
/// interviews need, and far below what would disturb anybody.
const COURTESY: Rate = Rate {
    per_second: 5.0,
    burst: 10,
};
/// 100,000 pads. A longer list is taken for one that doesn't end.
const MOST_PAD_PAGES: usize = 2_000;
/// 2,000 events of one pad; those before them are left out.
const MOST_EVENT_PAGES: usize = 40;

/// Asks CoderPad on behalf of one person's key. Clones share pace and connections.
#[derive(Clone)]
pub struct Client {
    caller: Caller,
    key: SecretString,
}

impl Client {
    /// A client. Nothing is sent yet, so nothing is known of the key: [`Client::quota`] is a cheap
    /// way to try it.
    #[must_use]
    pub fn new(
        transport: Arc<dyn Transport>,
        root: ApiRoot,
        key: SecretString,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Self {
        let pace = Pace::new(COURTESY, clock.clone());
        Self {
            caller: Caller::new(transport, root, clock, chance).paced(pace),
            key,
        }
    }

    /// The root of the service that is asked.
    #[must_use]
    pub fn root(&self) -> &ApiRoot {
        self.caller.root()
    }

    /// Makes a pad: one request, never sent again by any layer below.
    ///
    /// # Errors
    /// [`CreateError`]: only its `Unclear` leaves open whether there is a pad.
    pub async fn create_pad(&self, new: &NewPad) -> Result<Made, CreateError> {
        let Some(request) = self.authorized(requests::create_pad(self.root(), new)) else {
            return Err(Refusal::WrongKey.into());
        };
        creation::read(self.caller.call(request).await)
    }

    /// One pad, as it is now.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is none, or it is somebody else's.
    pub async fn pad(&self, id: &PadId) -> Result<Pad, Error> {
        self.read("this pad", requests::pad(self.root(), id)).await
    }

    /// One page of a list of pads.
    ///
    /// # Errors
    /// [`Error::NotCoderpad`] also when the page names a next one at another address, or holds a
    /// pad that can't be read.
    pub async fn pads_page(&self, page: &PageRef) -> Result<PadPage, Error> {
        let request = requests::pads_page(self.root(), page);
        let list = request.url.clone();
        let outcome = self.ask(request).await?;
        let server_date_ms = outcome.as_ref().ok().and_then(Reply::date_ms);
        let raw: RawPage = answer::read(page.listing.what(), outcome)?;
        let next = paging::next(self.root(), &list, raw.next_page.as_deref())?;
        Ok(PadPage {
            pads: raw.pads,
            next: next.map(|url| PageRef {
                listing: page.listing,
                place: Place::Next(url),
            }),
            server_date_ms,
            total: raw.total,
        })
    }

    /// The own pads, page by page. The stream ends after the last page or after the first error:
    /// a look is complete if there was no error. It can't go on for ever.
    #[must_use]
    pub fn pads(&self, sort: PadSort) -> BoxStream<'static, Result<PadPage, Error>> {
        self.pages(PageRef::first(sort))
    }

    /// Everybody's pads, as [`Client::pads`] gives the own ones.
    #[must_use]
    pub fn organization_pads(&self, sort: PadSort) -> BoxStream<'static, Result<PadPage, Error>> {
        self.pages(PageRef::first_of_organization(sort))
    }

    /// What happened in a pad, newest first; with 2,000 events [`Events::complete`] may be false.
    ///
    /// # Errors
    /// Any page that can't be read.
    pub async fn events(&self, id: &PadId) -> Result<Events, Error> {
        let first = requests::events(self.root(), id);
        let paged = |page: EventPage| (page.events, page.next_page);
        let what = "what happened in this pad";
        let (events, complete) = self.gather(what, first, MOST_EVENT_PAGES, paged).await?;
        Ok(Events { events, complete })
    }

    /// One environment with its files.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn environment(&self, id: EnvironmentId) -> Result<Environment, Error> {
        let request = requests::environment(self.root(), id);
        self.read("the code of this pad", request).await
    }

    /// The month's allowance.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn quota(&self) -> Result<Quota, Error> {
        self.read("the quota", requests::quota(self.root())).await
    }

    /// The organization. `None` when the account has none, or may not see it: what the service
    /// answers then isn't documented (contracts/coderpad.md, Unknowns 5).
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn organization(&self) -> Result<Option<Organization>, Error> {
        let request = requests::organization(self.root());
        match self.read("the organization", request).await {
            Ok(organization) => Ok(Some(organization)),
            Err(Error::Gone | Error::NotAllowed { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The key's user. `None` where the service doesn't tell: the endpoint is from 2026.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn account(&self) -> Result<Option<Account>, Error> {
        let request = requests::account(self.root());
        match self.read("the account", request).await {
            Ok(account) => Ok(Some(account)),
            Err(Error::Gone) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Questions by a text in them; an empty text asks for all. Reads at most `pages` pages of 50.
    /// The search is from 2026: a service that doesn't know it answers with all questions.
    ///
    /// # Errors
    /// Any page that can't be read.
    pub async fn questions(&self, search: &str, pages: usize) -> Result<Questions, Error> {
        let first = requests::questions(self.root(), search);
        let paged = |page: QuestionPage| (page.questions, page.next_page);
        let (questions, complete) = self.gather("the questions", first, pages, paged).await?;
        Ok(Questions {
            questions,
            complete,
        })
    }

    /// One question.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn question(&self, id: QuestionId) -> Result<Question, Error> {
        let request = requests::question(self.root(), id);
        self.read("this question", request).await
    }

    /// Changes a pad. The answer doesn't show the pad: read it again for its state.
    ///
    /// # Errors
    /// See [`Error`]. Sending the same change again does no harm.
    pub async fn update_pad(&self, id: &PadId, change: &PadChange) -> Result<(), Error> {
        if !(change.end && change.delete) {
            return self.put(id, change).await;
        }
        let mut ended = change.clone();
        ended.delete = false;
        self.put(id, &ended).await?;
        self.delete_pad(id).await
    }

    /// Ends the interview.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn end_pad(&self, id: &PadId) -> Result<(), Error> {
        let end = PadChange {
            end: true,
            ..PadChange::default()
        };
        self.put(id, &end).await
    }

    /// Deletes a pad. One that isn't there any more counts as deleted, so that an answer lost on
    /// the way doesn't turn into an error.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn delete_pad(&self, id: &PadId) -> Result<(), Error> {
        let delete = PadChange {
            delete: true,
            ..PadChange::default()
        };
        match self.put(id, &delete).await {
            Err(Error::Gone) => Ok(()),
            outcome => outcome,
        }
    }

    async fn put(&self, id: &PadId, change: &PadChange) -> Result<(), Error> {
        let request = requests::update_pad(self.root(), id, change);
        answer::changed("this pad", self.ask(request).await?)
    }

    fn pages(&self, first: PageRef) -> BoxStream<'static, Result<PadPage, Error>> {
        let start = (self.clone(), Trail::new(MOST_PAD_PAGES), Some(first));
        stream::try_unfold(start, |(client, mut trail, page)| async move {
            let Some(page) = page else {
                return Ok(None);
            };
            trail.step(&requests::pads_page(client.root(), &page).url)?;
            let read = client.pads_page(&page).await?;
            let next = read.next.clone();
            Ok(Some((read, (client, trail, next))))
        })
        .boxed()
    }

    /// Reads page after page. The flag says whether that was all.
    async fn gather<P: DeserializeOwned, T>(
        &self,
        what: &'static str,
        first: Request,
        most: usize,
        paged: impl Fn(P) -> (Vec<T>, Option<String>),
    ) -> Result<(Vec<T>, bool), Error> {
        let mut trail = Trail::new(most);
        let mut gathered = Vec::new();
        let mut page: Option<Url> = Some(first.url);
        while let Some(url) = page {
            if trail.is_full() {
                return Ok((gathered, false));
            }
            trail.step(&url)?;
            let read: P = self.read(what, requests::get(url.clone())).await?;
            let (items, named) = paged(read);
            gathered.extend(items);
            page = paging::next(self.root(), &url, named.as_deref())?;
        }
        Ok((gathered, true))
    }

    async fn read<T: DeserializeOwned>(
        &self,
        what: &'static str,
        request: Request,
    ) -> Result<T, Error> {
        answer::read(what, self.ask(request).await?)
    }

    /// Sends with the key. The outer error is a key that can't be sent at all.
    async fn ask(&self, request: Request) -> Result<Result<Reply, Failure>, Error> {
        let request = self.authorized(request).ok_or(Error::WrongKey)?;
        Ok(self.caller.call(request).await)
    }

    /// `Authorization: Token token="KEY"`: of the forms that have been seen the one that works
    /// everywhere (contracts/coderpad.md, 1). `None` for a text that can't stand in it.
    fn authorized(&self, request: Request) -> Option<Request> {
        let key = self.key.expose_secret().trim();
        let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
        if key.is_empty() || !key.bytes().all(plain) {
            return None;
        }
        let value = HeaderValue::try_from(format!("Token token=\"{key}\"")).ok()?;
        Some(request.authorized(value))
    }
}
