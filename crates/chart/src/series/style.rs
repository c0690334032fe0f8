//! The style of a series, with the defaults for everything that a dashboard leaves out.

use crate::number::whole;
use crate::scene::Side;
use crate::series::dash::{Dashes, pattern};
use model::dashboard::{AxisPlacement, DrawStyle, GradientMode, GraphStyle, LineInterpolation, ShowPoints, SpanNulls, Stacking, Transform};
use model::time::Millis;

/// The style of a series. Lengths are CSS px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Whether it is drawn as a line, bars or points.
    pub draw: DrawStyle,
    /// The interpolation between samples.
    pub interpolation: LineInterpolation,
    /// The width of the line; 0 for none.
    pub width: f64,
    /// The dash pattern of the line.
    pub dashes: Dashes,
    /// The opacity of areas and bars, 0 to 1.
    pub fill: f64,
    /// How opacity or colour changes over the height.
    pub gradient: GradientMode,
    /// Which samples have a point.
    pub points: ShowPoints,
    /// The diameter of points.
    pub point_size: f64,
    /// The line crosses gaps of up to this many milliseconds between two samples.
    pub span: Millis,
    /// Whether and how it is stacked.
    pub stacking: Stacking,
    /// Its value axis.
    pub side: Side,
    /// Whether its values are negated.
    pub is_negative: bool,
}

/// The default width of lines.
const WIDTH: f64 = 1.5;
/// The largest width of a line: half of a wider one would not fit beside the plot.
const WIDEST: f64 = 10.0;
/// The default diameter of points.
const POINT: f64 = 5.0;
/// The largest diameter of points: larger ones hide each other.
const LARGEST_POINT: f64 = 40.0;

impl Style {
    /// The style from a dashboard.
    pub fn of(style: &GraphStyle) -> Self {
        let draw = style.draw_style.unwrap_or_default();
        // By default bars are filled and lines have no area.
        let fill = style.fill_opacity.unwrap_or(if draw == DrawStyle::Bars { 100 } else { 0 });
        let length =
            |given: Option<f64>, default: f64, most: f64| given.filter(|length| !length.is_nan()).unwrap_or(default).max(0.0).min(most);
        Self {
            draw,
            interpolation: style.line_interpolation.unwrap_or_default(),
            width: length(style.line_width, WIDTH, WIDEST),
            dashes: pattern(style.line_style.unwrap_or_default()),
            fill: f64::from(fill.min(100)) / 100.0,
            gradient: style.gradient_mode.unwrap_or_default(),
            points: style.show_points.unwrap_or_default(),
            point_size: length(style.point_size, POINT, LARGEST_POINT),
            span: match style.span_nulls {
                Some(SpanNulls::Whether(true)) => Millis::MAX,
                Some(SpanNulls::Below(span)) => whole(span),
                _ => 0,
            },
            stacking: style.stacking.unwrap_or_default(),
            side: if style.axis_placement == Some(AxisPlacement::Right) { Side::Right } else { Side::Left },
            is_negative: style.transform == Some(Transform::NegativeY),
        }
    }
}

impl Default for Style {
    fn default() -> Self {
        Self::of(&GraphStyle::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_options_have_defaults() {
        let style = Style::default();
        assert_eq!((style.width, style.fill, style.point_size, style.span, style.side), (1.5, 0.0, 5.0, 0, Side::Left));
        let bars = Style::of(&GraphStyle { draw_style: Some(DrawStyle::Bars), ..GraphStyle::default() });
        assert_eq!((bars.draw, bars.fill), (DrawStyle::Bars, 1.0));
    }

    #[test]
    fn options_out_of_range_are_limited() {
        let style = GraphStyle {
            line_width: Some(1e9),
            point_size: Some(f64::NAN),
            fill_opacity: Some(250),
            span_nulls: Some(SpanNulls::Below(f64::INFINITY)),
            ..GraphStyle::default()
        };
        let style = Style::of(&style);
        assert_eq!((style.width, style.point_size, style.fill, style.span), (10.0, 5.0, 1.0, Millis::MAX));
    }
}
