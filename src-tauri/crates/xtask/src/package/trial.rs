//! Installs the Debian package on this very computer, starts it, upgrades it from an earlier one
//! with its ledger, and removes it.
//!
//! Nothing was released yet, so the earlier package holds the same program under a lower version.
//! What is tried is what dpkg does with the files, and that program, ledger and login entry continue.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::package::{EARLIER, debian, pack};
use crate::project::Project;
use crate::session::desktop::Desktop;
use crate::session::padwatch::Padwatch;
use crate::session::sandbox::Sandbox;
use crate::session::tray;
use crate::{cargo, debian, programs, say, set_up};

const PROGRAM: &str = "/usr/bin/padwatch";
const ENTRY: &str = "/usr/share/applications/io.padwatch.Padwatch.desktop";
const METAINFO: &str = "/usr/share/metainfo/io.padwatch.Padwatch.metainfo.xml";
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) fn run(project: &Project) -> Result<()> {
    say::heading("Trying the Debian package");
    may_install()?;
    set_up::everything(project)?;
    debian::provide(debian::TO_MEASURE)?;
    let build = ["build", "--release", "--package", "padwatch-sandbox"];
    programs::run(cargo::cargo(project).args(build))?;
    let earlier = pack(project, Some(EARLIER))?;
    let ours = pack(project, None)?;
    let outcome = try_out(project, debian(&earlier)?, debian(&ours)?);
    if outcome.is_err() {
        // Whatever went wrong: this computer is left as it was found.
        let _ = Command::new("dpkg").args(["--purge", "padwatch"]).output();
    }
    outcome
}

/// Only where it hurts no one.
fn may_install() -> Result<()> {
    let user = programs::answer(Command::new("id").arg("-u"))?.unwrap_or_default();
    ensure!(
        user.trim() == "0",
        "this installs Padwatch on this very computer, so it has to run as root: in a container"
    );
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", "padwatch"]);
    if programs::answer(&mut query)?.is_some_and(|state| state == "installed") {
        bail!("Padwatch is installed here already; this would replace and then remove it");
    }
    Ok(())
}

fn try_out(project: &Project, earlier: &Path, ours: &Path) -> Result<()> {
    install(earlier)?;
    check_files()?;
    let desktop = Desktop::start(&project.built("package-home"))?;
    let services = Sandbox::start(&project.built("release/padwatch-sandbox"), &desktop)?;
    let login = start_at_login(&desktop)?;

    let before = Padwatch::start(Path::new(PROGRAM), &desktop, &services)?;
    seen("the first reading", || {
        Ok(services.count("GET /v1/opportunities")? >= 1)
    })?;
    let ada = services.add_candidate("Ada Upgrade", "Recruiter Call")?;
    services.move_to(&ada, "Phone Screen")?;
    tray::click(&desktop, "Check now")?;
    seen("a pad", || tray::shows(&desktop, "New: Ada Upgrade"))?;
    let pads = services.pads()?;
    say::line("Installed and started; a pad was made.");

    // As it happens to people: the package is replaced under the running program.
    install(ours)?;
    before.end()?;
    ensure!(
        login.is_file(),
        "the upgrade took the entry for the login away"
    );
    let looks = services.count("GET /v1/opportunities")?;
    let after = Padwatch::start(Path::new(PROGRAM), &desktop, &services)?;
    seen("the pad after the upgrade", || {
        tray::shows(&desktop, "New: Ada Upgrade")
    })?;
    tray::click(&desktop, "Check now")?;
    seen("two more readings", || {
        Ok(services.count("GET /v1/opportunities")? >= looks + 2)
    })?;
    ensure!(services.pads()? == pads, "the upgrade made a second pad");
    let entry = fs::read_to_string(&login)?;
    ensure!(
        entry.contains("\"/usr/bin/padwatch\" --hidden"),
        "the entry for the login doesn't start the program: {entry}"
    );
    after.end()?;
    say::line("Upgraded: ledger, pad and login entry are as they were, and the entry starts it.");

    remove()?;
    let ledger = desktop.home().join(".local/share/padwatch/ledger.sqlite3");
    ensure!(
        ledger.is_file(),
        "removing the package took the ledger away"
    );
    say::line("Removed: its files are gone, the person's ledger stays.");
    Ok(())
}

fn install(package: &Path) -> Result<()> {
    programs::run(Command::new("dpkg").arg("--install").arg(package))
}

fn check_files() -> Result<()> {
    for size in [
        "16x16", "24x24", "32x32", "48x48", "64x64", "128x128", "256x256", "512x512",
    ] {
        let icon = format!("/usr/share/icons/hicolor/{size}/apps/padwatch.png");
        ensure!(Path::new(&icon).is_file(), "the package has no {icon}");
    }
    programs::run(Command::new("desktop-file-validate").arg(ENTRY))?;
    programs::run(Command::new("appstreamcli").args(["validate", "--no-net", METAINFO]))?;
    let help = programs::answer(Command::new(PROGRAM).arg("--help"))?.unwrap_or_default();
    ensure!(help.contains("--sandbox"), "--help doesn't help: {help}");
    Ok(())
}

/// The entry as an earlier version left it, which was installed elsewhere.
fn start_at_login(desktop: &Desktop) -> Result<PathBuf> {
    let entry = desktop.home().join(".config/autostart/padwatch.desktop");
    fs::create_dir_all(entry.parent().context("an entry lies in a folder")?)?;
    let text = "[Desktop Entry]\nType=Application\nName=Padwatch\n\
                Exec=\"/opt/padwatch-0.0.1/padwatch\" --hidden\nIcon=padwatch\n";
    fs::write(&entry, text)?;
    Ok(entry)
}

fn remove() -> Result<()> {
    programs::run(Command::new("dpkg").args(["--purge", "padwatch"]))?;
    for gone in [PROGRAM, ENTRY, METAINFO] {
        ensure!(!Path::new(gone).exists(), "{gone} was left behind");
    }
    Ok(())
}

fn seen(what: &str, is_so: impl Fn() -> Result<bool>) -> Result<()> {
    let begun = Instant::now();
    while !is_so()? {
        ensure!(begun.elapsed() < PATIENCE, "never seen: {what}");
        thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}
