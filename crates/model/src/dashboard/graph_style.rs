//! How the series of a time series panel are drawn: for the whole panel, and for single targets where they differ.

use super::Color;
use super::choice::{
    AxisPlacement, DrawStyle, GradientMode, LineInterpolation, LineStyle, ScaleDistribution, ShowPoints, Stacking, Transform,
};
use crate::local_text::LocalText;
use json::{FromJson, Value};
use serde::Serialize;

/// Lists the fields once, for the struct, for reading and for laying one style over another.
macro_rules! graph_style {
    ($($(#[$meta:meta])* $field:ident: $type:ty = $key:literal),+ $(,)?) => {
        /// What is absent in a target is as in its panel, and what is absent there has its default. Names are Grafana's (`custom`).
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
            /// This style, and `base` where it says nothing.
            #[must_use]
            pub fn over(&self, base: &Self) -> Self {
                Self { $($field: self.$field.clone().or_else(|| base.$field.clone()),)+ }
            }
        }
    };
}

graph_style! {
    /// What stands for a sample.
    draw_style: DrawStyle = "drawStyle",
    /// How a line gets from one sample to the next.
    line_interpolation: LineInterpolation = "lineInterpolation",
    /// CSS px; 1.5 by default, 0 for none.
    line_width: f64 = "lineWidth",
    /// How the line is stroked.
    line_style: LineStyle = "lineStyle",
    /// How opaque the area under a line is, 0 (a line only, the default) to 100. Bars are 100 by default.
    fill_opacity: u8 = "fillOpacity",
    /// How the colour changes over the height.
    gradient_mode: GradientMode = "gradientMode",
    /// The name of the series down to which the area is filled, instead of to zero.
    fill_below_to: LocalText = "fillBelowTo",
    /// Whether samples have points on their line.
    show_points: ShowPoints = "showPoints",
    /// The diameter of points, CSS px; 5 by default.
    point_size: f64 = "pointSize",
    /// Which gaps a line crosses; by default none.
    span_nulls: SpanNulls = "spanNulls",
    /// Whether series stand on each other.
    stacking: Stacking = "stacking",
    /// Where the value axis is. The second axis has the unit, range and axis fields of the first target on it.
    axis_placement: AxisPlacement = "axisPlacement",
    /// What the value axis is called.
    axis_label: LocalText = "axisLabel",
    /// The axis begins here, or lower where there is data.
    axis_soft_min: f64 = "axisSoftMin",
    /// The axis ends here, or higher where there is data.
    axis_soft_max: f64 = "axisSoftMax",
    /// How values are spread over the axis.
    scale_distribution: ScaleDistribution = "scaleDistribution",
    /// What is done to values before they are drawn.
    transform: Transform = "transform",
    /// A colour instead of the next of the palette.
    color: Color = "color",
}

/// Which gaps a line crosses.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum SpanNulls {
    /// All, or none.
    Whether(bool),
    /// Those of at most so many milliseconds.
    Below(f64),
}

impl FromJson for SpanNulls {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        bool::from_json(value).map(Self::Whether).or_else(|| f64::from_json(value).map(Self::Below))
    }
}
