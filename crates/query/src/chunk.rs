//! Chunks: ranges of points that are aligned to the epoch, so that every viewer of a dashboard asks for the same ones.

use model::labels::Labels;
use model::series::{Frame, GAP, Grid, Series, is_gap};
use model::time::Millis;
use std::mem::size_of;

/// How many points a chunk has. Panels ask for 240, 480 or 960 points, so that a chart has two to five chunks.
pub const CHUNK_POINTS: i64 = 240;
/// A refresh starts at a multiple of this many points: few enough to keep the request small, and enough that viewers who opened the
/// page at different times send the same request.
pub const HEAD_ALIGNMENT: i64 = 24;

/// The points of one expression from `index * CHUNK_POINTS` on. Points are counted in steps since the epoch.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// Which chunk, counted from the epoch.
    pub index: i64,
    /// How many points from its start are known.
    pub known: i64,
    /// How many points from its start are final.
    pub settled: i64,
    /// The refresh time at which it was last asked for, ms.
    pub asked: Millis,
    /// When it was last read, as the cache's count of reads.
    pub used: u64,
    /// Sorted by labels. Each has as many values as the chunk has points.
    pub series: Vec<Series>,
}

/// The points that are both in a chunk and in a frame.
#[derive(Clone, Copy, Debug)]
struct Overlap {
    /// The first of them, counted from the chunk's start.
    in_chunk: usize,
    /// The first of them, counted from the frame's start.
    in_frame: usize,
    len: usize,
}

impl Chunk {
    /// A chunk without known points.
    pub fn new(index: i64) -> Self {
        Self { index, known: 0, settled: 0, asked: 0, used: 0, series: Vec::new() }
    }

    /// Its first point.
    pub fn first(&self) -> i64 {
        self.index * CHUNK_POINTS
    }

    /// Copies what `frame` has for this chunk, gaps too: a series that is not in the frame has no samples there. Points up to `settled`
    /// are final.
    pub fn write(&mut self, frame: &Frame, settled: i64, asked: Millis) {
        let begin = point(frame.grid.start, frame.grid.step);
        let end = begin + len(frame.grid.len);
        // Points that may still change do not overwrite final ones.
        let kept = if settled < self.first() + self.settled - 1 { self.first() + self.settled } else { self.first() };
        let from = begin.max(kept);
        let to = end.min(self.first() + CHUNK_POINTS);
        let (from_start, to_start) = (from - self.first(), to - self.first());
        // A frame that starts after the known points would leave a hole, so it is not stored.
        if to <= from || from_start > self.known {
            return;
        }
        let overlap = Overlap { in_chunk: size(from_start), in_frame: size(from - begin), len: size(to - from) };
        for series in &mut self.series {
            if let Some(values) = series.values.get_mut(overlap.in_chunk..overlap.in_chunk + overlap.len) {
                values.fill(GAP);
            }
        }
        for series in &frame.series {
            self.write_series(series, overlap);
        }
        self.known = self.known.max(to_start);
        if from_start <= self.settled {
            self.settled = self.settled.max(to_start.min(settled - self.first() + 1));
        }
        self.asked = asked;
    }

    fn write_series(&mut self, series: &Series, Overlap { in_chunk, in_frame, len }: Overlap) {
        let Some(new) = series.values.get(in_frame..in_frame + len) else { return };
        let at = match self.find(&series.labels) {
            Ok(at) => at,
            Err(_) if new.iter().all(|value| is_gap(*value)) => return,
            Err(at) => {
                self.series.insert(at, Series { labels: series.labels.clone(), values: vec![GAP; size(CHUNK_POINTS)] });
                at
            }
        };
        if let Some(values) = self.series.get_mut(at).and_then(|series| series.values.get_mut(in_chunk..in_chunk + len)) {
            values.copy_from_slice(new);
        }
    }

    fn find(&self, labels: &Labels) -> Result<usize, usize> {
        // Answers are sorted, so most series come after the last one.
        match self.series.last() {
            Some(last) if last.labels >= *labels => self.series.binary_search_by(|series| series.labels.cmp(labels)),
            _ => Err(self.series.len()),
        }
    }

    /// Adds its part of `grid` to `all`, which is sorted by labels. Each series of `all` has a value for every point of the grid.
    pub fn read(&self, grid: Grid, all: &mut Vec<Series>) {
        let begin = point(grid.start, grid.step);
        let from = begin.max(self.first());
        let to = (begin + len(grid.len)).min(self.first() + self.known);
        let (in_chunk, in_grid, len) = (size(from - self.first()), size(from - begin), size(to - from));
        let mut at = 0;
        for series in &self.series {
            let Some(values) = series.values.get(in_chunk..in_chunk + len) else { continue };
            if values.iter().all(|value| is_gap(*value)) {
                continue;
            }
            // Both are sorted: the search continues where the last one ended.
            at += all.get(at..).unwrap_or_default().partition_point(|known| known.labels < series.labels);
            if all.get(at).is_none_or(|known| known.labels != series.labels) {
                all.insert(at, Series { labels: series.labels.clone(), values: vec![GAP; grid.len] });
            }
            if let Some(room) = all.get_mut(at).and_then(|known| known.values.get_mut(in_grid..in_grid + len)) {
                room.copy_from_slice(values);
            }
        }
    }

    /// The approximate memory use, bytes.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + self.series.iter().map(|series| series.values.len() * size_of::<f64>() + series.labels.bytes()).sum::<usize>()
    }
}

/// The last point at or before `time`, counted in steps since the epoch.
pub fn point(time: Millis, step: Millis) -> i64 {
    time.div_euclid(step)
}

fn size(points: i64) -> usize {
    usize::try_from(points).unwrap_or(0)
}

fn len(points: usize) -> i64 {
    i64::try_from(points).unwrap_or(i64::MAX)
}
