use super::*;
use model::labels::Labels;
use model::series::{GAP, is_gap};
use model::time::{MINUTE, SECOND, Window};
use proptest::prelude::*;

const STEP: Millis = 30 * SECOND;
const OVERLAP: Millis = 2 * MINUTE;
/// Point 100 of chunk 8333.
const NOW: Millis = 8_333 * CHUNK_POINTS * STEP + 100 * STEP;

fn labels(name: &str) -> Labels {
    [("name".to_owned(), name.to_owned())].into_iter().collect()
}

fn query(start: Millis, end: Millis) -> RangeQuery {
    RangeQuery { expr: "up".into(), window: Window { start, end }, step: STEP, overlap: OVERLAP, fixed: true }
}

/// A data source whose series appear and disappear, and whose samples may arrive late.
struct Source {
    asked: Vec<Grid>,
}

impl Source {
    /// Its answer at the instant `now`.
    fn answer(&mut self, grid: Grid, now: Millis) -> Frame {
        self.asked.push(grid);
        let value = |series: i64, point: i64| {
            // Each series exists for a part of each cycle, with gaps.
            let there = (point + series * 13) % (150 + series * 40) < 100 && (point + series) % 17 != 0;
            let time = point * grid.step;
            // Every seventh sample arrives late, by the overlap.
            let arrived = time + if point % 7 == 0 { OVERLAP } else { 0 } <= now;
            match (there && arrived, point % 11) {
                (false, _) => GAP,
                (true, 0) => f64::NAN,
                (true, _) => f64::from(i32::try_from(point * 31 % 1_000 + series).unwrap()),
            }
        };
        let mut series = Vec::new();
        for number in 0..5 {
            let begin = grid.start / grid.step;
            let values: Vec<f64> = (0..i64::try_from(grid.len).unwrap()).map(|at| value(number, begin + at)).collect();
            if !values.iter().all(|value| is_gap(*value)) {
                series.push(Series { labels: labels(&number.to_string()), values });
            }
        }
        Frame { grid, series }
    }
}

/// Asks for the missing pieces and reads.
fn ask(cache: &mut RangeCache, source: &mut Source, query: &RangeQuery, now: Millis) -> Frame {
    for grid in cache.missing(query, now) {
        let frame = source.answer(grid, now);
        cache.store(query, &frame, now, Some(now - query.overlap));
    }
    let frame = cache.read(query, now).unwrap();
    cache.trim();
    frame
}

fn bits(frame: &Frame) -> Vec<(Labels, Vec<u64>)> {
    frame.series.iter().map(|series| (series.labels.clone(), series.values.iter().map(|value| value.to_bits()).collect())).collect()
}

fn lengths(source: &Source) -> Vec<usize> {
    source.asked.iter().map(|grid| grid.len).collect()
}

#[test]
fn a_long_overlap_asks_for_nothing_before_the_first_chunk_of_the_window() {
    let query = RangeQuery { overlap: 4 * 24 * 60 * MINUTE, ..query(NOW - 60 * MINUTE, NOW) };
    let pieces = RangeCache::new(usize::MAX).missing(&query, NOW);
    let start = (NOW - 60 * MINUTE) / STEP / CHUNK_POINTS * CHUNK_POINTS * STEP;
    assert!(pieces.iter().all(|piece| piece.start >= start), "{pieces:?}");
    let points: usize = pieces.iter().map(|piece| piece.len).sum();
    assert!(points <= 480, "{points} points");
}

#[test]
fn a_first_load_asks_for_whole_chunks_and_for_the_open_one_once() {
    let cache = RangeCache::new(usize::MAX);
    let pieces = cache.missing(&query(NOW - 6 * 60 * MINUTE, NOW), NOW);
    let asked: Vec<_> = pieces.iter().map(|grid| (grid.start / STEP % CHUNK_POINTS, grid.len)).collect();
    assert_eq!(asked, [(0, 240), (0, 240), (0, 240), (0, 101)]);
}

