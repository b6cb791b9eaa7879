use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{programs, say};

/// A Debian package, and what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Package {
    name: &'static str,
    purpose: &'static str,
}

const fn package(name: &'static str, purpose: &'static str) -> Package {
    Package { name, purpose }
}

/// What it takes to build Padwatch and to start it.
pub(crate) const TO_RUN: &[Package] = &[
    package("build-essential", "compiles SQLite and links the program"),
    package("pkg-config", "finds the desktop's libraries"),
    package(
        "libwebkit2gtk-4.1-dev",
        "the web view that shows the window",
    ),
];

const MINGW: Package = package(
    "gcc-mingw-w64-x86-64-posix",
    "compiles SQLite for Windows, and links what is for it",
);

/// What it takes to build programs for Windows and to pack them.
pub(crate) const TO_PACK_WINDOWS: &[Package] = &[
    MINGW,
    package("lld", "links programs for Windows in seconds"),
    package("nsis", "makes the installer for Windows"),
    package("osslsigncode", "signs programs for Windows"),
];

/// What it takes, beyond that, to run them.
pub(crate) const TO_RUN_WINDOWS: &[Package] = &[package("wine64", "runs programs for Windows")];

/// What it takes, beyond that, to check Padwatch on a computer without a screen.
pub(crate) const TO_TEST: &[Package] = &[
    package("mold", "links dozens of test programs in seconds"),
    MINGW,
    package("chromium", "the page's tests in a real browser"),
    package("xvfb", "a screen that nobody looks at"),
    package("dbus", "a desktop session of its own"),
    package("procps", "ends programs there"),
    package("gnome-keyring", "a keyring for that session"),
    package("libsecret-tools", "looks into that keyring"),
    package("openbox", "manages the windows there"),
    package("xclip", "reads the clipboard"),
    package("xdotool", "clicks and types"),
    package("wmctrl", "closes windows as their own button does"),
    package("x11-utils", "tells what manages the screen"),
    package("imagemagick", "takes pictures of the screen"),
    package("webkit2gtk-driver", "drives the real window"),
    package("xfce4-panel", "a panel with a tray, for pictures"),
    package("xfconf", "the settings of that panel"),
    package("adwaita-icon-theme", "icons for pictures"),
    package("fonts-dejavu-core", "letters for pictures"),
    package("python3-venv", "others' clients, which read the sandbox"),
    package("desktop-file-utils", "checks the package's desktop entry"),
    package(
        "appstream",
        "checks what the package tells software centres",
    ),
];

/// What it takes, beyond that, to run Padwatch on the desktops that people use.
pub(crate) const TO_RUN_DESKTOPS: &[Package] = &[
    package("gnome-shell", "GNOME, on Wayland"),
    package(
        "gnome-shell-extension-appindicator",
        "shows tray icons on GNOME",
    ),
    package("gjs", "runs GNOME's notification service"),
    package(
        "python3-dbusmock",
        "a login manager, which GNOME needs to start",
    ),
    package("xwayland", "X11 inside GNOME and sway"),
    package("plasma-workspace", "KDE Plasma's panel and notifications"),
    package("plasma-desktop", "KDE Plasma's usual layout"),
    package("kwin-x11", "manages windows on KDE Plasma"),
    package(
        "at-spi2-core",
        "tells where things are on KDE Plasma's screen",
    ),
    package("sway", "sway, on Wayland"),
    package("waybar", "a panel with a tray on sway"),
    package("mako-notifier", "shows notifications on sway"),
    package("grim", "takes pictures of sway"),
    package("wl-clipboard", "reads the clipboard on sway"),
    package("zenity", "a window of another program"),
];

/// What it takes, beyond that, to measure Padwatch or to try its package.
pub(crate) const TO_MEASURE: &[Package] = &[package(
    "lxqt-panel",
    "a panel with a tray that shares no GTK with Padwatch",
)];

/// Other programs in the tray, to compare with.
pub(crate) const TO_COMPARE: &[Package] = &[
    package("diodon", "a tray program on GTK, to compare with"),
    package("copyq", "a tray program on Qt, to compare with"),
];

/// Who may install, and who has to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Consent {
    /// We are root, in a container or on a build machine.
    Root,
    /// No one is there to ask, and the machine is there for this.
    BuildMachine,
    /// A person, who is asked.
    Person,
}

/// Installs those of the packages that aren't there.
pub(crate) fn provide(wanted: &[Package]) -> Result<()> {
    let Some(installed) = installed(wanted)? else {
        say::line("This is no Debian. Padwatch needs what these packages of Debian bring:");
        say_each(&wanted.iter().collect::<Vec<_>>());
        return Ok(());
    };
    let missing = missing(wanted, &installed);
    if missing.is_empty() {
        say::line("All Debian packages that are needed are installed.");
        return Ok(());
    }
    say::line("Missing from this computer:");
    say_each(&missing);
    install(&missing)
}

