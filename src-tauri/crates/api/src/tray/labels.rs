//! The words of the tray menu that depend on time or length.

use std::fmt::Write as _;

use crate::catalogue::words;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The longest label, in characters. Hosts never cut labels (reference/stack.md, Tray on Linux).
pub const LONGEST: usize = 48;

/// Of a minute.
const QUARTER: i64 = 15_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long ago something was, in steps that make a refresh every quarter of a minute enough (once
/// between two looks at Lever), and after a minute every minute.
#[must_use]
pub fn ago(age_ms: i64) -> String {
    match age_ms {
        ..QUARTER => words().time_just_now(),
        QUARTER..MINUTE => words().time_seconds_ago(age_ms / QUARTER * 15),
        MINUTE..HOUR => words().time_minutes_ago(age_ms / MINUTE),
        HOUR..DAY => words().tray_hours_ago(&(age_ms / HOUR).to_string()),
        _ => words().tray_days_ago(age_ms / DAY),
    }
}

/// After how many ms [`ago`] will say something else.
#[must_use]
pub fn ago_changes_in(age_ms: i64) -> i64 {
    let step = match age_ms {
        ..MINUTE => QUARTER,
        MINUTE..HOUR => MINUTE,
        HOUR..DAY => HOUR,
        _ => DAY,
    };
    step - age_ms.rem_euclid(step)
}

/// A moment to come, as a person says it: the time today, or "tomorrow", or the day.
#[must_use]
pub fn until(moment_ms: i64, now_ms: i64, zone: &TimeZone) -> String {
    let (Ok(moment), Ok(now)) = (
        Timestamp::from_millisecond(moment_ms),
        Timestamp::from_millisecond(now_ms),
    ) else {
        return words().tray_later();
    };
    let (moment, now) = (
        moment.to_zoned_datetime(zone.clone()),
        now.to_zoned_datetime(zone.clone()),
    );
    if moment.date() == now.date() {
        return moment.strftime("%H:%M").to_string();
    }
    if now
        .date()
        .tomorrow()
        .is_ok_and(|next| next == moment.date())
    {
        return words().tray_tomorrow();
    }
    moment.strftime("%-d %B").to_string()
}

/// When tomorrow begins here, in ms since the epoch; `None` at the end of all calendars.
#[must_use]
pub fn tomorrow_begins(now_ms: i64, zone: &TimeZone) -> Option<i64> {
    let now = Timestamp::from_millisecond(now_ms)
        .ok()?
        .to_zoned_datetime(zone.clone());
    let tomorrow = now
        .date()
        .tomorrow()
        .ok()?
        .to_zoned_datetime(zone.clone())
        .ok()?;
    Some(tomorrow.timestamp().as_millisecond())
}

/// A name or a title for use in a label. One that is written from the right keeps that to itself
/// (Unicode's isolates): otherwise the rest of the row would change places with it.
#[must_use]
pub fn part(text: &str) -> String {
    let line = one_line(text.trim());
    if line.chars().any(is_written_from_the_right) {
        format!("\u{2068}{line}\u{2069}")
    } else {
        line
    }
}

/// The blocks of Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms, and the
/// plane's right-to-left areas (Unicode, DerivedBidiClass).
fn is_written_from_the_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// A text as a label: shortened in the middle so that both ends stay readable. One with a name
/// that is written from the right is marked as written from the left all the same: Pango lays the
/// whole row out by the first letter with a direction, even by one within an isolate.
#[must_use]
pub fn label(text: &str) -> String {
    let short = shortened(text);
    if short.chars().any(is_written_from_the_right) {
        format!("\u{200e}{short}")
    } else {
        short
    }
}

fn shortened(text: &str) -> String {
    let line: Vec<char> = text.chars().collect();
    if line.len() <= LONGEST {
        return line.into_iter().collect();
    }
    let kept = LONGEST - 1;
    let tail = kept / 3;
    let head = line.iter().take(kept - tail);
    let rest = line.iter().skip(line.len() - tail);
    head.chain(['…'].iter()).chain(rest).collect()
}

/// A sentence as up to `most` labels, broken between words.
#[must_use]
pub fn wrapped(sentence: &str, most: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in one_line(sentence)
        .split(' ')
        .filter(|word| !word.is_empty())
    {
        match rows.last_mut() {
            Some(row) if row.chars().count() + 1 + word.chars().count() <= LONGEST => {
                // Writing to a String can't fail.
                let _ = write!(row, " {word}");
            }
            _ => rows.push(label(word)),
        }
    }
    if rows.len() > most {
        rows.truncate(most);
        if let Some(last) = rows.last_mut() {
            *last = label(&format!("{last} …"));
        }
    }
    rows
}

/// Control characters would break a row; marks that turn the writing direction would leak out of
/// a name into the rest of the row.
fn one_line(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|c| !turns(*c))
        .map(|c| {
            if c.is_control() || c.is_whitespace() {
                ' '
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_age_is_said_in_the_largest_fitting_unit() {
        for (age, words) in [
            (-5_000, "just now"),
            (0, "just now"),
            (16_789, "15 sec ago"),
            (59_999, "45 sec ago"),
            (60_000, "1 min ago"),
            (3_599_999, "59 min ago"),
            (7_200_000, "2 hr ago"),
            (3 * DAY, "3 days ago"),
        ] {
            assert_eq!(ago(age), words);
        }
    }

    #[test]
    fn the_words_for_an_age_hold_exactly_until_they_are_said_to_change() {
        for age in [
            0,
            1,
            14_999,
            15_000,
            34_567,
            59_999,
            60_000,
            119_999,
            3_600_001,
            DAY + 5,
        ] {
            let change = ago_changes_in(age);
            assert!(change > 0);
            assert_eq!(ago(age), ago(age + change - 1), "{age}");
            if ago(age) != "just now" {
                assert_ne!(ago(age), ago(age + change), "{age}");
            }
        }
    }

    #[test]
    fn the_end_of_a_pause_is_said_as_a_person_says_it() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let now = 1_764_000_000_000; // 24 November 2025, 17:00 there
        assert_eq!(until(now + HOUR, now, &berlin), "18:00");
        assert_eq!(
            until(tomorrow_begins(now, &berlin).unwrap(), now, &berlin),
            "tomorrow"
        );
        assert_eq!(until(now + 3 * DAY, now, &berlin), "27 November");
    }

    #[test]
    fn tomorrow_begins_at_midnight_also_when_the_clocks_change() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let before_change = 1_774_695_600_000; // 28 March 2026, 12:00; the night has 23 hours
        let tomorrow = tomorrow_begins(before_change, &berlin).unwrap();
        assert_eq!(tomorrow - before_change, 12 * HOUR);
        let day_of_change = tomorrow_begins(tomorrow, &berlin).unwrap();
        assert_eq!(day_of_change - tomorrow, 23 * HOUR);
    }

    #[test]
    fn a_long_label_keeps_both_of_its_ends() {
        let long = format!("Maximiliane {} · Backend Engineer", "von ".repeat(30));
        let short = label(&long);
        assert_eq!(short.chars().count(), LONGEST);
        assert!(short.starts_with("Maximiliane von"), "{short}");
        assert!(short.ends_with("end Engineer"), "{short}");
    }

    #[test]
    fn a_name_cannot_break_the_row_or_turn_its_direction() {
        assert_eq!(part("Ada\n\u{202e}Lovelace\t! "), "Ada Lovelace !");
        assert_eq!(part("נועה\u{2069}"), "\u{2068}נועה\u{2069}");
        assert_eq!(part("佐藤 😀"), "佐藤 😀");
        assert_eq!(
            label(&format!("● {} · Engineer", part("נועה"))),
            "\u{200e}● \u{2068}נועה\u{2069} · Engineer"
        );
        assert_eq!(label("😀".repeat(60).as_str()).chars().count(), LONGEST);
    }

    #[test]
    fn a_sentence_is_broken_between_words() {
        let rows = wrapped(
            "The Lever key may not read interviews, so finished ones can not be seen here.",
            3,
        );
        assert_eq!(rows.len(), 2);
        assert!(
            rows.iter().all(|row| row.chars().count() <= LONGEST),
            "{rows:?}"
        );
        assert_eq!(wrapped(&"word ".repeat(100), 2).len(), 2);
        assert!(wrapped(&"word ".repeat(100), 2)[1].ends_with('…'));
    }
}
