//! What can't be read of settings, guards and rows means "don't create", and is named.

use std::path::Path;
use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::pause::PauseFor;
use padwatch_domain::problem::ProblemCode;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::{Action, ActionKind};
use padwatch_engine::webhooks::WebhookChoice;
use rusqlite::Connection;
use tempfile::TempDir;

use super::ledger_state::{FILE, code_of, is_off};
use crate::desk::{Desk, Services, Setup, pad_ready};
use crate::office::{HOUR, MAKE, MINUTE, id, settings};

/// Starts with the settings that the ledger has.
async fn desk_with_own_settings(services: &Services, folder: TempDir) -> Desk {
    let setup = Setup {
        folder,
        settings: None,
        ..services.setup(Settings::default())
    };
    services.start(setup).await
}

fn in_ledger(folder: &Path, sql: &str) {
    let ledger = Connection::open(folder.join(FILE)).unwrap();
    ledger
        .execute_batch("PRAGMA ignore_check_constraints = ON")
        .unwrap();
    ledger.execute_batch(sql).unwrap();
}

#[tokio::test(start_paused = true)]
async fn unreadable_webhook_settings_are_named_until_chosen_again() {
    for stored in [
        "not json",
        r#"{"on":"sometimes"}"#,
        r#"{"on":true,"port":-1}"#,
    ] {
        let services = Services::new(827);
        let ada = services.candidate("Ada Example");
        let desk = services.desk(Settings::default()).await;
        desk.watching().await;
        let on = WebhookChoice {
            on: true,
            ..WebhookChoice::default()
        };
        desk.handle.choose_webhooks(on.clone()).await.unwrap();
        let mut folder = desk.close().await;
        let sql = format!("UPDATE keepsake SET value = '{stored}' WHERE name = 'webhooks'");
        in_ledger(folder.path(), &sql);
        for _ in 0..2 {
            let desk = services.desk_in(folder, Settings::default()).await;
            desk.watching().await;
            assert_eq!(
                degraded(&desk),
                [ProblemCode::SettingsUnreadable],
                "{stored}"
            );
            folder = desk.close().await;
        }
        let mut desk = services.desk_in(folder, Settings::default()).await;
        desk.watching().await;
        services.to_phone_screen(&ada);
        desk.hears("a pad", pad_ready).await;
        desk.handle.choose_webhooks(on).await.unwrap();
        services.wait(Duration::from_secs(60)).await;
        assert_eq!(degraded(&desk), [], "{stored}");
    }
}

fn degraded(desk: &Desk) -> Vec<ProblemCode> {
    let snapshot = desk.handle.snapshot();
    let problems = snapshot.degraded.iter();
    problems.map(|problem| problem.code()).collect()
}

