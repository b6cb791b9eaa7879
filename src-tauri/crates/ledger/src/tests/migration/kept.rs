//! What an opened ledger says, against what stood in its file before.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::super::listing::section_name;
use super::super::super::{Due, Stored};
use super::original::{Original, Row};
use super::*;
use padwatch_domain::folding::searched;
use padwatch_domain::interview::Plan as PlannedTime;
use padwatch_domain::links::DuplicatePad;
use padwatch_domain::listing::{Counts, ListQuery, TimelineEntry};
use padwatch_domain::section::Section;
use padwatch_domain::tracking::Known;

pub(super) fn check(ledger: &Ledger, before: &Original) {
    check_tables(ledger, before);
    assert_eq!(ledger.quarantined().unwrap(), 0);
    check_rows(ledger, before);
    check_list(ledger, before);
    check_what_is_due(ledger, before);
    check_pads(ledger, before);
    check_notes(ledger, before);
    check_told(ledger, before);
    check_keepsakes(ledger, before);
}

/// Every value is where it was. What a candidate's row leads to is checked by reading it.
fn check_tables(ledger: &Ledger, before: &Original) {
    let after = Original::read(&ledger.connection);
    for (table, rows) in &before.tables {
        let now = after.rows(table);
        assert_eq!(now.len(), rows.len(), "{table}");
        for (was, is) in rows.iter().zip(now) {
            for (column, cell) in &was.0 {
                match (table.as_str(), column.as_str()) {
                    ("opportunity", "reason") | ("activity", "what" | "why") => {
                        became_code(&is.text(column), &was.text(column));
                    }
                    ("activity", "set_off_by") => {
                        assert_eq!(is.text(column), trigger_name(&was.text(column)));
                    }
                    // Its rule changed; what it is now is the domain's.
                    ("opportunity", "section") => {
                        let row = ledger.row(&id(was, "id")).unwrap().unwrap();
                        assert_eq!(is.text(column), section_name(row.section()), "{was:?}");
                    }
                    ("opportunity", "life") if *cell != is.0[column] => {
                        keeps(&is.json(column), &was.json(column));
                    }
                    _ => assert_eq!(is.0.get(column), Some(cell), "{table}.{column}: {was:?}"),
                }
            }
        }
    }
}

pub(super) fn check_rows(ledger: &Ledger, before: &Original) {
    for was in before.rows("opportunity") {
        let id = id(was, "id");
        // No `..`: what a candidacy has besides is checked here too.
        let Candidacy {
            opportunity,
            seen,
            life,
            reason,
            queued_ms,
            since_ms,
            left_ms,
            copied_ms,
            sent_ms,
        } = ledger.row(&id).unwrap().unwrap();
        assert_eq!(opportunity, id);
        check_seen(seen, was);
        keeps(&json!(life), &was.json("life"));
        assert_eq!(life.state(), was.text("state"), "{id}");
        assert_eq!(
            life.pad().map(|pad| pad.id.to_string()),
            was.maybe("pad_id"),
            "{id}"
        );
        assert_eq!(
            life.pad().map(|pad| pad.link.clone()),
            was.maybe("link"),
            "{id}"
        );
        became_code(&json!(reason).to_string(), &was.text("reason"));
        assert_eq!(Some(queued_ms), was.number("queued_ms"), "{id}");
        assert_eq!(Some(since_ms), was.number("since_ms"), "{id}");
        assert_eq!(left_ms, was.number("left_ms"), "{id}");
        assert_eq!(copied_ms, was.number("copied_ms"), "{id}");
        assert_eq!(sent_ms, was.number("sent_ms"), "{id}");
        check_history(ledger, before, &id);
    }
}

fn check_seen(seen: Seen, was: &Row) {
    let Seen {
        contact,
        name,
        posting,
        posting_title,
        stage,
        tags,
        owner,
        profile_url,
        arrived_ms,
    } = seen;
    assert_eq!(
        contact.map(|id| id.to_string()),
        was.maybe("contact"),
        "{was:?}"
    );
    assert_eq!(name, was.text("name"), "{was:?}");
    assert_eq!(
        posting.map(|id| id.to_string()),
        was.maybe("posting_id"),
        "{was:?}"
    );
    assert_eq!(posting_title, was.text("posting"), "{was:?}");
    assert_eq!(
        stage.map(|id| id.to_string()),
        was.maybe("stage"),
        "{was:?}"
    );
    assert_eq!(json!(tags), was.json("tags"), "{was:?}");
    assert_eq!(
        owner.map(|id| id.to_string()),
        was.maybe("owner"),
        "{was:?}"
    );
    assert_eq!(profile_url, was.maybe("profile"), "{was:?}");
    assert_eq!(arrived_ms, was.number("arrived_ms"), "{was:?}");
}

