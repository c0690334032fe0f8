//! Ticks of the time axis. They follow the calendar and the clock of the time zone, also when daylight saving time begins or ends. The
//! table of steps, and the second row of labels for a new day or year, are those of uPlot. All languages use the 24-hour clock.

use crate::number::float;
use model::time::{Civil, DAY, HOUR, MINUTE, Millis, SECOND, Window, Zone};
use text::calendar::{month, offset};
use text::locale::Language;
use text::time::days_from_civil;

/// A tick of the time axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The instant.
    pub at: Millis,
    /// The local time or date.
    pub label: String,
    /// The second row: the day or the year if it is a new one; the zone's offset if the same local hour is repeated.
    pub under: Option<String>,
}

/// The distance between two ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Shorter than a day, counted from midnight. Milliseconds.
    Clock(Millis),
    /// Days, counted from the epoch. Seven days begin on Mondays.
    Days(i64),
    /// Months, counted from the year 0.
    Months(i64),
}

const STEPS: [Step; 32] = {
    use Step::{Clock, Days, Months};
    [
        Clock(SECOND),
        Clock(2 * SECOND),
        Clock(5 * SECOND),
        Clock(10 * SECOND),
        Clock(15 * SECOND),
        Clock(30 * SECOND),
        Clock(MINUTE),
        Clock(2 * MINUTE),
        Clock(5 * MINUTE),
        Clock(10 * MINUTE),
        Clock(15 * MINUTE),
        Clock(30 * MINUTE),
        Clock(HOUR),
        Clock(2 * HOUR),
        Clock(3 * HOUR),
        Clock(6 * HOUR),
        Clock(12 * HOUR),
        Days(1),
        Days(2),
        Days(7),
        Months(1),
        Months(2),
        Months(3),
        Months(6),
        Months(YEAR),
        Months(2 * YEAR),
        Months(5 * YEAR),
        Months(10 * YEAR),
        Months(20 * YEAR),
        Months(50 * YEAR),
        Months(100 * YEAR),
        Months(1_000 * YEAR),
    ]
};
/// Months.
const YEAR: i64 = 12;
/// The average length of a month: 400 years have 146,097 days.
const MONTH: Millis = 146_097 * DAY / 4_800;

/// All zone offsets, and all times at which clocks change, are multiples of this.
const QUARTER: Millis = 15 * MINUTE;

/// The smallest space between two labels, CSS px.
const SPACE: f64 = 24.0;
/// The largest number of labels, however wide the axis is.
const MAX_TICKS: f64 = 10.0;

/// As many ticks as fit on an axis of `width` CSS px. `measure` returns the width of a text in CSS px.
pub fn ticks(window: Window, zone: &dyn Zone, width: f64, measure: &dyn Fn(&str) -> f64, language: Language) -> Vec<Tick> {
    let length = float(window.length().max(1));
    let day_width = measure("30 Sep");
    let mut space = 0.0;
    let fits = |step: &&Step| {
        let widest = if step.length() < MINUTE { measure("00:00:00").max(day_width) } else { day_width };
        space = (widest + SPACE).max(width / MAX_TICKS);
        width * float(step.length()) / length >= space
    };
    let Some(step) = STEPS.iter().find(fits) else { return Vec::new() };

    let mut ticks: Vec<Tick> = Vec::new();
    let mut previous: Option<Civil> = None;
    for at in step.instants(window, zone) {
        let civil = Civil::of(at, zone);
        // With steps of several hours, a repeated hour has only one tick.
        if previous == Some(civil) && step.length() > HOUR {
            continue;
        }
        let (label, under) = step.labels(civil, previous, language);
        let comes_again = previous.is_some_and(|previous| previous.day == civil.day && previous.of_day >= civil.of_day);
        let under = under.or_else(|| (comes_again && step.length() < DAY).then(|| offset(zone.offset(at))));
        ticks.push(Tick { at, label, under });
        previous = Some(civil);
    }
    ticks
}

