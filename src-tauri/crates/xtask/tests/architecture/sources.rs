//! The sources, and what is to be known of each.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use proc_macro2::TokenStream;

use crate::imports::{Named, named};
use crate::limits::{Item, items};

/// One file.
#[derive(Debug)]
pub(crate) struct Source {
    /// From the folder `src-tauri`, with slashes.
    pub(crate) path: String,
    pub(crate) lines: usize,
    pub(crate) items: Vec<Item>,
    pub(crate) named: Vec<Named>,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let tokens = text.parse().map_err(|wrong| format!("{path}: {wrong}"));
        let tokens: TokenStream = tokens.unwrap();
        Self {
            path: path.to_owned(),
            lines: text.lines().count(),
            items: items(tokens.clone()),
            named: named(tokens),
        }
    }

    /// Returns true if it is built for tests, examples or measurements alone.
    pub(crate) fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name == "tests.rs"
            || name.ends_with("_tests.rs")
            || self.path.split('/').any(|part| {
                part.ends_with("_tests") || ["tests", "examples", "benches"].contains(&part)
            })
    }
}

/// Every source of `src-tauri`, read once.
pub(crate) fn all() -> &'static [Source] {
    static ALL: OnceLock<Vec<Source>> = OnceLock::new();
    ALL.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut paths = Vec::new();
        collect(&root, &mut paths);
        paths.sort();
        let sources = paths.iter().map(|path| {
            let inside = path.strip_prefix(&root).unwrap();
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            Source::new(&parts.join("/"), &fs::read_to_string(path).unwrap())
        });
        sources.collect()
    })
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() {
            if name != "target" && name != "gen" {
                collect(&path, into);
            }
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push(path);
        }
    }
}
