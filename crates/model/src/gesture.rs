//! Panning and zooming a time axis: dragged instants stay under the pointer.

use super::time::{Millis, Window};

/// One gesture makes a window longer or shorter by at most this factor.
const MAX_ZOOM: f64 = 100.0;
/// The shortest window, ms: zooming in further shows nothing new.
pub const SHORTEST: Millis = 1_000;

/// An instant that is dragged, and its position on the axis: 0 is the left end, 1 the right end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hold {
    /// The instant.
    pub time: Millis,
    /// The position.
    pub place: f64,
}

impl Window {
    /// The instant at a position on the axis, which may be outside of 0 to 1.
    pub fn at(self, place: f64) -> Millis {
        self.start + whole(float(self.length()) * place)
    }

    /// The window in which each held instant is at its position: one hold pans the axis, a second one zooms it too. It does not end after
    /// `latest`.
    #[must_use]
    pub fn held(self, first: Hold, second: Option<Hold>, latest: Millis) -> Self {
        let length = float(self.length());
        let stretched = second.map(|second| float(second.time - first.time) / (second.place - first.place));
        // Fingers that meet or cross give no usable length.
        let wanted = stretched.filter(|length| length.is_finite() && *length > 0.0).unwrap_or(length);
        let wanted = wanted.max(length / MAX_ZOOM).min(length * MAX_ZOOM).max(float(SHORTEST));
        let start = first.time - whole(wanted * first.place);
        Self { start, end: start + whole(wanted) }.until(latest)
    }

    /// A window twice as long around the same middle. It does not end after `latest`.
    #[must_use]
    pub fn zoomed_out(self, latest: Millis) -> Self {
        let half = self.length() / 2;
        Self { start: self.start - half, end: self.end + half }.until(latest)
    }

    /// A window of the same length that does not end after `latest`.
    fn until(self, latest: Millis) -> Self {
        let late = (self.end - latest).max(0);
        Self { start: self.start - late, end: self.end - late }
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of our era are exact in f64")]
fn float(length: Millis) -> f64 {
    length as f64
}

#[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and makes 0 of NaN")]
fn whole(length: f64) -> Millis {
    length.round() as Millis
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: Window = Window { start: 1_000_000, end: 4_600_000 };
    const NEVER: Millis = Millis::MAX / 4;

    fn hold(time: Millis, place: f64) -> Hold {
        Hold { time, place }
    }

    #[test]
    fn one_hold_pans_the_axis() {
        let middle = HOUR.at(0.5);
        assert_eq!(HOUR.held(hold(middle, 0.75), None, NEVER), Window { start: 100_000, end: 3_700_000 });
        assert_eq!(HOUR.held(hold(middle, 0.5), None, NEVER), HOUR);
    }

    #[test]
    fn two_holds_zoom_the_axis() {
        let (first, second) = (HOUR.at(0.25), HOUR.at(0.75));
        assert_eq!(HOUR.held(hold(first, 0.0), Some(hold(second, 1.0)), NEVER), Window { start: first, end: second });
        // Holds that cross or have the same position only pan.
        assert_eq!(HOUR.held(hold(first, 0.25), Some(hold(second, 0.25)), NEVER), HOUR);
        assert_eq!(HOUR.held(hold(first, 0.25), Some(hold(second, 0.2)), NEVER), HOUR);
    }

    #[test]
    fn pan_and_zoom_do_not_end_after_latest() {
        assert_eq!(HOUR.held(hold(HOUR.end, 0.5), None, HOUR.end), HOUR);
        assert_eq!(HOUR.zoomed_out(HOUR.end), Window { start: HOUR.end - 7_200_000, end: HOUR.end });
        assert_eq!(HOUR.zoomed_out(NEVER), Window { start: -800_000, end: 6_400_000 });
    }

    proptest! {
        #[test]
        fn held_instants_keep_their_positions(from in 0.0..1.0_f64, apart in 0.05..1.0_f64, to in -1.0..2.0_f64, spread in 0.05..1.0_f64) {
            let (first, second) = (hold(HOUR.at(from), to), hold(HOUR.at(from + apart), to + spread));
            let window = HOUR.held(first, Some(second), NEVER);
            for Hold { time, place } in [first, second] {
                prop_assert!((window.at(place) - time).abs() <= 2, "{window:?}");
            }
        }

        #[test]
        fn no_window_is_too_short(time in any::<i32>(), place in prop_oneof![any::<f64>(), -9.0..9.0_f64], other in any::<i32>(), second in any::<f64>()) {
            let window = HOUR.held(hold(time.into(), place.clamp(-1e3, 1e3)), Some(hold(other.into(), second)), NEVER);
            prop_assert!(window.length() >= SHORTEST);
        }
    }
}
