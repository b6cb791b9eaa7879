//! Lists who is in a stage now: `LEVER_API_KEY=… cargo run -p lever --example who_is_in_a_stage --
//! "Phone Screen"`. `LEVER_API` names another root than Lever's, such as the sandbox's.

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;

use lever::{Client, OpportunityQuery};
use transport::{ApiRoot, SystemClock, SystemRng, Web};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let wanted = std::env::args().nth(1).ok_or("name a stage")?;
    let key = std::env::var("LEVER_API_KEY")?;
    let root = std::env::var("LEVER_API").unwrap_or("https://api.lever.co/v1".to_owned());
    let client = Client::new(
        Arc::new(Web::new("who-is-in-a-stage")?),
        ApiRoot::parse(&root).map_err(|bad| format!("{root}: {bad:?}"))?,
        key.into(),
        Arc::new(SystemClock::new()),
        Arc::new(SystemRng),
    );
    let stages = client.stages().await?;
    let stage = stages.rows.into_iter().find(|stage| stage.text == wanted);
    let query = OpportunityQuery {
        archived: Some(false),
        stages: vec![stage.ok_or("there's no such stage")?.id],
        ..OpportunityQuery::default()
    };
    let found = client.opportunities(&query).await?;
    let mut out = std::io::stdout();
    for opportunity in &found.rows {
        let page = opportunity.profile_url.as_deref().unwrap_or_default();
        writeln!(out, "{}  {page}", opportunity.name)?;
    }
    Ok(())
}
