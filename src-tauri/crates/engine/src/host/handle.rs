//! How everyone else talks to the engine: questions, and the latest snapshot.

use std::sync::Arc;

use lever::OpportunityId;
use tokio::sync::{mpsc, oneshot, watch};
use transport::{ApiRoot, SecretString};

use crate::listing::{Chosen, LinkCheck, PadAsRead, PadDetail, PadList};
use crate::mailbox::{Answer, Hint, Keys, Reply};
use crate::owner::{Owner, Request};
use crate::snapshot::{Action, Condition, PadRow, Snapshot};
use crate::webhooks::{Channels, Place};
use padwatch_domain::announcement::Announcement;
use padwatch_domain::invitation::Facts;
use padwatch_domain::listing::ListQuery;
use padwatch_domain::pause::PauseFor;
use padwatch_domain::problem::Problem;
use padwatch_domain::rehearsal::Rehearsal;
use padwatch_domain::section::Section;
use padwatch_domain::set_up::SetUpStep;
use padwatch_domain::settings::Settings;

/// A cheap, cloneable way to ask the engine.
#[derive(Clone)]
pub struct Handle {
    requests: mpsc::Sender<Request>,
    snapshot: watch::Receiver<Arc<Snapshot>>,
    /// The keys that were given last, no matter by whom.
    given: watch::Sender<Option<Keys>>,
    pub(super) place: watch::Receiver<Option<Place>>,
    pub(super) tokens: watch::Receiver<Vec<SecretString>>,
}

impl Handle {
    pub(crate) fn new(
        requests: mpsc::Sender<Request>,
        snapshot: watch::Receiver<Arc<Snapshot>>,
        wires: &Channels,
    ) -> Self {
        Self {
            requests,
            snapshot,
            given: watch::Sender::new(None),
            place: wires.place.subscribe(),
            tokens: wires.tokens.subscribe(),
        }
    }