fn check_history(ledger: &Ledger, before: &Original, id: &OpportunityId) {
    let lines: Vec<&Row> = of(before, "activity", id).collect();
    let timeline = ledger.timeline(id).unwrap();
    assert_eq!(timeline.len(), lines.len(), "{id}");
    for (now, was) in timeline.into_iter().zip(lines) {
        let TimelineEntry {
            at_ms,
            what,
            why,
            trigger,
        } = now;
        assert_eq!(Some(at_ms), was.number("at_ms"));
        became_code(&json!(what).to_string(), &was.text("what"));
        became_code(&json!(why).to_string(), &was.text("why"));
        assert_eq!(trigger.name(), trigger_name(&was.text("set_off_by")));
    }
    let sighting = of(before, "sighting", id).next();
    let now = ledger.sighting(id).unwrap();
    assert_eq!(now.is_some(), sighting.is_some(), "{id}");
    if let Some(sighting) = sighting {
        keeps(&json!(now), &sighting.json("document"));
    }
}

/// Each part of the list has the same candidates, in the same order, and everyone is found.
fn check_list(ledger: &Ledger, before: &Original) {
    let Counts {
        to_send,
        upcoming,
        interviews,
        live,
        today: _,
        finished,
        needs_you,
        already_there,
        waiting,
        set_aside,
    } = ledger.counts(TODAY).unwrap();
    let all = ids(before.rows("opportunity").iter().rev());
    assert_eq!(listed(ledger, None, ""), all);
    for (section, count) in [
        (Section::ToSend, to_send),
        (Section::Upcoming, upcoming),
        (Section::Finished, finished),
        (Section::NeedsYou, needs_you),
        (Section::AlreadyThere, already_there),
        (Section::Waiting, waiting),
        (Section::SetAside, set_aside),
    ] {
        // Its rule changed; that the column follows it is checked with the tables.
        let is_there =
            |row: &&Row| ledger.row(&id(row, "id")).unwrap().unwrap().section() == section;
        let rows = before.rows("opportunity").iter().rev();
        let mut rows: Vec<&Row> = rows.filter(is_there).collect();
        if section == Section::Upcoming {
            let key = |row: &&Row| {
                (
                    !is_live(before, row),
                    planned_ms(before, row).unwrap_or(i64::MAX),
                )
            };
            rows.sort_by_key(key);
        }
        assert_eq!(usize::try_from(count).unwrap(), rows.len(), "{section:?}");
        assert!(!rows.is_empty(), "{section:?} is empty");
        if section == Section::Upcoming {
            let lives = rows.iter().filter(|row| is_live(before, row));
            assert_eq!(usize::try_from(live).unwrap(), lives.count());
            let known = |row: &&&Row| is_live(before, row) || planned_ms(before, row).is_some();
            let known = rows.iter().filter(known);
            assert_eq!(usize::try_from(interviews).unwrap(), known.count());
        }
        assert_eq!(listed(ledger, Some(section), ""), ids(rows), "{section:?}");
    }
    for row in before.rows("opportunity") {
        let found = listed(ledger, None, &row.text("name"));
        assert!(found.contains(&row.text("id")), "{row:?}");
    }
    // What the search goes by is written by us: when the folding changes, a migration has to write
    // it again.
    for row in Original::read(&ledger.connection).rows("opportunity") {
        let folded = searched(&row.text("name"), &row.text("posting"), &row.text("link"));
        assert_eq!(row.text("folded"), folded);
    }
}

fn planned_ms(before: &Original, row: &Row) -> Option<i64> {
    interview(before, row)?.number("starts_ms")
}

fn is_live(before: &Original, row: &Row) -> bool {
    interview(before, row).is_some_and(|known| known.text("progress") == "underWay")
}

fn interview<'a>(before: &'a Original, row: &Row) -> Option<&'a Row> {
    let pad = row.maybe("pad_id");
    let known = of(before, "interview", &id(row, "id")).next()?;
    (known.maybe("pad_id") == pad).then_some(known)
}

fn listed(ledger: &Ledger, section: Option<Section>, search: &str) -> Vec<String> {
    let query = ListQuery {
        section,
        search: search.to_owned(),
        offset: 0,
        limit: 200,
    };
    let (rows, _) = ledger.list(&query, TODAY).unwrap();
    rows.into_iter()
        .map(|row| row.opportunity.to_string())
        .collect()
}

