//! A keyring on the session's bus, locked or unlocked, and a look into it from outside.

use desktop_session::{Background, PASSWORD};
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use super::desk::Desk;
use super::sandbox::Sandbox;

const SECRETS: &str = "org.freedesktop.secrets";

/// A running keyring.
pub(crate) struct Keyring {
    _daemon: Background,
}

impl Keyring {
    /// A keyring that is open.
    pub(crate) fn unlocked(desk: &Desk) -> Self {
        Self {
            _daemon: desk.start_keyring(true).unwrap(),
        }
    }

    /// A keyring that knows its password and hasn't been told it.
    pub(crate) fn locked(desk: &Desk) -> Self {
        Self {
            _daemon: desk.start_keyring(false).unwrap(),
        }
    }

    /// Unlocks a running keyring, as its password prompt would.
    pub(crate) async fn unlock(&self, desk: &Desk) {
        const SERVICE: &str = "org.freedesktop.Secret.Service";
        const UNLOCKING: &str = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface";
        let bus = desk.bus().await;
        let at = |interface| zbus::Proxy::new(&bus, SECRETS, "/org/freedesktop/secrets", interface);
        let session: (OwnedValue, OwnedObjectPath) = at(SERVICE)
            .await
            .unwrap()
            .call("OpenSession", &("plain", Value::from("")))
            .await
            .unwrap();
        let collection = ObjectPath::try_from("/org/freedesktop/secrets/collection/login").unwrap();
        let password = (
            session.1,
            Vec::<u8>::new(),
            PASSWORD.as_bytes().to_vec(),
            "text/plain",
        );
        let unlocking = at(UNLOCKING).await.unwrap();
        let () = unlocking
            .call("UnlockWithMasterPassword", &(collection, password))
            .await
            .unwrap();
    }

    /// Stores the keys of both services.
    pub(crate) fn store_both(desk: &Desk, sandbox: &Sandbox) {
        let keys = sandbox.addresses();
        Self::store(desk, "lever-api-key", &keys.lever_key);
        Self::store(desk, "coderpad-api-key", &keys.coderpad_key);
    }

    /// Stores a key as any other program would.
    pub(crate) fn store(desk: &Desk, user: &str, key: &str) {
        Self::store_in(desk, "padwatch", user, key);
    }

    /// Stores another key of the same name beside the first, as a second tool does.
    pub(crate) fn store_beside(desk: &Desk, user: &str, key: &str) {
        let attributes = ["service", "padwatch", "username", user, "by", "other"];
        desk.store_key(&attributes, key).unwrap();
    }

    /// Removes that one.
    pub(crate) fn remove_beside(desk: &Desk, user: &str) {
        let cleared = desk
            .command("secret-tool")
            .args([
                "clear", "service", "padwatch", "username", user, "by", "other",
            ])
            .status();
        assert!(cleared.unwrap().success());
    }

    /// Stores a key under a service of its own.
    pub(crate) fn store_in(desk: &Desk, service: &str, user: &str, key: &str) {
        desk.store_key(&["service", service, "username", user], key)
            .unwrap();
    }

    /// Reads a key as any other program would.
    pub(crate) fn read(desk: &Desk, user: &str) -> Option<String> {
        let output = desk
            .command("secret-tool")
            .args(["lookup", "service", "padwatch", "username", user])
            .output()
            .unwrap();
        output
            .status
            .success()
            .then(|| String::from_utf8(output.stdout).unwrap())
    }
}
