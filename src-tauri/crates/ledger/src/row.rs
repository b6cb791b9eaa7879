//! One candidacy as a row of its table.

use lever::{ContactId, OpportunityId, PostingId, StageId, UserId};
use rusqlite::{Row as SqlRow, Transaction, named_params};

use super::database::run;
use super::error::LedgerError;
use padwatch_domain::candidacy::{Candidacy, Seen};
use padwatch_domain::folding::searched;
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::reason::Reason;

/// The columns that [`read`] expects, in its order.
pub(super) const COLUMNS: &str = "id, contact, name, posting_id, posting, stage, tags, owner, \
    profile, state, life, pad_id, reason, queued_ms, since_ms, left_ms, copied_ms, sent_ms, \
    arrived_ms";

/// Reads a candidacy; `None`: not even whose it is can be read.
pub(super) fn read(row: &SqlRow<'_>) -> Option<Candidacy> {
    let id = OpportunityId::new(row.get::<_, String>("id").ok()?);
    let whole = read_whole(row, id.clone());
    Some(whole.unwrap_or_else(|| unreadable(row, id)))
}

fn read_whole(row: &SqlRow<'_>, opportunity: OpportunityId) -> Option<Candidacy> {
    let tags: String = row.get("tags").ok()?;
    let life: String = row.get("life").ok()?;
    let life: Lifecycle = serde_json::from_str(&life).ok()?;
    let state: String = row.get("state").ok()?;
    let pad: Option<String> = row.get("pad_id").ok()?;
    // Queries go by these columns: one that says otherwise was not written by us.
    if state != life.state() || pad.as_deref() != life.pad().map(|pad| pad.id.as_str()) {
        return None;
    }
    let text = |name: &str| row.get::<_, Option<String>>(name).ok();
    Some(Candidacy {
        opportunity,
        seen: Seen {
            contact: text("contact")?.map(ContactId::new),
            name: row.get("name").ok()?,
            posting: text("posting_id")?.map(PostingId::new),
            posting_title: row.get("posting").ok()?,
            stage: text("stage")?.map(StageId::new),
            tags: serde_json::from_str(&tags).ok()?,
            owner: text("owner")?.map(UserId::new),
            profile_url: text("profile")?,
            arrived_ms: row.get("arrived_ms").ok()?,
        },
        life,
        reason: Reason::read(&row.get::<_, String>("reason").ok()?),
        queued_ms: row.get("queued_ms").ok()?,
        since_ms: row.get("since_ms").ok()?,
        left_ms: row.get("left_ms").ok()?,
        copied_ms: row.get("copied_ms").ok()?,
        sent_ms: row.get("sent_ms").ok()?,
    })
}

/// A candidacy of which nothing can be said but who it is about.
fn unreadable(row: &SqlRow<'_>, opportunity: OpportunityId) -> Candidacy {
    let text = |name: &str| row.get::<_, String>(name).unwrap_or_default();
    let time = |name: &str| row.get::<_, Option<i64>>(name).unwrap_or_default();
    let seen = Seen {
        contact: row
            .get::<_, Option<String>>("contact")
            .unwrap_or_default()
            .map(ContactId::new),
        name: text("name"),
        posting_title: text("posting"),
        profile_url: row.get("profile").unwrap_or_default(),
        ..Seen::default()
    };
    Candidacy {
        opportunity,
        seen,
        life: Lifecycle::Unreadable,
        reason: Reason::Unreadable,
        queued_ms: time("queued_ms").unwrap_or_default(),
        since_ms: time("since_ms").unwrap_or_default(),
        left_ms: None,
        copied_ms: None,
        sent_ms: None,
    }
}

/// Writes a candidacy, which can be read again from then on.
pub(super) fn put(transaction: &Transaction<'_>, row: &Candidacy) -> Result<(), LedgerError> {
    let sql = "INSERT INTO opportunity (id, contact, name, posting_id, posting, stage, tags, owner,
            profile, state, life, pad_id, link, folded, reason, queued_ms, since_ms,
            left_ms, copied_ms, sent_ms, arrived_ms)
        VALUES (:id, :contact, :name, :posting_id, :posting, :stage, :tags, :owner,
            :profile, :state, :life, :pad_id, :link, :folded, :reason, :queued_ms, :since_ms,
            :left_ms, :copied_ms, :sent_ms, :arrived_ms)
        ON CONFLICT (id) DO UPDATE SET contact = excluded.contact, name = excluded.name,
            posting_id = excluded.posting_id, posting = excluded.posting, stage = excluded.stage,
            tags = excluded.tags, owner = excluded.owner, profile = excluded.profile,
            state = excluded.state, life = excluded.life, quarantined_ms = NULL,
            pad_id = excluded.pad_id, link = excluded.link, folded = excluded.folded,
            reason = excluded.reason,
            since_ms = excluded.since_ms, left_ms = excluded.left_ms,
            copied_ms = excluded.copied_ms, sent_ms = excluded.sent_ms,
            arrived_ms = excluded.arrived_ms";
    let seen = &row.seen;
    let pad = row.life.pad();
    run(
        transaction,
        sql,
        named_params! {
            ":id": row.opportunity.as_str(),
            ":contact": seen.contact.as_ref().map(AsRef::as_ref),
            ":name": seen.name,
            ":posting_id": seen.posting.as_ref().map(AsRef::as_ref),
            ":posting": seen.posting_title,
            ":stage": seen.stage.as_ref().map(AsRef::as_ref),
            ":tags": serde_json::to_string(&seen.tags)?,
            ":owner": seen.owner.as_ref().map(AsRef::as_ref),
            ":profile": seen.profile_url,
            ":state": row.life.state(),
            ":life": serde_json::to_string(&row.life)?,
            ":pad_id": pad.map(|pad| pad.id.as_str()),
            ":link": pad.map(|pad| pad.link.as_str()),
            ":folded": searched(&seen.name, &seen.posting_title, pad.map_or("", |pad| &pad.link)),
            ":reason": serde_json::to_string(&row.reason)?,
            ":queued_ms": row.queued_ms,
            ":since_ms": row.since_ms,
            ":left_ms": row.left_ms,
            ":copied_ms": row.copied_ms,
            ":sent_ms": row.sent_ms,
            ":arrived_ms": seen.arrived_ms,
        },
    )?;
    let sql = "DELETE FROM quarantine WHERE kind = 'candidacy' AND id = :id";
    run(
        transaction,
        sql,
        named_params! {":id": row.opportunity.as_str()},
    )
}
