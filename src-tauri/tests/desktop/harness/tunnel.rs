//! A tunnel as cloudflared makes one: what is sent to a public name comes out at a port of this
//! computer, with the public name in its `Host` header.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

/// Longer than any head that comes through here.
const LONGEST_HEAD: usize = 16 * 1024;

/// The public end. It listens until the test ends.
pub(crate) struct Tunnel {
    entrance: u16,
    leads_to: Arc<AtomicU16>,
}

impl Tunnel {
    /// A tunnel for this name that leads nowhere yet.
    pub(crate) async fn open(name: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let entrance = listener.local_addr().unwrap().port();
        let leads_to = Arc::new(AtomicU16::new(0));
        let port = leads_to.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                // A connection that breaks is the sender's to notice.
                tokio::spawn(hand_on(socket, name, port.load(Ordering::SeqCst)));
            }
        });
        Self { entrance, leads_to }
    }

    /// Where a client of the public name connects instead.
    pub(crate) fn entrance(&self) -> String {
        format!("http://127.0.0.1:{}", self.entrance)
    }

    /// Leads to this port from now on.
    pub(crate) fn lead_to(&self, port: u16) {
        self.leads_to.store(port, Ordering::SeqCst);
    }
}

async fn hand_on(mut outside: TcpStream, name: &str, port: u16) -> std::io::Result<()> {
    let mut heard = Vec::new();
    let head_end = loop {
        if let Some(end) = heard.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        let read = outside.read_buf(&mut heard).await?;
        if read == 0 || heard.len() > LONGEST_HEAD {
            return Ok(());
        }
    };
    let head = String::from_utf8_lossy(&heard[..head_end]).into_owned();
    let mut lines: Vec<String> = head
        .split("\r\n")
        .filter(|line| !line.to_ascii_lowercase().starts_with("host:"))
        .map(str::to_owned)
        .collect();
    lines.push(format!("Host: {name}"));
    lines.push("X-Forwarded-For: 203.0.113.7".to_owned());
    let mut inside = TcpStream::connect(("127.0.0.1", port)).await?;
    inside.write_all(lines.join("\r\n").as_bytes()).await?;
    inside.write_all(&heard[head_end..]).await?;
    copy_bidirectional(&mut outside, &mut inside).await?;
    Ok(())
}
