use transport::Listed;

use super::Client;
use crate::requests::webhooks as requests;
use crate::subscription::Told;
use crate::{CreatedWebhook, Error, NewWebhook, Webhook, WebhookId};

impl Client {
    /// The webhooks that this key can see: those made through the API at least.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn webhooks(&self) -> Result<Listed<Webhook>, Error> {
        let told: Listed<Told> = self.all(requests::all(self.root())).await?;
        Ok(told.map(|one| CreatedWebhook::from(one).webhook))
    }

    /// Registers a webhook and learns its signing token. Sent once: after an unclear answer, list
    /// the webhooks, and delete and make anew, since the token is never told again.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn create_webhook(&self, webhook: &NewWebhook) -> Result<CreatedWebhook, Error> {
        let told: Told = self.one(requests::create(self.root(), webhook)).await?;
        Ok(told.into())
    }

    /// Deletes a webhook that was made through the API.
    ///
    /// # Errors
    /// [`Error::Gone`] if it is deleted already; any other [`Error`].
    pub async fn delete_webhook(&self, id: &WebhookId) -> Result<(), Error> {
        self.done(requests::delete(self.root(), id)).await
    }
}
