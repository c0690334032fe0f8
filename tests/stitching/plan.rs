//! A sequence as plain data, which proptest generates and shrinks: panels, a window, and the moves of a viewer.

use std::fmt;

use model::time::{HOUR, MINUTE, Millis, SECOND};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::expressions::expression;

/// A dashboard, the moves of its viewer, and a source whose samples come late.
#[derive(Clone)]
pub struct Plan {
    /// The expressions of its panels, which share a cache.
    pub panels: Vec<String>,
    /// The longest delay of a sample, ms.
    pub overlap: Millis,
    /// The memory limit of the cache, bytes.
    pub limit: usize,
    /// The time between the end of the history and the start of the sequence, ms.
    pub begin: Millis,
    /// The step of the first window, ms, and its number of points.
    pub step: Millis,
    pub points: i64,
    pub turns: Vec<Turn>,
}

/// A move, and what happens while it is answered.
#[derive(Clone)]
pub struct Turn {
    /// The time since the turn before, ms.
    pub later: Millis,
    pub action: Move,
    pub source: Source,
    /// How often the cache is trimmed between an answer and the reading of it, as other panels may cause.
    pub trims: u8,
}

// A line for each turn: proptest's own output of a sequence fills some screens.
impl fmt::Debug for Plan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { panels, overlap, limit, begin, step, points, turns } = self;
        writeln!(formatter, "overlap {overlap}, limit {limit}, begin {begin}, step {step}, {points} points")?;
        panels.iter().try_for_each(|expr| writeln!(formatter, "  {expr}"))?;
        turns.iter().enumerate().try_for_each(|(index, turn)| formatter.write_str(&format!("  turn {}: {turn:?}\n", index + 1)))
    }
}

impl fmt::Debug for Turn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { later, action, source, trims } = self;
        formatter.write_str(&format!("{later} ms later {action:?}, {source:?}, {trims} trims"))
    }
}

/// What the user does. Parts are thousandths of the window.
#[derive(Clone, Debug)]
pub enum Move {
    /// Nothing: the window follows the clock, if it did so before.
    Stay,
    /// Another window with another step; it ends at this part of the one before.
    Zoom { step: Millis, points: i64, end: i64 },
    /// The same window, moved to the right by this part.
    Pan(i64),
    /// A section of the window: its start and its length as parts.
    Shrink { from: i64, length: i64 },
    /// The window of so many moves ago.
    Back(usize),
    /// A window that ended so long ago, ms.
    Past(Millis),
    /// A window up to now again.
    Live,
}

/// What the source answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// All samples.
    Fresh,
    /// All samples, marked as incomplete.
    Doubtful,
    /// Only some of the samples, marked as incomplete.
    Incomplete,
    /// The samples of the turn before, as from a proxy's cache.
    Older,
    /// The samples of the turn before, although a fresh answer came meanwhile: from a proxy's cache that another viewer filled.
    Overtaken,
}

/// The steps, from the list that panels have.
const STEPS: [Millis; 15] = [
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
];
const OVERLAPS: [Millis; 4] = [20 * SECOND, 2 * MINUTE, 3 * MINUTE, 5 * MINUTE];
/// Room for some chunks of some series, for those of many series, and for all.
const LIMITS: [usize; 4] = [30_000, 150_000, 600_000, usize::MAX];
/// The longest window, ms: the history is not much longer.
const LONGEST: Millis = 10 * HOUR;

pub fn plan() -> impl Strategy<Value = Plan> {
    let view = (vec(expression(), 1..=3), select(&OVERLAPS[..]), select(&LIMITS[..]), 0..40 * MINUTE, steps_and_points());
    (view, vec(turn(), 1..12)).prop_map(|((panels, overlap, limit, begin, (step, points)), turns)| Plan {
        panels,
        overlap,
        limit,
        begin,
        step,
        points,
        turns,
    })
}

fn steps_and_points() -> impl Strategy<Value = (Millis, i64)> {
    let points = prop_oneof![4 => 1..=300_i64, 2 => Just(240_i64), 1 => 300..=960_i64];
    // Windows that are much longer than the history are empty.
    (select(&STEPS[..]), points).prop_map(|(step, points)| (step, points.min(LONGEST / step)))
}

fn turn() -> impl Strategy<Value = Turn> {
    let later = prop_oneof![2 => Just(0_i64), 6 => SECOND..MINUTE, 3 => MINUTE..5 * MINUTE, 1 => 5 * MINUTE..20 * MINUTE];
    let action = prop_oneof![
        8 => Just(Move::Stay),
        2 => (steps_and_points(), 0..=1_000_i64).prop_map(|((step, points), end)| Move::Zoom { step, points, end }),
        2 => (-1_500..=800_i64).prop_map(Move::Pan),
        1 => (0..=900_i64, 1..=1_000_i64).prop_map(|(from, length)| Move::Shrink { from, length }),
        1 => (1..=4_usize).prop_map(Move::Back),
        1 => (10 * MINUTE..LONGEST).prop_map(Move::Past),
        3 => Just(Move::Live),
    ];
    let source = prop_oneof![
        14 => Just(Source::Fresh),
        1 => Just(Source::Doubtful),
        2 => Just(Source::Incomplete),
        2 => Just(Source::Older),
        1 => Just(Source::Overtaken),
    ];
    let trims = prop_oneof![2 => Just(0_u8), 1 => 1..=3_u8];
    (later, action, source, trims).prop_map(|(later, action, source, trims)| Turn { later, action, source, trims })
}
