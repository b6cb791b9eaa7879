//! Which programs are installed.

use std::ffi::OsStr;
use std::path::PathBuf;

/// Folders that a desktop session's PATH often lacks, although a terminal's has them.
#[cfg(target_os = "macos")]
const BESIDES: [&str; 2] = ["/opt/homebrew/bin", "/usr/local/bin"];
#[cfg(all(unix, not(target_os = "macos")))]
const BESIDES: [&str; 2] = ["/usr/local/bin", "/snap/bin"];
#[cfg(windows)]
const BESIDES: [&str; 0] = [];

/// Returns true if a program of this name is where programs are looked for.
pub(crate) fn is_installed(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    is_in(&path, &BESIDES, name)
}

fn is_in(path: &OsStr, besides: &[&str], name: &str) -> bool {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(path)
        .chain(besides.iter().map(PathBuf::from))
        // An empty entry means the current folder, which is no one's choice here.
        .filter(|folder| folder.is_absolute())
        .any(|folder| folder.join(&file).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_in_any_folder_of_the_path_and_not_as_a_folder() {
        let [empty, full] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let file = format!("tunnel{}", std::env::consts::EXE_SUFFIX);
        std::fs::write(full.path().join(file), "").unwrap();
        std::fs::create_dir(full.path().join("folder")).unwrap();
        let path = std::env::join_paths([empty.path(), full.path()]).unwrap();
        assert!(is_in(&path, &[], "tunnel"));
        assert!(!is_in(&path, &[], "folder"));
        assert!(!is_in(empty.path().as_os_str(), &[], "tunnel"));
        assert!(is_in(
            OsStr::new(""),
            &[full.path().to_str().unwrap()],
            "tunnel"
        ));
    }
}
