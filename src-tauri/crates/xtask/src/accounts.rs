//! Whether the keyring has Padwatch's accounts. No key is read for that, only found.

use std::process::Command;

use anyhow::Result;

use crate::programs;

/// The keyring's names for the two keys; the service is `padwatch`.
const USERS: [&str; 2] = ["lever-api-key", "coderpad-api-key"];

/// Returns true if any key is in the keyring. A keyring that can't be asked has none for Padwatch
/// either.
pub(crate) fn any() -> Result<bool> {
    for user in USERS {
        if programs::answer(&mut search(user))?.is_some_and(|found| names_an_item(&found)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Asks the Secret Service with glib's own tool, which comes with the libraries that we build on.
/// Finding an item unlocks nothing and asks the person nothing.
fn search(user: &str) -> Command {
    let mut command = Command::new("gdbus");
    command
        .args(["call", "--session", "--timeout", "5"])
        .args(["--dest", "org.freedesktop.secrets"])
        .args(["--object-path", "/org/freedesktop/secrets"])
        .args(["--method", "org.freedesktop.Secret.Service.SearchItems"])
        .arg(format!("{{'service': 'padwatch', 'username': '{user}'}}"));
    command
}

/// The answer lists the items that are unlocked and those that are locked, by their paths:
/// `([objectpath '/org/freedesktop/secrets/collection/login/3'], @ao [])`.
fn names_an_item(answer: &str) -> bool {
    answer.contains("'/org/freedesktop/secrets/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_counts_whether_it_is_locked_or_not() {
        let unlocked = "([objectpath '/org/freedesktop/secrets/collection/login/3'], @ao [])";
        let locked = "(@ao [], [objectpath '/org/freedesktop/secrets/collection/login/3'])";
        assert!(names_an_item(unlocked) && names_an_item(locked));
        assert!(!names_an_item("(@ao [], @ao [])\n"));
    }
}
