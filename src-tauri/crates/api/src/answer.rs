use lever::{OpportunityId, PostingId};
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_engine::listing::LinkCheck;
use padwatch_engine::record::NoteToSend;
use padwatch_engine::snapshot::{Action, PadRow};
use padwatch_engine::{Answer, Handle, Hint, HintSource};
use serde::Serialize;
use serde_json::Value;

use crate::accounts::{accounts, delete_key, set_coderpad_key, set_lever_key};
use crate::call::Call;
use crate::connection::{Connection, ConnectionState};
use crate::desktop::{Desktop, SecretName};
use crate::diagnostics::diagnostics;
use crate::forgetting::forget_everything;
use crate::interview::interview_now;
use crate::invitation;
use crate::limits;
use crate::seen::Seen;
use crate::webhooks;

/// Answers a call in JSON. What each call is answered with stands in the page's
/// `ui/src/backend/backend.ts`.
///
/// # Errors
/// What can't be done, in words for a person.
pub async fn answer(engine: &Handle, desktop: &dyn Desktop, call: Call) -> Answer<Value> {
    limits::check(&call)?;
    match call {
        Call::Snapshot => json(&Seen::of(
            &engine.snapshot(),
            desktop.notices(),
            desktop.about().sandbox,
        )),
        Call::Accounts => json(&accounts(desktop).await),
        Call::SetLeverKey { key } => json(&set_lever_key(engine, desktop, &key).await?),
        Call::SetCoderpadKey { key } => json(&set_coderpad_key(engine, desktop, &key).await?),
        Call::TestLever => json(&engine.test_lever(None).await?),
        Call::TestCoderpad => json(&engine.test_coderpad(None).await?),
        Call::DeleteLeverKey => json(&delete_key(engine, desktop, SecretName::LeverKey).await?),
        Call::DeleteCoderpadKey => {
            json(&delete_key(engine, desktop, SecretName::CoderpadKey).await?)
        }
        Call::LeverUsers => json(&engine.lever_users().await?),
        Call::Stages => json(&engine.stages().await?),
        Call::TagSpellings => json(&engine.tag_spellings().await?),
        Call::Postings => json(&engine.postings().await?),
        Call::PostingEffect { posting } => json(&engine.posting_effect(posting).await?),
        Call::TagPosting { posting, on } => json(&tag_posting(engine, posting, on).await?),
        Call::Questions { wanted } => json(&engine.questions(wanted).await?),
        Call::Settings => json(&engine.settings().await?),
        Call::ChangeSettings { settings } => json(&engine.change_settings(*settings).await?),
        Call::List { query } => json(&engine.list(query).await?),
        Call::Detail { opportunity } => json(&engine.detail(opportunity).await?),
        Call::InterviewNow { opportunity } => json(&interview_now(engine, opportunity).await?),
        Call::Act {
            opportunity,
            action,
        } => json(&engine.act(opportunity, action).await?),
        Call::Serve { section, chosen } => json(&engine.serve(section, chosen).await?),
        Call::CancelServing => json(&engine.cancel_serving().await?),
        Call::Go => json(&engine.go().await?),
        Call::UseThisAccount => json(&engine.use_this_account().await?),
        Call::SetUpAt { step } => json(&engine.set_up_at(step).await?),
        Call::CheckNow => {
            engine.hint(Hint {
                opportunity: None,
                from: HintSource::Person,
            });
            json(&())
        }
        Call::Pause { time } => json(&engine.pause(time).await?),
        Call::Resume => json(&engine.resume().await?),
        Call::CopyLink { opportunity } => json(&copy_link(engine, desktop, opportunity).await?),
        Call::PreviewInvitation {
            opportunity,
            template,
        } => json(&invitation::preview(engine, opportunity, template).await?),
        Call::CopyInvitation {
            opportunity,
            template,
            with_gaps,
        } => json(&invitation::copy(engine, desktop, opportunity, template, with_gaps).await?),
        Call::MailInvitation {
            opportunity,
            template,
            with_gaps,
        } => json(&invitation::mail(engine, desktop, opportunity, template, with_gaps).await?),
        Call::OpenPad { opportunity } => {
            let row = row(engine, opportunity).await?;
            open(desktop, row.pad.map(|pad| pad.link)).await
        }
        Call::OpenPlayback { opportunity } => {
            let row = row(engine, opportunity).await?;
            open(desktop, row.pad.map(|pad| pad.playback)).await
        }
        Call::FinishedView { opportunity } => json(&engine.finished_view(opportunity).await?),
        Call::InterviewCode { opportunity } => json(&engine.code(opportunity).await?),
        Call::OpenDrawing { opportunity } => {
            let drawing = engine.drawing(opportunity).await?;
            json(
                &desktop
                    .open(desktop.places().check_drawing(&drawing)?)
                    .await?,
            )
        }
        Call::CopyText { text } => json(&desktop.copy(text).await?),
        Call::PrepareNote {
            opportunity,
            choice,
        } => json(&engine.prepare_note(opportunity, choice).await?),
        Call::SendNote {
            opportunity,
            text,
            secret,
        } => {
            let note = NoteToSend { text, secret };
            json(&engine.send_note(opportunity, note).await?)
        }
        Call::DiscardNote { opportunity } => json(&engine.discard_note(opportunity).await?),
        Call::Wanted => json(&desktop.wanted()),
        Call::OpenProfile { opportunity } => {
            let row = row(engine, opportunity).await?;
            open(desktop, row.profile_url).await
        }
        Call::OpenSandbox => {
            let control = desktop.places().control.as_ref().map(ToString::to_string);
            open(desktop, control).await
        }
        Call::TrySample => json(&desktop.try_sample().await?),
        Call::Connection => json(&desktop.connection()),
        Call::SetConnection { connection } => json(&set_connection(desktop, connection).await?),
        Call::Restart => json(&desktop.restart().await?),
        Call::Autostart => json(&desktop.autostart().await?),
        Call::SetAutostart { on } => json(&desktop.set_autostart(on).await?),
        Call::WebhookStatus => json(&webhooks::status(engine, desktop).await?),
        Call::SetWebhooks { on, public_address } => {
            json(&webhooks::set(engine, desktop, on, public_address).await?)
        }
        Call::AddSigningToken { token } => {
            json(&webhooks::add_token(engine, desktop, &token).await?)
        }
        Call::DeleteSigningTokens => json(&webhooks::delete_tokens(engine, desktop).await?),
        Call::SetUpWebhooksForMe => json(&webhooks::set_up(engine, desktop).await?),
        Call::RemoveWebhooks => json(&webhooks::remove(engine, desktop).await?),
        Call::Diagnostics => json(&diagnostics(engine, desktop).await?),
        Call::Export => json(&desktop.save("padwatch.csv", engine.export().await?).await?),
        Call::ForgetEverything => json(&forget_everything(engine, desktop).await?),
    }
}

