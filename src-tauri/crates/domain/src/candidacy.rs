//! One candidacy as the ledger knows it, and what is worth telling of it.

use lever::{ContactId, Opportunity, OpportunityId, PostingId, StageId, UserId};

use crate::announcement::Who;
use crate::lifecycle::{Ending, Hold, Lifecycle};
use crate::reason::Reason;
use crate::section::Section;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidacy {
    pub opportunity: OpportunityId,
    /// What Lever said of it, as last read.
    pub seen: Seen,
    pub life: Lifecycle,
    /// Why it is in its state.
    pub reason: Reason,
    /// Its place in the queue: when it was first noticed, in ms since the epoch.
    pub queued_ms: i64,
    /// When it came into its state, in ms since the epoch.
    pub since_ms: i64,
    /// When it was found to be no longer tagged or no longer in a watched stage.
    pub left_ms: Option<i64>,
    /// When the link was last copied.
    pub copied_ms: Option<i64>,
    /// When it was marked as sent.
    pub sent_ms: Option<i64>,
}

/// What Lever said of a candidacy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    pub contact: Option<ContactId>,
    /// The person's name; may be empty.
    pub name: String,
    pub posting: Option<PostingId>,
    /// The job's title; empty while unknown.
    pub posting_title: String,
    pub stage: Option<StageId>,
    pub tags: Vec<String>,
    /// Who owns the candidacy in Lever.
    pub owner: Option<UserId>,
    /// The candidate's page in Lever.
    pub profile_url: Option<String>,
    /// When the candidate came to the stage that they are in, in ms since the epoch.
    pub arrived_ms: Option<i64>,
}

impl Candidacy {
    #[must_use]
    pub fn noticed(
        opportunity: OpportunityId,
        seen: Seen,
        life: Lifecycle,
        reason: Reason,
        now_ms: i64,
    ) -> Self {
        Self {
            opportunity,
            seen,
            life,
            reason,
            queued_ms: now_ms,
            since_ms: now_ms,
            left_ms: None,
            copied_ms: None,
            sent_ms: None,
        }
    }

    #[must_use]
    pub fn becoming(mut self, life: Lifecycle, reason: Reason, now_ms: i64) -> Self {
        self.life = life;
        self.reason = reason;
        self.since_ms = now_ms;
        self
    }

    /// Which part of the list it belongs to.
    #[must_use]
    pub fn section(&self) -> Section {
        match &self.life {
            Lifecycle::Held {
                hold: Hold::AlreadyThere,
            } => self.unless_left(Section::AlreadyThere),
            Lifecycle::Held {
                hold: Hold::Until { .. } | Hold::NoLinkYet { .. },
            }
            | Lifecycle::Eligible { .. } => self.unless_left(Section::Waiting),
            Lifecycle::Intent { .. } => Section::Waiting,
            // What is about everyone is told once, and no one can decide it for one candidate.
            Lifecycle::Refused { refusal, .. } if refusal.for_all => {
                self.unless_left(Section::Waiting)
            }
            Lifecycle::Held { .. }
            | Lifecycle::Refused { .. }
            | Lifecycle::Deleted { asks: true, .. } => self.unless_left(Section::NeedsYou),
            Lifecycle::Uncertain { search, .. } if !search.asks => Section::Waiting,
            Lifecycle::Uncertain { .. } | Lifecycle::Unreadable => Section::NeedsYou,
            Lifecycle::Skipped | Lifecycle::Deleted { .. } => Section::SetAside,
            Lifecycle::Created { .. } | Lifecycle::Linked { .. } => self.sent_or_to_send(),
            Lifecycle::Finished {
                ending: Ending::BeforeInterview,
                ..
            } => Section::NeedsYou,
            Lifecycle::Finished { .. } => Section::Finished,
        }
    }

    /// Returns true if it left and is no longer to be served; with the user's approval it still is.
    #[must_use]
    pub fn is_out(&self) -> bool {
        self.left_ms.is_some() && !self.life.is_user_approved()
    }

    /// Returns true if the person has the link already.
    #[must_use]
    pub fn is_in_hand(&self) -> bool {
        self.copied_ms.is_some() || self.sent_ms.is_some()
    }

    /// Whom an announcement is about.
    #[must_use]
    pub fn who(&self) -> Who {
        Who {
            opportunity: self.opportunity.clone(),
            name: self.seen.name.clone(),
            posting: self.seen.posting_title.clone(),
            profile_url: self.seen.profile_url.clone(),
        }
    }

    fn unless_left(&self, section: Section) -> Section {
        if self.is_out() {
            Section::SetAside
        } else {
            section
        }
    }

    fn sent_or_to_send(&self) -> Section {
        if self.is_in_hand() {
            Section::Upcoming
        } else {
            Section::ToSend
        }
    }
}

