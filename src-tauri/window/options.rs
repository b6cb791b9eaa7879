//! What the window's program is started with. Padwatch starts it; this answers who tries by hand.

use std::ffi::OsString;

/// The text of `--help`.
pub(crate) const HELP: &str = "\
Shows Padwatch's window. Padwatch starts this program when you open the window, and answers it over
standard input and output. By hand it has nothing to show: run padwatch instead.

Usage: padwatch-window [FILE]

  FILE         Remember the window's size in this file
  -h, --help   Show this help
";

/// What a start asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Show the window.
    Window {
        /// The file that remembers its size.
        sizes: Option<String>,
    },
    /// Show the help and end.
    Help,
    /// There is no such option.
    Unknown(String),
}

impl Wanted {
    /// Reads the command line, without the program's name.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Self {
        let mut words = arguments.into_iter();
        let word = words.next().map(|word| word.to_string_lossy().into_owned());
        match word.as_deref() {
            Some("-h" | "--help") => Self::Help,
            Some(option) if option.starts_with('-') => Self::Unknown(option.to_owned()),
            _ => Self::Window { sizes: word },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Wanted {
        Wanted::read(arguments.iter().map(OsString::from))
    }

    #[test]
    fn a_file_or_nothing_is_a_window_and_an_option_never_is() {
        let sizes = |file: Option<&str>| Wanted::Window {
            sizes: file.map(str::to_owned),
        };
        assert_eq!(read(&[]), sizes(None));
        assert_eq!(read(&["/p/window.json"]), sizes(Some("/p/window.json")));
        assert_eq!(read(&["--help"]), Wanted::Help);
        assert_eq!(read(&["--hidden"]), Wanted::Unknown("--hidden".to_owned()));
    }
}
