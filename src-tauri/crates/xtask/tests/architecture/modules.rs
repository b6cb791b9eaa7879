//! The packages, their files as modules, and which file names something of which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::floors::Graph;
use crate::imports::Named;
use crate::sources::Source;

/// A package with what its library and its programs are built from.
#[derive(Debug)]
pub(crate) struct Package<'s> {
    pub(crate) name: String,
    /// By their paths from the package's folder of sources, without the ending: `note/mod` is
    /// `note`, `lib` is the empty path.
    files: BTreeMap<String, &'s Source>,
    /// Names of packages by the names that paths give them.
    crates: BTreeMap<String, String>,
    /// Which file names something of which other.
    pub(crate) imports: Graph,
}

/// Every package of `src-tauri`; the shell with the window's program is one.
pub(crate) fn packages(sources: &[Source]) -> Vec<Package<'_>> {
    let mut places = vec![("padwatch".to_owned(), "src/".to_owned())];
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for entry in fs::read_dir(crates).unwrap() {
        let entry = entry.unwrap();
        let manifest = fs::read_to_string(entry.path().join("Cargo.toml")).unwrap();
        let name = manifest
            .lines()
            .find_map(|line| line.strip_prefix("name = "));
        let folder = entry.file_name().to_string_lossy().into_owned();
        places.push((
            name.unwrap().trim_matches('"').to_owned(),
            format!("crates/{folder}/src/"),
        ));
    }
    places.sort();
    let crates = places
        .iter()
        .map(|(name, _)| (name.replace('-', "_"), name.clone()));
    let mut crates: BTreeMap<String, String> = crates.collect();
    crates.insert("sandbox".to_owned(), "padwatch-sandbox".to_owned());
    let package = |(name, place): (String, String)| Package::new(name, &place, &crates, sources);
    places.into_iter().map(package).collect()
}

impl<'s> Package<'s> {
    fn new(
        name: String,
        place: &str,
        crates: &BTreeMap<String, String>,
        sources: &'s [Source],
    ) -> Self {
        let mut files = BTreeMap::new();
        for source in sources.iter().filter(|source| !source.is_test()) {
            let Some(path) = source.path.strip_prefix(place) else {
                continue;
            };
            let path = path.trim_end_matches(".rs");
            let module = path.strip_suffix("/mod").unwrap_or(path);
            let module = if module == "lib" { "" } else { module };
            files.insert(module.to_owned(), source);
        }
        let mut package = Self {
            name,
            files,
            crates: crates.clone(),
            imports: Graph::new(),
        };
        package.imports = package.read_imports();
        package
    }

    fn read_imports(&self) -> Graph {
        let mut graph = Graph::new();
        for (module, file) in &self.files {
            let from = graph.entry(file.path.clone()).or_default();
            for one in &file.named {
                let Some(to) = self.file_of(module, one) else {
                    continue;
                };
                if to != file.path && !is_door_of(&file.path, &to) {
                    let name = one.path.last().cloned().unwrap_or_default();
                    from.entry(to).or_default().insert(name);
                }
            }
        }
        graph
    }

    /// The arrows among what stands in one folder: files, and folders as a whole.
    pub(crate) fn rooms_in(&self, folder: &str) -> Graph {
        let mut graph = Graph::new();
        for (from, imported) in &self.imports {
            let Some(from) = room(folder, from) else {
                continue;
            };
            let arrows = graph.entry(from.clone()).or_default();
            for (to, names) in imported {
                if let Some(to) = room(folder, to).filter(|to| *to != from) {
                    arrows.entry(to).or_default().extend(names.iter().cloned());
                }
            }
        }
        graph
    }

    /// Every folder that holds sources.
    pub(crate) fn folders(&self) -> BTreeSet<String> {
        let paths = self.files.values().map(|file| file.path.as_str());
        let top = if self.name == "padwatch" {
            "src"
        } else {
            "/src/"
        };
        let ends = |path: &str| {
            path.match_indices('/')
                .map(|(at, _)| at)
                .collect::<Vec<_>>()
        };
        let folders = paths.flat_map(|path| {
            let inside = path.find(top).map_or(0, |at| at + top.len() - 1);
            let ends = ends(path).into_iter().filter(move |end| *end >= inside);
            ends.filter_map(|end| path.get(..=end)).map(str::to_owned)
        });
        folders.collect()
    }

    /// The other packages that it names.
    pub(crate) fn other_crates(&self) -> BTreeSet<&str> {
        let paths = self.files.values().flat_map(|file| &file.named);
        let firsts = paths.filter_map(|one| one.path.first());
        let crates = firsts.filter_map(|first| self.crates.get(first));
        crates
            .map(String::as_str)
            .filter(|name| *name != self.name)
            .collect()
    }

    /// In which file the thing stands that is named in a module.
    fn file_of(&self, module: &str, one: &Named) -> Option<String> {
        let path = self.absolute(module, &one.path)?;
        self.place_of(&path, 0)
    }

    /// From the root of the package, with slashes.
    fn absolute(&self, module: &str, path: &[String]) -> Option<String> {
        let (first, rest) = path.split_first()?;
        let mut base: Vec<&str> = module.split('/').filter(|part| !part.is_empty()).collect();
        let mut rest = rest.iter().map(String::as_str).peekable();
        match first.as_str() {
            "crate" => base.clear(),
            "self" => {}
            "super" => {
                base.pop();
                while rest.next_if_eq(&"super").is_some() {
                    base.pop();
                }
            }
            name if self.crates.get(name) == Some(&self.name) => base.clear(),
            name => {
                let child = [module, name].join("/");
                let child = child.trim_start_matches('/');
                if !self.files.contains_key(child) {
                    return None;
                }
                base.push(name);
            }
        }
        base.extend(rest);
        Some(base.join("/"))
    }

    /// The file of the longest module in a path. Where that module only imports what is named
    /// there, the file where it comes from.
    fn place_of(&self, path: &str, depth: usize) -> Option<String> {
        let ends = path
            .match_indices('/')
            .map(|(at, _)| at)
            .collect::<Vec<_>>();
        let mut prefixes = vec![path];
        prefixes.extend(ends.iter().rev().filter_map(|end| path.get(..*end)));
        prefixes.push("");
        let module = prefixes
            .into_iter()
            .find(|prefix| self.files.contains_key(*prefix))?;
        let file = self.files.get(module)?;
        let inside = path.get(module.len()..)?.trim_start_matches('/');
        let name = inside.split('/').next().filter(|name| !name.is_empty());
        if let Some(name) = name.filter(|_| depth < 8) {
            let imported = file
                .named
                .iter()
                .find(|one| one.bound.as_deref() == Some(name));
            let from = imported.and_then(|one| self.absolute(module, &one.path));
            if let Some(place) = from.and_then(|from| self.place_of(&from, depth + 1)) {
                return Some(place);
            }
        }
        Some(file.path.clone())
    }
}

/// Returns true if the file is the door of the folder in which the other stands: the two are one
/// room, and what a door takes from its own folder is no import.
fn is_door_of(file: &str, other: &str) -> bool {
    let folder = file
        .strip_suffix("mod.rs")
        .or_else(|| file.strip_suffix("lib.rs"));
    folder.is_some_and(|folder| other.starts_with(folder))
}

/// What of a path stands directly in a folder.
fn room(folder: &str, path: &str) -> Option<String> {
    let inside = path.strip_prefix(folder)?;
    let end = inside.find('/').map_or(inside.len(), |end| end + 1);
    Some(format!("{folder}{}", inside.get(..end)?))
}
