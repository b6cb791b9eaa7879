//! The desktop's portal, which opens addresses that it is asked for over the bus.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use zbus::message::Header;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use super::desk::Desk;
use super::wait::until;

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const REQUEST: &str = "org.freedesktop.portal.Request";

/// A portal that notes what it is asked to open.
pub(crate) struct Portal {
    asked: Arc<Mutex<Vec<String>>>,
    _bus: zbus::Connection,
}

struct OpenUri {
    asked: Arc<Mutex<Vec<String>>>,
    /// What it says became of each address: 0 is opened, 2 is that it failed.
    response: u32,
}

#[zbus::interface(name = "org.freedesktop.portal.OpenURI")]
impl OpenUri {
    #[zbus(name = "OpenURI")]
    async fn open_uri(
        &self,
        _parent: String,
        uri: String,
        options: HashMap<String, OwnedValue>,
        #[zbus(header)] header: Header<'_>,
        #[zbus(signal_emitter)] to: SignalEmitter<'_>,
    ) -> OwnedObjectPath {
        self.asked.lock().unwrap().push(uri);
        let token = String::try_from(options["handle_token"].clone()).unwrap();
        let sender = header.sender().unwrap().to_string();
        let sender = sender.trim_start_matches(':').replace('.', "_");
        let handle = ObjectPath::try_from(format!("{PATH}/request/{sender}/{token}")).unwrap();
        let results = HashMap::<&str, Value<'_>>::new();
        let bus = to.connection();
        let body = (self.response, results);
        bus.emit_signal(
            header.sender().cloned(),
            &handle,
            REQUEST,
            "Response",
            &body,
        )
        .await
        .unwrap();
        handle.into()
    }
}

impl Portal {
    /// Starts it on the session's bus.
    pub(crate) async fn serve(desk: &Desk, response: u32) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let bus = desk.bus().await;
        let open = OpenUri {
            asked: asked.clone(),
            response,
        };
        bus.object_server().at(PATH, open).await.unwrap();
        bus.request_name(NAME).await.unwrap();
        Self { asked, _bus: bus }
    }

    /// Waits for an address.
    pub(crate) async fn asked(&self) -> String {
        until("an address for the portal", async || {
            self.asked.lock().unwrap().first().cloned()
        })
        .await
    }
}
