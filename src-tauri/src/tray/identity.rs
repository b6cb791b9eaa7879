//! Which Padwatch an icon belongs to: the demo beside the real one, or one profile beside another.

use std::path::Path;

use padwatch_api::catalogue::words;

use crate::profile::Profile;

/// The name by which panels tell icons apart, and the one that people read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// Stays the same over restarts: panels remember an icon's place by it.
    pub(crate) id: String,
    /// For people.
    pub(crate) title: String,
}

impl Identity {
    /// The identity of the Padwatch with this profile. `asked` is the folder that was asked for, if
    /// one was.
    pub(crate) fn of(profile: &Profile, asked: Option<&Path>, demo: bool) -> Self {
        let (id, title) = match demo {
            true => ("padwatch-demo", words().tray_title_demo()),
            false => ("padwatch", "Padwatch".to_owned()),
        };
        match asked.and_then(Path::file_name) {
            Some(folder) => Self {
                id: format!("{id}-{}", profile.fingerprint()),
                title: words().tray_title_profile(&title, &folder.to_string_lossy()),
            },
            None => Self {
                id: id.to_owned(),
                title,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_kinds_of_padwatch_share_an_id_or_a_title() {
        let places = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let [one, other] = places.each_ref().map(tempfile::TempDir::path);
        let of = |asked: &Path, named: bool, demo| {
            let profile = Profile::open(Some(asked), demo).unwrap();
            Identity::of(&profile, named.then_some(asked), demo)
        };
        let all = [
            of(one, false, false),
            of(one, false, true),
            of(one, true, false),
            of(one, true, true),
            of(other, true, false),
        ];
        assert_eq!((&*all[0].id, &*all[0].title), ("padwatch", "Padwatch"));
        assert_eq!(
            (&*all[1].id, &*all[1].title),
            ("padwatch-demo", "Padwatch demo")
        );
        for (at, identity) in all.iter().enumerate() {
            for second in &all[at + 1..] {
                assert_ne!(identity.id, second.id);
                assert_ne!(identity.title, second.title);
            }
        }
    }
}
