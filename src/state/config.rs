//! `config.json` beside `index.html`. A missing file means the defaults; a broken one too, with a word about it.

use super::early;
use gloo_net::http::Request;
use json::{self, FromJson, Value};
use model::local_text::LocalText;
use model::time::{Millis, parse_duration};
use model::view_state::{Refresh, Theme, is_dashboard_id};
use text::locale::Language;

/// What the person who copied the files here has decided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// What stands in the header; absent: Utkik.
    pub title: Option<String>,
    sources: Vec<Source>,
    /// The dashboards, in the order of the menu.
    pub dashboards: Vec<DashboardEntry>,
    /// The language for those whose browser speaks neither.
    pub language: Option<Language>,
    /// The theme where nobody has chosen.
    pub theme: Option<Theme>,
    /// How often data is asked for where neither URL nor dashboard says.
    pub refresh: Option<Refresh>,
    /// How late samples may come, ms, where that is more than what is seen of scrapes and rules.
    pub overlap: Option<Millis>,
    /// Whether the file was there but could not be read.
    pub broken: bool,
}

/// A source of data.
#[derive(Clone, Debug, PartialEq)]
struct Source {
    /// Where its API is, relative to the page.
    url: String,
    /// Where its own pages are, if they are let through.
    ui: Option<String>,
}

impl FromJson for Source {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        let url: String = value.field("url");
        (!url.is_empty()).then(|| Self { url, ui: value.field("ui") })
    }
}

/// A dashboard of the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct DashboardEntry {
    /// The name of its file without `.json`.
    pub id: String,
    /// What the menu calls it.
    pub title: LocalText,
}

impl DashboardEntry {
    /// One that Utkik brings, or one that is called as its file is.
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
    /// Asks for the file.
    pub async fn load() -> Self {
        let response = match early::take("config.json").await {
            Some(response) => Some(response),
            None => Request::get("config.json").send().await.ok(),
        };
        let bytes = match response {
            Some(response) if response.ok() => response.binary().await.ok(),
            _ => None,
        };
        // A server that answers a missing file with a page of its own has no configuration either.
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

    /// The URL of Prometheus' own pages; none where they are not let through.
    pub fn source_ui(&self) -> Option<&str> {
        self.sources.first()?.ui.as_deref()
    }

    /// What the menu calls the dashboard `id`.
    pub fn dashboard_title(&self, id: &str, language: Language) -> String {
        let entry = self.dashboards.iter().find(|entry| entry.id == id);
        entry.map_or_else(|| id.to_owned(), |entry| entry.title.get(language).to_owned())
    }
}
