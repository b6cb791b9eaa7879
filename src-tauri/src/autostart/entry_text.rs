//! The text of a desktop entry, of which every line that no one asked to change stays as it is.

use std::fmt;

const GROUP: &str = "[Desktop Entry]";
/// Keys that Padwatch writes.
const OURS: [&str; 7] = [
    "Type",
    "Name",
    "Exec",
    "Icon",
    "Terminal",
    "StartupNotify",
    "Hidden",
];
/// With which desktops switch an entry off without hiding it.
const SWITCHES: [&str; 2] = ["X-GNOME-Autostart-enabled", "X-MATE-Autostart-enabled"];

/// A desktop entry, line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EntryText {
    lines: Vec<String>,
}

impl EntryText {
    /// A new one, without a command.
    pub(super) fn new() -> Self {
        Self::of(
            "[Desktop Entry]\nType=Application\nName=Padwatch\nIcon=padwatch\nTerminal=false\n\
             StartupNotify=false\n",
        )
    }

    /// The one with this text. Without a group of its own it is none: a new one takes its place.
    pub(super) fn of(text: &str) -> Self {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        if lines.iter().any(|line| line.trim() == GROUP) {
            Self { lines }
        } else {
            Self::new()
        }
    }

    /// The value of a key in the main group; the last one counts, as for GLib.
    pub(super) fn value(&self, key: &str) -> Option<&str> {
        let at = self.place(key)?;
        let (_, value) = self.lines.get(at)?.split_once('=')?;
        Some(value.trim())
    }

    /// Gives a key in the main group a value, in its own line if it has one.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        let line = format!("{key}={value}");
        match self.place(key).and_then(|at| self.lines.get_mut(at)) {
            Some(there) => *there = line,
            None => self.lines.insert(self.end_of_group(), line),
        }
    }

    /// Returns true if desktops with these names (`XDG_CURRENT_DESKTOP`) start it.
    pub(super) fn is_on(&self, desktops: &str) -> bool {
        let says = |key: &str, word: &str| self.value(key).is_some_and(|value| value == word);
        let lists = |key: &str| {
            self.value(key).map(|value| {
                let named = |desktop: &str| {
                    !desktop.is_empty() && value.split(';').any(|one| one == desktop)
                };
                desktops.split(':').any(named)
            })
        };
        !says("Hidden", "true")
            && !SWITCHES.iter().any(|switch| says(switch, "false"))
            && self
                .value("Exec")
                .is_some_and(|command| !command.is_empty())
            && lists("OnlyShowIn") != Some(false)
            && lists("NotShowIn") != Some(true)
    }

    /// Takes back what switches it off.
    pub(super) fn switch_on(&mut self) {
        if self.value("Hidden").is_some() {
            self.set("Hidden", "false");
        }
        for switch in SWITCHES {
            if self.value(switch).is_some() {
                self.set(switch, "true");
            }
        }
    }

    /// Returns true if it has lines that Padwatch did not write.
    pub(super) fn has_own_lines(&self) -> bool {
        self.lines.iter().any(|line| {
            let line = line.trim();
            let key = line.split_once('=').map(|(key, _)| key.trim());
            !line.is_empty() && line != GROUP && !key.is_some_and(|key| OURS.contains(&key))
        })
    }

    fn place(&self, key: &str) -> Option<usize> {
        let start = self.start()?;
        let group = self.lines.get(start..self.end_of_group())?;
        let found = group.iter().rposition(|line| {
            line.split_once('=')
                .is_some_and(|(name, _)| name.trim() == key)
        })?;
        Some(start + found)
    }

    /// The line after the group's heading.
    fn start(&self) -> Option<usize> {
        let heading = self.lines.iter().position(|line| line.trim() == GROUP)?;
        Some(heading + 1)
    }

    /// After the last line of the main group that is not blank.
    fn end_of_group(&self) -> usize {
        let start = self.start().unwrap_or(0);
        let group = self.lines.iter().skip(start);
        let length = group
            .take_while(|line| !line.trim_start().starts_with('['))
            .count();
        let blank = |at: &usize| {
            self.lines
                .get(*at)
                .is_some_and(|line| line.trim().is_empty())
        };
        let mut end = start + length;
        while end > start && blank(&(end - 1)) {
            end -= 1;
        }
        end
    }
}

impl fmt::Display for EntryText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(lines: &str) -> EntryText {
        EntryText::of(&format!("[Desktop Entry]\nExec=padwatch --hidden\n{lines}"))
    }

    #[test]
    fn what_the_desktops_settings_switch_off_is_off() {
        assert!(entry("").is_on("GNOME"));
        for off in [
            "Hidden=true",
            "Hidden = true ",
            "X-GNOME-Autostart-enabled=false",
            "X-MATE-Autostart-enabled=false",
            "OnlyShowIn=KDE;",
            "NotShowIn=GNOME;XFCE;",
            "Hidden=false\nHidden=true",
        ] {
            assert!(!entry(off).is_on("ubuntu:GNOME"), "{off}");
        }
        for on in [
            "Hidden=false",
            "X-GNOME-Autostart-enabled=true",
            "OnlyShowIn=GNOME;",
            "[Desktop Action x]\nHidden=true",
        ] {
            assert!(entry(on).is_on("ubuntu:GNOME"), "{on}");
        }
    }

    #[test]
    fn an_entry_that_starts_nothing_is_off() {
        for text in ["", "\n", "[Desktop Entry]\n", "[Desktop Entry]\nExec=\n"] {
            assert!(!EntryText::of(text).is_on(""), "{text:?}");
        }
    }

    #[test]
    fn a_changed_value_leaves_every_other_line_as_it_was() {
        let text = "# mine\n[Desktop Entry]\nName[de]=Padwatch hier\nExec=old\nX-Own=1\n\n\
                    [Desktop Action sandbox]\nExec=old --sandbox\n";
        let mut entry = EntryText::of(text);
        entry.set("Exec", "new");
        entry.set("Hidden", "true");
        let expected = text.replacen("Exec=old\nX-Own=1\n", "Exec=new\nX-Own=1\nHidden=true\n", 1);
        assert_eq!(entry.to_string(), expected);
    }
}
