use anyhow::{Context, Result, ensure};

/// Something that the page can ask.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Call {
    /// As it stands in JSON.
    pub(crate) kind: String,
    /// In a sentence or two.
    pub(crate) what: String,
    pub(crate) fields: Vec<Field>,
}

/// One argument.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// In TypeScript.
    pub(crate) of: String,
    pub(crate) what: String,
}

/// Reads the variants of `Call` from its source, as rustfmt lays it out.
pub(crate) fn read(source: &str) -> Result<Vec<Call>> {
    let (_, body) = source
        .split_once("pub enum Call {\n")
        .context("there is no `enum Call`")?;
    let (body, _) = body.split_once("\n}").context("`enum Call` doesn't end")?;
    let mut calls: Vec<Call> = Vec::new();
    let mut what = Vec::new();
    for line in body.lines() {
        let depth = line.len() - line.trim_start().len();
        let line = line.trim();
        if let Some(words) = line.strip_prefix("///") {
            what.push(words.trim());
            continue;
        }
        if line.starts_with("#[") || line == "}," {
            continue;
        }
        if depth == 4 {
            let name = line.trim_end_matches(['{', ',', ' ']);
            calls.push(Call {
                kind: lower_camel(name),
                what: said(&mut what),
                fields: Vec::new(),
            });
        } else {
            let (name, of) = line
                .trim_end_matches(',')
                .split_once(": ")
                .with_context(|| format!("not a field: {line}"))?;
            let call = calls.last_mut().context("a field before any call")?;
            call.fields.push(Field {
                name: lower_camel(name),
                of: in_typescript(of),
                what: said(&mut what),
            });
        }
    }
    ensure!(!calls.is_empty(), "`enum Call` has no variant");
    Ok(calls)
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
/// Whatever.
pub enum Call {
    /// How things
    /// stand.
    Snapshot,
    /// Stores it.
    SetLeverKey {
        /// As pasted.
        #[serde(deserialize_with = \"pasted\")]
        with_gaps: SecretString,
    },
}
";
        let calls = read(source).unwrap();
        let [snapshot, set] = calls.as_slice() else {
            panic!("{calls:?}");
        };
        assert_eq!(
            (&*snapshot.kind, &*snapshot.what),
            ("snapshot", "How things stand.")
        );
        assert_eq!(set.kind, "setLeverKey");
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
}
