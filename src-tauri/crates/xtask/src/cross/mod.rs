//! The compiler for Windows and macOS: Debian's, since rustup's own standard libraries for other
//! systems are a download of their own. It is unpacked below Cargo's target folder, beside rustup's
//! compiler and not in its place. Cargo builds the standard library for each system from its sources.

pub(crate) mod wine;

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::{cargo, debian, programs, say};

/// The compiler's version. Debian replaces it once in a few months: then set this and [`LLVM`] to
/// what `apt-cache policy rustc-web` and `apt-cache depends rustc-web` say.
const VERSION: &str = "1.96";
/// The package that this compiler makes its code with.
const LLVM: &str = "libllvm22";
/// A compiler and the sources of its standard library, in the same version.
const PACKAGES: [&str; 4] = [
    "rustc-web",
    "libstd-rust-web-dev",
    "rust-web-src",
    "rust-web-clippy",
];

/// No one has compiled it for these systems: Cargo does, from its sources.
const STANDARD_LIBRARY: &str = "-Zbuild-std=std,panic_unwind,test";

/// A system that Padwatch is checked for here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum System {
    Windows,
    MacOs,
}

impl System {
    pub(crate) const ALL: [Self; 2] = [Self::Windows, Self::MacOs];

    /// Rust's name for it.
    pub(crate) fn target(self) -> &'static str {
        match self {
            Self::Windows => "x86_64-pc-windows-gnu",
            Self::MacOs => "aarch64-apple-darwin",
        }
    }
}

/// Unpacks the compiler, unless it is there.
pub(crate) fn provide(project: &Project) -> Result<()> {
    let root = root(project);
    let stamp = root.join("unpacked.txt");
    let wanted = wanted().join("\n");
    if fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
        say::line("The compiler for Windows and macOS is there.");
        return Ok(());
    }
    if programs::answer(Command::new("dpkg").arg("--version"))?.is_none() {
        say::line("This is no Debian, so there's no compiler for other systems.");
        return Ok(());
    }
    say::line("The compiler for Windows and macOS is missing.");
    let packages = project.built("systems/packages");
    for folder in [&root, &packages] {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
    }
    download(&packages)?;
    for package in fs::read_dir(&packages)? {
        let mut unpack = Command::new("dpkg");
        programs::run(unpack.arg("-x").arg(package?.path()).arg(&root))?;
    }
    fs::remove_dir_all(&packages)?;
    fs::write(&stamp, wanted).with_context(|| format!("can't write {}", stamp.display()))
}

/// The packages, in the version that they must have in common.
fn wanted() -> Vec<String> {
    let same = PACKAGES.map(|name| format!("{name}={VERSION}.*"));
    let mut wanted = vec![format!("libstd-rust-web-{VERSION}"), LLVM.to_owned()];
    wanted.extend(same);
    wanted
}

fn download(into: &PathBuf) -> Result<()> {
    let mut download = Command::new("apt-get");
    download.args(["--quiet", "download"]).args(wanted());
    download.current_dir(into);
    // The lists of packages may be old, or missing.
    if programs::run(&mut download).is_ok() {
        return Ok(());
    }
    debian::update()?;
    programs::run(&mut download).context(format!(
        "Debian no longer has Rust {VERSION} in its packages rustc-web and rust-web-src. Set VERSION \
         and LLVM in xtask/src/cross/mod.rs to what it has"
    ))
}

/// `cargo clippy` for other systems, over the checkout.
pub(crate) fn clippy(project: &Project, systems: &[System]) -> Result<Command> {
    // It calls Cargo for what it doesn't do itself.
    let mut clippy = with_debians(project, bin(project).join("cargo-clippy"))?;
    clippy.arg("clippy").arg(STANDARD_LIBRARY);
    for system in systems {
        clippy.args(["--target", system.target()]);
    }
    if programs::on_build_machine() {
        clippy.arg("--locked");
    }
    // No one here has Apple's headers, and nothing is linked: what is written in C is left out.
    for tool in ["CC", "CXX", "AR"] {
        clippy.env(format!("{tool}_aarch64_apple_darwin"), "true");
    }
    // For the same reason, mac-notification-sys leaves out what it has in Objective-C.
    clippy.env("DOCS_RS", "1");
    Ok(clippy)
}

/// `cargo VERB` for Windows: what it builds can be run, by Wine for one.
pub(crate) fn for_windows(project: &Project, verb: &str) -> Result<Command> {
    let mut cargo = with_debians(project, rustups_cargo()?)?;
    let target = System::Windows.target();
    cargo.args([verb, STANDARD_LIBRARY, "--target", target]);
    if programs::on_build_machine() {
        cargo.arg("--locked");
    }
    cargo.env(
        "CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER",
        "x86_64-w64-mingw32-gcc",
    );
    Ok(cargo)
}

/// Has programs for Windows linked by LLVM's linker: with GNU's, dozens of test programs take minutes;
/// without the symbols, gigabytes.
pub(crate) fn linked_by_lld(cargo: &mut Command) -> &mut Command {
    cargo.env(
        "CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS",
        "-C link-arg=-fuse-ld=lld -C strip=symbols",
    )
}

/// What Cargo has built for Windows: programs, and beside them what they load.
pub(crate) fn built_for_windows(project: &Project, profile: &str) -> PathBuf {
    let target = System::Windows.target();
    project
        .built("systems/build")
        .join(format!("{target}/{profile}"))
}

/// A program that calls Debian's compiler, over the checkout.
fn with_debians(project: &Project, program: impl AsRef<OsStr>) -> Result<Command> {
    let bin = bin(project);
    if !bin.join("rustc").is_file() {
        bail!("the compiler for other systems comes from Debian's packages, and this is no Debian");
    }
    let mut command = cargo::in_checkout(project, program);
    command
        .env("CARGO", rustups_cargo()?)
        .env("RUSTC", bin.join("rustc"))
        // Building the standard library is an unstable option of Cargo's.
        .env("RUSTC_BOOTSTRAP", "1")
        .env(
            "LD_LIBRARY_PATH",
            bin.with_file_name("lib/x86_64-linux-gnu"),
        )
        // What another compiler has built is of no use to this one.
        .env("CARGO_TARGET_DIR", project.built("systems/build"))
        .env("TS_RS_EXPORT_DIR", project.built("bindings"));
    Ok(command)
}

/// Cargo itself, not rustup's stand-in, which would choose the compiler too.
fn rustups_cargo() -> Result<String> {
    let which = programs::answer(Command::new("rustup").args(["which", "cargo"]))?;
    Ok(which.map_or_else(|| "cargo".to_owned(), |path| path.trim().to_owned()))
}

fn bin(project: &Project) -> PathBuf {
    root(project).join("usr/bin")
}

fn root(project: &Project) -> PathBuf {
    project.built("systems/root")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_packages_are_asked_for_in_one_version() {
        let wanted = wanted();
        assert_eq!(wanted.len(), PACKAGES.len() + 2);
        let named = |package: &&String| package.contains(VERSION);
        assert_eq!(wanted.iter().filter(named).count(), wanted.len() - 1);
    }
}
