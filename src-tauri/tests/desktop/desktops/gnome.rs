use super::Office;
use crate::harness::desktop::Desktop as _;
use crate::harness::gnome::Gnome;

const NO_ICONS: &str = "Your desktop doesn’t show tray icons";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs desktops: cargo xtask test --only desktops"]
async fn on_gnome_a_candidate_becomes_a_link_that_a_click_copies() {
    let gnome = Gnome::start().await;
    let office = Office::open(&gnome).await;
    office.main_path().await;
    let page = office.window_opens().await;
    office.window_comes_back().await;
    page.leave().await;
    office.end().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs desktops: cargo xtask test --only desktops"]
async fn on_gnome_without_icons_a_start_by_hand_shows_the_window() {
    let gnome = Gnome::without_icons().await;
    let office = Office::open_by_hand(&gnome).await;
    office.is_in_front("Padwatch").await;
    let page = office.page().await;
    page.says(NO_ICONS).await;
    office.picture("without-icons");
    // The person switches the extension on.
    gnome.show_icons().await;
    office.icon_is("watching").await;
    page.no_longer_says(NO_ICONS).await;
    page.leave().await;
    office.end().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs desktops: cargo xtask test --only desktops"]
async fn on_gnome_without_icons_a_start_at_login_notifies_and_opens_on_a_click() {
    let gnome = Gnome::without_icons().await;
    let office = Office::open(&gnome).await;
    gnome
        .press("Padwatch is running, but this desktop", "Open Padwatch")
        .await;
    office.is_in_front("Padwatch").await;
    let page = office.page().await;
    page.says(NO_ICONS).await;
    page.leave().await;
    office.end().await;
}
