//! A cache of range query answers: a refresh asks only for new points, and a zoom or a pan only for points that were never fetched.
//!
//! Promises: [`RangeCache::read`] returns the same labels, times and gaps as one query over the whole window, for all samples that
//! arrived no later than the overlap. Points that may still change are asked again, and memory is bounded.
//!
//! It sends no requests. The caller asks for each piece of `missing`, and then calls `store`, `read` and `trim`.

use super::RangeQuery;
use super::chunk::{CHUNK_POINTS, Chunk, HEAD_ALIGNMENT, point};
use model::series::{Frame, Grid, Series};
use model::time::Millis;

/// The chunks of many expressions.
#[derive(Debug)]
pub struct RangeCache {
    tracks: Vec<Track>,
    readings: u64,
    limit: usize,
}

/// One expression at one step.
#[derive(Debug)]
struct Track {
    expr: String,
    step: Millis,
    /// Sorted by index.
    chunks: Vec<Chunk>,
}

/// Viewers whose last refresh was at most this many points ago all ask for the same head.
const SLACK: i64 = HEAD_ALIGNMENT / 2;

/// Points to ask for, both ends inclusive.
#[derive(Clone, Copy, Debug)]
struct Piece {
    from: i64,
    to: i64,
    /// A closed chunk as a whole. Every viewer sends the same request for it.
    whole: bool,
}

