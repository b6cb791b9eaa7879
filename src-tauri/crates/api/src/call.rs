use lever::{OpportunityId, PostingId};
use padwatch_engine::record::NoteToSend;
use padwatch_engine::{Answer, Handle};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use transport::SecretString;
use ts_rs::TS;

use crate::accounts::{Accounts, accounts, delete_key, set_coderpad_key, set_lever_key};
use crate::answer::{
    check_now, copy_link, export, open_drawing, open_pad, open_playback, open_profile,
    open_sandbox, seen, set_connection, tag_origin, tag_posting,
};
use crate::connection::{Connection, ConnectionState};
use crate::demo::demo;
use crate::desktop::{Desktop, Wanted};
use crate::diagnostics::diagnostics;
use crate::dto::accounts::{CoderpadAccount, LeverAccount, LeverUser, StageFound, TagSpelling};
use crate::dto::candidates::{Action, Chosen, LinkCheck, PadDetail, PadList};
use crate::dto::convert::convert;
use crate::dto::demo::DemoStep;
use crate::dto::interviews::{FinishedView, InterviewCode};
use crate::dto::lists::{ListQuery, Section};
use crate::dto::notes::{NoteChoice, NoteStatus, PreparedNote};
use crate::dto::postings::{PostingEffect, PostingFound, TagOrigin};
use crate::dto::questions::{QuestionFound, QuestionsWanted};
use crate::dto::rehearsal::Rehearsal;
use crate::dto::settings::Settings;
use crate::dto::snapshot::{PauseFor, Seen, SetUpStep};
use crate::forgetting::forget_everything;
use crate::guide::{GuideBlock, guide};
use crate::interview::{InterviewNow, interview_now};
use crate::invitation::{self, InvitationPreview, WhichTemplate};
use crate::key_page::{KeyOf, key_page};
use crate::keys::SecretName;
use crate::limits::{LONGEST_LINE, LONGEST_TEXT, longest};
use crate::message;
use crate::rehearsal;
use crate::updates::Updates;
use crate::vocabulary::calls;
use crate::webhooks::{self, Webhooks};

