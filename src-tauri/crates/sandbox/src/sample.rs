//! Accounts and people to try things with. All of them are invented.

use crate::coderpad::Access;
use crate::coderpad::people::{Person, Role};
use crate::coderpad::questions::Question;
use crate::ids::{ArchiveReasonId, ContactId, Ids, OpportunityId, PostingId, StageId, UserId};
use crate::lever::Key;
use crate::lever::postings::Posting;
use crate::lever::stages::Stage;
use crate::lever::users::User;
use crate::world::{Candidate, NoSuchThing, World};

/// The recruiter: a super admin in Lever, and an owner of the organization in CoderPad.
pub const RECRUITER: &str = "rosa.lindqvist@example.test";

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// The pipeline: id if it has a slug, name, rank.
const PIPELINE: &[(Option<&str>, &str, u32)] = &[
    (Some("lead-new"), "New lead", 1),
    (Some("lead-reached-out"), "Reached out", 2),
    (Some("lead-responded"), "Responded", 3),
    (Some("applicant-new"), "New applicant", 101),
    (None, "Recruiter Call", 201),
    (None, "Phone Screen", 202),
    (None, "On-site", 241),
    (Some("offer"), "Offer", 261),
];

/// One account of each service: a pipeline, people who work there, one key each. No candidates.
#[must_use]
pub fn accounts(seed: u64) -> World {
    let mut world = World::new(seed);
    fill_lever(&mut world);
    fill_coderpad(&mut world);
    world
}

/// The accounts with jobs and a dozen candidates, as of `now_ms` (ms since the epoch).
///
/// # Errors
/// Never, as long as the sample fits itself; its test says that it does.
pub fn sample(seed: u64, now_ms: i64) -> Result<World, NoSuchThing> {
    let mut world = accounts(seed);
    world.move_on(now_ms);
    let jobs = add_jobs(&mut world);
    add_candidates(&mut world, &jobs)?;
    Ok(world)
}

fn fill_lever(world: &mut World) {
    let (lever, moment) = world.lever_and_moment();
    for (slug, text, rank) in PIPELINE {
        lever.stages.push(Stage {
            id: slug.map_or_else(|| StageId::from(moment.ids.uuid()), StageId::from),
            text: (*text).to_owned(),
            rank: *rank,
        });
    }
    let reasons = (0..3).map(|_| ArchiveReasonId::from(moment.ids.uuid()));
    lever.archive_reasons.extend(reasons);
    for (name, email, role, left) in [
        ("Rosa Lindqvist", RECRUITER, "super admin", None),
        (
            "Tomás Ferreira",
            "tomas.ferreira@example.test",
            "team member",
            None,
        ),
        ("Ingrid Moe", "ingrid.moe@example.test", "interviewer", None),
        (
            "Paul Former",
            "paul.former@example.test",
            "team member",
            Some(0),
        ),
    ] {
        let user = User {
            name: name.to_owned(),
            email: email.to_owned(),
            access_role: role.to_owned(),
            created_at: 0,
            deactivated_at: left,
        };
        lever.users.insert(UserId::from(moment.ids.uuid()), user);
    }
    let key = moment.ids.hex(24);
    lever.keys.insert(key, Key::full());
}

fn fill_coderpad(world: &mut World) {
    let (coderpad, moment) = world.coderpad_and_moment();
    for (name, email, role) in [
        ("Rosa Lindqvist", RECRUITER, Role::Owner),
        (
            "Tomás Ferreira",
            "tomas.ferreira@example.test",
            Role::Member,
        ),
    ] {
        let person = Person {
            name: name.to_owned(),
            role: Some(role),
        };
        coderpad.people.insert(email.to_owned(), person);
    }
    let question = Question {
        title: "Anagrams".to_owned(),
        owner: RECRUITER.to_owned(),
        language: Some("python".to_owned()),
        contents: "# Group words that are anagrams of each other\n".to_owned(),
        shared: true,
        created_at: 0,
    };
    coderpad.questions.insert(moment.ids.number(), question);
    coderpad.quota.limit = 50;
    let key = moment.ids.hex(32);
    coderpad.keys.insert(key, Access::of(RECRUITER));
}

