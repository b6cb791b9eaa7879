//! Floors and circles of a graph.

use std::collections::{BTreeMap, BTreeSet};

/// Who imports whom, and by which names.
pub(crate) type Graph = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// From the ground up: each stands above all that it imports. What is in a circle stands nowhere,
/// nor does what is above it.
pub(crate) fn floors(graph: &Graph) -> Vec<Vec<String>> {
    let mut floors: Vec<Vec<String>> = Vec::new();
    let mut placed = BTreeSet::new();
    loop {
        let carried = |name: &&String| {
            let mut imported = graph.get(*name).into_iter().flat_map(BTreeMap::keys);
            !placed.contains(*name) && imported.all(|other| placed.contains(other))
        };
        let floor: Vec<String> = graph.keys().filter(carried).cloned().collect();
        if floor.is_empty() {
            return floors;
        }
        placed.extend(floor.iter().cloned());
        floors.push(floor);
    }
}

/// Each circle: those that reach each other.
pub(crate) fn circles(graph: &Graph) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<String>> = graph
        .keys()
        .map(|name| (name, reached_from(graph, name)))
        .collect();
    let mut found = BTreeSet::new();
    for (name, all) in &reached {
        let back = |other: &&String| reached.get(other).is_some_and(|one| one.contains(*name));
        let circle: BTreeSet<String> = all.iter().filter(back).cloned().collect();
        if !circle.is_empty() {
            found.insert(circle);
        }
    }
    found.into_iter().collect()
}

fn reached_from(graph: &Graph, name: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut next = vec![name];
    while let Some(one) = next.pop() {
        for other in graph.get(one).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(other.clone()) {
                next.push(other);
            }
        }
    }
    reached
}

#[test]
fn each_stands_above_what_it_imports() {
    let graph = graph(&[("a", "b"), ("a", "c"), ("b", "c"), ("d", "c")]);
    assert_eq!(floors(&graph), [vec!["c"], vec!["b", "d"], vec!["a"]]);
    assert!(circles(&graph).is_empty());
}

#[test]
fn a_circle_is_named_once_and_without_what_only_leads_to_it() {
    let graph = graph(&[("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]);
    let expected: BTreeSet<String> = ["b".into(), "c".into()].into();
    assert_eq!(circles(&graph), [expected]);
}

#[cfg(test)]
fn graph(arrows: &[(&str, &str)]) -> Graph {
    let mut graph = Graph::new();
    for (from, to) in arrows {
        let names = graph.entry((*from).to_owned()).or_default();
        names.entry((*to).to_owned()).or_default();
        graph.entry((*to).to_owned()).or_default();
    }
    graph
}
