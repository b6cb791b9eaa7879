//! The steps of the schema that are about the parts of the list.

/// To version 14: what no one can decide for one candidate is no decision.
///
/// The column follows the rule of
/// [`Candidacy::section`](padwatch_domain::candidacy::Candidacy::section). A row that is odd is
/// quarantined later: changing it must not fail because of it.
pub(super) const DECISIONS: &str = "
PRAGMA ignore_check_constraints = ON;
DROP TRIGGER tally_new;
DROP TRIGGER tally_gone;
DROP TRIGGER tally_moved;
DROP INDEX opportunity_section;
DROP INDEX opportunity_planned;
ALTER TABLE opportunity DROP COLUMN section;
ALTER TABLE opportunity ADD COLUMN asks INTEGER GENERATED ALWAYS AS (
    iif(json_valid(life),
        coalesce(json_extract(life, '$.asks'), json_extract(life, '$.search.asks'), 0), 0)
);
ALTER TABLE opportunity ADD COLUMN for_all INTEGER GENERATED ALWAYS AS (
    iif(json_valid(life), coalesce(json_extract(life, '$.refusal.forAll'), 0), 0)
);
ALTER TABLE opportunity ADD COLUMN section TEXT GENERATED ALWAYS AS (
    CASE
        WHEN quarantined_ms IS NOT NULL THEN 'needsYou'
        WHEN state IN ('eligible', 'held', 'refused', 'deleted') AND is_out THEN 'setAside'
        WHEN state IN ('eligible', 'intent') THEN 'waiting'
        WHEN state = 'held' AND hold IN ('until', 'noLinkYet') THEN 'waiting'
        WHEN state = 'held' AND hold = 'alreadyThere' THEN 'alreadyThere'
        WHEN state = 'uncertain' AND NOT asks THEN 'waiting'
        WHEN state = 'refused' AND for_all THEN 'waiting'
        WHEN state IN ('created', 'linked')
            THEN iif(coalesce(copied_ms, sent_ms) IS NULL, 'toSend', 'upcoming')
        WHEN state = 'finished'
            THEN iif(coalesce(ending, '') = 'beforeInterview', 'needsYou', 'finished')
        WHEN state = 'deleted' AND asks THEN 'needsYou'
        WHEN state IN ('skipped', 'deleted') THEN 'setAside'
        ELSE 'needsYou'
    END
);
CREATE INDEX opportunity_section ON opportunity (section, since_ms);
CREATE INDEX opportunity_planned ON opportunity (
    section, coalesce(planned_ms, 9223372036854775807), since_ms DESC, row DESC
);
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
PRAGMA ignore_check_constraints = OFF;
";

/// To version 15: a live interview stands before those that are planned, whether or not Lever knows
/// its time. As with that time, the index must have it, so it's kept on the candidacy itself.
pub(super) const LIVE: &str = "
PRAGMA ignore_check_constraints = ON;
DROP INDEX opportunity_planned;
DROP TRIGGER planned_new;
DROP TRIGGER planned_other_pad;
ALTER TABLE opportunity ADD COLUMN live INTEGER NOT NULL DEFAULT 0;
UPDATE opportunity SET live = 1 WHERE EXISTS (
    SELECT 1 FROM interview
    WHERE interview.opportunity = opportunity.id AND interview.pad_id = opportunity.pad_id
        AND interview.progress = 'underWay'
);
PRAGMA ignore_check_constraints = OFF;
CREATE INDEX opportunity_planned ON opportunity (
    section, live, coalesce(planned_ms, 9223372036854775807), since_ms DESC, row DESC
);
CREATE TRIGGER planned_new AFTER INSERT ON interview BEGIN
    UPDATE opportunity SET planned_ms = new.starts_ms, live = new.progress = 'underWay'
    WHERE id = new.opportunity AND pad_id = new.pad_id;
END;
CREATE TRIGGER planned_other_pad AFTER UPDATE OF pad_id ON opportunity
WHEN old.pad_id IS NOT new.pad_id BEGIN
    UPDATE opportunity SET (planned_ms, live) = (
        SELECT max(starts_ms), coalesce(max(progress = 'underWay'), 0) FROM interview
        WHERE opportunity = new.id AND pad_id = new.pad_id
    ) WHERE row = new.row;
END;
";
