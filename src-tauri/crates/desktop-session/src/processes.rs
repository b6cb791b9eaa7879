//! What a program and all that it has started take, read from `/proc`.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// What can't be ended by then waits for a device.
const MOST_ROUNDS: u32 = 100;

/// A process and what it has started, as they are now.
#[derive(Debug)]
pub struct Family(Vec<PathBuf>);

impl Family {
    /// The family of a process.
    ///
    /// # Errors
    /// When there is no `/proc`.
    pub fn of(process: u32) -> Result<Self> {
        let mut parents = BTreeMap::new();
        for entry in fs::read_dir("/proc").context("there is no /proc to read")? {
            let name = entry?.file_name();
            let Some(id) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else {
                continue;
            };
            // A process may end while we look: then it has no parent to tell of.
            if let Ok(stat) = fs::read_to_string(format!("/proc/{id}/stat"))
                && let Some(parent) = parent(&stat)
            {
                parents.insert(id, parent);
            }
        }
        let members = descendants(process, &parents);
        Ok(Self(
            members
                .iter()
                .map(|id| Path::new("/proc").join(id.to_string()))
                .collect(),
        ))
    }

    /// Each member's folder in `/proc`, the oldest first.
    #[must_use]
    pub fn folders(&self) -> &[PathBuf] {
        &self.0
    }

    /// The memory of all of them.
    ///
    /// # Errors
    /// When `/proc` has another shape.
    pub fn memory(&self) -> Result<Memory> {
        let mut sum = Memory::default();
        for process in &self.0 {
            let Some(rollup) = read_if_there(&process.join("smaps_rollup"))? else {
                continue;
            };
            let memory = Memory::read(&rollup).context("a smaps_rollup of another shape")?;
            sum.proportional += memory.proportional;
            sum.private += memory.private;
        }
        Ok(sum)
    }

    /// What all threads that run now have done since they started.
    ///
    /// # Errors
    /// When `/proc` has another shape.
    pub fn activity(&self) -> Result<Activity> {
        let mut sum = Activity::default();
        for process in &self.0 {
            let Ok(threads) = fs::read_dir(process.join("task")) else {
                continue;
            };
            for thread in threads {
                sum.add(&thread?.path())?;
            }
        }
        Ok(sum)
    }
}

/// Memory in bytes, as the kernel counts it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Memory {
    /// Proportional set size (PSS): what is shared with others counts for its share alone.
    pub proportional: u64,
    /// Unique set size (USS): what no other process has, and what the end of these would give back.
    pub private: u64,
}

impl Memory {
    /// From a `smaps_rollup`.
    fn read(rollup: &str) -> Option<Self> {
        Some(Self {
            proportional: bytes(rollup, "Pss:")?,
            private: bytes(rollup, "Private_Clean:")? + bytes(rollup, "Private_Dirty:")?,
        })
    }
}

/// Ends every program that has this home, also those that it starts while it ends.
pub(crate) fn end_all_at(home: &Path) {
    for _ in 0..MOST_ROUNDS {
        let left = all_at(home);
        if left.is_empty() {
            return;
        }
        // An error: they have ended already.
        let _ = Command::new("kill").arg("-KILL").args(left).output();
    }
}

/// The numbers of all programs whose home this is. Those that we may not look into are someone else's.
fn all_at(home: &Path) -> Vec<String> {
    let home = [b"HOME=", home.as_os_str().as_bytes()].concat();
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let has_home = |process: &PathBuf| {
        let variables = fs::read(process.join("environ")).unwrap_or_default();
        variables.split(|byte| *byte == 0).any(|one| one == home)
    };
    let found = processes.filter_map(|entry| Some(entry.ok()?.path()));
    let names = found.filter(has_home).filter_map(|process| {
        let number = process.file_name()?.to_str()?;
        number.parse::<u32>().ok().map(|_| number.to_owned())
    });
    names.collect()
}

