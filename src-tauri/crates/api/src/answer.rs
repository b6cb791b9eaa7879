//! The calls of the window that take more than a line.

use lever::{OpportunityId, PostingId};
use padwatch_domain::listing::ListQuery;
use padwatch_domain::problem::Problem;
use padwatch_domain::record::PadLinks;
use padwatch_domain::rules::same_tag;
use padwatch_domain::section::Section;
use padwatch_engine::listing::LinkCheck;
use padwatch_engine::snapshot::{Action, PadRow, Remark};
use padwatch_engine::{Answer, Handle, Hint, HintSource};

use crate::accounts::{move_to, use_stored_keys};
use crate::catalogue::words;
use crate::connection::{Connection, ConnectionState};
use crate::desktop::Desktop;
use crate::dto;
use crate::dto::convert::convert;
use crate::dto::postings::TagOrigin;
use crate::dto::snapshot::Seen;
use crate::export::as_csv;
use crate::order::in_turn;

/// So many of those who are ready are looked through for one who is still there.
const MOST_LOOKED_THROUGH: u32 = 50;

pub(crate) fn seen(engine: &Handle, desktop: &dyn Desktop) -> Seen {
    let is_sandbox = desktop.about().sandbox;
    Seen::of(&engine.snapshot(), desktop.notices(), is_sandbox)
}

/// Looks at Lever now.
pub(crate) fn check_now(engine: &Handle) {
    engine.hint(Hint {
        opportunity: None,
        from: HintSource::Person,
    });
}

/// What the tag sets off is seen at the next poll, so that is now.
pub(crate) async fn tag_posting(engine: &Handle, posting: PostingId, on: bool) -> Answer<()> {
    engine.tag_posting(posting, on).await?;
    check_now(engine);
    Ok(())
}

/// Lever shows a candidate's tags and those of the job in one list: the job is asked for its own.
pub(crate) async fn tag_origin(
    engine: &Handle,
    opportunity: OpportunityId,
) -> Answer<Option<TagOrigin>> {
    let detail = engine.detail(opportunity).await?;
    let watched = engine.settings().await?.watch.tag;
    if !detail.tags.iter().any(|tag| same_tag(tag, &watched)) {
        return Ok(None);
    }
    let is_jobs = match detail.posting {
        Some(posting) => engine.is_posting_tagged(posting).await?,
        None => false,
    };
    Ok(Some(match is_jobs {
        true => TagOrigin::Job,
        false => TagOrigin::Candidate,
    }))
}

/// What can't be used is not kept.
pub(crate) async fn set_connection(
    engine: &Handle,
    desktop: &dyn Desktop,
    chosen: Connection,
) -> Answer<ConnectionState> {
    chosen.roots()?;
    chosen.proxy()?;
    let _turn = in_turn().await;
    move_to(engine, desktop, chosen).await?;
    use_stored_keys(engine, desktop).await?;
    Ok(desktop.connection())
}

/// Puts a pad's link on the clipboard. A pad that is known to be gone is refused before that.
pub(crate) async fn copy_link(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
) -> Answer<LinkCheck> {
    let check = engine.check_link(opportunity.clone()).await?;
    let pad = row(engine, opportunity.clone()).await?.pad;
    let link = pad.ok_or(Problem::NoPadYet)?.link;
    copy_and_mark(engine, desktop, opportunity, link).await?;
    Ok(check)
}

/// The same for a link that was shown and clicked. A pad that took its place since then is handed
/// out instead: the check is about that one.
///
/// # Errors
/// When the pad is known to be gone, or the clipboard can't be used.
pub async fn copy_shown_link(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
    link: String,
) -> Answer<LinkCheck> {
    let handed = hand_out(engine, desktop, opportunity, link).await?;
    Ok(handed.0)
}

/// The same for the newest link that is ready to send. Answers what was copied, or why nothing was,
/// in words.
///
/// # Errors
/// When none is ready, and as for a link that was clicked.
pub async fn copy_latest(engine: &Handle, desktop: &dyn Desktop) -> Result<String, String> {
    let words = words();
    let (row, pad) = match newest_ready(engine).await {
        Ok(Some(found)) => found,
        Ok(None) => return Err(words.command_line_nothing_ready()),
        Err(problem) => return Err(told(problem)),
    };
    let who = match row.name.as_str() {
        "" => words.unnamed_candidate_within(),
        name => name.to_owned(),
    };
    match hand_out(engine, desktop, row.opportunity, pad.link).await {
        Ok((LinkCheck::Checked, link)) => Ok(words.command_line_copied(&who, &link)),
        Ok((LinkCheck::NotChecked, link)) => Ok(words.command_line_copied_unchecked(&who, &link)),
        Err(problem) => Err(told(problem)),
    }
}

