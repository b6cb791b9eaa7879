//! Creates a pad and says where it is: `CODERPAD_API_KEY=… cargo run -p coderpad --example
//! create_a_pad -- "Ada Lovelace"`. `CODERPAD_API` names another root than CoderPad's, such as the
//! sandbox's.

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;

use coderpad::{Client, CreateError, NewPad};
use transport::{ApiRoot, SystemClock, SystemRng, Web};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let title = std::env::args().nth(1).ok_or("name the pad")?;
    let key = std::env::var("CODERPAD_API_KEY")?;
    let root = std::env::var("CODERPAD_API").unwrap_or("https://app.coderpad.io".to_owned());
    let client = Client::new(
        Arc::new(Web::new("create-a-pad")?),
        ApiRoot::parse(&root).map_err(|bad| format!("{root}: {bad:?}"))?,
        key.into(),
        Arc::new(SystemClock::new()),
        Arc::new(SystemRng),
    );
    let new = NewPad {
        title,
        ..NewPad::default()
    };
    let mut out = std::io::stdout();
    match client.create_pad(&new).await {
        Ok(created) => {
            let pad = client.pad(&created.id).await?;
            writeln!(out, "{} {:?}", created.id, pad.state)?;
        }
        // Sending it again could create a second one.
        Err(CreateError::Unclear(why)) => {
            writeln!(out, "There may be a pad, look for it first: {why}")?;
        }
        Err(none) => writeln!(out, "No pad was created: {none}")?,
    }
    Ok(())
}