/// The jobs of the sample.
struct Jobs {
    backend: PostingId,
    data: PostingId,
    /// Tagged `coderpad` itself.
    platform: PostingId,
    design: PostingId,
}

fn add_jobs(world: &mut World) -> Jobs {
    let owner = recruiter(world);
    let mut add = |title: &str, team: &str, location: &str, tags: &[&str]| {
        let (lever, moment) = world.lever_and_moment();
        let id = PostingId::from(moment.ids.uuid());
        let posting = Posting {
            title: title.to_owned(),
            state: "published".to_owned(),
            department: "Product & Engineering".to_owned(),
            team: team.to_owned(),
            location: location.to_owned(),
            commitment: "Full-time".to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            owner: owner.clone(),
            internal_only: false,
            confidential: false,
            created_at: moment.now - 40 * DAY_MS,
            updated_at: moment.now - 40 * DAY_MS,
        };
        lever.postings.insert(id.clone(), posting);
        id
    };
    Jobs {
        backend: add("Backend Engineer", "Engineering", "Lisbon", &[]),
        data: add("Data Engineer", "Data", "Oslo", &[]),
        platform: add("Platform Engineer", "Engineering", "Remote", &["coderpad"]),
        design: add("Product Designer", "Design", "Lisbon", &[]),
    }
}

/// The recruiter's id in Lever.
pub(crate) fn recruiter(world: &World) -> Option<UserId> {
    let mut users = world.lever.users.iter();
    users
        .find(|(_, user)| user.email == RECRUITER)
        .map(|(id, _)| id.clone())
}

/// Name, headline, tags, stage, job, days in the stage.
type Row<'a> = (&'a str, &'a str, &'a [&'a str], &'a str, &'a PostingId, i64);

fn add_candidates(world: &mut World, jobs: &Jobs) -> Result<(), NoSuchThing> {
    let rows = already_there(jobs)
        .into_iter()
        .chain(on_their_way(jobs))
        .chain(not_for_padwatch(jobs));
    for row in rows {
        add(world, &row, None, false)?;
    }
    add_special_cases(world, jobs)
}

/// There before Padwatch came: listed, not served.
fn already_there<'a>(jobs: &'a Jobs) -> [Row<'a>; 2] {
    let Jobs { backend, data, .. } = jobs;
    [
        (
            "Farida Haddad",
            "Acme Widgets",
            &["coderpad"],
            "Phone Screen",
            backend,
            3,
        ),
        ("Jonas Weber", "", &["CoderPad"], "Phone Screen", data, 1),
    ]
}

/// Tagged and not there yet. The first of them is the one that the story moves.
fn on_their_way<'a>(jobs: &'a Jobs) -> [Row<'a>; 6] {
    let Jobs {
        backend,
        data,
        platform,
        ..
    } = jobs;
    [
        (
            "Amara Nwosu",
            "Payments at Fernhill",
            &["coderpad", "referral"],
            "Recruiter Call",
            backend,
            2,
        ),
        (
            "Maximiliane Freifrau von Hohenstein-Wittgenau de la Fuente y Carvalho",
            "Principal engineer of practically everything, lately also of the things beside it",
            &["Coderpad "],
            "New applicant",
            backend,
            0,
        ),
        (
            "נועה לוי",
            "מהנדסת תוכנה",
            &["coderpad"],
            "Recruiter Call",
            data,
            4,
        ),
        (
            "佐藤 美咲",
            "検索基盤",
            &["CoderPad"],
            "New applicant",
            data,
            1,
        ),
        (
            "Leo Martín",
            "🚀 Ships things & <b>tests</b> them",
            &[],
            "Recruiter Call",
            platform,
            2,
        ),
        ("", "", &["coderpad"], "New applicant", backend, 6),
    ]
}

fn not_for_padwatch<'a>(jobs: &'a Jobs) -> [Row<'a>; 2] {
    let Jobs { data, design, .. } = jobs;
    [
        (
            "Priya Raghavan",
            "Design systems",
            &["portfolio"],
            "Phone Screen",
            design,
            2,
        ),
        (
            "Olu Adeyemi",
            "Ex-everything",
            &["coderpad"],
            "Offer",
            data,
            9,
        ),
    ]
}

