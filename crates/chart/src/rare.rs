//! What few charts ask for, behind function pointers: who lays charts out may have it in another file than the rest.

use super::bend::bend;
use super::curve::{Curve, Drawn, Pen};
use super::range::Range;
use super::scene::{Fade, Point, Rect, Scene, Shape};
use super::spec::{Spec, ValueAxis};
use super::style::Side;
use super::thresholds::{areas, regions};
use super::ticks::value::{Axis, log_axis};
use model::color::Color;
use model::dashboard::{DrawStyle, GradientMode, GraphStyle, LineInterpolation, Panel, ScaleDistribution, ThresholdsStyle};
use model::unit::Unit;
use text::locale::Locale;

/// Room by room, which colour holds there.
pub(super) type Rooms<'a> = &'a [(Rect, Color)];

/// Draws the bars of a curve over their base.
type Bars = fn(&Curve, &[Point], Option<&[Point]>, &Pen, Rooms, Option<Fade>, &mut Drawn);

/// What few charts ask for. Without it lines are straight, axes linear, and there are neither bars nor regions.
#[derive(Debug)]
pub struct Rare {
    pub(super) bend: fn(Vec<Point>, LineInterpolation) -> Vec<Point>,
    pub(super) bars: Bars,
    pub(super) log_axis: fn(Range, f64, usize, &Unit, Option<u8>, Locale) -> Axis,
    pub(super) regions: fn(&Scene, &ValueAxis, Side) -> Vec<(Rect, Color)>,
    pub(super) areas: fn(&Scene, &Spec) -> Vec<Shape>,
}

/// All of it.
pub static RARE: Rare = Rare { bend, bars, log_axis, regions, areas };

fn bars(curve: &Curve, tops: &[Point], base: Option<&[Point]>, pen: &Pen, rooms: Rooms, fade: Option<Fade>, drawn: &mut Drawn) {
    curve.bars(tops, base, pen, rooms, fade, drawn);
}

/// Whether a chart of `panel` asks for it.
pub fn is_needed(panel: &Panel) -> bool {
    let is_plain = |style: &GraphStyle| {
        style.line_interpolation.is_none_or(|interpolation| interpolation == LineInterpolation::Linear)
            && style.draw_style != Some(DrawStyle::Bars)
            && style.gradient_mode != Some(GradientMode::Scheme)
            && style.scale_distribution.is_none_or(|distribution| distribution == ScaleDistribution::Linear)
    };
    let has_regions = !matches!(panel.thresholds_style, ThresholdsStyle::Off | ThresholdsStyle::Line | ThresholdsStyle::Dashed);
    has_regions || !is_plain(&panel.style) || !panel.targets.iter().all(|target| is_plain(&target.style))
}
