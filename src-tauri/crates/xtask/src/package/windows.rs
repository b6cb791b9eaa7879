//! `cargo xtask package --windows`: the installer for Windows, by NSIS. It holds what Debian's cross
//! compiler builds, since that is what the tests have run, under Wine.

use std::fs;

use anyhow::Result;

use super::{notices, tell};
use crate::cross::{self, System};
use crate::project::Project;
use crate::{debian, nsis, page, programs, say, set_up};

const PROFILE: &str = "release";

/// Builds, signs where a certificate is given, and packs.
pub(crate) fn run(project: &Project) -> Result<()> {
    say::heading("Setting up");
    set_up::to_run(project)?;
    debian::provide(debian::TO_PACK_WINDOWS)?;
    cross::provide(project)?;
    let signer = nsis::Signer::from_environment()?;
    say::heading("Building as for release");
    page::build(project)?;
    let mut build = cross::for_windows(project, "build")?;
    build.args(["--release", "--package", "padwatch", "--bins"]);
    programs::run(cross::linked_by_lld(&mut build))?;
    say::heading("Packing");
    let folder = project.built("systems/windows");
    nsis::gather(
        project,
        &cross::built_for_windows(project, PROFILE),
        &folder,
    )?;
    let licenses = notices::licenses(project, System::Windows)?;
    fs::write(folder.join("licenses.txt"), licenses)?;
    for name in nsis::PROGRAMS.iter().filter(|name| name.ends_with(".exe")) {
        signer.sign(&folder.join(name))?;
    }
    let version = env!("CARGO_PKG_VERSION");
    let installer = project
        .built("release/bundle/nsis")
        .join(format!("Padwatch_{version}_x64-setup.exe"));
    let contents = nsis::Contents {
        programs: &folder,
        version,
        compression: nsis::Compression::Smallest,
    };
    nsis::pack(project, &contents, &signer, &installer)?;
    signer.sign(&installer)?;
    tell(&installer)
}
