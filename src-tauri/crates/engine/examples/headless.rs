//! Padwatch without a desktop, for scripts and tests.
//!
//! Prints each announcement as one line of JSON and ends on SIGTERM; `--help` lists the options.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use lexopt::prelude::*;
use padwatch_domain::listing::ListQuery;
use padwatch_domain::note::NoteState;
use padwatch_domain::section::Section;
use padwatch_domain::settings::Settings;
use padwatch_engine::failpoint::{Failpoint, Failpoints, Side};
use padwatch_engine::listen;
use padwatch_engine::record::NoteToSend;
use padwatch_engine::snapshot::PadRow;
use padwatch_engine::webhooks::WebhookChoice;
use padwatch_engine::{Engine, EngineConfig, Handle, Keys, start};
use transport::{ApiRoot, Clock, FastClock, SystemClock, SystemRng, Web};

struct Options {
    profile: PathBuf,
    lever_api: ApiRoot,
    coderpad_api: ApiRoot,
    settings: Option<Settings>,
    webhooks: Option<u16>,
    send_notes: usize,
    fast: u32,
    since_ms: Option<i64>,
    die_at: Option<DieAt>,
}

/// Ends the program without any goodbye at one failpoint, or a while later.
struct DieAt {
    point: String,
    later: Duration,
}

impl DieAt {
    fn read(text: &str) -> Result<Self, Box<dyn Error>> {
        let (point, later) = text.split_once('+').unwrap_or((text, "0"));
        Ok(Self {
            point: point.to_owned(),
            later: Duration::from_micros(later.parse()?),
        })
    }
}

impl Failpoints for DieAt {
    fn pass(&self, side: Side, at: Failpoint) {
        if self.point != format!("{}-{}", side.name(), at.name()) {
            return;
        }
        if self.later.is_zero() {
            die();
        }
        let later = self.later;
        thread::spawn(move || {
            thread::park_timeout(later);
            die();
        });
    }
}

#[cfg(unix)]
fn die() {
    use rustix::process::{Signal, getpid, kill_process};
    // An error would leave the program running, which the test notices.
    let _ = kill_process(getpid(), Signal::KILL);
}

#[cfg(not(unix))]
fn die() {
    std::process::abort();
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Without anywhere to say it, the exit code says it.
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

const HELP: &str = "\
Runs Padwatch without a desktop, for scripts and tests.

Usage: headless --profile DIR [OPTIONS]

Prints each announcement as one line of JSON, and ends on SIGTERM. The keys come from LEVER_API_KEY
and CODERPAD_API_KEY.

  --profile DIR        Folder for the data
  --lever-api URL      Lever API base URL [default: https://api.lever.co/v1]
  --coderpad-api URL   CoderPad API base URL [default: https://app.coderpad.io]
  --settings FILE      Settings as JSON
  --webhooks PORT      Receive Lever's webhooks on this port (0: any free port), and print one line
                       {\"webhooks\": \"http://127.0.0.1:…\"}. The signing tokens come from
                       LEVER_SIGNING_TOKENS, a JSON array
  --send-notes N       Send the notes about up to N ended interviews, the oldest first
  -h, --help           Show this help

For tests:
  --fast N             Run the clock N times as fast
  --since MS           Start the clock at this moment, in ms since 1970
  --die-at POINT       End by SIGKILL at a point, such as before-create or after-intent-write, or so
                       many microseconds later: before-note-send+800
";

fn run() -> Result<(), Box<dyn Error>> {
    let wanted = read_options(lexopt::Parser::from_env())
        .map_err(|wrong| format!("{wrong}. For all options, run headless --help."))?;
    let Some(options) = wanted else {
        return Ok(std::io::stdout().write_all(HELP.as_bytes())?);
    };
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(host(options))
}

async fn host(options: Options) -> Result<(), Box<dyn Error>> {
    // Before anything else: from here on an end is a clean one.
    let told_to_end = told_to_end()?;
    tokio::pin!(told_to_end);
    let clock: Arc<dyn Clock> = match (options.fast, options.since_ms) {
        (0 | 1, _) => Arc::new(SystemClock::new()),
        (rate, None) => Arc::new(FastClock::new(rate)),
        (rate, Some(since_ms)) => Arc::new(FastClock::running_since(since_ms, rate)),
    };
    let roots = (options.lever_api, options.coderpad_api);
    let web = Arc::new(Web::new("Padwatch-headless")?);
    let rng = Arc::new(SystemRng);
    let mut wiring = EngineConfig::new(options.profile, web, roots, clock.clone(), rng);
    wiring.settings = options.settings;
    if let Some(point) = options.die_at {
        wiring.failpoints = Arc::new(point);
    }
    wiring.requests = Some(tokio::runtime::Handle::current());
    let (engine, handle, mut announcements) = start(wiring);
    let running = run_beside(engine)?;
    let keys = Keys {
        lever: std::env::var("LEVER_API_KEY").ok().map(Into::into),
        coderpad: std::env::var("CODERPAD_API_KEY").ok().map(Into::into),
    };
    if let Err(problem) = handle.use_keys(keys).await {
        return Err(format!("{problem:?}").into());
    }
    if let Some(port) = options.webhooks {
        receive(&handle, port, clock).await?;
    }
    if options.send_notes > 0 {
        tokio::spawn(send_notes(handle.clone(), options.send_notes));
    }
    loop {
        tokio::select! {
            Some(announcement) = announcements.recv() => {
                print(&announcement)?;
                handle.shown(&announcement).await;
            }
            () = &mut told_to_end => break,
        }
    }
    handle.close().await;
    running.join().map_err(|_| "the engine panicked")?;
    Ok(())
}

/// Listens for SIGTERM from now on. What it returns is over when that has come.
#[cfg(unix)]
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        terminate.recv().await;
    })
}

/// Listens for Ctrl+C from now on. What it returns is over when that has come.
#[cfg(windows)]
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

/// Runs the engine on a thread of its own, as the program does.
fn run_beside(engine: Engine) -> std::io::Result<thread::JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    thread::Builder::new().spawn(move || runtime.block_on(engine.run()))
}

