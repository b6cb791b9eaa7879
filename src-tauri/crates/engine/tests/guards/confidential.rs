//! A whole team reads the title of a pad: what is confidential in Lever is not named in it.

use padwatch_domain::announcement::News;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use sandbox::lever::postings::Posting;
use sandbox::{Candidate, Effect, Matching, OpportunityId, OtherStatus, PostingId, Service};

use crate::desk::{Desk, Services};
use crate::office::{HOUR, settings};

const NAME: &str = "Ada Example";
const JOB: &str = "Backend Engineer";
const NEUTRAL: &str = "Interview";

/// What is confidential.
#[derive(Debug, Clone, Copy, Default)]
struct Closed {
    candidate: bool,
    job: bool,
}

fn job(services: &Services, confidential: bool) -> PostingId {
    services.world.with(|world| {
        let posting = PostingId::from("posting-backend");
        let about = Posting {
            title: JOB.to_owned(),
            state: "published".to_owned(),
            confidential,
            ..Posting::default()
        };
        world.lever.postings.insert(posting.clone(), about);
        posting
    })
}

fn candidate(services: &Services, confidential: bool, posting: Option<PostingId>) -> OpportunityId {
    services.world.with(|world| {
        world
            .add_candidate(Candidate {
                name: NAME.to_owned(),
                posting,
                tags: vec!["coderpad".to_owned()],
                stage: Some("Recruiter Call".to_owned()),
                confidential,
                ..Candidate::default()
            })
            .unwrap()
    })
}

fn add(services: &Services, closed: Closed) -> OpportunityId {
    let posting = job(services, closed.job);
    candidate(services, closed.candidate, Some(posting))
}

/// The title of the pad that the candidate gets.
async fn title(services: &Services, desk: &Desk, of: &OpportunityId, nth: usize) -> String {
    services.to_phone_screen(of);
    desk.linked(nth).await;
    services.pads_for(of)[0].title.clone()
}

fn named() -> String {
    format!("{NAME} – {JOB}")
}

#[tokio::test(start_paused = true)]
async fn what_is_confidential_is_not_named_unless_set_otherwise() {
    let seeds = 1_601..;
    let levels = [(false, false), (true, false), (false, true), (true, true)];
    for (seed, (candidate, job)) in seeds.zip(levels) {
        for names in [false, true] {
            let closed = Closed { candidate, job };
            let services = Services::new(seed);
            let ada = add(&services, closed);
            let chosen = settings(|settings| settings.pads.name_confidential = names);
            let desk = services.desk(chosen).await;
            desk.watching().await;
            let title = title(&services, &desk, &ada, 1).await;
            let is_named = names || !candidate && !job;
            let expected = if is_named {
                named()
            } else {
                NEUTRAL.to_owned()
            };
            assert_eq!(title, expected, "{closed:?}, names: {names}");
            // Nothing but the link goes to Lever, and the list here shows everything.
            assert_eq!(desk.row(&ada).await.name, NAME, "{closed:?}");
            assert_eq!(desk.row(&ada).await.posting, JOB, "{closed:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_job_the_candidate_alone_decides() {
    for (seed, confidential) in [(1_611, false), (1_612, true)] {
        let services = Services::new(seed);
        let ada = candidate(&services, confidential, None);
        let desk = services.desk(Settings::default()).await;
        desk.watching().await;
        let title = title(&services, &desk, &ada, 1).await;
        assert_eq!(title, if confidential { NEUTRAL } else { NAME });
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_that_cannot_be_read_may_be_confidential() {
    let answers = [
        Effect::Status(OtherStatus::of(403)),
        Effect::Status(OtherStatus::of(404)),
        Effect::Status(OtherStatus::of(400)),
        Effect::Status(OtherStatus::of(500)),
    ];
    for (seed, answer) in (1_621..).zip(answers) {
        let services = Services::new(seed);
        let ada = add(&services, Closed::default());
        let what = format!("{answer:?}");
        services.world.with(|world| {
            let reads = Matching::of(Service::Lever, "GET", "/v1/postings/*");
            world.faults.always(reads, answer);
        });
        let desk = services.desk(Settings::default()).await;
        desk.watching().await;
        let title = title(&services, &desk, &ada, 1).await;
        assert_eq!(title, NEUTRAL, "{what}");
        assert!(
            !what.is_empty() && desk.row(&ada).await.on_profile,
            "{what}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_that_becomes_confidential_is_no_longer_named() {
    let services = Services::new(1_631);
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    let ada = add(&services, Closed::default());
    assert_eq!(title(&services, &desk, &ada, 1).await, named());
    // Its title is known from now on.
    let posting = job(&services, true);
    services.wait(HOUR).await;
    let ben = candidate(&services, false, Some(posting));
    assert_eq!(title(&services, &desk, &ben, 2).await, NEUTRAL);
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_is_requested_again_is_not_named_either() {
    let services = Services::new(1_641);
    let ada = add(
        &services,
        Closed {
            candidate: false,
            job: true,
        },
    );
    services.world.with(|world| {
        let lost = Matching::creating_a_pad();
        world
            .faults
            .once(lost, Effect::Status(OtherStatus::of(502)));
    });
    let chosen = settings(|settings| settings.guards.make_again_when_not_found = true);
    let desk = services.desk(chosen.clone()).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    services
        .until("a request", || services.count("POST /api/pads") == 1)
        .await;
    let folder = desk.crash().await;
    let desk = services.desk_in(folder, chosen).await;
    assert_eq!(title(&services, &desk, &ada, 1).await, NEUTRAL);
    assert_eq!(services.count("POST /api/pads"), 2);
}

#[tokio::test(start_paused = true)]
async fn one_candidate_who_is_kept_back_is_no_missing_permission() {
    for status in [403, 404] {
        let services = Services::new(2301);
        let hold = settings(|settings| settings.guards.hold_seconds = 60);
        let people = services.candidates(2);
        let mut desk = services.desk(hold).await;
        desk.watching().await;
        for one in &people {
            services.to_phone_screen(one);
        }
        desk.until("noticed", |snapshot| snapshot.counts.waiting == 2)
            .await;
        services.world.with(|world| {
            let path = format!("/v1/opportunities/{}", people[0]);
            let read = Matching::of(Service::Lever, "GET", &path);
            let no = Effect::Status(OtherStatus::of(status));
            world.faults.always(read, no);
        });
        let heard = desk.hears_within(HOUR).await;
        let told = format!("{status}: {heard:?}");
        assert!(!told.contains("Find an opportunity"), "{told}");
        let is_hindered = |news: &News| matches!(news, News::Hindered { .. });
        assert!(!heard.iter().any(is_hindered), "{told}");
        assert_eq!(services.pads_for(&people[1]).len(), 1, "{told}");
        assert_eq!(services.pads_for(&people[0]).len(), 0, "{told}");
        if status == 403 {
            let row = desk.row(&people[0]).await;
            assert_eq!(row.section, Section::NeedsYou, "{told}");
            assert!(told.contains("CandidateConfidential"), "{told}");
        }
    }
}
