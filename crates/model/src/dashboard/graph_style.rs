//! How series are drawn: the style of a panel, and of single targets that override it.

use super::Color;
use super::choice::{
    AxisPlacement, DrawStyle, GradientMode, LineInterpolation, LineStyle, ScaleDistribution, ShowPoints, Stacking, Transform,
};
use crate::local_text::LocalText;
use json::{FromJson, Value};
use serde::Serialize;

/// Lists the fields once, for the struct, for reading and for merging two styles.
macro_rules! graph_style {
    ($($(#[$meta:meta])* $field:ident: $type:ty = $key:literal),+ $(,)?) => {
        /// How series are drawn. Fields that are absent in a target are as in its panel, else default. Names are Grafana's (`custom`).
        #[derive(Clone, Debug, Default, PartialEq, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "camelCase", default)]
        pub struct GraphStyle {
            $($(#[$meta])* #[serde(rename = $key, skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,)+
        }

        impl FromJson for GraphStyle {
            fn from_json(value: &Value<'_>) -> Option<Self> {
                Some(Self { $($field: value.field($key),)+ })
            }
        }

        impl GraphStyle {
            /// This style, with the fields of `base` where its own are absent.
            #[must_use]
            pub fn over(&self, base: &Self) -> Self {
                Self { $($field: self.$field.clone().or_else(|| base.$field.clone()),)+ }
            }
        }
    };
}

graph_style! {
    /// How samples are drawn.
    draw_style: DrawStyle = "drawStyle",
    /// How a line connects two samples.
    line_interpolation: LineInterpolation = "lineInterpolation",
    /// The width of the line, CSS px; 1.5 by default, 0 for no line.
    line_width: f64 = "lineWidth",
    /// The dash pattern of the line.
    line_style: LineStyle = "lineStyle",
    /// How opaque the area under a line is, 0 (a line only, the default) to 100. Bars are 100 by default.
    fill_opacity: u8 = "fillOpacity",
    /// How the colour changes over the height.
    gradient_mode: GradientMode = "gradientMode",
    /// The name of the series down to which the area is filled, instead of to zero.
    fill_below_to: LocalText = "fillBelowTo",
    /// Whether samples on a line have points.
    show_points: ShowPoints = "showPoints",
    /// The diameter of points, CSS px; 5 by default.
    point_size: f64 = "pointSize",
    /// Which gaps a line crosses; by default none.
    span_nulls: SpanNulls = "spanNulls",
    /// Whether series are stacked.
    stacking: Stacking = "stacking",
    /// Where the value axis is. The second axis has the unit, range and axis fields of the first target on it.
    axis_placement: AxisPlacement = "axisPlacement",
    /// The label of the value axis.
    axis_label: LocalText = "axisLabel",
    /// The minimum of the axis, or lower if the data is lower.
    axis_soft_min: f64 = "axisSoftMin",
    /// The maximum of the axis, or higher if the data is higher.
    axis_soft_max: f64 = "axisSoftMax",
    /// The scale of the axis.
    scale_distribution: ScaleDistribution = "scaleDistribution",
    /// How values are changed before they are drawn.
    transform: Transform = "transform",
    /// A fixed colour instead of the next one of the palette.
    color: Color = "color",
}

/// Which gaps a line crosses.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum SpanNulls {
    /// All gaps, or none.
    Whether(bool),
    /// Gaps of at most this many milliseconds.
    Below(f64),
}

impl FromJson for SpanNulls {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        bool::from_json(value).map(Self::Whether).or_else(|| f64::from_json(value).map(Self::Below))
    }
}
