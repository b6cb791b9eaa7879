//! Starting, starting twice, closing the window, quitting, starting again.

use std::process::Command;

use crate::harness::desk::Desk;
use crate::harness::keyring::Keyring;
use crate::harness::notifications::Notifications;
use crate::harness::program::{self, Program};
use crate::harness::tray::Tray;
use crate::harness::wait::until;
use crate::harness::window;
use crate::harness::{office, office_with_keys};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_hidden_start_shows_no_window_and_a_second_start_opens_the_firsts() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let mut program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Open Padwatch").await;
    assert_eq!(window::count(&desk), 0);

    let mut hidden_second = Program::start(&desk, &sandbox, &["--hidden"]);
    assert!(hidden_second.ended().await.success());
    assert_eq!(window::count(&desk), 0);
    let mut second = Program::start(&desk, &sandbox, &[]);
    assert!(second.ended().await.success());
    until("the first one's window", async || {
        (window::count(&desk) == 1).then_some(())
    })
    .await;
    assert!(program.runs());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn another_profile_runs_beside_the_first() {
    let (desk, tray, _notifications, _keyring, sandbox) = office().await;
    let mut first = Program::start(&desk, &sandbox, &["--hidden"]);
    tray.menu().await;
    let other = desk.folder("other").display().to_string();
    let mut second = Program::start(&desk, &sandbox, &["--hidden", "--profile", &other]);
    until("two icons", async || (tray.icons() == 2).then_some(())).await;
    assert!(first.runs() && second.runs());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn closing_the_window_leaves_padwatch_in_the_tray_and_quit_ends_it() {
    let (mut desk, tray, _notifications, _keyring, sandbox) = office().await;
    desk.start_manager().unwrap();
    let mut program = Program::start(&desk, &sandbox, &[]);
    let menu = tray.menu().await;
    // Several times: the last one may still be on its way out when the next is wanted.
    for _ in 0..5 {
        until("the window", async || {
            (window::count(&desk) == 1).then_some(())
        })
        .await;
        window::close(&desk);
        assert!(program.runs());
        menu.click("Open Padwatch").await;
    }
    menu.click("Quit").await;
    assert!(program.ended().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_window_that_breaks_takes_nothing_with_it() {
    let (desk, tray, notifications, _keyring, sandbox) = office().await;
    let mut program = Program::start(&desk, &sandbox, &[]);
    let menu = tray.menu().await;
    for _ in 0..2 {
        let process = until("the window", async || {
            (window::count(&desk) == 1).then(|| program.window())?
        })
        .await;
        let killed = Command::new("kill").args(["-ABRT", &process]).status();
        assert!(killed.unwrap().success());
        until("no window", async || {
            (window::count(&desk) == 0).then_some(())
        })
        .await;
        notifications
            .titled("Padwatch’s window closed unexpectedly.")
            .await;
        assert!(program.runs());
        menu.click("Open Padwatch").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn the_window_opens_with_the_size_that_it_was_closed_with() {
    let (mut desk, tray, _notifications, _keyring, sandbox) = office().await;
    desk.start_manager().unwrap();
    let _program = Program::start(&desk, &sandbox, &[]);
    let menu = tray.menu().await;
    until("the window", async || {
        (window::count(&desk) == 1).then_some(())
    })
    .await;
    let chosen = (820, 710);
    assert_ne!(window::size(&desk), Some(chosen));
    until("the chosen size", async || {
        window::resize(&desk, chosen);
        (window::size(&desk) == Some(chosen)).then_some(())
    })
    .await;
    window::close(&desk);
    menu.click("Open Padwatch").await;
    until("the window in that size", async || {
        (window::size(&desk) == Some(chosen)).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn the_window_goes_when_padwatch_is_killed() {
    let (desk, _tray, _notifications, _keyring, sandbox) = office().await;
    let program = Program::start(&desk, &sandbox, &[]);
    until("the window", async || {
        (window::count(&desk) == 1).then_some(())
    })
    .await;
    // Dropping it kills it.
    drop(program);
    until("no window", async || {
        (window::count(&desk) == 0).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn after_a_restart_everything_is_there_and_nothing_is_made_twice() {
    let (desk, tray, notifications, _keyring, sandbox) = office_with_keys().await;
    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("Watching").await;
    sandbox.move_to("Amara Nwosu", "Phone Screen").await;
    menu.click("Check now").await;
    notifications.titled("Pad ready: Amara Nwosu").await;
    assert!(program.end().await.success());

    let program = Program::start(&desk, &sandbox, &["--hidden"]);
    let menu = tray.menu().await;
    menu.row("New: Amara Nwosu").await;
    menu.row("Watching").await;
    assert!(program.end().await.success());
    assert_eq!(sandbox.pads().await.len(), 1);
    assert_eq!(notifications.all().len(), 1, "told once, over two starts");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn an_old_entry_for_the_login_is_renewed_and_none_is_made_unasked() {
    let desk = Desk::bare();
    let (tray, _notifications) = (Tray::serve(&desk).await, Notifications::serve(&desk).await);
    let _keyring = Keyring::unlocked(&desk);
    // Where a package would put it: a build in Cargo's folder is never named in the entry.
    let installed = desk.folder("bin").join("padwatch");
    std::fs::copy(program::binary(), &installed).unwrap();
    let entry = desk.folder(".config").join("autostart/padwatch.desktop");
    let program = Program::start_at(&desk, &installed, ["--hidden"]);
    tray.menu().await;
    assert!(program.end().await.success());
    assert!(!entry.exists(), "nobody was asked");

    let old = "[Desktop Entry]\nExec=/an/old/place/padwatch --hidden\nX-Own=1\n";
    std::fs::create_dir_all(entry.parent().unwrap()).unwrap();
    std::fs::write(&entry, old).unwrap();
    let program = Program::start_with(&desk, ["--hidden"]);
    tray.menu().await;
    assert!(program.end().await.success());
    assert_eq!(std::fs::read_to_string(&entry).unwrap(), old, "a build");

    let program = Program::start_at(&desk, &installed, ["--hidden"]);
    tray.menu().await;
    assert!(program.end().await.success());
    let renewed = old.replace(
        "/an/old/place/padwatch",
        &format!("\"{}\"", installed.display()),
    );
    assert_eq!(std::fs::read_to_string(&entry).unwrap(), renewed);

    let switched_off = renewed + "Hidden=true\n";
    std::fs::write(&entry, &switched_off).unwrap();
    let program = Program::start_at(&desk, &installed, ["--hidden"]);
    tray.menu().await;
    assert!(program.end().await.success());
    assert_eq!(std::fs::read_to_string(&entry).unwrap(), switched_off);
}
