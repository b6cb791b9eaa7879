//! What holds of the sources of `src-tauri` as a whole: nothing grows beyond what a reader can
//! take in, and imports run downwards only.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod floors;
mod imports;
mod limits;
mod modules;
mod sources;

use std::collections::BTreeSet;

use floors::{Graph, circles, floors};
use modules::Package;

/// The most floors of a crate, and of a folder in it.
const MOST_FLOORS: usize = 7;

/// From the ground up: each knows only those before it. Tools stand apart: nothing that is shipped
/// knows them.
const LAYERS: [&str; 10] = [
    "transport",
    "lever",
    "coderpad",
    "padwatch-domain",
    "padwatch-ledger",
    "padwatch-receiver",
    "padwatch-sandbox",
    "padwatch-engine",
    "padwatch-api",
    "padwatch",
];

#[test]
fn no_file_function_or_struct_is_too_long() {
    let sources = sources::all();
    assert!(sources.len() > 300, "{} sources found", sources.len());
    let too_long: Vec<String> = sources.iter().flat_map(limits::exceeded).collect();
    assert!(too_long.is_empty(), "{}", too_long.join("\n"));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut found = Vec::new();
    for package in modules::packages(sources::all()) {
        let graph = &package.imports;
        for circle in circles(graph) {
            found.push(told(&package, graph, &circle));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_folders_import_each_other_in_a_circle() {
    let mut found = Vec::new();
    for package in modules::packages(sources::all()) {
        for place in package.folders() {
            let graph = package.rooms_in(&place);
            for circle in circles(&graph) {
                found.push(told(&package, &graph, &circle));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_crate_and_no_folder_has_more_than_seven_floors() {
    let mut found = Vec::new();
    for package in modules::packages(sources::all()) {
        for place in package.folders() {
            let floors = floors(&package.rooms_in(&place));
            println!("{} {place}: {} floors", package.name, floors.len());
            if floors.len() > MOST_FLOORS {
                found.push(format!("{} {place}:\n{floors:#?}", package.name));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn crates_import_downwards_only() {
    let packages = modules::packages(sources::all());
    let names: BTreeSet<&str> = packages.iter().map(|one| one.name.as_str()).collect();
    let layers = LAYERS.iter();
    assert!(
        layers.clone().all(|layer| names.contains(layer)),
        "{names:?}"
    );
    for (height, layer) in layers.enumerate() {
        let package = packages.iter().find(|one| one.name == *layer).unwrap();
        for other in package.other_crates() {
            let below = LAYERS.iter().take(height).any(|lower| *lower == other);
            assert!(below, "{layer} imports {other}, which isn't below it");
        }
    }
}

/// A circle, with what ties it.
fn told(package: &Package<'_>, graph: &Graph, circle: &BTreeSet<String>) -> String {
    let mut lines = vec![format!("{}: a circle", package.name)];
    for from in circle {
        for (to, names) in graph.get(from).into_iter().flatten() {
            if circle.contains(to) {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                lines.push(format!("  {from} -> {to}: {}", names.join(", ")));
            }
        }
    }
    lines.join("\n")
}
