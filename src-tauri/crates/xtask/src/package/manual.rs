//! The manual page, made of what `padwatch --help` prints.

/// In the form of man(7). Options and variables are those of the help, in its order.
pub(super) fn page(help: &str, version: &str) -> String {
    let mut parts = help.split("\n\n");
    let about = parts.next().unwrap_or_default().trim();
    let mut page = format!(
        ".TH PADWATCH 1 \"\" \"Padwatch {version}\" \"User Commands\"\n.SH NAME\n\
         padwatch \\- {}\n.SH SYNOPSIS\n.B padwatch\n[\\fIOPTIONS\\fR]\n.SH OPTIONS\n",
        escaped(about.trim_end_matches('.'))
    );
    let mut in_options = true;
    for line in parts.flat_map(str::lines).filter(|line| !line.is_empty()) {
        let Some(item) = line.strip_prefix("  ") else {
            // "Usage: …", then the line above the variables.
            if !line.starts_with("Usage") {
                in_options = false;
                page.push_str(".SH ENVIRONMENT\n");
                page.push_str(&format!("{}\n", escaped(line)));
            }
            continue;
        };
        match item.trim_start() {
            // Continuation lines are indented to where the descriptions begin.
            more if item.starts_with("   ") => page.push_str(&format!("{}\n", escaped(more))),
            item if in_options => page.push_str(&option(item)),
            variable => page.push_str(&format!(".br\n.B {variable}\n")),
        }
    }
    page
}

fn option(item: &str) -> String {
    let (option, does) = item.split_once("  ").unwrap_or((item, ""));
    let does = escaped(does.trim());
    let end = if does.is_empty() { "" } else { "\n" };
    format!(".TP\n.B {}\n{does}{end}", escaped(option))
}

/// A hyphen of roff would be a dash, and a leading dot a command.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    match text.starts_with(['.', '\'']) {
        true => format!("\\&{text}"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_and_variable_of_the_help_is_in_the_manual() {
        let help = "Creates pads.\n\nUsage: padwatch [OPTIONS]\n\n  --hidden              Start in the \
                    tray\n  --lever-api URL       Lever API base URL\n                        Add it \
                    again\n  --print-keyring-service\n                        Show the name\n\n\
                    Environment variables:\n\n  PADWATCH_HIDDEN\n";
        let expected = "\
.TH PADWATCH 1 \"\" \"Padwatch 0.1.0\" \"User Commands\"
.SH NAME
padwatch \\- Creates pads
.SH SYNOPSIS
.B padwatch
[\\fIOPTIONS\\fR]
.SH OPTIONS
.TP
.B \\-\\-hidden
Start in the tray
.TP
.B \\-\\-lever\\-api URL
Lever API base URL
Add it again
.TP
.B \\-\\-print\\-keyring\\-service
Show the name
.SH ENVIRONMENT
Environment variables:
.br
.B PADWATCH_HIDDEN
";
        assert_eq!(page(help, "0.1.0"), expected);
    }
}
