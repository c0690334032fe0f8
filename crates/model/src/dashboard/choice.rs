//! Options of dashboard files with a fixed set of values.

use json::{FromJson, Value};
use serde::Serialize;

/// Whether a field has its default value and need not be written.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Enums whose variants have names in dashboard files: Grafana's, if it has the same option. The first variant is the default.
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
            /// All variants, with their names in dashboard files.
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
    /// How samples are drawn.
    DrawStyle {
        /// A line through all samples.
        Line = "line",
        /// A bar from zero.
        Bars = "bars",
        /// A point.
        Points = "points",
    }

    /// How a line connects two samples.
    LineInterpolation {
        /// By a straight line.
        Linear = "linear",
        /// By a monotone curve: it rises and falls only where the samples do.
        Smooth = "smooth",
        /// By a step at the next sample: a value holds from its sample to the next.
        StepAfter = "stepAfter",
        /// By a step at the previous sample: a value holds from the previous sample to its own.
        StepBefore = "stepBefore",
    }

    /// The dash pattern of a line.
    LineStyle {
        /// Solid.
        Solid = "solid",
        /// Dashed, for example for a limit.
        Dash = "dash",
        /// Dotted.
        Dot = "dot",
    }

    /// How the colour of a line or an area changes over its height.
    GradientMode {
        /// It does not change.
        None = "none",
        /// The area fades towards its base.
        Opacity = "opacity",
        /// Each height has the colour of its threshold.
        Scheme = "scheme",
    }

    /// Whether samples on a line have points.
    ShowPoints {
        /// Where samples are far enough apart, and on isolated samples.
        Auto = "auto",
        /// All samples.
        Always = "always",
        /// Only isolated samples.
        Never = "never",
    }

    /// Whether series are stacked.
    Stacking {
        /// Not stacked.
        None = "none",
        /// Each series on top of the one before.
        Normal = "normal",
        /// Each series on top of the one before, as its share of the sum of all.
        Percent = "percent",
    }

    /// Where the value axis of a series is.
    AxisPlacement {
        /// On the left.
        Left = "left",
        /// On the right, as a second axis.
        Right = "right",
        /// Not shown; the series has the scale of the left axis.
        Hidden = "hidden",
    }

    /// The scale of a value axis.
    ScaleDistribution {
        /// Linear.
        Linear = "linear",
        /// Logarithmic, base 2. Only values above zero are drawn.
        Log2 = "log2",
        /// Logarithmic, base 10. Only values above zero are drawn.
        Log10 = "log10",
    }

    /// How values are changed before they are drawn. Texts show them unchanged.
    Transform {
        /// Not changed.
        None = "none",
        /// Drawn below zero, for example sent bytes below received bytes.
        NegativeY = "negative-Y",
    }

    /// How thresholds are drawn in a time series.
    ThresholdsStyle {
        /// Not drawn.
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

    /// The layout of a legend.
    LegendDisplay {
        /// Entries side by side.
        List = "list",
        /// A row for each series, with a column for each of `calcs`.
        Table = "table",
        /// Not shown.
        Hidden = "hidden",
    }

    /// Where a legend is.
    LegendPlacement {
        /// Below the chart.
        Bottom = "bottom",
        /// Right of the chart, if the panel is wide enough.
        Right = "right",
    }

    /// What a tooltip lists.
    TooltipMode {
        /// All series, the one under the pointer first.
        Multi = "multi",
        /// The series under the pointer.
        Single = "single",
        /// No tooltip.
        None = "none",
    }

    /// Which texts a stat shows.
    TextMode {
        /// The value, and the name if there are several values.
        Auto = "auto",
        /// The value.
        Value = "value",
        /// The value and the name.
        ValueAndName = "value_and_name",
        /// The name, in the colour of the value.
        Name = "name",
        /// No text, only colour and sparkline.
        None = "none",
    }

    /// Which part of a stat has the colour of the value.
    ColorMode {
        /// The number.
        Value = "value",
        /// The whole tile.
        Background = "background",
        /// No part.
        None = "none",
    }

    /// Whether a stat has a sparkline.
    GraphMode {
        /// A line over an area.
        Area = "area",
        /// No sparkline.
        None = "none",
    }

    /// The direction of a layout.
    Orientation {
        /// Chosen to fit the panel.
        Auto = "auto",
        /// Bars grow to the right, numbers are below each other.
        Horizontal = "horizontal",
        /// Bars grow upwards, numbers are side by side.
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

    /// Whether values are written on cells or bars.
    ShowValue {
        /// Where there is room.
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
        /// A line and the values at the same instant.
        Tooltip = "tooltip",
        /// Nothing.
        Off = "off",
    }
}
