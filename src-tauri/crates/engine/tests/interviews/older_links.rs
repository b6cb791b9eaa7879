//! A ledger of an older Padwatch holds the links of existing pads as someone wrote them on a profile.
//! What is handed over is CoderPad's own link, everywhere.

use padwatch_domain::announcement::News;

use crate::desk::{START_MS, Services};
use crate::round::{HOUR, Round, acting};

const HOUR_MS: i64 = 3_600_000;
/// The same pad, as someone put it; it can lead anywhere.
const WRITTEN: [&str; 3] = [
    "http://coderpad.io/{pad}",
    "https://app.coderpad.io/{pad}/?next=https://elsewhere.example#top",
    "Her pad is https://app.coderpad.io/{pad} (Monday), see https://elsewhere.example",
];

/// A round whose ledger was written by an older Padwatch.
async fn older(seed: u64, written: &str) -> Round {
    let services = Services::new(seed);
    let mut settings = acting(&services);
    settings.watch.every_seconds = 120;
    settings.reminders.minutes_before = Some(15);
    let round = Round::with(services, settings.clone()).await;
    let written = written.replace("{pad}", round.pad.as_str());
    let Round {
        services,
        desk,
        who,
        id,
        pad,
        ..
    } = round;
    let folder = desk.close().await;
    let ledger = rusqlite::Connection::open(folder.path().join("ledger.sqlite3")).unwrap();
    let sql = "UPDATE opportunity SET link = ?1, life = \
               json_set(life, '$.pad.link', ?1, '$.pad.origin', 'adopted')";
    assert_eq!(ledger.execute(sql, [&written]).unwrap(), 1);
    let sql = "INSERT INTO duplicate (opportunity, pad_id, link, ours, found_ms) \
               SELECT id, 'OTHER123', replace(?1, pad_id, 'OTHER123'), 0, 1 FROM opportunity";
    assert_eq!(ledger.execute(sql, [&written]).unwrap(), 1);
    drop(ledger);
    let desk = services.desk_in(folder, settings.clone()).await;
    desk.watching().await;
    Round::again(services, desk, (who, id, pad), settings)
}

#[tokio::test(start_paused = true)]
async fn an_older_ledgers_links_are_handed_over_as_coderpad_writes_them() {
    for (seed, written) in (80..).zip(WRITTEN) {
        let mut round = older(seed, written).await;
        let own = format!("{}/{}", sandbox::CODERPAD_ROOT, round.pad);
        let handle = &round.desk.handle;
        let row = round.row().await;
        assert_eq!(row.pad.unwrap().link, own, "the row");
        for extra in &row.duplicates {
            let other = format!("{}/OTHER123", sandbox::CODERPAD_ROOT);
            assert_eq!(extra.link, other, "an extra pad");
        }
        let facts = handle.invitation(round.id.clone()).await.unwrap();
        assert_eq!(facts.link, Some(own.clone()), "the invitation");
        let everybody = format!("{:?}", handle.everybody().await.unwrap());
        assert!(everybody.contains(&own), "{everybody}");
        assert!(
            !everybody.contains("elsewhere") && !everybody.contains("coderpad.io"),
            "{everybody}"
        );
        round.services.world.with(|world| {
            let starts_ms = START_MS + 5 * HOUR_MS;
            world.schedule_interview(&round.who, starts_ms, 45).unwrap()
        });
        let is_reminder =
            |news: &News| matches!(news, News::Reminder { .. } | News::NotSentYet { .. });
        for _ in 0..2 {
            let told = round.desk.hears("a reminder", is_reminder).await;
            let (News::Reminder { link, .. } | News::NotSentYet { link, .. }) = told.news else {
                panic!("{told:?}")
            };
            assert_eq!(link, own, "a reminder");
            if told.at_ms > START_MS + 4 * HOUR_MS {
                break;
            }
        }
        round.play_and_end().await;
        round.wait(HOUR).await;
        let view = round.desk.handle.finished_view(round.id.clone()).await;
        assert_eq!(view.unwrap().pad.link, own, "the record");
    }
}
