//! What a reading of a pad changes. Pure.

use coderpad::{PadId, PadLink};
use exchange::ApiRoot;

use super::ending::Ended;
use super::look::Reading;
use super::{Known, Progress};
use crate::announcement::News;
use crate::ledger::{Change, Trigger};
use crate::life::{Ending, Life};
use crate::row::Row;

/// What is known is written again when it is older than this, in ms.
const STALE_MS: i64 = 3_600_000;
/// A pad's last activity is written again when it moved by more than this, in ms.
const MOVED_MS: i64 = 5 * 60_000;

/// What follows from a reading.
#[derive(Debug, Default)]
pub(crate) struct Followed {
    /// What changes in the ledger.
    pub(crate) changes: Vec<Change>,
    /// Whether the pad has to be read again soon.
    pub(crate) again: bool,
}

/// Takes in what CoderPad showed of a row's pad.
#[must_use]
pub(crate) fn settle(
    row: Row,
    known: Known,
    pad: &PadId,
    reading: Reading,
    root: &ApiRoot,
    now_ms: i64,
) -> Followed {
    let is_its_pad = row.life.pad().is_some_and(|own| own.id == *pad);
    let is_open = matches!(row.life, Life::Created { .. } | Life::Linked { .. });
    if !is_its_pad || !is_open {
        return Followed::default();
    }
    match reading {
        Reading::Open {
            progress,
            active_ms,
        } => {
            let fresh = Known {
                progress,
                seen_ms: Some(now_ms),
                active_ms: active_ms.or(known.active_ms),
                ..known
            };
            changed(still_open(&row, known, fresh, pad))
        }
        Reading::Ended(ended) => over(row, known, ended, root, now_ms),
        Reading::Gone => changed(gone(row, known, now_ms)),
    }
}

fn changed(changes: Vec<Change>) -> Followed {
    Followed {
        changes,
        again: false,
    }
}

fn still_open(row: &Row, known: Known, fresh: Known, pad: &PadId) -> Vec<Change> {
    let span =
        |from: Option<i64>, to: Option<i64>| to.unwrap_or(0).saturating_sub(from.unwrap_or(0));
    let is_same = known.progress == fresh.progress
        && span(known.active_ms, fresh.active_ms) <= MOVED_MS
        && span(known.seen_ms, fresh.seen_ms) <= STALE_MS;
    if is_same {
        return Vec::new();
    }
    let mut changes = vec![Change::Followed {
        opportunity: row.opportunity.clone(),
        pad: pad.clone(),
        known: fresh,
    }];
    if fresh.progress == Progress::UnderWay && known.progress != Progress::UnderWay {
        changes.push(Change::Happened {
            opportunity: row.opportunity.clone(),
            what: "Interview under way",
            why: "Somebody is at work in the pad.".to_owned(),
            trigger: Trigger::Follow,
        });
    }
    changes
}

fn over(row: Row, known: Known, ended: Ended, root: &ApiRoot, now_ms: i64) -> Followed {
    let pad = match &row.life {
        Life::Linked { pad } => pad.clone(),
        Life::Created { pad, linking } if linking.refused.is_some() => pad.clone(),
        // Its link is about to be put on the profile; the record can wait for that.
        _ => {
            return Followed {
                changes: Vec::new(),
                again: true,
            };
        }
    };
    let told = (ended.ending != Ending::NeverOpened).then(|| {
        Change::Told(News::Finished {
            who: row.who(),
            pad: pad.id.clone(),
            playback: PadLink::of_playback(&pad.id, root),
            by_itself: ended.ending == Ending::ByItself,
        })
    });
    let followed = Change::Followed {
        opportunity: row.opportunity.clone(),
        pad: pad.id.clone(),
        known: Known {
            seen_ms: Some(now_ms),
            ..known
        },
    };
    let (what, reason) = in_words(ended.ending);
    let life = Life::Finished {
        pad,
        ended_ms: ended.at_ms.unwrap_or(now_ms),
        ending: ended.ending,
    };
    let moved = Change::Moved {
        row: Box::new(row.becoming(life, reason, now_ms)),
        what,
        trigger: Trigger::Follow,
    };
    changed([moved, followed].into_iter().chain(told).collect())
}

fn in_words(ending: Ending) -> (&'static str, &'static str) {
    match ending {
        Ending::Held => ("Interview finished", "The interview was ended in CoderPad."),
        Ending::ByItself => (
            "Pad ended by itself",
            "Nobody ended the interview: CoderPad did, about seven days after its start.",
        ),
        Ending::NeverOpened => (
            "Pad ended, never opened",
            "The pad was ended without anybody having been there.",
        ),
    }
}