async fn newest_ready(engine: &Handle) -> Answer<Option<(PadRow, PadLinks)>> {
    let query = ListQuery {
        section: Some(Section::ToSend),
        limit: MOST_LOOKED_THROUGH,
        ..ListQuery::default()
    };
    // The link of someone who has left since is for no one.
    let is_needed = |row: &PadRow| !matches!(row.remark, Some(Remark::Unneeded(_)));
    let newest = engine.list(query).await?.rows.into_iter().find(is_needed);
    Ok(newest.and_then(|row| Some((row.clone(), row.pad?))))
}

/// A problem for a person at a command line.
fn told(problem: Problem) -> String {
    let told = dto::problem::Problem::from(problem);
    format!("{} {}", told.message, told.hint)
}

/// Answers the link that was copied, too: the one that was shown may have been replaced.
async fn hand_out(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
    shown: String,
) -> Answer<(LinkCheck, String)> {
    let check = engine.check_link(opportunity.clone()).await?;
    let current = row_at_hand(engine, &opportunity).and_then(|row| row.pad);
    let link = current.map_or(shown, |pad| pad.link);
    copy_and_mark(engine, desktop, opportunity, link.clone()).await?;
    Ok((check, link))
}

/// Copies first and marks then: a link that is marked but not on the clipboard would be a lie,
/// the other way round only costs a second click.
async fn copy_and_mark(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
    link: String,
) -> Answer<()> {
    desktop.copy(link).await?;
    desktop.copied(&opportunity);
    engine.act(opportunity, Action::MarkCopied).await
}

pub(crate) async fn open_pad(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
) -> Answer<()> {
    let pad = row(engine, opportunity).await?.pad;
    open(desktop, pad.map(|pad| pad.link)).await
}

pub(crate) async fn open_playback(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
) -> Answer<()> {
    let pad = row(engine, opportunity).await?.pad;
    open(desktop, pad.map(|pad| pad.playback)).await
}

pub(crate) async fn open_profile(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
) -> Answer<()> {
    open(desktop, row(engine, opportunity).await?.profile_url).await
}

pub(crate) async fn open_drawing(
    engine: &Handle,
    desktop: &dyn Desktop,
    opportunity: OpportunityId,
) -> Answer<()> {
    let drawing = engine.drawing(opportunity).await?;
    desktop
        .open(desktop.places().check_drawing(&drawing)?)
        .await
}

pub(crate) async fn open_sandbox(desktop: &dyn Desktop) -> Answer<()> {
    let control = desktop.places().control.as_ref().map(ToString::to_string);
    open(desktop, control).await
}

/// Where the file is.
pub(crate) async fn export(engine: &Handle, desktop: &dyn Desktop) -> Answer<String> {
    let rows: Vec<dto::candidates::PadRow> = convert(engine.everybody().await?);
    desktop.save("padwatch.csv", as_csv(&rows)?).await
}

async fn row(engine: &Handle, opportunity: OpportunityId) -> Answer<PadRow> {
    match row_at_hand(engine, &opportunity) {
        Some(row) => Ok(row),
        None => Ok(engine.detail(opportunity).await?.row),
    }
}

/// The row as the latest snapshot has it; not every candidate is in there.
fn row_at_hand(engine: &Handle, opportunity: &OpportunityId) -> Option<PadRow> {
    let snapshot = engine.snapshot();
    let lists = [&snapshot.newest, &snapshot.needs_you, &snapshot.finished];
    let mut rows = lists.into_iter().flatten();
    rows.find(|row| row.opportunity == *opportunity).cloned()
}

async fn open(desktop: &dyn Desktop, link: Option<String>) -> Answer<()> {
    let link = link.ok_or(Problem::NoPadYet)?;
    desktop.open(desktop.places().check(&link)?).await
}
