//! The data of a panel: interpolates its targets, queries them together and combines the replies.

use super::App;
use super::source::{Pending, Reply, SourceQuery, all};
use super::use_query::{Query, use_query};
use super::variables::{VariableState, bindings};
use leptos::prelude::*;
use model::dashboard::{Asks, Kind, Panel, Target};
use model::time::{HOUR, Millis, SECOND, Window, parse_duration};
use model::variable::interpolate;
use model::view_state::Refresh;
use prometheus::error::Error;
use prometheus::{Answer, Remarks};
use query::{self, InstantQuery, RangeQuery, ScrapeIntervals};
use std::rc::Rc;
use std::sync::Arc;

/// All replies to a panel, in the order of its targets.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelData {
    /// The window of the query.
    pub window: Window,
    /// One reply for each target.
    pub replies: Vec<Reply>,
    /// How many series the source returned. `replies` may have fewer, because their number is limited.
    pub series: usize,
    /// Warnings and infos of the source.
    pub remarks: Remarks,
}

/// The queries of a panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelRequest {
    /// The window of the queries.
    pub window: Window,
    /// One query for each target.
    pub asks: Vec<SourceQuery>,
    /// The maximum number of series to show.
    most: usize,
    /// Whether the buckets of native histograms are wanted.
    buckets: bool,
    /// The part that does not depend on the window: the expressions before macros are replaced.
    question: Vec<String>,
}

/// The query of one panel.
pub type PanelQuery = Query<PanelRequest, PanelData>;

/// The number of grid columns, which `GridPos::w` counts.
const GRID_COLUMNS: f64 = 24.0;
/// On screens narrower than this, in CSS px, each panel has the full width, as in `style/panel.css`.
const NARROW: f64 = 720.0;

/// How many series of a panel are drawn until the user asks for all: more are hard to read and slow.
const MAX_DRAWN: usize = 50;
/// How many rows of a table are shown until the user asks for all.
const MAX_ROWS: usize = 200;
/// The minimum overlap, ms: samples may arrive this late even if everything is scraped more often.
const LEAST_OVERLAP: Millis = 120 * SECOND;
/// The maximum overlap, ms: a rule group that is evaluated once a day does not make each refresh ask for a day.
const MAX_OVERLAP: Millis = HOUR;
/// Instant queries use times at most this far apart, ms, however rarely the page refreshes: an old number is no status.
const MAX_INSTANT_STEP: Millis = 10 * SECOND;

/// How a panel is viewed.
#[derive(Clone, Copy)]
pub struct Looked {
    /// Whether it is on screen; `None` until that is known.
    pub seen: RwSignal<Option<bool>>,
    /// Whether all series are shown, however many there are.
    pub all_series: RwSignal<bool>,
}

/// Queries the data of `panel` on a dashboard with these variables, as long as the panel is on screen.
pub fn ask_panel(app: App, panel: &Arc<Panel>, variables: Vec<VariableState>, looked: Looked) -> PanelQuery {
    let panel = Arc::clone(panel);
    let parameters = move || {
        if looked.seen.get() != Some(true) || panel.kind.asks() == Asks::Nothing {
            return None;
        }
        // Reads only the variables that this panel uses: a change of another one causes no query.
        let bindings = bindings(&variables, &panel.targets.iter().map(|target| target.expr.as_str()).collect::<Vec<_>>())?;
        let intervals = app.scrape_intervals.get()?;
        let window = app.window.get();
        let job = app.dashboard.last().and_then(|loaded| loaded.data.job.clone());
        let width = screen_width();
        let points = query::wanted_points(if width < NARROW { width } else { width * f64::from(panel.grid_pos.w) / GRID_COLUMNS });
        let answered = answered(app, window);
        let context = Context {
            window,
            answered,
            points,
            intervals: &intervals,
            job: job.as_deref(),
            overlap: app.overlap.get(),
            instant: instant(app, answered),
        };
        let wants_range = panel.kind.asks() == Asks::Range;
        let question: Vec<String> = panel.targets.iter().map(|target| interpolate(&target.expr, &bindings)).collect();
        let asks = panel.targets.iter().zip(&question).map(|(target, expr)| context.ask(target, expr, wants_range)).collect();
        let most = match &panel.kind {
            _ if looked.all_series.get() => usize::MAX,
            Kind::Table(_) => MAX_ROWS,
            // A missing bucket would be a hole in each column.
            Kind::Heatmap(_) => usize::MAX,
            _ => MAX_DRAWN,
        };
        Some(PanelRequest { window, asks, most, buckets: matches!(panel.kind, Kind::Heatmap(_)), question })
    };
    ask_all(app, Box::new(parameters), |app, ask| Box::pin(fetch(app, ask)))
}

