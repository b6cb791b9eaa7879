//! What can be said on the command line, or in the environment. The names stay put (design.md).

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::Error;
use padwatch_api::catalogue::words;
use transport::{ApiRoot, BadRoot};

/// The variables that stand for options.
const VARIABLES: [&str; 5] = [
    "PADWATCH_HIDDEN",
    "PADWATCH_SANDBOX",
    "PADWATCH_PROFILE",
    "PADWATCH_LEVER_API",
    "PADWATCH_CODERPAD_API",
];
/// Where what an option does begins, in characters.
const COLUMN: usize = 24;

/// The text of `--help`.
pub(crate) fn help() -> String {
    let words = words();
    let options = [
        ("--hidden", words.command_line_hidden()),
        ("--copy-latest", words.command_line_copy_latest()),
        ("--quit", words.command_line_quit()),
        ("--sandbox", words.command_line_demo()),
        ("--profile DIR", words.command_line_profile()),
        ("--lever-api URL", words.command_line_lever_api()),
        ("", words.command_line_lever_api_eu()),
        ("--coderpad-api URL", words.command_line_coderpad_api()),
        (
            "--print-keyring-service",
            words.command_line_keyring_service(),
        ),
        ("-h, --help", words.command_line_help()),
        ("-V, --version", words.command_line_version()),
    ];
    let options: String = options
        .iter()
        .map(|(option, does)| line(option, does))
        .collect();
    let about = words.command_line_about();
    let usage = words.command_line_usage("padwatch [OPTIONS]");
    let environment = words.command_line_environment();
    let variables = VARIABLES.map(|name| format!("  {name}\n")).concat();
    format!("{about}\n\n{usage}\n\n{options}\n{environment}\n\n{variables}")
}

fn line(option: &str, does: &str) -> String {
    match option.len() + 3 > COLUMN {
        true => format!("  {option}\n{:COLUMN$}{does}\n", ""),
        false => format!("{:COLUMN$}{does}\n", format!("  {option}")),
    }
}

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
    /// Have the Padwatch that is running copy the newest link that is ready to send, and end.
    CopyLatest(Box<Options>),
    /// Have the Padwatch that is running end.
    Quit(Box<Options>),
    /// Show the keyring's service for the profile and end.
    KeyringService(Box<Options>),
    /// Hand on a click on a notification, which is named by its address. Not for people.
    #[cfg(windows)]
    Clicked(String),
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
    #[error("{}", words().command_line_see_help(&in_words(.0)))]
    CommandLine(#[from] Error),
    /// An address is not accepted.
    #[error("{} {}", words().command_line_address(.address, .service), why_not(*.why))]
    Address {
        service: &'static str,
        address: String,
        why: BadRoot,
    },
    /// A switch in the environment is neither on nor off.
    #[error("{}", words().command_line_switch(.name, .text))]
    Switch { name: &'static str, text: String },
}

fn in_words(error: &Error) -> String {
    let words = words();
    match error {
        Error::MissingValue {
            option: Some(option),
        } => words.command_line_value_missing(option),
        Error::UnexpectedOption(option) => words.command_line_option_unknown(option),
        Error::UnexpectedValue { option, .. } => words.command_line_value_not_wanted(option),
        Error::UnexpectedArgument(text) | Error::NonUnicodeValue(text) => {
            words.command_line_text_unreadable(&text.to_string_lossy())
        }
        Error::ParsingFailed { value, .. } => words.command_line_text_unreadable(value),
        Error::MissingValue { option: None } | Error::Custom(_) => {
            words.command_line_text_unreadable("")
        }
    }
}

fn why_not(why: BadRoot) -> String {
    match why {
        BadRoot::NotAnAddress => words().command_line_address_not_an_address(),
        BadRoot::NotSecure => words().command_line_address_not_secure(),
        BadRoot::TooMuch => words().command_line_address_too_much(),
    }
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

        let (mut service, mut copy, mut quit) = (false, false, false);
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
                Long("copy-latest") => copy = true,
                Long("quit") => quit = true,
                #[cfg(target_os = "linux")]
                Long("keep-clipboard") => return Ok(Wanted::KeepClipboard),
                #[cfg(windows)]
                Long("clicked") => return clicked(&mut parser),
                Short('h') | Long("help") => return Ok(Wanted::Help),
                Short('V') | Long("version") => return Ok(Wanted::Version),
                other => return Err(other.unexpected().into()),
            }
        }
        let options = Box::new(Self {
            hidden,
            sandbox,
            profile: profile.map(PathBuf::from),
            lever: root("Lever", lever)?,
            lever_eu: root("Lever", lever_eu)?,
            coderpad: root("CoderPad", coderpad)?,
        });
        Ok(match (service, copy, quit) {
            (true, ..) => Wanted::KeyringService(options),
            (false, true, _) => Wanted::CopyLatest(options),
            (false, false, true) => Wanted::Quit(options),
            (false, false, false) => Wanted::Run(options),
        })
    }
}

