//! What there is to see in the demo: candidates in each state that matters from the first second,
//! and a new one a few seconds later. The buttons of the demo do the same as people would.

use std::time::Duration;

use crate::coderpad::interview::Guest;
use crate::ids::{OpportunityId, PadId, PostingId};
use crate::lever::opportunities::Opportunity;
use crate::sample::{RECRUITER, recruiter, somebody};
use crate::shared::SharedWorld;
use crate::world::{Candidate, NoSuchThing, World};

/// How long a newcomer looks around before something happens.
const LOOKS_AROUND: Duration = Duration::from_secs(4);
/// How often it is looked for the first visitor.
const LOOKS_EVERY: Duration = Duration::from_millis(200);
/// Where it all leads.
const PHONE_SCREEN: &str = "Phone Screen";

/// Whose pad is there, and not sent yet.
const READY: &str = "Grace Okonkwo";
/// Who is in an interview.
const LIVE: &str = "Mateo Silva";
/// Whose interview is over.
const ENDED: &str = "Hana Kimura";
/// Who has two applications and one pad link.
const UNCLEAR: &str = "Sofia Rossi";

const MINUTE_MS: i64 = 60_000;

/// What a button of the demo does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoStep {
    /// Someone with two applications and one pad link comes to Phone Screen.
    AskWhichJob,
    /// The next tagged candidate comes to Phone Screen; once all are there, a new one.
    MoveCandidate,
    /// An interview that is going on is ended. If there is none, one is held first.
    EndInterview,
    /// CoderPad can't be reached from now on, or again.
    Outage(bool),
}

impl DemoStep {
    /// # Errors
    /// When there is nothing left to do it with.
    pub fn take(self, world: &mut World) -> Result<(), NoSuchThing> {
        match self {
            Self::AskWhichJob => {
                let unclear = named(world, UNCLEAR).ok_or_else(|| nothing("candidate"))?;
                world.move_to_stage(&unclear, PHONE_SCREEN)
            }
            Self::MoveCandidate => {
                let next = match next_in_line(world) {
                    Some(next) => next,
                    None => newcomer(world)?,
                };
                world.move_to_stage(&next, PHONE_SCREEN)
            }
            Self::EndInterview => {
                let pad = match pad_in(world, "started") {
                    Some(pad) => pad,
                    None => interviewed(world)?,
                };
                world.end_interview(&pad)
            }
            Self::Outage(on) => {
                world.switch(|switches| switches.coderpad.offline = on);
                Ok(())
            }
        }
    }
}

/// Returns true while CoderPad can't be reached.
#[must_use]
pub fn has_outage(world: &World) -> bool {
    world.switches().coderpad.offline
}

/// Sets the scene: pads that were made, used and ended before the demo began. The addresses of the
/// services must be known.
///
/// # Errors
/// When the world isn't the sample's.
pub fn set_scene(world: &mut World) -> Result<(), NoSuchThing> {
    let now = world.now();
    let minutes_ago = |minutes: i64| now - minutes * MINUTE_MS;
    with_pad(world, READY, "Data Engineer", minutes_ago(40))?;
    let (live, pad) = with_pad(world, LIVE, "Backend Engineer", minutes_ago(180))?;
    world.schedule_interview(&live, minutes_ago(12), 60)?;
    for (minutes, code) in (0..).zip(CODE) {
        world.move_on(minutes_ago(11 - 2 * minutes));
        world.join(&pad, guest(LIVE))?;
        world.type_code(&pad, guest(LIVE), None, code)?;
    }
    let (ended, pad) = with_pad(world, ENDED, "Data Engineer", minutes_ago(240))?;
    world.schedule_interview(&ended, minutes_ago(80), 45)?;
    world.move_on(minutes_ago(36));
    world.play_interview(&pad, ENDED)?;
    world.end_interview(&pad)?;
    world.move_on(now);
    let unclear = named(world, UNCLEAR).ok_or_else(|| nothing("candidate"))?;
    let pad = world.make_pad_by_hand(RECRUITER, UNCLEAR, None);
    put_on_profile(world, &unclear, &pad)
}

