use lever::{OpportunityId, PostingId};
use padwatch_domain::listing::ListQuery;
use padwatch_domain::note::NoteChoice;
use padwatch_domain::pause::PauseFor;
use padwatch_domain::section::Section;
use padwatch_domain::set_up::SetUpStep;
use padwatch_domain::settings::Settings;
use padwatch_engine::listing::Chosen;
use padwatch_engine::questions::QuestionsWanted;
use padwatch_engine::snapshot::Action;
use serde::{Deserialize, Deserializer};
use transport::SecretString;
use ts_rs::TS;

use crate::connection::Connection;
use crate::invitation::WhichTemplate;

/// What the window may ask. What each is answered with stands in the page's
/// `ui/src/backend/backend.ts`.
#[derive(Debug, Deserialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
#[ts(export)]
pub enum Call {
    /// How things stand.
    Snapshot,
    /// Which keys are set, and where.
    Accounts,
    /// Tries a Lever key; if it works, stores it and uses it from now on.
    SetLeverKey {
        /// As pasted.
        #[serde(deserialize_with = "pasted")]
        #[ts(type = "string")]
        key: SecretString,
    },
    /// Tries a CoderPad key; if it works, stores it and uses it from now on.
    SetCoderpadKey {
        /// As pasted.
        #[serde(deserialize_with = "pasted")]
        #[ts(type = "string")]
        key: SecretString,
    },
    /// Tries the Lever key in use.
    TestLever,
    /// Tries the CoderPad key in use.
    TestCoderpad,
    /// Takes Lever's key out of the keyring.
    DeleteLeverKey,
    /// Takes CoderPad's key out of the keyring.
    DeleteCoderpadKey,
    /// The active Lever users.
    LeverUsers,
    /// The stages of the account.
    Stages,
    /// The spellings of the tag that the account has.
    TagSpellings,
    /// The postings, and which carry the tag.
    Postings,
    /// Whom the tag on a posting concerns.
    PostingEffect {
        /// Which posting.
        posting: PostingId,
    },
    /// Puts the tag on a posting, or takes it off.
    TagPosting {
        /// Which posting.
        posting: PostingId,
        /// On or off.
        on: bool,
    },
    /// Questions of the CoderPad account.
    Questions {
        /// Which.
        wanted: QuestionsWanted,
    },
    /// The settings.
    Settings,
    /// Replaces the settings.
    ChangeSettings {
        /// All of them.
        settings: Box<Settings>,
    },
    /// A part of the list.
    List {
        /// Which part.
        query: ListQuery,
    },
    /// Everything about one candidate.
    Detail {
        /// Who.
        opportunity: OpportunityId,
    },
    /// What Lever and CoderPad say of a candidate's interview now.
    InterviewNow {
        /// Whose.
        opportunity: OpportunityId,
    },
    /// Does something with one candidate.
    Act {
        /// Who.
        opportunity: OpportunityId,
        /// What.
        action: Action,
    },
    /// Serves those chosen of a section that waits for a word.
    Serve {
        /// Which section.
        section: Section,
        /// Whom.
        chosen: Chosen,
    },
    /// Takes back the word for those who were chosen together and whose pad is not begun yet.
    CancelServing,
    /// "Go" after a ledger was begun anew.
    Go,
    /// "Use this account" after a key of another account was entered.
    UseThisAccount,
    /// The person came to a page of set-up. From the first key to the last page no pads are created.
    SetUpAt {
        /// Which page.
        step: SetUpStep,
    },
    /// Looks at Lever now.
    CheckNow,
    /// Stops watching and making.
    Pause {
        /// How long.
        time: PauseFor,
    },
    /// Goes on.
    Resume,
    /// Puts a pad's link on the clipboard and marks it as copied.
    CopyLink {
        /// Whose.
        opportunity: OpportunityId,
    },
    /// Shows the invitation as it would be written.
    PreviewInvitation {
        /// To whom.
        opportunity: OpportunityId,
        /// From which template.
        template: WhichTemplate,
    },
    /// Puts the invitation on the clipboard, as rich and as plain text, and marks the link as
    /// copied.
    CopyInvitation {
        /// To whom.
        opportunity: OpportunityId,
        /// From which template.
        template: WhichTemplate,
        /// Whether what is not known may stay in brackets.
        with_gaps: bool,
    },
    /// Opens a new mail with the invitation in it.
    MailInvitation {
        /// To whom.
        opportunity: OpportunityId,
        /// From which template.
        template: WhichTemplate,
        /// Whether what is not known may stay in brackets.
        with_gaps: bool,
    },
    /// Opens a pad in the browser.
    OpenPad {
        /// Whose.
        opportunity: OpportunityId,
    },
    /// Opens the recording of an interview in the browser.
    OpenPlayback {
        /// Whose.
        opportunity: OpportunityId,
    },
    /// The record of a finished interview: when, how long, who, what was run.
    FinishedView {
        /// Whose.
        opportunity: OpportunityId,
    },
    /// The code of a finished interview, as it was at the end.
    InterviewCode {
        /// Whose.
        opportunity: OpportunityId,
    },
    /// Opens what was drawn in an interview in the browser, at a fresh address.
    OpenDrawing {
        /// Whose.
        opportunity: OpportunityId,
    },
    /// Puts a text that the window shows, such as a file of an interview, on the clipboard.
    CopyText {
        /// The text.
        text: String,
    },
    /// The note about a finished interview, to be looked over before it is sent: the one that is
    /// kept, or one composed anew.
    PrepareNote {
        /// About whom.
        opportunity: OpportunityId,
        /// What shall be in it; `null`: the note that is kept, or the usual one.
        choice: Option<NoteChoice>,
    },
    /// Adds the note to the candidate in Lever. It is there once, however often this is asked.
    SendNote {
        /// About whom.
        opportunity: OpportunityId,
        /// The text as the person wants it.
        text: String,
        /// Whether only some people may see it.
        secret: bool,
    },
    /// Throws away a note that was not sent.
    DiscardNote {
        /// About whom.
        opportunity: OpportunityId,
    },
    /// Whom the person asked to see outside of the window, in the tray or in a notification. Told
    /// once.
    Wanted,
    /// Opens a candidate's page in Lever in the browser.
    OpenProfile {
        /// Whose.
        opportunity: OpportunityId,
    },
    /// Opens the sandbox's control page in the browser.
    OpenSandbox,
    /// Starts another Padwatch with sample data, beside this one.
    TrySample,
    /// Where the services are and how they are reached.
    Connection,
    /// Chooses where the services are and how they are reached.
    SetConnection {
        /// As chosen.
        connection: Connection,
    },
    /// Ends Padwatch and starts it again.
    Restart,
    /// Whether Padwatch starts at login.
    Autostart,
    /// Lets Padwatch start at login, or not.
    SetAutostart {
        /// Which of the two.
        on: bool,
    },
    /// How webhooks are doing. Answered, as all about webhooks, with everything that there is to
    /// see of them.
    WebhookStatus,
    /// Receives webhooks, or not. Switched off, the webhooks that Padwatch made in Lever are
    /// taken out too.
    SetWebhooks {
        /// Whether.
        on: bool,
        /// Where the person's tunnel can be reached, as typed; blank: not known yet.
        public_address: String,
    },
    /// Stores a signing token of Lever's in the keyring, beside those that are there.
    AddSigningToken {
        /// As pasted.
        #[serde(deserialize_with = "pasted")]
        #[ts(type = "string")]
        token: SecretString,
    },
    /// Takes all signing tokens out of the keyring.
    DeleteSigningTokens,
    /// Makes or mends the webhooks in Lever, and stores their tokens.
    SetUpWebhooksForMe,
    /// Takes the webhooks that Padwatch made out of Lever, and their tokens out of the keyring.
    RemoveWebhooks,
    /// A report for somebody who helps: no names, addresses, keys or links in it.
    Diagnostics,
    /// Saves everybody in the ledger as a table for a spreadsheet, and says where.
    Export,
    /// Deletes the keys and everything in the ledger.
    ForgetEverything,
}

