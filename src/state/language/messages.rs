//! The keys of all texts of the interface.

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
    save_svg,
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
    // Errors
    dashboard_missing,
    file_failed,
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
    // Notices and series lists
    clock_wrong,
    window_short,
    series_of,
    series,
    show_all,
    show_fewer,
);