// Each call: what it is for, its arguments, the type of its answer, and what answers it. From this
// come `Call`, `Answers` and `answer` here, the page's types (`cargo xtask bindings`), and
// docs/ipc.md (`cargo xtask ipc`), which reads the table as it is laid out.
calls! { (engine, desktop)
    /// How things stand.
    Snapshot -> Seen => Ok(seen(engine, desktop)),
    /// Which keys are set, and where.
    Accounts -> Accounts => Ok(accounts(desktop).await),
    /// Tries a Lever key; if it works, stores it and uses it from now on.
    SetLeverKey {
        /// As pasted.
        #[serde(deserialize_with = "pasted")]
        #[ts(type = "string")]
        key: SecretString,
    } -> LeverAccount => set_lever_key(engine, desktop, &key).await.map(convert),
    /// Tries a CoderPad key; if it works, stores it and uses it from now on.
    SetCoderpadKey {
        /// As pasted.
        #[serde(deserialize_with = "pasted")]
        #[ts(type = "string")]
        key: SecretString,
    } -> CoderpadAccount => set_coderpad_key(engine, desktop, &key).await.map(convert),
    /// Tries the Lever key in use.
    TestLever -> LeverAccount => engine.test_lever(None).await.map(convert),
    /// Tries the CoderPad key in use.
    TestCoderpad -> CoderpadAccount => engine.test_coderpad(None).await.map(convert),
    /// Takes Lever's key out of the keyring.
    DeleteLeverKey -> () => delete_key(engine, desktop, SecretName::LeverKey).await,
    /// Takes CoderPad's key out of the keyring.
    DeleteCoderpadKey -> () => delete_key(engine, desktop, SecretName::CoderpadKey).await,
    /// The active Lever users.
    LeverUsers -> Vec<LeverUser> => engine.lever_users().await.map(convert),
    /// The stages of the account.
    Stages -> Vec<StageFound> => engine.stages().await.map(convert),
    /// The spellings of the tag that the account has.
    TagSpellings -> Vec<TagSpelling> => engine.tag_spellings().await.map(convert),
    /// On how many profiles of tagged candidates there is a pad link that isn't Padwatch's: where
    /// there are some, CoderPad's own integration puts them there.
    ProfilesWithPads -> u32 => engine.profiles_with_pads().await,
    /// Opens the page of a service's site where keys are found, in the browser.
    OpenKeyPage {
        /// Whose.
        service: KeyOf,
    } -> () => desktop.open(key_page(&desktop.connection().chosen, service)?).await,
    /// The postings, and which carry the tag.
    Postings -> Vec<PostingFound> => engine.postings().await.map(convert),
    /// Whom the tag on a posting concerns.
    PostingEffect {
        /// Which posting.
        posting: PostingId,
    } -> PostingEffect => engine.posting_effect(posting).await.map(convert),
    /// Puts the tag on a posting, or takes it off.
    TagPosting {
        /// Which posting.
        posting: PostingId,
        /// On or off.
        on: bool,
    } -> () => tag_posting(engine, posting, on).await,
    /// Questions of the CoderPad account.
    Questions {
        /// Which.
        wanted: QuestionsWanted,
    } -> Vec<QuestionFound> => engine.questions(convert(wanted)).await.map(convert),
    /// The settings.
    Settings -> Settings => engine.settings().await.map(convert),
    /// Replaces the settings.
    ChangeSettings {
        /// All of them.
        settings: Box<Settings>,
    } -> () => engine.change_settings(convert(*settings)).await,
    /// A part of the list.
    List {
        /// Which part.
        query: ListQuery,
    } -> PadList => engine.list(convert(query)).await.map(convert),
    /// Everything about one candidate.
    Detail {
        /// Who.
        opportunity: OpportunityId,
    } -> PadDetail => engine.detail(opportunity).await.map(convert),
    /// Where a candidate's tag comes from, by Lever; nothing if they don't have it.
    TagOrigin {
        /// Whose.
        opportunity: OpportunityId,
    } -> Option<TagOrigin> => tag_origin(engine, opportunity).await,
    /// What Lever and CoderPad say of a candidate's interview now.
    InterviewNow {
        /// Whose.
        opportunity: OpportunityId,
    } -> InterviewNow => interview_now(engine, desktop, opportunity).await,
    /// Does something with one candidate.
    Act {
        /// Who.
        opportunity: OpportunityId,
        /// What.
        action: Action,
    } -> () => engine.act(opportunity, convert(action)).await,
    /// Serves those chosen of a section that waits for a word.
    Serve {
        /// Which section.
        section: Section,
        /// Whom.
        chosen: Chosen,
    } -> u32 => engine.serve(convert(section), convert(chosen)).await,
    /// Takes back the word for those who were chosen together and whose pad is not begun yet.
    CancelServing -> () => engine.cancel_serving().await,
    /// "Go" after a ledger was begun again.
    Go -> () => engine.go().await,
    /// "Use this account" after a key of another account was entered.
    UseThisAccount -> () => engine.use_this_account().await,
    /// The person came to a page of set-up. From the first key to the last page no pads are created.
    SetUpAt {
        /// Which page.
        step: SetUpStep,
    } -> () => engine.set_up_at(convert(step)).await,
    /// Looks at Lever now.
    CheckNow -> () => { check_now(engine); Ok(()) },
    /// Stops watching and making.
    Pause {
        /// How long.
        time: PauseFor,
    } -> () => engine.pause(convert(time)).await,
    /// Continues.
    Resume -> () => engine.resume().await,
    /// Puts a pad's link on the clipboard and marks it as copied.
    CopyLink {
        /// Whose.
        opportunity: OpportunityId,
    } -> LinkCheck => copy_link(engine, desktop, opportunity).await.map(convert),
    /// Shows the invitation as it would be written.
    PreviewInvitation {
        /// To whom.
        opportunity: OpportunityId,
        /// From which template.
        template: WhichTemplate,
    } -> InvitationPreview => invitation::preview(engine, desktop, opportunity, template).await,
    /// Puts the invitation on the clipboard, as rich and as plain text, and marks the link as
    /// copied.
    CopyInvitation {
        /// To whom.
        opportunity: OpportunityId,
        /// From which template.
        template: WhichTemplate,
        /// Whether what is not known may stay in brackets.
        with_gaps: bool,
    } -> () => invitation::copy(engine, desktop, opportunity, template, with_gaps).await,
    /// Copies a message to the person who is late for the interview.
    CopyMessage {
        /// For whose interview.
        opportunity: OpportunityId,
    } -> () => message::copy(engine, desktop, opportunity).await,
    /// Opens a new mail with the invitation in it.
    MailInvitation {
        /// To whom.
        opportunity: OpportunityId,
        /// From which template.
        template: WhichTemplate,
        /// Whether what is not known may stay in brackets.
        with_gaps: bool,
    } -> () => invitation::mail(engine, desktop, opportunity, template, with_gaps).await,
    /// Opens a pad in the browser.
    OpenPad {
        /// Whose.
        opportunity: OpportunityId,
    } -> () => open_pad(engine, desktop, opportunity).await,
    /// Opens the recording of an interview in the browser.
    OpenPlayback {
        /// Whose.
        opportunity: OpportunityId,
    } -> () => open_playback(engine, desktop, opportunity).await,
    /// The record of a finished interview: when, how long, who, what was run.
    FinishedView {
        /// Whose.
        opportunity: OpportunityId,
    } -> FinishedView => engine.finished_view(opportunity).await.map(convert),
    /// The code of a finished interview, as it was at the end.
    InterviewCode {
        /// Whose.
        opportunity: OpportunityId,
    } -> InterviewCode => engine.code(opportunity).await.map(convert),
    /// Opens what was drawn in an interview in the browser, at a fresh address.
    OpenDrawing {
        /// Whose.
        opportunity: OpportunityId,
    } -> () => open_drawing(engine, desktop, opportunity).await,
    /// Puts a text that the window shows, such as a file of an interview, on the clipboard.
    CopyText {
        /// The text.
        text: String,
    } -> () => desktop.copy(text).await,
    /// The note about a finished interview, to be looked over before it is sent: the one that is
    /// kept, or one composed again.
    PrepareNote {
        /// The candidate.
        opportunity: OpportunityId,
        /// What it includes; `null`: as in the note that was prepared, or as usual.
        choice: Option<NoteChoice>,
    } -> PreparedNote => engine.prepare_note(opportunity, convert(choice)).await.map(convert),
    /// Adds the note to the candidate in Lever. It is there once, however often this is asked.
    SendNote {
        /// The candidate.
        opportunity: OpportunityId,
        /// The text as the person wants it.
        text: String,
        /// Whether only some people may see it.
        secret: bool,
    } -> NoteStatus => engine.send_note(opportunity, NoteToSend { text, secret }).await.map(convert),
    /// Throws away a note that was not sent.
    DiscardNote {
        /// The candidate.
        opportunity: OpportunityId,
    } -> () => engine.discard_note(opportunity).await,
    /// Whom the person asked to see outside of the window, in the tray or in a notification. Told
    /// once.
    Wanted -> Option<Wanted> => Ok(desktop.wanted()),
    /// Opens a candidate's page in Lever in the browser.
    OpenProfile {
        /// Whose.
        opportunity: OpportunityId,
    } -> () => open_profile(engine, desktop, opportunity).await,
    /// Opens the sandbox's control page in the browser.
    OpenSandbox -> () => open_sandbox(desktop).await,
    /// Makes something happen in the demo. Returns true if CoderPad is down there.
    Demo {
        /// What; `None`: nothing.
        step: Option<DemoStep>,
    } -> bool => demo(engine, desktop, step).await,
    /// Starts another Padwatch with sample data, beside this one.
    TrySample -> () => desktop.try_sample().await,
    /// Where the services are and how they are reached.
    Connection -> ConnectionState => Ok(desktop.connection()),
    /// Chooses where the services are and how they are reached.
    SetConnection {
        /// As chosen.
        connection: Connection,
    } -> ConnectionState => set_connection(engine, desktop, connection).await,
    /// Ends Padwatch and starts it again.
    Restart -> () => desktop.restart().await,
    /// Whether Padwatch starts at login.
    Autostart -> bool => desktop.autostart().await,
    /// Lets Padwatch start at login, or not.
    SetAutostart {
        /// Which of the two.
        on: bool,
    } -> () => desktop.set_autostart(on).await,
    /// How webhooks are doing. Answered, as all about webhooks, with everything that there is to
    /// see of them.
    WebhookStatus -> Webhooks => webhooks::status(engine, desktop).await,
    /// Receives webhooks, or not. Switched off, the webhooks that Padwatch made in Lever are
    /// taken out too.
    SetWebhooks {
        /// Whether.
        on: bool,
        /// Where the person's tunnel can be reached, as typed; blank: not known yet.
        public_address: String,
    } -> Webhooks => webhooks::set(engine, desktop, on, public_address).await,
    /// Stores a signing token of Lever's in the keyring, beside those that are there.
    AddSigningToken {
        /// As pasted.
        #[serde(deserialize_with = "pasted")]
        #[ts(type = "string")]
        token: SecretString,
    } -> Webhooks => webhooks::add_token(engine, desktop, &token).await,
    /// Takes all signing tokens out of the keyring.
    DeleteSigningTokens -> Webhooks => webhooks::delete_tokens(engine, desktop).await,
    /// Makes or fixes the webhooks in Lever, and stores their tokens.
    SetUpWebhooksForMe -> Webhooks => webhooks::set_up(engine, desktop).await,
    /// Takes the webhooks that Padwatch made out of Lever, and their tokens out of the keyring.
    RemoveWebhooks -> Webhooks => webhooks::remove(engine, desktop).await,
    /// A report for someone who helps: no names, addresses, keys or links in it.
    Diagnostics -> String => diagnostics(engine, desktop).await,
    /// Opens the folder with the logs.
    OpenLogs -> () => desktop.open_logs().await,
    /// Whether there is a newer version; `None`: there is no address to ask.
    Updates -> Option<Updates> => Ok(desktop.updates()),
    /// The guide for recruiters.
    Guide -> Vec<GuideBlock> => Ok(guide()),
    /// Padwatch's version.
    Version -> String => Ok(desktop.about().version.to_owned()),
    /// Reads the last 30 days from both services and says what Padwatch would have done; `None`: it
    /// was given up.
    Rehearse -> Option<Rehearsal> => rehearsal::rehearse(engine).await,
    /// Gives up the rehearsal that is under way.
    EndRehearsal -> () => engine.end_rehearsal().await,
    /// Saves the last rehearsal as a table for a spreadsheet, and says where.
    ExportRehearsal -> String => rehearsal::export(engine, desktop).await,
    /// Saves everyone in the ledger as a table for a spreadsheet, and says where.
    Export -> String => export(engine, desktop).await,
    /// Deletes the keys and everything in the ledger.
    ForgetEverything -> () => forget_everything(engine, desktop).await,
}

impl Call {
    /// The text that comes with the call, and the most bytes that it may have. `Settings::check`
    /// measures the settings, and `keys::clean` the keys.
    pub(crate) fn text(&self) -> Option<(&str, usize)> {
        Some(match self {
            Self::CopyText { text } | Self::SendNote { text, .. } => (text.as_str(), LONGEST_TEXT),
            Self::List { query } => (query.search.as_str(), LONGEST_LINE),
            Self::Questions {
                wanted: QuestionsWanted::Text { text },
            } => (text.as_str(), LONGEST_LINE),
            Self::SetWebhooks { public_address, .. } => (public_address.as_str(), LONGEST_LINE),
            Self::SetConnection { connection } => (longest(connection), LONGEST_LINE),
            Self::Act {
                action: Action::SeePad { link },
                ..
            } => (link.as_str(), LONGEST_LINE),
            _ => return None,
        })
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
