//! The main thread: desktops want tray and menu to be called from no other.

use tao::event::Event;
use tao::event_loop::{ControlFlow, EventLoop, EventLoopBuilder, EventLoopProxy};
use tao::platform::run_return::EventLoopExtRunReturn as _;
use tokio::sync::oneshot;

use crate::tray::{Identity, Look, NativeTray, NotShown};

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

    /// Ends the program.
    pub(crate) fn end(&self, code: u8) {
        // An error: it is ending already.
        let _ = self.0.send_event(MainThreadRequest::End(i32::from(code)));
    }
}

/// The loop that the main thread runs.
pub(crate) struct MainLoop(EventLoop<MainThreadRequest>);

impl MainLoop {
    /// Prepares the desktop. There must be a screen: the loop panics without one.
    pub(crate) fn new() -> Self {
        Self(EventLoopBuilder::with_user_event().build())
    }

    /// A way to ask it.
    pub(crate) fn thread(&self) -> MainThread {
        MainThread(self.0.create_proxy())
    }

    /// Does what it is asked to do until it is to end, and says with which code. The tray icon is
    /// this Padwatch's.
    pub(crate) fn run(mut self, identity: Identity) -> u8 {
        let mut tray = None;
        let code = self.0.run_return(move |event, _, flow| {
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

fn show(tray: &mut Option<NativeTray>, identity: &Identity, look: Look) -> Result<(), NotShown> {
    let shown = match tray.take() {
        Some(mut there) => there.show(look).map(|()| there),
        None => NativeTray::new(identity, look),
    };
    *tray = Some(shown?);
    Ok(())
}
