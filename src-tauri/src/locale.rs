//! The system's locale: which region's dates and numbers people expect here.

/// Its name, as BCP 47 has it, such as "de-DE". Where the system names none: that of the United
/// States.
#[must_use]
pub fn of_system() -> String {
    named_by_system().unwrap_or_else(|| "en-US".to_owned())
}

/// Dates have a locale of their own, which `sys-locale` passes over: it asks for that of the words.
#[cfg(target_os = "linux")]
fn named_by_system() -> Option<String> {
    from_environment(|name| std::env::var(name).ok())
}

#[cfg(not(target_os = "linux"))]
fn named_by_system() -> Option<String> {
    sys_locale::get_locale()
}

/// As setlocale(3) looks for it.
#[cfg(any(target_os = "linux", test))]
fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut set = ["LC_ALL", "LC_TIME", "LANG"]
        .into_iter()
        .filter_map(variable);
    from_posix(&set.find(|value| !value.is_empty())?)
}

/// "de-DE" of "de_DE.UTF-8@euro". `None`: it names no language, as "C" and "POSIX".
#[cfg(any(target_os = "linux", test))]
fn from_posix(name: &str) -> Option<String> {
    let name = name.split(['.', '@']).next()?;
    let (language, region) = name.split_once('_').unwrap_or((name, ""));
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric());
    if !matches!(language.len(), 2 | 3) || !is_word(language) {
        return None;
    }
    Some(match region.len() {
        2 | 3 if is_word(region) => format!("{language}-{region}"),
        _ => language.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(set: &[(&str, &str)]) -> Option<String> {
        from_environment(|name| {
            let found = set.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn dates_follow_the_locale_that_is_set_for_them() {
        let words = ("LANG", "en_US.UTF-8");
        let times = ("LC_TIME", "de_DE.UTF-8");
        assert_eq!(of(&[words]).as_deref(), Some("en-US"));
        assert_eq!(of(&[words, times]).as_deref(), Some("de-DE"));
        let all = ("LC_ALL", "pt_PT");
        assert_eq!(of(&[words, times, all]).as_deref(), Some("pt-PT"));
        assert_eq!(of(&[words, ("LC_ALL", "")]).as_deref(), Some("en-US"));
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn a_name_of_posix_becomes_one_of_bcp_47() {
        for (posix, expected) in [
            ("de_DE.UTF-8@euro", Some("de-DE")),
            ("sr_RS@latin", Some("sr-RS")),
            ("es_419", Some("es-419")),
            ("ja", Some("ja")),
            ("C", None),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("'; alert(1)", None),
            ("de_\"x", Some("de")),
        ] {
            assert_eq!(from_posix(posix).as_deref(), expected, "{posix}");
        }
    }
}
