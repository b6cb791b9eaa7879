//! How much may stand in one place.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

use crate::sources::Source;

const LONGEST_FILE: usize = 500;
const LONGEST_FUNCTION: usize = 60;
const MOST_FIELDS: usize = 15;

/// A function or a struct that has a body.
#[derive(Debug)]
pub(crate) struct Item {
    kind: String,
    name: String,
    lines: usize,
    /// Of a struct.
    fields: usize,
}

/// What is too long, a line for each.
pub(crate) fn exceeded(source: &Source) -> Vec<String> {
    let path = &source.path;
    let mut found = Vec::new();
    if source.lines > LONGEST_FILE {
        found.push(format!("{path}: {} lines", source.lines));
    }
    for item in &source.items {
        let name = &item.name;
        if item.kind == "fn" && item.lines > LONGEST_FUNCTION {
            found.push(format!("{path}: fn {name} of {} lines", item.lines));
        }
        if item.kind == "struct" && item.fields > MOST_FIELDS {
            found.push(format!("{path}: struct {name} of {} fields", item.fields));
        }
    }
    found
}

/// Each function and struct that has a body, however deep, in macros too.
pub(crate) fn items(tokens: TokenStream) -> Vec<Item> {
    let mut found = Vec::new();
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match (token, tokens.get(at + 1)) {
            (TokenTree::Ident(kind), Some(TokenTree::Ident(name)))
                if *kind == "fn" || *kind == "struct" =>
            {
                let body = body(tokens.get(at + 2..).unwrap_or_default());
                found.extend(body.map(|body| Item {
                    kind: kind.to_string(),
                    name: name.to_string(),
                    lines: body.span_close().end().line + 1 - kind.span().start().line,
                    fields: fields(body),
                }));
            }
            (TokenTree::Group(group), _) => found.extend(items(group.stream())),
            _ => {}
        }
    }
    found
}

/// The braces that follow, unless the item ends before.
fn body(tokens: &[TokenTree]) -> Option<&Group> {
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return Some(group),
            TokenTree::Punct(punct) if punct.as_char() == ';' => return None,
            _ => {}
        }
    }
    None
}

/// Colons that stand alone: one after the name of each field.
fn fields(body: &Group) -> usize {
    let mut joined = false;
    let mut fields = 0;
    for token in body.stream() {
        let colon = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':');
        let joint = matches!(&token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
        if colon && !joint && !joined {
            fields += 1;
        }
        joined = colon && joint;
    }
    fields
}

#[test]
fn what_stands_in_modules_and_macros_is_counted_too() {
    let long = "\n".repeat(LONGEST_FUNCTION - 1);
    let fields: String = (0..=MOST_FIELDS)
        .map(|number| format!("f{number}: std::vec::Vec<u8>, "))
        .collect();
    let fewer = fields.replacen("f0: std::vec::Vec<u8>, ", "", 1);
    for (text, expected) in [
        (format!("fn short() {{{long}}}"), 0),
        (format!("mod tests {{ fn long() {{\n{long}}} }}"), 1),
        (
            format!("made! {{ pub(crate) async fn long() -> u8 {{\n{long}}} }}"),
            1,
        ),
        (
            format!("struct Wide<T: Copy> where T: Sized {{ {fields} }}"),
            1,
        ),
        (format!("struct Fits {{ {fewer} }}"), 0),
        (format!("struct Empty; fn other(f: fn(u8)) {{ {long} }}"), 0),
        ("\n".repeat(LONGEST_FILE + 1), 1),
    ] {
        let found = exceeded(&Source::new("one.rs", &text));
        assert_eq!(found.len(), expected, "{found:?} in {text}");
    }
}
