//! The Tauri application: what is set up before anything runs, and what keeps it running.

use std::process::ExitCode;
use std::sync::Arc;

use padwatch_engine::problem::Problem;
use tauri::{App, AppHandle, Manager as _, RunEvent, Wry};

use crate::options::Options;
use crate::profile::Profile;
use crate::shell::Shell;
use crate::tray::Click;
use crate::{logs, restart, start};

/// Why Padwatch can't start at all. Everything less is told in the window.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CannotStart {
    #[error("{} {}", .0.message, .0.hint)]
    Profile(#[from] Problem),
    #[cfg(target_os = "linux")]
    #[error("there is no screen to show anything on. Start Padwatch from a desktop session.")]
    NoScreen,
    #[error("the desktop can't be used: {0}")]
    Desktop(#[from] tauri::Error),
    #[error("this computer refuses a thread or a file: {0}")]
    System(#[from] std::io::Error),
}

/// Runs until the person quits.
pub(crate) fn run(options: Options) -> Result<ExitCode, CannotStart> {
    prepare_desktop()?;
    let profile = Profile::open(options.profile.as_deref(), options.sandbox)?;
    logs::start(
        &profile.logs(),
        std::env::var("PADWATCH_LOG").ok().as_deref(),
    )?;
    // One worker is enough for a program that mostly waits, and every thread costs memory.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    tauri::async_runtime::set(runtime.handle().clone());
    let app = build(options, profile)?;
    let code = app.run_return(keep_running);
    // A keyring prompt that nobody answered must not hold the end up.
    runtime.shutdown_background();
    if code == restart::CODE {
        return Err(restart::again().into());
    }
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

fn build(options: Options, profile: Profile) -> Result<App, tauri::Error> {
    // The first plugin: a second start must be noticed before anything else happens.
    let builder = tauri::Builder::default().plugin(single_instance(&profile));
    with_autostart(builder, &options)
        .on_menu_event(|app, event| click(app, event.id().as_ref()))
        .setup(move |app| Ok(start::start(app.handle(), &options, &profile)?))
        .build(context())
}

fn click(app: &AppHandle, id: &str) {
    let Ok(click) = serde_json::from_str::<Click>(id) else {
        return;
    };
    let Some(shell) = app.try_state::<Arc<Shell>>() else {
        return;
    };
    let shell = Arc::clone(&shell);
    tauri::async_runtime::spawn(async move { shell.click(click).await });
}

/// One Padwatch for each profile folder: a second start shows the window of the first.
fn single_instance(profile: &Profile) -> tauri::plugin::TauriPlugin<Wry> {
    tauri_plugin_single_instance::Builder::new()
        .dbus_id(format!("io.padwatch.Profile_{}", profile.fingerprint()))
        .callback(|app, arguments, _| {
            let hidden = arguments.iter().any(|argument| argument == "--hidden");
            if !hidden && let Some(shell) = app.try_state::<Arc<Shell>>() {
                shell.window.open();
            }
        })
        .build()
}

/// Adds what tells the platform which programs start at login. Linux needs no plugin for that.
#[cfg(not(target_os = "linux"))]
fn with_autostart(builder: tauri::Builder<Wry>, options: &Options) -> tauri::Builder<Wry> {
    let mut plugin = tauri_plugin_autostart::Builder::new()
        .app_name("padwatch")
        .arg("--hidden");
    if let Some(profile) = options.profile.as_deref().and_then(|path| path.to_str()) {
        plugin = plugin.args(["--profile", profile]);
    }
    builder.plugin(plugin.build())
}

#[cfg(target_os = "linux")]
fn with_autostart(builder: tauri::Builder<Wry>, _: &Options) -> tauri::Builder<Wry> {
    builder
}

/// There is no window here that could be the last to close; only an exit with a code is meant.
fn keep_running(_: &AppHandle, event: RunEvent) {
    if let RunEvent::ExitRequested {
        code: None, api, ..
    } = event
    {
        api.prevent_exit();
    }
}

/// The configuration, the icons and the page, as they were compiled in.
pub(crate) fn context() -> tauri::Context<Wry> {
    tauri::generate_context!()
}

/// What is needed before anything can be shown. Tauri panics where this only says no.
pub(crate) fn prepare_desktop() -> Result<(), CannotStart> {
    #[cfg(target_os = "linux")]
    gtk::init().map_err(|_| CannotStart::NoScreen)?;
    Ok(())
}
