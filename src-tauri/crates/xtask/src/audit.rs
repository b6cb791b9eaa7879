use std::process::Command;

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
    let deny = || {
        let mut deny = cargo::cargo(project);
        deny.args(["deny", "--workspace", "--all-features", "check"]);
        deny
    };
    // These need no network, so they say something even where the list of weaknesses can't be had.
    programs::run(deny().args(["bans", "licenses", "sources"]))?;
    programs::run(deny().arg("advisories"))
}

fn page(project: &Project) -> Result<()> {
    say::heading("What the page is built on");
    let mut npm = Command::new("npm");
    programs::run(
        npm.args(["audit", "--audit-level", "low"])
            .current_dir(project.page()),
    )
}
