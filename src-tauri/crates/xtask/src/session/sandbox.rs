use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::session::desktop::Desktop;
use desktop_session::Background;

/// Lever and CoderPad simulated, as a program of its own.
#[derive(Debug)]
pub(crate) struct Sandbox {
    pub(crate) lever: String,
    pub(crate) coderpad: String,
    pub(crate) lever_key: String,
    pub(crate) coderpad_key: String,
    /// For playing with it.
    control: String,
    _program: Background,
}

impl Sandbox {
    /// Starts it, and puts its keys into the session's keyring.
    pub(crate) fn start(program: &Path, desktop: &Desktop) -> Result<Self> {
        let program = desktop.start_part(&mut desktop.command(program), "")?;
        let line = program.line_with("{")?;
        let line = serde_json::from_str::<Value>(&line).context("the sandbox prints no JSON")?;
        let sandbox = Self {
            lever: text(&line, "leverApi")?,
            coderpad: text(&line, "coderpadApi")?,
            lever_key: text(&line, "leverKey")?,
            coderpad_key: text(&line, "coderpadKey")?,
            control: text(&line, "control")?,
            _program: program,
        };
        desktop.keep_key("lever-api-key", &sandbox.lever_key)?;
        desktop.keep_key("coderpad-api-key", &sandbox.coderpad_key)?;
        Ok(sandbox)
    }

    /// Adds a tagged candidate in a stage, and gives its id.
    pub(crate) fn add_candidate(&self, name: &str, stage: &str) -> Result<String> {
        let add = json!({"do": "add", "name": name, "tags": "coderpad", "stage": stage});
        let added = self.ask("POST", "candidates", &add)?;
        let id = added.pointer("/opportunities/0").and_then(Value::as_str);
        Ok(id.context("the sandbox adds nobody")?.to_owned())
    }

    /// Moves a candidate.
    pub(crate) fn move_to(&self, opportunity: &str, stage: &str) -> Result<()> {
        let go = json!({"do": "move", "opportunity": opportunity, "stage": stage});
        self.ask("POST", "candidates", &go).map(drop)
    }

    /// How many pads there are.
    pub(crate) fn pads(&self) -> Result<usize> {
        let pads = self.ask("GET", "pads", &Value::Null)?;
        let pads = pads.get("pads").and_then(Value::as_array);
        Ok(pads.context("the sandbox tells no pads")?.len())
    }

    /// How often a kind of request came, such as `GET /v1/opportunities`.
    pub(crate) fn count(&self, kind: &str) -> Result<u64> {
        let journal = self.ask("GET", "journal", &Value::Null)?;
        let count = journal.get("counts").and_then(|counts| counts.get(kind));
        Ok(count.and_then(Value::as_u64).unwrap_or(0))
    }

    /// How many requests came in all.
    pub(crate) fn requests(&self) -> Result<u64> {
        let journal = self.ask("GET", "journal", &Value::Null)?;
        let counts = journal.get("counts").and_then(Value::as_object);
        let counts = counts.context("the sandbox counts nothing")?;
        Ok(counts.values().filter_map(Value::as_u64).sum())
    }

    /// One request to the control address. It lies on this computer, and answers in JSON.
    fn ask(&self, method: &str, what: &str, command: &Value) -> Result<Value> {
        let address = self.control.strip_prefix("http://");
        let (host, secret) = address
            .and_then(|address| address.split_once('/'))
            .context("a control address of another shape")?;
        let body = if command.is_null() {
            String::new()
        } else {
            command.to_string()
        };
        let mut socket = TcpStream::connect(host)?;
        socket.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            socket,
            "{method} /{secret}api/{what} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let mut reply = String::new();
        socket.read_to_string(&mut reply)?;
        let (head, body) = reply.split_once("\r\n\r\n").context("half an answer")?;
        if !head.starts_with("HTTP/1.1 200") {
            bail!("the sandbox refuses {command}: {body}");
        }
        serde_json::from_str(body).context("the sandbox answers no JSON")
    }
}

fn text(line: &Value, name: &str) -> Result<String> {
    let text = line.get(name).and_then(Value::as_str);
    text.map(str::to_owned)
        .with_context(|| format!("the sandbox doesn't say its {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_sandbox_does_not_say_is_named() {
        let line = json!({"leverApi": "http://127.0.0.1:1/v1"});
        assert_eq!(text(&line, "leverApi").unwrap(), "http://127.0.0.1:1/v1");
        let error = text(&line, "control").unwrap_err();
        assert!(error.to_string().contains("control"), "{error}");
    }
}
