//! Writes a method for each message of the catalogue, so that a missing message, or a forgotten
//! argument, doesn't compile.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[path = "src/catalogue/messages.rs"]
mod messages;

use messages::{Argument, Message};

const ENGLISH: &str = "catalogue/en.ftl";

/// Codes name their messages themselves; the window reads its own.
const WITHOUT_METHODS: [&str; 6] = [
    "Problems", "Reasons", "Activity", "Triggers", "Notices", "Window",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={ENGLISH}");
    let source = fs::read_to_string(ENGLISH)?;
    let mut methods = String::from("impl Words {\n");
    for message in messages::read(&source)? {
        let is_without = |name: &&str| message.section.starts_with(name);
        if !WITHOUT_METHODS.iter().any(is_without) {
            method(&mut methods, &message)?;
        }
    }
    methods.push_str("}\n");
    let folder = env::var_os("OUT_DIR").ok_or("cargo names no folder")?;
    Ok(fs::write(Path::new(&folder).join("methods.rs"), methods)?)
}

fn method(methods: &mut String, message: &Message) -> std::fmt::Result {
    let name = message.key.replace(['-', '.'], "_");
    let mut parameters = String::new();
    let mut arguments = String::new();
    for Argument { name, is_number } in &message.arguments {
        let parameter = snake(name);
        let of = if *is_number { "impl Number" } else { "&str" };
        let value = if *is_number {
            format!("{parameter}.value()")
        } else {
            format!("FluentValue::from({parameter})")
        };
        write!(parameters, ", {parameter}: {of}")?;
        write!(arguments, "({name:?}, {value}), ")?;
    }
    let arguments = match arguments.as_str() {
        "" => "NONE".to_owned(),
        some => format!("[{some}]"),
    };
    writeln!(
        methods,
        "    /// {}\n    #[must_use]\n    pub fn {name}(&self{parameters}) -> String {{\n        \
         self.message({:?}, {arguments})\n    }}",
        // Rustdoc would look for what stands in brackets.
        message.pattern.replace('\n', " ").replace('[', "\\["),
        message.key,
    )
}

fn snake(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}
