//! Runs the sandbox alone: prints one line of JSON and serves until it is told to end.

use std::io::{self, Write as _};
use std::process::ExitCode;

use lexopt::prelude::*;
use sandbox::{Options, Running, sample, serve};
use transport::{Clock as _, SystemClock};

/// What the command line wants.
enum Wanted {
    Run(Arguments),
    Help,
}

/// With what the sandbox is to run.
#[derive(Debug, Default)]
struct Arguments {
    options: Options,
    seed: Option<u64>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match read(lexopt::Parser::from_env()) {
        Ok(Wanted::Run(arguments)) => arguments,
        Ok(Wanted::Help) => return help(),
        Err(wrong) => {
            return fail(&format!(
                "{wrong}. For all options, run padwatch-sandbox --help."
            ));
        }
    };
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("The sandbox couldn't start: {error}")),
    }
}

const HELP: &str = "\
Simulates Lever and CoderPad on this computer.

Usage: padwatch-sandbox [OPTIONS]

Prints one line of JSON with the addresses and keys, then runs until you press Ctrl+C.

  --lever-port N      Port for Lever [default: any free port, as for the others]
  --coderpad-port N   Port for CoderPad
  --history-port N    Port for the editor history of pads
  --control-port N    Port for the control page
  --seed N            Use the same keys in each run with this number
  --story             Move candidates and run interviews as time passes
  --no-rate-limit     Don't limit requests
  -h, --help          Show this help
";

fn help() -> ExitCode {
    match io::stdout().write_all(HELP.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn fail(message: &str) -> ExitCode {
    // No one is left to tell when even this fails.
    let _ = writeln!(io::stderr(), "{message}");
    ExitCode::FAILURE
}

fn read(mut parser: lexopt::Parser) -> Result<Wanted, lexopt::Error> {
    let mut arguments = Arguments::default();
    while let Some(option) = parser.next()? {
        let ports = &mut arguments.options.ports;
        match option {
            Long("story") => {
                arguments.options.scene = true;
                arguments.options.story = true;
            }
            Long("no-rate-limit") => arguments.options.rate_limit = false,
            Long("lever-port") => ports.lever = parser.value()?.parse()?,
            Long("coderpad-port") => ports.coderpad = parser.value()?.parse()?,
            Long("history-port") => ports.history = parser.value()?.parse()?,
            Long("control-port") => ports.control = parser.value()?.parse()?,
            Long("seed") => arguments.seed = Some(parser.value()?.parse()?),
            Short('h') | Long("help") => return Ok(Wanted::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Wanted::Run(arguments))
}

async fn run(arguments: Arguments) -> io::Result<()> {
    let now = SystemClock::new().now_ms();
    // Without a seed each run has its own keys.
    let seed = arguments.seed.unwrap_or_else(|| now.unsigned_abs());
    let world = sample(seed, now).map_err(io::Error::other)?;
    // Before anyone can know that it runs: the reader may end it at once.
    let told_to_end = end()?;
    let running = serve(world, arguments.options).await?;
    print(&running)?;
    told_to_end.await?;
    running.stop();
    Ok(())
}

/// Listens from now on for SIGTERM and Ctrl+C. What it returns is over when one has come.
#[cfg(unix)]
fn end() -> io::Result<impl Future<Output = io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => Ok(()),
            _ = interrupt.recv() => Ok(()),
        }
    })
}

/// Listens for Ctrl+C. What it returns is over when it has come.
#[cfg(not(unix))]
fn end() -> io::Result<impl Future<Output = io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}

fn print(running: &Running) -> io::Result<()> {
    let mut line = serde_json::to_string(&running.addresses)?;
    line.push('\n');
    let mut out = io::stdout().lock();
    out.write_all(line.as_bytes())?;
    out.flush()
}