impl Step {
    /// Its average length, ms.
    fn length(self) -> Millis {
        match self {
            Self::Clock(length) => length,
            Self::Days(days) => days * DAY,
            Self::Months(months) => months * MONTH,
        }
    }

    /// All instants of this step in `window`.
    fn instants(self, window: Window, zone: &dyn Zone) -> Vec<Millis> {
        let mut instants = Vec::new();
        match self {
            Self::Clock(step) => {
                for day in days(window, zone) {
                    clock_instants(day, step, window, zone, &mut instants);
                }
            }
            Self::Days(step) => {
                // The epoch is a Thursday.
                let shift = if step == 7 { 3 } else { 0 };
                let on_step = days(window, zone).filter(|day| (day + shift) % step == 0);
                instants.extend(on_step.map(|day| midnight(day, zone)));
            }
            Self::Months(step) => {
                let month = |at| {
                    let civil = Civil::of(at, zone);
                    civil.year * YEAR + civil.month - 1
                };
                let first = (month(window.start)).div_euclid(step) * step;
                let mut next = first;
                while next <= month(window.end) {
                    let civil = Civil { year: next.div_euclid(YEAR), month: next.rem_euclid(YEAR) + 1, day: 1, of_day: 0 };
                    instants.push(civil.instant(zone));
                    next += step;
                }
            }
        }
        instants.retain(|at| (window.start..=window.end).contains(at));
        instants
    }

    /// The label at `civil`, and the second row below it at the first tick and at each tick where it changes: the day for times, the year
    /// for dates.
    fn labels(self, civil: Civil, previous: Option<Civil>, language: Language) -> (String, Option<String>) {
        let month = month(civil.month, true, language);
        let day = || format!("{} {month}", civil.day);
        let year = || civil.year.to_string();
        let new_year = previous.is_none_or(|previous| previous.year != civil.year);
        match self {
            Self::Clock(step) => {
                let (hour, minute) = (civil.hour(), civil.minute());
                let label =
                    if step < MINUTE { format!("{hour:02}:{minute:02}:{:02}", civil.second()) } else { format!("{hour:02}:{minute:02}") };
                let new_day = previous.is_none_or(|previous| (previous.month, previous.day) != (civil.month, civil.day));
                let under = if new_year && previous.is_some() { Some(day() + " " + &year()) } else { new_day.then(day) };
                (label, under)
            }
            Self::Days(_) => (day(), new_year.then(year)),
            Self::Months(step) if step < YEAR => (month.to_owned(), new_year.then(year)),
            Self::Months(_) => (year(), None),
        }
    }
}

/// The days of the zone's calendar that overlap `window`, counted from the epoch.
fn days(window: Window, zone: &dyn Zone) -> impl Iterator<Item = i64> {
    let day = |at| {
        let civil = Civil::of(at, zone);
        days_from_civil(civil.year, civil.month, civil.day)
    };
    day(window.start)..=day(window.end)
}

fn midnight(day: i64, zone: &dyn Zone) -> Millis {
    Civil { year: 1970, month: 1, day: 1 + day, of_day: 0 }.instant(zone)
}

/// Adds the instants of one day at which the local time is a multiple of `step`.
fn clock_instants(day: i64, step: Millis, window: Window, zone: &dyn Zone, instants: &mut Vec<Millis>) {
    let (start, end) = (midnight(day, zone), midnight(day + 1, zone).min(window.end + 1));
    let is_even = midnight(day + 1, zone) - start == DAY;
    // On a day of 23 or 25 hours some local hours do not exist or are repeated, so the zone is asked for each candidate.
    let stride = if is_even { step } else { step.min(QUARTER) };
    let mut at = start + ((window.start - start).max(0) + stride - 1) / stride * stride;
    while at < end {
        if is_even || Civil::of(at, zone).of_day % step == 0 {
            instants.push(at);
        }
        at += stride;
    }
}

#[cfg(test)]
mod tests;
