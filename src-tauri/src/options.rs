//! What can be said on the command line, or in the environment. The names stay put (design.md).

use std::ffi::OsString;
use std::path::PathBuf;

use transport::{ApiRoot, BadRoot};

/// The text of `--help`.
pub(crate) const HELP: &str = "\
Padwatch makes a CoderPad pad for each tagged Lever candidate, and hands over the link from the tray.

Usage: padwatch [OPTIONS]

  --hidden              start in the tray, without the window
  --sandbox             try it with sample data on this computer; no keys needed
  --profile DIR         keep the ledger and the logs in this folder
  --lever-api URL       the root of Lever's API (https, or http on this computer); given twice, the
                        second stands for Lever's EU region
  --coderpad-api URL    the root of CoderPad's API (https, or http on this computer)
  --print-keyring-service
                        show under which service the keyring holds this profile's keys
  --help                show this
  --version             show the version

Each can also be set in the environment: PADWATCH_HIDDEN, PADWATCH_SANDBOX, PADWATCH_PROFILE,
PADWATCH_LEVER_API, PADWATCH_CODERPAD_API. The command line counts more.
";

/// How Padwatch is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Options {
    /// Start in the tray, without the window.
    pub(crate) hidden: bool,
    /// Run against the sandbox.
    pub(crate) sandbox: bool,
    /// The profile folder; `None`: the platform's place for it.
    pub(crate) profile: Option<PathBuf>,
    /// Lever's root; `None`: as chosen in the settings.
    pub(crate) lever: Option<ApiRoot>,
    /// The root of Lever's EU region, where another one is named for the usual region.
    pub(crate) lever_eu: Option<ApiRoot>,
    /// CoderPad's root; `None`: as chosen in the settings.
    pub(crate) coderpad: Option<ApiRoot>,
}

/// What a start asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Run.
    Run(Box<Options>),
    /// Show the keyring's service for the profile and end.
    KeyringService(Box<Options>),
    /// Keep a text on the clipboard for a Padwatch that is ending. Not for people.
    #[cfg(target_os = "linux")]
    KeepClipboard,
    /// Show the help and end.
    Help,
    /// Show the version and end.
    Version,
}

/// Why a start can't be understood.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadOptions {
    /// The command line has something unknown or incomplete.
    #[error("{0}. See padwatch --help.")]
    CommandLine(#[from] lexopt::Error),
    /// An address is not accepted.
    #[error("{name} {text:?} can't be used: {why}.")]
    Address {
        name: &'static str,
        text: String,
        why: BadRoot,
    },
    /// A switch in the environment is neither on nor off.
    #[error("{name} must be 1 or 0, not {text:?}.")]
    Switch { name: &'static str, text: String },
}

impl Options {
    /// Reads the command line (without the program's name) and, for what it leaves out, the
    /// environment.
    pub(crate) fn read(
        arguments: impl IntoIterator<Item = OsString>,
        environment: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Wanted, BadOptions> {
        use lexopt::prelude::*;

        let text = |name: &str| environment(name).map(|value| value.to_string_lossy().into_owned());
        let mut hidden = switch("PADWATCH_HIDDEN", text("PADWATCH_HIDDEN").as_deref())?;
        let mut sandbox = switch("PADWATCH_SANDBOX", text("PADWATCH_SANDBOX").as_deref())?;
        let mut profile = environment("PADWATCH_PROFILE").filter(|path| !path.is_empty());
        let mut lever = text("PADWATCH_LEVER_API").filter(|root| !root.is_empty());
        let (mut lever_eu, mut is_named) = (None, false);
        let mut coderpad = text("PADWATCH_CODERPAD_API").filter(|root| !root.is_empty());

        let mut service = false;
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("hidden") => hidden = true,
                Long("sandbox") => sandbox = true,
                Long("profile") => profile = Some(parser.value()?),
                Long("lever-api") if is_named => lever_eu = Some(parser.value()?.string()?),
                Long("lever-api") => {
                    is_named = true;
                    lever = Some(parser.value()?.string()?);
                }
                Long("coderpad-api") => coderpad = Some(parser.value()?.string()?),
                Long("print-keyring-service") => service = true,
                #[cfg(target_os = "linux")]
                Long("keep-clipboard") => return Ok(Wanted::KeepClipboard),
                Short('h') | Long("help") => return Ok(Wanted::Help),
                Short('V') | Long("version") => return Ok(Wanted::Version),
                other => return Err(other.unexpected().into()),
            }
        }
        let options = Box::new(Self {
            hidden,
            sandbox,
            profile: profile.map(PathBuf::from),
            lever: root("The Lever API", lever)?,
            lever_eu: root("The Lever API", lever_eu)?,
            coderpad: root("The CoderPad API", coderpad)?,
        });
        Ok(match service {
            true => Wanted::KeyringService(options),
            false => Wanted::Run(options),
        })
    }
}

