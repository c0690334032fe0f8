//! Refreshes of a window that follows the clock, which is what most viewers look at.

use model::series::Frame;
use model::time::{MINUTE, Millis, SECOND, Window};
use query::{RangeCache, RangeQuery, align};

use crate::compare::difference;
use crate::expressions::of_run;
use crate::sequence::number;
use crate::server::Server;
use crate::source::{END, Lateness, Live};

/// The delay of all samples here.
pub const LATENESS: Millis = 2 * MINUTE;
/// Short. With a longer step a refresh begins at an earlier multiple of points, and so requests the late samples anyway.
const STEP: Millis = 2 * SECOND;
const LENGTH: Millis = 20 * MINUTE;
/// No multiple of the step, so that refreshes are not at the instants of the grid.
const TICK: Millis = 23 * SECOND;
const TICKS: i64 = 40;

/// Refreshes `template` in pieces, with an overlap of `assumed_overlap`, and compares with whole answers. Returns the first difference. `corrupt`
/// may change a piece; it also gets the answer that was read last.
pub fn first_difference(
    server: &mut Server,
    template: &str,
    assumed_overlap: Millis,
    corrupt: impl Fn(&mut Frame, Option<&Frame>),
) -> Option<String> {
    let mut live = Live::new(number(), Lateness::Always(LATENESS));
    let expr = of_run(template, live.run);
    let mut cache = RangeCache::new(usize::MAX);
    let mut last: Option<Frame> = None;
    for tick in 0..TICKS {
        let now = END + 5 * MINUTE + tick * TICK;
        server.write(&live.until(now));
        let window = align(Window { start: now - LENGTH, end: now }, STEP);
        let query = RangeQuery { expr: expr.clone(), window, step: STEP, overlap: assumed_overlap, fixed: true };
        for grid in cache.missing(&query, now) {
            let mut frame = server.ask(&expr, grid).unwrap();
            corrupt(&mut frame, last.as_ref());
            cache.store(&query, &frame, now, Some(now - assumed_overlap));
        }
        let stitched = cache.read(&query, now).unwrap();
        let whole = server.whole(&expr, query.grid(), now).unwrap();
        assert!(!whole.series.is_empty(), "{expr} finds nothing");
        if let Some(difference) = difference(&stitched, &whole) {
            return Some(difference);
        }
        last = Some(stitched);
    }
    None
}

/// Does not change a piece.
pub fn unchanged(_: &mut Frame, _: Option<&Frame>) {}
