//! Which links on a profile are pads, and whose.
//!
//! Lever's links belong to the person, not to the candidacy (contracts/lever.md, 4.3): a person who
//! applied twice shows the links of both. So a pad link counts for a candidacy only when the
//! ledger doesn't know it as another candidacy's.

use coderpad::{PadId, link::PadLink};
use lever::OpportunityId;
use transport::ApiRoot;

use crate::lifecycle::{LedgerPad, Origin};

/// An extra pad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicatePad {
    pub id: PadId,
    pub link: String,
    /// Whether it is ours, so that it can be ended and deleted.
    pub ours: bool,
}

/// A pad link on a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfilePad {
    pub id: PadId,
    /// Its link as CoderPad writes it, fit to be handed over. On the profile it may be spelt in any
    /// way (`spellings`).
    pub link: String,
}

/// The link of a pad that is handed over: CoderPad's own. An older Padwatch kept what stood on the
/// profile, which anyone may have written; that serves to remove it there, and for nothing else.
#[must_use]
pub fn own_link(pad: &LedgerPad, coderpad: &ApiRoot) -> String {
    match pad.origin {
        Origin::Adopted => PadLink::of(&pad.id, coderpad),
        Origin::Made | Origin::Found | Origin::Named => pad.link.clone(),
    }
}

/// The address of a pad's playback: CoderPad's own, as far as it has said one.
#[must_use]
pub fn own_playback(pad: &LedgerPad, coderpad: &ApiRoot) -> String {
    let built = || PadLink::of_playback(&pad.id, coderpad);
    pad.playback.clone().unwrap_or_else(built)
}

/// The same for an extra pad: one that isn't ours was found on the profile.
#[must_use]
pub fn own_link_of_extra(extra: DuplicatePad, coderpad: &ApiRoot) -> DuplicatePad {
    if extra.ours {
        return extra;
    }
    DuplicatePad {
        link: PadLink::of(&extra.id, coderpad),
        ..extra
    }
}

/// How our pad's link stands among the pad links of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Ours isn't there, and no other is.
    Absent,
    /// Ours isn't there; these are, the older first.
    AbsentWithOther(ProfilePad),
    /// Only ours is there.
    Alone,
    /// Ours came first; this one came after it.
    Before(ProfilePad),
    /// This one was there before ours.
    Behind(ProfilePad),
}

/// All pad links in the order of the profile, each pad once.
#[must_use]
pub fn pads_on_profile(links: &[String], coderpad: &ApiRoot) -> Vec<ProfilePad> {
    let mut pads: Vec<ProfilePad> = Vec::new();
    for link in links {
        let Some(id) = PadLink::parse(link, coderpad) else {
            continue;
        };
        if pads.iter().all(|pad| !pad.id.is_same(&id)) {
            let link = PadLink::of(&id, coderpad);
            pads.push(ProfilePad { id, link });
        }
    }
    pads
}

/// How a pad's link is spelt on a profile, exactly as it stands there: Lever compares links as
/// plain text, so that they can be removed in no other spelling.
#[must_use]
pub fn spellings(links: &[String], pad: &PadId, coderpad: &ApiRoot) -> Vec<String> {
    let leads_to = |link: &str| PadLink::parse(link, coderpad);
    let is_it = |link: &&String| leads_to(link).is_some_and(|id| id.is_same(pad));
    links.iter().filter(is_it).cloned().collect()
}

/// Leaves out the pads that are known to be another candidacy's.
#[must_use]
pub fn not_of_others(
    pads: Vec<ProfilePad>,
    opportunity: &OpportunityId,
    owner: impl Fn(&PadId) -> Option<OpportunityId>,
) -> Vec<ProfilePad> {
    pads.into_iter()
        .filter(|pad| owner(&pad.id).is_none_or(|known| known == *opportunity))
        .collect()
}

