//! Value mappings: texts instead of numbers, such as "up" for 1.

use super::color::Color;
use crate::local_text::LocalText;
use json_derive::FromJson;
use serde::Serialize;

/// One rule. It holds for the exact `value`, or for `from..=to` (an absent end is unbounded); with none of the three it holds for
/// a missing value and for NaN.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromJson)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mapping {
    /// The exact value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The lowest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    /// The highest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    /// The text that is shown instead.
    pub text: LocalText,
    /// Its colour; absent: the colour of the thresholds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<Color>,
}

impl Mapping {
    /// Whether this rule holds for `value`.
    #[expect(clippy::float_cmp, reason = "a mapping of an exact value means that very value")]
    pub fn holds(&self, value: Option<f64>) -> bool {
        match (value, self.value, self.from, self.to) {
            (value, None, None, None) => value.is_none_or(f64::is_nan),
            (Some(value), Some(exact), ..) => value == exact,
            (Some(value), None, from, to) => from.is_none_or(|from| value >= from) && to.is_none_or(|to| value <= to),
            (None, ..) => false,
        }
    }

    /// The first rule that holds for `value`.
    pub fn find(mappings: &[Self], value: Option<f64>) -> Option<&Self> {
        mappings.iter().find(|mapping| mapping.holds(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use json::{FromJson, parse};
    use text::locale::Language;

    #[test]
    fn the_first_rule_that_holds_wins() {
        let json = r#"[{"value":1,"text":"up","color":"green"},{"from":2,"text":"many"},{"text":"nothing"}]"#;
        let mappings: Vec<Mapping> = FromJson::from_json(&parse(json.as_bytes()).unwrap()).unwrap();
        let text = |value| Mapping::find(&mappings, value).map(|mapping| mapping.text.get(Language::En).to_owned());
        assert_eq!(text(Some(1.0)).as_deref(), Some("up"));
        assert_eq!(text(Some(7.0)).as_deref(), Some("many"));
        assert_eq!(text(Some(0.0)), None);
        assert_eq!(text(None).as_deref(), Some("nothing"));
        assert_eq!(text(Some(f64::NAN)).as_deref(), Some("nothing"));
    }
}
