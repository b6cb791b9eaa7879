//! What the window may do is written in four places; each is held to what it says here.

use serde_json::{Value, json};

use super::*;

fn configuration() -> Value {
    serde_json::from_str(include_str!("../../tauri.conf.json")).unwrap()
}

#[test]
fn under_development_the_window_goes_to_the_served_page_alone() {
    let served = "http://127.0.0.1:5173".parse().ok();
    let goes = |address: &str| is_own_page(&address.parse().unwrap(), served.as_ref());
    assert!(goes("http://127.0.0.1:5173/index.html"));
    for other in [
        "http://127.0.0.1:5174/",
        "https://127.0.0.1:5173/",
        "tauri://localhost",
    ] {
        assert!(!goes(other), "{other}");
    }
}

#[test]
fn the_window_goes_nowhere_but_to_its_own_page() {
    let goes = |address: &str| is_own_page(&address.parse().unwrap(), None);
    for own in ["tauri://localhost", "tauri://localhost/index.html?x#y"] {
        assert!(goes(own), "{own}");
    }
    for other in [
        "https://app.coderpad.io/K7QWM3ZD",
        "http://127.0.0.1:4000/",
        "http://localhost/",
        "https://tauri.localhost/",
        "http://tauri.localhost.evil.test/",
        "http://tauri.localhost:8080/",
        "tauri://elsewhere/",
        "file:///etc/passwd",
        "data:text/html,x",
        "javascript:alert(1)",
        "about:blank",
        "blob:tauri://localhost/x",
    ] {
        assert!(!goes(other), "{other}");
    }
    assert_eq!(goes("http://tauri.localhost/"), cfg!(windows));
}

#[test]
fn the_page_runs_under_this_policy_and_with_frozen_prototypes() {
    let expected = json!({
        "windows": [],
        "security": {
            "csp": {
                "default-src": "'none'",
                "script-src": "'self'",
                "style-src": "'self'",
                "img-src": "'self' data:",
                "font-src": "'self'",
                "connect-src": "ipc: http://ipc.localhost",
                "object-src": "'none'",
                "base-uri": "'none'",
                "form-action": "'none'",
                "frame-ancestors": "'none'",
            },
            "freezePrototype": true,
            "capabilities": ["main"],
        },
    });
    // All of it: a new key beside these would be a new permission.
    assert_eq!(configuration()["app"], expected);
}

#[test]
fn the_page_may_ask_and_listen_and_nothing_else() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri");
    let files = |of: &str| {
        let entries = std::fs::read_dir(format!("{folder}/{of}")).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(files("capabilities"), ["main.json"]);
    assert_eq!(files("permissions"), ["ask.toml"]);
    let mut capability: Value =
        serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
    for words in ["$schema", "description"] {
        capability.as_object_mut().unwrap().remove(words);
    }
    let expected = json!({
        "identifier": "main",
        "windows": ["main"],
        "permissions": [
            "allow-ask",
            "allow-window",
            "core:event:allow-listen",
            "core:event:allow-unlisten",
        ],
    });
    assert_eq!(capability, expected);
    let commands: Vec<&str> = include_str!("../permissions/ask.toml")
        .lines()
        .filter(|line| line.starts_with("commands.") || line.starts_with("scope."))
        .collect();
    let allowed = [
        r#"commands.allow = ["ask"]"#,
        r#"commands.allow = ["close", "zoom"]"#,
    ];
    assert_eq!(commands, allowed);
}
