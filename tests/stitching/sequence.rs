//! Runs a sequence of moves, with requests in pieces as in the app, and compares after each move.

use std::sync::atomic::{AtomicU32, Ordering};

use model::series::{Frame, GAP, Grid, Series};
use model::time::{Millis, Window};
use query::{RangeCache, RangeQuery, align, is_fixed};

use crate::compare::{cut, difference};
use crate::expressions::of_run;
use crate::plan::{Move, Plan, Source, Turn};
use crate::server::Server;
use crate::source::{END, LIVE, Lateness, Live};

/// Counts over all sequences.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub sequences: u64,
    pub moves: u64,
    /// How many answers were compared, and how many of these were not empty.
    pub compared: u64,
    pub filled: u64,
    /// The requests in pieces, and those of whole windows.
    pub pieces: Asked,
    pub whole: Asked,
    /// How often a piece was evicted before it was read.
    pub forgotten: u64,
}

/// Requests, and the samples in their answers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    pub requests: u64,
    pub samples: u64,
}

/// The window that is viewed.
#[derive(Clone, Copy, Debug)]
struct View {
    /// `None`: up to now.
    end: Option<Millis>,
    step: Millis,
    points: i64,
}

impl View {
    fn window(self, now: Millis) -> Window {
        let end = self.end.unwrap_or(now);
        align(Window { start: end - self.step * self.points, end }, self.step)
    }

    fn after(self, action: &Move, now: Millis, seen: &[Self]) -> Self {
        let Window { start, end } = self.window(now);
        let length = self.step * self.points;
        match *action {
            Move::Stay => self,
            Move::Zoom { step, points, end } => Self { end: Some(start + length * end / 1_000), step, points },
            Move::Pan(part) => Self { end: Some(end + length * part / 1_000), ..self },
            Move::Shrink { from, length: part } => {
                let points = (self.points * part / 1_000).max(1);
                Self { end: Some((start + length * from / 1_000 + points * self.step).min(end)), points, ..self }
            }
            Move::Back(ago) => seen.iter().rev().nth(ago).copied().unwrap_or(self),
            Move::Past(ago) => Self { end: Some(now - ago), ..self },
            Move::Live => Self { end: None, ..self },
        }
    }
}

/// A viewer, with the cache under test.
struct Viewer<'a> {
    server: &'a mut Server,
    tally: &'a mut Tally,
    live: Live,
    cache: RangeCache,
    now: Millis,
    /// How late samples come, and how late the viewer expects them, ms.
    overlap: Millis,
    assumed_overlap: Millis,
    /// If answers at this tick may be old: the time that they are from.
    older: Option<Millis>,
    /// Whether answers at this tick may be incomplete.
    incomplete: bool,
}

/// Runs `plan` with an overlap of `assumed_overlap`, which is that of the plan, except in tests of the comparison itself. Fails with the first
/// difference.
pub fn run(plan: &Plan, assumed_overlap: Millis, server: &mut Server, tally: &mut Tally) -> Result<(), String> {
    let live = Live::new(number(), Lateness::UpTo(plan.overlap));
    let panels: Vec<String> = plan.panels.iter().map(|expr| of_run(expr, live.run)).collect();
    let now = END + plan.begin;
    let cache = RangeCache::new(plan.limit);
    let (older, incomplete, overlap) = (None, false, plan.overlap);
    let mut viewer = Viewer { server, tally, live, cache, now, overlap, assumed_overlap, older, incomplete };
    viewer.receive();
    let mut seen = vec![View { end: None, step: plan.step, points: plan.points }];
    let first = Turn { later: 0, action: Move::Stay, source: Source::Fresh, trims: 0 };
    for (number, turn) in [&first].into_iter().chain(&plan.turns).enumerate() {
        let later = turn.later.min(END + LIVE - viewer.now);
        let view = seen[seen.len() - 1].after(&turn.action, viewer.now + later, &seen);
        viewer.turn(turn, later, view, &panels).map_err(|error| format!("turn {number}, {turn:?}:\n{error}"))?;
        // As it would be in the URL: a window up to now stays one.
        seen.push(view);
    }
    viewer.tally.sequences += 1;
    Ok(())
}

