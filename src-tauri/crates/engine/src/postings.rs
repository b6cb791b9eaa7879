//! The account's postings, and the tag on them: anyone who applies inherits a posting's tags.

use std::collections::HashSet;

use lever::{
    Channel, Client, Confidentiality, Error, OpportunityQuery, Posting, PostingId, PostingQuery,
    PostingState, UserId,
};

use crate::accounts::Account;
use crate::mailbox::Answer;
use padwatch_domain::problem::Problem;
use padwatch_domain::rules::same_tag;
use padwatch_domain::service_error::of_lever;

/// What a plain list of postings may leave out (contracts/lever.md, 4.1).
const LEFT_OUT: [(PostingState, Option<Channel>); 4] = [
    (PostingState::Published, Some(Channel::Internal)),
    (PostingState::Internal, None),
    (PostingState::Draft, None),
    (PostingState::Pending, None),
];

/// A posting, and whether it carries the tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingFound {
    /// Its id.
    pub id: PostingId,
    /// Its title; may be empty.
    pub title: String,
    /// Team and place, as far as known: titles repeat.
    pub about: String,
    /// Whether it carries the tag itself.
    pub tagged: bool,
    /// Whether it can't be changed by a key: confidential ones can't.
    pub locked: bool,
}

/// What putting the tag on a posting, or taking it off, sets off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostingEffect {
    /// Candidates of the posting who are in a watched stage now.
    pub in_stage: u32,
    /// Those of them who carry the tag as it is, by themselves or by the posting.
    pub tagged: u32,
}

pub(crate) async fn all(account: &Account) -> Answer<Vec<PostingFound>> {
    let services = account.services()?;
    let postings = visible(&services.lever)
        .await
        .map_err(|error| of_lever(&error).problem)?;
    Ok(found(postings, &account.settings.tag))
}

/// All that the key may see: confidential ones, unless Lever refuses those, and those that a plain
/// list leaves out. What Lever refuses of the latter costs itself alone.
async fn visible(lever: &Client) -> Result<Vec<Posting>, Error> {
    let mut query = PostingQuery {
        confidentiality: Confidentiality::All,
        ..PostingQuery::default()
    };
    let mut all = match lever.postings(&query).await {
        Err(error) if error.is_refusal() => {
            query.confidentiality = Confidentiality::NonConfidential;
            lever.postings(&query).await?.rows
        }
        outcome => outcome?.rows,
    };
    for (state, channel) in LEFT_OUT {
        let query = PostingQuery {
            state: Some(state),
            channel,
            ..query.clone()
        };
        match lever.postings(&query).await {
            Ok(more) => all.extend(more.rows),
            Err(error) if error.is_refusal() => {}
            Err(error) => return Err(error),
        }
    }
    let mut seen = HashSet::new();
    all.retain(|posting| seen.insert(posting.id.clone()));
    Ok(all)
}

/// Counted by Lever's own lists, since people without the tag are not in the ledger.
pub(crate) async fn effect(account: &Account, id: PostingId) -> Answer<PostingEffect> {
    let services = account.services()?;
    let stages = account.watched.clone().ok_or(Problem::StagesNotKnownYet)?;
    let query = OpportunityQuery {
        archived: Some(false),
        stages,
        postings: vec![id],
        ..OpportunityQuery::default()
    };
    let people = services
        .lever
        .visible_opportunities(&query)
        .await
        .map_err(|error| of_lever(&error).problem)?;
    let tagged = people.rows.iter().filter(|each| {
        each.tags
            .iter()
            .any(|tag| same_tag(tag, &account.settings.tag))
    });
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(PostingEffect {
        in_stage: count(people.count()),
        tagged: count(tagged.count()),
    })
}

/// Returns true if a posting carries the tag, which its applicants inherit.
pub(crate) async fn is_tagged(account: &Account, id: &PostingId) -> Answer<bool> {
    let posting = account.services()?.lever.posting(id).await;
    let posting = posting.map_err(|error| of_lever(&error).problem)?;
    let tag = &account.settings.tag;
    Ok(posting.tags.iter().any(|each| same_tag(each, tag)))
}

