//! Compares a stitched answer with the answer of one query over the whole window.

use model::series::{Frame, Grid, Series, is_gap};
use model::time::Millis;

/// The relative difference up to which two values are equal: Prometheus adds up series in the order in which it reads them, and that
/// order is another one with other blocks.
const TOLERANCE: f64 = 1e-12;

/// The first difference, in words; `None` if there is none.
pub fn difference(stitched: &Frame, whole: &Frame) -> Option<String> {
    if stitched.grid != whole.grid {
        return Some(format!("the grid is {:?} instead of {:?}", stitched.grid, whole.grid));
    }
    for (ours, theirs) in stitched.series.iter().zip(&whole.series) {
        if ours.labels != theirs.labels {
            return Some(format!("there is {} where {} should be", name(ours), name(theirs)));
        }
        if let Some(what) = differing_value(stitched.grid, ours, theirs) {
            return Some(format!("{}: {what}", name(ours)));
        }
    }
    let (ours, theirs) = (stitched.series.len(), whole.series.len());
    let odd = if ours > theirs { stitched.series.get(theirs) } else { whole.series.get(ours) };
    odd.map(|series| {
        format!("{ours} series instead of {theirs}: {} is {}", name(series), if ours > theirs { "too much" } else { "missing" })
    })
}

fn differing_value(grid: Grid, ours: &Series, theirs: &Series) -> Option<String> {
    if ours.values.len() != grid.len || theirs.values.len() != grid.len {
        return Some(format!("{} and {} values instead of {}", ours.values.len(), theirs.values.len(), grid.len));
    }
    let mut pairs = ours.values.iter().zip(&theirs.values).enumerate();
    let (index, (ours, theirs)) = pairs.find(|(_, (ours, theirs))| !is_same(**ours, **theirs))?;
    Some(format!("{} instead of {} at point {index} of {}, {}", value(*ours), value(*theirs), grid.len, grid.time(index)))
}

/// Whether two values are equal: both gaps, both NaN, the same infinity, or numbers within the tolerance.
fn is_same(ours: f64, theirs: f64) -> bool {
    if is_gap(ours) || is_gap(theirs) {
        return is_gap(ours) && is_gap(theirs);
    }
    if !ours.is_finite() || !theirs.is_finite() {
        return ours.total_cmp(&theirs).is_eq() || (ours.is_nan() && theirs.is_nan());
    }
    (ours - theirs).abs() <= TOLERANCE * ours.abs().max(theirs.abs())
}

fn name(series: &Series) -> String {
    series.labels.to_selector()
}

fn value(value: f64) -> String {
    if is_gap(value) { "a gap".to_owned() } else { format!("{value:?}") }
}

/// The part of `frame` up to `until`, without series that have no values there.
pub fn cut(frame: &Frame, until: Millis) -> Frame {
    let len = usize::try_from((until - frame.grid.start).div_euclid(frame.grid.step) + 1).unwrap_or(0).min(frame.grid.len);
    let part = |series: &Series| Series { labels: series.labels.clone(), values: series.values[..len].to_vec() };
    let mut series: Vec<Series> = frame.series.iter().map(part).collect();
    series.retain(|series| !series.values.iter().all(|value| is_gap(*value)));
    Frame { grid: Grid { len, ..frame.grid }, series }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::series::GAP;

    fn frame(series: &[(&str, &[f64])]) -> Frame {
        let series = series
            .iter()
            .map(|(name, values)| Series { labels: [("a".to_owned(), (*name).to_owned())].into_iter().collect(), values: values.to_vec() });
        Frame { grid: Grid { start: 0, step: 1_000, len: 3 }, series: series.collect() }
    }

    #[test]
    fn equal_answers_have_no_difference() {
        let one = frame(&[("x", &[1.0, GAP, f64::NAN]), ("y", &[f64::INFINITY, 0.0, -1.0])]);
        let other = frame(&[("x", &[1.0 + 1e-13, GAP, -f64::NAN]), ("y", &[f64::INFINITY, -0.0, -1.0])]);
        assert_eq!(difference(&one, &other), None);
    }

    #[test]
    fn every_difference_is_found() {
        let whole = frame(&[("x", &[1.0, GAP, f64::NAN]), ("y", &[f64::INFINITY, 1e-9, GAP])]);
        let [x, y] = [whole.series[0].values.as_slice(), &whole.series[1].values];
        for (stitched, said) in [
            (frame(&[("x", x)]), "1 series instead of 2: {a=\"y\"} is missing"),
            (frame(&[("x", x), ("y", y), ("z", y)]), "3 series instead of 2: {a=\"z\"} is too much"),
            (frame(&[("y", y), ("x", x)]), "there is {a=\"y\"} where {a=\"x\"} should be"),
            (frame(&[("x", &[1.0, f64::NAN, f64::NAN]), ("y", y)]), "{a=\"x\"}: NaN instead of a gap at point 1 of 3, 1000"),
            (frame(&[("x", &[1.0, GAP, GAP]), ("y", y)]), "{a=\"x\"}: a gap instead of NaN at point 2 of 3, 2000"),
            (frame(&[("x", &[1.0 + 1e-11, GAP, f64::NAN]), ("y", y)]), "{a=\"x\"}: 1.00000000001 instead of 1.0 at point 0 of 3, 0"),
            (frame(&[("x", x), ("y", &[f64::NEG_INFINITY, 1e-9, GAP])]), "{a=\"y\"}: -inf instead of inf at point 0 of 3, 0"),
            (frame(&[("x", x), ("y", &[f64::NAN, 1e-9, GAP])]), "{a=\"y\"}: NaN instead of inf at point 0 of 3, 0"),
            (frame(&[("x", x), ("y", &[f64::INFINITY, 0.0, GAP])]), "{a=\"y\"}: 0.0 instead of 1e-9 at point 1 of 3, 1000"),
            (frame(&[("x", x), ("y", &[f64::INFINITY])]), "{a=\"y\"}: 1 and 3 values instead of 3"),
        ] {
            assert_eq!(difference(&stitched, &whole).as_deref(), Some(said));
        }
        let later = Frame { grid: Grid { start: 1_000, ..whole.grid }, ..whole.clone() };
        assert!(difference(&later, &whole).unwrap().starts_with("the grid is "));
    }

    #[test]
    fn points_and_series_after_the_cut_are_not_compared() {
        let frame = frame(&[("x", &[1.0, 2.0, GAP]), ("y", &[GAP, GAP, 3.0])]);
        let short = cut(&frame, 1_999);
        assert_eq!((short.grid.len, short.series.len(), short.series[0].values.len()), (2, 1, 2));
        assert_eq!(cut(&frame, -1).grid.len, 0);
        assert_eq!(difference(&cut(&frame, 99_000), &frame), None);
    }
}
