//! Measures what the refreshes of eight panels ask of Prometheus, against asking for the same windows whole.
//!
//! The app's own cache decides what to ask for. The clock is simulated, so that an hour of refreshes takes seconds. The cached results are
//! compared with the whole answers, since savings only count if the results are the same.

mod panels;
mod source;

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use model::series::Frame;
use model::time::{HOUR, MINUTE, Millis, SECOND, Window};
use query::{RangeCache, RangeQuery, align};
use serde_json::json;

use self::source::{Asked, Source};

const WINDOW: Millis = 6 * HOUR;
const STEP: Millis = 30 * SECOND;
const TICK: Millis = 30 * SECOND;
const TICKS: u16 = 60;
/// How late samples may arrive.
const OVERLAP: Millis = 2 * MINUTE;
/// The limit of the cache: more than this benchmark needs.
const CACHE_BYTES: usize = 256 * 1024 * 1024;
/// The allowed relative difference of two values: Prometheus may add up in another order.
const TOLERANCE: f64 = 1e-12;

/// What one refresh asked for, and what the cache then returned for each query.
struct Tick {
    now: Millis,
    asked: Asked,
    frames: Vec<Frame>,
}

fn main() -> Result<()> {
    let source = Source::of_environment()?;
    // The last tick is one overlap ago, so that all points are final and the pieces can be compared with the whole answers.
    let end = now()?.div_euclid(SECOND) * SECOND - OVERLAP;
    let begin = end - Millis::from(TICKS) * TICK;
    let queries = panels::queries(&source, window(begin), STEP, OVERLAP)?;

    let mut cache = RangeCache::new(CACHE_BYTES);
    // The first load is not measured.
    tick(&source, &mut cache, &queries, begin)?;
    let before = source.loaded()?;
    let ticks: Vec<Tick> =
        (1..=TICKS).map(|count| tick(&source, &mut cache, &queries, begin + Millis::from(count) * TICK)).collect::<Result<_>>()?;
    let between = source.loaded()?;
    let wholes: Vec<Asked> = ticks.iter().map(|tick| whole(&source, tick, &queries)).collect::<Result<_>>()?;
    let after = source.loaded()?;

    let ratios =
        |part: fn(&Asked) -> f64| -> Vec<f64> { ticks.iter().zip(&wholes).map(|(tick, whole)| part(&tick.asked) / part(whole)).collect() };
    let (samples, bytes) = (ratios(|asked| asked.samples), ratios(|asked| asked.bytes));
    let (pieces, whole) = (sum(ticks.iter().map(|tick| tick.asked)), sum(wholes));
    let loaded = (between - before, after - between);
    let per_tick = |all: f64| (all / f64::from(TICKS)).round();
    let words = |which: &str| {
        format!(
            "samples asked by a refresh tick of a 6 h window at a step of 30 s, against asking it whole: {which} of {TICKS} ticks of 8 panels \
             with {} expressions",
            queries.len()
        )
    };
    let figures = json!([
        {"name": "query/tick/mean", "value": mean(&samples), "words": words("mean")},
        {"name": "query/tick/worst", "value": worst(&samples), "words": words("worst")},
        {"name": "query/tick/bytes-mean", "value": mean(&bytes), "words": "the same in bytes of the answers, uncompressed: mean"},
        {"name": "query/tick/bytes-worst", "value": worst(&bytes), "words": "the same in bytes of the answers: worst"},
        {"name": "query/tick/loaded", "value": loaded.0 / loaded.1, "words": "samples that Prometheus' engine loaded, by its own counter: \
            all pieces against all wholes (with the few of its rules)"},
    ]);
    println!(
        "a tick asked {} requests, {} samples, {} bytes; asked whole, {} requests, {} samples, {} bytes; the engine loaded {:?} samples",
        per_tick(pieces.requests),
        per_tick(pieces.samples),
        per_tick(pieces.bytes),
        per_tick(whole.requests),
        per_tick(whole.samples),
        per_tick(whole.bytes),
        loaded,
    );
    let file = std::env::var("UTKIK_FIGURES").context("UTKIK_FIGURES is not set: run this by `cargo xtask bench query`")?;
    std::fs::write(file, figures.to_string()).context("cannot write the figures")
}

fn now() -> Result<Millis> {
    Ok(Millis::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?)
}

fn window(now: Millis) -> Window {
    Window { start: now - WINDOW, end: now }
}

/// The query at the time `now`.
fn at(query: &RangeQuery, now: Millis) -> RangeQuery {
    RangeQuery { window: align(window(now), query.step), ..query.clone() }
}

/// Does what the app does at a refresh at the time `now`.
fn tick(source: &Source, cache: &mut RangeCache, queries: &[RangeQuery], now: Millis) -> Result<Tick> {
    let mut tick = Tick { now, asked: Asked::default(), frames: Vec::new() };
    for query in queries.iter().map(|query| at(query, now)) {
        for piece in cache.missing(&query, now) {
            let (frame, asked) = source.range(&query.expr, piece)?;
            cache.store(&query, &frame, now, Some(now - query.overlap));
            tick.asked += asked;
        }
        tick.frames.push(cache.read(&query, now).with_context(|| format!("the cache cannot answer {}", query.expr))?);
    }
    Ok(tick)
}

/// Asks for the whole windows of a tick, and compares the answers with those of the cache.
fn whole(source: &Source, tick: &Tick, queries: &[RangeQuery]) -> Result<Asked> {
    let mut all = Asked::default();
    for (query, pieced) in queries.iter().map(|query| at(query, tick.now)).zip(&tick.frames) {
        let (frame, asked) = source.range(&query.expr, query.grid())?;
        ensure!(asked.samples > 0.0, "nothing answers {}: its figures would say nothing", query.expr);
        ensure!(same(&frame, pieced), "the pieces of {} at {} do not make the whole", query.expr, tick.now);
        all += asked;
    }
    Ok(all)
}

fn same(one: &Frame, other: &Frame) -> bool {
    let values = |one: f64, other: f64| one.to_bits() == other.to_bits() || (one - other).abs() <= TOLERANCE * one.abs();
    let pairs = one.series.iter().zip(&other.series);
    let alike = |(one, other): (&model::series::Series, &model::series::Series)| {
        one.labels == other.labels && one.values.iter().zip(&other.values).all(|(one, other)| values(*one, *other))
    };
    one.grid == other.grid && one.series.len() == other.series.len() && pairs.into_iter().all(alike)
}

fn sum(all: impl IntoIterator<Item = Asked>) -> Asked {
    all.into_iter().fold(Asked::default(), |mut sum, asked| {
        sum += asked;
        sum
    })
}

fn mean(ratios: &[f64]) -> f64 {
    ratios.iter().sum::<f64>() / f64::from(TICKS)
}

fn worst(ratios: &[f64]) -> f64 {
    ratios.iter().copied().fold(0.0, f64::max)
}