/// Listens for webhooks, and says where as soon as it is known.
async fn receive(handle: &Handle, port: u16, clock: Arc<dyn Clock>) -> Result<(), Box<dyn Error>> {
    let tokens = std::env::var("LEVER_SIGNING_TOKENS").unwrap_or_else(|_| "[]".to_owned());
    let tokens: Vec<String> = serde_json::from_str(&tokens)?;
    let tokens = tokens.into_iter().map(Into::into).collect();
    let choice = WebhookChoice {
        on: true,
        port: (port > 0).then_some(port),
        ..WebhookChoice::default()
    };
    handle.use_signing_tokens(tokens).await?;
    handle.choose_webhooks(choice).await?;
    tokio::spawn(listen(handle.clone(), clock));
    let mut changes = handle.changes();
    loop {
        if let Some(url) = handle.webhook_status().await?.place.local_url {
            return print(&serde_json::json!({ "webhooks": url }));
        }
        changes.changed().await?;
    }
}

/// Says yes to the notes about finished interviews, as a person would after a look at each: those
/// that are on their way already are left alone.
async fn send_notes(handle: Handle, most: usize) {
    let mut changes = handle.changes();
    let mut sent = 0;
    while sent < most {
        changes.mark_unchanged();
        let is_sent = match next_without_note(&handle).await {
            Some(row) => send_note(&handle, row).await,
            None => false,
        };
        if is_sent {
            sent += 1;
        } else if changes.changed().await.is_err() {
            return;
        }
    }
}

async fn next_without_note(handle: &Handle) -> Option<PadRow> {
    let query = ListQuery {
        section: Some(Section::Finished),
        limit: 200,
        ..ListQuery::default()
    };
    let waits = |row: &PadRow| {
        let note = row.note.as_ref();
        note.is_none_or(|note| note.state == NoteState::Prepared)
    };
    let rows = handle.list(query).await.ok()?.rows;
    rows.into_iter().rev().find(waits)
}

async fn send_note(handle: &Handle, row: PadRow) -> bool {
    let prepared = handle.prepare_note(row.opportunity.clone(), None).await;
    let Ok(prepared) = prepared else {
        return false;
    };
    let note = NoteToSend {
        text: prepared.text,
        secret: false,
    };
    handle.send_note(row.opportunity, note).await.is_ok()
}

fn print(told: &impl serde::Serialize) -> Result<(), Box<dyn Error>> {
    let mut line = serde_json::to_vec(told)?;
    line.push(b'\n');
    let mut out = std::io::stdout().lock();
    out.write_all(&line)?;
    Ok(out.flush()?)
}

/// Settings that can't be read are refused: what isn't understood may be a guard.
fn read_settings(file: &str) -> Result<Settings, Box<dyn Error>> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("The settings in {file} can’t be read: {error}."))?;
    let settings = Settings::parse(&text)
        .map_err(|error| format!("The settings in {file} can’t be used: {error}."))?;
    Ok(settings)
}

/// Reads the command line; `None`: it asks for the options.
fn read_options(mut parser: lexopt::Parser) -> Result<Option<Options>, Box<dyn Error>> {
    let mut profile = None;
    let mut lever_api = ApiRoot::parse("https://api.lever.co/v1")?;
    let mut coderpad_api = ApiRoot::parse("https://app.coderpad.io")?;
    let (mut settings, mut webhooks, mut die_at) = (None, None, None);
    let (mut send_notes, mut fast, mut since_ms) = (0, 1, None);
    while let Some(option) = parser.next()? {
        match option {
            Long("profile") => profile = Some(PathBuf::from(parser.value()?)),
            Long("lever-api") => lever_api = ApiRoot::parse(&parser.value()?.string()?)?,
            Long("coderpad-api") => coderpad_api = ApiRoot::parse(&parser.value()?.string()?)?,
            Long("settings") => settings = Some(read_settings(&parser.value()?.string()?)?),
            Long("webhooks") => webhooks = Some(parser.value()?.parse()?),
            Long("send-notes") => send_notes = parser.value()?.parse()?,
            Long("fast") => fast = parser.value()?.parse()?,
            Long("since") => since_ms = Some(parser.value()?.parse()?),
            Long("die-at") => die_at = Some(DieAt::read(&parser.value()?.string()?)?),
            Short('h') | Long("help") => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    let profile = profile.ok_or("--profile DIR is needed")?;
    Ok(Some(Options {
        profile,
        lever_api,
        coderpad_api,
        settings,
        webhooks,
        send_notes,
        fast,
        since_ms,
        die_at,
    }))
}
