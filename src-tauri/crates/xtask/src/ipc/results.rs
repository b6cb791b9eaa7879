use std::collections::BTreeMap;

use anyhow::{Context, Result};

/// What each call is answered with, from the page's `interface Answers`. TypeScript itself checks
/// that every call has its line there.
pub(crate) fn read(source: &str) -> Result<BTreeMap<String, String>> {
    let (_, body) = source
        .split_once("export interface Answers {\n")
        .context("backend.ts has no `interface Answers`")?;
    let (body, _) = body
        .split_once("\n}")
        .context("`interface Answers` doesn't end")?;
    let lines = body.lines().map(str::trim);
    Ok(lines
        .filter_map(|line| line.strip_suffix(';')?.split_once(": "))
        .map(|(kind, of)| (kind.to_owned(), of.to_owned()))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_between_the_answers_are_passed_over() {
        let source =
            "x\nexport interface Answers {\n  go: null;\n  /** How many. */\n  serve: number;\n}\n";
        let results = read(source).unwrap();
        assert_eq!(results.len(), 2);
        assert_eq!(results["serve"], "number");
    }
}
