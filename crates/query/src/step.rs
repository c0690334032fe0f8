//! The step of a range query.

use model::time::{DAY, HOUR, MINUTE, Millis, SECOND, Window};

/// The steps to choose from, milliseconds: Grafana's list.
const NICE_STEPS: [Millis; 34] = [
    1,
    10,
    20,
    50,
    100,
    200,
    500,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    20 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    20 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    7 * DAY,
    30 * DAY,
    365 * DAY,
    1_000 * DAY,
    3_650 * DAY,
    36_500 * DAY,
    365_000 * DAY,
];

/// How many points a panel asks for. A short list, so that screens of different sizes send the same requests.
const POINTS: [u16; 3] = [240, 480, 960];
/// CSS pixels per point. More points could not be seen.
const PIXELS_PER_POINT: f64 = 1.5;

/// The number of points for a panel of `width` CSS pixels.
pub fn wanted_points(width: f64) -> u16 {
    let [fewest, .., most] = POINTS;
    let fitting = POINTS.into_iter().rev().find(|points| f64::from(*points) * PIXELS_PER_POINT <= width);
    fitting.unwrap_or(fewest).min(most)
}

/// The smallest nice step that needs at most `points` steps and is no shorter than `min_step`. Always rounded up, so that
/// Prometheus' limit of 11,000 points is never exceeded.
pub fn choose_step(window: Window, points: u16, min_step: Millis) -> Millis {
    let points = Millis::from(points.max(1));
    let exact = (window.length() + points - 1) / points;
    let wanted = exact.max(min_step).max(1);
    nice(wanted)
}

/// The smallest nice step that is at least `wanted`, ms.
pub fn nice(wanted: Millis) -> Millis {
    NICE_STEPS.into_iter().find(|step| *step >= wanted).unwrap_or(wanted)
}

/// The window with both ends moved back to whole steps since the epoch, so that its points do not move between refreshes.
pub fn align(window: Window, step: Millis) -> Window {
    let floor = |at: Millis| at.div_euclid(step) * step;
    Window { start: floor(window.start), end: floor(window.end) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn window(length: Millis) -> Window {
        Window { start: 1_700_000_000_123, end: 1_700_000_000_123 + length }
    }

    #[test]
    fn steps_are_nice_and_rounded_up() {
        let cases = [
            (HOUR, 240, 15 * SECOND),
            (6 * HOUR, 240, 2 * MINUTE),
            (6 * HOUR, 480, MINUTE),
            (2 * DAY, 240, 15 * MINUTE),
            (5 * MINUTE, 240, 2 * SECOND),
        ];
        for (length, points, step) in cases {
            assert_eq!(choose_step(window(length), points, 1), step, "{length} ms");
        }
        assert_eq!(choose_step(window(HOUR), 240, 25 * SECOND), 30 * SECOND);
    }

    #[test]
    fn wider_panels_ask_for_more_points() {
        assert_eq!([300.0, 360.0, 719.0, 720.0, 1_440.0, 5_000.0].map(wanted_points), [240, 240, 240, 480, 960, 960]);
        assert_eq!(wanted_points(0.0), 240);
    }

    proptest! {
        #[test]
        fn the_limit_of_11000_points_is_never_exceeded(length in 1..400 * DAY, points in 1..=960_u16, min_step in 1..DAY) {
            let step = choose_step(window(length), points, min_step);
            let aligned = align(window(length), step);
            prop_assert!(step >= min_step);
            prop_assert!(aligned.length() / step < 11_000);
            prop_assert_eq!(aligned.start % step, 0);
            prop_assert!(aligned.end <= window(length).end && aligned.end > window(length).end - step);
        }
    }
}