/// Waits until the candidates were read for the first time, so that those who are in the stage
/// already are known as such. Then brings a question, and another candidate.
pub(crate) async fn play(world: SharedWorld) {
    while world.quietly(|world| world.journal.count("GET /v1/opportunities")) == 0 {
        world.clock().sleep(LOOKS_EVERY).await;
    }
    for step in [DemoStep::AskWhichJob, DemoStep::MoveCandidate] {
        world.clock().sleep(LOOKS_AROUND).await;
        if let Err(error) = world.with(|world| step.take(world)) {
            tracing::warn!(%error, "the demo's story can't go on");
        }
    }
}

const CODE: [&str; 4] = [
    "# The longest word that can be typed with one row of the keyboard\n",
    "ROWS = [set('qwertyuiop'), set('asdfghjkl'), set('zxcvbnm')]\n",
    "\ndef one_row(word):\n    return any(set(word.lower()) <= row for row in ROWS)\n",
    "\nprint(max(filter(one_row, ['typewriter', 'flask', 'pool']), key=len))\n",
];

/// Someone who has been in Phone Screen for an hour more than their pad, whose link is on the profile.
fn with_pad(
    world: &mut World,
    name: &str,
    job: &str,
    made_at: i64,
) -> Result<(OpportunityId, PadId), NoSuchThing> {
    world.move_on(made_at - 60 * MINUTE_MS);
    let opportunity = world.add_candidate(Candidate {
        name: name.to_owned(),
        emails: vec![format!(
            "{}@mail.example",
            name.replace(' ', ".").to_lowercase()
        )],
        tags: vec!["coderpad".to_owned()],
        stage: Some(PHONE_SCREEN.to_owned()),
        posting: Some(posting(world, job).ok_or_else(|| nothing("posting"))?),
        owner: recruiter(world),
        ..Candidate::default()
    })?;
    world.move_on(made_at);
    let pad = world.make_pad_by_hand(RECRUITER, &format!("{name} – {job}"), None);
    put_on_profile(world, &opportunity, &pad)?;
    Ok((opportunity, pad))
}

fn put_on_profile(world: &mut World, id: &OpportunityId, pad: &PadId) -> Result<(), NoSuchThing> {
    let pads = world.pads();
    let found = pads.iter().find(|seen| seen.id == pad.as_str());
    let link = found
        .map(|seen| seen.url.clone())
        .ok_or_else(|| nothing("pad"))?;
    world.add_link(id, &link)
}

fn guest(name: &str) -> Guest<'_> {
    Guest { name, email: None }
}

fn posting(world: &World, title: &str) -> Option<PostingId> {
    let mut postings = world.lever.postings.iter();
    postings
        .find(|(_, posting)| posting.title == title)
        .map(|(id, _)| id.clone())
}

/// The one of that name who is tagged, and not in a later stage than the others.
fn named(world: &World, name: &str) -> Option<OpportunityId> {
    waiting(world)
        .find(|(_, opportunity)| {
            let contact = world.lever.contacts.get(&opportunity.contact);
            contact.is_some_and(|contact| contact.name == name)
        })
        .map(|(id, _)| id.clone())
}

/// The tagged candidate in the stage before, who came there last.
fn next_in_line(world: &World) -> Option<OpportunityId> {
    waiting(world)
        .max_by_key(|(_, opportunity)| opportunity.times.last_advanced_at)
        .map(|(id, _)| id.clone())
}

/// The tagged candidates in the stage before.
fn waiting(world: &World) -> impl Iterator<Item = (&OpportunityId, &Opportunity)> {
    let lever = &world.lever;
    let target = lever.stage_named(PHONE_SCREEN);
    let place = lever
        .stages
        .iter()
        .position(|stage| Some(&stage.id) == target.as_ref());
    let before = place
        .and_then(|place| lever.stages.get(place.checked_sub(1)?))
        .map(|stage| &stage.id);
    lever.opportunities.iter().filter(move |(_, opportunity)| {
        let mut tags = opportunity.tags.iter();
        tags.any(|tag| tag.trim().eq_ignore_ascii_case("coderpad"))
            && Some(&opportunity.stage) == before
            && opportunity.archived.is_none()
            && !opportunity.confidential
    })
}

