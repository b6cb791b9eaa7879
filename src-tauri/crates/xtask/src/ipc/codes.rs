use anyhow::{Context, Result, ensure};

/// A kind of problem.
#[derive(Debug)]
pub(crate) struct Code {
    /// As it stands in JSON.
    pub(crate) name: String,
    pub(crate) meaning: String,
}

/// Reads the variants of `ProblemCode` from its source, as rustfmt lays it out.
pub(crate) fn read(source: &str) -> Result<Vec<Code>> {
    let (_, body) = source
        .split_once("pub enum ProblemCode {\n")
        .context("there is no `enum ProblemCode`")?;
    let (body, _) = body
        .split_once("\n}")
        .context("`enum ProblemCode` doesn't end")?;
    let mut codes = Vec::new();
    let mut meaning = Vec::new();
    for line in body.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            meaning.push(words.trim());
        } else if let Some(name) = line.strip_suffix(',') {
            let (first, rest) = name.split_at_checked(1).context("a nameless variant")?;
            codes.push(Code {
                name: first.to_lowercase() + rest,
                meaning: std::mem::take(&mut meaning).join(" "),
            });
        }
    }
    ensure!(!codes.is_empty(), "`enum ProblemCode` has no variant");
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_with_their_meaning() {
        let source =
            "pub enum ProblemCode {\n    /// A key is\n    /// missing.\n    KeyMissing,\n}\n";
        let codes = read(source).unwrap();
        assert_eq!(codes[0].name, "keyMissing");
        assert_eq!(codes[0].meaning, "A key is missing.");
    }
}
