//! What a sequence does: who looks at what, and the moves one after the other. Plain data, which proptest draws and shrinks.

use std::fmt;

use model::time::{HOUR, MINUTE, Millis, SECOND};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::expressions::expression;

/// A dashboard, somebody who looks at it, and a source whose samples come late.
#[derive(Clone)]
pub struct Plan {
    /// The expressions of its panels, which share a cache.
    pub panels: Vec<String>,
    /// No sample comes later than this, ms.
    pub overlap: Millis,
    /// The most memory that the cache may take, bytes.
    pub limit: usize,
    /// When it begins: so long after the end of the history, ms.
    pub begin: Millis,
    /// What is looked at first.
    pub step: Millis,
    pub points: i64,
    pub turns: Vec<Turn>,
}

/// A move, and what happens while it is answered.
#[derive(Clone)]
pub struct Turn {
    /// How much time has gone by since the last one, ms.
    pub later: Millis,
    pub action: Move,
    pub source: Source,
    /// How often the cache is trimmed for somebody else between an answer and the reading of it.
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
    /// Nothing: the window goes on with the clock, if it did so before.
    Stay,
    /// Another window at another step, which ends at so many parts of the one before.
    Zoom { step: Millis, points: i64, end: i64 },
    /// The same step, so many parts to the right.
    Pan(i64),
    /// So many parts of the window, from such a part on.
    Shrink { from: i64, length: i64 },
    /// The window seen so many moves ago.
    Back(usize),
    /// A window that ended so long ago, ms.
    Past(Millis),
    /// Up to now again.
    Live,
}

/// What the source answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// What there is.
    Fresh,
    /// What there is, but it is said to be incomplete.
    Doubtful,
    /// Only a part of it, and it says so.
    Incomplete,
    /// What there was at the turn before: a cache answers.
    Older,
    /// What there was at the turn before, when a fresh answer came meanwhile: a cache that another viewer filled answers.
    Overtaken,
}

/// From the list of steps that panels have.
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
/// Some chunks of some series, of many, and all there are.
const LIMITS: [usize; 4] = [30_000, 150_000, 600_000, usize::MAX];
/// There is not much more history than this.
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
