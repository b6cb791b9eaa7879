//! The guide for recruiters, as Help shows it: `docs/guide.md`, read into blocks. It comes with the
//! program, so it's there offline and of the same version. Pictures and links are left out.

use serde::Serialize;
use ts_rs::TS;

const GUIDE: &str = include_str!("../../../../docs/guide.md");

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GuideText {
    /// The words.
    pub text: String,
    /// Whether they stand out, as the names of buttons do.
    pub strong: bool,
}

/// A block of the guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export)]
pub enum GuideBlock {
    /// What the blocks after it are about.
    Heading {
        /// Its words.
        texts: Vec<GuideText>,
    },
    /// Sentences.
    Paragraph {
        /// Its words.
        texts: Vec<GuideText>,
    },
    /// Points, in steps or in any order.
    List {
        /// Whether they are steps.
        steps: bool,
        /// Each with its words.
        items: Vec<Vec<GuideText>>,
    },
    /// Things, and what there is to say of each.
    Facts {
        /// Each thing, and what is said of it.
        facts: Vec<(Vec<GuideText>, Vec<GuideText>)>,
    },
}

/// The guide.
pub(crate) fn guide() -> Vec<GuideBlock> {
    GUIDE
        .split("\n\n")
        .flat_map(|block| {
            // A list may follow its sentence without a blank line, and pictures stand above texts.
            let lines = block.lines().filter(|line| !line.starts_with('<'));
            blocks(&lines.collect::<Vec<_>>())
        })
        .collect()
}

fn blocks(lines: &[&str]) -> Vec<GuideBlock> {
    match lines.first() {
        None => Vec::new(),
        // The title is that of the place where the guide is shown.
        Some(line) if line.starts_with("# ") => Vec::new(),
        Some(line) if line.starts_with("## ") => vec![GuideBlock::Heading {
            texts: texts(line.trim_start_matches('#').trim()),
        }],
        Some(line) if line.starts_with('|') => vec![facts(lines)],
        Some(line) if item(line).is_some() => vec![list(lines)],
        Some(_) => vec![GuideBlock::Paragraph {
            texts: texts(&lines.join(" ")),
        }],
    }
}

/// A table: its head names the columns, and the line below it is all dashes.
fn facts(lines: &[&str]) -> GuideBlock {
    let facts = lines.iter().skip(2).filter_map(|line| {
        let (thing, about) = line.trim_matches(['|', ' ']).split_once(" | ")?;
        Some((texts(thing.trim()), texts(about.trim())))
    });
    GuideBlock::Facts {
        facts: facts.collect(),
    }
}

fn list(lines: &[&str]) -> GuideBlock {
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        match (item(line), items.last_mut()) {
            (Some(text), _) => items.push(text.to_owned()),
            (None, Some(last)) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            (None, None) => {}
        }
    }
    GuideBlock::List {
        steps: lines.iter().any(|line| line.starts_with("1. ")),
        items: items.iter().map(|text| texts(text)).collect(),
    }
}

/// What a line says that begins a point.
fn item(line: &str) -> Option<&str> {
    let numbered = || {
        let (number, text) = line.split_once(". ")?;
        number.parse::<u8>().ok().map(|_| text)
    };
    line.strip_prefix("- ").or_else(numbered)
}

/// A text without its marks. Whatever is between two of them stands out.
fn texts(marked: &str) -> Vec<GuideText> {
    // Typed in a document, set in a window.
    let typed = without_links(marked).replace('\'', "’");
    let plain = typed.replace("**", "*").replace('`', "*");
    plain
        .split('*')
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
        .map(|(at, text)| GuideText {
            text: text.to_owned(),
            strong: at % 2 == 1,
        })
        .collect()
}

fn without_links(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        let Some((name, after)) = link.split_once("](") else {
            break;
        };
        kept.push_str(before);
        kept.push_str(name);
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_texts() -> Vec<GuideText> {
        guide()
            .into_iter()
            .flat_map(|block| match block {
                GuideBlock::Heading { texts } | GuideBlock::Paragraph { texts } => texts,
                GuideBlock::List { items, .. } => items.concat(),
                GuideBlock::Facts { facts } => facts
                    .into_iter()
                    .flat_map(|(thing, about)| [thing, about].concat())
                    .collect(),
            })
            .collect()
    }

    #[test]
    fn the_whole_guide_is_read_and_no_marks_are_left() {
        for GuideText { text, .. } in all_texts() {
            for mark in ["*", "`", "](", "<", "|", "##", "\n", "'"] {
                assert!(!text.contains(mark), "{text}");
            }
        }
        let words = |text: &str| text.split_whitespace().count();
        let shown: usize = all_texts().iter().map(|each| words(&each.text)).sum();
        let written = words(GUIDE);
        assert!(shown * 10 > written * 8, "{shown} of {written} words");
    }

    #[test]
    fn each_kind_of_block_is_told_from_the_others() {
        let text = |text: &str| GuideText {
            text: text.to_owned(),
            strong: false,
        };
        let strong = |name: &str| GuideText {
            strong: true,
            ..text(name)
        };
        assert_eq!(
            blocks(&["Open **it** in", "[the page](a.md), or `x`."]),
            [GuideBlock::Paragraph {
                texts: vec![
                    text("Open "),
                    strong("it"),
                    text(" in the page, or "),
                    strong("x"),
                    text(".")
                ],
            }]
        );
        assert_eq!(
            blocks(&["1. One", "   more.", "2. *Two*"]),
            [GuideBlock::List {
                steps: true,
                items: vec![vec![text("One more.")], vec![strong("Two")]],
            }]
        );
        assert_eq!(
            blocks(&["| what | who |", "| --- | --- |", "| a key | you |"]),
            [GuideBlock::Facts {
                facts: vec![(vec![text("a key")], vec![text("you")])],
            }]
        );
    }
}
