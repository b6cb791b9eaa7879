use super::*;

const PROGRAM: &str = "/usr/bin/padwatch";

struct Login {
    settings: tempfile::TempDir,
}

impl Login {
    fn new() -> Self {
        Self {
            settings: tempfile::tempdir().unwrap(),
        }
    }

    fn with(entry: &str) -> Self {
        let login = Self::new();
        fs::create_dir(login.settings.path().join("autostart")).unwrap();
        fs::write(login.entry(), entry).unwrap();
        login
    }

    fn entry(&self) -> PathBuf {
        self.settings.path().join("autostart/padwatch.desktop")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.entry()).unwrap()
    }

    fn of(&self, program: &str, profile: Option<&str>) -> Autostart {
        Autostart::at(
            self.settings.path(),
            Path::new(program),
            profile.map(Path::new),
        )
        .unwrap()
    }
}

#[test]
fn it_is_off_until_turned_on_and_off_again_afterwards() {
    let login = Login::new();
    let autostart = login.of(PROGRAM, None);
    assert!(!autostart.is_on().unwrap());
    autostart.turn_off().unwrap();
    autostart.turn_on().unwrap();
    assert!(autostart.is_on().unwrap());
    let text = login.text();
    assert!(
        text.contains("\nExec=\"/usr/bin/padwatch\" --hidden\n"),
        "{text}"
    );
    autostart.turn_off().unwrap();
    assert!(!autostart.is_on().unwrap());
    assert!(
        !login.entry().exists(),
        "nothing of the person's own is in it"
    );
}

#[test]
fn places_with_blanks_and_signs_reach_the_program_as_they_are() {
    let login = Login::new();
    let program = "/opt/My Tools/100%/pad\"watch$";
    let autostart = login.of(program, Some("/home/rosa/pads & more"));
    assert_eq!(
        autostart.command().unwrap(),
        r#""/opt/My Tools/100%%/pad\\"watch\\$" --hidden --profile "/home/rosa/pads & more""#
    );
    autostart.turn_on().unwrap();
    assert!(autostart.is_on().unwrap());
}

#[test]
fn what_the_desktop_switched_off_stays_off_and_untouched() {
    for off in ["Hidden=true", "X-GNOME-Autostart-enabled=false"] {
        let entry = format!("[Desktop Entry]\nExec=/old/padwatch --hidden\n{off}\nX-Own=1\n");
        let login = Login::with(&entry);
        let autostart = login.of(PROGRAM, None);
        autostart.renew().unwrap();
        assert!(!autostart.is_on().unwrap(), "{off}");
        assert_eq!(login.text(), entry);
        // Until the person switches it on in Padwatch: then it is on, with the own line in it.
        autostart.turn_on().unwrap();
        assert!(autostart.is_on().unwrap(), "{off}");
        assert!(login.text().contains("X-Own=1\n"), "{}", login.text());
        autostart.turn_off().unwrap();
        assert!(!autostart.is_on().unwrap());
        assert!(login.text().contains("X-Own=1\n"), "{}", login.text());
    }
}

#[test]
fn a_new_place_changes_the_command_alone_and_the_same_place_nothing() {
    let entry = "[Desktop Entry]\nName[de]=Meins\nExec=/old/padwatch --hidden\nX-Own=1\n";
    let login = Login::with(entry);
    login.of(PROGRAM, None).renew().unwrap();
    let renewed = entry.replace("/old/padwatch", "\"/usr/bin/padwatch\"");
    assert_eq!(login.text(), renewed);
    let before = fs::metadata(login.entry()).unwrap().modified().unwrap();
    login.of(PROGRAM, None).renew().unwrap();
    assert_eq!(
        fs::metadata(login.entry()).unwrap().modified().unwrap(),
        before
    );
}

#[test]
fn a_build_in_the_target_folder_is_never_named() {
    let entry = "[Desktop Entry]\nExec=/usr/bin/padwatch --hidden\n";
    let login = Login::with(entry);
    login
        .of("/src/target/debug/padwatch", None)
        .renew()
        .unwrap();
    assert_eq!(login.text(), entry);
    // Whatever the folder is called.
    let built = tempfile::tempdir().unwrap();
    fs::write(built.path().join(".rustc_info.json"), "{}").unwrap();
    let program = built.path().join("release/padwatch");
    login.of(program.to_str().unwrap(), None).renew().unwrap();
    assert_eq!(login.text(), entry);
}

#[test]
fn another_profiles_entry_is_not_this_ones() {
    let login = Login::new();
    login.of(PROGRAM, None).turn_on().unwrap();
    assert!(!login.of(PROGRAM, Some("/p")).is_on().unwrap());
    let login = Login::with("[Desktop Entry]\nExec=padwatch --hidden --profile=/p\n");
    assert!(login.of(PROGRAM, Some("/p")).is_on().unwrap());
    assert!(!login.of(PROGRAM, None).is_on().unwrap());
}

#[test]
fn an_empty_entry_is_off_and_a_link_stays_a_link() {
    let login = Login::with("");
    assert!(!login.of(PROGRAM, None).is_on().unwrap());
    let elsewhere = login.settings.path().join("mine.desktop");
    fs::write(&elsewhere, "[Desktop Entry]\nExec=/old/padwatch\n").unwrap();
    fs::remove_file(login.entry()).unwrap();
    std::os::unix::fs::symlink(&elsewhere, login.entry()).unwrap();
    login.of(PROGRAM, None).renew().unwrap();
    assert!(fs::read_to_string(elsewhere).unwrap().contains(PROGRAM));
    assert!(fs::symlink_metadata(login.entry()).unwrap().is_symlink());
}

#[test]
fn an_entry_that_cannot_be_written_wholly_stays_as_it_was() {
    let entry = "[Desktop Entry]\nExec=/old/padwatch --hidden\n";
    let login = Login::with(entry);
    let written = login.of(PROGRAM, None).write_with(|half| {
        half.write_all(b"[Desktop Ent")?;
        Err(io::ErrorKind::StorageFull.into())
    });
    assert_eq!(written.unwrap_err().kind(), io::ErrorKind::StorageFull);
    assert_eq!(login.text(), entry);
    let folder = login.settings.path().join("autostart");
    let left = fs::read_dir(folder).unwrap().count();
    assert_eq!(left, 1, "no half-written file stays");
}
