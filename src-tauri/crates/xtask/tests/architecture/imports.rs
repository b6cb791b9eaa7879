//! The paths that stand in a source: in imports, and wherever else something is named.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// Its segments; the last is `*` where everything is meant.
    pub(crate) path: Vec<String>,
    /// By which name an import binds it; none where it is only used.
    pub(crate) bound: Option<String>,
}

/// All that is named outside tests.
pub(crate) fn named(tokens: TokenStream) -> Vec<Named> {
    let mut found = Vec::new();
    walk(&without_tests(tokens), &mut found);
    found
}

/// Without the items that `#[cfg(test)]` stands before.
fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut skipping = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let ends = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            _ => false,
        };
        if skipping {
            skipping = !ends;
            continue;
        }
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#')
            && matches!(tokens.peek(), Some(TokenTree::Group(group)) if is_for_tests(group))
        {
            skipping = true;
            continue;
        }
        kept.push(token);
    }
    kept
}

fn is_for_tests(attribute: &Group) -> bool {
    let text = attribute.stream().to_string().replace(' ', "");
    text == "test" || text == "cfg(test)" || text.starts_with("cfg(all(test")
}

fn walk(tokens: &[TokenTree], found: &mut Vec<Named>) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Ident(word) if *word == "use" => {
                let end = tokens.iter().skip(at).position(is_semicolon);
                let end = at + end.unwrap_or_default();
                tree(tokens.get(at..end).unwrap_or_default(), &[], found);
                at = end;
            }
            TokenTree::Ident(word) => {
                let mut path = vec![word.to_string()];
                while let Some(next) = segment(tokens, at) {
                    path.push(next);
                    at += 3;
                }
                if path.len() > 1 {
                    let bound = None;
                    found.push(Named { path, bound });
                }
            }
            TokenTree::Group(group) => walk(&without_tests(group.stream()), found),
            _ => {}
        }
    }
}

/// What follows a `::` here.
fn segment(tokens: &[TokenTree], at: usize) -> Option<String> {
    let colons = tokens.iter().skip(at).take(2).filter(|one| is_colon(one));
    match tokens.get(at + 2) {
        Some(TokenTree::Ident(word)) if colons.count() == 2 => Some(word.to_string()),
        _ => None,
    }
}

/// What an import names: `a::{b, c::d as e, f::*}`.
fn tree(tokens: &[TokenTree], before: &[String], found: &mut Vec<Named>) {
    for part in tokens.split(is_comma) {
        let mut path = before.to_vec();
        let mut bound = None;
        let mut words = part.iter();
        let mut branched = false;
        while let Some(token) = words.next() {
            match token {
                TokenTree::Ident(word) if *word == "as" => {
                    bound = words.next().map(ToString::to_string);
                }
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Punct(punct) if punct.as_char() == '*' => path.push("*".to_owned()),
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    tree(&inner, &path, found);
                    branched = true;
                }
                _ => {}
            }
        }
        if path.len() > before.len() && !branched {
            // `a::{self}` binds `a`.
            if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                path.pop();
            }
            let bound = bound.or_else(|| path.last().cloned());
            found.push(Named { path, bound });
        }
    }
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';')
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}

#[test]
fn imports_and_uses_are_found_and_tests_are_not() {
    let text = "pub(crate) use a::{b, c::{self, d as e}}; use f::*;
        fn g() -> super::h::I { made!(crate::j::k()) }
        #[cfg(test)] mod tests { use crate::only; } #[test] fn one() { crate::only::two() }";
    let found = named(text.parse().unwrap());
    let told: Vec<String> = found
        .iter()
        .map(|one| {
            let bound = one.bound.as_deref().unwrap_or("-");
            format!("{} {bound}", one.path.join("::"))
        })
        .collect();
    let expected = [
        "a::b b",
        "a::c c",
        "a::c::d e",
        "f::* *",
        "super::h::I -",
        "crate::j::k -",
    ];
    assert_eq!(told, expected);
}
