//! The app's state as signals: URL, clock and data. Connects the pure crates to the browser's URL, clock, storage and network.
//!
//! One [`App`] holds everything and is passed down. Data flows one way: URL and clock -> window and bindings -> queries -> panels.
//! Only [`Navigation`] writes back, when the user does something.

pub mod annotations;
pub mod client;
pub mod clock;
pub mod config;
pub mod dashboard;
pub mod early;
pub mod embed;
pub mod hidden;
pub mod language;
pub mod memo;
pub mod navigation;
pub mod on_demand;
pub mod panel_query;
pub mod preference;
pub mod refresh;
pub mod source;
pub mod theme;
pub mod use_query;
pub mod variables;
pub mod zone;

use config::Config;
use language::Messages;
use leptos::prelude::*;
use memo::memo;
use model::alert::AlertRule;
use model::dashboard::Dashboard;
use model::target::ScrapeTarget;
use model::time::{MINUTE, Millis, TimeRange, Window};
use model::unit::Unit;
use model::view_state::Page;
use navigation::Navigation;
use query::{self, InstantQuery, ScrapeIntervals};
use source::{Reply, Source, SourceQuery};
use std::ops::Deref;
use text::locale::{Language, Locale};
use use_query::{Query, QueryContext, use_query};
use zone::BrowserZone;

/// How often scrape intervals are read again, ms: they change only when somebody edits `prometheus.yml`.
const TARGETS_BLOCK: Millis = 10 * MINUTE;

