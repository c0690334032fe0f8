//! The view as the query string of one page, so that a link shows the same view in another browser.
//!
//! Query strings are attacker input: each value is checked here, and a broken one falls back to its default and is reported.

use super::time::{DAY, Millis, SECOND, TimePoint, TimeRange, format_duration, parse_duration};
use text::locale::Language;

/// The page that is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// All services.
    #[default]
    Overview,
    /// The dashboard with this id.
    Dashboard(String),
    /// All alerting rules.
    Alerts,
    /// All scrape targets.
    Targets,
}

/// How often data is refreshed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// Only when the user asks.
    Off,
    /// Once in this time, ms.
    Every(Millis),
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark text on a light background.
    Light,
    /// Light text on a dark background.
    Dark,
    /// The theme of the system.
    #[default]
    System,
}

/// The zone that times are shown in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ZoneName {
    /// The browser's.
    #[default]
    Browser,
    /// UTC.
    Utc,
    /// An IANA name such as `Europe/Stockholm`; only the browser knows whether it exists.
    Iana(String),
}

/// The view that the query string describes. `None` means that the dashboard, the configuration or the browser decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewState {
    /// `d`, `page`
    pub page: Page,
    /// `panel`: only this panel is shown.
    pub panel: Option<u32>,
    /// `from`, `to`
    pub range: Option<TimeRange>,
    /// `refresh`
    pub refresh: Option<Refresh>,
    /// `var-NAME`: the chosen values of each variable, in the order of their first appearance.
    pub variables: Vec<(String, Vec<String>)>,
    /// `tz`
    pub zone: ZoneName,
    /// `theme`
    pub theme: Option<Theme>,
    /// `lang`
    pub language: Option<Language>,
    /// `embed`: without header, footer and links to other pages.
    pub embed: bool,
    /// `badge`: with `page=alerts&embed=1`, one line of status.
    pub badge: bool,
}

/// A value of the query string that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The value of this key is invalid; the default is used.
    BrokenValue(&'static str),
    /// This page does not exist; the overview is shown.
    UnknownPage,
}

/// The maximum length of a variable's value, in bytes: label values are shorter.
const MAX_VALUE_LENGTH: usize = 1_000;
/// The maximum number of variables, and of values of each: Prometheus would not accept an expression with more.
const MAX_VALUES: usize = 200;

impl Refresh {
    /// Reads `off` or a duration from 5 s to 1 d.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "off" {
            return Some(Self::Off);
        }
        parse_duration(text).filter(|every| (5 * SECOND..=DAY).contains(every)).map(Self::Every)
    }

    /// The text that `parse` reads.
    pub fn to_text(self) -> String {
        match self {
            Self::Off => "off".into(),
            Self::Every(length) => format_duration(length),
        }
    }
}

impl Theme {
    /// All themes, with their names in the query string.
    pub const ALL: [(Self, &'static str); 3] = [(Self::System, "system"), (Self::Light, "light"), (Self::Dark, "dark")];

    /// Reads `light`, `dark` or `system`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, name)| *name == text).map(|(theme, _)| theme)
    }

    /// The text that `parse` reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl ZoneName {
    /// Reads `browser`, `utc` or what may be an IANA name.
    pub fn parse(text: &str) -> Option<Self> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '+' | '-');
        let named = |text: &str| (1..64).contains(&text.len()) && text.chars().all(is_part);
        match text {
            "browser" => Some(Self::Browser),
            "utc" | "UTC" => Some(Self::Utc),
            name => named(name).then(|| Self::Iana(name.to_owned())),
        }
    }

    /// The text in the query string.
    pub fn name(&self) -> &str {
        match self {
            Self::Browser => "browser",
            Self::Utc => "utc",
            Self::Iana(name) => name,
        }
    }
}

