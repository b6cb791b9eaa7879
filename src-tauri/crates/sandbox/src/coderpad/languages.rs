//! The languages of pads (contracts/coderpad.md, 3).

const KNOWN: &str = "angular bash c clojure coffeescript cpp csharp dart django elixir erlang fsharp gin go \
    haskell html java javascript julia kotlin lua markdown mysql nextjs node nodejs objc ocaml \
    perl php plaintext postgresql powershell python python3 r rails react ruby rust scala \
    solidity spring svelte swift tcl typescript vb verilog vue";

pub(super) fn is_known(language: &str) -> bool {
    let language = language.strip_prefix("multifile_").unwrap_or(language);
    KNOWN.split(' ').any(|known| known == language)
}

/// The file that an environment of that language begins with.
pub(super) fn first_file(language: &str) -> (&'static str, &'static str) {
    match language.strip_prefix("multifile_").unwrap_or(language) {
        "python" | "python3" | "django" => ("main.py", "print(\"Hello\")\n"),
        "javascript" | "node" | "nodejs" => ("index.js", "console.log(\"Hello\");\n"),
        "typescript" => ("index.ts", "console.log(\"Hello\");\n"),
        "rust" => ("main.rs", "fn main() {\n    println!(\"Hello\");\n}\n"),
        "java" => ("Main.java", "class Main {}\n"),
        "go" | "gin" => ("main.go", "package main\n"),
        "ruby" | "rails" => ("main.rb", "puts \"Hello\"\n"),
        "html" => ("index.html", "<h1>Hello</h1>\n"),
        "react" => ("App.jsx", "export default () => <p>Hello</p>;\n"),
        _ => ("main.txt", ""),
    }
}
