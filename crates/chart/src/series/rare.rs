//! Options that few charts use, behind function pointers. The app has their code in a file that is loaded on demand.

use crate::axis::range::Range;
use crate::axis::ticks::value::{Axis, log_axis};
use crate::scene::{Fade, Point, Rect, Scene, Shape, Side};
use crate::series::bars::draw_bars;
use crate::series::bend::bend;
use crate::series::curve::{ColorRegions, Curve, Drawn, PlotTransform};
use crate::series::spec::{Spec, ValueAxis};
use crate::series::style::Style;
use crate::series::thresholds::{areas, regions};
use model::color::Color;
use model::dashboard::{DrawStyle, GradientMode, LineInterpolation, ScaleDistribution, Target, ThresholdsStyle, TimeSeriesOptions};
use model::unit::Unit;
use text::locale::Locale;

/// The type of [`draw_bars`].
type DrawBars = fn(&Curve, &[Point], Option<&[Point]>, &PlotTransform, ColorRegions, Option<Fade>, &mut Drawn);

/// Bars, curved and stepped lines, logarithmic axes, regions between thresholds, colours by height.
#[derive(Debug)]
pub struct RareOptions {
    pub(crate) bend: fn(Vec<Point>, LineInterpolation) -> Vec<Point>,
    pub(crate) bars: DrawBars,
    pub(crate) log_axis: fn(Range, f64, usize, &Unit, Option<u8>, Locale) -> Axis,
    pub(crate) regions: fn(&Scene, &ValueAxis, Side) -> Vec<(Rect, Color)>,
    pub(crate) areas: fn(&Scene, &Spec) -> Vec<Shape>,
}

/// All of them.
pub static RARE_OPTIONS: RareOptions = RareOptions { bend, bars: draw_bars, log_axis, regions, areas };

/// Whether a chart of `targets` needs [`RareOptions`].
pub fn needs_rare_options(options: &TimeSeriesOptions, targets: &[Target]) -> bool {
    let styles = || std::iter::once(options.style.clone()).chain(targets.iter().map(|target| options.style_of(&target.style)));
    has_regions(options.thresholds_style)
        || styles().any(|style| is_rare(&Style::of(&style)) || style.scale_distribution.unwrap_or_default() != ScaleDistribution::Linear)
}

/// Whether `spec` needs [`RareOptions`].
pub(crate) fn spec_needs_rare_options(spec: &Spec) -> bool {
    has_regions(spec.thresholds)
        || spec.lines.iter().any(|line| is_rare(&line.style))
        || [Side::Left, Side::Right].iter().any(|side| spec.is_log(*side))
}

fn is_rare(style: &Style) -> bool {
    style.interpolation != LineInterpolation::Linear || style.draw == DrawStyle::Bars || style.gradient == GradientMode::Scheme
}

fn has_regions(thresholds: ThresholdsStyle) -> bool {
    !matches!(thresholds, ThresholdsStyle::Off | ThresholdsStyle::Line | ThresholdsStyle::Dashed)
}