/// Runs instant queries at the end of the window, without variables: for the health of a service.
pub fn ask_instants(app: App, exprs: Vec<String>) -> PanelQuery {
    let parameters = move || {
        let window = app.window.get();
        let time = instant(app, answered(app, window));
        let asks = exprs.iter().map(|expr| SourceQuery::Instant(InstantQuery { expr: expr.clone(), time })).collect();
        Some(PanelRequest { window, asks, most: MAX_ROWS, buckets: false, question: exprs.clone() })
    };
    ask_all(app, Box::new(parameters), |app, ask| Box::pin(fetch(app, ask)))
}

/// Queries the health and the numbers of a service in one request, since each request costs a round trip. If that fails they are queried
/// one by one, so that an error in one number hides only this number. An error in the health fails the whole query.
pub fn ask_service(app: App, exprs: Vec<String>) -> PanelQuery {
    let joined = query::join(&exprs);
    let parameters = move || {
        let window = app.window.get();
        let time = instant(app, answered(app, window));
        let ask = |expr: &String| SourceQuery::Instant(InstantQuery { expr: expr.clone(), time });
        let asks = std::iter::once(&joined).chain(&exprs).map(ask).collect();
        Some(PanelRequest { window, asks, most: usize::MAX, buckets: false, question: exprs.clone() })
    };
    ask_all(app, Box::new(parameters), |app, ask| Box::pin(fetch_service(app, ask)))
}

/// The first query of `ask` is all others joined into one.
async fn fetch_service(app: App, ask: PanelRequest) -> Result<PanelData, Error> {
    let now = app.refresh.now.get_untracked();
    let (joined, single) = ask.asks.split_first().ok_or(Error::Malformed)?;
    let mut data = PanelData { window: ask.window, replies: Vec::new(), series: 0, remarks: Remarks::default() };
    match app.source.answer(joined, now).await {
        Ok(answer) => {
            let Reply::Instant(samples) = &answer.data else { return Err(Error::Malformed) };
            let parts = query::split_joined(samples, single.len()).ok_or(Error::Malformed)?;
            data.replies = parts.into_iter().map(Reply::Instant).collect();
            data.remarks.add(answer.remarks.clone());
        }
        // The source is down: single queries would fail too.
        Err(error) if error.is_outage() => return Err(error),
        Err(_) => {
            for one in single {
                match app.source.answer(one, now).await {
                    Ok(answer) => data.replies.push(answer.data.clone()),
                    Err(error) if data.replies.is_empty() => return Err(error),
                    Err(_) => data.replies.push(Reply::Instant(Vec::new())),
                }
            }
        }
    }
    Ok(data)
}

/// The scrape interval, ms, if the window is shorter than two of them; else `None`.
pub fn short_window(app: App) -> Option<Millis> {
    let loaded = app.dashboard.last()?;
    let interval = app.scrape_intervals.get()?.of_expression("", loaded.data.job.as_deref());
    (app.window.get().length() < 2 * interval).then_some(interval)
}

/// The step of a panel as wide as the screen, ms.
pub fn widest_step(app: App) -> Millis {
    query::choose_step(app.window.get(), query::wanted_points(screen_width()), SECOND)
}