    /// How things stand now. Once the engine has ended, that it stopped.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        let last = self.snapshot.borrow().clone();
        if self.snapshot.has_changed().is_ok() {
            return last;
        }
        let condition = Condition::Stopped {
            problem: Problem::EngineEnded,
        };
        Arc::new(Snapshot {
            condition,
            ..(*last).clone()
        })
    }

    /// Follows the snapshot. It changes at most four times a second.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.snapshot.clone()
    }

    /// Gives the engine the keys that the keyring holds; a missing one takes the old one away.
    ///
    /// # Errors
    /// When the engine is closing.
    pub async fn use_keys(&self, keys: Keys) -> Answer<()> {
        self.given.send_replace(Some(keys.clone()));
        self.send(|reply| Request::UseKeys(keys, reply)).await
    }

    /// Works with the services at these roots from now on. If they are others than before, it is
    /// without keys until it is given the ones that belong there. What is in flight is finished first.
    ///
    /// # Errors
    /// When the engine is closing.
    pub async fn use_roots(&self, lever: ApiRoot, coderpad: ApiRoot) -> Answer<()> {
        let request = |reply| Request::UseRoots(lever, coderpad, reply);
        if self.send(request).await? {
            self.given.send_replace(None);
        }
        Ok(())
    }

    /// Returns true if these are the keys that the engine was given last.
    #[must_use]
    pub fn has(&self, keys: &Keys) -> bool {
        self.given
            .borrow()
            .as_ref()
            .is_some_and(|given| given.are(keys))
    }

    /// The settings.
    ///
    /// # Errors
    /// When the engine is closing.
    pub async fn settings(&self) -> Answer<Settings> {
        self.ask(|owner| Ok(owner.settings())).await
    }

    /// Replaces the settings.
    ///
    /// # Errors
    /// When they can't be stored.
    pub async fn change_settings(&self, settings: Settings) -> Answer<()> {
        self.ask(|owner| owner.change(settings)).await
    }

    /// A part of the list.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub async fn list(&self, query: ListQuery) -> Answer<PadList> {
        self.ask(move |owner| owner.list(&query)).await
    }

    /// Everything about one candidate.
    ///
    /// # Errors
    /// When the ledger doesn't know the opportunity.
    pub async fn detail(&self, opportunity: OpportunityId) -> Answer<PadDetail> {
        self.ask(move |owner| owner.detail(&opportunity)).await
    }

    /// Everyone in the ledger.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub async fn everybody(&self) -> Answer<Vec<PadRow>> {
        self.ask(|owner| owner.everybody()).await
    }

    /// What is known for a candidate's invitation. Lever is asked for interview, interviewers and
    /// recruiter; what it said is good for a minute.
    ///
    /// # Errors
    /// When the ledger doesn't know the opportunity.
    pub async fn invitation(&self, opportunity: OpportunityId) -> Answer<Facts> {
        self.ask_later(move |owner, reply| owner.read_for_invitation(&opportunity, reply))
            .await
    }

    /// Does something with one candidate.
    ///
    /// # Errors
    /// When it doesn't fit the state any longer, or the service refuses.
    pub async fn act(&self, opportunity: OpportunityId, action: Action) -> Answer<()> {
        self.ask_later(move |owner, reply| owner.act(&opportunity, action, reply))
            .await
    }

    /// Serves the chosen ones of a section that waits for a word (already there, surge). Answers
    /// how many will be served.
    ///
    /// # Errors
    /// When the ledger can't be written.
    pub async fn serve(&self, section: Section, chosen: Chosen) -> Answer<u32> {
        self.ask(move |owner| {
            owner
                .provisioner
                .serve_chosen(section, &chosen, &mut owner.cx)
        })
        .await
    }

    /// Takes back the word for those who were chosen together and whose pad is not begun yet.
    ///
    /// # Errors
    /// When the ledger can't be written.
    pub async fn cancel_serving(&self) -> Answer<()> {
        self.ask(|owner| owner.provisioner.cancel_serving(&mut owner.cx))
            .await
    }

    /// Reads the last weeks from both services and says what Padwatch would have done. Nothing is
    /// written anywhere. `None`: it was given up.
    ///
    /// # Errors
    /// When a service can't be read, or the watched stages aren't known yet.
    pub async fn rehearse(&self) -> Answer<Option<Arc<Rehearsal>>> {
        self.ask_later(|owner, reply| owner.rehearse(reply)).await
    }

    /// Gives up the rehearsal that is under way.
    ///
    /// # Errors
    /// While Padwatch is closing.
    pub async fn end_rehearsal(&self) -> Answer<()> {
        self.ask(|owner| {
            owner.end_rehearsal();
            Ok(())
        })
        .await
    }

    /// The last rehearsal, if one was finished.
    ///
    /// # Errors
    /// While Padwatch is closing.
    pub async fn last_rehearsal(&self) -> Answer<Option<Arc<Rehearsal>>> {
        self.ask(|owner| Ok(owner.last_rehearsal())).await
    }

    /// A candidate's pad as CoderPad shows it now; `None`: there is none.
    ///
    /// # Errors
    /// When the candidate is not known, or CoderPad can't be asked.
    pub async fn pad(&self, opportunity: OpportunityId) -> Answer<Option<PadAsRead>> {
        self.ask_later(move |owner, reply| owner.show_pad(&opportunity, reply))
            .await
    }

    /// Checks that a candidate's pad is still there, before its link is copied. CoderPad is asked
    /// once if it showed the pad more than a minute ago, and for two seconds at most.
    ///
    /// # Errors
    /// When there is no pad, or CoderPad can't find it.
    pub async fn check_link(&self, opportunity: OpportunityId) -> Answer<LinkCheck> {
        self.ask_later(move |owner, reply| owner.check_link(&opportunity, reply))
            .await
    }

    /// The person's "go" after a ledger was begun again.
    ///
    /// # Errors
    /// When the ledger can't be written.
    pub async fn go(&self) -> Answer<()> {
        self.ask(|owner| owner.say_go()).await
    }

    /// Says "look now". Never waits; a hint too many is dropped, since polling finds the same.
    pub fn hint(&self, hint: Hint) {
        // A full queue means that the engine is about to look anyway.
        let _ = self.requests.try_send(Request::tell(|owner| {
            owner.watcher.hinted(hint, &mut owner.cx);
        }));
    }

    /// Stops watching and making.
    ///
    /// # Errors
    /// When it can't be stored.
    pub async fn pause(&self, time: PauseFor) -> Answer<()> {
        self.ask(move |owner| owner.pause(time)).await
    }

    /// Continues.
    ///
    /// # Errors
    /// When it can't be stored.
    pub async fn resume(&self) -> Answer<()> {
        self.ask(|owner| owner.resume()).await
    }

    /// The person's word that the accounts of the keys in use are the right ones from now on,
    /// although the ledger was used with others. Everyone there counts as there already.
    ///
    /// # Errors
    /// When the ledger can't be written.
    pub async fn use_this_account(&self) -> Answer<()> {
        self.ask(|owner| owner.use_this_account()).await
    }

    /// The person came to a page of set-up. From the first key to the last page nothing is created.
    ///
    /// # Errors
    /// When the ledger can't be written.
    pub async fn set_up_at(&self, step: SetUpStep) -> Answer<()> {
        self.ask(move |owner| owner.set_up_at(step)).await
    }

    /// Of announcements that waited, what is still true, with what has changed: a host asks right
    /// before it shows them. What is no longer true counts as shown.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub async fn still_true(&self, waited: Vec<Announcement>) -> Answer<Vec<Announcement>> {
        self.ask(|owner| {
            owner.outbox.still_true(
                waited,
                owner.provisioner.quota_left(&owner.cx),
                &mut owner.cx,
            )
        })
        .await
    }

    /// Says that an announcement was shown, so that it isn't handed out again.
    pub async fn shown(&self, announcement: &Announcement) {
        // If the engine is gone, the announcement comes again at the next start, as it should.
        let _ = self.requests.send(Request::Shown(announcement.id)).await;
    }

    /// Deletes everything that the ledger holds. Lever and CoderPad keep what they have. Returns the
    /// candidates for whom CoderPad was just creating a pad.
    ///
    /// # Errors
    /// When the ledger can't be written.
    pub async fn forget_everything(&self) -> Answer<Vec<String>> {
        self.send(Request::Forget).await
    }

    /// Ends the engine after the write under way, and waits for it.
    pub async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.requests.send(Request::Close(done)).await.is_ok() {
            // An error means that it has ended already.
            let _ = closed.await;
        }
    }

    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Owner<'_>) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        self.send(|reply| Request::ask(reply, ask)).await
    }

    pub(crate) async fn ask_later<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Owner<'_>, Reply<T>) + Send + 'static,
    ) -> Answer<T> {
        self.send(|reply| Request::ask_later(reply, ask)).await
    }

    async fn send<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Answer<T> {
        let (reply, answer) = oneshot::channel();
        self.requests
            .send(request(reply))
            .await
            .map_err(|_| Problem::Closing)?;
        answer.await.map_err(|_| self.unanswered())?
    }

    /// As [`Handle::ask`], for a plain thread, which may wait.
    pub(crate) fn ask_blocking<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Owner<'_>) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        let (reply, answer) = oneshot::channel();
        self.requests
            .blocking_send(Request::ask(reply, ask))
            .map_err(|_| Problem::Closing)?;
        answer.blocking_recv().map_err(|_| self.unanswered())?
    }

    /// Why a question that was taken got no answer.
    fn unanswered(&self) -> Problem {
        if self.requests.is_closed() {
            return Problem::Closing;
        }
        Problem::Interrupted
    }

    /// Tells the engine something that needs no answer. Returns false if it has ended.
    pub(crate) async fn tell(&self, tell: impl FnOnce(&mut Owner<'_>) + Send + 'static) -> bool {
        self.requests.send(Request::tell(tell)).await.is_ok()
    }
}
