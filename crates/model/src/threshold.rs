//! Thresholds: the colour of a number depends on its value.

use super::color::Color;
use json::{FromJson, Value};
use json_derive::FromJson;
use serde::Serialize;

/// What the values of the steps mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ThresholdsMode {
    /// Values of the panel's unit.
    #[default]
    Absolute,
    /// Percent of the range from the panel's min to its max.
    Percentage,
}

/// One step: values from `value` on have the colour `color`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThresholdStep {
    /// Where the step begins; `null` is minus infinity.
    #[serde(default)]
    pub value: Option<f64>,
    /// The colour from there on.
    pub color: Color,
}

/// Steps in ascending order of value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Thresholds {
    /// What the values mean.
    #[serde(default)]
    pub mode: ThresholdsMode,
    /// The steps; empty: no colour.
    #[serde(default)]
    pub steps: Vec<ThresholdStep>,
}

impl Thresholds {
    /// The colour of `value`, where `min..max` is the panel's range (used by percentage steps only).
    pub fn color(&self, value: f64, min: f64, max: f64) -> Color {
        let step = self.step(value, min, max).and_then(|step| self.steps.get(step));
        step.map_or(Color::Text, |step| step.color)
    }

    /// The index of the last step that `value` has reached.
    pub fn step(&self, value: f64, min: f64, max: f64) -> Option<usize> {
        let compared = match self.mode {
            ThresholdsMode::Absolute => value,
            ThresholdsMode::Percentage => (value - min) / (max - min) * 100.0,
        };
        self.steps.iter().rposition(|step| step.value.is_none_or(|from| compared >= from))
    }

    /// Where a step begins and where the next one begins, in the panel's unit.
    pub fn bounds(&self, step: usize, min: f64, max: f64) -> (Option<f64>, Option<f64>) {
        let begin = |step: usize| self.steps.get(step).and_then(|step| step.value).map(|value| self.in_unit(value, min, max));
        (begin(step), begin(step + 1))
    }

    fn in_unit(&self, value: f64, min: f64, max: f64) -> f64 {
        match self.mode {
            ThresholdsMode::Absolute => value,
            ThresholdsMode::Percentage => min + (max - min) * value / 100.0,
        }
    }

    /// The values where colours change, in the panel's unit, each with the worse of the two colours. The first step, which begins at
    /// minus infinity, is left out.
    pub fn lines(&self, min: f64, max: f64) -> impl Iterator<Item = (f64, Color)> {
        let before = std::iter::once(Color::Text).chain(self.steps.iter().map(|step| step.color));
        self.steps.iter().zip(before).filter_map(move |(step, before)| {
            let value = step.value?;
            let color = if before.severity() > step.color.severity() { before } else { step.color };
            let value = self.in_unit(value, min, max);
            value.is_finite().then_some((value, color))
        })
    }

    /// The part of `min..max` that each colour has: its start and end as shares of the range, 0 to 1.
    pub fn bands(&self, min: f64, max: f64) -> Vec<(Color, f64, f64)> {
        let mut bands = Vec::new();
        let (mut color, mut from) = (Color::Text, 0.0);
        for step in &self.steps {
            let at = step.value.map_or(0.0, |value| match self.mode {
                ThresholdsMode::Absolute => (value - min) / (max - min),
                ThresholdsMode::Percentage => value / 100.0,
            });
            let at = at.clamp(0.0, 1.0);
            if at > from {
                bands.push((color, from, at));
                from = at;
            }
            color = step.color;
        }
        if from < 1.0 {
            bands.push((color, from, 1.0));
        }
        bands
    }
}

impl FromJson for ThresholdsMode {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        match value.as_str()? {
            "absolute" => Some(Self::Absolute),
            "percentage" => Some(Self::Percentage),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use json::{FromJson, parse};

    fn read(json: &str) -> Thresholds {
        Thresholds::from_json(&parse(json.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn the_last_step_reached_gives_the_colour() {
        let json = r#"{"steps":[{"value":null,"color":"red"},{"value":5,"color":"yellow"},{"value":10,"color":"green"}]}"#;
        let thresholds = read(json);
        let color = |value| thresholds.color(value, 0.0, 100.0);
        assert_eq!([color(-1.0), color(5.0), color(9.9), color(10.0)], [Color::Red, Color::Yellow, Color::Yellow, Color::Green]);
        let lines: Vec<_> = thresholds.lines(0.0, 1.0).collect();
        assert_eq!(lines, [(5.0, Color::Red), (10.0, Color::Yellow)]);
    }

    #[test]
    fn percentage_steps_follow_the_range() {
        let json = r#"{"mode":"percentage","steps":[{"color":"green"},{"value":80,"color":"red"}]}"#;
        let thresholds = read(json);
        assert_eq!(thresholds.color(170.0, 0.0, 200.0), Color::Red);
        assert_eq!(thresholds.color(150.0, 0.0, 200.0), Color::Green);
        assert_eq!(thresholds.lines(0.0, 200.0).next(), Some((160.0, Color::Red)));
    }

    #[test]
    fn bands_fill_the_range() {
        let bands = |json: &str, min, max| read(json).bands(min, max);
        let json = r#"{"steps":[{"value":null,"color":"green"},{"value":5,"color":"yellow"},{"value":20,"color":"red"}]}"#;
        assert_eq!(bands(json, 0.0, 10.0), [(Color::Green, 0.0, 0.5), (Color::Yellow, 0.5, 1.0)]);
        assert_eq!(bands(json, 10.0, 30.0), [(Color::Yellow, 0.0, 0.5), (Color::Red, 0.5, 1.0)]);
        assert_eq!(bands(r#"{"steps":[{"value":5,"color":"red"}]}"#, 0.0, 10.0), [(Color::Text, 0.0, 0.5), (Color::Red, 0.5, 1.0)]);
        let percent = r#"{"mode":"percentage","steps":[{"color":"green"},{"value":80,"color":"red"}]}"#;
        assert_eq!(bands(percent, 7.0, 8.0), [(Color::Green, 0.0, 0.8), (Color::Red, 0.8, 1.0)]);
        assert_eq!(bands(r"{}", 0.0, 1.0), [(Color::Text, 0.0, 1.0)]);
        // An empty range: one band is drawn.
        assert_eq!(bands(json, 5.0, 5.0).len(), 1);
    }
}
