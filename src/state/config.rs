//! `config.json` beside `index.html`. A missing file means the defaults; a broken one too, with a word about it.

use crate::model::locale::{Language, LocalText};
use crate::model::view_state::{Refresh, Theme, is_dashboard_id};
use gloo_net::http::Request;
use serde::Deserialize;

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
    /// Whether the file was there but could not be read.
    pub broken: bool,
}

/// A source of data.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Source {
    /// Where its API is, relative to the page.
    url: String,
    /// Where its own pages are, if they are let through.
    ui: Option<String>,
}

/// A dashboard of the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct DashboardEntry {
    /// The name of its file without `.json`.
    pub id: String,
    /// What the menu calls it.
    pub title: LocalText,
}

/// The file. Enumerations are text here so that one unknown word does not spoil the rest.
#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    title: Option<String>,
    sources: Vec<Source>,
    dashboards: Vec<Entry>,
    language: Option<String>,
    theme: Option<String>,
    refresh: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Id(String),
    Titled { id: String, title: LocalText },
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
        let text = match Request::get("config.json").send().await {
            Ok(response) if response.ok() => response.text().await.ok(),
            _ => None,
        };
        // A server that answers a missing file with a page of its own has no configuration either.
        match text.filter(|text| !text.trim_start().starts_with('<')) {
            Some(text) => Self::parse(&text),
            None => Self::from(File::default()),
        }
    }

    fn parse(text: &str) -> Self {
        match serde_json::from_str::<File>(text) {
            Ok(file) => Self::from(file),
            Err(_) => Self { broken: true, ..Self::from(File::default()) },
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

impl From<File> for Config {
    fn from(file: File) -> Self {
        let known = |id: &str| DEFAULT_DASHBOARDS.iter().find(|(known, ..)| *known == id);
        let title = |id: &str| match known(id) {
            Some((_, en, sv)) => LocalText::Each { en: (*en).to_owned(), sv: Some((*sv).to_owned()) },
            None => LocalText::Plain(id.to_owned()),
        };
        let entries = if file.dashboards.is_empty() {
            DEFAULT_DASHBOARDS.iter().map(|(id, ..)| Entry::Id((*id).to_owned())).collect()
        } else {
            file.dashboards
        };
        let entries = entries.into_iter().map(|entry| match entry {
            Entry::Id(id) => DashboardEntry { title: title(&id), id },
            Entry::Titled { id, title } => DashboardEntry { id, title },
        });
        Self {
            title: file.title,
            sources: file.sources.into_iter().filter(|source| !source.url.is_empty()).collect(),
            dashboards: entries.filter(|entry| is_dashboard_id(&entry.id)).collect(),
            language: file.language.as_deref().and_then(Language::from_tag),
            theme: file.theme.as_deref().and_then(Theme::parse),
            refresh: file.refresh.as_deref().and_then(Refresh::parse),
            broken: false,
        }
    }
}