/// A pad that was shown before and isn't any more was deleted; one that was never shown is
/// somebody else's.
fn gone(row: Row, known: Known, now_ms: i64) -> Vec<Change> {
    let Some(pad) = row.life.pad().cloned() else {
        return Vec::new();
    };
    let was_shown = matches!(known.progress, Progress::Pending | Progress::UnderWay);
    if !was_shown {
        return vec![Change::Followed {
            opportunity: row.opportunity,
            pad: pad.id,
            known: Known {
                progress: Progress::Hidden,
                seen_ms: Some(now_ms),
                ..known
            },
        }];
    }
    let question = "The pad was deleted in CoderPad. Make a new one in Padwatch?";
    let told = Change::Told(News::Asks {
        who: row.who(),
        question: question.to_owned(),
    });
    let reason = "The pad was deleted in CoderPad.";
    let moved = Change::Moved {
        row: Box::new(row.becoming(Life::Deleted { pad }, reason, now_ms)),
        what: "Pad deleted",
        trigger: Trigger::Follow,
    };
    vec![moved, told]
}

#[cfg(test)]
mod tests {
    use lever::OpportunityId;

    use super::*;
    use crate::life::{LedgerPad, Linking, Origin};
    use crate::row::Seen;

    const NOW: i64 = 1_772_532_000_000;

    fn pad() -> LedgerPad {
        LedgerPad {
            id: PadId::parse("K7QWM3ZD").unwrap(),
            link: "https://app.coderpad.io/K7QWM3ZD".into(),
            origin: Origin::Made,
            since_ms: 0,
            beside: Vec::new(),
        }
    }

    fn row(life: Life) -> Row {
        let id = OpportunityId::new("o1");
        Row::noticed(id, Seen::default(), life, String::new(), 0)
    }

    fn root() -> ApiRoot {
        ApiRoot::parse("https://app.coderpad.io").unwrap()
    }

    fn shown() -> Known {
        Known {
            progress: Progress::Pending,
            seen_ms: Some(NOW),
            ..Known::default()
        }
    }

    fn settled(life: Life, known: Known, reading: Reading) -> Followed {
        settle(row(life), known, &pad().id, reading, &root(), NOW)
    }

    fn ended(ending: Ending) -> Reading {
        Reading::Ended(Ended {
            at_ms: Some(5),
            ending,
        })
    }

    fn life_after(followed: &Followed) -> Option<&Life> {
        followed.changes.iter().find_map(|change| match change {
            Change::Moved { row, .. } => Some(&row.life),
            _ => None,
        })
    }

    fn tells(followed: &Followed) -> usize {
        let told = |change: &&Change| matches!(change, Change::Told(_));
        followed.changes.iter().filter(told).count()
    }

    #[test]
    fn an_end_is_written_once_and_told_unless_nobody_was_there() {
        for (ending, told) in [
            (Ending::Held, 1),
            (Ending::ByItself, 1),
            (Ending::NeverOpened, 0),
        ] {
            let linked = Life::Linked { pad: pad() };
            let followed = settled(linked, shown(), ended(ending));
            let life = life_after(&followed).unwrap().clone();
            assert!(matches!(&life, Life::Finished { ended_ms: 5, ending: e, .. } if *e == ending));
            assert_eq!(tells(&followed), told, "{ending:?}");
            assert!(settled(life, shown(), ended(ending)).changes.is_empty());
        }
    }

    #[test]
    fn a_link_that_is_on_its_way_to_the_profile_arrives_first() {
        let mut linking = Linking::default();
        let created = |linking| Life::Created {
            pad: pad(),
            linking,
        };
        let waits = settled(created(linking.clone()), shown(), ended(Ending::Held));
        assert!(waits.again && waits.changes.is_empty());
        linking.refused = Some("Lever said no.".into());
        let refused = settled(created(linking), shown(), ended(Ending::Held));
        assert!(life_after(&refused).is_some());
    }

    #[test]
    fn a_pad_that_was_shown_and_is_gone_was_deleted_and_another_is_somebody_elses() {
        let linked = Life::Linked { pad: pad() };
        let deleted = settled(linked.clone(), shown(), Reading::Gone);
        assert!(matches!(life_after(&deleted), Some(Life::Deleted { .. })));
        assert_eq!(tells(&deleted), 1);
        let hidden = settled(linked, Known::default(), Reading::Gone);
        assert_eq!(life_after(&hidden), None);
        let [Change::Followed { known, .. }] = &hidden.changes[..] else {
            panic!("{hidden:?}")
        };
        assert_eq!(known.progress, Progress::Hidden);
    }

    #[test]
    fn nothing_is_written_when_nothing_is_new() {
        let open = |progress, active_ms| Reading::Open {
            progress,
            active_ms,
        };
        let linked = || Life::Linked { pad: pad() };
        let same = settled(linked(), shown(), open(Progress::Pending, None));
        assert!(same.changes.is_empty());
        let begun = settled(linked(), shown(), open(Progress::UnderWay, Some(NOW)));
        assert_eq!(
            begun.changes.len(),
            2,
            "what is known, and a line of history"
        );
        let other = PadId::parse("OTHERPAD").unwrap();
        let reading = ended(Ending::Held);
        let of_other = settle(row(linked()), shown(), &other, reading, &root(), NOW);
        assert!(of_other.changes.is_empty(), "another pad's end");
    }
}
