//! What is in memory (keys, candidates) stays there.

/// Keeps this process's memory from everyone: no core file when it crashes, nor a report by a
/// program that collects crashes, and no look into it by another program of the same person.
///
/// # Errors
/// When the system refuses.
#[cfg(unix)]
pub fn keep_private() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // The programs that this one starts inherit the limit.
    setrlimit(Resource::Core, none)?;
    refuse_dumps()
}

/// Core limits don't hold for programs that collect crashes (`core(5)`); this does.
#[cfg(target_os = "linux")]
fn refuse_dumps() -> std::io::Result<()> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

#[cfg(all(unix, not(target_os = "linux")))]
#[expect(clippy::unnecessary_wraps, reason = "the same shape as on Linux")]
fn refuse_dumps() -> std::io::Result<()> {
    Ok(())
}

/// Windows keeps no memory of programs unless someone sets it up to.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn keep_private() -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn nobody_gets_to_see_the_memory_of_this_process() {
        use rustix::process::{DumpableBehavior, dumpable_behavior};
        keep_private().unwrap();
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        let core = limits
            .lines()
            .find(|line| line.starts_with("Max core file"));
        assert_eq!(core.unwrap().split_whitespace().nth(4), Some("0"));
        // Padwatch still finds itself, and can start what it keeps open (window/program.rs).
        assert!(std::env::current_exe().is_ok());
        assert!(std::fs::read_link("/proc/self/fd/0").is_ok());
    }
}
