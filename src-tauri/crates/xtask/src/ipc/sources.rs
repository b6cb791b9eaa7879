//! What both sides are compiled from, read as it is laid out.

use anyhow::{Context, Result, ensure};

/// Something that the page can ask.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Call {
    /// As it stands in JSON.
    pub(crate) kind: String,
    /// In a sentence or two.
    pub(crate) what: String,
    pub(crate) fields: Vec<Field>,
    /// What it is answered with, in TypeScript.
    pub(crate) result: String,
}

/// One argument.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// In TypeScript.
    pub(crate) of: String,
    pub(crate) what: String,
}

/// A kind of problem.
#[derive(Debug)]
pub(crate) struct Code {
    /// As it stands in JSON.
    pub(crate) name: String,
    pub(crate) meaning: String,
}

/// The rows of the table of calls.
pub(crate) fn calls(source: &str) -> Result<Vec<Call>> {
    let mut calls: Vec<Call> = Vec::new();
    let mut what = Vec::new();
    let mut in_fields = false;
    for line in body(source, "calls! { (engine, desktop)")?.lines() {
        let line = line.trim();
        if let Some(words) = line.strip_prefix("///") {
            what.push(words.trim());
        } else if let Some((head, rest)) = line.split_once(" -> ") {
            if !in_fields {
                calls.push(call(head, &mut what));
            }
            in_fields = false;
            let (result, _) = rest.split_once(" => ").context("a call without its work")?;
            let call = calls.last_mut().context("an answer before any call")?;
            call.result = in_typescript(result);
        } else if let Some(name) = line.strip_suffix(" {") {
            calls.push(call(name, &mut what));
            in_fields = true;
        } else if in_fields && !line.starts_with("#[") {
            let call = calls.last_mut().context("a field before any call")?;
            call.fields.push(field(line, &mut what)?);
        }
    }
    ensure!(!calls.is_empty(), "the table has no calls");
    Ok(calls)
}

fn call(name: &str, what: &mut Vec<&str>) -> Call {
    Call {
        kind: lower_camel(name),
        what: said(what),
        fields: Vec::new(),
        result: String::new(),
    }
}

fn field(line: &str, what: &mut Vec<&str>) -> Result<Field> {
    let (name, of) = line
        .trim_end_matches(',')
        .split_once(": ")
        .with_context(|| format!("not a field: {line}"))?;
    Ok(Field {
        name: lower_camel(name),
        of: in_typescript(of),
        what: said(what),
    })
}

/// The variants of `ProblemCode`.
pub(crate) fn codes(source: &str) -> Result<Vec<Code>> {
    let mut codes = Vec::new();
    let mut meaning = Vec::new();
    for line in body(source, "pub enum ProblemCode {")?.lines() {
        let line = line.trim();
        if let Some(words) = line.strip_prefix("///") {
            meaning.push(words.trim());
        } else if let Some(name) = line.strip_suffix(',') {
            codes.push(Code {
                name: lower_camel(name),
                meaning: said(&mut meaning),
            });
        }
    }
    ensure!(!codes.is_empty(), "`enum ProblemCode` has no variant");
    Ok(codes)
}

/// What stands between this line and the brace that closes it.
fn body<'s>(source: &'s str, opening: &str) -> Result<&'s str> {
    let after = source.split_once(&format!("{opening}\n"));
    let (_, after) = after.with_context(|| format!("there is no `{opening}`"))?;
    let inner = after.split_once("\n}");
    let (inner, _) = inner.with_context(|| format!("`{opening}` doesn't end"))?;
    Ok(inner)
}

fn said(words: &mut Vec<&str>) -> String {
    std::mem::take(words).join(" ")
}

/// `TestLever` and `public_address`, as serde's `camelCase` writes them.
fn lower_camel(name: &str) -> String {
    let mut written = String::new();
    let mut raise = false;
    for (place, letter) in name.chars().enumerate() {
        match letter {
            '_' => raise = true,
            _ if place == 0 => written.extend(letter.to_lowercase()),
            _ if raise => {
                written.extend(letter.to_uppercase());
                raise = false;
            }
            _ => written.push(letter),
        }
    }
    written
}

fn in_typescript(of: &str) -> String {
    if let Some(inner) = of.strip_prefix("Box<").and_then(|of| of.strip_suffix('>')) {
        return in_typescript(inner);
    }
    if let Some(inner) = of.strip_prefix("Vec<").and_then(|of| of.strip_suffix('>')) {
        return format!("{}[]", in_typescript(inner));
    }
    if let Some(inner) = of
        .strip_prefix("Option<")
        .and_then(|of| of.strip_suffix('>'))
    {
        return format!("{} | null", in_typescript(inner));
    }
    match of {
        "String" | "SecretString" => "string",
        "()" => "null",
        "bool" => "boolean",
        "u8" | "u16" | "u32" | "i64" => "number",
        other => other,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_read_with_their_words_and_arguments() {
        let source = "\
calls! { (engine, desktop)
    /// How things
    /// stand.
    Snapshot -> Vec<Seen> => seen(engine),
    /// Stores it.
    SetLeverKey {
        /// As pasted.
        #[serde(deserialize_with = \"pasted\")]
        with_gaps: SecretString,
    } -> () => set(engine, &key).await,
}
";
        let calls = calls(source).unwrap();
        let [snapshot, set] = calls.as_slice() else {
            panic!("{calls:?}");
        };
        assert_eq!(
            (&*snapshot.kind, &*snapshot.what),
            ("snapshot", "How things stand.")
        );
        assert_eq!(snapshot.result, "Seen[]");
        assert_eq!((&*set.kind, &*set.result), ("setLeverKey", "null"));
        let field = Field {
            name: "withGaps".into(),
            of: "string".into(),
            what: "As pasted.".into(),
        };
        assert_eq!(set.fields, [field]);
    }

    #[test]
    fn a_type_is_shown_as_the_page_knows_it() {
        assert_eq!(in_typescript("Box<Settings>"), "Settings");
        assert_eq!(in_typescript("Option<Vec<bool>>"), "boolean[] | null");
    }

    #[test]
    fn codes_are_read_with_their_meaning() {
        let source =
            "pub enum ProblemCode {\n    /// A key is\n    /// missing.\n    KeyMissing,\n}\n";
        let codes = codes(source).unwrap();
        assert_eq!(codes[0].name, "keyMissing");
        assert_eq!(codes[0].meaning, "A key is missing.");
    }
}
