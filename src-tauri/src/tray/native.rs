//! Windows and macOS: the native icon and menu, kept equal to the values, on the main thread, since
//! both systems want them to be called from no other.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

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
use crate::activation::ActivationToken;
#[cfg(target_os = "macos")]
use crate::autostart::at_login;

/// What the main thread is asked to do.
enum MainThreadRequest {
    /// To make the tray show these.
    Tray(Look, oneshot::Sender<Result<(), NotShown>>),
    /// To end the program with this code.
    End(i32),
}

/// Does what a click means.
type OnClick = Box<dyn Fn(Click, Option<ActivationToken>) + Send + Sync>;

/// Finishes what is under way when the system ends the session, and returns once it has.
type OnSessionEnd = Box<dyn Fn() + Send + Sync>;

/// While the person has the menu open, so often it is looked whether it still is.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// A way to ask the main thread. Nothing ever waits there.
#[derive(Clone)]
pub(crate) struct MainThread {
    requests: EventLoopProxy<MainThreadRequest>,
    on_click: Arc<OnceLock<OnClick>>,
    on_session_end: Arc<OnceLock<OnSessionEnd>>,
}

impl MainThread {
    /// Makes the tray show these, and puts it there at the first time.
    ///
    /// # Errors
    /// When the desktop refuses. The next time begins with a new tray.
    pub(crate) async fn show_tray(&self, look: Look) -> Result<(), NotShown> {
        let (done, shown) = oneshot::channel();
        let request = MainThreadRequest::Tray(look, done);
        self.requests
            .send_event(request)
            .map_err(|_| NotShown::Ending)?;
        shown.await.map_err(|_| NotShown::Ending)?
    }

    /// Calls `heard` with every click from now on.
    pub(crate) fn hear_clicks(
        &self,
        heard: impl Fn(Click, Option<ActivationToken>) + Send + Sync + 'static,
    ) {
        // An error: someone hears them already.
        let _ = self.on_click.set(Box::new(heard));
        let on_click = self.on_click.clone();
        MenuEvent::set_event_handler(Some(move |event: MenuEvent| {
            if let Ok(click) = serde_json::from_str(event.id.as_ref()) {
                clicked(&on_click, click);
            }
        }));
    }

    /// Calls `finish` on the main thread when the session ends: the program is gone once it returns.
    pub(crate) fn hear_session_end(&self, finish: impl Fn() + Send + Sync + 'static) {
        // An error: someone hears it already.
        let _ = self.on_session_end.set(Box::new(finish));
    }

    /// Ends the program.
    pub(crate) fn end(&self, code: u8) {
        // An error: it is ending already.
        let end = MainThreadRequest::End(i32::from(code));
        let _ = self.requests.send_event(end);
    }
}

fn clicked(on_click: &OnceLock<OnClick>, click: Click) {
    if let Some(on_click) = on_click.get() {
        on_click(click, None);
    }
}

/// The loop that the main thread runs.
pub(crate) struct MainLoop {
    events: EventLoop<MainThreadRequest>,
    identity: Identity,
    on_click: Arc<OnceLock<OnClick>>,
    on_session_end: Arc<OnceLock<OnSessionEnd>>,
    /// The window opens when the loop begins, unless that is at login.
    #[cfg(target_os = "macos")]
    opens_window: bool,
}

impl MainLoop {
    /// Prepares the desktop for this Padwatch's icon.
    pub(crate) fn new(identity: Identity) -> Self {
        #[cfg_attr(
            not(target_os = "macos"),
            expect(unused_mut, reason = "there, it is changed below")
        )]
        let mut events = EventLoopBuilder::with_user_event().build();
        #[cfg(target_os = "macos")]
        {
            use tao::platform::macos::{ActivationPolicy, EventLoopExtMacOS as _};
            // What lives in the menu bar has no place in the Dock, and takes no one's keyboard at login.
            events.set_activation_policy(ActivationPolicy::Accessory);
            events.set_activate_ignoring_other_apps(false);
        }
        Self {
            events,
            identity,
            on_click: Arc::default(),
            on_session_end: Arc::default(),
            #[cfg(target_os = "macos")]
            opens_window: false,
        }
    }

    /// The same, which opens the window when it begins, unless the login has started Padwatch.
    #[cfg(target_os = "macos")]
    pub(crate) fn opening_window(self, opens_window: bool) -> Self {
        Self {
            opens_window,
            ..self
        }
    }

    /// A way to ask it.
    pub(crate) fn thread(&self) -> MainThread {
        MainThread {
            requests: self.events.create_proxy(),
            on_click: self.on_click.clone(),
            on_session_end: self.on_session_end.clone(),
        }
    }

    /// Does what it is asked to do until it is to end. Returns the code to end with.
    pub(crate) fn run(self) -> u8 {
        let Self {
            mut events,
            identity,
            on_click,
            on_session_end,
            #[cfg(target_os = "macos")]
            opens_window,
        } = self;
        let mut tray = None;
        let mut is_asked_to_end = false;
        let code = events.run_return(move |event, _, flow| {
            *flow = ControlFlow::Wait;
            match event {
                #[cfg(target_os = "macos")]
                Event::NewEvents(tao::event::StartCause::Init)
                    if opens_window && !at_login::is_this_start() =>
                {
                    clicked(&on_click, Click::OpenWindow);
                }
                // macOS: Padwatch was started again, from the Finder or the Dock.
                Event::Reopen { .. } => clicked(&on_click, Click::OpenWindow),
                Event::UserEvent(MainThreadRequest::Tray(look, done)) => {
                    // The receiver is gone only when Padwatch is ending.
                    let _ = done.send(show(&mut tray, &identity, look));
                }
                Event::UserEvent(MainThreadRequest::End(code)) => {
                    is_asked_to_end = true;
                    *flow = ControlFlow::ExitWithCode(code);
                }
                // Windows logs the person out, or macOS: the toolkit exits when this returns.
                Event::LoopDestroyed if !is_asked_to_end => {
                    if let Some(finish) = on_session_end.get() {
                        finish();
                    }
                }
                _ => {}
            }
            if let Some(tray) = &mut tray
                && tray.has_more_to_show()
                && !matches!(*flow, ControlFlow::ExitWithCode(_))
            {
                *flow = ControlFlow::WaitUntil(Instant::now() + LOOK_AGAIN);
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
    /// What is to be shown once the menu that is open is closed.
    held_back: Option<Look>,
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
            held_back: None,
            worded,
        })
    }

    /// Shows what was held back, if the menu is closed by now. Returns true if it is not.
    fn has_more_to_show(&mut self) -> bool {
        if self.held_back.is_none() || is_menu_open() {
            return self.held_back.is_some();
        }
        if let Some(look) = self.held_back.take()
            && let Err(error) = self.show(look)
        {
            tracing::error!(%error, "the tray could not be changed");
        }
        false
    }

    /// Makes the native tray show these.
    fn show(&mut self, look: Look) -> Result<(), NotShown> {
        if look.icon != self.look.icon || look.headline != self.look.headline {
            self.place.set_icon(look.icon, &look.headline)?;
        }
        self.held_back = None;
        if look.menu.same_shape(&self.look.menu) {
            self.reword(&look.menu);
        } else if is_menu_open() {
            (self.look.icon, self.look.headline) = (look.icon, look.headline.clone());
            self.held_back = Some(look);
            return Ok(());
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

#[cfg(windows)]
fn is_menu_open() -> bool {
    super::popup::is_open()
}

/// macOS goes on showing a menu that was replaced.
#[cfg(not(windows))]
fn is_menu_open() -> bool {
    false
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
