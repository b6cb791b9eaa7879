//! The headless host as a program, and the sandbox that it works on.
#![allow(dead_code, reason = "each test uses its own part of this")]

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use padwatch_domain::announcement::{Announcement, News};
use rustix::process::{Pid, Signal, kill_process};
use sandbox::{Candidate, OpportunityId, Options, Running, World, accounts, serve_by};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use transport::{Clock, FastClock, SystemClock};

/// How much faster than life the host's clock runs.
const FAST: u32 = 60;
/// How long anything may take.
const DEADLINE: Duration = Duration::from_secs(120);

/// One profile folder, and the services.
pub(crate) struct Office {
    runtime: Runtime,
    sandbox: Running,
    folder: TempDir,
    /// When the sandbox's clock started, in ms since the epoch.
    since_ms: i64,
    /// What webhooks are signed with.
    pub(crate) signing_tokens: Vec<String>,
}

/// A running headless host. Dropped, it is killed.
pub(crate) struct Host(Child);

impl Office {
    /// Looks at everyone every half minute.
    pub(crate) fn new(seed: u64) -> Self {
        Self::looking_every(seed, 30)
    }

    pub(crate) fn looking_every(seed: u64, seconds: u32) -> Self {
        let since_ms = SystemClock::new().now_ms();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let options = Options {
            rate_limit: false,
            ..Options::default()
        };
        let serving = async {
            let mut world = accounts(seed);
            world.coderpad.quota.limit = 1_000_000;
            serve_by(
                world,
                options,
                Arc::new(FastClock::running_since(since_ms, FAST)),
            )
            .await
        };
        let sandbox = runtime.block_on(serving).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let settings = format!(
            r#"{{"watch": {{"everySeconds": {seconds}}},
                "guards": {{"makeAgainWhenNotFound": true, "surgeLimit": 1000000}}}}"#
        );
        std::fs::write(folder.path().join("settings.json"), settings).unwrap();
        Self {
            runtime,
            sandbox,
            folder,
            since_ms,
            signing_tokens: Vec::new(),
        }
    }

    pub(crate) fn with<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        self.sandbox.world.with(look)
    }

    /// Anyone who comes from now on, comes after the start.
    pub(crate) fn let_first_look_pass(&self) {
        let host = self.host(&[]);
        self.until_two_more_looks();
        host.end();
    }

    /// Two looks at Lever from now on: what the first of them brought is written by the second.
    pub(crate) fn until_two_more_looks(&self) {
        let looks = || self.with(|world| world.journal.count("GET /v1/opportunities"));
        let before = looks();
        self.until("two more looks", || looks() >= before + 2);
    }

    pub(crate) fn candidate(&self, name: &str) -> OpportunityId {
        let candidate = Candidate {
            name: name.to_owned(),
            tags: vec!["coderpad".to_owned()],
            stage: Some("Recruiter Call".to_owned()),
            ..Candidate::default()
        };
        self.with(|world| world.add_candidate(candidate).unwrap())
    }

    pub(crate) fn to_phone_screen(&self, id: &OpportunityId) {
        self.with(|world| world.move_to_stage(id, "Phone Screen").unwrap());
    }

    pub(crate) fn host(&self, more: &[&str]) -> Host {
        let addresses = &self.sandbox.addresses;
        let heard = OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.heard_file())
            .unwrap();
        let log = File::create(self.folder.path().join("stderr")).unwrap();
        let child = Command::new(program())
            .arg("--profile")
            .arg(self.folder.path().join("profile"))
            .args(["--lever-api", &addresses.lever_api])
            .args(["--coderpad-api", &addresses.coderpad_api])
            .arg("--settings")
            .arg(self.folder.path().join("settings.json"))
            .args(["--fast", &FAST.to_string()])
            .args(["--since", &self.since_ms.to_string()])
            .args(more)
            .env("LEVER_API_KEY", &addresses.lever_key)
            .env("CODERPAD_API_KEY", &addresses.coderpad_key)
            .env("LEVER_SIGNING_TOKENS", format!("{:?}", self.signing_tokens))
            .stdout(Stdio::from(heard))
            .stderr(Stdio::from(log))
            .spawn()
            .unwrap();
        Host(child)
    }

    /// Waits until everyone's pad was announced and its link is on the profile. A busy computer may
    /// take its time for hundreds, as long as one after the other is done.
    pub(crate) fn until_all_is_done(&self, people: &[OpportunityId], what: &str) {
        let mut left = people.len();
        while left > 0 {
            let what = format!("one more of {left} announced and linked ({what})");
            self.until(&what, || self.left_of(people) < left);
            left = self.left_of(people);
        }
    }

    /// How many still lack an announcement or a link.
    fn left_of(&self, people: &[OpportunityId]) -> usize {
        let announced = self.announced();
        let is_left = |world: &World, id: &OpportunityId| {
            world.links_of(id).is_empty() || !announced.contains(id.as_str())
        };
        self.with(|world| people.iter().filter(|id| is_left(world, id)).count())
    }

    /// Says how many pads there are.
    pub(crate) fn assert_one_pad_each(&self, what: &str) -> usize {
        self.with(|world| {
            let by_opportunity = world.pads_by_opportunity();
            for (id, pads) in &by_opportunity {
                assert_eq!(*pads, 1, "{what}: pads for {id}");
                let links = world.links_of(id);
                assert_eq!(links.len(), 1, "{what}: links of {id}: {links:?}");
            }
            by_opportunity.len()
        })
    }

    /// Waits until the ledger answers `sql` with `count`.
    pub(crate) fn until_in_ledger(&self, sql: &str, count: i64, what: &str) {
        self.until(&format!("{count} {what}"), || {
            self.count_in_ledger(sql) == count
        });
    }

    fn announced(&self) -> BTreeSet<String> {
        let text = std::fs::read_to_string(self.heard_file()).unwrap_or_default();
        text.lines()
            .filter_map(|line| serde_json::from_str::<Announcement>(line).ok())
            .filter_map(|told| match told.news {
                News::PadReady { who, .. } => Some(who.opportunity.to_string()),
                _ => None,
            })
            .collect()
    }

    /// Where the hosts said that they listen for webhooks, one after another.
    pub(crate) fn listened_at(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.heard_file()).unwrap_or_default();
        text.lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter_map(|told| Some(told.get("webhooks")?.as_str()?.to_owned()))
            .collect()
    }

    /// A number from the ledger, which a host may have open.
    pub(crate) fn count_in_ledger(&self, sql: &str) -> i64 {
        let path = self.folder.path().join("profile/ledger.sqlite3");
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let ledger = rusqlite::Connection::open_with_flags(path, flags);
        let count = ledger.and_then(|ledger| ledger.query_row(sql, [], |row| row.get(0)));
        count.unwrap_or_default()
    }

    fn heard_file(&self) -> PathBuf {
        self.folder.path().join("heard.jsonl")
    }

    pub(crate) fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let begun = Instant::now();
        while !is_so() {
            let log = || std::fs::read_to_string(self.folder.path().join("stderr"));
            assert!(begun.elapsed() < DEADLINE, "never {what}: {:?}", log());
            self.runtime.block_on(self.sandbox_moves());
        }
    }

    /// Until something may have changed in the sandbox, or a moment later.
    async fn sandbox_moves(&self) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

