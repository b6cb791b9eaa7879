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
    pad_id     TEXT,
    link       TEXT,
    reason     TEXT NOT NULL,
    queued_ms  INTEGER NOT NULL,
    since_ms   INTEGER NOT NULL,
    left_ms    INTEGER,
    copied_ms  INTEGER,
    sent_ms    INTEGER
, person_ms INTEGER, planned_ms INTEGER, arrived_ms INTEGER, folded TEXT NOT NULL DEFAULT '', quarantined_ms INTEGER, hold TEXT GENERATED ALWAYS AS (
    iif(json_valid(life), CAST(json_extract(life, '$.hold.for') AS TEXT), NULL)
), consent TEXT GENERATED ALWAYS AS (
    iif(json_valid(life), CAST(json_extract(life, '$.consent') AS TEXT), NULL)
), ending TEXT GENERATED ALWAYS AS (
    iif(json_valid(life), CAST(json_extract(life, '$.ending') AS TEXT), NULL)
), is_out INTEGER GENERATED ALWAYS AS (
    left_ms IS NOT NULL
        AND NOT (state = 'eligible' AND coalesce(consent, '') IN ('person', 'personAnyway'))
), section TEXT GENERATED ALWAYS AS (
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
), due_ms INTEGER GENERATED ALWAYS AS (
    CASE
        WHEN quarantined_ms IS NOT NULL OR NOT json_valid(life) THEN NULL
        WHEN state = 'eligible' AND NOT is_out THEN 0
        WHEN state = 'held' AND NOT is_out AND hold = 'until'
            THEN CAST(json_extract(life, '$.hold.untilMs') AS INTEGER)
        WHEN state = 'held' AND NOT is_out AND hold = 'noLinkYet'
            THEN CAST(json_extract(life, '$.hold.sinceMs') AS INTEGER)
        WHEN state = 'created' THEN CAST(json_extract(life, '$.linking.nextMs') AS INTEGER)
    END
)) STRICT;
CREATE TABLE tally (
    section TEXT PRIMARY KEY,
    count   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE marker (
    marker      TEXT PRIMARY KEY,
    opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
    written_ms  INTEGER NOT NULL,
    outcome     TEXT NOT NULL CHECK (outcome IN ('open', 'settled', 'superseded'))
, superseded_ms INTEGER) STRICT;
CREATE TABLE duplicate (
    pad_id      TEXT PRIMARY KEY,
    opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
    link        TEXT NOT NULL,
    ours        INTEGER NOT NULL CHECK (ours IN (0, 1)),
    found_ms    INTEGER NOT NULL,
    gone_ms     INTEGER
) STRICT;
CREATE TABLE activity (
    number      INTEGER PRIMARY KEY,
    opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
    at_ms       INTEGER NOT NULL,
    what        TEXT NOT NULL,
    why         TEXT NOT NULL,
    set_off_by  TEXT NOT NULL
) STRICT;
CREATE TABLE announcement (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms    INTEGER NOT NULL,
    news     TEXT NOT NULL CHECK (json_valid(news))
) STRICT;
CREATE TABLE posting (
    id    TEXT PRIMARY KEY,
    title TEXT NOT NULL
) STRICT;
CREATE TABLE keepsake (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
CREATE TABLE delivery (
    token        TEXT PRIMARY KEY,
    opportunity  TEXT NOT NULL,
    triggered_ms INTEGER NOT NULL,
    seen_ms      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE hint (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    opportunity TEXT NOT NULL UNIQUE,
    since_ms    INTEGER NOT NULL
) STRICT;
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
, seen_by TEXT, missing_ms INTEGER) STRICT;
CREATE TABLE note (
    opportunity TEXT PRIMARY KEY REFERENCES opportunity (id) ON DELETE CASCADE,
    state       TEXT NOT NULL CHECK (state IN ('prepared', 'sending', 'added')),
    document    TEXT NOT NULL CHECK (json_valid(document)),
    file        TEXT,
    due_ms      INTEGER
) STRICT;
CREATE TABLE removed (
    opportunity TEXT PRIMARY KEY,
    at_ms       INTEGER NOT NULL
) STRICT;
CREATE VIRTUAL TABLE opportunity_text USING fts5 (
    folded, content = 'opportunity', content_rowid = 'row', tokenize = 'trigram'
);
CREATE TABLE sighting (
    opportunity TEXT PRIMARY KEY REFERENCES opportunity (id) ON DELETE CASCADE,
    document    TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
CREATE TABLE quarantine (
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    found_ms INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX opportunity_pad ON opportunity (pad_id) WHERE state <> 'deleted';
CREATE INDEX opportunity_since ON opportunity (since_ms);
CREATE INDEX opportunity_contact ON opportunity (contact);
CREATE INDEX opportunity_state ON opportunity (state) WHERE state IN ('intent', 'uncertain', 'refused');
CREATE INDEX opportunity_queued ON opportunity (queued_ms);
CREATE INDEX marker_open ON marker (written_ms) WHERE outcome <> 'settled';
CREATE INDEX duplicate_opportunity ON duplicate (opportunity);
CREATE INDEX activity_opportunity ON activity (opportunity, number);
CREATE INDEX delivery_triggered ON delivery (triggered_ms);
CREATE INDEX delivery_opportunity ON delivery (opportunity, triggered_ms);
CREATE INDEX opportunity_open ON opportunity (state) WHERE state IN ('created', 'linked');
CREATE INDEX note_due ON note (due_ms) WHERE due_ms IS NOT NULL;
CREATE INDEX opportunity_person ON opportunity (coalesce(person_ms, queued_ms));
CREATE INDEX opportunity_untitled ON opportunity (posting_id) WHERE posting = '';
CREATE INDEX marker_superseded ON marker (opportunity) WHERE superseded_ms IS NOT NULL;
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
CREATE INDEX opportunity_section ON opportunity (section, since_ms);
CREATE INDEX opportunity_planned ON opportunity (
    section, coalesce(planned_ms, 9223372036854775807), since_ms DESC, row DESC
);
CREATE INDEX opportunity_due ON opportunity (due_ms) WHERE due_ms IS NOT NULL;
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
