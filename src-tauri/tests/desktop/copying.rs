//! What was copied, after Padwatch has ended.

use crate::harness::clipboard;
use crate::harness::desk::Desk;
use crate::harness::notifications::Notifications;
use crate::harness::program::Program;
use crate::harness::tray::Tray;

/// Copies the link of the sample's first candidate in the tray, and returns it.
async fn copy_link(desk: &Desk) -> (String, Program) {
    let (tray, notifications) = (Tray::serve(desk).await, Notifications::serve(desk).await);
    let program = Program::start_with(desk, ["--sandbox", "--hidden"]);
    notifications.titled("Pad ready: Amara Nwosu").await;
    let menu = tray.menu().await;
    menu.click("New: Amara Nwosu").await;
    (clipboard::starting_with(desk, "http").await, program)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_copied_link_outlives_padwatch() {
    let desk = Desk::bare();
    let (link, program) = copy_link(&desk).await;
    assert!(program.end().await.success());
    clipboard::holds(&desk, &link).await;
    // Not only once.
    clipboard::holds(&desk, &link).await;
    // What is copied later takes its place.
    clipboard::replace(&desk, "something else");
    clipboard::holds(&desk, "something else").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn what_another_program_copied_meanwhile_stays_at_the_end() {
    let desk = Desk::bare();
    let (_, program) = copy_link(&desk).await;
    clipboard::replace(&desk, "something else");
    assert!(program.end().await.success());
    clipboard::holds(&desk, "something else").await;
}
