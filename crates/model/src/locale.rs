//! Languages, what else hangs on who reads, and text that dashboards bring in several languages.

use super::time::{Millis, Zone};
use json::{FromJson, Value};
use serde::Serialize;
use std::fmt;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Swedish.
    Sv,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Sv];

    /// The BCP 47 code, as in `lang="sv"`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Sv => "sv",
        }
    }

    /// The language of a BCP 47 tag such as `sv-SE`; none for one that Utkik does not speak.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// The character between units and tenths.
    pub fn decimal_separator(self) -> char {
        match self {
            Self::En => '.',
            Self::Sv => ',',
        }
    }
}

/// Who reads a value, where and when.
#[derive(Clone, Copy)]
pub struct Locale<'a> {
    /// The language of words, and of the decimal separator.
    pub language: Language,
    /// The zone of instants.
    pub zone: &'a dyn Zone,
    /// What "three hours ago" counts from.
    pub now: Millis,
}

impl fmt::Debug for Locale<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Locale").field("language", &self.language).field("now", &self.now).finish_non_exhaustive()
    }
}

/// Text of a dashboard file: one string for every language, or one a language (`{"en": "Machines", "sv": "Maskiner"}`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum LocalText {
    /// The same in every language.
    Plain(String),
    /// One text a language.
    Each {
        /// English, also what other languages fall back to.
        en: String,
        /// Swedish.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sv: Option<String>,
    },
}

impl LocalText {
    /// The text in `language`, in English where it is not translated.
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
    fn tags_name_languages() {
        assert_eq!(Language::from_tag("sv-SE"), Some(Language::Sv));
        assert_eq!(Language::from_tag("EN"), Some(Language::En));
        assert_eq!(Language::from_tag("de"), None);
    }

    #[test]
    fn text_falls_back_to_english() {
        let swedish = |json: &str| LocalText::from_json(&parse(json.as_bytes()).unwrap()).unwrap().get(Language::Sv).to_owned();
        assert_eq!(swedish(r#"{"en":"Machines","sv":"Maskiner"}"#), "Maskiner");
        assert_eq!(swedish(r#"{"en":"Machines"}"#), "Machines");
        assert_eq!(swedish(r#""CPU""#), "CPU");
    }
}
