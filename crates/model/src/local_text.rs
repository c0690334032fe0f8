//! Texts of dashboards in several languages.

use json::{FromJson, Value};
use serde::Serialize;
use text::locale::Language;

/// Text of a dashboard file: one string for all languages, or one for each (`{"en": "Machines", "sv": "Maskiner"}`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum LocalText {
    /// The same in every language.
    Plain(String),
    /// One text for each language.
    Each {
        /// English, also the fallback of other languages.
        en: String,
        /// Swedish.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sv: Option<String>,
    },
}

impl LocalText {
    /// The text in `language`, or in English if it is not translated.
    pub fn get(&self, language: Language) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Each { en, sv } => match language {
                Language::En => en,
                Language::Sv => sv.as_ref().unwrap_or(en),
            },
        }
    }
}

impl Default for LocalText {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

impl FromJson for LocalText {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::Plain(text.clone().into_owned())),
            Value::Object(_) => Some(Self::Each { en: value.field("en"), sv: value.field("sv") }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use json::parse;

    #[test]
    fn text_falls_back_to_english() {
        let swedish = |json: &str| LocalText::from_json(&parse(json.as_bytes()).unwrap()).unwrap().get(Language::Sv).to_owned();
        assert_eq!(swedish(r#"{"en":"Machines","sv":"Maskiner"}"#), "Maskiner");
        assert_eq!(swedish(r#"{"en":"Machines"}"#), "Machines");
        assert_eq!(swedish(r#""CPU""#), "CPU");
    }
}
