//! The texts of the interface, one file for each language: [`en`] and [`sv`]. A missing text is a compile error.

mod en;
mod messages;
mod sv;

pub use messages::Messages;

use super::navigation::Navigation;
use super::preference;
use crate::state::memo::memo;
use leptos::prelude::*;
use prometheus::error::Error;
use text::locale::Language;

/// The texts in `language`.
pub fn messages(language: Language) -> &'static Messages {
    match language {
        Language::En => &en::MESSAGES,
        Language::Sv => &sv::MESSAGES,
    }
}

/// The language from URL, stored preference, browser or configuration, in this order. Sets the `lang` attribute of the document.
pub fn start(navigation: Navigation, configured: Option<Language>) -> Memo<Language> {
    memo(move || {
        let remembered = || preference::get("language").and_then(|code| Language::from_tag(&code));
        let browsers = || window().navigator().languages().iter().find_map(|tag| Language::from_tag(&tag.as_string()?));
        let language = navigation.view.with(|view| view.language).or_else(remembered).or_else(browsers).or(configured).unwrap_or_default();
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", language.code());
        }
        language
    })
}

/// The message for an error: what is wrong and, if possible, what to do.
pub fn explain(error: &Error, text: &Messages) -> String {
    match error {
        Error::Unreachable => text.unreachable.to_owned(),
        Error::TimedOut => text.timed_out.to_owned(),
        Error::Unavailable { status } => format!("{} (HTTP {status})", text.unavailable),
        Error::Refused { status } => format!("{} (HTTP {status})", text.refused),
        Error::NotPrometheus => text.not_prometheus.to_owned(),
        Error::Malformed => text.malformed.to_owned(),
        Error::Truncated => text.truncated.to_owned(),
        Error::TooLarge => text.too_large.to_owned(),
        Error::TooManySeries { count } => format!("{count} {}", text.too_many_series),
        Error::Api { kind, message } => format!("{kind}: {message}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys of texts that are the same in both languages.
    const SHARED: [&str; 4] = ["interval", "min", "max", "zone_browser"];

    #[test]
    fn no_text_is_empty_or_left_in_english() {
        for ((key, english), (_, swedish)) in en::MESSAGES.all().into_iter().zip(sv::MESSAGES.all()) {
            assert!(!english.trim().is_empty() && !swedish.trim().is_empty(), "{key} is empty");
            assert!(english != swedish || SHARED.contains(&key), "{key} is {english:?} in both languages: translate it in sv.rs");
            assert_eq!(english.ends_with('.'), swedish.ends_with('.'), "{key}: one is a sentence, the other is not");
        }
    }
}
