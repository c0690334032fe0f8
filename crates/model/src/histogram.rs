//! Histograms over time: the number of observations in each bucket.

use super::labels::Labels;
use super::series::{Frame, GAP, Grid};
use super::time::Window;
use json::parse_number;

/// The label that names a bucket of a native histogram by its bounds, such as `(0.25,0.5]`. No metric has it: names that begin with `__`
/// are reserved by Prometheus.
pub const BUCKET: &str = "__bucket__";

/// The bucket of a row of a heatmap.
#[derive(Clone, Debug, PartialEq)]
pub enum Bucket {
    /// The values between two bounds.
    Between(f64, f64),
    /// A bucket without bounds, by its name.
    Named(String),
}

/// One row of a heatmap.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its bucket.
    pub bucket: Bucket,
    /// The number of observations in the step that ends at each instant; NaN: no data.
    pub counts: Vec<f64>,
}

/// Observations by bucket and time.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    /// The instants.
    pub grid: Grid,
    /// The rows, from low to high.
    pub rows: Vec<Row>,
    /// The highest count.
    pub most: f64,
}

/// If there are more rows than this, pairs of neighbours are merged: a panel has no room for more.
const MAX_ROWS: usize = 96;
/// At most this many empty buckets between two others have their own rows.
const MAX_EMPTY: usize = 48;
/// Bounds whose relative difference is less than this are equal: they differ by rounding only.
const SAME: f64 = 1e-9;

impl Heat {
    /// The heatmap of `window` from the answers to the targets of a panel, each with its legend format.
    ///
    /// Series with the label `le` are cumulative buckets of classic histograms; several histograms are added up. If there are none, series
    /// with [`BUCKET`] are buckets of native histograms. If there are none of these either, each series is a row.
    pub fn of(frames: &[(&Frame, &str)], window: Window) -> Self {
        let grid = frames.first().map_or(Grid { start: window.start, step: 1, len: 0 }, |(frame, _)| inside(frame.grid, window));
        let (mut classic, mut native, mut named): (Vec<Row>, Vec<Row>, Vec<Row>) = (Vec::new(), Vec::new(), Vec::new());
        for (frame, format) in frames {
            for series in &frame.series {
                let counts = || -> Vec<f64> {
                    let at = |index| frame.grid.index(grid.time(index)).and_then(|index| series.values.get(index));
                    (0..grid.len).map(|index| at(index).copied().unwrap_or(GAP)).collect()
                };
                if let Some(bound) = upper_bound(&series.labels) {
                    add(&mut classic, Bucket::Between(f64::NEG_INFINITY, bound), &counts());
                } else if let Some((low, high)) = series.labels.get(BUCKET).and_then(bounds) {
                    add(&mut native, Bucket::Between(low, high), &counts());
                } else {
                    add(&mut named, Bucket::Named(series.labels.legend(format)), &counts());
                }
            }
        }
        let rows = match (classic.is_empty(), native.is_empty()) {
            (false, _) => apart(classic),
            (true, false) => spread(native, grid.len),
            (true, true) => named,
        };
        let most = rows.iter().flat_map(|row| &row.counts).copied().filter(|count| count.is_finite()).fold(0.0, f64::max);
        Self { grid, rows, most }
    }
}

/// The instants of `grid` whose step overlaps `window`. A step ends at its instant.
fn inside(grid: Grid, window: Window) -> Grid {
    let before = (0..grid.len).take_while(|index| grid.time(*index) <= window.start).count();
    let len = (before..grid.len).take_while(|index| grid.time(*index) - grid.step < window.end).count();
    Grid { start: grid.time(before), step: grid.step, len }
}

fn upper_bound(labels: &Labels) -> Option<f64> {
    parse_number(labels.get("le")?).filter(|bound| !bound.is_nan())
}

/// Parses `(0.25,0.5]` as 0.25 and 0.5.
fn bounds(text: &str) -> Option<(f64, f64)> {
    let (low, high) = text.trim_matches(['(', '[', ']', ')']).split_once(',')?;
    let (low, high) = (parse_number(low)?, parse_number(high)?);
    (low < high).then_some((low, high))
}

/// Adds the counts of a bucket to its row. Rows with bounds are kept sorted by them.
fn add(rows: &mut Vec<Row>, bucket: Bucket, counts: &[f64]) {
    let at = match &bucket {
        Bucket::Between(low, high) => rows.binary_search_by(|row| match &row.bucket {
            Bucket::Between(other_low, other_high) => other_high.total_cmp(high).then(other_low.total_cmp(low)),
            Bucket::Named(_) => std::cmp::Ordering::Less,
        }),
        Bucket::Named(_) => rows.iter().position(|row| row.bucket == bucket).ok_or(rows.len()),
    };
    match at {
        Ok(at) => rows.get_mut(at).into_iter().for_each(|row| add_up(&mut row.counts, counts, 1.0)),
        Err(at) => rows.insert(at, Row { bucket, counts: counts.to_vec() }),
    }
}

