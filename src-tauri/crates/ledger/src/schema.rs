//! The tables, as migrations. Never change one that was released: add the next.

use rusqlite::Transaction;
use rusqlite_migration::{HookResult, M, Migrations};

use super::from_prose::{CODES, sentences_to_codes};
use super::interviews::REMARKS;
use super::sections::{DECISIONS, LIVE};
use padwatch_domain::folding::searched;

/// How many migrations there are: the `user_version` of an up-to-date ledger.
const NEWEST: i64 = 16;

/// The steps to the newest schema, and how many they are.
pub(super) struct Plan {
    pub(super) migrations: Migrations<'static>,
    /// The `user_version` that they lead to.
    pub(super) newest: i64,
}

/// The steps of this Padwatch.
pub(super) fn plan() -> Plan {
    Plan {
        migrations: migrations(),
        newest: NEWEST,
    }
}

fn migrations() -> Migrations<'static> {
    Migrations::new(vec![
        M::up(FIRST),
        M::up(WEBHOOKS),
        M::up(INTERVIEWS),
        M::up(PLANNED),
        M::up(ARRIVED),
        M::up_with_hook(FOLDED, fold_what_is_there),
        M::up(SIGHTINGS),
        M::up(UNTITLED),
        M::up(QUARANTINE),
        M::up(REPEATED),
        M::up(READERS),
        M::up(DERIVED),
        M::up_with_hook(CODES, sentences_to_codes),
        M::up(DECISIONS),
        M::up(LIVE),
        M::up(REMARKS),
    ])
}

/// One row per opportunity is the heart: `id` is UNIQUE, so is `pad_id`.
const FIRST: &str = "
CREATE TABLE opportunity (
    row        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    contact    TEXT,
    name       TEXT NOT NULL,
    posting_id TEXT,
    posting    TEXT NOT NULL,
    stage      TEXT,
    tags       TEXT NOT NULL CHECK (json_valid(tags)),
    owner      TEXT,
    profile    TEXT,
    state      TEXT NOT NULL CHECK (state IN ('eligible', 'held', 'skipped', 'intent', 'uncertain',
                   'refused', 'created', 'linked', 'finished', 'deleted')),
    life       TEXT NOT NULL CHECK (json_valid(life)),
    section    TEXT NOT NULL,
    pad_id     TEXT,
    link       TEXT,
    reason     TEXT NOT NULL,
    queued_ms  INTEGER NOT NULL,
    since_ms   INTEGER NOT NULL,
    due_ms     INTEGER,
    left_ms    INTEGER,
    copied_ms  INTEGER,
    sent_ms    INTEGER
) STRICT;
CREATE UNIQUE INDEX opportunity_pad ON opportunity (pad_id) WHERE state <> 'deleted';
CREATE INDEX opportunity_section ON opportunity (section, since_ms);
CREATE INDEX opportunity_since ON opportunity (since_ms);
CREATE INDEX opportunity_due ON opportunity (due_ms) WHERE due_ms IS NOT NULL;
CREATE INDEX opportunity_contact ON opportunity (contact);
CREATE INDEX opportunity_state ON opportunity (state) WHERE state IN ('intent', 'uncertain', 'refused');
CREATE INDEX opportunity_queued ON opportunity (queued_ms);

CREATE VIRTUAL TABLE opportunity_text USING fts5 (
    name, posting, link, content = 'opportunity', content_rowid = 'row', tokenize = 'trigram'
);
CREATE TRIGGER opportunity_text_new AFTER INSERT ON opportunity BEGIN
    INSERT INTO opportunity_text (rowid, name, posting, link)
    VALUES (new.row, new.name, new.posting, new.link);
END;
CREATE TRIGGER opportunity_text_gone AFTER DELETE ON opportunity BEGIN
    INSERT INTO opportunity_text (opportunity_text, rowid, name, posting, link)
    VALUES ('delete', old.row, old.name, old.posting, old.link);
END;
CREATE TRIGGER opportunity_text_changed AFTER UPDATE OF name, posting, link ON opportunity
WHEN old.name <> new.name OR old.posting <> new.posting OR old.link IS NOT new.link BEGIN
    INSERT INTO opportunity_text (opportunity_text, rowid, name, posting, link)
    VALUES ('delete', old.row, old.name, old.posting, old.link);
    INSERT INTO opportunity_text (rowid, name, posting, link)
    VALUES (new.row, new.name, new.posting, new.link);
END;