/// Read, merged and written: Lever replaces all tags of a posting at once.
pub(crate) async fn tag(account: &Account, id: &PostingId, on: bool) -> Answer<()> {
    let services = account.services()?;
    let user: &UserId = services
        .acting_user
        .as_ref()
        .ok_or(Problem::ActingUserNeededForJob)?;
    let posting = services
        .lever
        .posting(id)
        .await
        .map_err(|error| of_lever(&error).problem)?;
    if posting.confidential {
        return Err(Problem::JobConfidential);
    }
    let Some(tags) = merged(&posting.tags, &account.settings.tag, on) else {
        return Ok(());
    };
    services
        .lever
        .set_posting_tags(id, &tags, user)
        .await
        .map_err(|error| of_lever(&error).problem)?;
    Ok(())
}

/// Those with the tag first, then by title.
fn found(postings: Vec<Posting>, tag: &str) -> Vec<PostingFound> {
    let over = |posting: &Posting| {
        matches!(
            posting.state,
            Some(PostingState::Closed | PostingState::Rejected)
        )
    };
    let mut found: Vec<PostingFound> = postings
        .into_iter()
        .map(|posting| {
            let tagged = posting.tags.iter().any(|each| same_tag(each, tag));
            (tagged, posting)
        })
        .filter(|(tagged, posting)| *tagged || !over(posting))
        .map(|(tagged, posting)| PostingFound {
            tagged,
            about: [posting.team, posting.location]
                .into_iter()
                .flatten()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            locked: posting.confidential,
            id: posting.id,
            title: posting.text,
        })
        .collect();
    found.sort_by_cached_key(|posting| (!posting.tagged, posting.title.to_lowercase()));
    found
}

/// All tags as they shall be; `None`: they are so already. Taking the tag off takes every spelling
/// of it, and putting it on adds none where one is there.
fn merged(tags: &[String], tag: &str, on: bool) -> Option<Vec<String>> {
    let has = tags.iter().any(|each| same_tag(each, tag));
    match (on, has) {
        (true, true) | (false, false) => None,
        (true, false) => {
            let mut tags = tags.to_vec();
            tags.push(tag.trim().to_owned());
            Some(tags)
        }
        (false, true) => Some(
            tags.iter()
                .filter(|each| !same_tag(each, tag))
                .cloned()
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tags(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| (*tag).to_owned()).collect()
    }

    #[test]
    fn other_tags_stay_whatever_is_done_to_ours() {
        let own = tags(&["Remote", " CoderPad ", "coderpad", "Lisbon"]);
        assert_eq!(
            merged(&own, "coderpad", false),
            Some(tags(&["Remote", "Lisbon"]))
        );
        assert_eq!(merged(&own, "coderpad", true), None);
        let without = tags(&["Remote"]);
        assert_eq!(
            merged(&without, " coderpad ", true),
            Some(tags(&["Remote", "coderpad"]))
        );
        assert_eq!(merged(&without, "coderpad", false), None);
    }

    #[test]
    fn closed_postings_are_left_out_unless_they_still_carry_the_tag() {
        let posting = |id: &str, state: &str, tags: &[&str]| -> Posting {
            serde_json::from_value(json!({"id": id, "text": id, "state": state, "tags": tags,
                "categories": {"team": "Payments", "location": "Lisbon"}}))
            .unwrap()
        };
        let found = found(
            vec![
                posting("b", "published", &[]),
                posting("A", "internal", &[]),
                posting("c", "closed", &["CODERPAD"]),
                posting("d", "closed", &[]),
            ],
            "coderpad",
        );
        let titles: Vec<&str> = found.iter().map(|each| each.title.as_str()).collect();
        assert_eq!(titles, ["c", "A", "b"]);
        assert!(found.iter().all(|each| each.about == "Payments, Lisbon"));
    }
}
