//! What can be asked about webhooks.

use padwatch_receiver::{Delivery, Health, Taken};
use tokio::sync::watch;
use transport::SecretString;

use super::listening::Place;
use super::status::WebhookStatus;
use super::{MadeWebhook, Registered};
use crate::handle::{self, Answer, Handle, Reply};
use padwatch_domain::problem::Problem;

/// What a person chooses about webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WebhookChoice {
    /// True if they are received.
    pub on: bool,
    /// The tunnel's address as typed; blank: none yet.
    pub public_address: String,
    /// The port on 127.0.0.1; `None`: the one that is kept, or any.
    pub port: Option<u16>,
}

/// A request about webhooks.
pub(crate) enum Request {
    Take(Delivery, Reply<Taken>),
    Heard(Box<Health>),
    Status(Reply<WebhookStatus>),
    Choose(WebhookChoice, Reply<()>),
    UseTokens(Vec<SecretString>, Reply<()>),
    Register(Reply<Registered>),
    Unregister(Reply<Vec<MadeWebhook>>),
    Registered(Vec<MadeWebhook>, Reply<()>),
}

impl Request {
    /// Answers with a problem, when there is no ledger to work with.
    pub(crate) fn refuse(self, problem: &Problem) {
        fn no<T>(reply: Reply<T>, problem: &Problem) {
            // The receiver of the answer may have been dropped.
            let _ = reply.send(Err(problem.clone()));
        }
        match self {
            Self::Take(_, reply) => no(reply, problem),
            Self::Status(reply) => no(reply, problem),
            Self::Register(reply) => no(reply, problem),
            Self::Unregister(reply) => no(reply, problem),
            Self::Choose(_, reply) | Self::UseTokens(_, reply) | Self::Registered(_, reply) => {
                no(reply, problem);
            }
            Self::Heard(_) => {}
        }
    }
}

impl Handle {
    /// Takes in a verified event. When this returns, it survives the end of the program.
    ///
    /// # Errors
    /// When it can't be stored. Then nothing was.
    pub async fn webhook(&self, delivery: Delivery) -> Answer<Taken> {
        self.ask_webhooks(|reply| Request::Take(delivery, reply))
            .await
    }

    /// The state of webhooks, with what a person may want to know about it.
    ///
    /// # Errors
    /// When the engine is closing.
    pub async fn webhook_status(&self) -> Answer<WebhookStatus> {
        self.ask_webhooks(Request::Status).await
    }

    /// Switches webhooks on or off, and says where the tunnel is.
    ///
    /// # Errors
    /// When the address is none that Lever can reach, or it can't be stored.
    pub async fn choose_webhooks(&self, choice: WebhookChoice) -> Answer<()> {
        self.ask_webhooks(|reply| Request::Choose(choice, reply))
            .await
    }

    /// Gives the engine the signing tokens that the keyring holds, in place of those before.
    ///
    /// # Errors
    /// When the engine is closing.
    pub async fn use_signing_tokens(&self, tokens: Vec<SecretString>) -> Answer<()> {
        self.ask_webhooks(|reply| Request::UseTokens(tokens, reply))
            .await
    }

    /// Makes or repairs the webhooks in Lever that lead here. Their signing tokens are shown this
    /// one time: store them, then say so by [`Handle::webhooks_registered`].
    ///
    /// # Errors
    /// When nothing could be made.
    pub async fn register_webhooks(&self) -> Answer<Registered> {
        self.ask_webhooks(Request::Register).await
    }

    /// Takes the webhooks that were made here out of Lever, and gives them. Once their signing
    /// tokens are taken back too, say so by [`Handle::webhooks_registered`] with none.
    ///
    /// # Errors
    /// When some may be left.
    pub async fn unregister_webhooks(&self) -> Answer<Vec<MadeWebhook>> {
        self.ask_webhooks(Request::Unregister).await
    }

    /// The signing tokens of these webhooks are stored.
    ///
    /// # Errors
    /// When it can't be written down.
    pub async fn webhooks_registered(&self, made: Vec<MadeWebhook>) -> Answer<()> {
        self.ask_webhooks(|reply| Request::Registered(made, reply))
            .await
    }

    /// Passes on the receiver's health. Returns false if the engine has ended.
    /// [`crate::webhooks::listen`] does this.
    pub async fn receiver_is(&self, health: Health) -> bool {
        self.tell(handle::Request::Webhooks(Request::Heard(Box::new(health))))
            .await
    }

    async fn ask_webhooks<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Answer<T> {
        self.ask(|reply| handle::Request::Webhooks(request(reply)))
            .await
    }

    /// Where to listen, and the signing tokens, as they change.
    pub(super) fn wires(
        &self,
    ) -> (
        watch::Receiver<Option<Place>>,
        watch::Receiver<Vec<SecretString>>,
    ) {
        (self.place.clone(), self.tokens.clone())
    }
}