fn root(name: &'static str, given: Option<String>) -> Result<Option<ApiRoot>, BadOptions> {
    let Some(text) = given else {
        return Ok(None);
    };
    let root = ApiRoot::parse(&text).map_err(|why| BadOptions::Address { name, text, why })?;
    Ok(Some(root))
}

fn switch(name: &'static str, value: Option<&str>) -> Result<bool, BadOptions> {
    match value {
        None | Some("" | "0" | "false") => Ok(false),
        Some("1" | "true") => Ok(true),
        Some(text) => Err(BadOptions::Switch {
            name,
            text: text.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str], environment: &[(&str, &str)]) -> Result<Wanted, BadOptions> {
        let found = |name: &str| {
            let pair = environment.iter().find(|(key, _)| *key == name);
            pair.map(|(_, value)| OsString::from(value))
        };
        Options::read(arguments.iter().map(OsString::from), found)
    }

    fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Options {
        match read(arguments, environment).unwrap() {
            Wanted::Run(options) => *options,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn nothing_said_means_the_chosen_services_and_the_usual_folder() {
        let options = run(&[], &[]);
        assert_eq!((options.lever, options.coderpad), (None, None));
        assert_eq!(options.profile, None);
        assert!(!options.hidden && !options.sandbox);
    }

    #[test]
    fn every_option_can_be_given_in_both_ways() {
        let said = run(
            &[
                "--hidden",
                "--sandbox",
                "--profile",
                "/p",
                "--lever-api=http://127.0.0.1:1/v1",
                "--coderpad-api",
                "http://127.0.0.1:2",
            ],
            &[],
        );
        let set = run(
            &[],
            &[
                ("PADWATCH_HIDDEN", "1"),
                ("PADWATCH_SANDBOX", "true"),
                ("PADWATCH_PROFILE", "/p"),
                ("PADWATCH_LEVER_API", "http://127.0.0.1:1/v1"),
                ("PADWATCH_CODERPAD_API", "http://127.0.0.1:2"),
            ],
        );
        assert_eq!(said, set);
        assert!(said.hidden && said.sandbox);
    }

    #[test]
    fn a_second_lever_root_is_that_of_the_eu_region() {
        let roots = [
            "--lever-api=http://127.0.0.1:1/v1",
            "--lever-api=http://127.0.0.1:2/v1",
        ];
        let options = run(&roots, &[("PADWATCH_LEVER_API", "http://127.0.0.1:3/v1")]);
        let host = |root: Option<ApiRoot>| root.map(|root| root.host());
        assert_eq!(host(options.lever).as_deref(), Some("127.0.0.1:1"));
        assert_eq!(host(options.lever_eu).as_deref(), Some("127.0.0.1:2"));
    }

    #[test]
    fn the_command_line_counts_more_than_the_environment() {
        let options = run(&["--profile", "/a"], &[("PADWATCH_PROFILE", "/b")]);
        assert_eq!(options.profile, Some(PathBuf::from("/a")));
    }

    #[test]
    fn what_cannot_be_used_is_named_in_plain_words() {
        for (arguments, environment, words) in [
            (&["--profil"][..], &[][..], "--profil"),
            (&["--profile"], &[], "--profile"),
            (&["--lever-api", "http://api.lever.co"], &[], "only https"),
            (&["--coderpad-api", "nonsense"], &[], "not a web address"),
            (&[], &[("PADWATCH_HIDDEN", "maybe")], "PADWATCH_HIDDEN"),
        ] {
            let words_shown = read(arguments, environment).unwrap_err().to_string();
            assert!(words_shown.contains(words), "{words_shown}");
        }
    }

    #[test]
    fn help_and_version_are_answered_without_running() {
        assert_eq!(read(&["--help"], &[]).unwrap(), Wanted::Help);
        assert_eq!(read(&["-V"], &[]).unwrap(), Wanted::Version);
    }
}
