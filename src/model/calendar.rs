//! Months and weekdays by their names, and instants written by a pattern.

use super::locale::{Language, Locale};
use super::time::{Civil, MINUTE, Millis};

const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const MONTHS_SV: [&str; 12] =
    ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];
const WEEKDAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const WEEKDAYS_SV: [&str; 7] = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"];

/// The name of a month, 1 to 12.
pub fn month(number: i64, language: Language) -> &'static str {
    let names = match language {
        Language::En => MONTHS_EN,
        Language::Sv => MONTHS_SV,
    };
    usize::try_from(number - 1).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

/// The name of a weekday; 0 is Monday.
fn weekday(number: i64, language: Language) -> &'static str {
    let names = match language {
        Language::En => WEEKDAYS_EN,
        Language::Sv => WEEKDAYS_SV,
    };
    usize::try_from(number).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

/// A name in three letters, as both languages shorten months and weekdays.
pub fn shortened(name: &str) -> String {
    name.chars().take(3).collect()
}

/// How far a zone is from UTC: `UTC+2`, `UTC`, `UTC+5:30`.
pub fn offset(offset: Millis) -> String {
    let minutes = offset / MINUTE;
    let sign = if minutes < 0 { '−' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

/// The instant `at` in a pattern of moment.js, as Grafana has them: `YYYY-MM-DD HH:mm:ss`. What is between brackets, and what is no
/// token, stands for itself.
pub fn by_pattern(at: Millis, pattern: &str, locale: Locale) -> String {
    let civil = Civil::of(at, locale.zone);
    let pattern = pattern.trim().replace("LTS", "HH:mm:ss").replace("LT", "HH:mm");
    let mut text = String::new();
    let mut rest = pattern.as_str();
    while let Some(letter) = rest.chars().next() {
        let quoted = rest.strip_prefix('[').and_then(|quoted| quoted.split_once(']'));
        if let Some((quoted, after)) = quoted {
            text.push_str(quoted);
            rest = after;
            continue;
        }
        let after = rest.trim_start_matches(letter);
        let run = rest.get(..rest.len() - after.len()).unwrap_or_default();
        text.push_str(&token(letter, run, at, civil, locale));
        rest = after;
    }
    text
}

/// What a run of one letter stands for.
fn token(letter: char, run: &str, at: Millis, civil: Civil, locale: Locale) -> String {
    let length = run.len();
    let number = |number: i64| format!("{number:0length$}");
    let name = |name: &str| if length > 3 { name.to_owned() } else { shortened(name) };
    match letter {
        'Y' if length == 2 => number(civil.year % 100),
        'Y' => number(civil.year),
        'M' if length > 2 => name(month(civil.month, locale.language)),
        'M' => number(civil.month),
        'D' => number(civil.day),
        'd' => name(weekday(civil.weekday(), locale.language)),
        'H' => number(civil.hour()),
        'h' => number((civil.hour() + 11) % 12 + 1),
        'm' => number(civil.minute()),
        's' => number(civil.second()),
        'S' => number(civil.of_day % 1_000),
        'A' => if civil.hour() < 12 { "AM" } else { "PM" }.to_owned(),
        'a' => if civil.hour() < 12 { "am" } else { "pm" }.to_owned(),
        'Z' => offset(locale.zone.offset(at)),
        _ => run.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::{HOUR, Utc};

    #[test]
    fn patterns_are_those_of_moment() {
        // Friday, 3 April 2026, 21:07:05.042.
        let at = 1_775_250_425_042;
        for (pattern, english, swedish) in [
            ("YYYY-MM-DD HH:mm:ss.SSS", "2026-04-03 21:07:05.042", "2026-04-03 21:07:05.042"),
            (" LT MMMM D, YYYY", "21:07 April 3, 2026", "21:07 april 3, 2026"),
            ("ddd D MMM YY", "Fri 3 Apr 26", "fre 3 apr 26"),
            ("dddd [at] h:mm a A", "Friday at 9:07 pm PM", "fredag at 9:07 pm PM"),
            ("LTS [", "21:07:05 [", "21:07:05 ["),
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
    fn offsets_read_without_noise() {
        for (length, text) in [(0, "UTC"), (2 * HOUR, "UTC+2"), (5 * HOUR + 30 * MINUTE, "UTC+5:30"), (-9 * HOUR - 30 * MINUTE, "UTC−9:30")]
        {
            assert_eq!(offset(length), text);
        }
    }
}
