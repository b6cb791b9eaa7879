//! The program that asks for a keyring's password: it shows its question, and no one answers.

use zbus::zvariant::{OwnedObjectPath, OwnedValue};

use super::desk::Desk;

const NAME: &str = "org.gnome.keyring.SystemPrompter";
const PATH: &str = "/org/gnome/keyring/Prompter";

/// A question on the screen. It goes away when this is dropped.
pub(crate) struct Prompter {
    bus: zbus::Connection,
}

struct Asking;

#[zbus::interface(name = "org.gnome.keyring.internal.Prompter")]
impl Asking {
    fn begin_prompting(&self, _callback: OwnedObjectPath) {}

    fn perform_prompt(
        &self,
        _callback: OwnedObjectPath,
        _kind: String,
        _properties: std::collections::HashMap<String, OwnedValue>,
        _exchange: String,
    ) {
    }

    fn stop_prompting(&self, _callback: OwnedObjectPath) {}
}

impl Prompter {
    /// Starts it on the session's bus.
    pub(crate) async fn serve(desk: &Desk) -> Self {
        let bus = desk.bus().await;
        bus.object_server().at(PATH, Asking).await.unwrap();
        bus.request_name(NAME).await.unwrap();
        Self { bus }
    }

    /// Takes the question away unanswered.
    pub(crate) async fn end(self) {
        self.bus.close().await.unwrap();
    }
}