fn say_each(packages: &[&Package]) {
    for Package { name, purpose } in packages {
        say::line(format_args!("  {name:28} {purpose}"));
    }
}

fn install(missing: &[&Package]) -> Result<()> {
    let names = missing.iter().map(|package| package.name);
    let install = ["install", "--yes", "--no-install-recommends"]
        .into_iter()
        .chain(names)
        .collect::<Vec<_>>();
    let consent = consent();
    if consent == Consent::Person {
        say::line("To install them, this has to run with sudo:");
        say::line(format_args!(
            "  sudo apt-get update && sudo apt-get {}",
            install.join(" ")
        ));
        if !say::agreed("Run it now?") {
            bail!("the packages above are missing; nothing was installed");
        }
    }
    programs::run(apt_get(consent).arg("update"))?;
    programs::run(apt_get(consent).args(install))
}

/// Updates the package lists.
pub(crate) fn update() -> Result<()> {
    let consent = consent();
    if consent == Consent::Person {
        say::line(
            "The lists of Debian's packages are old. To renew them, this has to run with sudo:",
        );
        say::line("  sudo apt-get update");
        if !say::agreed("Run it now?") {
            bail!("the lists of packages weren't renewed");
        }
    }
    programs::run(apt_get(consent).arg("update"))
}

fn apt_get(consent: Consent) -> Command {
    // sudo clears the environment, so the setting is one of its arguments.
    let (program, options): (_, &[&str]) = match consent {
        Consent::Root => ("env", &[]),
        Consent::BuildMachine => ("sudo", &["--non-interactive"]),
        Consent::Person => ("sudo", &[]),
    };
    let mut command = Command::new(program);
    command
        .args(options)
        .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]);
    command
}

fn consent() -> Consent {
    let root = programs::answer(Command::new("id").arg("-u"))
        .ok()
        .flatten()
        .is_some_and(|id| id.trim() == "0");
    if root {
        Consent::Root
    } else if programs::on_build_machine() {
        Consent::BuildMachine
    } else {
        Consent::Person
    }
}

/// The installed ones among the wanted; `None` where there is no dpkg.
fn installed(wanted: &[Package]) -> Result<Option<BTreeSet<String>>> {
    if programs::answer(Command::new("dpkg-query").arg("--version"))?.is_none() {
        return Ok(None);
    }
    // It fails as soon as one of them is unknown, and still lists the others.
    let listing = Command::new("dpkg-query")
        .args(["--show", "--showformat=${Package} ${db:Status-Status}\\n"])
        .args(wanted.iter().map(|package| package.name))
        .output()?;
    Ok(Some(read_listing(&String::from_utf8_lossy(
        &listing.stdout,
    ))))
}

/// A line each: the package and its state, of which only `installed` counts (not `config-files`).
fn read_listing(listing: &str) -> BTreeSet<String> {
    listing
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(_, state)| *state == "installed")
        .map(|(name, _)| name.to_owned())
        .collect()
}

fn missing<'a>(wanted: &'a [Package], installed: &BTreeSet<String>) -> Vec<&'a Package> {
    wanted
        .iter()
        .filter(|package| !installed.contains(package.name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_that_was_removed_counts_as_missing() {
        let installed = read_listing("xvfb installed\ndbus config-files\n");
        let wanted = [
            package("dbus", ""),
            package("xauth", ""),
            package("xvfb", ""),
        ];
        let names = missing(&wanted, &installed)
            .iter()
            .map(|package| package.name)
            .collect::<Vec<_>>();
        assert_eq!(names, ["dbus", "xauth"]);
    }

    #[test]
    fn no_package_is_named_twice_and_each_says_what_it_is_for() {
        for lists in [
            &[TO_RUN, TO_TEST, TO_RUN_DESKTOPS][..],
            &[TO_RUN, TO_PACK_WINDOWS, TO_RUN_WINDOWS],
        ] {
            let all = || lists.iter().copied().flatten();
            let names = all().map(|package| package.name).collect::<BTreeSet<_>>();
            assert_eq!(names.len(), all().count());
            assert!(all().all(|package| !package.purpose.is_empty()));
        }
    }

    #[test]
    fn sudo_asks_for_no_password_where_nobody_could_type_it() {
        let shown = programs::shown(&apt_get(Consent::BuildMachine));
        assert!(shown.starts_with("sudo --non-interactive "), "{shown}");
        assert!(!programs::shown(&apt_get(Consent::Root)).contains("sudo"));
    }
}
