//! A keyring on the session's bus, locked or unlocked, and a look into it from outside.

use std::io::Write as _;
use std::process::Stdio;

use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use super::desk::{Desk, Ended};
use super::wait::until;

const PASSWORD: &str = "of the test alone";
const SECRETS: &str = "org.freedesktop.secrets";

/// A running keyring.
pub(crate) struct Keyring {
    _daemon: Ended,
}

impl Keyring {
    /// A keyring that is open.
    pub(crate) async fn unlocked(desk: &Desk) -> Self {
        Self::start(desk, &["--unlock"]).await
    }

    /// A keyring that knows its password and hasn't been told it.
    pub(crate) async fn locked(desk: &Desk) -> Self {
        Self::start(desk, &[]).await
    }

    async fn start(desk: &Desk, how: &[&str]) -> Self {
        let mut daemon = desk
            .command("gnome-keyring-daemon")
            .args(["--foreground", "--components=secrets"])
            .args(how)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring is installed");
        let mut input = daemon.stdin.take().unwrap();
        if how.contains(&"--unlock") {
            input.write_all(PASSWORD.as_bytes()).unwrap();
        }
        drop(input);
        let bus = desk.bus().await;
        let names = zbus::fdo::DBusProxy::new(&bus).await.unwrap();
        until("the keyring is on the bus", async || {
            names
                .name_has_owner(SECRETS.try_into().unwrap())
                .await
                .unwrap()
                .then_some(())
        })
        .await;
        Self {
            _daemon: Ended(daemon),
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

    /// Stores a key as any other program would.
    pub(crate) fn store(desk: &Desk, user: &str, key: &str) {
        Self::store_in(desk, "padwatch", user, key);
    }

    /// Stores another key of the same name beside the first, as a second tool does.
    pub(crate) fn store_beside(desk: &Desk, user: &str, key: &str) {
        Self::store_with(
            desk,
            &["service", "padwatch", "username", user, "by", "other"],
            key,
        );
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
        Self::store_with(desk, &["service", service, "username", user], key);
    }

    fn store_with(desk: &Desk, attributes: &[&str], key: &str) {
        let mut tool = desk
            .command("secret-tool")
            .args(["store", "--label", "a key"])
            .args(attributes)
            .stdin(Stdio::piped())
            .spawn()
            .expect("libsecret-tools is installed");
        tool.stdin
            .take()
            .unwrap()
            .write_all(key.as_bytes())
            .unwrap();
        assert!(tool.wait().unwrap().success());
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
