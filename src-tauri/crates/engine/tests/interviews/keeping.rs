use std::path::Path;

use padwatch_domain::announcement::News;
use padwatch_domain::listing::ListQuery;
use padwatch_domain::problem::ProblemCode;
use padwatch_domain::section::Section;

use crate::desk::pad_ready;
use crate::round::{DAY, HOUR, NAME, Round};

/// Whether a text stands anywhere in the files of the ledger.
fn is_in_ledger(folder: &Path, text: &str) -> bool {
    let mut found = false;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("ledger") {
            let bytes = std::fs::read(path).unwrap();
            found |= bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes());
        }
    }
    found
}

async fn assert_gone(round: &Round) {
    let detail = round.desk.handle.detail(round.id.clone()).await;
    assert_eq!(detail.unwrap_err().code(), ProblemCode::Gone);
    let list = round.desk.handle.list(ListQuery {
        limit: 10,
        ..ListQuery::default()
    });
    assert_eq!(list.await.unwrap().total, 0);
    let folder = round.desk.folder.path();
    assert!(
        !is_in_ledger(folder, NAME),
        "the name is still in the ledger"
    );
    assert!(!is_in_ledger(folder, round.pad.as_str()), "the pad is");
}

#[tokio::test(start_paused = true)]
async fn who_was_deleted_while_the_computer_was_off_for_months_is_forgotten() {
    let round = Round::held(49).await;
    round.wait(8 * HOUR).await;
    round
        .services
        .world
        .with(|world| world.switch(|switches| switches.lever.cap_deleted = true));
    let folder = round.desk.close().await;
    round.services.clock.sleep(20 * DAY).await;
    round
        .services
        .world
        .with(|world| world.delete_candidate(&round.who).unwrap());
    round.services.clock.sleep(80 * DAY).await;
    let settings = round.settings.clone();
    let desk = round.services.desk_in(folder, settings).await;
    desk.watching().await;
    let round = Round { desk, ..round };
    round.wait(8 * HOUR).await;
    assert_gone(&round).await;
}

#[tokio::test(start_paused = true)]
async fn who_is_deleted_in_lever_is_forgotten_here() {
    let round = Round::held(40).await;
    assert!(
        is_in_ledger(round.desk.folder.path(), NAME),
        "the test can fail"
    );
    let prepared = round.desk.handle.prepare_note(round.id.clone(), None).await;
    assert!(prepared.is_ok());
    round
        .services
        .world
        .with(|world| world.delete_candidate(&round.who).unwrap());
    round.wait(8 * HOUR).await;
    assert_gone(&round).await;
}

#[tokio::test(start_paused = true)]
async fn a_candidate_anonymised_in_lever_is_forgotten_in_any_stage() {
    let round = Round::held(41).await;
    round
        .services
        .world
        .with(|world| world.anonymize(&round.who).unwrap());
    round.wait(HOUR).await;
    assert_gone(&round).await;
    drop(round.desk.close().await);

    let moved_on = Round::held(42).await;
    moved_on.services.world.with(|world| {
        world.move_to_stage(&moved_on.who, "On-site").unwrap();
    });
    moved_on.wait(HOUR).await;
    moved_on
        .services
        .world
        .with(|world| world.anonymize(&moved_on.who).unwrap());
    let moved_on = moved_on.off_for(7 * DAY).await;
    moved_on.wait(3 * HOUR).await;
    assert_gone(&moved_on).await;
}

#[tokio::test(start_paused = true)]
async fn a_year_after_the_end_all_is_forgotten_but_that_there_was_a_pad() {
    let round = Round::held(43).await;
    round.services.world.with(|world| {
        world.move_to_stage(&round.who, "On-site").unwrap();
    });
    let round = round.off_for(363 * DAY).await;
    round.wait(3 * HOUR).await;
    assert!(is_in_ledger(round.desk.folder.path(), NAME));
    let mut round = round.off_for(2 * DAY).await;
    round.wait(3 * HOUR).await;
    assert_gone(&round).await;

    round.services.world.with(|world| {
        let link = world.links_of(&round.who).remove(0);
        world.remove_link(&round.who, &link).unwrap();
        world.move_to_stage(&round.who, "Phone Screen").unwrap();
    });
    round
        .desk
        .until("asked", |snapshot| snapshot.counts.needs_you == 1)
        .await;
    round.wait(HOUR).await;
    while let Ok(told) = round.desk.announcements.try_recv() {
        assert!(!pad_ready(&told.news), "{told:?}");
    }
    assert_eq!(round.row().await.section, Section::NeedsYou);
    round
        .services
        .world
        .with(|world| assert_eq!(world.pads().len(), 1));
}

#[tokio::test(start_paused = true)]
async fn whoever_is_still_in_the_stage_is_kept_however_long_ago_it_was() {
    let round = Round::held(44).await;
    let round = round.off_for(400 * DAY).await;
    round.wait(3 * HOUR).await;
    assert_eq!(round.row().await.name, NAME);
}

#[tokio::test(start_paused = true)]
async fn ended_interviews_leave_the_tray_after_two_weeks_but_not_the_list() {
    let round = Round::held(45).await;
    let round = round.off_for(12 * DAY).await;
    round.wait(DAY).await;
    assert_eq!(round.desk.handle.snapshot().finished.len(), 1);
    round.wait(2 * DAY).await;
    // Anything that changes draws the picture again.
    let other = round.services.candidate("Ben Example");
    round.services.to_phone_screen(&other);
    let snapshot = round
        .desk
        .until("another one", |snapshot| snapshot.counts.to_send == 1)
        .await;
    assert_eq!(snapshot.finished.len(), 0);
    assert_eq!(snapshot.counts.finished, 1);
}

#[tokio::test(start_paused = true)]
async fn news_of_the_forgotten_is_not_told_after_a_restart() {
    let round = Round::new(46).await;
    round.play_and_end().await;
    // Announced, and never said to be shown.
    round
        .desk
        .until("the end", |snapshot| snapshot.counts.finished == 1)
        .await;
    round
        .services
        .world
        .with(|world| world.delete_candidate(&round.who).unwrap());
    // Someone else has the tag: it doesn't end with the one who is deleted.
    round.services.candidate("Ben Example");
    round.wait(8 * HOUR).await;
    let Round { services, desk, .. } = round;
    let folder = desk.close().await;
    let mut again = services
        .desk_in(folder, padwatch_domain::settings::Settings::default())
        .await;
    again.watching().await;
    while let Ok(told) = again.announcements.try_recv() {
        assert!(!matches!(told.news, News::Finished { .. }), "{told:?}");
    }
}
