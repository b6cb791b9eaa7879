//! A desktop that exists for one test alone: a screen, a session bus, a keyring, a tray, a
//! notification service, and Lever and CoderPad behind real sockets.

pub(crate) mod clipboard;
pub(crate) mod desk;
pub(crate) mod desktop;
pub(crate) mod gnome;
pub(crate) mod installed;
pub(crate) mod item;
pub(crate) mod keyring;
pub(crate) mod menu;
pub(crate) mod notifications;
pub(crate) mod page;
pub(crate) mod panel;
pub(crate) mod place;
pub(crate) mod plasma;
pub(crate) mod port;
pub(crate) mod portal;
pub(crate) mod program;
pub(crate) mod prompter;
pub(crate) mod sandbox;
pub(crate) mod screen;
pub(crate) mod spoken;
pub(crate) mod sway;
pub(crate) mod tray;
pub(crate) mod tunnel;
pub(crate) mod wait;
pub(crate) mod window;
pub(crate) mod wine;

use desk::Desk;
use keyring::Keyring;
use notifications::Notifications;
use sandbox::Sandbox;
use tray::Tray;

/// A desktop as a person has it, and the two services.
pub(crate) type Office = (Desk, Tray, Notifications, Keyring, Sandbox);

/// An office whose keyring is open and empty.
pub(crate) async fn office() -> Office {
    office_at(Sandbox::start().await).await
}

async fn office_at(sandbox: Sandbox) -> Office {
    let desk = Desk::bare();
    let (tray, notifications) = (Tray::serve(&desk).await, Notifications::serve(&desk).await);
    let keyring = Keyring::unlocked(&desk);
    (desk, tray, notifications, keyring, sandbox)
}

/// An office whose keyring holds the keys of both services, and whose time runs faster.
pub(crate) async fn fast_office() -> Office {
    let office = office_at(Sandbox::start_fast().await).await;
    Keyring::store_both(&office.0, &office.4);
    office
}

/// An office whose keyring holds the keys of both services.
pub(crate) async fn office_with_keys() -> Office {
    let office = office().await;
    Keyring::store_both(&office.0, &office.4);
    office
}

/// The same, but no one has typed the keyring's password yet.
pub(crate) async fn office_with_locked_keys() -> Office {
    let (desk, tray, notifications, open, sandbox) = office_with_keys().await;
    drop(open);
    let keyring = Keyring::locked(&desk);
    (desk, tray, notifications, keyring, sandbox)
}
