//! How everybody else talks to the engine: a message, and the latest snapshot.

use std::sync::Arc;

use lever::OpportunityId;
use tokio::sync::{mpsc, oneshot, watch};
use transport::{ExposeSecret, SecretString};

use crate::listing::{
    Chosen, CoderpadAccount, LeverAccount, LeverUser, LinkCheck, PadAsRead, PadDetail, PadList,
    StageFound, TagSpelling,
};
use crate::postings;
use crate::questions::{QuestionFound, QuestionsWanted};
use crate::record;
use crate::snapshot::{Action, Condition, Snapshot};
use crate::webhooks;
use padwatch_domain::announcement::Announcement;
use padwatch_domain::invitation::Facts;
use padwatch_domain::listing::ListQuery;
use padwatch_domain::pause::PauseFor;
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::section::Section;
use padwatch_domain::set_up::SetUpStep;
use padwatch_domain::settings::Settings;

/// The answer to a request.
pub type Answer<T> = Result<T, Problem>;
pub(crate) type Reply<T> = oneshot::Sender<Answer<T>>;

/// The keys of both services. They live in the keyring; the engine only uses them.
#[derive(Clone, Default)]
pub struct Keys {
    /// Lever's API key.
    pub lever: Option<SecretString>,
    /// CoderPad's API key.
    pub coderpad: Option<SecretString>,
}

impl Keys {
    fn are(&self, others: &Self) -> bool {
        let same = |one: &Option<SecretString>, other: &Option<SecretString>| {
            let (one, other) = (one.as_ref(), other.as_ref());
            one.map(ExposeSecret::expose_secret) == other.map(ExposeSecret::expose_secret)
        };
        same(&self.lever, &others.lever) && same(&self.coderpad, &others.coderpad)
    }
}

/// Something that says "look at this opportunity now".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The opportunity; `None`: look at everybody.
    pub opportunity: Option<OpportunityId>,
    /// What set it off.
    pub from: HintSource,
}

/// Where a hint comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintSource {
    /// "Check now".
    Person,
    /// The computer woke up, or the network came back.
    Wake,
}

/// What the engine can be asked. Each carries where its answer goes.
pub(crate) enum Request {
    UseKeys(Keys, Reply<()>),
    TestLever(Option<SecretString>, Reply<LeverAccount>),
    TestCoderpad(Option<SecretString>, Reply<CoderpadAccount>),
    LeverUsers(Reply<Vec<LeverUser>>),
    Stages(Reply<Vec<StageFound>>),
    TagSpellings(Reply<Vec<TagSpelling>>),
    Postings(postings::Request),
    Questions(QuestionsWanted, Reply<Vec<QuestionFound>>),
    Settings(Reply<Settings>),
    Change(Box<Settings>, Reply<()>),
    List(ListQuery, Reply<PadList>),
    Detail(OpportunityId, Reply<PadDetail>),
    Export(Reply<String>),
    Invitation(OpportunityId, Reply<Facts>),
    Act(OpportunityId, Action, Reply<()>),
    Serve(Section, Chosen, Reply<u32>),
    CancelServing(Reply<()>),
    Pad(OpportunityId, Reply<Option<PadAsRead>>),
    CheckLink(OpportunityId, Reply<LinkCheck>),
    Go(Reply<()>),
    Hint(Hint),
    Pause(PauseFor, Reply<()>),
    Resume(Reply<()>),
    Shown(i64),
    StillTrue(Vec<Announcement>, Reply<Vec<Announcement>>),
    UseThisAccount(Reply<()>),
    SetUpAt(SetUpStep, Reply<()>),
    Forget(Reply<Vec<String>>),
    Webhooks(webhooks::Request),
    Record(record::Request),
    Close(oneshot::Sender<()>),
}

impl Request {
    /// Answers with a problem, when there is no ledger to work with.
    pub(crate) fn refuse(self, problem: &Problem) {
        fn no<T>(reply: Reply<T>, problem: &Problem) {
            // Whoever asked may have gone away meanwhile: fine.
            let _ = reply.send(Err(problem.clone()));
        }
        match self {
            Self::UseKeys(_, reply)
            | Self::Change(_, reply)
            | Self::Act(_, _, reply)
            | Self::Go(reply)
            | Self::CancelServing(reply)
            | Self::Pause(_, reply)
            | Self::Resume(reply)
            | Self::UseThisAccount(reply)
            | Self::SetUpAt(_, reply) => no(reply, problem),
            Self::Forget(reply) => no(reply, problem),
            Self::TestLever(_, reply) => no(reply, problem),
            Self::TestCoderpad(_, reply) => no(reply, problem),
            Self::LeverUsers(reply) => no(reply, problem),
            Self::Stages(reply) => no(reply, problem),
            Self::TagSpellings(reply) => no(reply, problem),
            Self::Postings(request) => request.refuse(problem),
            Self::Questions(_, reply) => no(reply, problem),
            Self::StillTrue(_, reply) => no(reply, problem),
            Self::Settings(reply) => no(reply, problem),
            Self::List(_, reply) => no(reply, problem),
            Self::Detail(_, reply) => no(reply, problem),
            Self::Export(reply) => no(reply, problem),
            Self::Invitation(_, reply) => no(reply, problem),
            Self::Serve(_, _, reply) => no(reply, problem),
            Self::Pad(_, reply) => no(reply, problem),
            Self::CheckLink(_, reply) => no(reply, problem),
            Self::Webhooks(request) => request.refuse(problem),
            Self::Record(request) => request.refuse(problem),
            Self::Hint(_) | Self::Shown(_) | Self::Close(_) => {}
        }
    }
}

