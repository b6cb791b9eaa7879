//! Linux: a StatusNotifierItem with a menu, served on the session's bus. No toolkit is needed for it,
//! and the panel draws it when there is one.

use std::sync::{Arc, OnceLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use ksni::menu::{StandardItem, SubMenu};
use ksni::{Category, Handle, MenuItem, ToolTip, Tray, TrayMethods as _};
use padwatch_api::tray::menu::{Click, Row};
use tokio::sync::Mutex;

use super::icon::{self, Icon};
use super::{Identity, Look};
use crate::activation::ActivationToken;
use crate::pixels::{Pixels, decode};

/// Does what a click means, with the desktop's permission to show a window for it. Called from the
/// bus's thread.
type OnClick = Box<dyn Fn(Click, Option<ActivationToken>) + Send + Sync>;
/// How long the permission may come after the click.
const PERMISSION_PATIENCE: Duration = Duration::from_millis(20);

/// Why the tray does not show what it should.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotShown {
    #[error(transparent)]
    Bus(#[from] ksni::Error),
    #[error("the icon's picture can't be read: {0}")]
    Picture(#[from] png::DecodingError),
}

/// A way to the tray, and to the main thread's end.
#[derive(Clone)]
pub(crate) struct MainThread {
    identity: Arc<Identity>,
    item: Arc<Mutex<Option<Handle<Item>>>>,
    on_click: Arc<OnceLock<OnClick>>,
    end: mpsc::Sender<u8>,
}

impl MainThread {
    /// Makes the tray show these, and puts the item on the bus at the first time. A panel that
    /// starts later finds it there.
    ///
    /// # Errors
    /// When there is no bus. The next time begins with a new item.
    pub(crate) async fn show_tray(&self, look: Look) -> Result<(), NotShown> {
        let picture = picture(look.icon)?;
        let mut item = self.item.lock().await;
        if let Some(there) = &*item {
            let (look, picture) = (look.clone(), picture.clone());
            let update = |item: &mut Item| (item.look, item.picture) = (look, picture);
            if there.update(update).await.is_some() {
                return Ok(());
            }
        }
        let new = Item {
            id: self.identity.id.clone(),
            look,
            picture,
            on_click: self.on_click.clone(),
        };
        *item = Some(new.assume_sni_available(true).spawn().await?);
        Ok(())
    }

    /// Calls `heard` with every click from now on.
    pub(crate) fn hear_clicks(
        &self,
        heard: impl Fn(Click, Option<ActivationToken>) + Send + Sync + 'static,
    ) {
        // An error: someone hears them already.
        let _ = self.on_click.set(Box::new(heard));
    }

    /// Ends the program.
    pub(crate) fn end(&self, code: u8) {
        // An error: it is ending already.
        let _ = self.end.send(code);
    }
}

/// What the main thread does: nothing, until the program ends.
pub(crate) struct MainLoop {
    thread: MainThread,
    ended: mpsc::Receiver<u8>,
}

impl MainLoop {
    /// For this Padwatch's icon.
    pub(crate) fn new(identity: Identity) -> Self {
        let (end, ended) = mpsc::channel();
        let thread = MainThread {
            identity: Arc::new(identity),
            item: Arc::default(),
            on_click: Arc::default(),
            end,
        };
        Self { thread, ended }
    }

    /// A way to the tray.
    pub(crate) fn thread(&self) -> MainThread {
        self.thread.clone()
    }

    /// Waits until the program is to end. Returns the code to end with.
    pub(crate) fn run(self) -> u8 {
        // It never fails: this holds a sender itself.
        self.ended.recv().unwrap_or_default()
    }
}

/// What is on the bus.
struct Item {
    id: String,
    look: Look,
    picture: ksni::Icon,
    on_click: Arc<OnceLock<OnClick>>,
}

impl Item {
    fn clicked(&self, click: Click) {
        if let Some(on_click) = self.on_click.get() {
            let activation = click.opens_window().then(activation).flatten();
            on_click(click, activation);
        }
    }
}

impl Tray for Item {
    fn id(&self) -> String {
        self.id.clone()
    }

    fn category(&self) -> Category {
        Category::ApplicationStatus
    }

    fn title(&self) -> String {
        self.look.headline.clone()
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        vec![self.picture.clone()]
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip {
            title: self.look.headline.clone(),
            ..ToolTip::default()
        }
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.look.menu.rows.iter().map(item).collect()
    }

    fn activate(&mut self, _: i32, _: i32) {
        self.clicked(Click::OpenWindow);
    }
}

/// The desktop's permission to show a window for the click that is being told. Panels send it just
/// before the click, or just after it; on X11 they send none.
fn activation() -> Option<ActivationToken> {
    std::env::var_os("WAYLAND_DISPLAY")?;
    // What else comes from the bus goes on meanwhile.
    tokio::task::block_in_place(|| {
        let begun = Instant::now();
        loop {
            let token = ksni::current_xdg_activation_token();
            if token.is_some() || begun.elapsed() >= PERMISSION_PATIENCE {
                return token.as_deref().and_then(ActivationToken::of);
            }
            thread::sleep(Duration::from_millis(1));
        }
    })
}

fn item(row: &Row) -> MenuItem<Item> {
    match row {
        Row::Line => MenuItem::Separator,
        Row::Words(text) => StandardItem {
            label: escaped(text),
            enabled: false,
            ..StandardItem::default()
        }
        .into(),
        Row::Item(text, click) => {
            let click = click.clone();
            StandardItem {
                label: escaped(text),
                activate: Box::new(move |item: &mut Item| item.clicked(click.clone())),
                ..StandardItem::default()
            }
            .into()
        }
        Row::Submenu(text, rows) => SubMenu {
            label: escaped(text),
            submenu: rows.iter().map(item).collect(),
            ..SubMenu::default()
        }
        .into(),
    }
}

/// A single underscore marks the letter to press in the menu's protocol.
fn escaped(text: &str) -> String {
    text.replace('_', "__")
}

/// The icon as the protocol wants it: alpha comes first in each pixel.
fn picture(icon: Icon) -> Result<ksni::Icon, png::DecodingError> {
    let Pixels {
        width,
        height,
        rgba: mut data,
    } = decode(icon::png(icon))?;
    for pixel in data.chunks_exact_mut(4) {
        pixel.rotate_right(1);
    }
    let side = |pixels: u32| i32::try_from(pixels).unwrap_or_default();
    Ok(ksni::Icon {
        width: side(width),
        height: side(height),
        data,
    })
}

#[cfg(test)]
mod tests {
    use padwatch_api::tray::menu::Menu;

    use super::*;

    #[test]
    fn every_icon_has_four_bytes_a_pixel() {
        for icon in Icon::ALL {
            let picture = picture(icon).unwrap();
            let bytes = usize::try_from(picture.width * picture.height * 4).unwrap();
            assert_eq!(picture.data.len(), bytes, "{icon:?}");
            // Alpha comes first: the corner is clear, and something is drawn.
            assert_eq!(picture.data[0], 0, "{icon:?}");
            let drawn = picture.data.chunks_exact(4).any(|pixel| pixel[0] == 255);
            assert!(drawn, "{icon:?}");
        }
    }

    #[test]
    fn rows_become_items_that_say_which_was_clicked() {
        let (heard, clicks) = mpsc::channel();
        let on_click = OnceLock::<OnClick>::new();
        let hear = Box::new(move |click, _| heard.send(click).unwrap());
        assert!(on_click.set(hear).is_ok());
        let look = Look {
            menu: Menu {
                rows: vec![
                    Row::Words("Watching".to_owned()),
                    Row::Line,
                    Row::Submenu(
                        "Pause".to_owned(),
                        vec![Row::Item("snake_case".to_owned(), Click::PauseHour)],
                    ),
                    Row::Item("Quit".to_owned(), Click::Quit),
                ],
            },
            icon: Icon::Watching,
            headline: "Padwatch: watching".to_owned(),
        };
        let mut tray = Item {
            id: "padwatch".to_owned(),
            picture: picture(look.icon).unwrap(),
            look,
            on_click: Arc::new(on_click),
        };
        assert_eq!(tray.title(), "Padwatch: watching");
        assert_eq!(tray.tool_tip().title, "Padwatch: watching");
        let menu = tray.menu();
        let [
            MenuItem::Standard(words),
            MenuItem::Separator,
            MenuItem::SubMenu(pause),
            MenuItem::Standard(quit),
        ] = menu.as_slice()
        else {
            panic!("other rows");
        };
        assert!(!words.enabled && quit.enabled && pause.enabled);
        let [MenuItem::Standard(hour)] = pause.submenu.as_slice() else {
            panic!("other rows in the submenu");
        };
        assert_eq!(hour.label, "snake__case");
        (hour.activate)(&mut tray);
        (quit.activate)(&mut tray);
        tray.activate(0, 0);
        let clicked: Vec<Click> = clicks.try_iter().collect();
        assert_eq!(
            clicked,
            [Click::PauseHour, Click::Quit, Click::OpenWindow],
            "a click on the icon itself opens the window"
        );
    }
}