/// One person with two candidacies, and one that only some keys may see.
fn add_special_cases(world: &mut World, jobs: &Jobs) -> Result<(), NoSuchThing> {
    let Jobs {
        backend,
        data,
        platform,
        ..
    } = jobs;
    let twice = add(
        world,
        &(
            "Sofia Rossi",
            "Streams",
            &["coderpad"],
            "Recruiter Call",
            backend,
            5,
        ),
        None,
        false,
    )?;
    let contact = world
        .lever
        .opportunities
        .get(&twice)
        .map(|found| found.contact.clone());
    add(
        world,
        &(
            "Sofia Rossi",
            "Streams",
            &["coderpad"],
            "New applicant",
            data,
            5,
        ),
        contact,
        false,
    )?;
    add(
        world,
        &(
            "Henrik Dahl",
            "Currently elsewhere",
            &["coderpad"],
            "Recruiter Call",
            platform,
            1,
        ),
        None,
        true,
    )?;
    Ok(())
}

fn add(
    world: &mut World,
    row: &Row<'_>,
    contact: Option<ContactId>,
    confidential: bool,
) -> Result<OpportunityId, NoSuchThing> {
    let (name, headline, tags, stage, posting, days) = *row;
    let owner = recruiter(world);
    world.add_candidate(Candidate {
        name: name.to_owned(),
        headline: headline.to_owned(),
        location: "Lisbon".to_owned(),
        emails: vec![address_of(name)],
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        stage: Some(stage.to_owned()),
        posting: Some(posting.clone()),
        contact,
        owner,
        confidential,
        since_ms: days * DAY_MS + 7 * MINUTE_MS,
        ..Candidate::default()
    })
}

/// An address that goes nowhere.
fn address_of(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphabetic)
        .take(12)
        .collect();
    let plain = if plain.is_empty() {
        "candidate".to_owned()
    } else {
        plain.to_lowercase()
    };
    format!("{plain}@mail.example")
}

const FIRST: &[&str] = &[
    "Aisha", "Bruno", "Chen", "Dara", "Elif", "Fatou", "Giulia", "Hamza", "Iris", "João", "Kofi",
    "Lena", "Mateo", "Nadia", "Oskar", "Paulina", "Quentin", "Rania", "Sanjay", "Thea",
];
const LAST: &[&str] = &[
    "Abadi",
    "Bergström",
    "Costa",
    "Dubois",
    "Eriksen",
    "Fonseca",
    "Grubišić",
    "Huang",
    "Ito",
    "Jansen",
    "Kowalski",
    "Lindholm",
    "Mensah",
    "Novak",
    "Okafor",
    "Papadakis",
    "Rahman",
    "Silva",
    "Takahashi",
    "Ünal",
];

/// An invented candidate: name, headline, address.
pub(crate) fn somebody(ids: &mut Ids) -> (String, String, String) {
    let pick = |ids: &mut Ids, names: &[&'static str]| {
        names.get(ids.place(names.len())).copied().unwrap_or("Sam")
    };
    let name = format!("{} {}", pick(ids, FIRST), pick(ids, LAST));
    let headline = pick(
        ids,
        &[
            "Two years at Acme",
            "Fernhill, before that Acme",
            "Freelance",
            "",
        ],
    );
    let address = address_of(&name);
    (name, headline.to_owned(), address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_fits_itself_and_has_exactly_one_phone_screen() {
        let world = sample(1, 1_767_225_600_000).unwrap();
        let stages = world.lever.stages.iter();
        assert_eq!(
            stages
                .filter(|stage| stage.text.to_lowercase() == "phone screen")
                .count(),
            1
        );
        assert_eq!(world.lever.opportunities.len(), 13);
        assert_eq!(world.lever.contacts.len(), 12);
        assert_eq!(world.lever.postings.len(), 4);
    }

    #[test]
    fn a_seed_always_gives_the_same_keys_and_candidates() {
        let ids = |seed| {
            let world = sample(seed, 0).unwrap();
            let opportunities: Vec<_> = world.lever.opportunities.keys().cloned().collect();
            (
                world.lever.keys.keys().cloned().collect::<Vec<_>>(),
                opportunities,
            )
        };
        assert_eq!(ids(5), ids(5));
        assert_ne!(ids(5), ids(6));
    }
}