/// A handle to the state of the app, copied to every part of the page. The state lives as long as the page.
#[derive(Clone, Copy)]
pub struct App(&'static State);

impl Deref for App {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

/// The state of the app.
pub struct State {
    /// The settings in `config.json`.
    pub config: Config,
    /// The files that are loaded on demand.
    pub files: on_demand::Files,
    /// The data source.
    pub source: Source,
    /// The URL.
    pub navigation: Navigation,
    /// When data is requested.
    pub refresh: refresh::Refresh,
    /// The dashboard that the URL names; empty on other pages.
    pub dashboard: Query<String, Dashboard>,
    /// The chosen time range.
    pub range: Memo<TimeRange>,
    /// The chosen range, resolved at the last tick.
    pub window: Memo<Window>,
    /// The time zone in which times are shown.
    pub zone: Memo<BrowserZone>,
    /// The language of the interface. The root rebuilds the page when it changes, so that no other code has to track it.
    pub chosen_language: Memo<Language>,
    /// The theme and the palette.
    pub theme: theme::ThemeState,
    /// The series that the user has hidden.
    pub hidden: hidden::HiddenSeries,
    /// All alerting rules, worst first.
    pub rules: Query<Millis, Vec<AlertRule>>,
    /// All scrape targets, broken first.
    pub targets: Query<Millis, Vec<ScrapeTarget>>,
    /// How often each job is scraped; `None` until the source has answered or failed.
    pub scrape_intervals: Memo<Option<ScrapeIntervals>>,
    /// How late samples may arrive according to rules and configuration, ms.
    pub overlap: Memo<Millis>,
}

type Targets = Query<Millis, Vec<ScrapeTarget>>;

/// How often each job is scraped, according to the targets. Not every source with Prometheus' API says it: then samples are counted.
fn scrape_intervals(query_context: QueryContext, source: Source, targets: Targets) -> Memo<Option<ScrapeIntervals>> {
    let from_targets = memo(move || match targets.last() {
        Some(loaded) => Some(ScrapeIntervals::of(&loaded.data)),
        None => targets.has_failed().then(ScrapeIntervals::default),
    });
    let moment = move || {
        from_targets
            .with(|from_targets| from_targets.as_ref().is_some_and(ScrapeIntervals::is_empty))
            .then(|| query_context.tick.get() / TARGETS_BLOCK)
    };
    let count = move |block: Millis| async move {
        let ask = SourceQuery::Instant(InstantQuery {
            expr: query::COUNT.to_owned(),
            time: query_context.tick.get_untracked() / MINUTE * MINUTE,
        });
        let answer = source.answer(&ask, block).await?;
        Ok(match &answer.data {
            Reply::Instant(samples) => ScrapeIntervals::counted(samples),
            Reply::Range(_) => ScrapeIntervals::default(),
        })
    };
    let counted = use_query(query_context, moment, |_, _| true, count);
    memo(move || match from_targets.get() {
        Some(from_targets) if from_targets.is_empty() => {
            let known = counted.last().map(|loaded| loaded.data.clone());
            known.or_else(|| counted.has_failed().then_some(from_targets))
        }
        from_targets => from_targets,
    })
}

impl App {
    /// Sets everything up for `config`. Call once, inside the reactive root.
    pub fn start(config: Config, load: on_demand::Load) -> Self {
        let source = Source::new(config.source_url());
        let navigation = Navigation::start();
        let view = navigation.view;
        let chosen_language = language::start(navigation, config.language);
        let theme = theme::start(navigation, config.theme);
        let zone = memo(move || BrowserZone::named(view.with(|view| view.zone.clone())));

        let (tick, set_tick) = signal(clock::now());
        let query_context = QueryContext { in_flight: RwSignal::new(0), tick };
        let id = memo(move || match view.with(|view| view.page.clone()) {
            Page::Dashboard(id) => Some(id),
            _ => None,
        });
        let dashboard = dashboard::ask(query_context, Box::new(move || id.get()));
        let loaded = move || dashboard.last().filter(|loaded| Some(&loaded.asked) == id.get().as_ref());

        let configured_refresh = config.refresh;
        let interval = memo(move || {
            let of_dashboard = || loaded().and_then(|loaded| dashboard::refresh(&loaded.data));
            view.with(|view| view.refresh).or_else(of_dashboard).or(configured_refresh).unwrap_or(refresh::DEFAULT)
        });
        let refresh = refresh::Refresh::start(interval, query_context, set_tick);

        let range = memo(move || {
            let of_dashboard = || loaded().and_then(|loaded| dashboard::range(&loaded.data));
            view.with(|view| view.range.clone()).or_else(of_dashboard).unwrap_or_default()
        });
        let window = memo(move || {
            let now = refresh.now.get();
            zone.with(|zone| {
                let resolved = range.with(|range| range.resolve(now, zone));
                resolved.or_else(|| TimeRange::default().resolve(now, zone)).unwrap_or(Window { start: now - 1, end: now })
            })
        });

        let rules = {
            // Requested first, because it tells the whole page whether the source answers.
            // Its pulse has the earlier tick too: with the later one it would be requested twice after a failure.
            let query_context = QueryContext { tick: refresh.first, ..query_context };
            use_query(query_context, move || Some(refresh.first.get()), |_, _| true, move |_| source.alert_rules())
        };
        // Every panel's rate window depends on the scrape intervals: request them at once. The targets page requests them at each tick.
        let targets = {
            let moment = move || {
                let now = refresh.now.get();
                if view.with(|view| view.page == Page::Targets) { now } else { now / TARGETS_BLOCK * TARGETS_BLOCK }
            };
            use_query(query_context, move || Some(moment()), |_, _| true, move |_| source.targets())
        };
        let scrape_intervals = scrape_intervals(query_context, source, targets);
        let rule_interval = memo(move || rules.last().and_then(|loaded| loaded.data.iter().map(|rule| rule.interval).max()).unwrap_or(0));
        let configured_overlap = config.overlap.unwrap_or(0);
        let overlap = memo(move || rule_interval.get().max(configured_overlap));

        // While the source fails, it is queried less often.
        Effect::new(move |failures: Option<u32>| {
            let fails = rules.error().is_some_and(|error| error.is_outage());
            let failures = if fails { failures.unwrap_or(0) + 1 } else { 0 };
            refresh.hold(failures);
            failures
        });
        // When the clock offset changes, all windows were wrong: request everything again at once.
        Effect::new(move |from_targets: Option<()>| {
            source.ahead.track();
            if from_targets.is_some() {
                refresh.tick();
            }
        });

        Self(Box::leak(Box::new(State {
            config,
            files: on_demand::Files::new(load),
            source,
            navigation,
            refresh,
            dashboard,
            range,
            window,
            zone,
            chosen_language,
            theme,
            hidden: hidden::HiddenSeries::default(),
            rules,
            targets,
            scrape_intervals,
            overlap,
        })))
    }

    /// What all queries share, for a new query.
    pub fn query_context(self) -> QueryContext {
        QueryContext { in_flight: self.refresh.in_flight, tick: self.refresh.now }
    }

    /// The language of the interface.
    pub fn language(self) -> Language {
        self.chosen_language.get_untracked()
    }

    /// `value` as text: in the language of the interface, instants in the chosen zone.
    pub fn format(self, unit: &Unit, value: f64, decimals: Option<u8>) -> String {
        self.with_locale(|locale| unit.format(value, decimals, locale))
    }

    /// Calls `work` with the language of the interface, the chosen zone and the current time.
    pub fn with_locale<T>(self, work: impl FnOnce(Locale) -> T) -> T {
        self.zone.with(|zone| work(Locale { language: self.language(), zone, now: clock::now() }))
    }

    /// The texts of the interface, in its language.
    pub fn text(self) -> &'static Messages {
        language::messages(self.language())
    }
}