/// A number that no other sequence has.
pub fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl Viewer<'_> {
    fn turn(&mut self, turn: &Turn, later: Millis, view: View, panels: &[String]) -> Result<(), String> {
        let before = self.now;
        self.now += later;
        if later > 0 {
            (self.older, self.incomplete) = (None, false);
        }
        let query = |expr: &String, now: Millis, assumed_overlap: Millis| {
            assert!(is_fixed(expr), "{expr}");
            RangeQuery { expr: expr.clone(), window: view.window(now), step: view.step, overlap: assumed_overlap, fixed: true }
        };
        let queries = |now: Millis| panels.iter().map(|expr| query(expr, now, self.assumed_overlap)).collect::<Vec<_>>();
        let (at_now, meanwhile) = (queries(self.now), queries(before + later / 2));
        self.tally.moves += 1;
        match turn.source {
            Source::Older if later > 0 => self.answer_as_before(&at_now, before)?,
            Source::Overtaken if later > 1 => self.answer_overtaken(&at_now, &meanwhile, before, later / 2)?,
            _ => {
                self.receive();
                for query in &at_now {
                    self.answer(query, turn)?;
                }
            }
        }
        Ok(())
    }

    /// Writes the samples to the server that have arrived by now.
    fn receive(&mut self) {
        let new = self.live.until(self.now);
        self.server.write(&new);
    }

    /// Requests the missing pieces and reads the cache, in the same loop as the app.
    fn answer(&mut self, query: &RangeQuery, turn: &Turn) -> Result<(), String> {
        let mut trims = turn.trims;
        let stitched = loop {
            let pieces = self.cache.missing(query, self.now);
            let asked = !pieces.is_empty();
            for grid in pieces {
                let mut frame = self.piece(query, grid)?;
                let complete = !matches!(turn.source, Source::Doubtful | Source::Incomplete);
                let settled = complete.then_some(self.now - self.assumed_overlap);
                if turn.source == Source::Incomplete {
                    self.incomplete = true;
                    lose_some(&mut frame);
                }
                self.cache.store(query, &frame, self.now, settled);
                if trims > 0 {
                    trims -= 1;
                    self.cache.trim();
                }
            }
            match self.cache.read(query, self.now) {
                Some(frame) => break frame,
                None if asked => self.tally.forgotten += 1,
                None => return Err(self.explain(query, "nothing is missing, and nothing can be read")),
            }
        };
        self.cache.trim();
        if self.incomplete {
            return Ok(());
        }
        let whole = self.whole(query, self.now)?;
        // What was not settled when a cache answered stays old until the next tick: it is not compared.
        let until = self.older.map_or(query.window.end, |older| older - self.overlap);
        self.compare(query, &cut(&stitched, until), &cut(&whole, until))
    }

    /// All panels get the answers of the time `before`, as from a proxy's cache.
    fn answer_as_before(&mut self, queries: &[RangeQuery], before: Millis) -> Result<(), String> {
        let mut answers = Vec::new();
        for query in queries {
            let pieces = self.cache.missing(query, self.now);
            let frames: Vec<Frame> = pieces.into_iter().map(|grid| self.piece(query, grid)).collect::<Result<_, _>>()?;
            answers.push((query, frames, self.whole(query, self.now)?));
        }
        self.receive();
        for (query, frames, whole) in answers {
            for frame in frames {
                self.cache.store(query, &frame, self.now, Some(before - self.assumed_overlap));
            }
            let stitched = self.cache.read(query, self.now);
            let stitched = stitched.ok_or_else(|| self.explain(query, "what was stored cannot be read"))?;
            self.compare(query, &stitched, &whole)?;
        }
        self.cache.trim();
        self.older = Some(before);
        Ok(())
    }

    /// All panels get the answers of the time `before`, although each got a fresh answer `later` milliseconds after it.
    fn answer_overtaken(&mut self, at_now: &[RangeQuery], meanwhile: &[RangeQuery], before: Millis, later: Millis) -> Result<(), String> {
        let now = self.now;
        let mut old = Vec::new();
        for query in at_now {
            old.push(self.server.ask(&query.expr, around(query, now))?);
        }
        self.now = before + later;
        self.receive();
        for query in meanwhile {
            for grid in self.cache.missing(query, self.now) {
                let frame = self.piece(query, grid)?;
                self.cache.store(query, &frame, self.now, Some(self.now - self.assumed_overlap));
            }
        }
        let settled = self.now - self.overlap;
        self.now = now;
        self.receive();
        for (query, old) in at_now.iter().zip(old) {
            for grid in self.cache.missing(query, now) {
                self.cache.store(query, &part(&old, grid), now, Some(before - self.assumed_overlap));
            }
            let stitched = self.cache.read(query, now).ok_or_else(|| self.explain(query, "what was stored cannot be read"))?;
            let whole = self.whole(query, now)?;
            // What the fresh answer has settled stays.
            self.compare(query, &cut(&stitched, settled), &cut(&whole, settled))?;
        }
        self.cache.trim();
        self.older = Some(before);
        Ok(())
    }

    fn piece(&mut self, query: &RangeQuery, grid: Grid) -> Result<Frame, String> {
        if grid.len == 0 || grid.time(grid.len - 1) > self.now {
            return Err(self.explain(query, &format!("{grid:?} is asked for")));
        }
        let (frame, asked) = asked(self.server, |server| server.ask(&query.expr, grid))?;
        self.tally.pieces.add(asked);
        Ok(frame)
    }

    fn whole(&mut self, query: &RangeQuery, now: Millis) -> Result<Frame, String> {
        let (frame, asked) = asked(self.server, |server| server.whole(&query.expr, query.grid(), now))?;
        self.tally.whole.add(asked);
        Ok(frame)
    }

    fn compare(&mut self, query: &RangeQuery, stitched: &Frame, whole: &Frame) -> Result<(), String> {
        self.tally.compared += 1;
        self.tally.filled += u64::from(!whole.series.is_empty());
        difference(stitched, whole).map_or(Ok(()), |what| Err(self.explain(query, &what)))
    }

    fn explain(&self, query: &RangeQuery, what: &str) -> String {
        let RangeQuery { expr, window: Window { start, end }, step, .. } = query;
        format!("{what}\n{expr}\nfrom {start} to {end} with a step of {step} at the beat {}", self.now)
    }
}

