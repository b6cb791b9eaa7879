//! The display, and its loss. GDK ends a program whose display is gone on the spot: on Wayland after
//! one message in its log, on X11 in the handler that Xlib calls. Each is the moment to finish what is
//! under way, and to take this program's place with a new one that waits for the display: compositors
//! and X servers come back after a crash.

use std::ffi::{c_int, c_void};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use gtk::glib::{log_set_writer_func, log_writer_default};

/// Set for a program that was started because the display was lost.
pub(crate) const AFTER_LOSS: &str = "PADWATCH_AFTER_DISPLAY_LOSS";
/// How long a lost display is waited for. A session that has ended takes longer than that to be a new
/// one, and starts Padwatch itself.
const PATIENCE: Duration = Duration::from_secs(60);
const BETWEEN_TRIES: Duration = Duration::from_millis(500);
/// What GDK says on Wayland right before it ends the program.
const LOST: [&str; 4] = [
    "Error reading events from display",
    "Error flushing display",
    "dispatching to Wayland display",
    "Lost connection to Wayland compositor",
];

/// Returns true if this program was started because the display was lost: no one asked to see it.
pub(crate) fn was_lost() -> bool {
    std::env::var_os(AFTER_LOSS).is_some()
}

/// Opens the display. Returns false if there is none.
pub(crate) fn open() -> bool {
    let patience = match was_lost() {
        true => PATIENCE,
        false => Duration::ZERO,
    };
    let begun = Instant::now();
    loop {
        if gtk::init().is_ok() {
            return true;
        }
        if begun.elapsed() >= patience {
            return false;
        }
        thread::sleep(BETWEEN_TRIES);
    }
}

/// Calls `act` on the main thread when the display is lost. GDK ends the program when it returns.
pub(crate) fn when_lost(act: impl Fn() + Send + Sync + 'static) {
    // An error: it was said before.
    let _ = ACT.set(Box::new(act));
    hear_xlib();
    log_set_writer_func(|level, fields| {
        let field = |key: &str| {
            let field = fields.iter().find(|field| field.key() == key);
            field.and_then(|field| field.value_str())
        };
        let message = field("MESSAGE").unwrap_or_default();
        if field("GLIB_DOMAIN") == Some("Gdk") && is_loss(message) {
            lost();
        }
        log_writer_default(level, fields)
    });
}

/// What to do when the display is lost.
static ACT: OnceLock<Box<dyn Fn() + Send + Sync>> = OnceLock::new();

fn lost() {
    if let Some(act) = ACT.get() {
        act();
    }
}

/// GDK's own handler says nothing when the X server is gone. This one takes its place.
#[expect(
    unsafe_code,
    reason = "Xlib is there with GDK's X11 part, and its function has had this type since 1987"
)]
fn hear_xlib() {
    type Handler = extern "C" fn(*mut c_void) -> c_int;
    type Set = unsafe extern "C" fn(Option<Handler>) -> Option<Handler>;
    // SAFETY: the library is loaded already wherever GDK knows X11; the handler is a function.
    let set = unsafe {
        libloading::Library::new("libX11.so.6").and_then(|library| {
            library.get::<Set>(b"XSetIOErrorHandler").map(|set| {
                set(Some(lost_on_x11));
            })?;
            // Its code is called for as long as this program runs.
            std::mem::forget(library);
            Ok(())
        })
    };
    if let Err(error) = set {
        tracing::debug!(%error, "no Xlib");
    }
}

/// Xlib ends the program when this returns.
extern "C" fn lost_on_x11(_: *mut c_void) -> c_int {
    lost();
    std::process::exit(1)
}

fn is_loss(message: &str) -> bool {
    LOST.iter().any(|words| message.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_lost_display_is_one() {
        for lost in [
            "Error reading events from display: Broken pipe",
            "Lost connection to Wayland compositor.",
        ] {
            assert!(is_loss(lost), "{lost}");
        }
        assert!(!is_loss(
            "Unable to load sb_v_double_arrow from the cursor theme"
        ));
    }
}
