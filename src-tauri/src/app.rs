//! The program from its start to its end: what is set up before anything runs, and what ends it.

use std::process::ExitCode;

use padwatch_api::catalogue::{speak_in, words};
use padwatch_api::{Locale, dto};
use padwatch_domain::problem::Problem;

use crate::display::Display;
use crate::options::Options;
use crate::profile::Profile;
use crate::quit::RESTART_CODE;
#[cfg(windows)]
use crate::single_instance::hand_on;
use crate::single_instance::{Claim, NotClaimed, Start, ask_to_copy, ask_to_quit, claim};
use crate::start::Found;
use crate::this_program::{Program, takes_a_place};
use crate::tray::{Identity, MainLoop};
use crate::{logs, memory, start};

/// Why Padwatch can't start at all. Everything less is told in the window.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CannotStart {
    #[error("{}", told(.0))]
    Profile(#[from] Problem),
    #[error("{}", words().command_line_no_display())]
    NoScreen,
    #[error(transparent)]
    Claim(#[from] NotClaimed),
    #[error("{}", words().command_line_system(&.0.to_string()))]
    System(#[from] std::io::Error),
}

fn told(problem: &Problem) -> String {
    let told = dto::problem::Problem::from(problem.clone());
    format!("{} {}", told.message, told.hint)
}

/// Runs until the person quits.
pub(crate) fn run(options: &Options) -> Result<ExitCode, CannotStart> {
    let program = Program::remember()?;
    // One worker is enough for a program that mostly waits, and every thread costs memory.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let entered = runtime.enter();
    let display = Display::open().ok_or(CannotStart::NoScreen)?;
    let profile = Profile::open(options.profile.as_deref(), options.sandbox)?;
    logs::start(
        &profile.logs(),
        std::env::var("PADWATCH_LOG").ok().as_deref(),
    )?;
    if let Err(error) = memory::keep_private() {
        tracing::warn!(%error, "the system may keep what was in memory when Padwatch crashes");
    }
    let alone = match runtime.block_on(claim(&profile, kind(options)))? {
        Claim::Alone(alone) => alone,
        Claim::Second => return Ok(ExitCode::SUCCESS),
    };
    // Before the first word: an icon's title is one.
    let locale = Locale::of_system(&crate::locale::of_system());
    speak_in(&locale);
    let identity = Identity::of(&profile, options.profile.as_deref(), options.sandbox);
    let main_loop = MainLoop::new(identity.clone());
    #[cfg(target_os = "macos")]
    let main_loop = main_loop.opening_window(!options.hidden);
    let sandbox = start::start(
        &main_loop.thread(),
        &runtime,
        options,
        &profile,
        Found {
            display,
            alone,
            program: program.clone(),
            locale,
            identity,
        },
    )?;
    let code = main_loop.run();
    drop((sandbox, entered));
    // A keyring prompt that no one answered must not hold the end up.
    runtime.shutdown_background();
    if code == RESTART_CODE {
        return Err(program.again().into());
    }
    Ok(ExitCode::from(code))
}

fn kind(options: &Options) -> Start {
    match (takes_a_place(), options.hidden) {
        (true, _) => Start::Again,
        (false, true) => Start::Hidden,
        (false, false) => Start::Shown,
    }
}

/// Has the Padwatch of the profile end, if it runs.
pub(crate) fn quit(options: &Options) -> Result<(), CannotStart> {
    let profile = Profile::open(options.profile.as_deref(), options.sandbox)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    Ok(runtime.block_on(ask_to_quit(&profile))?)
}

/// Hands a click on a notification to the Padwatch that showed it. Returns false if it doesn't run.
#[cfg(windows)]
pub(crate) fn hand_on_click(address: &str) -> std::io::Result<bool> {
    use crate::notifications::toast_address::ToastAddress;

    let Some(address) = ToastAddress::of(address) else {
        return Ok(false);
    };
    crate::activation::pass_on();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    Ok(runtime.block_on(hand_on(&address)))
}

/// Has the Padwatch of the profile copy the newest link that is ready to send. Answers what was
/// copied, or why nothing was, in words.
pub(crate) fn copy_latest(options: &Options) -> Result<Result<String, String>, CannotStart> {
    let profile = Profile::open(options.profile.as_deref(), options.sandbox)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    Ok(runtime.block_on(ask_to_copy(&profile))?)
}

/// The keyring's service for the profile that the options name.
pub(crate) fn keyring_service(options: &Options) -> Result<String, CannotStart> {
    Ok(Profile::open(options.profile.as_deref(), false)?.keyring_service())
}
