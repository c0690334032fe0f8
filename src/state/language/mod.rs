//! The words of the interface: one file a language, [`en`] and [`sv`]. A text that one of them lacks does not compile.

mod en;
mod sv;

use super::navigation::Navigation;
use super::preference;
use crate::state::memo::memo;
use leptos::prelude::*;
use prometheus::error::Error;
use text::locale::Language;

macro_rules! messages {
    ($($key:ident),* $(,)?) => {
        /// Every text of the interface in one language.
        #[derive(Debug)]
        #[allow(missing_docs, reason = "the text itself says what it is")]
        pub struct Messages {
            $(pub $key: &'static str,)*
            /// The names of the quick time ranges, in the order of the picker.
            pub quick_ranges: [&'static str; 10],
        }

        impl Messages {
            /// Every text with its key, for the tests.
            pub fn all(&self) -> Vec<(&'static str, &'static str)> {
                let mut all = vec![$((stringify!($key), self.$key)),*];
                all.extend(self.quick_ranges.map(|text| ("quick_ranges", text)));
                all
            }
        }
    };
}

messages!(
    // Pages and navigation
    pages,
    overview,
    alerts,
    targets,
    skip,
    settings,
    language,
    theme,
    theme_system,
    theme_light,
    theme_dark,
    distinct_series,
    time_zone,
    zone_browser,
    // Time
    time_range,
    earlier,
    later,
    zoom_out,
    from,
    to,
    apply,
    range_hint,
    range_broken,
    refresh_now,
    refresh_every,
    off,
    asked_at,
    time,
    // Panels
    panel_menu,
    view_alone,
    view_all,
    view_as_table,
    view_as_chart,
    full_screen,
    copy_link,
    copy_embed,
    copied,
    copy_yourself,
    save_csv,
    save_png,
    queries,
    open_in_prometheus,
    chart_help,
    boxes_help,
    legend_help,
    last,
    min,
    max,
    change,
    first,
    mean,
    sum,
    count,
    range,
    difference,
    difference_percent,
    rise,
    deviation,
    loading,
    no_data,
    native_histogram,
    others,
    not_positive,
    no_answer,
    as_of,
    all,
    close,
    more,
    // Health and alerts
    healthy,
    up,
    down,
    unknown,
    firing,
    pending,
    inactive,
    not_scraped,
    since,
    value,
    rule,
    must_hold_for,
    nothing_fires,
    no_rules,
    all_alerts,
    not_scraped_title,
    not_scraped_hint,
    not_scraped_after,
    // Targets
    target,
    state,
    last_scrape,
    duration,
    interval,
    last_error,
    // What went wrong
    dashboard_missing,
    rest_failed,
    try_again,
    broken_value,
    unknown_page,
    broken_config,
    last_answer,
    unreachable,
    timed_out,
    unavailable,
    refused,
    not_prometheus,
    malformed,
    truncated,
    too_large,
    too_many_series,
    // What else to know
    clock_wrong,
    window_short,
    series_of,
    series,
    show_all,
    show_fewer,
);

/// The texts in `language`.
pub fn messages(language: Language) -> &'static Messages {
    match language {
        Language::En => &en::MESSAGES,
        Language::Sv => &sv::MESSAGES,
    }
}

/// Follows URL, memory, browser and configuration, in this order, and marks the document with the result.
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

/// An error in words: what is wrong, and where there is something to do, what.
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

    /// Words that are the same in both languages.
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
