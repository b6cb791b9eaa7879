//! Who left, judged by looks that don't show them. Pure, in time that never jumps.
//!
//! Missing once is not "left". A candidate has left when a read of that candidacy shows it, or when
//! two complete looks that would have shown them, a poll interval apart, did not. A read that
//! shows a candidate whom the list left out disproves the list: it is evidence about no one.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use lever::OpportunityId;

/// Complete polls without a candidate before they count as gone.
const NEEDED: u32 = 2;
/// So many are read one by one after a look; the others wait for the next look.
const READS_AT_ONCE: usize = 5;
/// How long to wait before a candidate is read again whose read said nothing.
const READ_AGAIN: Duration = Duration::from_secs(3600);

/// How a look asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookKind {
    /// For the spellings of the tag that are known.
    Tagged,
    /// For everyone in the watched stages, whatever their tags.
    Sweep,
}

/// A complete look, as evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// When it was asked for.
    pub asked: Duration,
    pub kind: LookKind,
    /// Two looks count as two when they lie so far apart.
    pub apart: Duration,
}

/// What to do about a candidate whom a poll doesn't show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing yet.
    Wait,
    /// Read this candidacy.
    Read,
    Left,
}

/// Those whom looks didn't show, and who have not left as far as is known.
#[derive(Debug, Default)]
pub struct Absences {
    missing: HashMap<OpportunityId, Absence>,
    /// Those whom the list by tag leaves out although they are there.
    unlisted: HashSet<OpportunityId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Absence {
    /// The first look that counts, and how many do.
    first: Duration,
    looks: u32,
    read: Read,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    Not,
    UnderWay,
    SaidNothing { at: Duration },
}

impl Absences {
    /// A complete poll didn't show a candidate. `counts`: its reach would have shown them.
    pub fn missed(&mut self, id: &OpportunityId, look: Evidence, counts: bool) -> Verdict {
        if look.kind == LookKind::Tagged && self.unlisted.contains(id) {
            return Verdict::Wait;
        }
        let may_read = self.reads_under_way() < READS_AT_ONCE;
        let absence = self.missing.entry(id.clone()).or_insert(Absence {
            first: look.asked,
            looks: 0,
            read: Read::Not,
        });
        if counts && absence.looks == 0 {
            *absence = Absence {
                first: look.asked,
                looks: 1,
                ..*absence
            };
        } else if counts && look.asked.saturating_sub(absence.first) >= look.apart {
            absence.looks = absence.looks.saturating_add(1);
        }
        let is_unread = match absence.read {
            Read::Not => true,
            Read::UnderWay => return Verdict::Wait,
            Read::SaidNothing { at } => look.asked.saturating_sub(at) >= READ_AGAIN,
        };
        if absence.looks >= NEEDED {
            return Verdict::Left;
        }
        if is_unread && may_read {
            absence.read = Read::UnderWay;
            return Verdict::Read;
        }
        Verdict::Wait
    }

    /// A poll showed a candidate.
    pub fn seen(&mut self, id: &OpportunityId, kind: LookKind) {
        let was_missing = self.missing.remove(id).is_some();
        match kind {
            LookKind::Tagged => {
                self.unlisted.remove(id);
            }
            LookKind::Sweep if was_missing => {
                self.unlisted.insert(id.clone());
            }
            LookKind::Sweep => {}
        }
    }

    /// A read showed a candidate who is there: the look that left them out proves nothing about the
    /// others either.
    pub fn read_as_present(&mut self, id: &OpportunityId) {
        if self.missing.remove(id).is_some() {
            self.unlisted.insert(id.clone());
            self.missing.values_mut().for_each(|one| one.looks = 0);
        }
    }

    /// A read said nothing: it failed, or this key may not see them.
    pub fn read_said_nothing(&mut self, id: &OpportunityId, at: Duration) {
        if let Some(absence) = self.missing.get_mut(id) {
            absence.read = Read::SaidNothing { at };
        }
    }

    /// Reads whose answers are not of use any longer were begun under other keys.
    pub fn forget_reads(&mut self) {
        for absence in self.missing.values_mut() {
            absence.read = Read::Not;
        }
    }

    /// They left, or nothing is known of them any longer.
    pub fn forget(&mut self, id: &OpportunityId) {
        self.missing.remove(id);
        self.unlisted.remove(id);
    }

    /// Returns true for a candidate whom looks don't show and who has not left as far as is known.
    #[cfg(test)]
    fn holds(&self, id: &OpportunityId) -> bool {
        self.missing.contains_key(id) || self.unlisted.contains(id)
    }

    /// Those whom looks don't show and who have not left as far as is known.
    pub fn ids(&self) -> impl Iterator<Item = &OpportunityId> {
        self.missing.keys().chain(&self.unlisted)
    }