/// The time of an instant query. It is rounded so that all viewers use the same times and can share a cached answer.
fn instant(app: App, answered: Window) -> Millis {
    let grid = match app.refresh.interval.get() {
        Refresh::Every(length) => length.min(MAX_INSTANT_STEP),
        Refresh::Off => MAX_INSTANT_STEP,
    };
    answered.end.div_euclid(grid) * grid
}

/// The part of a window that is not in the future: "today" ends tonight, and future times would look like "no data". It grows with each
/// tick, so that such a window is queried again.
fn answered(app: App, window: Window) -> Window {
    Window { start: window.start, end: window.end.min(app.refresh.now.get()).max(window.start) }
}

/// A function that fetches the queries of a panel.
type Fetch = fn(App, PanelRequest) -> Pending<Result<PanelData, Error>>;

/// One call of `use_query` for the queries of all panels and tiles, so that its code is generated once.
fn ask_all(app: App, parameters: Box<dyn Fn() -> Option<PanelRequest>>, fetch: Fetch) -> PanelQuery {
    let same_question = |asked: &PanelRequest, now: &PanelRequest| asked.question == now.question;
    use_query(app.query_context(), parameters, same_question, move |ask| fetch(app, ask))
}

/// What all targets of a panel have in common.
struct Context<'a> {
    window: Window,
    answered: Window,
    points: u16,
    intervals: &'a ScrapeIntervals,
    job: Option<&'a str>,
    overlap: Millis,
    instant: Millis,
}

impl Context<'_> {
    /// The query of `target`. In `expr` its variables are already replaced, because the job in it decides which scrape interval the
    /// macros use.
    fn ask(&self, target: &Target, expr: &str, wants_range: bool) -> SourceQuery {
        let scrape_interval = self.intervals.of_expression(expr, self.job);
        let sampled = target.interval.as_deref().and_then(parse_duration).unwrap_or(scrape_interval).max(scrape_interval);
        let step = query::choose_step(self.window, self.points, sampled);
        let fixed = !query::depends_on_range(expr);
        let expr = interpolate(expr, &query::bindings(self.window, step, sampled));
        if wants_range {
            let fixed = fixed && query::is_fixed(&expr);
            let overlap = self.overlap.max(LEAST_OVERLAP).max(3 * sampled).min(MAX_OVERLAP);
            SourceQuery::Range(RangeQuery { expr, window: query::align(self.answered, step), step, overlap, fixed })
        } else {
            SourceQuery::Instant(InstantQuery { expr, time: self.instant })
        }
    }
}

async fn fetch(app: App, ask: PanelRequest) -> Result<PanelData, Error> {
    let now = app.refresh.now.get_untracked();
    let pending = ask.asks.iter().map(|one| app.source.answer(one, now)).collect::<Vec<Pending<_>>>();
    let answers = all(pending).await.into_iter().collect::<Result<Vec<Rc<Answer<Reply>>>, Error>>()?;
    let mut data = PanelData { window: ask.window, replies: Vec::new(), series: 0, remarks: Remarks::default() };
    let (mut left, mut targets) = (ask.most, answers.len());
    for answer in answers {
        // Each target gets an equal share of what the targets before it left.
        let share = if left == usize::MAX { left } else { left.div_ceil(targets.max(1)) };
        let reply = answer.data.first(share, ask.buckets);
        left = left.saturating_sub(reply.len());
        targets -= 1;
        let buckets = if ask.buckets { 0 } else { answer.data.buckets() };
        data.series += answer.data.len() - buckets;
        data.replies.push(reply);
        data.remarks.add(answer.remarks.clone());
        if buckets > 0 {
            data.remarks.add(Remarks { warnings: vec![app.text().native_histogram.to_owned()], infos: Vec::new() });
        }
    }
    Ok(data)
}

fn screen_width() -> f64 {
    window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(NARROW)
}