/// What was to be done is still to be done, and nothing else.
fn check_what_is_due(ledger: &Ledger, before: &Original) {
    let mut due = BTreeSet::new();
    for kind in [Due::Making, Due::Adopting, Due::Linking, Due::Hold] {
        for row in ledger.due(kind, i64::MAX, usize::MAX).unwrap() {
            due.insert(row.opportunity.to_string());
        }
    }
    let was_due = before.rows("opportunity").iter();
    let was_due = was_due.filter(|row| row.number("due_ms").is_some());
    assert_eq!(due, ids(was_due).into_iter().collect());
    assert!(!due.is_empty());
    let longest_ago = |row: &&Row| row.number("person_ms").or(row.number("queued_ms"));
    let mut persons: Vec<&Row> = before.rows("opportunity").iter().collect();
    persons.sort_by_key(longest_ago);
    let to_check = ledger.persons_to_check(i64::MAX, u32::MAX).unwrap();
    let to_check: Vec<String> = to_check.iter().map(ToString::to_string).collect();
    assert_eq!(to_check, ids(persons));
    for row in before.rows("removed") {
        assert!(ledger.was_removed(&id(row, "opportunity")).unwrap());
    }
    for row in before.rows("delivery") {
        let at_ms = row.number("triggered_ms").unwrap();
        assert!(ledger.was_told_of(&id(row, "opportunity"), at_ms).unwrap());
    }
    let hints = ledger.hints(100).unwrap();
    let hints: Vec<_> = hints
        .iter()
        .map(|hint| (Some(hint.number), hint.opportunity.to_string()))
        .collect();
    let mut was: Vec<&Row> = before.rows("hint").iter().collect();
    was.sort_by_key(|row| (row.number("since_ms"), row.number("number")));
    let was = was
        .iter()
        .map(|row| (row.number("number"), row.text("opportunity")));
    assert_eq!(hints, was.collect::<Vec<_>>());
}

/// Attempts, pads too many, and how far each interview is.
fn check_pads(ledger: &Ledger, before: &Original) {
    let loose = ledger.loose_markers(0).unwrap();
    let loose: Vec<String> = loose.iter().map(|(marker, _)| marker.to_string()).collect();
    let superseded = before.rows("marker").iter();
    let superseded = superseded.filter(|row| row.text("outcome") == "superseded");
    let repeated: BTreeSet<String> = superseded
        .clone()
        .map(|row| row.text("opportunity"))
        .collect();
    assert_eq!(
        loose,
        superseded.map(|row| row.text("marker")).collect::<Vec<_>>()
    );
    for row in before.rows("opportunity") {
        let id = id(row, "id");
        let was_repeated = repeated.contains(id.as_str());
        assert_eq!(ledger.was_repeated(&id).unwrap(), was_repeated, "{id}");
        let extra = of(before, "duplicate", &id).filter(|row| row.number("gone_ms").is_none());
        let extra = extra.map(|row| DuplicatePad {
            id: pad_id(row),
            link: row.text("link"),
            ours: row.number("ours") == Some(1),
        });
        assert_eq!(
            ledger.duplicates(&id).unwrap(),
            extra.collect::<Vec<_>>(),
            "{id}"
        );
        if row.maybe("pad_id").is_some() {
            assert_eq!(ledger.owner_of(&pad_id(row)).unwrap(), Some(id.clone()));
        }
    }
    for row in before.rows("interview") {
        check_interview(ledger, row);
    }
}

fn check_interview(ledger: &Ledger, was: &Row) {
    let Known {
        progress,
        seen_ms,
        active_ms,
        asked_ms,
        plan,
        reminded_ms,
        unsent_ms,
        seen_by,
        missing_ms,
        checked,
        attended,
        invited,
        canceled_ms,
        kept_ms,
    } = ledger
        .known_of(&id(was, "opportunity"), &pad_id(was))
        .unwrap();
    let was_planned = was.number("starts_ms").zip(was.number("ends_ms"));
    let was_planned = was_planned.map(|(starts_ms, ends_ms)| PlannedTime { starts_ms, ends_ms });
    assert_eq!(progress.name(), was.text("progress"));
    assert_eq!(plan, was_planned);
    assert_eq!(
        (checked, attended),
        (None, None),
        "no one was checked before this version"
    );
    assert_eq!((invited, canceled_ms, kept_ms), (None, None, None));
    assert_eq!(seen_by.map(String::from), was.maybe("seen_by"));
    for (column, now) in [
        ("seen_ms", seen_ms),
        ("active_ms", active_ms),
        ("asked_ms", asked_ms),
        ("reminded_ms", reminded_ms),
        ("unsent_ms", unsent_ms),
        ("missing_ms", missing_ms),
    ] {
        assert_eq!(now, was.number(column), "{column}: {was:?}");
    }
}