    /// Returns true while it is not known of everyone where they are.
    pub fn are_open(&self) -> bool {
        self.missing.values().any(|absence| absence.looks > 0)
    }

    fn reads_under_way(&self) -> usize {
        let reads = self.missing.values();
        reads.filter(|one| one.read == Read::UnderWay).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const APART: Duration = Duration::from_secs(25);

    fn look(asked: u64, kind: LookKind) -> Evidence {
        Evidence {
            asked: Duration::from_secs(asked),
            kind,
            apart: APART,
        }
    }

    fn tagged(asked: u64) -> Evidence {
        look(asked, LookKind::Tagged)
    }

    fn id(name: &str) -> OpportunityId {
        OpportunityId::new(name)
    }

    /// Missing at 100 s, and a read said nothing.
    fn missed_once() -> Absences {
        let mut absences = Absences::default();
        assert_eq!(
            absences.missed(&id("ada"), tagged(100), true),
            Verdict::Read
        );
        absences.read_said_nothing(&id("ada"), Duration::from_secs(101));
        absences
    }

    #[test]
    fn missing_from_one_look_is_not_left() {
        let mut absences = missed_once();
        assert!(absences.holds(&id("ada")));
        let soon = absences.missed(&id("ada"), tagged(110), true);
        assert_eq!(soon, Verdict::Wait, "the same moment twice");
        assert_eq!(
            absences.missed(&id("ada"), tagged(130), true),
            Verdict::Left
        );
    }

    #[test]
    fn a_look_that_shows_them_begins_the_count_again() {
        let mut absences = missed_once();
        absences.seen(&id("ada"), LookKind::Tagged);
        assert!(!absences.holds(&id("ada")));
        assert_eq!(
            absences.missed(&id("ada"), tagged(130), true),
            Verdict::Read
        );
    }

    #[test]
    fn looks_with_a_smaller_reach_never_add_up() {
        let mut absences = missed_once();
        for asked in (130..3600).step_by(30) {
            assert_eq!(
                absences.missed(&id("ada"), tagged(asked), false),
                Verdict::Wait
            );
        }
        let again = absences.missed(&id("ada"), tagged(3800), false);
        assert_eq!(again, Verdict::Read, "asked again after an hour");
    }

    #[test]
    fn nobody_leaves_while_they_are_being_read() {
        let mut absences = Absences::default();
        assert_eq!(
            absences.missed(&id("ada"), tagged(100), true),
            Verdict::Read
        );
        assert_eq!(
            absences.missed(&id("ada"), tagged(130), true),
            Verdict::Wait
        );
        absences.read_said_nothing(&id("ada"), Duration::from_secs(131));
        assert_eq!(
            absences.missed(&id("ada"), tagged(160), true),
            Verdict::Left
        );
    }

    #[test]
    fn a_read_that_shows_one_disproves_the_look_for_all() {
        let mut absences = missed_once();
        assert_eq!(
            absences.missed(&id("ben"), tagged(100), true),
            Verdict::Read
        );
        absences.read_as_present(&id("ben"));
        assert_eq!(
            absences.missed(&id("ada"), tagged(130), true),
            Verdict::Wait
        );
        assert_eq!(
            absences.missed(&id("ada"), tagged(160), true),
            Verdict::Left
        );
    }

    #[test]
    fn who_is_there_but_not_listed_by_tag_is_judged_by_sweeps() {
        let mut absences = Absences::default();
        assert_eq!(
            absences.missed(&id("ada"), tagged(100), true),
            Verdict::Read
        );
        absences.read_as_present(&id("ada"));
        for asked in (130..1000).step_by(30) {
            assert_eq!(
                absences.missed(&id("ada"), tagged(asked), true),
                Verdict::Wait
            );
        }
        absences.seen(&id("ada"), LookKind::Sweep);
        assert_eq!(
            absences.missed(&id("ada"), tagged(1030), true),
            Verdict::Wait
        );
        let swept = look(1200, LookKind::Sweep);
        assert_eq!(absences.missed(&id("ada"), swept, true), Verdict::Read);
        absences.read_said_nothing(&id("ada"), Duration::from_secs(1201));
        let swept = look(1300, LookKind::Sweep);
        assert_eq!(absences.missed(&id("ada"), swept, true), Verdict::Left);
    }

    #[test]
    fn a_crowd_that_is_missing_is_read_a_few_at_a_time() {
        let mut absences = Absences::default();
        let crowd: Vec<_> = (0..100).map(|n| id(&n.to_string())).collect();
        let verdicts = crowd
            .iter()
            .map(|one| absences.missed(one, tagged(100), true));
        let reads = verdicts.filter(|verdict| *verdict == Verdict::Read).count();
        assert_eq!(reads, READS_AT_ONCE);
        assert!(absences.are_open());
    }
}
