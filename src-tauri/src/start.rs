//! Connects the parts at the start: engine, keyring, tray, window, notifications.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use padwatch_api::{Connection, Locale, copy_latest, follow_demo, note_words};
use padwatch_domain::announcement::Announcement;
use padwatch_engine::listen;
use padwatch_engine::{Engine, EngineConfig};
use sandbox::Running;
use tokio::runtime::Runtime;
use tokio::spawn;
use tokio::sync::{Mutex, Notify, mpsc};
use transport::{Clock, Proxy, SystemClock, SystemRng, Web};

use crate::account_lock::AccountLock;
use crate::activation::ActivationToken;
use crate::autostart::Autostart;
use crate::clipboard::Clipboard;
use crate::connection::{Connections, Named};
use crate::display::Display;
use crate::forgotten::Forgotten;
use crate::keyring::Keyring;
use crate::notices::{About, Notices, Part, connection_unreadable};
use crate::options::Options;
#[cfg(target_os = "linux")]
use crate::parts::watch_host;
use crate::parts::{
    follow_changes, follow_tray, follow_updates, keep_keys, keep_window, tell,
    wait_for_first_answer,
};
use crate::profile::Profile;
use crate::quit;
use crate::sandbox::{Sandbox, look_often};
use crate::shell::{Failure, Secrets, Services, Shell, Signals, StartedAs};
use crate::single_instance::Alone;
use crate::supervision::{keep_up, mind_engine};
use crate::this_program::Program;
use crate::tray::{Identity, MainThread};
use crate::updates;
use crate::window::{Window, WindowRequests};

/// What was found before the start.
pub(crate) struct Found {
    pub(crate) display: Display,
    /// No other Padwatch has this profile.
    pub(crate) alone: Alone,
    /// This program.
    pub(crate) program: Program,
    /// That of the system's region, in which everything is said.
    pub(crate) locale: Locale,
    pub(crate) identity: Identity,
}

/// Starts everything. The program runs until the person quits; the sandbox's servers run as long
/// as what is returned is kept.
pub(crate) fn start(
    main_thread: &MainThread,
    runtime: &Runtime,
    options: &Options,
    profile: &Profile,
    found: Found,
) -> io::Result<Option<Running>> {
    let clock = clock();
    let sandbox = match options.sandbox {
        true => Some(runtime.block_on(Sandbox::start(clock.clone()))?),
        false => None,
    };
    let connections = Connections::read(profile.folder(), named(sandbox.as_ref(), options))?;
    let secrets = secrets(sandbox.as_ref(), options, profile)?;
    let mut config = engine_config(&connections, &clock, profile, sandbox.is_some())?;
    config.note_words = note_words(found.locale.clone());
    let services = Services {
        control_page: sandbox.as_ref().map(|it| it.control.clone()),
        demo: sandbox.as_ref().map(|it| it.running.world.clone()),
        connections,
    };
    config.requests = Some(runtime.handle().clone());
    let (engine, handle, announcements) = padwatch_engine::start(config);
    run_engine(engine)?;
    let (failures, failed) = mpsc::channel(8);
    let (window, requests) = Window::new();
    let shell = Arc::new(Shell {
        main_thread: main_thread.clone(),
        identity: found.identity,
        window,
        engine: handle,
        clock,
        locale: found.locale,
        secrets,
        clipboard: Clipboard::start()?,
        autostart: Autostart::new(options.profile.as_deref())?,
        services,
        start: StartedAs {
            program: found.program,
            profile: options.profile.clone(),
            logs: profile.logs(),
            window_state: profile.folder().join("window.json"),
        },
        notices: Notices::new(),
        signals: Signals::new(failures),
        is_ending: AtomicBool::new(false),
    });
    #[cfg(windows)]
    crate::notifications::toast::introduce(profile);
    hear_the_desktop(&shell, runtime, found.alone, found.display);
    if sandbox.is_some() {
        spawn(let_the_demo_happen(shell.clone()));
    }
    renew_autostart(&shell.autostart, options);
    follow(&shell, announcements, failed, requests);
    show(&shell, options.hidden);
    Ok(sandbox.map(|sandbox| sandbox.running))
}

/// The computer's time. A build for tests can run faster since a moment, in ms since the epoch: what
/// happens around an interview is seen in seconds then.
fn clock() -> Arc<dyn Clock> {
    #[cfg(debug_assertions)]
    if let Ok(fast) = std::env::var("PADWATCH_FAST_SINCE")
        && let Some((rate, since_ms)) = fast.split_once(':')
        && let (Ok(rate), Ok(since_ms)) = (rate.parse(), since_ms.parse())
    {
        return Arc::new(transport::FastClock::running_since(since_ms, rate));
    }
    Arc::new(SystemClock::new())
}

async fn let_the_demo_happen(shell: Arc<Shell>) {
    look_often(&shell.engine).await;
    follow_demo(&shell.engine, &*shell).await;
}

/// The keyring and what may be done with what is in it. The sandbox's keys are its own.
fn secrets(sandbox: Option<&Sandbox>, options: &Options, profile: &Profile) -> io::Result<Secrets> {
    let (lever_named, coderpad_named) = (options.lever.is_some(), options.coderpad.is_some());
    let keyring = match sandbox {
        Some(sandbox) => Keyring::in_memory(sandbox.keys.clone())?,
        None => Keyring::system(profile, lever_named && coderpad_named)?,
    };
    Ok(Secrets {
        keyring,
        forgotten: Forgotten::read(profile.folder()),
        account: AccountLock::new(),
        changed: Notify::new(),
    })
}

