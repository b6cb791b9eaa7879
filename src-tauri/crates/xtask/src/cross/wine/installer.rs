//! The installer of two versions: the tests install the earlier one and update it.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::nsis::{self, Compression, Contents, Signer};
use crate::project::Project;

/// Lower than any that there will be.
const EARLIER: &str = "0.0.1";

/// Makes both from the programs that were built, and gives their folder.
pub(super) fn make(project: &Project, built: &Path) -> Result<PathBuf> {
    let folder = project.built("systems/wine/installer");
    nsis::gather(project, built, &folder)?;
    for (name, version) in [
        ("earlier.exe", EARLIER),
        ("later.exe", env!("CARGO_PKG_VERSION")),
    ] {
        let contents = Contents {
            programs: &folder,
            version,
            compression: Compression::None,
        };
        nsis::pack(project, &contents, &Signer::default(), &folder.join(name))?;
    }
    Ok(folder)
}
