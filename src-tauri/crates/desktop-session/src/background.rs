use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// A program that has said nothing by then won't.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program in the background, whose lines we read. It is ended when this is dropped.
#[derive(Debug)]
pub struct Background {
    child: Child,
    said: Receiver<String>,
    name: String,
}

impl Background {
    /// Starts it, and hands it a text to read first.
    ///
    /// # Errors
    /// When it can't be started.
    pub fn start(command: &mut Command, told: &str) -> Result<Self> {
        let name = format!("{command:?}");
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start: {name}"))?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(told.as_bytes())?;
        }
        let (say, said) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    // Read on, so that the program never waits for us, even if no one listens.
                    let _ = say.send(line);
                }
            });
        }
        Ok(Self { child, said, name })
    }

    /// The process's number.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it has ended, for some time.
    ///
    /// # Errors
    /// When it doesn't end.
    pub fn wait(mut self) -> Result<ExitStatus> {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            if begun.elapsed() > PATIENCE {
                bail!("this doesn't end: {}", self.name);
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The next line that it prints; `None`: it has ended.
    ///
    /// # Errors
    /// When it says nothing for some time.
    pub fn next_line(&self) -> Result<Option<String>> {
        match self.said.recv_timeout(PATIENCE) {
            Ok(line) => Ok(Some(line)),
            Err(RecvTimeoutError::Disconnected) => Ok(None),
            Err(RecvTimeoutError::Timeout) => bail!("this says nothing: {}", self.name),
        }
    }

    /// The next line that has these words in it.
    ///
    /// # Errors
    /// When it prints none for some time.
    pub fn line_with(&self, words: &str) -> Result<String> {
        loop {
            let line = self.said.recv_timeout(PATIENCE);
            let line = line.with_context(|| format!("this said no \"{words}\": {}", self.name))?;
            if line.contains(words) {
                return Ok(line);
            }
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_in_the_background_is_heard_and_then_ended() {
        let mut command = Command::new("sh");
        command.args(["-c", "read told; echo no; echo got $told; exec sleep 600"]);
        let background = Background::start(&mut command, "word\n").unwrap();
        assert_eq!(background.line_with("got").unwrap(), "got word");
        let process = format!("/proc/{}", background.id());
        assert!(std::path::Path::new(&process).exists());
        drop(background);
        assert!(!std::path::Path::new(&process).exists());
    }
}
