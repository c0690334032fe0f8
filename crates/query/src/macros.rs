//! The macros in expressions: `$__interval`, `$__rate_interval`, `$__range` and similar ones, with the same meaning as in Grafana.

use model::time::{Millis, SECOND, Window, format_duration};
use model::variable::Binding;
use text::search;

/// The values of the macros for one query.
///
/// `$__rate_interval` is max(step + scrape interval, 4 x scrape interval): long enough to always contain two samples, and to miss no
/// increase between two points.
pub fn bindings(window: Window, step: Millis, scrape_interval: Millis) -> Vec<Binding> {
    let rate_interval = (step + scrape_interval).max(4 * scrape_interval);
    let range_seconds = (window.length() + SECOND / 2) / SECOND;
    let values = [
        ("__interval", format_duration(step)),
        ("__interval_ms", step.to_string()),
        ("__rate_interval", format_duration(rate_interval)),
        ("__rate_interval_ms", rate_interval.to_string()),
        ("__range", format!("{range_seconds}s")),
        ("__range_s", range_seconds.to_string()),
        ("__range_ms", window.length().to_string()),
    ];
    values.into_iter().map(|(name, value)| Binding::verbatim(name, value)).collect()
}

/// Whether `template` uses a macro whose value is the length of the window.
pub fn depends_on_range(template: &str) -> bool {
    search::find(template, "__range").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::variable::interpolate;

    fn expand(template: &str, step: Millis, scrape: Millis) -> String {
        interpolate(template, &bindings(Window { start: 0, end: 3_600_400 }, step * SECOND, scrape * SECOND))
    }

    #[test]
    fn the_rate_interval_always_spans_two_scrapes() {
        assert_eq!(expand("rate(a[$__rate_interval])", 15, 15), "rate(a[1m])");
        assert_eq!(expand("rate(a[$__rate_interval])", 15, 60), "rate(a[4m])");
        assert_eq!(expand("rate(a[$__rate_interval])", 600, 30), "rate(a[630s])");
    }

    #[test]
    fn a_macro_is_not_mistaken_for_one_with_a_shorter_name() {
        assert_eq!(expand("$__interval $__interval_ms ${__range_s} $__range $__range_ms", 15, 15), "15s 15000 3600 3600s 3600400");
    }
}
