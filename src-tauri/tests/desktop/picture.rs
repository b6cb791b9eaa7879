//! Pictures for the README, from the sandbox inside the program, in a panel that people use.

use crate::harness::desk::Desk;
use crate::harness::keyring::Keyring;
use crate::harness::notifications::Notifications;
use crate::harness::panel::Panel;
use crate::harness::program::Program;
use crate::harness::screen;
use crate::harness::wait::until;
use crate::harness::window;

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_shows_a_pad_in_the_tray_and_in_the_window() {
    let mut desk = Desk::bare();
    let notifications = Notifications::serve(&desk).await;
    let _keyring = Keyring::unlocked(&desk).await;
    let panel = Panel::start(&mut desk).await;
    let program = Program::start_with(&desk, ["--sandbox"]);
    let menu = panel.menu(&desk).await;
    notifications.titled("Pad ready").await;
    menu.row("● ").await;
    let page = program.page(&desk).await;
    page.says("To send").await;
    screen::picture(&desk, "window");
    page.leave().await;
    window::close(&desk);
    until("no window", async || {
        (window::count(&desk) == 0).then_some(())
    })
    .await;
    panel.open_menu(&desk).await;
    screen::picture(&desk, "tray");
    assert!(program.end().await.success());
}