/// A cheap, cloneable way to ask the engine.
#[derive(Clone)]
pub struct Handle {
    requests: mpsc::Sender<Request>,
    snapshot: watch::Receiver<Arc<Snapshot>>,
    /// The keys that were given last, whoever gave them.
    given: watch::Sender<Option<Keys>>,
    pub(crate) place: watch::Receiver<Option<webhooks::Place>>,
    pub(crate) tokens: watch::Receiver<Vec<SecretString>>,
}

impl Handle {
    pub(crate) fn new(
        requests: mpsc::Sender<Request>,
        snapshot: watch::Receiver<Arc<Snapshot>>,
        wires: &webhooks::Wires,
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
        let condition = Condition::Stopped { problem: ended() };
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
        self.ask(|reply| Request::UseKeys(keys, reply)).await
    }

    /// Returns true if these are the keys that the engine was given last.
    #[must_use]
    pub fn has(&self, keys: &Keys) -> bool {
        self.given
            .borrow()
            .as_ref()
            .is_some_and(|given| given.are(keys))
    }

    /// Tries a Lever key (`None`: the one in use) without changing anything.
    ///
    /// # Errors
    /// What is wrong with the key or the way to Lever.
    pub async fn test_lever(&self, key: Option<SecretString>) -> Answer<LeverAccount> {
        self.ask(|reply| Request::TestLever(key, reply)).await
    }

    /// Tries a CoderPad key (`None`: the one in use) without changing anything.
    ///
    /// # Errors
    /// What is wrong with the key or the way to CoderPad.
    pub async fn test_coderpad(&self, key: Option<SecretString>) -> Answer<CoderpadAccount> {
        self.ask(|reply| Request::TestCoderpad(key, reply)).await
    }

    /// The active Lever users.
    ///
    /// # Errors
    /// When Lever can't be asked.
    pub async fn lever_users(&self) -> Answer<Vec<LeverUser>> {
        self.ask(Request::LeverUsers).await
    }

    /// The stages of the account, and which are watched.
    ///
    /// # Errors
    /// When Lever can't be asked.
    pub async fn stages(&self) -> Answer<Vec<StageFound>> {
        self.ask(Request::Stages).await
    }

    /// The spellings of the watched tag that the account has.
    ///
    /// # Errors
    /// When Lever can't be asked.
    pub async fn tag_spellings(&self) -> Answer<Vec<TagSpelling>> {
        self.ask(Request::TagSpellings).await
    }

    /// Questions of the CoderPad account, for new pads.
    ///
    /// # Errors
    /// When CoderPad can't be asked.
    pub async fn questions(&self, wanted: QuestionsWanted) -> Answer<Vec<QuestionFound>> {
        self.ask(|reply| Request::Questions(wanted, reply)).await
    }

    /// The settings.
    ///
    /// # Errors
    /// When the engine is closing.
    pub async fn settings(&self) -> Answer<Settings> {
        self.ask(Request::Settings).await
    }

    /// Replaces the settings.
    ///
    /// # Errors
    /// When they can't be stored.
    pub async fn change_settings(&self, settings: Settings) -> Answer<()> {
        self.ask(|reply| Request::Change(Box::new(settings), reply))
            .await
    }

