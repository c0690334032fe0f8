//! Which series is under the pointer.

use crate::view::panel::charts::plot::Plot;
use chart::{Scene, heights};
use model::time::Millis;

/// The slot of the series that is drawn nearest to `depth`, CSS px from the top of the chart, at the instant `time`.
pub fn nearest(plot: &Plot, hidden: &[String], scene: &Scene, time: Millis, depth: f64) -> Option<usize> {
    let shown = plot.shown(hidden);
    let lines: Vec<_> = shown.iter().map(|series| series.line(&shown)).collect();
    let mut best = None::<(f64, usize)>;
    for (series, height) in shown.iter().zip(heights(&lines, time)) {
        let Some(distance) = height.map(|height| (scene.y_of(height, series.style.side) - depth).abs()) else { continue };
        if best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, series.slot));
        }
    }
    best.map(|(_, slot)| slot)
}
