use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use padwatch_domain::announcement::{Announcement, News};
use padwatch_domain::reason::Reason;
use sandbox::{Addresses, Running};

use super::Outcome;

/// The headless host. Dropped, it is killed.
pub(super) struct Host {
    child: Child,
    heard: PathBuf,
}

/// What it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Footprint {
    /// Proportional set size.
    pub(super) bytes: i64,
    pub(super) descriptors: i64,
    pub(super) threads: i64,
}

impl Host {
    /// Starts it with these settings, and a clock that runs so much faster since then.
    pub(super) fn start(
        program: &Path,
        folder: &Path,
        services: &Addresses,
        (fast, since_ms): (u32, i64),
        settings: &str,
    ) -> Outcome<Self> {
        let chosen = folder.join("settings.json");
        fs::write(&chosen, settings)?;
        let heard = folder.join("heard.jsonl");
        let child = Command::new(program)
            .arg("--profile")
            .arg(folder.join("profile"))
            .args(["--lever-api", &services.lever_api])
            .args(["--coderpad-api", &services.coderpad_api])
            .arg("--settings")
            .arg(chosen)
            .args(["--fast", &fast.to_string()])
            .args(["--since", &since_ms.to_string()])
            .env("LEVER_API_KEY", &services.lever_key)
            .env("CODERPAD_API_KEY", &services.coderpad_key)
            .stdout(Stdio::from(File::create(&heard)?))
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(|error| format!("can't start {}: {error}", program.display()))?;
        Ok(Self { child, heard })
    }

    /// Anyone who comes after the first looks is no part of what was there before.
    pub(super) fn wait_for_first_looks(&self, sandbox: &Running) -> Outcome<()> {
        let looks = || {
            let world = &sandbox.world;
            world.with(|world| world.journal.count("GET /v1/opportunities"))
        };
        let begun = Instant::now();
        while looks() < 3 {
            if begun.elapsed() > Duration::from_secs(60) {
                return Err("the host doesn't look at Lever".into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    pub(super) fn footprint(&self) -> Outcome<Footprint> {
        let process = Path::new("/proc").join(self.child.id().to_string());
        let rollup = fs::read_to_string(process.join("smaps_rollup"))?;
        let kib = rollup
            .lines()
            .find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix(" kB"))
            .ok_or("a smaps_rollup of another shape")?;
        let count = |folder: &str| -> Outcome<i64> {
            Ok(i64::try_from(fs::read_dir(process.join(folder))?.count())?)
        };
        Ok(Footprint {
            bytes: kib.trim().parse::<i64>()? * 1024,
            descriptors: count("fd")?,
            threads: count("task")?,
        })
    }

    /// How often it was announced that someone's pad is ready.
    pub(super) fn announced(&self) -> BTreeMap<String, u32> {
        let mut told = BTreeMap::new();
        for line in self.heard().lines() {
            let announcement = serde_json::from_str::<Announcement>(line);
            if let Ok(News::PadReady { who, .. }) = announcement.map(|told| told.news) {
                *told.entry(who.opportunity.to_string()).or_default() += 1;
            }
        }
        told
    }

    /// The candidates whose pads need a decision, because each attempt to create one ended without a
    /// clear answer.
    pub(super) fn asked_about(&self) -> BTreeSet<String> {
        let mut asked = BTreeSet::new();
        for line in self.heard().lines() {
            let announcement = serde_json::from_str::<Announcement>(line);
            if let Ok(News::Asks {
                who,
                question: Reason::WasPadCreated,
            }) = announcement.map(|told| told.news)
            {
                asked.insert(who.opportunity.to_string());
            }
        }
        asked
    }

    /// What it has announced about a candidate, a line each.
    pub(super) fn heard_about(&self, opportunity: &str) -> String {
        let heard = self.heard();
        let lines = heard.lines().filter(|line| line.contains(opportunity));
        let lines: Vec<&str> = lines.collect();
        format!("announced: {}", lines.join(" "))
    }

    /// How many lines it has printed.
    pub(super) fn lines(&self) -> usize {
        self.heard().lines().count()
    }

    fn heard(&self) -> String {
        // An empty text means that no one was announced, which the count then shows.
        fs::read_to_string(&self.heard).unwrap_or_default()
    }

    /// Ends it as the system would at log-out.
    pub(super) fn end(mut self) -> Outcome<()> {
        let is_clean = ask_to_end(&mut self.child)?;
        let status = self.child.wait()?;
        if status.success() || !is_clean {
            Ok(())
        } else {
            Err(format!("the host should end cleanly: {status}").into())
        }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns true if it exits on its own.
#[cfg(unix)]
fn ask_to_end(child: &mut Child) -> Outcome<bool> {
    use rustix::process::{Pid, Signal, kill_process};
    kill_process(Pid::from_child(child), Signal::TERM)?;
    Ok(true)
}

/// Windows can't ask a program that has neither a window nor a terminal.
#[cfg(not(unix))]
fn ask_to_end(child: &mut Child) -> Outcome<bool> {
    child.kill()?;
    Ok(false)
}