    /// A part of the list.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub async fn list(&self, query: ListQuery) -> Answer<PadList> {
        self.ask(|reply| Request::List(query, reply)).await
    }

    /// Everything about one candidate.
    ///
    /// # Errors
    /// When the ledger doesn't know the opportunity.
    pub async fn detail(&self, opportunity: OpportunityId) -> Answer<PadDetail> {
        self.ask(|reply| Request::Detail(opportunity, reply)).await
    }

    /// Everybody in the ledger, as CSV for a spreadsheet.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub async fn export(&self) -> Answer<String> {
        self.ask(Request::Export).await
    }

    /// What is known for a candidate's invitation. Lever is asked for interview, interviewers and
    /// recruiter; what it said is good for a minute.
    ///
    /// # Errors
    /// When the ledger doesn't know the opportunity.
    pub async fn invitation(&self, opportunity: OpportunityId) -> Answer<Facts> {
        self.ask(|reply| Request::Invitation(opportunity, reply))
            .await
    }

    /// Does something with one candidate.
    ///
    /// # Errors
    /// When it doesn't fit the state any more, or the service refuses.
    pub async fn act(&self, opportunity: OpportunityId, action: Action) -> Answer<()> {
        self.ask(|reply| Request::Act(opportunity, action, reply))
            .await
    }

    /// Serves the chosen ones of a section that waits for a word (already there, surge). Answers
    /// how many will be served.
    ///
    /// # Errors
    /// When the ledger can't be written.
    pub async fn serve(&self, section: Section, chosen: Chosen) -> Answer<u32> {
        self.ask(|reply| Request::Serve(section, chosen, reply))
            .await
    }

    /// Takes back the word for those who were chosen together and whose pad is not begun yet.
    ///
    /// # Errors
    /// When the ledger can't be written.
    pub async fn cancel_serving(&self) -> Answer<()> {
        self.ask(Request::CancelServing).await
    }

    /// A candidate's pad as CoderPad shows it now; `None`: there is none.
    ///
    /// # Errors
    /// When the candidate is not known, or CoderPad can't be asked.
    pub async fn pad(&self, opportunity: OpportunityId) -> Answer<Option<PadAsRead>> {
        self.ask(|reply| Request::Pad(opportunity, reply)).await
    }

    /// Checks that a candidate's pad is still there, before its link is copied. CoderPad is asked
    /// once if it showed the pad more than a minute ago, and for two seconds at most.
    ///
    /// # Errors
    /// When there is no pad, or CoderPad can't find it.
    pub async fn check_link(&self, opportunity: OpportunityId) -> Answer<LinkCheck> {
        self.ask(|reply| Request::CheckLink(opportunity, reply))
            .await
    }

    /// The person's "go" after a ledger was begun anew.
    ///
    /// # Errors
    /// When the ledger can't be written.
    pub async fn go(&self) -> Answer<()> {
        self.ask(Request::Go).await
    }

    /// Says "look now". Never waits; a hint too many is dropped, since polling finds the same.
    pub fn hint(&self, hint: Hint) {
        // A full queue means that the engine is about to look anyway.
        let _ = self.requests.try_send(Request::Hint(hint));
    }

    /// Stops watching and making.
    ///
    /// # Errors
    /// When it can't be stored.
    pub async fn pause(&self, time: PauseFor) -> Answer<()> {
        self.ask(|reply| Request::Pause(time, reply)).await
    }

    /// Goes on.
    ///
    /// # Errors
    /// When it can't be stored.
    pub async fn resume(&self) -> Answer<()> {
        self.ask(Request::Resume).await
    }

    /// The person's word that the accounts of the keys in use are the right ones from now on,
    /// although the ledger was used with others. Everybody there counts as there already.
    ///
    /// # Errors
    /// When the ledger can't be written.
    pub async fn use_this_account(&self) -> Answer<()> {
        self.ask(Request::UseThisAccount).await
    }

    /// The person came to a page of set-up. From the first key to the last page nothing is created.
    ///
    /// # Errors
    /// When the ledger can't be written.
    pub async fn set_up_at(&self, step: SetUpStep) -> Answer<()> {
        self.ask(|reply| Request::SetUpAt(step, reply)).await
    }

    /// Of announcements that waited, what is still true, with what has changed: a host asks right
    /// before it shows them. What is no longer true counts as shown.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub async fn still_true(&self, waited: Vec<Announcement>) -> Answer<Vec<Announcement>> {
        self.ask(|reply| Request::StillTrue(waited, reply)).await
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
        self.ask(Request::Forget).await
    }

    /// Ends the engine after the write under way, and waits for it.
    pub async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.requests.send(Request::Close(done)).await.is_ok() {
            // An error means that it has ended already.
            let _ = closed.await;
        }
    }

    pub(crate) async fn ask<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Answer<T> {
        let (reply, answer) = oneshot::channel();
        self.requests
            .send(request(reply))
            .await
            .map_err(|_| closing())?;
        answer.await.map_err(|_| self.unanswered())?
    }

    /// As [`Handle::ask`], for a plain thread, which may wait.
    pub(crate) fn ask_blocking<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Answer<T> {
        let (reply, answer) = oneshot::channel();
        self.requests
            .blocking_send(request(reply))
            .map_err(|_| closing())?;
        answer.blocking_recv().map_err(|_| self.unanswered())?
    }

    /// Why a question that was taken got no answer.
    fn unanswered(&self) -> Problem {
        if self.requests.is_closed() {
            return closing();
        }
        Problem::new(
            ProblemCode::PartFailed,
            "An error in Padwatch itself interrupted this.",
            "Try again.",
        )
    }

    /// Tells the engine something that needs no answer. `false` when it has ended.
    pub(crate) async fn tell(&self, request: Request) -> bool {
        self.requests.send(request).await.is_ok()
    }
}

/// Nobody watches any longer, whatever the last snapshot says.
fn ended() -> Problem {
    Problem::new(
        ProblemCode::PartFailed,
        "Padwatch stopped watching.",
        "Quit Padwatch and start it again.",
    )
}

fn closing() -> Problem {
    Problem::new(
        ProblemCode::Closing,
        "Padwatch is closing.",
        "Start it again to go on.",
    )
}
