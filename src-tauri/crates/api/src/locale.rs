//! English in the conventions of the system's region: what dates, times and numbers look like.

use std::fmt;
use std::sync::Arc;

use icu_calendar::Gregorian;
use icu_datetime::input::{Date, DateTime, Time};
use icu_datetime::{DateTimeFormatterLoadError, FixedCalendarDateTimeFormatter, fieldsets};
use icu_locale::{LanguageIdentifier, LocaleExpander};
use jiff::ZonedDateTime;
use jiff::tz::TimeZone;

/// The language of the catalogue, and where nothing else is known of the region.
const ENGLISH: &str = "en-US";

/// English in the conventions of a region, such as "en-DE". The page does the same
/// (`ui/src/locale.ts`), and both write the same (`catalogue/times.json`).
#[derive(Clone)]
pub struct Locale {
    tag: String,
    /// `None`: nothing is known of the region, nor of English. Dates are written as ISO 8601 has
    /// them then.
    formats: Option<Arc<Formats>>,
}

/// Where the person is, and how dates are written there.
#[derive(Debug, Clone)]
pub struct Times {
    pub(crate) locale: Locale,
    pub(crate) zone: TimeZone,
}

impl Times {
    /// In this locale and time zone.
    #[must_use]
    pub fn new(locale: Locale, zone: TimeZone) -> Self {
        Self { locale, zone }
    }
}

impl Default for Times {
    fn default() -> Self {
        Self::new(Locale::default(), TimeZone::UTC)
    }
}

/// How a moment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// "2:30 PM".
    Clock,
    /// "Tue".
    Weekday,
    /// "Nov 24".
    Day,
    /// "Nov 24, 2026".
    DayAndYear,
    /// "November 24, 2026".
    LongDay,
    /// "Tuesday, November 24".
    DayOfMeeting,
}

impl Locale {
    /// The conventions for a system in this locale, named as BCP 47 has it: "en-DE" for "de-DE" and
    /// for "de", and "en-US" for what can't be read.
    #[must_use]
    pub fn of_system(tag: &str) -> Self {
        let tag = region(tag).map_or_else(|| ENGLISH.to_owned(), |region| format!("en-{region}"));
        let formats = Formats::new(&tag).or_else(|_| Formats::new(ENGLISH));
        Self {
            formats: formats.ok().map(Arc::new),
            tag,
        }
    }

    /// Its name, as BCP 47 has it.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    pub(crate) fn write(&self, at: &ZonedDateTime, style: Style) -> String {
        let formats = self.formats.as_ref();
        let written = formats.and_then(|formats| Some(formats.write(&moment(at)?, style)));
        written.unwrap_or_else(|| in_iso(at, style))
    }
}

/// The United States.
impl Default for Locale {
    fn default() -> Self {
        Self::of_system(ENGLISH)
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Locale").field(&self.tag).finish()
    }
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        self.tag == other.tag
    }
}

/// The region that is named, or that most people live in who speak the language.
fn region(tag: &str) -> Option<String> {
    let mut system: LanguageIdentifier =
        LanguageIdentifier::try_from_str(without_more(tag)).ok()?;
    LocaleExpander::new_common().maximize(&mut system);
    Some(system.region?.to_string())
}

/// Extensions, such as a calendar of one's own, aren't part of the region: "en-US-u-va-posix".
fn without_more(tag: &str) -> &str {
    let is_extension = |at: &usize| tag.get(at + 2..).is_some_and(|rest| rest.starts_with('-'));
    let first = tag.match_indices('-').map(|(at, _)| at).find(is_extension);
    first.and_then(|at| tag.get(..at)).unwrap_or(tag)
}

type Formatter<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// Loading a format takes longer than using it: each is loaded once.
struct Formats {
    clock: Formatter<fieldsets::T>,
    weekday: Formatter<fieldsets::E>,
    day: Formatter<fieldsets::MD>,
    day_and_year: Formatter<fieldsets::YMD>,
    long_day: Formatter<fieldsets::YMD>,
    day_of_meeting: Formatter<fieldsets::MDE>,
}

impl Formats {
    fn new(tag: &str) -> Result<Self, DateTimeFormatterLoadError> {
        let locale = icu_locale::Locale::try_from_str(tag).unwrap_or(icu_locale::Locale::UNKNOWN);
        Ok(Self {
            clock: Formatter::try_new((&locale).into(), fieldsets::T::hm())?,
            weekday: Formatter::try_new((&locale).into(), fieldsets::E::short())?,
            day: Formatter::try_new((&locale).into(), fieldsets::MD::medium())?,
            day_and_year: Formatter::try_new((&locale).into(), fieldsets::YMD::medium())?,
            long_day: Formatter::try_new((&locale).into(), fieldsets::YMD::long())?,
            day_of_meeting: Formatter::try_new((&locale).into(), fieldsets::MDE::long())?,
        })
    }

    fn write(&self, at: &DateTime<Gregorian>, style: Style) -> String {
        let written = match style {
            Style::Clock => self.clock.format(&at.time).to_string(),
            Style::Weekday => self.weekday.format(&at.date).to_string(),
            Style::Day => self.day.format(&at.date).to_string(),
            Style::DayAndYear => self.day_and_year.format(&at.date).to_string(),
            Style::LongDay => self.long_day.format(&at.date).to_string(),
            Style::DayOfMeeting => self.day_of_meeting.format(&at.date).to_string(),
        };
        // Web views replace the narrow space too: many fonts have none.
        written.replace('\u{202f}', " ")
    }
}

/// `jiff-icu` isn't there for this jiff.
fn moment(at: &ZonedDateTime) -> Option<DateTime<Gregorian>> {
    let part = |number: i8| u8::try_from(number).ok();
    let (date, time) = (at.date(), at.time());
    Some(DateTime {
        date: Date::try_new_gregorian(date.year().into(), part(date.month())?, part(date.day())?)
            .ok()?,
        time: Time::try_new(
            part(time.hour())?,
            part(time.minute())?,
            part(time.second())?,
            0,
        )
        .ok()?,
    })
}

fn in_iso(at: &ZonedDateTime, style: Style) -> String {
    let format = match style {
        Style::Clock => "%H:%M",
        Style::Weekday => "%a",
        Style::Day | Style::DayAndYear | Style::LongDay | Style::DayOfMeeting => "%Y-%m-%d",
    };
    at.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_conventions_are_those_of_the_systems_region() {
        for (system, expected) in [
            ("de-DE", "en-DE"),
            ("de", "en-DE"),
            ("en-GB", "en-GB"),
            ("en-US-u-va-posix", "en-US"),
            ("pt-BR", "en-BR"),
            ("zh-Hant-TW", "en-TW"),
            ("es-419", "en-419"),
            ("", "en-US"),
            ("C", "en-US"),
            ("not a locale", "en-US"),
        ] {
            assert_eq!(Locale::of_system(system).tag(), expected, "{system}");
        }
    }

    #[test]
    fn without_conventions_a_moment_can_still_be_read() {
        let at: ZonedDateTime = "2026-11-24T14:30:05+00:00[UTC]".parse().unwrap();
        let unknown = Locale {
            formats: None,
            ..Locale::default()
        };
        assert_eq!(unknown.write(&at, Style::Clock), "14:30");
        assert_eq!(unknown.write(&at, Style::LongDay), "2026-11-24");
    }
}
