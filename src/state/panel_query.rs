//! The data of a panel: its targets interpolated, asked together, and answered together.

use super::use_query::{Query, use_query};
use super::variables::{VariableState, bindings};
use super::{App, clock};
use crate::model::dashboard::{Panel, PanelKind, Target};
use crate::model::series::{Frame, Sample};
use crate::model::time::{Window, parse_duration};
use crate::model::variable::interpolate;
use crate::prometheus::client::Request;
use crate::prometheus::error::Error;
use crate::prometheus::{Answer, Remarks};
use crate::query::{self, InstantQuery, RangeQuery, ScrapeIntervals};
use leptos::prelude::*;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

/// What one target asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Values over time.
    Range(RangeQuery),
    /// Values at one instant.
    Instant(InstantQuery),
}

impl Ask {
    /// The expression that is sent.
    pub fn expr(&self) -> &str {
        match self {
            Self::Range(query) => &query.expr,
            Self::Instant(query) => &query.expr,
        }
    }
}

/// What one target was answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// Values over time.
    Range(Frame),
    /// Values at one instant.
    Instant(Vec<Sample>),
}

impl Reply {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Range(frame) => frame.series.is_empty(),
            Self::Instant(samples) => samples.is_empty(),
        }
    }
}

/// All replies to a panel, in the order of its targets.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelData {
    /// The window that they answer.
    pub window: Window,
    /// One reply a target.
    pub replies: Vec<Reply>,
    /// What the source remarks on them.
    pub remarks: Remarks,
}

/// What a panel asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelAsk {
    /// The window it is about.
    pub window: Window,
    /// One query a target.
    pub asks: Vec<Ask>,
    /// What is asked whatever the window: the expressions before macros.
    question: Vec<String>,
}

/// The query of one panel.
pub type PanelQuery = Query<PanelAsk, PanelData>;

/// The columns that `GridPos::w` counts.
const GRID_COLUMNS: f64 = 24.0;
/// Below this width of the screen each panel takes all of it, as `style/panel.css` says.
const NARROW: f64 = 720.0;

/// Asks for the data of `panel` on a dashboard with these variables.
pub fn ask_panel(app: App, panel: &Arc<Panel>, variables: Vec<VariableState>) -> PanelQuery {
    let panel = Arc::clone(panel);
    let parameters = move || {
        let bindings = bindings(&variables)?;
        let intervals = app.scrape_intervals.get()?;
        let window = app.window.get();
        let job = app.dashboard.last().and_then(|loaded| loaded.data.job.clone());
        let width = screen_width();
        let points = query::wanted_points(if width < NARROW { width } else { width * f64::from(panel.grid_pos.w) / GRID_COLUMNS });
        let answered = answered(app, window);
        let context = Context { window, answered, points, intervals: &intervals, job: job.as_deref() };
        let wants_range = matches!(panel.kind, PanelKind::Timeseries) || (panel.kind == PanelKind::Stat && !panel.no_sparkline);
        let question: Vec<String> = panel.targets.iter().map(|target| interpolate(&target.expr, &bindings)).collect();
        let asks = panel.targets.iter().zip(&question).map(|(target, expr)| context.ask(target, expr, wants_range)).collect();
        Some(PanelAsk { window, asks, question })
    };
    ask_all(app, Box::new(parameters))
}

/// Asks for one instant query at the end of the window, without variables: for the overview.
pub fn ask_instants(app: App, exprs: Vec<String>) -> PanelQuery {
    let parameters = move || {
        let window = app.window.get();
        let time = answered(app, window).end;
        let asks = exprs.iter().map(|expr| Ask::Instant(InstantQuery { expr: expr.clone(), time })).collect();
        Some(PanelAsk { window, asks, question: exprs.clone() })
    };
    ask_all(app, Box::new(parameters))
}

/// The part of a window that there can be answers for: "today" ends tonight, and what is to come would read as "no data". It grows with
/// each beat, so that such a window is asked again.
fn answered(app: App, window: Window) -> Window {
    Window { start: window.start, end: window.end.min(app.refresh.now.get()).max(window.start) }
}

fn ask_all(app: App, parameters: Box<dyn Fn() -> Option<PanelAsk>>) -> PanelQuery {
    let same_question = |asked: &PanelAsk, now: &PanelAsk| asked.question == now.question;
    use_query(app.pulse(), parameters, same_question, move |request, ask| fetch(app, request, ask))
}

/// What all targets of a panel have in common.
struct Context<'a> {
    window: Window,
    answered: Window,
    points: u16,
    intervals: &'a ScrapeIntervals,
    job: Option<&'a str>,
}

impl Context<'_> {
    /// What `target` asks, with its variables already replaced: the job in the expression decides which scrape interval the macros
    /// build on.
    fn ask(&self, target: &Target, expr: &str, wants_range: bool) -> Ask {
        let scrape_interval = self.intervals.of_expression(expr, self.job);
        let step = query::choose_step(self.window, self.points, scrape_interval);
        let sampled = target.interval.as_deref().and_then(parse_duration).unwrap_or(scrape_interval).max(scrape_interval);
        let expr = interpolate(expr, &query::bindings(self.window, step, sampled));
        if wants_range {
            Ask::Range(RangeQuery { expr, window: query::align(self.answered, step), step })
        } else {
            Ask::Instant(InstantQuery { expr, time: self.answered.end })
        }
    }
}

async fn fetch(app: App, request: Request, ask: PanelAsk) -> Result<PanelData, Error> {
    let client = &app.client;
    let one = |ask: Ask| -> Pending {
        let (client, request) = (client.clone(), request.clone());
        Box::pin(async move {
            let (answer, server_time) = match ask {
                Ask::Range(range) => {
                    let (Answer { data, remarks }, server_time) = client.query_range(&request, &range.expr, range.grid()).await?;
                    (Answer { data: Reply::Range(data), remarks }, server_time)
                }
                Ask::Instant(instant) => {
                    let (Answer { data, remarks }, server_time) = client.query(&request, &instant.expr, instant.time).await?;
                    (Answer { data: Reply::Instant(data), remarks }, server_time)
                }
            };
            // A clock that proves wrong makes the window wrong, too: ask again at once.
            if clock::set_server_time(server_time) {
                app.refresh.beat();
            }
            Ok(answer)
        })
    };
    let mut data = PanelData { window: ask.window, replies: Vec::new(), remarks: Remarks::default() };
    for answer in all(ask.asks.into_iter().map(one).collect()).await {
        let Answer { data: reply, remarks } = answer?;
        data.replies.push(reply);
        data.remarks.add(remarks);
    }
    Ok(data)
}

type Pending = Pin<Box<dyn Future<Output = Result<Answer<Reply>, Error>>>>;

/// Waits for all of them at once. A panel has a handful of targets: the machinery that `futures` keeps for thousands is not needed.
async fn all(mut pending: Vec<Pending>) -> Vec<Result<Answer<Reply>, Error>> {
    let mut done: Vec<Option<_>> = pending.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (future, done) in pending.iter_mut().zip(&mut done) {
            // A future that is done must not be polled again.
            if done.is_none()
                && let Poll::Ready(answer) = future.as_mut().poll(context)
            {
                *done = Some(answer);
            }
        }
        if done.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

fn screen_width() -> f64 {
    window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(NARROW)
}
