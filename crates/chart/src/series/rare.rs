//! What few charts ask for, behind function pointers: who lays charts out may have it in another file than the rest.

use crate::axis::range::Range;
use crate::axis::ticks::value::{Axis, log_axis};
use crate::scene::{Fade, Point, Rect, Scene, Shape};
use crate::series::bend::bend;
use crate::series::curve::{Curve, Drawn, Pen};
use crate::series::spec::{Spec, ValueAxis};
use crate::series::style::Side;
use crate::series::thresholds::{areas, regions};
use model::color::Color;
use model::dashboard::{DrawStyle, GradientMode, GraphStyle, LineInterpolation, Panel, ScaleDistribution, ThresholdsStyle};
use model::unit::Unit;
use text::locale::Locale;

/// Room by room, which colour holds there.
pub(crate) type Rooms<'a> = &'a [(Rect, Color)];

/// Draws the bars of a curve over their base.
type Bars = fn(&Curve, &[Point], Option<&[Point]>, &Pen, Rooms, Option<Fade>, &mut Drawn);

/// What few charts ask for. Without it lines are straight, axes linear, and there are neither bars nor regions.
#[derive(Debug)]
pub struct Rare {
    pub(crate) bend: fn(Vec<Point>, LineInterpolation) -> Vec<Point>,
    pub(crate) bars: Bars,
    pub(crate) log_axis: fn(Range, f64, usize, &Unit, Option<u8>, Locale) -> Axis,
    pub(crate) regions: fn(&Scene, &ValueAxis, Side) -> Vec<(Rect, Color)>,
    pub(crate) areas: fn(&Scene, &Spec) -> Vec<Shape>,
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
