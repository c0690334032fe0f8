//! `config.json` beside `index.html`. Without the file the defaults apply. If it is broken they apply too, and [`Config::broken`] is set.

use super::early;
use gloo_net::http::Request;
use json::{self, FromJson, Value};
use model::link;
use model::local_text::LocalText;
use model::time::{Millis, parse_duration};
use model::view_state::{Refresh, Theme, is_dashboard_id};
use text::locale::Language;

/// The settings of this installation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// The title in the header; absent: Utkik.
    pub title: Option<String>,
    sources: Vec<Source>,
    /// The dashboards, in the order of the menu.
    pub dashboards: Vec<DashboardEntry>,
    /// The language for browsers that prefer no supported language.
    pub language: Option<Language>,
    /// The theme for users who have not chosen one.
    pub theme: Option<Theme>,
    /// The refresh interval if neither the URL nor the dashboard sets one.
    pub refresh: Option<Refresh>,
    /// How late samples may arrive, ms, if that is later than scrape and rule intervals suggest.
    pub overlap: Option<Millis>,
    /// Whether the file exists but could not be parsed.
    pub broken: bool,
}

/// A data source.
#[derive(Clone, Debug, PartialEq)]
struct Source {
    /// The base URL of its API, relative to the page.
    url: String,
    /// The URL of its own web UI, if the proxy lets it through.
    ui: Option<String>,
}

impl FromJson for Source {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        let url: String = value.field("url");
        (!url.is_empty()).then(|| Self { url, ui: value.field("ui") })
    }
}

/// A dashboard in the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct DashboardEntry {
    /// The name of its file without `.json`.
    pub id: String,
    /// Its title in the menu.
    pub title: LocalText,
}

impl DashboardEntry {
    /// The entry of `id`, with the built-in title if Utkik ships the dashboard, else with the id as title.
    fn of(id: &str) -> Self {
        let title = match DEFAULT_DASHBOARDS.iter().find(|(known, ..)| *known == id) {
            Some((_, en, sv)) => LocalText::Each { en: (*en).to_owned(), sv: Some((*sv).to_owned()) },
            None => LocalText::Plain(id.to_owned()),
        };
        Self { id: id.to_owned(), title }
    }
}

/// An id, or `{"id", "title"}`.
impl FromJson for DashboardEntry {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        let id = value.as_str().or_else(|| value.get("id").as_str()).filter(|id| is_dashboard_id(id))?;
        let named = Self::of(id);
        Some(Self { title: LocalText::from_json(value.get("title")).unwrap_or(named.title), ..named })
    }
}

const DEFAULT_SOURCE: &str = "../prometheus/";
const DEFAULT_DASHBOARDS: [(&str, &str, &str); 5] = [
    ("instances", "Machines", "Maskiner"),
    ("nginx", "Nginx", "Nginx"),
    ("mysql", "MySQL", "MySQL"),
    ("docker", "Docker", "Docker"),
    ("prometheus", "Prometheus", "Prometheus"),
];

impl Config {
    /// Fetches the file.
    pub async fn load() -> Self {
        let response = match early::take("config.json").await {
            Some(response) => Some(response),
            None => Request::get("config.json").send().await.ok(),
        };
        let bytes = match response {
            Some(response) if response.ok() => response.binary().await.ok(),
            _ => None,
        };
        // Some servers answer a missing file with an HTML page: then the file is missing too.
        match bytes.filter(|bytes| !bytes.trim_ascii_start().starts_with(b"<")) {
            Some(bytes) => Self::parse(&bytes),
            None => Self::read(&Value::Null),
        }
    }

    fn parse(bytes: &[u8]) -> Self {
        match json::parse(bytes) {
            Ok(file) if file.is_object() => Self::read(&file),
            _ => Self { broken: true, ..Self::read(&Value::Null) },
        }
    }

    fn read(file: &Value<'_>) -> Self {
        let mut dashboards: Vec<DashboardEntry> = file.field("dashboards");
        if dashboards.is_empty() {
            dashboards = DEFAULT_DASHBOARDS.iter().map(|(id, ..)| DashboardEntry::of(id)).collect();
        }
        let text = |key| file.get(key).as_str();
        Self {
            title: file.field("title"),
            sources: file.field("sources"),
            dashboards,
            language: text("language").and_then(Language::from_tag),
            theme: text("theme").and_then(Theme::parse),
            refresh: text("refresh").and_then(Refresh::parse),
            overlap: text("overlap").and_then(parse_duration),
            broken: false,
        }
    }

    /// The URL of the source, relative to the page.
    pub fn source_url(&self) -> &str {
        self.sources.first().map_or(DEFAULT_SOURCE, |source| &source.url)
    }

    /// The URL of Prometheus' own web UI; `None` if it is not configured.
    pub fn source_ui(&self) -> Option<&str> {
        self.sources.first()?.ui.as_deref().and_then(link::checked)
    }

    /// The title of the dashboard `id` in the menu.
    pub fn dashboard_title(&self, id: &str, language: Language) -> String {
        let entry = self.dashboards.iter().find(|entry| entry.id == id);
        entry.map_or_else(|| id.to_owned(), |entry| entry.title.get(language).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_web_ui_of_a_source_is_checked_as_links_are() {
        let cases =
            [("../prometheus/", true), ("https://prometheus.example/", true), ("javascript:alert(1)", false), ("//evil.example", false)];
        for (ui, is_allowed) in cases {
            let file = format!(r#"{{ "sources": [{{ "url": "../prometheus/", "ui": "{ui}" }}] }}"#);
            let config = Config::read(&json::parse(file.as_bytes()).unwrap());
            assert_eq!(config.source_ui(), is_allowed.then_some(ui));
        }
    }
}
