use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use anyhow::{Result, bail};

use crate::project::Project;
use crate::{cargo, programs, say, sbom};

/// Licences, sources and known weaknesses of what Padwatch is built on (`deny.toml`, `npm audit`),
/// and a list of all of it.
///
/// No step of the checks: it asks lists on the network that change by themselves, so the same
/// sources could pass today and fail tomorrow.
pub(crate) fn run(project: &Project) -> Result<()> {
    let audits = [rust(project), page(project), sbom::write(project)];
    let failed = audits.iter().filter_map(|audit| audit.as_ref().err());
    let failed = failed.map(|error| format!("{error:#}")).collect::<Vec<_>>();
    if !failed.is_empty() {
        bail!("{}", failed.join("\n"));
    }
    Ok(())
}

fn rust(project: &Project) -> Result<()> {
    say::heading("What the program is built on");
    if programs::answer(Command::new("cargo-deny").arg("--version"))?.is_none() {
        bail!(
            "cargo-deny is missing; it is built in a few minutes by: cargo install --locked cargo-deny"
        );
    }
    let deny = |options: &[&str], lists: &[&str]| {
        let mut deny = cargo::cargo(project);
        deny.args(["deny", "--workspace", "--all-features"]);
        programs::run(deny.args(options).arg("check").args(lists))
    };
    // These need no network, so they say something even where the list of weaknesses can't be had.
    deny(&[], &["bans", "licenses", "sources"])?;
    let fresh = deny(&[], &["advisories"]);
    let Some((copy, date)) = copy_of_advisories() else {
        return fresh;
    };
    say::line(format_args!("Advisories as of {date} ({})", copy.display()));
    match fresh {
        Ok(()) => Ok(()),
        Err(_) => {
            say::line("The list may just be out of reach; once more with this copy:");
            deny(&["--offline"], &["advisories"])
        }
    }
}

/// Cargo-deny's newest copy of the list of weaknesses, and the day of its last change.
fn copy_of_advisories() -> Option<(PathBuf, String)> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")))?;
    let copies = fs::read_dir(home.join("advisory-dbs")).ok()?;
    let dated = copies.filter_map(|copy| {
        let copy = copy.ok()?.path();
        let mut git = Command::new("git");
        git.arg("-C").arg(&copy).args(["log", "-1", "--format=%cs"]);
        let date = programs::answer(&mut git).ok()??;
        Some((copy, date.trim().to_owned()))
    });
    dated.max_by(|one, other| one.1.cmp(&other.1))
}

fn page(project: &Project) -> Result<()> {
    say::heading("What the page is built on");
    let mut npm = Command::new("npm");
    programs::run(
        npm.args(["audit", "--audit-level", "low"])
            .current_dir(project.page()),
    )
}
