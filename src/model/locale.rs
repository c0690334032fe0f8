//! Languages, and text that dashboards bring in several of them.

use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
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

/// Text of a dashboard file: one string for every language, or one a language (`{"en": "Machines", "sv": "Maskiner"}`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_name_languages() {
        assert_eq!(Language::from_tag("sv-SE"), Some(Language::Sv));
        assert_eq!(Language::from_tag("EN"), Some(Language::En));
        assert_eq!(Language::from_tag("de"), None);
    }

    #[test]
    fn text_falls_back_to_english() {
        let text: LocalText = serde_json::from_str(r#"{"en":"Machines","sv":"Maskiner"}"#).unwrap();
        assert_eq!(text.get(Language::Sv), "Maskiner");
        let text: LocalText = serde_json::from_str(r#"{"en":"Machines"}"#).unwrap();
        assert_eq!(text.get(Language::Sv), "Machines");
        let text: LocalText = serde_json::from_str(r#""CPU""#).unwrap();
        assert_eq!(text.get(Language::Sv), "CPU");
    }
}
