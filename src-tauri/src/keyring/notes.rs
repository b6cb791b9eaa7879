//! Windows: what is noted about a key, in the one comment that its Credential Manager keeps. Linux has
//! an attribute for each.

use std::collections::HashMap;

/// The attribute with the comment.
#[cfg(windows)]
pub(super) const COMMENT: &str = "comment";

/// The notes in a comment: names and values, in words of their own. Neither has a space in it.
pub(super) fn read(comment: &str) -> HashMap<String, String> {
    let pairs = comment.split(' ').filter_map(|word| word.split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The comment with these notes in place of older ones of the same name.
pub(super) fn renewed(comment: &str, notes: &HashMap<&str, &str>) -> String {
    let mut all = read(comment);
    let new = notes.iter();
    all.extend(new.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let mut words: Vec<String> = all
        .into_iter()
        .filter(|(_, value)| !value.is_empty() && !value.contains(' '))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    words.sort();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_read_back_and_replaced_one_by_one() {
        let first = HashMap::from([("stored-at", "5"), ("origin", "https://api.lever.co")]);
        let comment = renewed("", &first);
        assert_eq!(comment, "origin=https://api.lever.co stored-at=5");
        let later = renewed(&comment, &HashMap::from([("origin", "none")]));
        assert_eq!(later, "origin=none stored-at=5");
        assert_eq!(read(&later)["stored-at"], "5");
    }

    #[test]
    fn a_comment_of_someone_elses_holds_no_notes_and_goes() {
        assert!(read("entered by hand").is_empty());
        let renewed = renewed("entered by hand", &HashMap::from([("stored-at", "5")]));
        assert_eq!(renewed, "stored-at=5");
    }
}