impl Asked {
    fn add(&mut self, other: Self) {
        self.requests += other.requests;
        self.samples += other.samples;
    }
}

/// The window of `query` with a margin on both sides, up to `now`: every piece of it is inside.
fn around(query: &RangeQuery, now: Millis) -> Grid {
    /// Several times the points of a chunk.
    const POINTS: i64 = 1_000;
    let margin = POINTS * query.step;
    let start = query.window.start.min(now.div_euclid(query.step) * query.step) - margin;
    let end = (query.window.end + margin).min(now);
    Grid::of(Window { start, end }, query.step)
}

/// The part of `frame` at the instants of `grid`.
fn part(frame: &Frame, grid: Grid) -> Frame {
    let from = frame.grid.index(grid.start).unwrap();
    let values = |series: &Series| series.values[from..from + grid.len].to_vec();
    Frame { grid, series: frame.series.iter().map(|series| Series { labels: series.labels.clone(), values: values(series) }).collect() }
}

fn asked(server: &mut Server, ask: impl FnOnce(&mut Server) -> Result<Frame, String>) -> Result<(Frame, Asked), String> {
    let (requests, samples) = (server.requests, server.samples);
    let frame = ask(server)?;
    Ok((frame, Asked { requests: server.requests - requests, samples: server.samples - samples }))
}

/// Removes every other series, and the newer half of the others.
fn lose_some(frame: &mut Frame) {
    let mut keep = false;
    frame.series.retain(|_| {
        keep = !keep;
        keep
    });
    let half = frame.grid.len / 2;
    for series in &mut frame.series {
        series.values[half..].fill(GAP);
    }
}