/// The address may be a web page's: what follows it would be an option that the page has made up.
#[cfg(windows)]
fn clicked(parser: &mut lexopt::Parser) -> Result<Wanted, BadOptions> {
    use lexopt::ValueExt as _;

    let address = parser.value()?.string()?;
    match parser.next()? {
        None => Ok(Wanted::Clicked(address)),
        Some(more) => Err(more.unexpected().into()),
    }
}

fn root(service: &'static str, given: Option<String>) -> Result<Option<ApiRoot>, BadOptions> {
    let Some(address) = given else {
        return Ok(None);
    };
    match ApiRoot::parse(&address) {
        Ok(root) => Ok(Some(root)),
        Err(why) => Err(BadOptions::Address {
            service,
            address,
            why,
        }),
    }
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
            (
                &["--profil"][..],
                &[][..],
                "There’s no option “--profil”. For all options, run padwatch --help.",
            ),
            (&["--profile"], &[], "--profile needs a value."),
            (&["--hidden=yes"], &[], "--hidden doesn’t take a value."),
            (&["now"], &[], "Padwatch can’t read “now”."),
            (
                &["--lever-api", "http://api.lever.co"],
                &[],
                "Lever API base URL. Only https is accepted",
            ),
            (
                &["--coderpad-api", "nonsense"],
                &[],
                "“nonsense” as the CoderPad API base URL. It isn’t a web address.",
            ),
            (
                &[],
                &[("PADWATCH_HIDDEN", "maybe")],
                "PADWATCH_HIDDEN must be 1 or 0, not “maybe”.",
            ),
        ] {
            let words_shown = read(arguments, environment).unwrap_err().to_string();
            assert!(words_shown.contains(words), "{words_shown}");
        }
    }

    #[test]
    fn the_padwatch_of_the_profile_that_is_named_is_asked() {
        for option in ["--copy-latest", "--quit"] {
            match read(&[option, "--profile", "/p"], &[]).unwrap() {
                Wanted::CopyLatest(options) | Wanted::Quit(options) => {
                    assert_eq!(options.profile, Some(PathBuf::from("/p")));
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[cfg(windows)]
    #[test]
    fn a_web_page_that_links_to_a_notification_adds_no_option() {
        let clicked = read(&["--clicked", "padwatch:x"], &[]).unwrap();
        assert_eq!(clicked, Wanted::Clicked("padwatch:x".to_owned()));
        for added in ["--quit", "--lever-api=https://evil.test", "more"] {
            assert!(read(&["--clicked", "padwatch:x", added], &[]).is_err());
        }
    }

    #[test]
    fn help_and_version_are_answered_without_running() {
        assert_eq!(read(&["--help"], &[]).unwrap(), Wanted::Help);
        assert_eq!(read(&["-V"], &[]).unwrap(), Wanted::Version);
    }

    #[test]
    fn the_help_names_every_option_and_fits_into_a_terminal() {
        let help = help();
        let options = [
            "--hidden",
            "--copy-latest",
            "--quit",
            "--sandbox",
            "--profile DIR",
            "--lever-api URL",
            "--coderpad-api URL",
            "--print-keyring-service",
            "--help",
            "--version",
        ];
        for named in options.iter().chain(&VARIABLES) {
            assert!(help.contains(named), "{named}");
        }
        assert!(help.starts_with("Creates a CoderPad pad"));
        assert!(help.contains("\n  --hidden              Start in the tray"));
        assert!(
            help.lines().all(|line| line.chars().count() <= 100),
            "{help}"
        );
    }
}
