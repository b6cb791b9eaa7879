//! The icon as panels see it, and what happens when the panel comes and goes.

use std::time::Duration;

use crate::harness::program::Program;
use crate::harness::tray::Tray;
use crate::harness::wait::{until, until_equal};
use crate::harness::window;
use crate::harness::{office, office_with_keys};

/// A window is on the screen long before. That none opens has no event to wait for.
const A_WINDOW_OPENS: Duration = Duration::from_secs(8);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn the_demo_beside_the_real_one_has_an_icon_of_its_own() {
    let (desk, tray, notifications, _keyring, sandbox) = office().await;
    let real = Program::start(&desk, &sandbox, &["--hidden"]);
    tray.menu().await;
    let demo = Program::start_with(&desk, ["--sandbox", "--hidden"]);
    until("two icons", async || (tray.icons() == 2).then_some(())).await;
    assert_eq!(tray.property_of(0, "Id").await, "padwatch");
    assert_eq!(tray.property_of(1, "Id").await, "padwatch-demo");
    // The demo's picture changes; the real one's stays where it is.
    notifications.titled("Pad ready: Amara Nwosu").await;
    until("the demo says so", async || {
        let title = tray.property_of(1, "Title").await;
        (title == "Padwatch demo: 1 candidate needs a decision").then_some(())
    })
    .await;
    let title = tray.property_of(0, "Title").await;
    assert!(
        title.starts_with("Padwatch") && !title.contains("demo"),
        "{title}"
    );
    // A click on the icon itself opens the window.
    tray.click(1).await;
    until_equal("windows", 1, async || window::count(&desk)).await;
    assert!(demo.end().await.success());
    assert!(real.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_panel_that_goes_away_opens_no_window_and_finds_the_icon_again() {
    let (desk, tray, notifications, _keyring, sandbox) = office_with_keys().await;
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    // Without it, the window is the only other way to the person.
    notifications.end().await;
    tray.end().await;
    // The menu says so when the patience for a panel is over.
    menu.row("Your desktop doesn’t show tray icons").await;
    tokio::time::sleep(A_WINDOW_OPENS).await;
    assert_eq!(window::count(&desk), 0);
    let tray = Tray::serve(&desk).await;
    tray.menu().await.row("Open Padwatch").await;
    assert_eq!(window::count(&desk), 0);
    assert!(program.end().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn the_window_has_the_class_of_the_desktop_entry_and_goes_nowhere_else() {
    let (desk, _tray, _notifications, _keyring, sandbox) = office().await;
    let program = Program::start(&desk, &sandbox, &[]);
    let page = program.page(&desk).await;
    page.says("Set up").await;
    let window = window::only(&desk);
    let xprop = desk
        .command("xprop")
        .args(["-id", &window, "WM_CLASS"])
        .output()
        .unwrap();
    let class = String::from_utf8(xprop.stdout).unwrap();
    assert_eq!(class.trim(), r#"WM_CLASS(STRING) = "padwatch", "Padwatch""#);
    let entry = include_str!("../../linux/io.padwatch.Padwatch.desktop");
    assert!(entry.contains("\nStartupWMClass=padwatch\n"));

    // A page that was taken over tries to leave: no one is asked for anything.
    let elsewhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let address = format!("http://{}/", elsewhere.local_addr().unwrap());
    page.run(&format!("location.href = '{address}'")).await;
    page.says("Set up").await;
    page.run(&format!(
        "setTimeout(() => location.replace('{address}'), 0)"
    ))
    .await;
    page.says("Set up").await;
    assert!(page.source().await.contains("Padwatch"));
    let asked = elsewhere.accept();
    assert!(asked.is_err(), "the window went to {address}");
    page.leave().await;
    assert!(program.end().await.success());
}
