//! What software centers show of Padwatch: the written text, with the addresses of the project that
//! publishes this package.

use anyhow::{Result, ensure};

/// The environment variable with the project's address, set when packages are published, such as
/// `https://example.org/owner/padwatch`. Without it a package names no address.
pub(super) const ADDRESS: &str = "PADWATCH_PROJECT_ADDRESS";

const WRITTEN: &str = include_str!("../../../../linux/io.padwatch.Padwatch.metainfo.xml");
/// Addresses and pictures stand before it.
const NEXT: &str = "  <launchable ";

/// The pictures of README, and what they show.
const PICTURES: [(&str, &str); 3] = [
    ("window.png", "Candidates, and a link that is ready to send"),
    ("tray.png", "The tray menu"),
    ("candidate.png", "One candidate"),
];

/// The component's metadata for this version of the program.
pub(super) fn document(project: Option<&str>, version: &str) -> Result<String> {
    let Some(project) = project.filter(|project| !project.is_empty()) else {
        return Ok(WRITTEN.to_owned());
    };
    let project = project.trim_end_matches('/');
    ensure!(
        is_plain(project),
        "{ADDRESS} isn't a plain https address: {project}"
    );
    Ok(WRITTEN.replacen(NEXT, &format!("{}{NEXT}", addresses(project, version)), 1))
}

fn addresses(project: &str, version: &str) -> String {
    let mut lines = format!(
        "  <url type=\"homepage\">{project}</url>\n\
         \x20 <url type=\"bugtracker\">{project}/issues</url>\n\
         \x20 <url type=\"vcs-browser\">{project}</url>\n\
         \x20 <screenshots>\n"
    );
    for (number, (file, shows)) in PICTURES.into_iter().enumerate() {
        let kind = if number == 0 { " type=\"default\"" } else { "" };
        lines.push_str(&format!(
            "    <screenshot{kind}>\n\
             \x20     <caption>{shows}</caption>\n\
             \x20     <image>{project}/raw/v{version}/docs/pictures/{file}</image>\n\
             \x20   </screenshot>\n"
        ));
    }
    lines + "  </screenshots>\n"
}

/// Returns true if it can stand in XML as it is, and readers reach it securely.
fn is_plain(address: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-._~/:".contains(letter);
    address
        .strip_prefix("https://")
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(allowed))
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    #[cfg(target_os = "linux")]
    use std::process::Command;

    use super::*;

    #[test]
    fn a_package_of_no_project_names_no_address() {
        assert_eq!(document(None, "0.1.0").unwrap(), WRITTEN);
        assert_eq!(document(Some(""), "0.1.0").unwrap(), WRITTEN);
        assert!(!WRITTEN.contains("https://"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn addresses_and_pictures_of_the_version_stand_in_valid_metadata() {
        let document = document(Some("https://example.org/owner/padwatch/"), "0.2.0").unwrap();
        for part in [
            "<url type=\"homepage\">https://example.org/owner/padwatch</url>",
            "<url type=\"bugtracker\">https://example.org/owner/padwatch/issues</url>",
            "<image>https://example.org/owner/padwatch/raw/v0.2.0/docs/pictures/window.png</image>",
        ] {
            assert!(document.contains(part), "{part} in {document}");
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("io.padwatch.Padwatch.metainfo.xml");
        std::fs::write(&file, document).unwrap();
        let validation = Command::new("appstreamcli")
            .args(["validate", "--no-net", "--pedantic"])
            .arg(file)
            .output()
            .expect("appstream is installed by: cargo xtask setup");
        let told = String::from_utf8_lossy(&validation.stdout);
        assert!(validation.status.success(), "{told}");
    }

    #[test]
    fn each_picture_is_one_of_readme_or_guide() {
        let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/pictures");
        for (file, _) in PICTURES {
            assert!(pictures.join(file).is_file(), "{file}");
        }
    }

    #[test]
    fn an_address_that_could_say_more_than_an_address_is_refused() {
        for address in [
            "http://example.org",
            "https://",
            "https://example.org/\"><evil/>",
            "https://example.org/a b",
        ] {
            assert!(document(Some(address), "0.1.0").is_err(), "{address}");
        }
    }
}
