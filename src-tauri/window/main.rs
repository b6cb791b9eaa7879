//! The window: the web view, and the line to Padwatch, which starts this program when a window is
//! wanted. It knows nothing but the page, and has nothing but what Padwatch answers.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

#[cfg(target_os = "linux")]
mod activation;
mod copying;
mod options;

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::process::ExitCode;

#[cfg(windows)]
use padwatch::talk::NO_WEB_VIEW;
#[cfg(target_os = "linux")]
use padwatch::talk::PAGE_GONE;
use padwatch::talk::{
    FromWindow, LONGEST_SAID, LONGEST_TOLD, MOST_QUESTIONS, ToWindow, hear, heard, line, say_line,
};
use serde::Serialize;
use serde_json::{Value, json};
use tauri::plugin::TauriPlugin;
use tauri::{
    App, AppHandle, Emitter as _, Manager as _, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    Wry,
};
use tauri_plugin_window_state::StateFlags;
use tokio::io::{BufReader, stdin, stdout};
use tokio::sync::{Mutex, Semaphore, mpsc, oneshot};

use self::options::{HELP, Wanted};

/// The window's name, in the capability too.
const LABEL: &str = "main";
/// The event that brings the snapshot.
const SNAPSHOT: &str = "snapshot";
/// The event that says that a candidate is to be shown; the page asks whom.
const CANDIDATE_WANTED: &str = "candidate-wanted";
/// Questions that may wait.
const QUESTIONS: usize = 16;

