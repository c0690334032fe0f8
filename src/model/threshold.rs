//! Thresholds: from which value on a number has which colour.

use super::color::Color;
use serde::{Deserialize, Serialize};

/// What the values of the steps mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ThresholdsMode {
    /// Values of the panel's unit.
    #[default]
    Absolute,
    /// Percent of the way from the panel's min to its max.
    Percentage,
}

/// One step: from `value` on, `color` holds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThresholdStep {
    /// Where the step begins; `null` is minus infinity.
    #[serde(default)]
    pub value: Option<f64>,
    /// The colour from there on.
    pub color: Color,
}

/// Steps in rising order of value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Thresholds {
    /// What the values mean.
    #[serde(default)]
    pub mode: ThresholdsMode,
    /// The steps; none: no colour.
    #[serde(default)]
    pub steps: Vec<ThresholdStep>,
}

impl Thresholds {
    /// The colour of `value`, where `min..max` is the panel's range (used by percentage steps only).
    pub fn color(&self, value: f64, min: f64, max: f64) -> Color {
        let compared = match self.mode {
            ThresholdsMode::Absolute => value,
            ThresholdsMode::Percentage => (value - min) / (max - min) * 100.0,
        };
        let reached = self.steps.iter().rev().find(|step| step.value.is_none_or(|from| compared >= from));
        reached.map_or(Color::Text, |step| step.color)
    }

    /// Where colours change, in the panel's unit, with the colour from there on. The first step, which begins at minus
    /// infinity, is not among them.
    pub fn lines(&self, min: f64, max: f64) -> impl Iterator<Item = (f64, Color)> {
        self.steps.iter().filter_map(move |step| {
            let value = step.value?;
            let value = match self.mode {
                ThresholdsMode::Absolute => value,
                ThresholdsMode::Percentage => min + (max - min) * value / 100.0,
            };
            value.is_finite().then_some((value, step.color))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_step_reached_gives_the_colour() {
        let json = r#"{"steps":[{"value":null,"color":"red"},{"value":5,"color":"yellow"},{"value":10,"color":"green"}]}"#;
        let thresholds: Thresholds = serde_json::from_str(json).unwrap();
        let color = |value| thresholds.color(value, 0.0, 100.0);
        assert_eq!([color(-1.0), color(5.0), color(9.9), color(10.0)], [Color::Red, Color::Yellow, Color::Yellow, Color::Green]);
        assert_eq!(thresholds.lines(0.0, 1.0).count(), 2);
    }

    #[test]
    fn percentage_steps_follow_the_range() {
        let json = r#"{"mode":"percentage","steps":[{"color":"green"},{"value":80,"color":"red"}]}"#;
        let thresholds: Thresholds = serde_json::from_str(json).unwrap();
        assert_eq!(thresholds.color(170.0, 0.0, 200.0), Color::Red);
        assert_eq!(thresholds.color(150.0, 0.0, 200.0), Color::Green);
        assert_eq!(thresholds.lines(0.0, 200.0).next(), Some((160.0, Color::Red)));
    }
}