/// Whether `id` is a valid dashboard id: a file name without `.json` that cannot be a path.
pub fn is_dashboard_id(id: &str) -> bool {
    (1..=100).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

impl ViewState {
    /// Reads a query string, with or without its `?`. Returns the view and the values that could not be used. Unknown keys are ignored:
    /// other tools add their own.
    pub fn parse(query: &str) -> (Self, Vec<Problem>) {
        let mut state = Self::default();
        let mut problems = Vec::new();
        let (mut from, mut to) = (None, None);
        let mut dashboard = None;
        for (key, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
            let broken = match key.as_ref() {
                "d" => (!is_dashboard_id(&value)).then_some("d").or_else(|| {
                    dashboard = Some(value.into_owned());
                    None
                }),
                "page" => {
                    match value.as_ref() {
                        "alerts" => state.page = Page::Alerts,
                        "targets" => state.page = Page::Targets,
                        "overview" => state.page = Page::Overview,
                        _ => problems.push(Problem::UnknownPage),
                    }
                    None
                }
                "panel" => set(&mut state.panel, value.parse().ok(), "panel"),
                "from" => set(&mut from, TimePoint::parse(&value), "from"),
                "to" => set(&mut to, TimePoint::parse(&value), "to"),
                "refresh" => set(&mut state.refresh, Refresh::parse(&value), "refresh"),
                "tz" => ZoneName::parse(&value).map_or(Some("tz"), |zone| {
                    state.zone = zone;
                    None
                }),
                "theme" => set(&mut state.theme, Theme::parse(&value), "theme"),
                "lang" => set(&mut state.language, Language::from_tag(&value), "lang"),
                "embed" => read_flag(&mut state.embed, &value, "embed"),
                "badge" => read_flag(&mut state.badge, &value, "badge"),
                key => match key.strip_prefix("var-") {
                    Some(name) if !state.add_value(name, value.into_owned()) => Some("var-"),
                    _ => None,
                },
            };
            problems.extend(broken.map(Problem::BrokenValue));
        }
        if let Some(id) = dashboard {
            state.page = Page::Dashboard(id);
        }
        if from.is_some() || to.is_some() {
            let default = TimeRange::default();
            state.range = Some(TimeRange { from: from.unwrap_or(default.from), to: to.unwrap_or(default.to) });
        }
        (state, problems)
    }

    fn add_value(&mut self, name: &str, value: String) -> bool {
        if name.is_empty() || value.len() > MAX_VALUE_LENGTH {
            return false;
        }
        let is_full = self.variables.len() >= MAX_VALUES;
        let known = self.variables.iter_mut().find(|(known, _)| known == name);
        match known {
            Some((_, values)) if values.len() >= MAX_VALUES => return false,
            Some((_, values)) => values.push(value),
            None if is_full => return false,
            None => self.variables.push((name.to_owned(), vec![value])),
        }
        true
    }

    /// The chosen values of a variable; `None` if nothing was chosen.
    pub fn values(&self, name: &str) -> Option<&[String]> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, values)| values.as_slice())
    }

    /// Chooses values for a variable.
    pub fn set_values(&mut self, name: &str, values: Vec<String>) {
        match self.variables.iter_mut().find(|(known, _)| known == name) {
            Some((_, chosen)) => *chosen = values,
            None => self.variables.push((name.to_owned(), values)),
        }
    }

    /// The query string, with its `?` unless it is empty. Defaults are left out.
    pub fn to_query(&self) -> String {
        let mut query = form_urlencoded::Serializer::for_suffix(String::from("?"), 1);
        match &self.page {
            Page::Overview => {}
            Page::Dashboard(id) => {
                query.append_pair("d", id);
            }
            Page::Alerts => {
                query.append_pair("page", "alerts");
            }
            Page::Targets => {
                query.append_pair("page", "targets");
            }
        }
        if let Some(panel) = self.panel {
            query.append_pair("panel", &panel.to_string());
        }
        for (name, values) in &self.variables {
            for value in values {
                query.append_pair(&format!("var-{name}"), value);
            }
        }
        if let Some(range) = &self.range {
            query.append_pair("from", &range.from.to_string());
            query.append_pair("to", &range.to.to_string());
        }
        if let Some(refresh) = self.refresh {
            query.append_pair("refresh", &refresh.to_text());
        }
        if self.zone != ZoneName::Browser {
            query.append_pair("tz", self.zone.name());
        }
        if let Some(theme) = self.theme {
            query.append_pair("theme", theme.name());
        }
        if let Some(language) = self.language {
            query.append_pair("lang", language.code());
        }
        if self.embed {
            query.append_pair("embed", "1");
        }
        if self.badge {
            query.append_pair("badge", "1");
        }
        let query = query.finish();
        if query == "?" { String::new() } else { query }
    }

    /// This view on another page: time, zone, theme and language stay; panel, variables and badge are reset.
    #[must_use]
    pub fn on(&self, page: Page) -> Self {
        Self { page, panel: None, variables: Vec::new(), badge: false, ..self.clone() }
    }

    /// This view, with the time range, refresh interval, zone, theme and language of `other` where its own are not set.
    #[must_use]
    pub fn or_settings_of(self, other: &Self) -> Self {
        let zone = if self.zone == ZoneName::Browser { other.zone.clone() } else { self.zone };
        Self {
            range: self.range.or_else(|| other.range.clone()),
            refresh: self.refresh.or(other.refresh),
            theme: self.theme.or(other.theme),
            language: self.language.or(other.language),
            zone,
            ..self
        }
    }
}