#[tokio::test(start_paused = true)]
async fn settings_that_cannot_be_read_stop_everything_until_they_are_saved() {
    for stored in [
        r#"{"whoMakes":"somethingNew","guards":{"askEachTime":true}}"#,
        r#"{"guards":{"askEachTime":true,"neverOnFridays":true}}"#,
        r#"{"guards":{"askEachTime":true,"holdSeconds":-1}}"#,
        r#"{"guards":{"askEachTime":true}"#,
        "not json",
    ] {
        let services = Services::new(826);
        let ada = services.candidate("Ada Example");
        let desk = desk_with_own_settings(&services, tempfile::tempdir().unwrap()).await;
        desk.watching().await;
        let asks = settings(|settings| settings.guards.ask_each_time = true);
        desk.handle.change_settings(asks).await.unwrap();
        let folder = desk.close().await;
        let sql = format!("UPDATE keepsake SET value = '{stored}' WHERE name = 'settings'");
        in_ledger(folder.path(), &sql);

        let mut desk = desk_with_own_settings(&services, folder).await;
        desk.hears("what is wrong", |news| {
            matches!(news, News::Hindered { problem } if problem.code() == ProblemCode::SettingsUnreadable)
        })
        .await;
        services.to_phone_screen(&ada);
        services.wait(HOUR).await;
        assert_eq!(services.count(MAKE), 0, "{stored}");
        assert_eq!(
            code_of(&desk.handle.snapshot()),
            Some(ProblemCode::SettingsUnreadable)
        );
        let reviewed = desk.handle.settings().await.unwrap();
        if serde_json::from_str::<serde_json::Value>(stored).is_ok() {
            assert!(
                reviewed.guards.ask_each_time,
                "what can be read is shown: {stored}"
            );
        }
        let reviewed = Settings {
            guards: padwatch_domain::settings::Guards {
                ask_each_time: true,
                ..reviewed.guards
            },
            ..reviewed
        };
        desk.handle.change_settings(reviewed).await.unwrap();
        desk.watching().await;
        desk.until("asked", |snapshot| snapshot.counts.needs_you == 1)
            .await;
        assert_eq!(services.count(MAKE), 0, "{stored}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_guard_that_cannot_be_read_counts_as_set() {
    for name in [
        "pause",
        "creation-off",
        "pad-search",
        "first-look",
        "accounts",
    ] {
        for stored in ["\"later\"", "{}", "7", "{\"later\":1}"] {
            let services = Services::new(827);
            let people = services.candidates(1);
            let desk = services.desk(Settings::default()).await;
            desk.watching().await;
            desk.handle.pause(PauseFor::Hour).await.unwrap();
            let folder = desk.close().await;
            in_ledger(
                folder.path(),
                &format!(
                    "DELETE FROM keepsake WHERE name = 'pause';
                     INSERT OR REPLACE INTO keepsake VALUES ('{name}', '{stored}');"
                ),
            );
            let mut desk = services.desk_in(folder, Settings::default()).await;
            services.to_phone_screen(&people[0]);
            desk.hears("what is wrong", |news| {
                matches!(news, News::Hindered { .. })
            })
            .await;
            services.wait(3 * HOUR).await;
            assert_eq!(services.count(MAKE), 0, "{name}: {stored}");
            if name == "pause" {
                desk.handle.resume().await.unwrap();
                desk.linked(1).await;
                continue;
            }
            assert!(is_off(&desk.handle.snapshot()), "{name}: {stored}");
            desk.handle.go().await.unwrap();
            desk.watching().await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn one_row_that_cannot_be_read_stops_nobody_else_and_gets_no_second_pad() {
    let services = Services::new(828);
    let people = services.candidates(3);
    let desk = services.desk(Settings::default()).await;
    desk.watching().await;
    services.to_phone_screen(&people[0]);
    services.to_phone_screen(&people[1]);
    desk.linked(2).await;
    let sql = format!(
        "UPDATE opportunity SET life = '{{\"state\":\"dreaming\"}}' WHERE id = '{}'",
        people[0]
    );
    in_ledger(desk.folder.path(), &sql);
    services.world.with(|world| {
        let link = world.links_of(&people[0]).remove(0);
        world.remove_link(&people[0], &link).unwrap();
    });
    services.wait(10 * MINUTE).await;
    let mut desk = services
        .desk_in(desk.close().await, Settings::default())
        .await;
    services.to_phone_screen(&people[2]);
    desk.hears(
        "a question",
        |news| matches!(news, News::Asks { who, .. } if who.opportunity == id(&people[0])),
    )
    .await;
    desk.until("the others", |snapshot| snapshot.counts.to_send == 2)
        .await;
    services.wait(3 * HOUR).await;
    let snapshot = desk.handle.snapshot();
    assert_eq!(snapshot.unreadable, Some(1));
    let row = desk.row(&people[0]).await;
    assert_eq!(row.section, Section::NeedsYou);
    assert_eq!(row.actions, [ActionKind::Skip], "{row:?}");

    let skipped = desk.handle.act(id(&people[0]), Action::Skip).await;
    skipped.unwrap();
    desk.until("the decision is made", |snapshot| {
        snapshot.unreadable.is_none() && snapshot.counts.needs_you == 0
    })
    .await;
    assert_eq!(desk.row(&people[0]).await.section, Section::SetAside);
    assert_eq!(services.count(MAKE), 3);
}