impl Call {
    /// The candidate that the call is about, if it is about one.
    pub(crate) fn opportunity(&self) -> Option<&OpportunityId> {
        match self {
            Self::Detail { opportunity }
            | Self::InterviewNow { opportunity }
            | Self::Act { opportunity, .. }
            | Self::CopyLink { opportunity }
            | Self::PreviewInvitation { opportunity, .. }
            | Self::CopyInvitation { opportunity, .. }
            | Self::MailInvitation { opportunity, .. }
            | Self::OpenPad { opportunity }
            | Self::OpenPlayback { opportunity }
            | Self::FinishedView { opportunity }
            | Self::InterviewCode { opportunity }
            | Self::OpenDrawing { opportunity }
            | Self::PrepareNote { opportunity, .. }
            | Self::SendNote { opportunity, .. }
            | Self::DiscardNote { opportunity }
            | Self::OpenProfile { opportunity } => Some(opportunity),
            _ => None,
        }
    }
}

fn pasted<'de, D: Deserializer<'de>>(from: D) -> Result<SecretString, D::Error> {
    String::deserialize(from).map(SecretString::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_read_from_its_kind_and_fields() {
        let call: Call = serde_json::from_str(r#"{"kind":"copyLink","opportunity":"o1"}"#).unwrap();
        assert!(matches!(call, Call::CopyLink { opportunity } if opportunity.as_str() == "o1"));
        let call: Call = serde_json::from_str(r#"{"kind":"testLever"}"#).unwrap();
        assert!(matches!(call, Call::TestLever));
    }

    #[test]
    fn a_call_that_is_not_in_the_list_is_refused() {
        assert!(serde_json::from_str::<Call>(r#"{"kind":"readLeverKey"}"#).is_err());
    }

    #[test]
    fn a_printed_call_does_not_show_the_key() {
        let call: Call =
            serde_json::from_str(r#"{"kind":"setLeverKey","key":"sesame-open"}"#).unwrap();
        assert!(!format!("{call:?}").contains("sesame"), "{call:?}");
        let call: Call =
            serde_json::from_str(r#"{"kind":"addSigningToken","token":"sesame-open"}"#).unwrap();
        assert!(!format!("{call:?}").contains("sesame"), "{call:?}");
    }
}
