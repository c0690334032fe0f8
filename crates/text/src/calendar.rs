//! Names of months and weekdays, and instants formatted by a pattern.

use crate::locale::{Language, Locale};
use crate::time::{Civil, MINUTE, Millis};
use std::iter;

const MONTHS_EN: &str = "January February March April May June July August September October November December";
const MONTHS_SV: &str = "januari februari mars april maj juni juli augusti september oktober november december";
const WEEKDAYS_EN: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday";
const WEEKDAYS_SV: &str = "måndag tisdag onsdag torsdag fredag lördag söndag";

/// The name of a month, 1 to 12, or its first three letters, which is the usual short form in both languages.
pub fn month(number: i64, shortened: bool, language: Language) -> &'static str {
    let names = match language {
        Language::En => MONTHS_EN,
        Language::Sv => MONTHS_SV,
    };
    name(names, number - 1, shortened)
}

/// The name of a weekday, or its first three letters; 0 is Monday.
fn weekday(number: i64, shortened: bool, language: Language) -> &'static str {
    let names = match language {
        Language::En => WEEKDAYS_EN,
        Language::Sv => WEEKDAYS_SV,
    };
    name(names, number, shortened)
}

fn name(names: &'static str, index: i64, shortened: bool) -> &'static str {
    let name = usize::try_from(index).ok().and_then(|index| names.split(' ').nth(index)).unwrap_or_default();
    let end = name.char_indices().nth(3).map(|(end, _)| end);
    end.filter(|_| shortened).and_then(|end| name.get(..end)).unwrap_or(name)
}

/// An offset from UTC as text: `UTC+2`, `UTC`, `UTC+5:30`.
pub fn offset(offset: Millis) -> String {
    let minutes = offset / MINUTE;
    let sign = if minutes < 0 { '−' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

/// The instant `at` by a pattern of moment.js, as in Grafana: `YYYY-MM-DD HH:mm:ss`. Text in brackets, and text that is not a token, is
/// copied.
pub fn by_pattern(at: Millis, pattern: &str, locale: Locale) -> String {
    let civil = Civil::of(at, locale.zone);
    let mut text = String::new();
    let mut letters = pattern.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '[' {
            text.extend(letters.by_ref().take_while(|letter| *letter != ']'));
        } else if letter == 'L' && letters.next_if_eq(&'T').is_some() {
            let time = if letters.next_if_eq(&'S').is_some() { "HH:mm:ss" } else { "HH:mm" };
            text.push_str(&by_pattern(at, time, locale));
        } else {
            let mut length = 1;
            while letters.next_if_eq(&letter).is_some() {
                length += 1;
            }
            text.push_str(&token(letter, length, at, civil, locale));
        }
    }
    text
}

/// The text for a token: `length` times the same letter.
fn token(letter: char, length: usize, at: Millis, civil: Civil, locale: Locale) -> String {
    let shortened = length < 4;
    let number = match letter {
        'Y' if length == 2 => civil.year % 100,
        'Y' => civil.year,
        'M' if length > 2 => return month(civil.month, shortened, locale.language).to_owned(),
        'M' => civil.month,
        'D' => civil.day,
        'd' => return weekday(civil.weekday(), shortened, locale.language).to_owned(),
        'H' => civil.hour(),
        'h' => (civil.hour() + 11) % 12 + 1,
        'm' => civil.minute(),
        's' => civil.second(),
        'S' => civil.of_day % 1_000,
        'A' => return if civil.hour() < 12 { "AM" } else { "PM" }.to_owned(),
        'a' => return if civil.hour() < 12 { "am" } else { "pm" }.to_owned(),
        'Z' => return offset(locale.zone.offset(at)),
        _ => return iter::repeat_n(letter, length).collect(),
    };
    format!("{number:0length$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{HOUR, Utc};

    #[test]
    fn moment_patterns_are_formatted_in_both_languages() {
        // Friday, 3 April 2026, 21:07:05.042.
        let at = 1_775_250_425_042;
        for (pattern, english, swedish) in [
            ("YYYY-MM-DD HH:mm:ss.SSS", "2026-04-03 21:07:05.042", "2026-04-03 21:07:05.042"),
            (" LT MMMM D, YYYY", "21:07 April 3, 2026", "21:07 april 3, 2026"),
            ("ddd D MMM YY", "Fri 3 Apr 26", "fre 3 apr 26"),
            ("dddd [at] h:mm a A", "Friday at 9:07 pm PM", "fredag at 9:07 pm PM"),
            ("LTS [LT", "21:07:05 LT", "21:07:05 LT"),
            ("H Z", "21 UTC", "21 UTC"),
            ("åäö – ", "åäö –", "åäö –"),
        ] {
            for (language, expected) in [(Language::En, english), (Language::Sv, swedish)] {
                assert_eq!(by_pattern(at, pattern, Locale { language, zone: &Utc, now: at }), expected, "{pattern}");
            }
        }
        let midnight = Locale { language: Language::En, zone: &Utc, now: at };
        assert_eq!(by_pattern(0, "h:mm a", midnight), "12:00 am");
    }

    #[test]
    fn offsets_have_minutes_only_where_needed() {
        for (length, text) in [(0, "UTC"), (2 * HOUR, "UTC+2"), (5 * HOUR + 30 * MINUTE, "UTC+5:30"), (-9 * HOUR - 30 * MINUTE, "UTC−9:30")]
        {
            assert_eq!(offset(length), text);
        }
    }
}