/// What the tag sets off is seen at the next look, so that is now.
async fn tag_posting(engine: &Handle, posting: PostingId, on: bool) -> Answer<()> {
    engine.tag_posting(posting, on).await?;
    engine.hint(Hint {
        opportunity: None,
        from: HintSource::Person,
    });
    Ok(())
}

/// What can't be used is not kept.
async fn set_connection(desktop: &dyn Desktop, chosen: Connection) -> Answer<ConnectionState> {
    chosen.roots()?;
    chosen.proxy()?;
    desktop.set_connection(chosen).await?;
    Ok(desktop.connection())
}

/// Copies first and marks then: a link that is marked but not on the clipboard would be a lie,
/// the other way round only costs a second click.
async fn copy_link(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
) -> Answer<LinkCheck> {
    let check = engine.check_link(opportunity.clone()).await?;
    let pad = row(engine, opportunity.clone())
        .await?
        .pad
        .ok_or_else(nothing_there)?;
    desktop.copy(pad.link).await?;
    desktop.copied(&opportunity);
    engine.act(opportunity, Action::MarkCopied).await?;
    Ok(check)
}

async fn row(engine: &Handle, opportunity: OpportunityId) -> Answer<PadRow> {
    let snapshot = engine.snapshot();
    let lists = [&snapshot.newest, &snapshot.needs_you, &snapshot.finished];
    let at_hand = lists
        .into_iter()
        .flatten()
        .find(|row| row.opportunity == opportunity);
    match at_hand {
        Some(row) => Ok(row.clone()),
        None => Ok(engine.detail(opportunity).await?.row),
    }
}

async fn open(desktop: &dyn Desktop, link: Option<String>) -> Answer<Value> {
    let link = link.ok_or_else(nothing_there)?;
    let url = desktop.places().check(&link)?;
    json(&desktop.open(url).await?)
}

fn nothing_there() -> Problem {
    Problem::new(
        ProblemCode::TooLate,
        "There is no such link yet.",
        "Wait until the pad is made, or look at the candidate in Lever.",
    )
}

fn json<T: Serialize>(value: &T) -> Answer<Value> {
    serde_json::to_value(value).map_err(|error| {
        // Every answer is a plain struct; only a mistake in this program gets here.
        tracing::error!(%error, "an answer could not be written as JSON");
        Problem::new(
            ProblemCode::NotValid,
            "Padwatch could not put its answer into words.",
            "Please report this with the diagnostics.",
        )
    })
}
