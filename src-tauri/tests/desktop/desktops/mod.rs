//! The main job on the desktops that people use, with their own panels, notifications, and clipboards.

mod gnome;
mod plasma;
mod sway;

use std::path::PathBuf;

use crate::harness::desk::Ended;
use crate::harness::desktop::{Desktop, Focused};
use crate::harness::installed;
use crate::harness::item::Item;
use crate::harness::keyring::Keyring;
use crate::harness::page::Page;
use crate::harness::program::Program;
use crate::harness::sandbox::Sandbox;
use crate::harness::screen::Pixels;
use crate::harness::wait::{until, until_equal, until_ok};

const NAME: &str = "Amara Nwosu";

/// The color of the dot that only the icon of a new pad has.
const DOT: [u8; 3] = [0xf5, 0xa6, 0x23];

/// Padwatch on a desktop, with both keys in its keyring.
struct Office<'a, D: Desktop> {
    desktop: &'a D,
    sandbox: Sandbox,
    /// Until it ends.
    program: Option<Program>,
    _keyring: Keyring,
}

impl<'a, D: Desktop> Office<'a, D> {
    /// Started as at login.
    async fn open(desktop: &'a D) -> Self {
        Self::open_with(desktop, &["--hidden"]).await
    }

    /// Started as from the list of programs.
    async fn open_by_hand(desktop: &'a D) -> Self {
        Self::open_with(desktop, &[]).await
    }

    async fn open_with(desktop: &'a D, options: &[&str]) -> Self {
        let sandbox = Sandbox::start().await;
        let keyring = Keyring::unlocked(desktop.desk());
        Keyring::store_both(desktop.desk(), &sandbox);
        Self {
            program: Some(installed::start(desktop.desk(), &sandbox, options)),
            desktop,
            sandbox,
            _keyring: keyring,
        }
    }

    /// Waits until the icon has this state, on the bus and on the screen.
    async fn icon_is(&self, state: &str) {
        let icon = Item::shown(self.desktop.desk()).await;
        icon.has_picture(state).await;
        let has_dot = state == "new";
        until(&format!("the icon {state} on the screen"), async || {
            let screen = Pixels::read(&self.picture(state));
            (screen.have(D::PANEL, DOT) == has_dot).then_some(())
        })
        .await;
    }

    fn picture(&self, of: &str) -> PathBuf {
        self.desktop.picture(&format!("{}-{of}", D::NAME))
    }

    /// Waits until a program that pastes gets this.
    async fn copied(&self, text: &str) {
        until_equal("what is pasted", Some(text.to_owned()), async || {
            self.desktop.copied().await
        })
        .await;
    }

    /// From the keys in the keyring to the link on the clipboard, by notification and by menu.
    async fn main_path(&self) {
        let desktop = self.desktop;
        self.icon_is("watching").await;
        let icon = Item::shown(desktop.desk()).await;
        icon.menu().await.row("Watching").await;
        self.sandbox.move_to(NAME, "Phone Screen").await;
        desktop.choose("Check now").await;
        let title = format!("Pad ready: {NAME}");
        desktop.point_at_notification(&title).await;
        self.icon_is("new").await;
        desktop.press(&title, "Copy link").await;
        let pads = self.sandbox.pads().await;
        let link = pads[0]["url"].as_str().unwrap();
        self.copied(link).await;
        self.icon_is("copied").await;
        desktop.copy_elsewhere("something else").await;
        self.copied("something else").await;
        desktop.choose(NAME).await;
        self.copied(link).await;
        desktop.restart_panel().await;
        desktop.choose("Check now").await;
        assert_eq!(self.sandbox.pads().await.len(), 1, "one pad");
    }

    /// The window opens in front of another.
    async fn window_opens(&self) -> Page {
        let _other = self.other_window("Another program").await;
        self.desktop.choose("Open Padwatch").await;
        self.is_in_front("Padwatch").await;
        let page = self.page().await;
        page.lists(NAME, true).await;
        self.picture("window");
        page
    }

    /// The window that is open comes to the front from behind another.
    async fn window_comes_back(&self) {
        let _other = self.other_window("Another program").await;
        self.desktop.choose("Open Padwatch").await;
        self.is_in_front("Padwatch").await;
    }

    /// The page in the window.
    async fn page(&self) -> Page {
        self.program
            .as_ref()
            .unwrap()
            .page(self.desktop.desk())
            .await
    }

    async fn is_in_front(&self, title: &str) {
        let expected = Focused {
            title: title.to_owned(),
            app: D::APP.to_owned(),
        };
        until_equal("the window in front", Some(expected), async || {
            self.desktop.focused().await
        })
        .await;
    }

    /// A window of another program, in front.
    async fn other_window(&self, title: &str) -> Ended {
        let mut program = self.desktop.desk().command("zenity");
        program.args([
            "--info",
            "--text",
            "The recruiter works here.",
            "--title",
            title,
        ]);
        let program = Ended(program.spawn().unwrap());
        until_ok("the other window in front", async || {
            match self.desktop.focused().await {
                Some(focused) if focused.title == title => Ok(()),
                other => Err(other),
            }
        })
        .await;
        program
    }

    async fn end(mut self) {
        let program = self.program.take().unwrap();
        assert!(program.end().await.success());
    }
}

impl<D: Desktop> Drop for Office<'_, D> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.picture("failed");
        }
    }
}
