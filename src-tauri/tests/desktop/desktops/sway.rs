use super::Office;
use crate::harness::sway::Sway;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs desktops: cargo xtask test --only desktops"]
async fn on_sway_a_candidate_becomes_a_link_that_is_copied() {
    let sway = Sway::start().await;
    let office = Office::open(&sway).await;
    office.main_path().await;
    office.window_opens().await.leave().await;
    office.end().await;
}