impl Host {
    pub(crate) fn died_by_sigkill(&mut self) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status.signal() == Some(9);
            }
            std::thread::park_timeout(Duration::from_millis(5));
        }
        false
    }

    pub(crate) fn kill_after(mut host: Self, lifetime: Duration) {
        std::thread::park_timeout(lifetime);
        host.0.kill().unwrap();
        host.0.wait().unwrap();
    }

    /// Ends it as the system would at log-out.
    pub(crate) fn end(mut self) {
        let pid = Pid::from_child(&self.0);
        kill_process(pid, Signal::TERM).unwrap();
        let status = self.0.wait().unwrap();
        assert!(status.success(), "it should end cleanly: {status}");
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The host's program, built once for all tests: cargo knows whether it is up to date.
/// What the host prints, to either stream, where it only has to answer.
pub(crate) fn answer(arguments: &[&str]) -> String {
    let output = Command::new(program()).args(arguments).output().unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        if let Some(built) = std::env::var_os("PADWATCH_HEADLESS") {
            return built.into();
        }
        let folder = profile_folder();
        let profile = match folder.file_name().and_then(|name| name.to_str()) {
            Some("debug") | None => "dev",
            Some(other) => other,
        };
        let mut cargo = Command::new(env!("CARGO"));
        // What a test is told about its package. Some build scripts (ring's) are built again when
        // these change, and everything above them too: here, and once more after this test.
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                cargo.env_remove(&*name);
            }
        }
        let built = cargo
            .args([
                "build",
                "--quiet",
                "--package",
                "padwatch-engine",
                "--example",
                "headless",
            ])
            .args(["--profile", profile])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .unwrap();
        assert!(built.success(), "the headless host doesn't build");
        folder.join("examples/headless")
    })
}

/// The folder of the profile that this test was built with: `…/debug` or `…/ci`.
fn profile_folder() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(2).unwrap().to_owned()
}