/// What `/proc` says, unless the process or thread has ended meanwhile.
fn read_if_there(path: &Path) -> Result<Option<String>> {
    /// `ESRCH`: the file was there, the process no more.
    const NO_SUCH_PROCESS: i32 = 3;
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error)
            if error.kind() == ErrorKind::NotFound
                || error.raw_os_error() == Some(NO_SUCH_PROCESS) =>
        {
            Ok(None)
        }
        Err(error) => Err(error).with_context(|| format!("can't read {}", path.display())),
    }
}

/// Processor time, and how often a thread went to sleep and was woken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Activity {
    /// Time on a processor, in ns.
    pub busy_ns: u64,
    /// How often a thread that slept was woken.
    pub wakeups: u64,
}

impl Activity {
    fn add(&mut self, thread: &Path) -> Result<()> {
        let busy = read_if_there(&thread.join("schedstat"))?;
        let status = read_if_there(&thread.join("status"))?;
        let (Some(busy), Some(status)) = (busy, status) else {
            return Ok(());
        };
        self.busy_ns += busy_ns(&busy).context("a schedstat of another shape")?;
        self.wakeups += wakeups(&status).context("a status of another shape")?;
        Ok(())
    }
}

/// From `4711 (a name (or so)) S 4700 …`: the name may hold anything, so it ends at the last `)`.
fn parent(stat: &str) -> Option<u32> {
    let (_, after_name) = stat.rsplit_once(')')?;
    after_name.split_whitespace().nth(1)?.parse().ok()
}

/// The process itself, and those that have it among their parents.
fn descendants(process: u32, parents: &BTreeMap<u32, u32>) -> Vec<u32> {
    let mut members = vec![process];
    let mut next = 0;
    while let Some(&parent) = members.get(next) {
        let children = parents.iter().filter(|(_, of)| **of == parent);
        members.extend(children.map(|(child, _)| *child));
        next += 1;
    }
    members
}

fn bytes(rollup: &str, name: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix(name))?;
    let kib = line.trim().strip_suffix(" kB")?.parse::<u64>().ok()?;
    Some(kib * 1024)
}

/// The first of three numbers: ns on a processor.
fn busy_ns(schedstat: &str) -> Option<u64> {
    schedstat.split_whitespace().next()?.parse().ok()
}

fn wakeups(status: &str) -> Option<u64> {
    let count = status
        .lines()
        .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
    count.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_the_share_and_what_nobody_else_has() {
        let rollup = "\
55d0a0000000-7ffe00000000 ---p 00000000 00:00 0    [rollup]
Rss:              120344 kB
Pss:               52224 kB
Pss_Dirty:         30112 kB
Pss_Anon:          30000 kB
Shared_Clean:      60000 kB
Private_Clean:      8000 kB
Private_Dirty:     29000 kB
";
        let expected = Memory {
            proportional: 52_224 * 1024,
            private: 37_000 * 1024,
        };
        assert_eq!(Memory::read(rollup), Some(expected));
        assert_eq!(Memory::read("Rss: 1 kB\n"), None);
    }

    #[test]
    fn a_family_is_found_through_any_name_and_any_depth() {
        assert_eq!(parent("7 (WebKit (net) 1) S 5 7 7 0 -1"), Some(5));
        let parents = BTreeMap::from([(2, 1), (5, 2), (7, 5), (8, 1), (9, 5)]);
        assert_eq!(descendants(5, &parents), [5, 7, 9]);
        assert_eq!(descendants(2, &parents), [2, 5, 7, 9]);
    }

    #[test]
    fn activity_is_read_as_the_kernel_writes_it() {
        assert_eq!(busy_ns("1033216 4470 12\n"), Some(1_033_216));
        let status = "Name:\tx\nvoluntary_ctxt_switches:\t150\nnonvoluntary_ctxt_switches:\t545\n";
        assert_eq!(wakeups(status), Some(150));
    }

    #[test]
    fn a_thread_that_has_ended_counts_for_nothing() {
        let mut activity = Activity::default();
        activity.add(Path::new("/proc/self/task/0")).unwrap();
        assert_eq!(activity, Activity::default());
    }

    #[test]
    fn this_very_process_takes_memory_and_time() {
        let family = Family::of(std::process::id()).unwrap();
        assert!(family.memory().unwrap().private > 100_000);
        assert!(family.activity().unwrap().busy_ns > 0);
    }
}
