//! Fields of dashboard files that take one of a few words.

use json::{FromJson, Value};
use serde::Serialize;

/// What need not be written.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Enums whose variants have names in dashboard files: Grafana's, where it has the same thing. The first variant is the default.
macro_rules! choices {
    ($($(#[$meta:meta])* $name:ident { $(#[$first_meta:meta])* $first:ident = $first_text:literal, $($(#[$variant_meta:meta])* $variant:ident = $text:literal),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $(#[$first_meta])*
            #[default]
            #[serde(rename = $first_text)]
            $first,
            $($(#[$variant_meta])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// All there are, with their names in dashboard files.
            pub const ALL: &'static [(&'static str, Self)] = &[($first_text, Self::$first), $(($text, Self::$variant)),*];
        }

        impl FromJson for $name {
            fn from_json(value: &Value<'_>) -> Option<Self> {
                let name = value.as_str()?;
                Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, choice)| *choice)
            }
        }
    )+};
}

choices! {
    /// What stands for a sample.
    DrawStyle {
        /// A line through all samples.
        Line = "line",
        /// A bar from zero.
        Bars = "bars",
        /// A point.
        Points = "points",
    }

    /// How a line gets from one sample to the next.
    LineInterpolation {
        /// Straight.
        Linear = "linear",
        /// In a curve that rises and falls only where the samples do.
        Smooth = "smooth",
        /// Level up to the next sample's time: a value holds from its sample on.
        StepAfter = "stepAfter",
        /// At once to the next sample's value: a value holds until its sample.
        StepBefore = "stepBefore",
    }

    /// How a line is stroked.
    LineStyle {
        /// Without interruption.
        Solid = "solid",
        /// In dashes, as for a limit.
        Dash = "dash",
        /// In dots.
        Dot = "dot",
    }

    /// How the colour of a line or an area changes over its height.
    GradientMode {
        /// Not at all.
        None = "none",
        /// The area fades towards its base.
        Opacity = "opacity",
        /// Each height has the colour of its threshold.
        Scheme = "scheme",
    }

    /// Whether samples have points on their line.
    ShowPoints {
        /// Where they are far enough apart, and where a sample is alone.
        Auto = "auto",
        /// All.
        Always = "always",
        /// Only samples that are alone.
        Never = "never",
    }

    /// Whether series stand on each other.
    Stacking {
        /// Each by itself.
        None = "none",
        /// Each on the one before.
        Normal = "normal",
        /// Each on the one before, as its share of the sum of all.
        Percent = "percent",
    }

    /// Where the value axis of a series is.
    AxisPlacement {
        /// On the left, with most others.
        Left = "left",
        /// On the right, as a second axis.
        Right = "right",
        /// Nowhere; it is drawn on the left one's scale.
        Hidden = "hidden",
    }

    /// How values are spread over a value axis.
    ScaleDistribution {
        /// Evenly.
        Linear = "linear",
        /// By powers of two. Values that are not above zero are not drawn.
        Log2 = "log2",
        /// By powers of ten. Values that are not above zero are not drawn.
        Log10 = "log10",
    }

    /// What is done to values before they are drawn; what is written of them stays as it is.
    Transform {
        /// Nothing.
        None = "none",
        /// Drawn below zero, as for what is sent beside what is received.
        NegativeY = "negative-Y",
    }

    /// How thresholds show in a time series.
    ThresholdsStyle {
        /// Not.
        Off = "off",
        /// As lines.
        Line = "line",
        /// As dashed lines.
        Dashed = "dashed",
        /// As regions in their colours.
        Area = "area",
        /// As regions bordered by lines.
        LineAndArea = "line+area",
        /// As regions bordered by dashed lines.
        DashedAndArea = "dashed+area",
    }

    /// How a legend is set.
    LegendDisplay {
        /// One entry beside the other.
        List = "list",
        /// A row each, with a column for each of `calcs`.
        Table = "table",
        /// Not shown.
        Hidden = "hidden",
    }

    /// Where a legend is.
    LegendPlacement {
        /// Below the chart.
        Bottom = "bottom",
        /// Right of it, where the panel is wide enough.
        Right = "right",
    }

    /// What a tooltip lists.
    TooltipMode {
        /// All series, the one under the pointer first.
        Multi = "multi",
        /// The series under the pointer.
        Single = "single",
        /// There is no tooltip.
        None = "none",
    }

    /// What a stat writes.
    TextMode {
        /// The value, and the name where there are several.
        Auto = "auto",
        /// The value.
        Value = "value",
        /// Both.
        ValueAndName = "value_and_name",
        /// The name, in the colour of the value.
        Name = "name",
        /// Nothing: colour and sparkline alone.
        None = "none",
    }

    /// What the colour of a value colours in a stat.
    ColorMode {
        /// The number.
        Value = "value",
        /// The whole tile.
        Background = "background",
        /// Nothing.
        None = "none",
    }

    /// Whether a stat has a sparkline.
    GraphMode {
        /// A line over an area.
        Area = "area",
        /// None.
        None = "none",
    }

    /// Which way things are laid out.
    Orientation {
        /// As fits the panel.
        Auto = "auto",
        /// Bars to the right, numbers below each other.
        Horizontal = "horizontal",
        /// Bars upwards, numbers side by side.
        Vertical = "vertical",
    }

    /// How a bar gauge fills its bars.
    BarDisplay {
        /// In one colour.
        Basic = "basic",
        /// From the colour of the lowest threshold to that of the value.
        Gradient = "gradient",
        /// In cells, each in the colour of its value.
        Lcd = "lcd",
    }

    /// How a column of a table shows its values.
    CellDisplay {
        /// As text in the colour of the value.
        ColorText = "color-text",
        /// As text on the colour of the value.
        ColorBackground = "color-background",
        /// As text over a bar from min to max.
        Gauge = "gauge",
    }

    /// Whether values are written where they are drawn.
    ShowValue {
        /// Where they have room.
        Auto = "auto",
        /// Always.
        Always = "always",
        /// Never.
        Never = "never",
    }

    /// The shape of a pie chart.
    PieType {
        /// A disc.
        Pie = "pie",
        /// A ring with the sum in its middle.
        Donut = "donut",
    }

    /// What is written on the slices of a pie chart.
    PieLabel {
        /// The share in percent.
        Percent = "percent",
        /// The value.
        Value = "value",
        /// The name.
        Name = "name",
    }

    /// What the other panels of a dashboard show while the pointer is over one of them.
    CursorSync {
        /// A line at the same instant.
        Crosshair = "crosshair",
        /// The line and the values there.
        Tooltip = "tooltip",
        /// Nothing.
        Off = "off",
    }
}
