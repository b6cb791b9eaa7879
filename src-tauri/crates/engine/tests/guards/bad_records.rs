//! One record of a list that can't be read costs itself alone: the others are served, and no one
//! takes it for gone.

use padwatch_domain::announcement::News;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::Condition;
use sandbox::{Effect, Matching, OtherStatus, Service};

use crate::desk::{Services, pad_ready};
use crate::office::{HOUR, MINUTE, id};

/// A name that marks the record to be spoilt.
const SPOILT: &str = "Spoilt Example";

fn lists(service: Service, path: &str) -> Matching {
    Matching::of(service, "GET", path)
}

fn replaced(find: &str, with: &str) -> Effect {
    Effect::Replace {
        find: find.to_owned(),
        with: with.to_owned(),
    }
}

#[tokio::test(start_paused = true)]
async fn half_a_character_in_one_candidate_stops_nobody() {
    for (number, with) in [
        r#""\ud83d""#,
        r#""\udc00 x""#,
        r#""\ud83d\u0041""#,
        r#""a\u0000b""#,
        "1e999",
        r#"{"deep":[[[[]]]]}"#,
    ]
    .into_iter()
    .enumerate()
    {
        let services = Services::new(1_100 + number as u64);
        let (ada, spoilt) = (services.candidate("Ada"), services.candidate(SPOILT));
        let everywhere = Matching::all_of(Service::Lever);
        let effect = replaced(&format!("\"{SPOILT}\""), with);
        services
            .world
            .with(|world| world.faults.always(everywhere, effect));
        let mut desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.to_phone_screen(&ada);
        services.to_phone_screen(&spoilt);
        let heard = desk.hears_within(5 * MINUTE).await;
        assert!(
            heard.len() == 2 && heard.iter().all(pad_ready),
            "{with}: {heard:?}"
        );
        assert_eq!(services.pads().len(), 2, "{with}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_cannot_be_read_is_not_taken_for_gone_and_costs_nobody_else() {
    let services = Services::new(1_110);
    let (ada, spoilt) = (services.candidate("Ada"), services.candidate(SPOILT));
    let mut desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&spoilt);
    desk.hears("the first pad", pad_ready).await;
    desk.linked(1).await;

    // From now on no one knows what tags they have; the id can still be read.
    let before = desk
        .handle
        .detail(id(&spoilt))
        .await
        .unwrap()
        .timeline
        .len();
    let name = format!(r#""name":"{SPOILT}""#);
    let list = lists(Service::Lever, "/v1/opportunities");
    let odd = replaced(&name, r#""name":"x","tags":7"#);
    services
        .world
        .with(|world| world.faults.always(list.clone(), odd));
    services.to_phone_screen(&ada);
    desk.hears("the second pad", pad_ready).await;
    services.wait(HOUR).await;
    desk.linked(2).await;
    let after = desk.handle.detail(id(&spoilt)).await.unwrap().timeline;
    assert_eq!(
        after.len(),
        before,
        "still there, for all we know: {after:?}"
    );

    services.world.with(|world| world.faults.clear());
    services.wait(HOUR).await;
    desk.linked(2).await;
    assert_eq!(services.pads().len(), 2);
    assert_eq!(desk.handle.snapshot().condition, Condition::Watching);
}

#[tokio::test(start_paused = true)]
async fn an_unclear_pad_is_found_beside_one_that_cannot_be_read() {
    for (number, with) in [
        r#""title":"\ud83d""#,
        r#""title":7"#,
        r#""title":"x","id":null"#,
        r#""title":1e999"#,
    ]
    .into_iter()
    .enumerate()
    {
        let services = Services::new(1_120 + number as u64);
        services.pad_by_hand(Some("somebody's own"));
        let title = services.world.with(|world| world.pads()[0].title.clone());
        let ada = services.candidate("Ada");
        let own = format!("\"title\":{}", serde_json::to_string(&title).unwrap());
        let list = lists(Service::CoderPad, "/api/pads");
        services.world.with(|world| {
            world.faults.always(list, replaced(&own, with));
            world
                .faults
                .once(Matching::creating_a_pad(), Effect::DropAfter);
        });
        let mut desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.to_phone_screen(&ada);
        desk.hears("the pad", pad_ready).await;
        desk.linked(1).await;
        assert_eq!(services.pads_for(&ada).len(), 1, "{with}");
        assert_eq!(desk.row(&ada).await.section, Section::ToSend, "{with}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_cannot_be_read_may_be_the_one_so_none_is_made_again() {
    let services = Services::new(1_130);
    let ada = services.candidate("Ada");
    let list = lists(Service::CoderPad, "/api/pads");
    services.world.with(|world| {
        // The notes, and with them the marker, can't be read in the list.
        world
            .faults
            .always(list, replaced(r#""notes":"#, r#""title":7,"notes":"#));
        world
            .faults
            .once(Matching::creating_a_pad(), Effect::DropAfter);
    });
    let mut settings = Settings::default();
    settings.guards.make_again_when_not_found = true;
    let mut desk = services.desk(settings).await;
    desk.watching().await;
    services.to_phone_screen(&ada);
    let asked = |news: &News| matches!(news, News::Asks { .. });
    desk.hears("a question", asked).await;
    services.wait(2 * HOUR).await;
    assert_eq!(services.pads().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn any_no_to_confidential_candidates_leaves_the_others_served() {
    for (number, status) in [400, 401, 403, 404, 409, 422].into_iter().enumerate() {
        for effect in [
            Effect::Status(OtherStatus::of(status)),
            Effect::Status(OtherStatus::page(status)),
        ] {
            let services = Services::new(1_140 + number as u64);
            let ada = services.candidate("Ada");
            let mut list = lists(Service::Lever, "/v1/opportunities");
            list.query = Some("confidentiality=all".to_owned());
            services
                .world
                .with(|world| world.faults.always(list, effect.clone()));
            let mut desk = services.desk(Settings::default()).await;
            desk.watching().await;
            services.to_phone_screen(&ada);
            let heard = desk.hears_within(5 * MINUTE).await;
            assert!(heard.iter().any(pad_ready), "{effect:?}: {heard:?}");
            assert_eq!(services.pads_for(&ada).len(), 1, "{effect:?}");
        }
    }
}