-- How many rows each section has: counting a hundred thousand takes too long for every snapshot.
CREATE TABLE tally (
    section TEXT PRIMARY KEY,
    count   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tally_new AFTER INSERT ON opportunity BEGIN
    INSERT INTO tally VALUES (new.section, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER tally_gone AFTER DELETE ON opportunity BEGIN
    UPDATE tally SET count = count - 1 WHERE section = old.section;
END;
CREATE TRIGGER tally_moved AFTER UPDATE OF section ON opportunity
WHEN old.section <> new.section BEGIN
    UPDATE tally SET count = count - 1 WHERE section = old.section;
    INSERT INTO tally VALUES (new.section, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;

-- Every attempt that may have made a pad. 'open' until its pad is known or surely was not made;
-- 'superseded' when another attempt followed on somebody's word: a late pad may still turn up.
CREATE TABLE marker (
    marker      TEXT PRIMARY KEY,
    opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
    written_ms  INTEGER NOT NULL,
    outcome     TEXT NOT NULL CHECK (outcome IN ('open', 'settled', 'superseded'))
) STRICT;
CREATE INDEX marker_open ON marker (written_ms) WHERE outcome <> 'settled';

CREATE TABLE duplicate (
    pad_id      TEXT PRIMARY KEY,
    opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
    link        TEXT NOT NULL,
    ours        INTEGER NOT NULL CHECK (ours IN (0, 1)),
    found_ms    INTEGER NOT NULL,
    gone_ms     INTEGER
) STRICT;
CREATE INDEX duplicate_opportunity ON duplicate (opportunity);

CREATE TABLE activity (
    number      INTEGER PRIMARY KEY,
    opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
    at_ms       INTEGER NOT NULL,
    what        TEXT NOT NULL,
    why         TEXT NOT NULL,
    set_off_by  TEXT NOT NULL
) STRICT;
CREATE INDEX activity_opportunity ON activity (opportunity, number);

-- What is to be told. AUTOINCREMENT: a number is never used twice.
CREATE TABLE announcement (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms    INTEGER NOT NULL,
    news     TEXT NOT NULL CHECK (json_valid(news))
) STRICT;

CREATE TABLE posting (
    id    TEXT PRIMARY KEY,
    title TEXT NOT NULL
) STRICT;

-- Settings, pauses and the like: one JSON document each.
CREATE TABLE keepsake (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
";

/// What comes after a pad is made: its interview, the note, and the end of what is kept.
const INTERVIEWS: &str = "
CREATE INDEX opportunity_open ON opportunity (state) WHERE state IN ('created', 'linked');

-- How far the interview in a pad is, and when Lever says that it is planned.
CREATE TABLE interview (
    opportunity TEXT PRIMARY KEY REFERENCES opportunity (id) ON DELETE CASCADE,
    pad_id      TEXT NOT NULL,
    progress    TEXT NOT NULL CHECK (progress IN ('unseen', 'pending', 'underWay', 'hidden')),
    seen_ms     INTEGER,
    active_ms   INTEGER,
    asked_ms    INTEGER,
    starts_ms   INTEGER,
    ends_ms     INTEGER,
    reminded_ms INTEGER,
    unsent_ms   INTEGER
) STRICT;

-- One note for each candidacy. 'document' is the note as JSON; the file, if there is to be one,
-- stands beside it because it may be large. Both are emptied once the note is on the candidate.
CREATE TABLE note (
    opportunity TEXT PRIMARY KEY REFERENCES opportunity (id) ON DELETE CASCADE,
    state       TEXT NOT NULL CHECK (state IN ('prepared', 'sending', 'added')),
    document    TEXT NOT NULL CHECK (json_valid(document)),
    file        TEXT,
    due_ms      INTEGER
) STRICT;
CREATE INDEX note_due ON note (due_ms) WHERE due_ms IS NOT NULL;

-- Candidacies that had a pad and whose data was removed: should one come again, it is not new.
CREATE TABLE removed (
    opportunity TEXT PRIMARY KEY,
    at_ms       INTEGER NOT NULL
) STRICT;

-- When Lever was last asked whether the person is still there under their name.
ALTER TABLE opportunity ADD COLUMN person_ms INTEGER;
CREATE INDEX opportunity_person ON opportunity (coalesce(person_ms, queued_ms));
";

const WEBHOOKS: &str = "
-- The events that Lever's webhooks brought. The token is what is signed, and never comes twice.
CREATE TABLE delivery (
    token        TEXT PRIMARY KEY,
    opportunity  TEXT NOT NULL,
    triggered_ms INTEGER NOT NULL,
    seen_ms      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_triggered ON delivery (triggered_ms);
CREATE INDEX delivery_opportunity ON delivery (opportunity, triggered_ms);

-- Where to look because of them. AUTOINCREMENT: a number is never used twice.
CREATE TABLE hint (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    opportunity TEXT NOT NULL UNIQUE,
    since_ms    INTEGER NOT NULL
) STRICT;
";

/// The list of those whose interview is to come goes by its time, page by page, so an index must
/// hold that time beside the section: it is kept on the candidacy itself, for its present pad.
const PLANNED: &str = "
ALTER TABLE opportunity ADD COLUMN planned_ms INTEGER;
UPDATE opportunity SET planned_ms = (
    SELECT starts_ms FROM interview
    WHERE interview.opportunity = opportunity.id AND interview.pad_id = opportunity.pad_id
);

-- The greatest number stands for no time: whoever has none comes last.
CREATE INDEX opportunity_planned ON opportunity (
    section, coalesce(planned_ms, 9223372036854775807), since_ms DESC, row DESC
);

CREATE TRIGGER planned_new AFTER INSERT ON interview BEGIN
    UPDATE opportunity SET planned_ms = new.starts_ms
    WHERE id = new.opportunity AND pad_id = new.pad_id;
END;
CREATE TRIGGER planned_other_pad AFTER UPDATE OF pad_id ON opportunity
WHEN old.pad_id IS NOT new.pad_id BEGIN
    UPDATE opportunity SET planned_ms = (
        SELECT starts_ms FROM interview WHERE opportunity = new.id AND pad_id = new.pad_id
    ) WHERE row = new.row;
END;
";

/// When the candidate came to the stage that they are in, as Lever says.
const ARRIVED: &str = "
ALTER TABLE opportunity ADD COLUMN arrived_ms INTEGER;
";

/// The search goes by folded texts, so that plain letters find accented ones. They stand in a
/// column of their own, which is written by us: SQLite can't fold.
const FOLDED: &str = "
DROP TRIGGER opportunity_text_new;
DROP TRIGGER opportunity_text_gone;
DROP TRIGGER opportunity_text_changed;
DROP TABLE opportunity_text;
ALTER TABLE opportunity ADD COLUMN folded TEXT NOT NULL DEFAULT '';
";

const FOLDED_INDEX: &str = "
CREATE VIRTUAL TABLE opportunity_text USING fts5 (
    folded, content = 'opportunity', content_rowid = 'row', tokenize = 'trigram'
);
INSERT INTO opportunity_text (opportunity_text) VALUES ('rebuild');
CREATE TRIGGER opportunity_text_new AFTER INSERT ON opportunity BEGIN
    INSERT INTO opportunity_text (rowid, folded) VALUES (new.row, new.folded);
END;
CREATE TRIGGER opportunity_text_gone AFTER DELETE ON opportunity BEGIN
    INSERT INTO opportunity_text (opportunity_text, rowid, folded)
    VALUES ('delete', old.row, old.folded);
END;
CREATE TRIGGER opportunity_text_changed AFTER UPDATE OF folded ON opportunity
WHEN old.folded <> new.folded BEGIN
    INSERT INTO opportunity_text (opportunity_text, rowid, folded)
    VALUES ('delete', old.row, old.folded);
    INSERT INTO opportunity_text (rowid, folded) VALUES (new.row, new.folded);
END;
";

fn fold_what_is_there(transaction: &Transaction<'_>) -> HookResult {
    let mut rows =
        transaction.prepare("SELECT row, name, posting, coalesce(link, '') FROM opportunity")?;
    let mut fold = transaction.prepare("UPDATE opportunity SET folded = ?2 WHERE row = ?1")?;
    let mut rows = rows.query([])?;
    let mut folded: Vec<(i64, String)> = Vec::new();
    while let Some(row) = rows.next()? {
        let text = |column| row.get::<_, String>(column).unwrap_or_default();
        folded.push((row.get(0)?, searched(&text(1), &text(2), &text(3))));
    }
    for (row, text) in folded {
        fold.execute((row, text))?;
    }
    transaction.execute_batch(FOLDED_INDEX)?;
    Ok(())
}

/// How each candidate was last seen, as JSON: what tells a departure from a list that was short,
/// and a return from one that was whole again.
const SIGHTINGS: &str = "
CREATE TABLE sighting (
    opportunity TEXT PRIMARY KEY REFERENCES opportunity (id) ON DELETE CASCADE,
    document    TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
";

/// Which jobs have no title yet is asked all day.
const UNTITLED: &str = "
CREATE INDEX opportunity_untitled ON opportunity (posting_id) WHERE posting = '';
";

/// Rows of other tables that this Padwatch can't read, by the key that they have there.
const QUARANTINE: &str = "
CREATE TABLE quarantine (
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    found_ms INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
";

/// Which attempts were followed by another one. Their outcome may change when their pad turns up;
/// this stays, so that Padwatch repeats an attempt automatically once for a candidacy at the most.
const REPEATED: &str = "
ALTER TABLE marker ADD COLUMN superseded_ms INTEGER;
UPDATE marker SET superseded_ms = written_ms WHERE outcome = 'superseded';
CREATE INDEX marker_superseded ON marker (opportunity) WHERE superseded_ms IS NOT NULL;
";

/// A pad that isn't found is gone only for the user who saw it before.
const READERS: &str = "
ALTER TABLE interview ADD COLUMN seen_by TEXT;
ALTER TABLE interview ADD COLUMN missing_ms INTEGER;
";

/// Where a candidate stands in the list, and when there is something to do, follow from what is
/// stored: SQLite works it out, so that it can't differ. `section` is the rule of
/// [`Candidacy::section`](padwatch_domain::candidacy::Candidacy::section) once more, because pages
/// of a hundred thousand rows need an index; a test compares the two for every state. When the rule
/// changes, a migration has to replace the column.
///
/// That a row can't be read is a fact of its own. Until this version it was written into the other
/// two columns.
const DERIVED: &str = "
-- An odd row is quarantined later. Adding a column must not fail because of it.
PRAGMA ignore_check_constraints = ON;
DROP TRIGGER tally_new;
DROP TRIGGER tally_gone;
DROP TRIGGER tally_moved;
DROP INDEX opportunity_section;
DROP INDEX opportunity_planned;
DROP INDEX opportunity_due;
ALTER TABLE opportunity DROP COLUMN section;
ALTER TABLE opportunity DROP COLUMN due_ms;

ALTER TABLE opportunity ADD COLUMN quarantined_ms INTEGER;
UPDATE opportunity SET quarantined_ms = quarantine.found_ms FROM quarantine
WHERE quarantine.kind = 'candidacy' AND quarantine.id = opportunity.id;

ALTER TABLE opportunity ADD COLUMN hold TEXT GENERATED ALWAYS AS (
    iif(json_valid(life), CAST(json_extract(life, '$.hold.for') AS TEXT), NULL)
);
ALTER TABLE opportunity ADD COLUMN consent TEXT GENERATED ALWAYS AS (
    iif(json_valid(life), CAST(json_extract(life, '$.consent') AS TEXT), NULL)
);
ALTER TABLE opportunity ADD COLUMN ending TEXT GENERATED ALWAYS AS (
    iif(json_valid(life), CAST(json_extract(life, '$.ending') AS TEXT), NULL)
);
ALTER TABLE opportunity ADD COLUMN is_out INTEGER GENERATED ALWAYS AS (
    left_ms IS NOT NULL
        AND NOT (state = 'eligible' AND coalesce(consent, '') IN ('person', 'personAnyway'))
);
ALTER TABLE opportunity ADD COLUMN section TEXT GENERATED ALWAYS AS (
    CASE
        WHEN quarantined_ms IS NOT NULL THEN 'needsYou'
        WHEN state IN ('eligible', 'held', 'refused') AND is_out THEN 'setAside'
        WHEN state IN ('eligible', 'intent') THEN 'waiting'
        WHEN state = 'held' AND hold IN ('until', 'noLinkYet') THEN 'waiting'
        WHEN state = 'held' AND hold = 'alreadyThere' THEN 'alreadyThere'
        WHEN state IN ('created', 'linked')
            THEN iif(coalesce(copied_ms, sent_ms) IS NULL, 'toSend', 'upcoming')
        WHEN state = 'finished'
            THEN iif(coalesce(ending, '') = 'beforeInterview', 'needsYou', 'finished')
        WHEN state IN ('skipped', 'deleted') THEN 'setAside'
        ELSE 'needsYou'
    END
);
-- What is eligible is due at once, always: a clock that was set back must not make anybody wait.
-- What is under way (an intent) and what is looked for in its own rhythm (an uncertain pad) is never
-- due.
ALTER TABLE opportunity ADD COLUMN due_ms INTEGER GENERATED ALWAYS AS (
    CASE
        WHEN quarantined_ms IS NOT NULL OR NOT json_valid(life) THEN NULL
        WHEN state = 'eligible' AND NOT is_out THEN 0
        WHEN state = 'held' AND NOT is_out AND hold = 'until'
            THEN CAST(json_extract(life, '$.hold.untilMs') AS INTEGER)
        WHEN state = 'held' AND NOT is_out AND hold = 'noLinkYet'
            THEN CAST(json_extract(life, '$.hold.sinceMs') AS INTEGER)
        WHEN state = 'created' THEN CAST(json_extract(life, '$.linking.nextMs') AS INTEGER)
    END
);
PRAGMA ignore_check_constraints = OFF;

CREATE INDEX opportunity_section ON opportunity (section, since_ms);
CREATE INDEX opportunity_planned ON opportunity (
    section, coalesce(planned_ms, 9223372036854775807), since_ms DESC, row DESC
);
CREATE INDEX opportunity_due ON opportunity (due_ms) WHERE due_ms IS NOT NULL;

DELETE FROM tally;
INSERT INTO tally SELECT section, count(*) FROM opportunity GROUP BY section;
CREATE TRIGGER tally_new AFTER INSERT ON opportunity BEGIN
    INSERT INTO tally VALUES (new.section, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER tally_gone AFTER DELETE ON opportunity BEGIN
    UPDATE tally SET count = count - 1 WHERE section = old.section;
END;
CREATE TRIGGER tally_moved
AFTER UPDATE OF state, life, left_ms, copied_ms, sent_ms, quarantined_ms ON opportunity
WHEN old.section <> new.section BEGIN
    UPDATE tally SET count = count - 1 WHERE section = old.section;
    INSERT INTO tally VALUES (new.section, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_fit_together_and_are_counted() {
        migrations().validate().unwrap();
        let mut connection = rusqlite::Connection::open_in_memory().unwrap();
        migrations().to_latest(&mut connection).unwrap();
        let version: i64 = connection
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap();
        assert_eq!(version, NEWEST);
    }

    #[test]
    fn who_was_there_before_is_found_by_plain_letters_too() {
        let mut connection = rusqlite::Connection::open_in_memory().unwrap();
        migrations().to_version(&mut connection, 5).unwrap();
        connection
            .execute_batch(
                "INSERT INTO opportunity (id, name, posting, tags, state, life, section, reason,
                     queued_ms, since_ms)
                 VALUES ('zoe', 'Zoë O’Neill', 'Ingénieure', '[]', 'held', '{}', 'waiting', '', 1, 1);",
            )
            .unwrap();
        migrations().to_latest(&mut connection).unwrap();
        let found = |text: &str| -> i64 {
            let sql = "SELECT count(*) FROM opportunity_text WHERE opportunity_text MATCH ?1";
            connection.query_row(sql, [text], |row| row.get(0)).unwrap()
        };
        assert_eq!(
            (found("oneill"), found("ingenieure"), found("ada")),
            (1, 1, 0)
        );
        connection
            .execute_batch("DELETE FROM opportunity; INSERT INTO opportunity_text (opportunity_text) VALUES ('integrity-check');")
            .unwrap();
        assert_eq!(found("oneill"), 0);
    }

    #[test]
    fn an_interview_known_before_a_migration_stays_with_its_pad() {
        let mut connection = rusqlite::Connection::open_in_memory().unwrap();
        migrations().to_version(&mut connection, 3).unwrap();
        connection
            .execute_batch(
                "INSERT INTO opportunity (id, name, posting, tags, state, life, section, pad_id,
                     reason, queued_ms, since_ms)
                 VALUES ('ada', '', '', '[]', 'linked', '{}', 'upcoming', 'PADAAAA1', '', 1, 1),
                        ('ben', '', '', '[]', 'linked', '{}', 'upcoming', 'PADAAAA2', '', 1, 1);
                 INSERT INTO interview (opportunity, pad_id, progress, starts_ms, ends_ms)
                 VALUES ('ada', 'PADAAAA1', 'pending', 70, 80),
                        ('ben', 'ANOTHER1', 'pending', 70, 80);",
            )
            .unwrap();
        migrations().to_latest(&mut connection).unwrap();
        let planned = |id: &str| -> Option<i64> {
            let sql = "SELECT planned_ms FROM opportunity WHERE id = ?1";
            connection.query_row(sql, [id], |row| row.get(0)).unwrap()
        };
        assert_eq!((planned("ada"), planned("ben")), (Some(70), None));
    }
}
