//! Languages and locales.

use crate::time::{Millis, Zone};
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

    /// The language of a BCP 47 tag such as `sv-SE`; `None` if Utkik does not support it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// The decimal separator.
    pub fn decimal_separator(self) -> char {
        match self {
            Self::En => '.',
            Self::Sv => ',',
        }
    }
}

/// The language, time zone and current time of the reader, for formatting values.
#[derive(Clone, Copy)]
pub struct Locale<'a> {
    /// The language of words and of the decimal separator.
    pub language: Language,
    /// The time zone of instants.
    pub zone: &'a dyn Zone,
    /// The current time, ms: "three hours ago" is relative to it.
    pub now: Millis,
}

impl fmt::Debug for Locale<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Locale").field("language", &self.language).field("now", &self.now).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_gives_its_language() {
        assert_eq!(Language::from_tag("sv-SE"), Some(Language::Sv));
        assert_eq!(Language::from_tag("EN"), Some(Language::En));
        assert_eq!(Language::from_tag("de"), None);
    }
}