fn set<T>(slot: &mut Option<T>, value: Option<T>, key: &'static str) -> Option<&'static str> {
    let broken = value.is_none().then_some(key);
    if value.is_some() {
        *slot = value;
    }
    broken
}

fn read_flag(slot: &mut bool, value: &str, key: &'static str) -> Option<&'static str> {
    *slot = value == "1" || value == "true" || value.is_empty();
    (!*slot && value != "0" && value != "false").then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(query: &str) -> ViewState {
        let (state, problems) = ViewState::parse(query);
        assert_eq!(problems, [], "{query}");
        state
    }

    #[test]
    fn everything_survives_a_round_trip() {
        let query = "?d=instances&panel=3&var-instance=app&var-instance=d%26b&from=now-6h&to=now%2Fd&refresh=30s&tz=Europe%2FStockholm&theme=dark&lang=sv&embed=1";
        let state = parse(query);
        assert_eq!(state.values("instance"), Some(&["app".to_owned(), "d&b".to_owned()][..]));
        assert_eq!(state.to_query(), query);
    }

    #[test]
    fn the_default_view_has_an_empty_query() {
        assert_eq!(ViewState::default().to_query(), "");
        assert_eq!(parse(""), ViewState::default());
        assert_eq!(parse("?utm_source=x"), ViewState::default());
    }

    #[test]
    fn broken_values_fall_back_and_are_reported() {
        let (state, problems) =
            ViewState::parse("?d=../../secret&from=yesterday&to=now&refresh=1s&panel=x&tz=a%20b&theme=pink&lang=de&page=drill&embed=maybe");
        assert_eq!(state.page, Page::Overview);
        assert_eq!(state.range, Some(TimeRange::default()));
        let broken = ["d", "from", "refresh", "panel", "tz", "theme", "lang"].map(Problem::BrokenValue);
        let expected: Vec<Problem> = broken.into_iter().chain([Problem::UnknownPage, Problem::BrokenValue("embed")]).collect();
        assert_eq!(problems, expected);
    }

    #[test]
    fn a_dashboard_id_cannot_be_a_path() {
        for id in ["", "..", "a/b", "a%2fb", "a\\b", "a.json", "a b", "å"] {
            assert!(!is_dashboard_id(id), "{id:?}");
        }
        assert!(is_dashboard_id("node-exporter_full"));
    }

    #[test]
    fn another_page_keeps_time_range_and_theme() {
        let state = parse("d=mysql&var-instance=db&from=now-2d&to=now&theme=dark&panel=2");
        assert_eq!(state.on(Page::Alerts).to_query(), "?page=alerts&from=now-2d&to=now&theme=dark");
    }

    #[test]
    fn a_view_takes_the_settings_of_another_where_its_own_are_not_set() {
        let here = parse("d=mysql&panel=2&from=now-2d&to=now&tz=utc&theme=dark&refresh=30s&var-a=b");
        assert_eq!(
            parse("d=nginx&var-c=d").or_settings_of(&here).to_query(),
            "?d=nginx&var-c=d&from=now-2d&to=now&refresh=30s&tz=utc&theme=dark"
        );
        let own = "?d=nginx&from=now-1h&to=now&refresh=1m&tz=Europe%2FOslo&theme=light&lang=sv";
        assert_eq!(parse(own).or_settings_of(&here).to_query(), own);
    }

    proptest! {
        #[test]
        fn any_query_string_is_read_and_round_trips(query in "(?s).{0,80}") {
            let (state, _) = ViewState::parse(&query);
            let (again, problems) = ViewState::parse(&state.to_query());
            prop_assert!(problems.is_empty());
            prop_assert_eq!(again, state);
        }

        #[test]
        fn any_value_of_a_variable_survives_a_round_trip(name in "[a-z_]{1,8}", values in proptest::collection::vec(".{0,20}", 1..4)) {
            let mut state = ViewState::default();
            state.set_values(&name, values.clone());
            let (again, _) = ViewState::parse(&state.to_query());
            prop_assert_eq!(again.values(&name), Some(&values[..]));
        }
    }
}
