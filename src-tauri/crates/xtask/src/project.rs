use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Where things lie in this checkout.
#[derive(Debug)]
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// The checkout that this program was built from.
    pub(crate) fn find() -> Result<Self> {
        // Cargo says at run time where the package lies; the folder may have moved since the build.
        let here = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = here
            .ancestors()
            .nth(3)
            .with_context(|| format!("{} lies in no checkout", here.display()))?
            .to_owned();
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { root, target })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The window's sources.
    pub(crate) fn page(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The TypeScript types that the page is written against.
    pub(crate) fn bindings(&self) -> PathBuf {
        self.root.join("ui/src/bindings")
    }

    /// A folder or file below Cargo's target folder.
    pub(crate) fn built(&self, path: &str) -> PathBuf {
        self.target.join(path)
    }
}
