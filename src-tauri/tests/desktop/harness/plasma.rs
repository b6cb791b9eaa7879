//! KDE Plasma on X11: its own panel, notifications, and clipboard manager, and the mouse.

use std::cell::RefCell;
use std::ops::Range;
use std::path::PathBuf;

use desktop_session::Background;

use super::clipboard;
use super::desk::Desk;
use super::desktop::{Desktop, Focused};
use super::installed;
use super::item::{Item, WATCHER};
use super::menu::Row;
use super::place::Place;
use super::screen;
use super::spoken::Spoken;
use super::wait::until;

/// What is seen moves at once.
const GLOBALS: &str = "[KDE]\nAnimationDurationFactor=0\n";

/// What Plasma's own services are called. Nothing else starts automatically.
const SERVICES: [&str; 3] = [
    "org.kde.ActivityManager",
    "org.kde.kglobalaccel",
    "org.a11y.Bus",
];

const SHELL: &str = "plasmashell";

/// How high a line between a menu's rows is, and the menu's edge, in Plasma's own look.
const LINE: i32 = 7;
const EDGE: i32 = 4;

/// A desk with Plasma on it.
pub(crate) struct Plasma {
    /// Its panel, with all that is in it. Ends before what it is on.
    shell: RefCell<Option<Background>>,
    spoken: Spoken,
    desk: Desk,
}

impl Plasma {
    /// Starts it, and waits until icons and notifications can be shown.
    pub(crate) async fn start() -> Self {
        let mut desk = Desk::bare();
        installed::put(&desk);
        desk.put(".config/kdeglobals", GLOBALS).unwrap();
        for service in SERVICES {
            desk.allow_service(service);
        }
        for (name, value) in [
            ("XDG_SESSION_TYPE", "x11"),
            ("XDG_CURRENT_DESKTOP", "KDE"),
            ("KDE_FULL_SESSION", "true"),
            ("KDE_SESSION_VERSION", "5"),
            ("QT_QUICK_BACKEND", "software"),
            ("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1"),
            ("LIBGL_ALWAYS_SOFTWARE", "1"),
        ] {
            desk.set(name, value);
        }
        for program in ["kwin_x11", "kded5"] {
            let mut program = desk.command(program);
            desk.keep(&mut program).unwrap();
        }
        let shell = start_shell(&desk);
        desk.wait_for_name(WATCHER).unwrap();
        Self {
            spoken: Spoken::on(&desk).await,
            shell: RefCell::new(Some(shell)),
            desk,
        }
    }

    fn move_to(&self, (x, y): (i32, i32)) {
        let mut hand = self.desk.command("xdotool");
        hand.args(["mousemove", &x.to_string(), &y.to_string()]);
        assert!(hand.status().unwrap().success());
    }

    fn click(&self, place: (i32, i32), button: &str) {
        self.move_to(place);
        let mut hand = self.desk.command("xdotool");
        assert!(hand.args(["click", button]).status().unwrap().success());
    }

    /// Where the menu is, once it has come to rest: no screen reader speaks of it.
    async fn menu_place(&self) -> Place {
        let mut before = None;
        until("the menu", async || {
            let place = self.menu();
            let rests = place.is_some() && place == before;
            before = place;
            place.filter(|_| rests)
        })
        .await
    }

    fn menu(&self) -> Option<Place> {
        let mut search = self.desk.command("xdotool");
        search.args(["search", "--onlyvisible", "--class", SHELL]);
        let found = String::from_utf8(search.output().unwrap().stdout).unwrap();
        found.lines().find_map(|window| {
            let kind = self.answer("xprop", &["-id", window, "_NET_WM_WINDOW_TYPE"])?;
            if !kind.contains("_POPUP_MENU") {
                return None;
            }
            Place::of(&self.answer("xdotool", &["getwindowgeometry", "--shell", window])?)
        })
    }

    /// What a program prints, without the end of the line.
    fn answer(&self, program: &str, options: &[&str]) -> Option<String> {
        let said = self.desk.command(program).args(options).output().unwrap();
        let text = String::from_utf8(said.stdout).unwrap();
        said.status.success().then(|| text.trim_end().to_owned())
    }
}

impl Desktop for Plasma {
    const NAME: &'static str = "plasma";
    const APP: &'static str = "padwatch";
    const PANEL: Range<usize> = 856..900;

    fn desk(&self) -> &Desk {
        &self.desk
    }

    async fn choose(&self, row: &str) {
        let item = Item::shown(&self.desk).await;
        let menu = item.menu().await;
        menu.usable_row(row).await;
        let icon = self.spoken.place(SHELL, &item.title().await).await;
        self.click(icon, "3");
        let place = self.menu_place().await;
        self.click(row_in(place, &menu.top().await, row), "1");
        until("the menu is closed", async || {
            self.menu().is_none().then_some(())
        })
        .await;
    }

    async fn point_at_notification(&self, title: &str) {
        let place = self.spoken.place(SHELL, title).await;
        self.move_to(place);
    }

    async fn press(&self, title: &str, button: &str) {
        self.point_at_notification(title).await;
        let button = self.spoken.place(SHELL, button).await;
        self.click(button, "1");
    }

    async fn restart_panel(&self) {
        drop(self.shell.take());
        let shell = start_shell(&self.desk);
        self.shell.replace(Some(shell));
    }

    async fn copied(&self) -> Option<String> {
        clipboard::text(&self.desk)
    }

    async fn copy_elsewhere(&self, text: &str) {
        clipboard::replace(&self.desk, text);
    }

    async fn focused(&self) -> Option<Focused> {
        let window = self.answer("xdotool", &["getactivewindow"])?;
        let title = self.answer("xdotool", &["getwindowname", &window])?;
        let class = self.answer("xprop", &["-id", &window, "WM_CLASS"])?;
        let app = class.split('"').nth(1)?.to_owned();
        Some(Focused { title, app })
    }

    fn picture(&self, name: &str) -> PathBuf {
        screen::picture(&self.desk, name);
        screen::file(name)
    }
}

/// The middle of the row in a menu that begins like this. All rows are as high as each other.
fn row_in(menu: Place, rows: &[Option<Row>], start: &str) -> (i32, i32) {
    let count = |rows: &[Option<Row>], is_row: bool| {
        let found = rows.iter().filter(|row| row.is_some() == is_row).count();
        i32::try_from(found).unwrap()
    };
    let height = menu.height - 2 * EDGE - count(rows, false) * LINE;
    let all = count(rows, true);
    assert_eq!(height % all, 0, "rows in {menu:?}: {rows:?}");
    let height = height / all;
    let begins = |row: &Row| row.label.starts_with(start);
    let at = rows.iter().position(|row| row.as_ref().is_some_and(begins));
    let above = &rows[..at.unwrap()];
    let y = EDGE + count(above, true) * height + count(above, false) * LINE + height / 2;
    (menu.x + menu.width / 2, menu.y + y)
}

fn start_shell(desk: &Desk) -> Background {
    let shell = desk.start_part(&mut desk.command(SHELL), "").unwrap();
    desk.wait_for_name("org.freedesktop.Notifications").unwrap();
    shell
}
