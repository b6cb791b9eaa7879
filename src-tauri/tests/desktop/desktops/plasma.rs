use super::Office;
use crate::harness::plasma::Plasma;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs desktops: cargo xtask test --only desktops"]
async fn on_plasma_a_candidate_becomes_a_link_that_a_click_copies() {
    let plasma = Plasma::start().await;
    let office = Office::open(&plasma).await;
    office.main_path().await;
    let page = office.window_opens().await;
    office.window_comes_back().await;
    page.leave().await;
    office.end().await;
}