#[test]
fn viewers_who_came_at_different_times_ask_for_the_same_head() {
    let head = |now: Millis, ago: i64| {
        let (mut cache, mut source) = (RangeCache::new(usize::MAX), Source { asked: Vec::new() });
        for now in [now - ago * STEP, now] {
            ask(&mut cache, &mut source, &query(now - 60 * MINUTE, now), now);
        }
        *source.asked.last().unwrap()
    };
    // Also at the border between two chunks.
    for later in 0..2 * CHUNK_POINTS {
        let now = NOW + later * STEP;
        for ago in 2..=SLACK {
            assert_eq!(head(now, 1), head(now, ago), "{later} steps later, asked {ago} steps before");
        }
    }
    // 97 points are settled. 12 points before is point 85, and the multiple of 24 below it is 72.
    assert_eq!((head(NOW, 1).start / STEP % CHUNK_POINTS, head(NOW, 1).len), (72, 29));
}

#[test]
fn a_refresh_asks_for_few_points_even_when_a_chunk_ends() {
    let (mut cache, mut source) = (RangeCache::new(usize::MAX), Source { asked: Vec::new() });
    ask(&mut cache, &mut source, &query(NOW - 6 * 60 * MINUTE, NOW), NOW);
    source.asked.clear();
    for tick in 1..300 {
        let now = NOW + tick * STEP;
        ask(&mut cache, &mut source, &query(now - 6 * 60 * MINUTE, now), now);
    }
    let lengths = lengths(&source);
    assert_eq!(lengths.len(), 299, "one request a tick");
    let most = lengths.iter().copied().max();
    assert!(most < Some(24 + 12 + 6), "{most:?}");
}

#[test]
fn cached_points_are_not_asked_again() {
    let (mut cache, mut source) = (RangeCache::new(usize::MAX), Source { asked: Vec::new() });
    ask(&mut cache, &mut source, &query(NOW - 6 * 60 * MINUTE, NOW), NOW);
    source.asked.clear();
    // The same query at the same refresh, a part of it, and a window of the past at a later refresh.
    ask(&mut cache, &mut source, &query(NOW - 6 * 60 * MINUTE, NOW), NOW);
    ask(&mut cache, &mut source, &query(NOW - 60 * MINUTE, NOW), NOW);
    ask(&mut cache, &mut source, &query(NOW - 6 * 60 * MINUTE, NOW - OVERLAP), NOW + 10 * STEP);
    assert_eq!(lengths(&source), [0_usize; 0]);
    // A window that starts earlier asks only for the missing chunk.
    ask(&mut cache, &mut source, &query(NOW - 8 * 60 * MINUTE, NOW - 2 * 60 * MINUTE), NOW);
    assert_eq!(lengths(&source), [240]);
}

#[test]
fn an_answer_that_may_be_incomplete_is_asked_again() {
    let (mut cache, mut source) = (RangeCache::new(usize::MAX), Source { asked: Vec::new() });
    let query = query(NOW - 60 * MINUTE, NOW - 30 * MINUTE);
    for grid in cache.missing(&query, NOW) {
        let frame = source.answer(grid, NOW);
        cache.store(&query, &frame, NOW, None);
    }
    assert!(cache.read(&query, NOW).is_some());
    assert!(!cache.missing(&query, NOW).is_empty());
}

#[test]
fn an_answer_from_a_proxy_cache_settles_only_points_that_were_final_when_it_was_computed() {
    let (mut cache, mut source) = (RangeCache::new(usize::MAX), Source { asked: Vec::new() });
    let query = query(NOW - 10 * MINUTE, NOW);
    for grid in cache.missing(&query, NOW) {
        let computed = NOW - 5 * MINUTE;
        let frame = source.answer(grid, computed);
        cache.store(&query, &frame, NOW, Some(computed - OVERLAP));
    }
    // 87 points are settled, and the multiple of 24 below that is 72.
    assert_eq!(cache.missing(&query, NOW + STEP).first().map(|grid| grid.start / STEP % CHUNK_POINTS), Some(72));
}

