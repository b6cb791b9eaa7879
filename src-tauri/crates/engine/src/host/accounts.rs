//! Questions about the accounts: they run beside the owner.

use lever::PostingId;
use transport::{ApiRoot, SecretString};

use super::handle::Handle;
use crate::accounts::{self, Account};
use crate::listing::{CoderpadAccount, LeverAccount, LeverUser, StageFound, TagSpelling};
use crate::mailbox::Answer;
use crate::postings::{self, PostingEffect, PostingFound};
use crate::questions::{self, QuestionFound, QuestionsWanted};

impl Handle {
    /// Tries a Lever key (`None`: the one in use) without changing anything.
    ///
    /// # Errors
    /// What is wrong with the key or the way to Lever.
    pub async fn test_lever(&self, key: Option<SecretString>) -> Answer<LeverAccount> {
        self.ask_later(|owner, reply| owner.test_lever(key, reply))
            .await
    }

    /// Tries a Lever key at another root of Lever's API without changing anything.
    ///
    /// # Errors
    /// What is wrong with the key or the way to Lever.
    pub async fn test_lever_at(&self, key: SecretString, root: ApiRoot) -> Answer<LeverAccount> {
        self.ask_later(|owner, reply| owner.test_lever_at(key, root, reply))
            .await
    }

    /// Tries a CoderPad key (`None`: the one in use) without changing anything.
    ///
    /// # Errors
    /// What is wrong with the key or the way to CoderPad.
    pub async fn test_coderpad(&self, key: Option<SecretString>) -> Answer<CoderpadAccount> {
        self.ask_later(|owner, reply| owner.test_coderpad(key, reply))
            .await
    }

    /// The active Lever users.
    ///
    /// # Errors
    /// When Lever can't be asked.
    pub async fn lever_users(&self) -> Answer<Vec<LeverUser>> {
        self.ask_account(|account| async move { accounts::users(account.services).await })
            .await
    }

    /// The stages of the account, and which are watched.
    ///
    /// # Errors
    /// When Lever can't be asked.
    pub async fn stages(&self) -> Answer<Vec<StageFound>> {
        self.ask_account(|account| async move {
            accounts::stages(account.services, &account.settings).await
        })
        .await
    }

    /// The spellings of the watched tag that the account has.
    ///
    /// # Errors
    /// When Lever can't be asked.
    pub async fn tag_spellings(&self) -> Answer<Vec<TagSpelling>> {
        self.ask_account(|account| async move {
            accounts::spellings(account.services, &account.settings).await
        })
        .await
    }

    /// On how many profiles of tagged candidates there is a pad link that isn't Padwatch's.
    ///
    /// # Errors
    /// When Lever can't be asked.
    pub async fn profiles_with_pads(&self) -> Answer<u32> {
        self.ask_account(|account| async move { accounts::profiles_with_pads(&account).await })
            .await
    }

    /// Questions of the CoderPad account, for new pads.
    ///
    /// # Errors
    /// When CoderPad can't be asked.
    pub async fn questions(&self, wanted: QuestionsWanted) -> Answer<Vec<QuestionFound>> {
        self.ask_account(|account| async move { questions::find(account.services, wanted).await })
            .await
    }

    /// The postings that are not over, and those that are and still carry the tag.
    ///
    /// # Errors
    /// When Lever can't be asked.
    pub async fn postings(&self) -> Answer<Vec<PostingFound>> {
        self.ask_account(|account| async move { postings::all(&account).await })
            .await
    }

    /// Whom the tag on a posting concerns.
    ///
    /// # Errors
    /// When Lever can't be asked, or no stage is watched.
    pub async fn posting_effect(&self, posting: PostingId) -> Answer<PostingEffect> {
        self.ask_account(|account| async move { postings::effect(&account, posting).await })
            .await
    }

    /// Whether a posting carries the tag.
    ///
    /// # Errors
    /// When Lever can't be asked.
    pub async fn is_posting_tagged(&self, posting: PostingId) -> Answer<bool> {
        self.ask_account(
            move |account| async move { postings::is_tagged(&account, &posting).await },
        )
        .await
    }

    /// Puts the tag on a posting or takes it off; its other tags stay.
    ///
    /// # Errors
    /// When Lever refuses, or no one is chosen in whose name it is done.
    pub async fn tag_posting(&self, posting: PostingId, on: bool) -> Answer<()> {
        self.ask_account(move |account| async move { postings::tag(&account, &posting, on).await })
            .await
    }

    async fn ask_account<T: Send + 'static, F>(
        &self,
        ask: impl FnOnce(Account) -> F + Send + 'static,
    ) -> Answer<T>
    where
        F: Future<Output = Answer<T>> + Send + 'static,
    {
        self.ask_later(|owner, reply| owner.ask_account(ask, reply))
            .await
    }
}