impl RangeCache {
    /// An empty cache that keeps at most about `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { tracks: Vec::new(), readings: 0, limit }
    }

    /// The pieces to ask for before `query` can be read at refresh time `now`: whole chunks of the past, and the head, which starts at a
    /// multiple of `HEAD_ALIGNMENT` before the points that may still change and ends at `now`.
    pub fn missing(&self, query: &RangeQuery, now: Millis) -> Vec<Grid> {
        let step = query.step;
        let (first, last) = (point(query.window.start, step), point(query.window.end.min(now), step));
        let latest = point(now, step).max(last);
        let over = point(now - query.overlap, step);
        let mut pieces: Vec<Piece> = Vec::new();
        for index in first.div_euclid(CHUNK_POINTS)..=last.div_euclid(CHUNK_POINTS) {
            let begin = index * CHUNK_POINTS;
            let end = begin + CHUNK_POINTS - 1;
            let wanted = last.min(end) - begin + 1;
            let (known, settled, asked) =
                self.chunk(query, index).map_or((0, 0, None), |chunk| (chunk.known, chunk.settled, Some(chunk.asked)));
            if settled >= wanted || (known >= wanted && asked == Some(now)) {
                continue;
            }
            let closed = end <= over;
            let piece = Piece {
                from: begin + settled / HEAD_ALIGNMENT * HEAD_ALIGNMENT,
                to: if closed { end } else { end.min(latest) },
                whole: closed && settled < HEAD_ALIGNMENT,
            };
            match pieces.last_mut() {
                // An open chunk is part of the request for the chunk before it.
                Some(before) if !before.whole && !closed && before.to + 1 == piece.from => before.to = piece.to,
                _ => pieces.push(piece),
            }
        }
        // The start of a refresh depends only on the time, not on when this viewer asked before.
        let head = (over + 1 - SLACK).div_euclid(HEAD_ALIGNMENT) * HEAD_ALIGNMENT;
        if let Some(last) = pieces.last_mut().filter(|piece| !piece.whole && piece.to == latest) {
            // With a long overlap the head would begin before the window: nobody reads what is before its first chunk.
            last.from = last.from.min(head.max(first.div_euclid(CHUNK_POINTS) * CHUNK_POINTS));
        }
        let grid = |piece: Piece| Grid { start: piece.from * step, step, len: usize::try_from(piece.to - piece.from + 1).unwrap_or(0) };
        pieces.into_iter().map(grid).collect()
    }

    /// Stores the answer to a piece of `query` that was asked at refresh time `now`. Points at or before `settled` are final; none of them
    /// are if it is `None`, since the answer may be incomplete.
    pub fn store(&mut self, query: &RangeQuery, frame: &Frame, now: Millis, settled: Option<Millis>) {
        // An answer that may be incomplete is asked again even at this refresh, so that every panel that asks gets its warning.
        let asked = if settled.is_some() { now } else { i64::MIN };
        let settled = settled.map_or(i64::MIN / 2, |settled| point(settled, query.step));
        let begin = point(frame.grid.start, query.step);
        let end = begin + i64::try_from(frame.grid.len).unwrap_or(0) - 1;
        let readings = self.readings;
        let track = self.track(query);
        for index in begin.div_euclid(CHUNK_POINTS)..=end.div_euclid(CHUNK_POINTS) {
            let at = match track.chunks.binary_search_by_key(&index, |chunk| chunk.index) {
                Ok(at) => at,
                Err(at) => {
                    track.chunks.insert(at, Chunk::new(index));
                    at
                }
            };
            if let Some(chunk) = track.chunks.get_mut(at) {
                chunk.write(frame, settled, asked);
                // The caller reads it next, so `trim` must not remove it first.
                chunk.used = readings;
            }
        }
    }

    /// The answer to `query` up to refresh time `now`, sorted by labels as in Prometheus; `None` while a piece of it is missing.
    pub fn read(&mut self, query: &RangeQuery, now: Millis) -> Option<Frame> {
        self.readings += 1;
        let (reading, step) = (self.readings, query.step);
        let grid = query.grid();
        let (first, last) = (point(query.window.start, step), point(query.window.end.min(now), step));
        let track = self.track(query);
        let mut series: Vec<Series> = Vec::new();
        for index in first.div_euclid(CHUNK_POINTS)..=last.div_euclid(CHUNK_POINTS) {
            let at = track.chunks.binary_search_by_key(&index, |chunk| chunk.index).ok()?;
            let chunk =
                track.chunks.get_mut(at).filter(|chunk| chunk.first() + chunk.known > last.min(chunk.first() + CHUNK_POINTS - 1))?;
            chunk.used = reading;
            chunk.read(grid, &mut series);
        }
        Some(Frame { grid, series })
    }

    /// Removes the least recently read chunks until the rest fits.
    pub fn trim(&mut self) {
        let mut bytes = self.bytes();
        while bytes > self.limit {
            let oldest = self.tracks.iter().flat_map(|track| &track.chunks).map(|chunk| chunk.used).min();
            let Some(oldest) = oldest else { return };
            for track in &mut self.tracks {
                track.chunks.retain(|chunk| chunk.used > oldest);
            }
            self.tracks.retain(|track| !track.chunks.is_empty());
            bytes = self.bytes();
        }
    }

    /// The approximate memory use, bytes.
    pub fn bytes(&self) -> usize {
        let chunks = self.tracks.iter().flat_map(|track| &track.chunks).map(Chunk::bytes);
        chunks.chain(self.tracks.iter().map(|track| track.expr.len())).sum()
    }

    fn chunk(&self, query: &RangeQuery, index: i64) -> Option<&Chunk> {
        let track = self.tracks.iter().find(|track| track.is_of(query))?;
        track.chunks.iter().find(|chunk| chunk.index == index)
    }

    fn track(&mut self, query: &RangeQuery) -> &mut Track {
        let at = self.tracks.iter().position(|track| track.is_of(query)).unwrap_or(self.tracks.len());
        if at == self.tracks.len() {
            self.tracks.push(Track { expr: query.expr.clone(), step: query.step, chunks: Vec::new() });
        }
        #[expect(clippy::indexing_slicing, reason = "`at` is the place of a track, or of the one just pushed")]
        &mut self.tracks[at]
    }
}

impl Track {
    fn is_of(&self, query: &RangeQuery) -> bool {
        self.step == query.step && self.expr == query.expr
    }
}

#[cfg(test)]
mod tests;