/// Adds a share of `more` to `counts`; a gap adds nothing.
fn add_up(counts: &mut [f64], more: &[f64], share: f64) {
    for (count, more) in counts.iter_mut().zip(more) {
        if !more.is_nan() {
            *count = if count.is_nan() { more * share } else { *count + more * share };
        }
    }
}

/// Turns cumulative buckets into separate ones: subtracts from each count the count of the bucket below.
fn apart(mut rows: Vec<Row>) -> Vec<Row> {
    let len = rows.first().map_or(0, |row| row.counts.len());
    let mut below = vec![0.0_f64; len];
    // The lowest bucket begins at zero, unless it has only values of zero or less.
    let mut low =
        if rows.first().is_some_and(|row| matches!(row.bucket, Bucket::Between(_, high) if high > 0.0)) { 0.0 } else { f64::NEG_INFINITY };
    for row in &mut rows {
        for (count, below) in row.counts.iter_mut().zip(&mut below) {
            if !count.is_nan() {
                let cumulative = *count;
                // Rates may decrease from one bucket to the next, because the counters are not scraped at exactly the same time.
                *count = (cumulative - *below).max(0.0);
                *below = below.max(cumulative);
            }
        }
        if let Bucket::Between(begin, end) = &mut row.bucket {
            *begin = low;
            low = *end;
        }
    }
    rows
}

/// Native buckets as rows without gaps between them. If resolutions differ, the rows have the finest one, and a coarser bucket is spread
/// over the rows that it covers.
fn spread(buckets: Vec<Row>, len: usize) -> Vec<Row> {
    let mut borders: Vec<f64> = Vec::new();
    let mut insert = |border: f64| {
        let at = borders.partition_point(|other| *other < border);
        let near = |other: Option<&f64>| other.is_some_and(|other| is_same(*other, border));
        if !near(borders.get(at)) && !near(at.checked_sub(1).and_then(|at| borders.get(at))) {
            borders.insert(at, border);
        }
    };
    // Buckets are sorted by upper bound, so that the range between a bucket and the one before it is empty.
    let mut before = None;
    for row in &buckets {
        let Bucket::Between(low, high) = row.bucket else { continue };
        insert(low);
        insert(high);
        let missing = before.map(|before| between(before, low, low / high)).unwrap_or_default();
        missing.into_iter().for_each(&mut insert);
        before = Some(high);
    }
    let pairs = borders.iter().zip(borders.iter().skip(1));
    let mut rows: Vec<Row> = pairs.map(|(low, high)| Row { bucket: Bucket::Between(*low, *high), counts: vec![GAP; len] }).collect();
    for bucket in buckets {
        let Bucket::Between(low, high) = bucket.bucket else { continue };
        let first = borders.partition_point(|border| *border < low && !is_same(*border, low));
        let last = borders.partition_point(|border| *border < high && !is_same(*border, high));
        let covered = rows.get_mut(first..last).unwrap_or_default();
        let share = 1.0 / f64::from(u16::try_from(covered.len()).unwrap_or(u16::MAX).max(1));
        for row in covered {
            add_up(&mut row.counts, &bucket.counts, share);
        }
    }
    while rows.len() > MAX_ROWS {
        rows = rows.chunks(2).filter_map(joined).collect();
    }
    rows
}

/// The borders of the empty buckets from `before` to `low`. The start of each bucket is its end times `factor`.
fn between(before: f64, low: f64, factor: f64) -> Vec<f64> {
    let mut borders = Vec::new();
    let mut border = low * factor;
    // Bounds of both signs, or a bound of zero, belong to the bucket around zero.
    while factor > 0.0 && factor.is_finite() && border > before && !is_same(border, before) {
        // Towards zero the loop would never end: so many empty buckets become one row.
        if borders.len() == MAX_EMPTY {
            return Vec::new();
        }
        borders.push(border);
        border *= factor;
    }
    borders
}

fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= a.abs().max(b.abs()) * SAME
}