/// What the page asks, and where its answer goes.
type Question = (Value, oneshot::Sender<Result<Value, Value>>);

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
enum NotShown {
    #[cfg(target_os = "linux")]
    #[error("no display was found. Start Padwatch from a desktop session")]
    NoScreen,
    #[error("the web view couldn't start: {0}")]
    WebView(#[from] tauri::Error),
    #[error("the system refused to start a thread: {0}")]
    System(#[from] io::Error),
}

fn main() -> ExitCode {
    let wanted = Wanted::read(std::env::args_os().skip(1));
    let code = match wanted {
        Wanted::Window { sizes } => run(sizes.as_deref()),
        Wanted::Help => Ok(say(&mut io::stdout(), HELP, ExitCode::SUCCESS)),
        Wanted::Unknown(option) => Ok(say(
            &mut io::stderr(),
            &format!(
                "padwatch-window: unknown option “{option}”. For all options, run padwatch-window \
                 --help.\n"
            ),
            ExitCode::from(2),
        )),
    };
    code.unwrap_or_else(|error| {
        // Padwatch tells the person; here it is printed.
        let _ = writeln!(io::stderr(), "padwatch-window: {error}");
        ExitCode::FAILURE
    })
}

fn say(to: &mut dyn io::Write, text: &str, code: ExitCode) -> ExitCode {
    match to.write_all(text.as_bytes()) {
        Ok(()) => code,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Shows the window until it is closed or Padwatch ends.
fn run(sizes: Option<&str>) -> Result<ExitCode, NotShown> {
    keep_files_private();
    prepare_web_view();
    // Tauri panics where this, and the next, only say no.
    #[cfg(windows)]
    if tauri::webview_version().is_err() {
        return Ok(ExitCode::from(NO_WEB_VIEW));
    }
    #[cfg(target_os = "linux")]
    {
        // By this name desktops find the entry that the window belongs to: the app id on Wayland,
        // the class on X11.
        gtk::glib::set_prgname(Some("padwatch"));
        gtk::init().map_err(|_| NotShown::NoScreen)?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    tauri::async_runtime::set(runtime.handle().clone());
    let mut builder = tauri::Builder::default();
    if let Some(file) = sizes {
        builder = builder.plugin(remembering_its_size(file));
    }
    let app = builder
        .invoke_handler(tauri::generate_handler![ask::ask, size::close, size::zoom])
        .setup(|app| Ok(open(app)?))
        .build(tauri::generate_context!())?;
    let code = app.run_return(|_, _| {});
    // Nothing more comes in, and waiting for it must not hold the end up.
    runtime.shutdown_background();
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

/// Padwatch names the file, so that each profile has a window of its own. Where a window is belongs
/// to the desktop.
fn remembering_its_size(file: &str) -> TauriPlugin<Wry> {
    tauri_plugin_window_state::Builder::new()
        .with_filename(file)
        .with_state_flags(StateFlags::SIZE | StateFlags::MAXIMIZED)
        .build()
}

/// The locale of dates, for the page: a web view only knows that of its words.
fn names_locale(tag: &str) -> String {
    format!("window.systemLocale = {};", Value::from(tag))
}

fn open(app: &App) -> tauri::Result<()> {
    let (questions, asked) = mpsc::channel(QUESTIONS);
    app.manage(ask::Questions {
        to_padwatch: questions,
        under_way: Semaphore::new(MOST_QUESTIONS),
    });
    // `cargo tauri dev` shows the page of Vite's server.
    let served = app.config().build.dev_url.clone();
    let served = served.filter(|_| tauri::is_dev());
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Padwatch")
        .initialization_script(names_locale(&padwatch::locale::of_system()))
        .inner_size(440.0, 680.0)
        .min_inner_size(360.0, 420.0)
        // Nothing but our own page, whatever a page tries.
        .on_navigation(move |url| is_own_page(url, served.as_ref()))
        // It gets its size while no one sees it: WebKitGTK waits up to half a second for the page
        // when it is resized on the screen.
        .visible(false)
        .build()?;
    window.show()?;
    end_with_page(&window)?;
    // Not before: desktops tell a program about the dark theme by way of a portal, which some
    // versions keep from a program that they can't look into.
    if padwatch::memory::keep_private().is_err() {
        tracing::warn!("the system may keep what was in memory when the window crashes");
    }
    tauri::async_runtime::spawn(follow(app.handle().clone(), asked));
    Ok(())
}

/// The page's own address: of a scheme of its own, or, where web views know none (Windows), of a host
/// that exists nowhere else. Under development, the server's.
fn is_own_page(url: &url::Url, served: Option<&url::Url>) -> bool {
    if let Some(served) = served {
        return url.origin() == served.origin();
    }
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" => {
            cfg!(windows) && url.host_str() == Some("tauri.localhost") && url.port().is_none()
        }
        _ => false,
    }
}

/// Ends with Padwatch.
async fn follow(app: AppHandle, asked: mpsc::Receiver<Question>) {
    let code = match talk(&app, asked).await {
        Ok(()) => 0,
        // Padwatch went away without a word: the window has no one to say it to.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(_) => 1,
    };
    app.exit(code);
}

/// Reads and writes side by side: Padwatch may have a lot to tell while it is told a lot.
async fn talk(app: &AppHandle, asked: mpsc::Receiver<Question>) -> io::Result<()> {
    let waiting = Waiting::default();
    let (replies, replying) = mpsc::channel(QUESTIONS);
    tokio::select! {
        ended = read(app, &waiting, &replies) => ended,
        ended = write(asked, replying, &waiting) => ended,
    }
}

/// The questions that wait for their answers.
type Waiting = Mutex<HashMap<u64, oneshot::Sender<Result<Value, Value>>>>;

async fn read(
    app: &AppHandle,
    waiting: &Waiting,
    replies: &mpsc::Sender<FromWindow>,
) -> io::Result<()> {
    let mut input = BufReader::new(stdin());
    let mut line = Vec::new();
    while hear(&mut input, &mut line, LONGEST_TOLD).await? {
        match heard(&line) {
            Some(ToWindow::Answer { number, answer }) => {
                if let Some(waits) = waiting.lock().await.remove(&number) {
                    // The page has moved on.
                    let _ = waits.send(answer);
                }
            }
            Some(ToWindow::Front { ref activation })
                if come_to_front(app, activation.as_deref()).unwrap_or(false) =>
            {
                let _ = replies.try_send(FromWindow::AtFront);
            }
            Some(ToWindow::Copy {
                number,
                plain,
                html,
            }) => {
                let replies = replies.clone();
                copying::copy(app, plain, html, move |done| {
                    // Full: Padwatch does not read, and gives up on its own.
                    let _ = replies.try_send(FromWindow::Copied { number, done });
                });
            }
            Some(ToWindow::Alive { number }) => ask_page(app, number, replies.clone()),
            Some(ToWindow::Seen { seen }) => emit(app, SNAPSHOT, seen)?,
            // A page that is still loading asks on its own.
            Some(ToWindow::CandidateWanted) => emit(app, CANDIDATE_WANTED, ())?,
            Some(ToWindow::Front { .. }) | None => {}
        }
        line.clear();
        line.shrink_to(1 << 16);
    }
    Ok(())
}

async fn write(
    mut asked: mpsc::Receiver<Question>,
    mut replying: mpsc::Receiver<FromWindow>,
    waiting: &Waiting,
) -> io::Result<()> {
    let mut output = stdout();
    let mut number = 0;
    loop {
        let said = tokio::select! {
            Some((call, answer)) = asked.recv() => {
                number += 1;
                let said = line(&FromWindow::Asked { number, call })?;
                if said.len() > LONGEST_SAID {
                    // The page has moved on.
                    let _ = answer.send(Err(too_long()));
                    continue;
                }
                waiting.lock().await.insert(number, answer);
                said
            }
            Some(reply) = replying.recv() => line(&reply)?,
            else => return Ok(()),
        };
        say_line(&mut output, said).await?;
    }
}

/// In the shape of Padwatch's own problems.
fn too_long() -> Value {
    json!({
        "code": "notValid",
        "message": "This text is too long for Padwatch.",
        "hint": "Shorten it, then try again.",
    })
}

/// The page itself has to answer: its process may be dead or stuck while this one is well.
fn ask_page(app: &AppHandle, number: u64, replies: mpsc::Sender<FromWindow>) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    // Not asked, not answered: Padwatch notices.
    let _ = window.eval_with_callback("1", move |answer| {
        // Without a page the answer is empty.
        if answer == "1" {
            let _ = replies.try_send(FromWindow::Alive { number });
        }
    });
}

/// Ends this program when the page's process ends: the last picture would stay and look alive.
#[cfg(target_os = "linux")]
fn end_with_page(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::WebViewExt as _;
    let app = window.app_handle().clone();
    window.with_webview(move |page| {
        page.inner().connect_web_process_terminated(move |_, _| {
            app.exit(i32::from(PAGE_GONE));
        });
    })
}

/// Elsewhere a page that is gone is noticed because it does not answer.
#[cfg(not(target_os = "linux"))]
fn end_with_page(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

fn emit(app: &AppHandle, event: &str, what: impl Serialize + Clone) -> io::Result<()> {
    app.emit_to(LABEL, event, what).map_err(io::Error::other)
}

/// Whether it did: a window that is being closed is still known here for a moment.
fn come_to_front(app: &AppHandle, activation: Option<&str>) -> tauri::Result<bool> {
    let Some(window) = app.get_webview_window(LABEL) else {
        return Ok(false);
    };
    window.unminimize()?;
    window.show()?;
    #[cfg(target_os = "linux")]
    {
        let (asked, token) = (window.clone(), activation.map(str::to_owned));
        app.run_on_main_thread(move || {
            // An error: it is being closed.
            if let Ok(window) = asked.gtk_window() {
                activation::allow(&window, token.as_deref());
            }
        })?;
    }
    #[cfg(not(target_os = "linux"))]
    let _ = activation;
    window.set_focus()?;
    // The answer comes from the window itself, after all that was asked of it before.
    window.is_visible()
}

/// WebKitGTK shows a blank window with some graphics drivers otherwise (reference/reliability.md,
/// D6).
#[cfg(target_os = "linux")]
fn prepare_web_view() {
    const NAME: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(NAME).is_none() {
        #[expect(
            unsafe_code,
            reason = "nothing else runs yet that could read the environment"
        )]
        unsafe {
            std::env::set_var(NAME, "1");
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn prepare_web_view() {}

/// What the window writes is in the profile folder, where every file is 0600.
#[cfg(unix)]
fn keep_files_private() {
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

#[cfg(not(unix))]
fn keep_files_private() {}

/// The one command of the page.
mod ask {
    #![expect(clippy::unreachable, reason = "the command's macro writes one")]

    use serde_json::Value;
    use tokio::sync::{Semaphore, mpsc, oneshot};

    use super::Question;

    /// Where the page's questions go.
    pub(super) struct Questions {
        pub(super) to_padwatch: mpsc::Sender<Question>,
        /// The rest waits in the page's own process.
        pub(super) under_way: Semaphore,
    }

    /// Has a question of the page answered. Without an answer Padwatch has ended.
    #[tauri::command]
    pub(super) async fn ask(
        call: Value,
        questions: tauri::State<'_, Questions>,
    ) -> Result<Value, Value> {
        // It is never closed.
        let _permit = questions.under_way.acquire().await.ok();
        let (answer, answered) = oneshot::channel();
        if questions.to_padwatch.send((call, answer)).await.is_err() {
            return Err(Value::Null);
        }
        answered.await.unwrap_or(Err(Value::Null))
    }
}

/// What the page asks of the window itself.
mod size {
    #![expect(
        clippy::needless_pass_by_value,
        reason = "Tauri gives a command its window"
    )]

    use tauri::WebviewWindow;

    /// How small and how large everything may be shown.
    const FACTORS: std::ops::RangeInclusive<f64> = 0.5..=3.0;

    /// Closes the window as its own button does.
    #[tauri::command]
    pub(super) fn close(window: WebviewWindow) -> Result<(), String> {
        window.close().map_err(|error| error.to_string())
    }

    /// Shows everything so much larger; 1 is the usual size. The page remembers it.
    #[tauri::command]
    pub(super) fn zoom(window: WebviewWindow, factor: f64) -> Result<(), String> {
        if !FACTORS.contains(&factor) {
            return Err(format!("{factor} is no size"));
        }
        window.set_zoom(factor).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests;