/// The roots that count more than what is chosen: the sandbox's, or those of the command line.
fn named(sandbox: Option<&Sandbox>, options: &Options) -> Named {
    match sandbox {
        Some(sandbox) => Named {
            lever: Some(sandbox.lever.clone()),
            lever_eu: None,
            coderpad: Some(sandbox.coderpad.clone()),
        },
        None => Named {
            lever: options.lever.clone(),
            lever_eu: options.lever_eu.clone(),
            coderpad: options.coderpad.clone(),
        },
    }
}

fn engine_config(
    connections: &Connections,
    clock: &Arc<dyn Clock>,
    profile: &Profile,
    demo: bool,
) -> io::Result<EngineConfig> {
    let agent = concat!("Padwatch/", env!("CARGO_PKG_VERSION"));
    let web = Web::through(agent, &proxy(&connections.in_use())).map_err(io::Error::other)?;
    let config = EngineConfig::new(
        profile.folder().to_owned(),
        Arc::new(web),
        connections.roots(),
        clock.clone(),
        Arc::new(SystemRng),
    );
    Ok(match demo {
        true => config.unlimited(),
        false => config,
    })
}

/// What comes from outside: clicks, the display's end, a second start.
fn hear_the_desktop(shell: &Arc<Shell>, runtime: &Runtime, alone: Alone, display: Display) {
    wait_for_first_answer(shell);
    if !shell.services.connections.is_readable() {
        let unreadable = connection_unreadable();
        shell.notices.set(About::Connection, Some(unreadable));
    }
    shell.hear_clicks(runtime.handle());
    #[cfg(not(target_os = "linux"))]
    shell.hear_session_end(runtime.handle());
    let all = shell.clone();
    spawn(async move {
        match display.lost().await {
            Ok(()) => quit::after_display_loss(&all).await,
            Err(error) => tracing::warn!(%error, "the display can't be followed"),
        }
    });
    let (copying, quitting) = (shell.clone(), shell.clone());
    let copy = move || {
        let shell = copying.clone();
        async move { copy_latest(&shell.engine, shell.as_ref()).await }
    };
    let quit = move || {
        let shell = quitting.clone();
        spawn(async move { quit::quit(&shell).await });
    };
    spawn(alone.listen(shell.window.clone(), copy, quit));
}

/// The proxy as chosen. One that can't be read is not gone round: the system's is what a company
/// wants to be used.
fn proxy(chosen: &Connection) -> Proxy {
    chosen.proxy().unwrap_or_default()
}

/// Starting at login names this program by its place, which an update may have changed. A profile
/// of one's own or the sandbox must not take the place of the real one.
fn renew_autostart(autostart: &Autostart, options: &Options) {
    let usual = options.profile.is_none() && !options.sandbox;
    if usual && let Err(error) = autostart.renew() {
        tracing::warn!(%error, "starting at login could not be renewed");
    }
}

/// The engine owns its state and the ledger on a thread of its own, so that nothing the desktop does
/// delays it, and nothing it writes delays a request.
fn run_engine(engine: Engine) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::Builder::new()
        .name("engine".to_owned())
        .spawn(move || runtime.block_on(engine.run()))?;
    Ok(())
}

/// Everything that follows the engine, and whatever else may end it.
fn follow(
    shell: &Arc<Shell>,
    announcements: mpsc::Receiver<Announcement>,
    failed: mpsc::Receiver<Failure>,
    requests: WindowRequests,
) {
    spawn(mind_engine(shell.clone()));
    let all = shell.clone();
    keep_up(shell, Part::Keys, move || keep_keys(all.clone()));
    let all = shell.clone();
    keep_up(shell, Part::Keys, move || follow_changes(all.clone()));
    // What a part waits for outlives it: the next one continues with it.
    let (all, heard) = (shell.clone(), Arc::new(Mutex::new((announcements, failed))));
    keep_up(shell, Part::Notifications, move || {
        let (shell, heard) = (all.clone(), heard.clone());
        async move {
            let (announcements, failed) = &mut *heard.lock().await;
            tell(shell, announcements, failed).await;
        }
    });
    let (all, requests) = (shell.clone(), Arc::new(Mutex::new(requests)));
    keep_up(shell, Part::Window, move || {
        let (shell, requests) = (all.clone(), requests.clone());
        async move { keep_window(shell, &mut *requests.lock().await).await }
    });
    if let Some(address) = updates::address() {
        spawn(follow_updates(shell.clone(), address));
    }
    let all = shell.clone();
    keep_up(shell, Part::Webhooks, move || {
        listen(all.engine.clone(), all.clock.clone())
    });
    let ending = shell.clone();
    spawn(async move {
        match quit::asked_to_end().await {
            Ok(()) => quit::quit(&ending).await,
            Err(error) => tracing::warn!(%error, "signals to end can't be heard"),
        }
    });
}

/// The tray where there is one, and the window where it is wanted or needed.
fn show(shell: &Arc<Shell>, hidden: bool) {
    // macOS tells the main loop later if someone has opened Padwatch, or the login.
    if !hidden && !cfg!(target_os = "macos") {
        shell.window.open(ActivationToken::of_this_start());
    }
    let all = shell.clone();
    keep_up(shell, Part::Tray, move || follow_tray(all.clone()));
    // Windows and macOS always show tray icons.
    #[cfg(target_os = "linux")]
    spawn(watch_host(shell.clone(), hidden));
}