#[test]
fn memory_is_bounded_and_the_least_recently_read_chunks_are_removed_first() {
    let mut source = Source { asked: Vec::new() };
    let mut cache = RangeCache::new(60_000);
    for hours in 0..48 {
        let end = NOW - hours * 60 * MINUTE;
        ask(&mut cache, &mut source, &query(end - 60 * MINUTE, end), NOW);
        assert!(cache.bytes() <= 60_000, "{}", cache.bytes());
    }
    let end = NOW - 47 * 60 * MINUTE;
    assert!(cache.missing(&query(end - 60 * MINUTE, end), NOW).is_empty());
    assert!(!cache.missing(&query(NOW - 60 * MINUTE, NOW), NOW).is_empty());
}

proptest! {
    #[test]
    fn a_stitched_answer_equals_the_whole_answer(
        moves in prop::collection::vec((0_i64..40, 1_i64..900, 0_i64..600, prop::bool::ANY), 1..12),
        small in prop::bool::ANY,
    ) {
        let mut cache = RangeCache::new(if small { 20_000 } else { usize::MAX });
        let mut source = Source { asked: Vec::new() };
        let mut now = NOW;
        for (later, points, back, live) in moves {
            // A refresh may come at any time, not only at a grid point.
            now += later * STEP / 3;
            let end = (now - if live { 0 } else { back * STEP }).div_euclid(STEP) * STEP;
            let query = query(end - points * STEP, end);
            let stitched = ask(&mut cache, &mut source, &query, now);
            let whole = source.answer(query.grid(), now);
            prop_assert_eq!(stitched.grid, whole.grid);
            prop_assert_eq!(bits(&stitched), bits(&whole));
        }
    }
}

#[test]
fn an_incomplete_answer_does_not_overwrite_settled_points() {
    let (mut cache, mut source) = (RangeCache::new(usize::MAX), Source { asked: Vec::new() });
    ask(&mut cache, &mut source, &query(NOW - 60 * MINUTE, NOW), NOW);
    // The refresh overlaps settled points, and its answer is empty.
    let (now, past) = (NOW + STEP, query(NOW - 60 * MINUTE, NOW - OVERLAP));
    let refresh = query(now - 60 * MINUTE, now);
    for grid in cache.missing(&refresh, now) {
        cache.store(&refresh, &Frame { grid, series: Vec::new() }, now, None);
    }
    let whole = source.answer(past.grid(), now);
    assert!(cache.missing(&past, now + 60 * MINUTE).is_empty());
    assert_eq!(bits(&cache.read(&past, now + 60 * MINUTE).unwrap()), bits(&whole));
}

#[test]
fn an_older_answer_does_not_overwrite_settled_points() {
    let (mut cache, mut source) = (RangeCache::new(usize::MAX), Source { asked: Vec::new() });
    ask(&mut cache, &mut source, &query(NOW - 60 * MINUTE, NOW), NOW);
    let (now, past) = (NOW + STEP, query(NOW - 60 * MINUTE, NOW - OVERLAP));
    let refresh = query(now - 60 * MINUTE, now);
    for grid in cache.missing(&refresh, now) {
        // Computed before the first answer, so that it lacks the late samples.
        let computed = NOW - 2 * OVERLAP;
        let frame = source.answer(grid, computed);
        cache.store(&refresh, &frame, now, Some(computed - OVERLAP));
    }
    let whole = source.answer(past.grid(), now);
    assert!(cache.missing(&past, now + 60 * MINUTE).is_empty());
    assert_eq!(bits(&cache.read(&past, now + 60 * MINUTE).unwrap()), bits(&whole));
}

#[test]
fn a_chunk_that_was_just_stored_is_kept_longer_than_chunks_read_long_ago() {
    let mut source = Source { asked: Vec::new() };
    let mut cache = RangeCache::new(usize::MAX);
    for hours in (1..6).rev() {
        let end = NOW - 2 * hours * 60 * MINUTE;
        ask(&mut cache, &mut source, &query(end - 60 * MINUTE, end), NOW);
    }
    let new = query(NOW - 60 * MINUTE, NOW);
    for grid in cache.missing(&new, NOW) {
        let frame = source.answer(grid, NOW);
        cache.store(&new, &frame, NOW, Some(NOW - OVERLAP));
    }
    // Another panel calls `trim` before this one reads.
    cache.limit = cache.bytes() - 1;
    cache.trim();
    assert!(cache.read(&new, NOW).is_some());
}
