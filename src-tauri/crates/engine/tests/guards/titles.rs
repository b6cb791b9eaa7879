//! A candidate is shown with their job, whether or not a pad is created.

use padwatch_domain::settings::Settings;
use sandbox::lever::postings::Posting;
use sandbox::{Candidate, Effect, Matching, OpportunityId, OtherStatus, PostingId, Service};

use crate::desk::{Services, pad_ready};
use crate::office::{HOUR, MINUTE};

const READ: &str = "GET /v1/postings/:id";

/// Someone who is in the watched stage, for a job of their own.
fn there_before(services: &Services, job: &str) -> OpportunityId {
    services.world.with(|world| {
        let posting = PostingId::from(format!("posting-{}", job.split(' ').next().unwrap()));
        let about = Posting {
            title: job.to_owned(),
            state: "published".to_owned(),
            ..Posting::default()
        };
        world.lever.postings.insert(posting.clone(), about);
        let candidate = Candidate {
            name: format!("For {job}"),
            tags: vec!["coderpad".to_owned()],
            stage: Some("Phone Screen".to_owned()),
            posting: Some(posting),
            ..Candidate::default()
        };
        world.add_candidate(candidate).unwrap()
    })
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_candidate_who_was_there_before_is_shown_with_the_job() {
    let services = Services::new(961);
    let ada = there_before(&services, "Backend Engineer");
    let desk = services.desk(Settings::default()).await;
    desk.until("listed", |snapshot| snapshot.counts.already_there == 1)
        .await;
    services.wait(HOUR).await;
    assert_eq!(desk.row(&ada).await.posting, "Backend Engineer");
    assert_eq!(services.count(READ), 1, "it is known from then on");
}

#[tokio::test(start_paused = true)]
#[ignore = "takes minutes: cargo xtask test --only long"]
async fn a_job_that_cannot_be_read_leaves_the_others_their_titles() {
    let services = Services::new(962);
    let ada = there_before(&services, "Backend Engineer");
    let ben = there_before(&services, "Data Engineer");
    let failing = Matching::of(Service::Lever, "GET", "/v1/postings/posting-Data");
    let effect = Effect::Status(OtherStatus::of(500));
    services
        .world
        .with(|world| world.faults.always(failing, effect));
    let desk = services.desk(Settings::default()).await;
    desk.until("listed", |snapshot| snapshot.counts.already_there == 2)
        .await;
    services.wait(HOUR).await;
    assert_eq!(desk.row(&ada).await.posting, "Backend Engineer");
    assert_eq!(desk.row(&ben).await.posting, "");
    let reads = services.count(READ);
    assert!(reads <= 1 + 6, "{reads} reads in an hour");
}

#[tokio::test(start_paused = true)]
async fn a_job_is_read_once_for_all_whose_pads_are_created() {
    let services = Services::new(963);
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    for _ in 0..3 {
        let one = there_before(&services, "Backend Engineer");
        desk.hears("a pad", pad_ready).await;
        services.wait(2 * MINUTE).await;
        assert_eq!(desk.row(&one).await.posting, "Backend Engineer");
    }
    assert_eq!(services.count(READ), 1);
}