/// How our pad stands among the others. Lever appends links, so the first is the oldest
/// (inferred: contracts/lever.md, 4.3); all who read the same list come to the same answer.
#[must_use]
pub fn standing(pads: &[ProfilePad], ours: &PadId) -> Standing {
    let other = pads.iter().find(|pad| !pad.id.is_same(ours)).cloned();
    let first_is_ours = pads.first().is_some_and(|pad| pad.id.is_same(ours));
    let ours_is_there = pads.iter().any(|pad| pad.id.is_same(ours));
    match (ours_is_there, other) {
        (false, None) => Standing::Absent,
        (false, Some(other)) => Standing::AbsentWithOther(other),
        (true, None) => Standing::Alone,
        (true, Some(other)) if first_is_ours => Standing::Before(other),
        (true, Some(other)) => Standing::Behind(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> ApiRoot {
        ApiRoot::parse("https://app.coderpad.io").unwrap()
    }

    fn pads(links: &[&str]) -> Vec<ProfilePad> {
        let links: Vec<String> = links.iter().map(|link| (*link).to_owned()).collect();
        pads_on_profile(&links, &root())
    }

    fn id(text: &str) -> PadId {
        PadId::parse(text).unwrap()
    }

    #[test]
    fn only_pad_links_count_and_each_pad_once() {
        let found = pads(&[
            "https://github.com/ada",
            "https://coderpad.io/K7QWM3ZD",
            "app.coderpad.io/K7QWM3ZD/playback",
            "https://app.coderpad.io/dashboard",
            "https://app.coderpad.io/ABCD1234",
        ]);
        let ids: Vec<_> = found.iter().map(|pad| pad.id.as_str()).collect();
        assert_eq!(ids, ["K7QWM3ZD", "ABCD1234"]);
        assert_eq!(found[0].link, "https://app.coderpad.io/K7QWM3ZD");
    }

    #[test]
    fn whatever_the_spelling_the_link_that_is_handed_over_is_coderpads() {
        for spelling in [
            "http://app.coderpad.io/K7QWM3ZD",
            "coderpad.io/K7QWM3ZD",
            "HTTPS://APP.CODERPAD.IO/K7QWM3ZD",
            "https://app.coderpad.io/K7QWM3ZD/",
            "https://app.coderpad.io/K7QWM3ZD?utm=x",
            "https://app.coderpad.io/K7QWM3ZD/playback",
            "Her pad: https://coderpad.io/K7QWM3ZD (on Monday)",
        ] {
            let found = pads(&[spelling]);
            let links: Vec<_> = found.iter().map(|pad| pad.link.as_str()).collect();
            assert_eq!(links, ["https://app.coderpad.io/K7QWM3ZD"], "{spelling}");
            let links = ["https://x.test".to_owned(), spelling.to_owned()];
            assert_eq!(spellings(&links, &found[0].id, &root()), [spelling]);
        }
    }

    #[test]
    fn a_pad_is_the_same_in_small_letters() {
        let small = "https://app.coderpad.io/k7qwm3zd";
        let ours = id("K7QWM3ZD");
        let found = pads(&["https://coderpad.io/K7QWM3ZD", small]);
        assert_eq!(found.len(), 1);
        assert_eq!(standing(&pads(&[small]), &ours), Standing::Alone);
        let links = [small.to_owned(), "https://coderpad.io/OTHER123".to_owned()];
        assert_eq!(spellings(&links, &ours, &root()), [small]);
    }

    #[test]
    fn a_pad_of_the_persons_other_candidacy_is_not_mistaken_for_this_ones() {
        let (this, other) = (OpportunityId::new("this"), OpportunityId::new("other"));
        let found = pads(&[
            "https://coderpad.io/OTHERS11",
            "https://coderpad.io/STRANGE1",
        ]);
        let owner = |pad: &PadId| (pad.as_str() == "OTHERS11").then(|| other.clone());
        let left = not_of_others(found, &this, owner);
        assert_eq!(
            left.iter().map(|pad| pad.id.as_str()).collect::<Vec<_>>(),
            ["STRANGE1"]
        );
    }

    #[test]
    fn the_first_link_is_the_older_one() {
        let ours = id("OURPAD11");
        let mine = "https://app.coderpad.io/OURPAD11";
        let theirs = "https://app.coderpad.io/THEIRS11";
        let their = pads(&[theirs]).remove(0);
        assert_eq!(standing(&pads(&[]), &ours), Standing::Absent);
        assert_eq!(standing(&pads(&[mine]), &ours), Standing::Alone);
        assert_eq!(
            standing(&pads(&[theirs]), &ours),
            Standing::AbsentWithOther(their.clone())
        );
        assert_eq!(
            standing(&pads(&[mine, theirs]), &ours),
            Standing::Before(their.clone())
        );
        assert_eq!(
            standing(&pads(&[theirs, mine]), &ours),
            Standing::Behind(their)
        );
    }

    #[test]
    fn an_extra_pads_link_is_coderpads_unless_it_is_ours() {
        let handed_over = |ours| {
            let extra = DuplicatePad {
                id: id("K7QWM3ZD"),
                link: "https://stranger.example/K7QWM3ZD".into(),
                ours,
            };
            own_link_of_extra(extra, &root()).link
        };
        assert_eq!(handed_over(false), "https://app.coderpad.io/K7QWM3ZD");
        assert_eq!(handed_over(true), "https://stranger.example/K7QWM3ZD");
    }
}
