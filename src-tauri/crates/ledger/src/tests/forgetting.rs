use super::*;
use padwatch_domain::announcement::News;
use padwatch_domain::change::StateKey;
use padwatch_domain::marker::Marker;

/// Letters that stand next to each other nowhere else.
const NAME: &str = "Qzxvjk Wqxzvy";

/// Files beside the ledger that hold people's data too.
const COPIES: [&str; 3] = [
    "ledger-damaged-1.sqlite3",
    "ledger-damaged-1.sqlite3-wal",
    "ledger-v1-7.sqlite3",
];

fn holds(bytes: &[u8], text: &str) -> bool {
    let lower = bytes.to_ascii_lowercase();
    let wanted = text.to_ascii_lowercase();
    lower
        .windows(wanted.len())
        .any(|window| window == wanted.as_bytes())
}

#[test]
fn after_forgetting_everything_no_file_holds_anything() {
    let folder = Folder::new();
    let mut ledger = folder.open();
    let mut zoe = row("zoe-opportunity", NAME, created("K7QWM3ZD"));
    zoe.seen.profile_url = Some("https://hire.lever.co/candidates/zoe-opportunity".into());
    let marker = Marker::fresh(zoe.opportunity.clone(), &transport::SeededRng::new(3));
    let changes = [
        noticed(zoe.clone()),
        Change::MarkerOpened {
            marker,
            written_ms: NOW_MS,
        },
        Change::DuplicateFound {
            opportunity: zoe.opportunity.clone(),
            pad: PadId::parse("ZQXJW112").unwrap(),
            link: "https://app.coderpad.io/ZQXJW112".into(),
            ours: true,
        },
        Change::Announced(News::NoLink { who: zoe.who() }),
        Change::Posting(PostingId::new("backend"), "Xqzjv Engineer".into()),
        Change::Kept(StateKey::Settings, "{\"secretive\":\"vqxz\"}".into()),
    ];
    ledger.commit(&changes, NOW_MS).unwrap();
    // Some of it in the file, some in its journal, some in a copy and a damaged ledger.
    let checkpoint = "PRAGMA wal_checkpoint(PASSIVE)";
    ledger
        .connection
        .query_row(checkpoint, [], |_| Ok(()))
        .unwrap();
    ledger
        .commit(&[noticed(row("again", NAME, eligible()))], NOW_MS)
        .unwrap();
    for name in COPIES {
        std::fs::write(folder.0.path().join(name), NAME).unwrap();
    }
    let personal = [
        NAME, "qzx", "zxv", "wqx", "zoe-opp", "K7QWM3ZD", "ZQXJW", "xqzjv", "vqxz",
    ];
    let before = folder.bytes();
    assert!(
        personal.iter().all(|text| holds(&before, text)),
        "the test would see it"
    );

    ledger.forget_everything(NOW_MS).unwrap();
    ledger.wipe().unwrap();
    let after = folder.bytes();
    for text in personal {
        assert!(!holds(&after, text), "{text} is still there");
    }
    assert_eq!(folder.files("ledger-"), Vec::<String>::new());
    ledger
        .commit(&[noticed(row("ada", "Ada", eligible()))], NOW_MS)
        .unwrap();
    assert_eq!(
        ledger.counts(TODAY).unwrap().waiting,
        1,
        "the ledger can be used like a new one"
    );
}