fn joined(rows: &[Row]) -> Option<Row> {
    let (first, last) = (rows.first()?, rows.last()?);
    let (Bucket::Between(low, _), Bucket::Between(_, high)) = (&first.bucket, &last.bucket) else { return None };
    let mut row = Row { bucket: Bucket::Between(*low, *high), counts: first.counts.clone() };
    rows.iter().skip(1).for_each(|other| add_up(&mut row.counts, &other.counts, 1.0));
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::Series;

    const WINDOW: Window = Window { start: 0, end: 30 };

    fn frame(series: &[(&str, &str, &[f64])]) -> Frame {
        let series = series.iter().map(|(label, value, values)| {
            let labels = Labels::new(vec![((*label).to_owned(), (*value).to_owned()), ("job".into(), "web".into())]);
            Series { labels, values: values.to_vec() }
        });
        Frame { grid: Grid { start: 0, step: 10, len: 4 }, series: series.collect() }
    }

    /// Bounds and counts of each row, with -1 for a gap.
    fn rows(heat: &Heat) -> Vec<(f64, f64, Vec<f64>)> {
        let row = |row: &Row| {
            let Bucket::Between(low, high) = row.bucket else { panic!("{row:?}") };
            (low, high, row.counts.iter().map(|count| if count.is_nan() { -1.0 } else { *count }).collect())
        };
        heat.rows.iter().map(row).collect()
    }

    #[test]
    fn cumulative_buckets_become_separate_rows_sorted_by_bounds() {
        let frame = frame(&[
            ("le", "+Inf", &[0.0, 9.0, 5.0, 7.0]),
            ("le", "0.5", &[0.0, 4.0, 4.0, GAP]),
            ("le", "10", &[0.0, 9.0, 3.0, 6.0]),
            ("le", "+Inf", &[0.0, 1.0, GAP, 1.0]),
        ]);
        let heat = Heat::of(&[(&frame, "")], WINDOW);
        assert_eq!(heat.grid, Grid { start: 10, step: 10, len: 3 }, "the step that ends at the start of the window is left out");
        let expected = [(0.0, 0.5, vec![4.0, 4.0, -1.0]), (0.5, 10.0, vec![5.0, 0.0, 6.0]), (10.0, f64::INFINITY, vec![1.0, 1.0, 2.0])];
        assert_eq!(rows(&heat), expected);
        assert!((heat.most - 6.0).abs() < 1e-9);
    }

    #[test]
    fn empty_native_buckets_between_others_have_rows() {
        let frame = frame(&[
            (BUCKET, "(0.5,1]", &[GAP, 4.0, GAP, GAP]),
            (BUCKET, "(4,8]", &[GAP, 2.0, 1.0, GAP]),
            (BUCKET, "(1,4]", &[GAP, GAP, 6.0, GAP]),
            (BUCKET, "[-0.1,0.1]", &[GAP, GAP, 1.0, GAP]),
        ]);
        let heat = Heat::of(&[(&frame, "")], WINDOW);
        let (none, one) = (-1.0, |count| vec![-1.0, count, -1.0]);
        let expected = [
            (-0.1, 0.1, one(1.0)),
            (0.1, 0.125, vec![none; 3]),
            (0.125, 0.25, vec![none; 3]),
            (0.25, 0.5, vec![none; 3]),
            (0.5, 1.0, vec![4.0, none, none]),
            (1.0, 4.0, one(6.0)),
            (4.0, 8.0, vec![2.0, 1.0, none]),
        ];
        assert_eq!(rows(&heat), expected);
    }

    #[test]
    fn a_coarse_bucket_is_spread_over_fine_ones() {
        let frame = frame(&[
            (BUCKET, "(1,2]", &[GAP, 2.0, GAP, GAP]),
            (BUCKET, "(2,4]", &[GAP, 2.0, GAP, GAP]),
            (BUCKET, "(1,4.0000000000000001]", &[GAP, GAP, 6.0, GAP]),
            (BUCKET, "(-4,-2]", &[GAP, GAP, GAP, 1.0]),
        ]);
        let rows = rows(&Heat::of(&[(&frame, "")], WINDOW));
        let counts = |low| rows.iter().find(|row| is_same(row.0, low)).map(|row| row.2.clone());
        assert_eq!(counts(1.0), Some(vec![2.0, 3.0, -1.0]));
        assert_eq!(counts(2.0), Some(vec![2.0, 3.0, -1.0]));
        assert_eq!(counts(-4.0), Some(vec![-1.0, -1.0, 1.0]));
        assert_eq!(rows.len(), 4, "{rows:?}");
    }

    #[test]
    fn too_many_native_buckets_are_merged_in_pairs() {
        let bounds: Vec<String> = (0..150).map(|number| format!("({number},{}]", number + 1)).collect();
        let series: Vec<(&str, &str, &[f64])> = bounds.iter().map(|bounds| (BUCKET, bounds.as_str(), [1.0; 4].as_slice())).collect();
        let heat = Heat::of(&[(&frame(&series), "")], WINDOW);
        assert_eq!((heat.rows.len(), heat.rows[0].counts[0].to_bits()), (75, 2.0_f64.to_bits()));
    }

    #[test]
    fn series_without_bounds_are_rows_by_name() {
        let frame = frame(&[("le", "often", &[1.0; 4]), ("size", "large", &[2.0; 4])]);
        let heat = Heat::of(&[(&frame, "{{size}} of {{job}}"), (&frame, "{{size}}")], WINDOW);
        let names: Vec<_> = heat.rows.iter().map(|row| if let Bucket::Named(name) = &row.bucket { name.as_str() } else { "" }).collect();
        assert_eq!(names, [" of web", "large of web", "", "large"]);
        assert_eq!(Heat::of(&[], WINDOW).rows, []);
    }
}
