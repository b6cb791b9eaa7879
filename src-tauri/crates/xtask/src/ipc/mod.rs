//! `docs/ipc.md`: every call that the page can make, written from the sources that both sides are
//! compiled from.

mod sources;

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::ipc::sources::{Call, Code};
use crate::project::Project;
use crate::say;

const HEAD: &str = "\
# What the window can ask

Written by `cargo xtask ipc` from the table in `api/src/call.rs` and from
`domain/src/problem/code.rs`; a test fails when they differ. Don't edit it by hand.

The page asks with one command, `ask`, and hears two events, `snapshot` and `candidate-wanted`. (Two
more, `close` and `zoom`, are about the window itself, which does them without Padwatch.) A call is an
object with its `kind` and its arguments; a field that is not listed is refused. The answer is the result below, or
a [`Problem`](../ui/src/bindings/Problem.ts): a `code` for programs, and two sentences for a person,
`message` (what happened) and `hint` (what to do). `snapshot` carries a
[`Seen`](../ui/src/bindings/Seen.ts) whenever something has changed. `candidate-wanted` carries nothing: the
page asks for `wanted` then.

A key goes in and never comes out: no result holds one.
";

/// Writes the document.
pub(crate) fn renew(project: &Project) -> Result<()> {
    let path = kept(project);
    fs::write(&path, document(project)?)
        .with_context(|| format!("can't write {}", path.display()))?;
    say::line(format_args!("Written: {}", path.display()));
    Ok(())
}

fn kept(project: &Project) -> PathBuf {
    project.root().join("docs/ipc.md")
}

fn document(project: &Project) -> Result<String> {
    let read = |path: &str| {
        fs::read_to_string(project.root().join(path)).with_context(|| format!("can't read {path}"))
    };
    let calls = sources::calls(&read("src-tauri/crates/api/src/call.rs")?)?;
    let codes = sources::codes(&read("src-tauri/crates/domain/src/problem/code.rs")?)?;
    let is_type = |name: &str| project.bindings().join(format!("{name}.ts")).is_file();

    let mut text = String::from(HEAD);
    text.push_str("\n## Calls\n\n| call | arguments | result |\n| --- | --- | --- |\n");
    for call in &calls {
        let cells = [
            format!("**`{}`** {}", call.kind, call.what),
            arguments(call, &is_type),
            linked(&call.result, &is_type),
        ];
        writeln!(text, "| {} |", cells.join(" | "))?;
    }
    text.push_str("\n## Codes\n\n| code | meaning |\n| --- | --- |\n");
    for Code { name, meaning } in &codes {
        writeln!(text, "| `{name}` | {meaning} |")?;
    }
    Ok(text)
}

fn arguments(call: &Call, is_type: &dyn Fn(&str) -> bool) -> String {
    let shown = call.fields.iter().map(|field| {
        let of = linked(&field.of, is_type);
        format!("`{}`: {of}. {}", field.name, field.what)
    });
    shown.collect::<Vec<_>>().join("<br>")
}

/// A type, with the way to its declaration.
fn linked(of: &str, is_type: &dyn Fn(&str) -> bool) -> String {
    let name = of.trim_end_matches("[]");
    if is_type(name) {
        format!("[`{of}`](../ui/src/bindings/{name}.ts)")
    } else {
        // A bar would end the table's cell.
        format!("`{}`", of.replace('|', r"\|"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_what_the_code_says() {
        let project = Project::find().unwrap();
        let now = document(&project).unwrap();
        let kept = fs::read_to_string(kept(&project)).unwrap();
        assert!(
            now == kept,
            "docs/ipc.md has drifted from the code; run: cargo xtask ipc"
        );
    }
}