impl Seen {
    /// What an opportunity says now. The title stays as known when the posting is the same.
    #[must_use]
    pub fn of(opportunity: &Opportunity, before: Option<&Self>) -> Self {
        let same = before.filter(|seen| seen.posting == opportunity.posting);
        Self {
            contact: opportunity.contact.clone(),
            name: opportunity.name.clone(),
            posting: opportunity.posting.clone(),
            posting_title: same
                .map(|seen| seen.posting_title.clone())
                .unwrap_or_default(),
            stage: opportunity.stage.clone(),
            tags: opportunity.tags.clone(),
            owner: opportunity.owner.clone(),
            profile_url: opportunity.profile_url.clone(),
            arrived_ms: opportunity.arrival_ms(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::Consent;
    use crate::reason::PadDoubt;

    fn candidacy(life: Lifecycle) -> Candidacy {
        let id = OpportunityId::new("o1");
        Candidacy::noticed(id, Seen::default(), life, Reason::UserMarked, 0)
    }

    #[test]
    fn a_candidate_who_left_is_set_aside_unless_the_user_approved() {
        let held = |hold| Lifecycle::Held { hold };
        let doubt = PadDoubt::Age;
        let eligible = |consent| Lifecycle::Eligible { consent };
        for (life, here, left) in [
            (
                held(Hold::AlreadyThere),
                Section::AlreadyThere,
                Section::SetAside,
            ),
            (
                held(Hold::Until { until_ms: 1 }),
                Section::Waiting,
                Section::SetAside,
            ),
            (
                held(Hold::NoLinkYet { since_ms: 1 }),
                Section::Waiting,
                Section::SetAside,
            ),
            (held(Hold::Ask), Section::NeedsYou, Section::SetAside),
            (
                held(Hold::WhosePad { doubt }),
                Section::NeedsYou,
                Section::SetAside,
            ),
            (
                eligible(Consent::Rules),
                Section::Waiting,
                Section::SetAside,
            ),
            (eligible(Consent::User), Section::Waiting, Section::Waiting),
            (
                eligible(Consent::UserOverride),
                Section::Waiting,
                Section::Waiting,
            ),
            (Lifecycle::Skipped, Section::SetAside, Section::SetAside),
            (Lifecycle::Unreadable, Section::NeedsYou, Section::NeedsYou),
        ] {
            let mut row = candidacy(life);
            assert_eq!(row.section(), here, "{row:?}");
            row.left_ms = Some(1);
            assert_eq!(row.section(), left, "{row:?}");
        }
    }

    #[test]
    fn what_nobody_can_decide_is_no_decision() {
        let read = |life: serde_json::Value| -> Lifecycle { serde_json::from_value(life).unwrap() };
        let pad = serde_json::json!({"id": "PADAAAA1", "origin": "made", "sinceMs": 1,
            "link": "https://app.coderpad.io/PADAAAA1"});
        let rng = transport::SeededRng::new(1);
        let marker = crate::marker::Marker::fresh(OpportunityId::new("o1"), &rng);
        let intent = serde_json::json!({"marker": marker, "writtenMs": 1, "consent": "rules"});
        let uncertain = |asks: bool| {
            let search = serde_json::json!({"doubt": "noAnswer", "completeLooks": 0,
                "asks": asks, "serverAheadMs": 0});
            read(serde_json::json!({"state": "uncertain", "intent": intent, "search": search}))
        };
        let refused = |for_all: bool| {
            let refusal = serde_json::json!({"code": "planUsedUp", "forAll": for_all});
            read(serde_json::json!({"state": "refused", "refusal": refusal, "consent": "rules"}))
        };
        let deleted =
            |asks: bool| read(serde_json::json!({"state": "deleted", "pad": pad, "asks": asks}));
        for (life, here) in [
            (uncertain(false), Section::Waiting),
            (uncertain(true), Section::NeedsYou),
            (refused(true), Section::Waiting),
            (refused(false), Section::NeedsYou),
            (deleted(true), Section::NeedsYou),
            (deleted(false), Section::SetAside),
        ] {
            let row = candidacy(life);
            assert_eq!(row.section(), here, "{row:?}");
        }
        let mut left = candidacy(deleted(true));
        left.left_ms = Some(1);
        assert_eq!(left.section(), Section::SetAside, "they moved on");
    }

    #[test]
    fn a_link_counts_as_sent_once_it_is_copied_or_marked() {
        let mut row = candidacy(Lifecycle::Skipped);
        assert!(!row.is_in_hand());
        row.copied_ms = Some(1);
        assert!(row.is_in_hand());
        (row.copied_ms, row.sent_ms) = (None, Some(1));
        assert!(row.is_in_hand());
    }

    #[test]
    fn a_stage_was_reached_at_its_last_change_or_at_the_beginning() {
        let read = |changes: serde_json::Value| -> Opportunity {
            let opportunity = serde_json::json!({"id": "o1", "stage": "phone", "createdAt": 5,
                "stageChanges": changes});
            serde_json::from_value(opportunity).unwrap()
        };
        let change =
            |stage: &str, at: i64| serde_json::json!({"toStageId": stage, "updatedAt": at});
        let changes =
            serde_json::json!([change("phone", 7), change("onsite", 9), change("phone", 8)]);
        assert_eq!(read(changes).arrival_ms(), Some(8));
        assert_eq!(read(serde_json::json!([])).arrival_ms(), Some(5));
    }
}
