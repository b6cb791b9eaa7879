//! Questions about webhooks.

use padwatch_receiver::{Delivery, Health, Taken};
use tokio::sync::watch;
use transport::SecretString;

use super::handle::Handle;
use crate::mailbox::Answer;
use crate::snapshot::webhooks::WebhookStatus;
use crate::webhooks::{MadeWebhook, Place, Registered, WebhookChoice};

impl Handle {
    /// Takes in a verified event. When this returns, it survives the end of the program.
    ///
    /// # Errors
    /// When it can't be stored. Then nothing was.
    pub async fn webhook(&self, delivery: Delivery) -> Answer<Taken> {
        self.ask(move |owner| owner.webhooks.take(&delivery, &mut owner.cx))
            .await
    }

    /// The state of webhooks, with what a person may want to know about it.
    ///
    /// # Errors
    /// When the engine is closing.
    pub async fn webhook_status(&self) -> Answer<WebhookStatus> {
        self.ask(|owner| owner.webhooks.webhook_status(&owner.cx))
            .await
    }

    /// Switches webhooks on or off, and says where the tunnel is.
    ///
    /// # Errors
    /// When the address is none that Lever can reach, or it can't be stored.
    pub async fn choose_webhooks(&self, choice: WebhookChoice) -> Answer<()> {
        self.ask(move |owner| owner.webhooks.choose_webhooks(&choice, &mut owner.cx))
            .await
    }

    /// Gives the engine the signing tokens that the keyring holds, in place of those before.
    ///
    /// # Errors
    /// When the engine is closing.
    pub async fn use_signing_tokens(&self, tokens: Vec<SecretString>) -> Answer<()> {
        self.ask(|owner| owner.webhooks.use_tokens(tokens, &mut owner.cx))
            .await
    }

    /// Makes or repairs the webhooks in Lever that lead here. Their signing tokens are shown this
    /// one time: store them, then say so by [`Handle::webhooks_registered`].
    ///
    /// # Errors
    /// When nothing could be made.
    pub async fn register_webhooks(&self) -> Answer<Registered> {
        self.ask_later(|owner, reply| owner.webhooks.register(reply, &mut owner.cx))
            .await
    }

    /// Takes the webhooks that were made here out of Lever, and gives them. Once their signing
    /// tokens are taken back too, say so by [`Handle::webhooks_registered`] with none.
    ///
    /// # Errors
    /// When some may be left.
    pub async fn unregister_webhooks(&self) -> Answer<Vec<MadeWebhook>> {
        self.ask_later(|owner, reply| owner.webhooks.unregister(reply, &mut owner.cx))
            .await
    }

    /// The signing tokens of these webhooks are stored.
    ///
    /// # Errors
    /// When it can't be written down.
    pub async fn webhooks_registered(&self, made: Vec<MadeWebhook>) -> Answer<()> {
        self.ask(|owner| owner.webhooks.webhooks_registered(made, &mut owner.cx))
            .await
    }

    /// Passes on the receiver's health. Returns false if the engine has ended.
    /// [`crate::listen`] does this.
    pub async fn receiver_is(&self, health: Health) -> bool {
        self.tell(|owner| owner.webhooks.heard_receiver(health, &mut owner.cx))
            .await
    }

    /// Where to listen, and the signing tokens, as they change.
    pub(crate) fn wires(
        &self,
    ) -> (
        watch::Receiver<Option<Place>>,
        watch::Receiver<Vec<SecretString>>,
    ) {
        (self.place.clone(), self.tokens.clone())
    }

    /// As [`Handle::webhook`], for the receiver's own thread.
    pub(crate) fn webhook_blocking(&self, delivery: Delivery) -> Answer<Taken> {
        self.ask_blocking(move |owner| owner.webhooks.take(&delivery, &mut owner.cx))
    }
}
