//! Windows and macOS: the native icon and menu, kept equal to the values, on the main thread, since
//! both systems want them to be called from no other.

use padwatch_api::tray::menu::{Click, Menu, Row};
use tao::event::Event;
use tao::event_loop::{ControlFlow, EventLoop, EventLoopBuilder, EventLoopProxy};
use tao::platform::run_return::EventLoopExtRunReturn as _;
use tokio::sync::oneshot;
use tray_icon::menu::{
    IsMenuItem, Menu as NativeMenu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu,
};

use super::place::{NotShown, Place};
use super::{Identity, Look};

/// What the main thread is asked to do.
enum MainThreadRequest {
    /// To make the tray show these.
    Tray(Look, oneshot::Sender<Result<(), NotShown>>),
    /// To end the program with this code.
    End(i32),
}

/// A way to ask the main thread. Nothing ever waits there.
#[derive(Clone)]
pub(crate) struct MainThread(EventLoopProxy<MainThreadRequest>);

impl MainThread {
    /// Makes the tray show these, and puts it there at the first time.
    ///
    /// # Errors
    /// When the desktop refuses. The next time begins with a new tray.
    pub(crate) async fn show_tray(&self, look: Look) -> Result<(), NotShown> {
        let (done, shown) = oneshot::channel();
        let request = MainThreadRequest::Tray(look, done);
        self.0.send_event(request).map_err(|_| NotShown::Ending)?;
        shown.await.map_err(|_| NotShown::Ending)?
    }

    /// Calls `heard` with every click from now on.
    pub(crate) fn hear_clicks(&self, heard: impl Fn(Click) + Send + Sync + 'static) {
        MenuEvent::set_event_handler(Some(move |event: MenuEvent| {
            if let Ok(click) = serde_json::from_str(event.id.as_ref()) {
                heard(click);
            }
        }));
    }

    /// Ends the program.
    pub(crate) fn end(&self, code: u8) {
        // An error: it is ending already.
        let _ = self.0.send_event(MainThreadRequest::End(i32::from(code)));
    }
}

/// The loop that the main thread runs.
pub(crate) struct MainLoop {
    events: EventLoop<MainThreadRequest>,
    identity: Identity,
}

impl MainLoop {
    /// Prepares the desktop for this Padwatch's icon.
    pub(crate) fn new(identity: Identity) -> Self {
        let events = EventLoopBuilder::with_user_event().build();
        Self { events, identity }
    }

    /// A way to ask it.
    pub(crate) fn thread(&self) -> MainThread {
        MainThread(self.events.create_proxy())
    }

    /// Does what it is asked to do until it is to end. Returns the code to end with.
    pub(crate) fn run(self) -> u8 {
        let Self {
            mut events,
            identity,
        } = self;
        let mut tray = None;
        let code = events.run_return(move |event, _, flow| {
            *flow = ControlFlow::Wait;
            match event {
                Event::UserEvent(MainThreadRequest::Tray(look, done)) => {
                    // The receiver is gone only when Padwatch is ending.
                    let _ = done.send(show(&mut tray, &identity, look));
                }
                Event::UserEvent(MainThreadRequest::End(code)) => {
                    *flow = ControlFlow::ExitWithCode(code);
                }
                _ => {}
            }
        });
        // The screen going away ends the loop with another code than ours.
        u8::try_from(code).unwrap_or(1)
    }
}

/// The icon in the tray. It can't leave the main thread.
struct NativeTray {
    place: Place,
    look: Look,
    /// The native rows that have words, in the order of [`Menu::texts`].
    worded: Vec<Worded>,
}

enum Worded {
    Item(MenuItem),
    Submenu(Submenu),
}

impl NativeTray {
    /// Puts the icon into the tray. The whole menu is built before the host sees it: some hosts
    /// show blank rows otherwise (reference/reliability.md, D6).
    fn new(identity: &Identity, look: Look) -> Result<Self, NotShown> {
        let (native, worded) = build(&look.menu)?;
        let place = Place::new(identity, look.icon, &look.headline, native)?;
        Ok(Self {
            place,
            look,
            worded,
        })
    }

    /// Makes the native tray show these.
    fn show(&mut self, look: Look) -> Result<(), NotShown> {
        if look.icon != self.look.icon || look.headline != self.look.headline {
            self.place.set_icon(look.icon, &look.headline)?;
        }
        if look.menu.same_shape(&self.look.menu) {
            self.reword(&look.menu);
        } else {
            let (native, worded) = build(&look.menu)?;
            self.place.set_menu(native);
            self.worded = worded;
        }
        self.look = look;
        Ok(())
    }

    fn reword(&self, menu: &Menu) {
        let texts = menu.texts().into_iter().zip(self.look.menu.texts());
        for (row, (new, old)) in self.worded.iter().zip(texts) {
            if new != old {
                match row {
                    Worded::Item(item) => item.set_text(escaped(new)),
                    Worded::Submenu(submenu) => submenu.set_text(escaped(new)),
                }
            }
        }
    }
}

fn show(tray: &mut Option<NativeTray>, identity: &Identity, look: Look) -> Result<(), NotShown> {
    let shown = match tray.take() {
        Some(mut there) => there.show(look).map(|()| there),
        None => NativeTray::new(identity, look),
    };
    *tray = Some(shown?);
    Ok(())
}

fn build(menu: &Menu) -> Result<(NativeMenu, Vec<Worded>), NotShown> {
    let mut worded = Vec::new();
    let native = NativeMenu::new();
    for row in &menu.rows {
        native.append(&*native_row(row, &mut worded)?)?;
    }
    Ok((native, worded))
}

fn native_row(row: &Row, worded: &mut Vec<Worded>) -> Result<Box<dyn IsMenuItem>, NotShown> {
    Ok(match row {
        Row::Line => Box::new(PredefinedMenuItem::separator()),
        Row::Words(text) => {
            let item = MenuItem::new(escaped(text), false, None);
            worded.push(Worded::Item(item.clone()));
            Box::new(item)
        }
        Row::Item(text, click) => {
            let id = serde_json::to_string(click)?;
            let item = MenuItem::with_id(id, escaped(text), true, None);
            worded.push(Worded::Item(item.clone()));
            Box::new(item)
        }
        Row::Submenu(text, rows) => {
            let submenu = Submenu::new(escaped(text), true);
            worded.push(Worded::Submenu(submenu.clone()));
            for row in rows {
                submenu.append(&*native_row(row, worded)?)?;
            }
            Box::new(submenu)
        }
    })
}

/// `&` marks the letter to press in a native label.
fn escaped(text: &str) -> String {
    text.replace('&', "&&")
}