/// The first pad in that state.
fn pad_in(world: &World, state: &str) -> Option<PadId> {
    let pads = world.pads();
    let mut found = pads.iter().filter(|pad| pad.deleted_at.is_none());
    let found = found.find(|pad| pad.state == state)?;
    Some(PadId::from(found.id.as_str()))
}

/// Someone whom the story doesn't know, in the stage before.
fn newcomer(world: &mut World) -> Result<OpportunityId, NoSuchThing> {
    let (name, headline, address) = somebody(world.ids());
    let posting = posting(world, "Backend Engineer");
    world.add_candidate(Candidate {
        name,
        headline,
        emails: vec![address],
        tags: vec!["coderpad".to_owned()],
        stage: Some("Recruiter Call".to_owned()),
        posting,
        owner: recruiter(world),
        ..Candidate::default()
    })
}

/// A pad in which an interview has just been held.
fn interviewed(world: &mut World) -> Result<PadId, NoSuchThing> {
    let pad = pad_in(world, "pending").ok_or_else(|| nothing("pad"))?;
    world.play_interview(&pad, "Candidate")?;
    Ok(pad)
}

fn nothing(kind: &'static str) -> NoSuchThing {
    NoSuchThing {
        kind,
        id: "left for the demo".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http::{HeaderMap, Method};
    use transport::{Clock as _, VirtualClock};

    use super::*;
    use crate::incoming::{Incoming, Query, Service};
    use crate::sample::sample;

    const NOW: i64 = 1_767_225_600_000;

    fn scene() -> World {
        let mut world = sample(1, NOW).unwrap();
        set_scene(&mut world).unwrap();
        world
    }

    #[test]
    fn the_scene_has_a_pad_in_each_state_and_ends_in_the_present() {
        let world = scene();
        let states: Vec<&str> = world.pads().iter().map(|pad| pad.state).collect();
        assert_eq!(world.now(), NOW);
        for (state, count) in [("pending", 2), ("started", 1), ("ended", 1)] {
            let found = states.iter().filter(|each| **each == state).count();
            assert_eq!(found, count, "{state}");
        }
        let in_future = |pad: &crate::PadSeen| pad.created_at > NOW;
        assert!(!world.pads().iter().any(in_future));
    }

    #[tokio::test(start_paused = true)]
    async fn candidates_are_moved_only_after_a_first_look() {
        let clock = Arc::new(VirtualClock::starting_at(NOW));
        let world = SharedWorld::new(scene(), clock.clone());
        tokio::spawn(play(world.clone()));
        clock.sleep(Duration::from_secs(60)).await;
        let is_waiting = |name: &str| world.with(|world| named(world, name).is_some());
        assert!(is_waiting(UNCLEAR) && is_waiting("Amara Nwosu"));
        let look = Incoming {
            method: Method::GET,
            path: "/v1/opportunities".to_owned(),
            query: Query::default(),
            headers: HeaderMap::new(),
            body: bytes::Bytes::new(),
        };
        let _ = world.answer(Service::Lever, &look);
        clock.sleep(Duration::from_secs(60)).await;
        assert!(!is_waiting(UNCLEAR) && !is_waiting("Amara Nwosu"));
    }

    #[test]
    fn someone_always_comes_and_an_interview_ends_as_long_as_there_are_pads() {
        let mut world = scene();
        let pads = world.pads();
        let to_end = pads.iter().filter(|pad| pad.state != "ended").count();
        for _ in 0..to_end {
            assert_eq!(DemoStep::EndInterview.take(&mut world), Ok(()));
        }
        assert!(DemoStep::EndInterview.take(&mut world).is_err());
        let known = waiting(&world).count();
        for _ in 0..known + 3 {
            assert_eq!(DemoStep::MoveCandidate.take(&mut world), Ok(()));
        }
        assert_eq!(waiting(&world).count(), 0);
    }

    #[test]
    fn an_outage_begins_and_ends() {
        let mut world = scene();
        assert!(!has_outage(&world));
        assert_eq!(DemoStep::Outage(true).take(&mut world), Ok(()));
        assert!(has_outage(&world));
        assert_eq!(DemoStep::Outage(false).take(&mut world), Ok(()));
        assert!(!has_outage(&world));
    }
}