fn check_notes(ledger: &Ledger, before: &Original) {
    for row in before.rows("note") {
        let id = id(row, "opportunity");
        let note = ledger.note(&id).unwrap().unwrap();
        keeps(&json!(note), &row.json("document"));
        assert_eq!(ledger.note_file(&id).unwrap(), row.maybe("file"));
        assert_eq!(note.due_ms(), row.number("due_ms"));
        assert_eq!(note.stage.name(), row.text("state"));
    }
    let soonest = before
        .rows("note")
        .iter()
        .filter_map(|row| row.number("due_ms"))
        .min();
    assert_eq!(ledger.next_note_ms().unwrap(), soonest);
}

/// What is still to be announced, in its order; nothing is announced because of a migration.
fn check_told(ledger: &Ledger, before: &Original) {
    let untold = ledger.untold(0).unwrap();
    assert_eq!(untold.len(), before.rows("announcement").len());
    for (now, was) in untold.iter().zip(before.rows("announcement")) {
        assert_eq!(Some(now.id), was.number("number"));
        assert_eq!(Some(now.at_ms), was.number("at_ms"));
        keeps(&json!(now.news), &was.json("news"));
    }
}

fn check_keepsakes(ledger: &Ledger, before: &Original) {
    for key in super::every_key() {
        let was = before
            .rows("keepsake")
            .iter()
            .find(|row| row.text("name") == key.name());
        let was = was.map_or(Stored::Missing, |row| Stored::Read(row.text("value")));
        assert_eq!(ledger.stored_text(key).unwrap(), was, "{key:?}");
    }
    for row in before.rows("posting") {
        let title = ledger
            .posting_title(&PostingId::new(row.text("id")))
            .unwrap();
        assert_eq!(title, row.maybe("title"));
    }
}

/// Fails unless a sentence became a code, or is there as it was.
fn became_code(now: &str, was: &str) {
    let now: Value = serde_json::from_str(now).unwrap();
    if let Ok(code @ Value::Object(_)) = serde_json::from_str::<Value>(was) {
        return assert_eq!(now, code);
    }
    let is_known = !was.starts_with("Why number") && was != "Lever can’t be reached.";
    assert_eq!(now["code"] != "earlier", is_known, "{was}: {now}");
    if !is_known {
        assert_eq!(now["text"], was);
    }
}

fn trigger_name(words: &str) -> &str {
    match words {
        code @ ("poll" | "webhook" | "user" | "start" | "creation" | "tracking") => code,
        "A look at Lever" => "poll",
        "A Lever webhook" => "webhook",
        "You" => "user",
        "The start of Padwatch" => "start",
        "Padwatch" => "creation",
        "A look at CoderPad" => "tracking",
        other => panic!("{other}"),
    }
}

/// Fails unless everything that was written is read again; what is new may have been added.
fn keeps(now: &Value, was: &Value) {
    match (now, was) {
        (Value::Object(now), Value::String(was)) => {
            assert_eq!(
                (&now["code"], &now["text"]),
                (&json!("earlier"), &json!(was))
            );
        }
        (Value::String(now), Value::String(was)) if was == "No answer came." => {
            assert_eq!(now, "unknown", "a doubt");
        }
        (Value::String(now), Value::String(was)) if was.starts_with("no answer (") => {
            assert_eq!(now, "noAnswer", "a doubt");
        }
        // A problem in words: its kind and its sentence stay; what to do is the catalogue's.
        (Value::Object(now), Value::Object(was)) if was.get("code") == Some(&json!("earlier")) => {
            assert_eq!(now, was);
        }
        (Value::Object(now), Value::Object(was)) if is_problem(was) => {
            assert_eq!(
                (&now["code"], &now["was"], &now["message"]),
                (&json!("earlier"), &was["code"], &was["message"])
            );
        }
        (Value::Object(now), Value::Object(was)) => {
            for (name, value) in was {
                keeps(now.get(name).unwrap_or(&Value::Null), value);
            }
        }
        (Value::Array(now), Value::Array(was)) => {
            assert_eq!(now.len(), was.len(), "{was:?}");
            now.iter().zip(was).for_each(|(now, was)| keeps(now, was));
        }
        _ => assert_eq!(now, was),
    }
}

fn is_problem(was: &serde_json::Map<String, Value>) -> bool {
    ["code", "message"]
        .iter()
        .all(|name| was.contains_key(*name))
}

fn of<'a>(before: &'a Original, table: &str, id: &OpportunityId) -> impl Iterator<Item = &'a Row> {
    let id = id.to_string();
    let rows = before.rows(table).iter();
    rows.filter(move |row| row.text("opportunity") == id)
}

fn id(row: &Row, column: &str) -> OpportunityId {
    OpportunityId::new(row.text(column))
}

fn pad_id(row: &Row) -> PadId {
    PadId::parse(&row.text("pad_id")).unwrap()
}

fn ids<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<String> {
    rows.into_iter().map(|row| row.text("id")).collect()
}
