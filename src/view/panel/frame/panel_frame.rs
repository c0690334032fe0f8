//! The frame of a panel: title, menu, and one of four states: waiting, ready, empty, failed. An old answer stays, dated.

use crate::state::memo::memo;
use crate::state::panel_query::{Looked, PanelQuery, ask_panel};
use crate::state::source::Reply;
use crate::state::variables::VariableState;
use crate::state::{App, clock, language};
use crate::view::panel::frame::board::Board;
use crate::view::panel::frame::menu;
use crate::view::panel::kinds::stat;
use crate::view::panel::kinds::table;
use crate::view::panel::kinds::time_series;
use crate::view::rest::{Rest, View, deferred};
use crate::view::ui::{Element, el, follow, use_visible};
use chart::panel_needs_rare_options;
use leptos::prelude::*;
use model::dashboard::{Panel, PanelKind};
use model::unit::Unit;
use std::sync::Arc;
use text::timestamp;

/// Stats and gauges of at most so many columns are small.
const SMALL: u8 = 6;

/// How many panels of the page still wait for their first answer.
#[derive(Clone, Copy)]
pub struct Waiting(RwSignal<usize>);

impl Waiting {
    /// Nobody waits yet.
    pub fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// `ready` once nobody waits any more, for `data-state`.
    pub fn state(self) -> String {
        if self.0.get() == 0 { "ready" } else { "waiting" }.to_owned()
    }

    /// Counts something as waiting as long as `has_arrived` says no and it is there.
    pub fn until(self, has_arrived: impl Fn() -> bool + 'static) {
        self.0.update(|count| *count += 1);
        let counted = StoredValue::new(true);
        let count = move |waits: bool| match counted.try_update_value(|counted| std::mem::replace(counted, waits)) {
            Some(true) if !waits => self.0.try_update(|count| *count = count.saturating_sub(1)),
            Some(false) if waits => self.0.try_update(|count| *count += 1),
            _ => None,
        };
        follow(Box::new(move || {
            count(!has_arrived());
        }));
        on_cleanup(move || {
            count(false);
        });
    }
}

/// The state of a panel, as in `data-state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Waiting,
    Ready,
    Empty,
    Failed,
}

impl State {
    fn of(query: PanelQuery) -> Self {
        match query.last() {
            Some(loaded) if loaded.data.replies.iter().all(Reply::is_empty) => Self::Empty,
            Some(_) => Self::Ready,
            None if query.has_failed() => Self::Failed,
            None => Self::Waiting,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Ready => "ready",
            Self::Empty => "empty",
            Self::Failed => "failed",
        }
    }
}

/// All panels of a dashboard, or the one to show alone. Their expressions may use `variables`.
pub fn panels(app: App, board: &Board, panels: &[Panel], variables: &[VariableState], alone: Option<u32>) -> Element {
    let shown = panels.iter().filter(|panel| alone.is_none_or(|id| panel.id == id));
    let frames: Vec<_> = shown.map(|panel| panel_view(app, board, Arc::new(panel.clone()), variables)).collect();
    el("div").class(if alone.is_some() { "panels alone" } else { "panels" }).children(frames)
}

fn panel_view(app: App, board: &Board, panel: Arc<Panel>, variables: &[VariableState]) -> Element {
    let body = el("div").class("panel-body");
    match panel.kind {
        PanelKind::Text => {
            board.waiting.until(move || app.rest.is_settled());
            let state = move || Some(if app.rest.is_settled() { State::Ready } else { State::Waiting }.name().to_owned());
            let shown = Arc::clone(&panel);
            let variables = variables.to_vec();
            let body = body.child(deferred(app, move |rest| (rest.text)(app, &shown, variables.clone())));
            frame(app, &panel, shell(app, &panel), None, body).live_attr("data-state", state)
        }
        PanelKind::AlertList => {
            board.waiting.until(move || app.rest.is_settled() && app.rules.is_settled());
            let state = move || match (app.rules.has_answer(), app.rules.has_failed()) {
                _ if !app.rest.is_settled() => State::Waiting,
                (true, _) => State::Ready,
                (false, true) => State::Failed,
                (false, false) => State::Waiting,
            };
            let stale = move || app.rules.stale_since().map(|_| "true".to_owned());
            let shown = Arc::clone(&panel);
            let body = body.child(deferred(app, move |rest| (rest.alert_list)(app, &shown)));
            let frame = frame(app, &panel, shell(app, &panel), None, body);
            frame.live_attr("data-state", move || Some(state().name().to_owned())).live_attr("data-stale", stale)
        }
        PanelKind::Stat => with_data(app, board, &panel, variables, body, Content::Here(stat::view)),
        PanelKind::Table => with_data(app, board, &panel, variables, body, Content::Table),
        PanelKind::Gauge => with_data(app, board, &panel, variables, body, Content::Rest(|rest| rest.gauge)),
        PanelKind::BarGauge => with_data(app, board, &panel, variables, body, Content::Rest(|rest| rest.bar_gauge)),
        PanelKind::StateTimeline => with_data(app, board, &panel, variables, body, Content::Rest(|rest| rest.state_timeline)),
        PanelKind::StatusHistory => with_data(app, board, &panel, variables, body, Content::Rest(|rest| rest.status_history)),
        PanelKind::Heatmap => with_data(app, board, &panel, variables, body, Content::Rest(|rest| rest.heatmap)),
        PanelKind::BarChart => with_data(app, board, &panel, variables, body, Content::Rest(|rest| rest.bar_chart)),
        PanelKind::PieChart => with_data(app, board, &panel, variables, body, Content::Rest(|rest| rest.pie_chart)),
        PanelKind::Timeseries => with_data(app, board, &panel, variables, body, Content::Charts),
    }
}

/// What draws the data of a panel: it is here, or in the second file.
#[derive(Clone, Copy)]
enum Content {
    Here(View),
    /// They share a cursor with the others of the dashboard.
    Charts,
    Rest(fn(&Rest) -> View),
    /// Its links may name variables.
    Table,
}

impl Content {
    fn view(self, app: App, board: &Board, panel: &Arc<Panel>, variables: &[VariableState], query: PanelQuery) -> Element {
        match self {
            Self::Here(view) => view(app, panel, query),
            Self::Charts => time_series::view(app, board, panel, query),
            Self::Table => table::view(app, panel, variables.to_vec(), query),
            Self::Rest(pick) => {
                let panel = Arc::clone(panel);
                deferred(app, move |rest| pick(rest)(app, &panel, query))
            }
        }
    }
}

fn with_data(app: App, board: &Board, panel: &Arc<Panel>, variables: &[VariableState], body: Element, content: Content) -> Element {
    let shell = shell(app, panel);
    let looked = Looked { seen: use_visible(&shell), all_series: RwSignal::new(false) };
    // What nobody sees need not move either.
    let shell = shell.live_attr("data-seen", move || looked.seen.get().map(|seen| seen.to_string()));
    let query = ask_panel(app, panel, variables.to_vec(), looked);
    let is_rare = match content {
        Content::Rest(_) => true,
        Content::Charts => panel_needs_rare_options(panel),
        Content::Here(_) | Content::Table => false,
    };
    if is_rare {
        // Together with the data; again at each beat, should it not come.
        follow(Box::new(move || {
            app.refresh.now.track();
            app.rest.fetch();
        }));
    }
    let state = memo(move || match State::of(query) {
        State::Ready if is_rare && !app.rest.is_settled() => State::Waiting,
        state => state,
    });
    // What nobody sees keeps nobody waiting.
    board.waiting.until(move || looked.seen.get() == Some(false) || state.get() != State::Waiting);
    let as_table = RwSignal::new(false);
    let body = {
        let (board, panel, variables) = (board.clone(), Arc::clone(panel), variables.to_vec());
        // What is ready stays and follows its data by itself.
        body.live(move || match state.get() {
            State::Ready if as_table.get() => Content::Rest(|rest| rest.values_table).view(app, &board, &panel, &variables, query),
            State::Ready => content.view(app, &board, &panel, &variables, query),
            _ => message(app, query, state),
        })
    };
    let stale = move || query.stale_since().map(|_| "true".to_owned());
    let cut = el("div").class("cut-place").live(move || cut_note(app, query, looked));
    let asking = move || query.is_asking().then(|| "true".to_owned());
    let frame = frame(app, panel, shell, Some((query, as_table)), body).child(cut).live_attr("data-asking", asking);
    frame.live_attr("data-state", move || Some(state.get().name().to_owned())).live_attr("data-stale", stale)
}

/// The room of a panel, still empty.
fn shell(app: App, panel: &Panel) -> Element {
    let section = el("section").class("panel").attr("aria-label", panel.title.get(app.language()));
    let section = section.attr("data-panel-id", &panel.id.to_string()).attr("data-kind", panel.kind.name());
    // Two of these fit side by side on a phone.
    let small = matches!(panel.kind, PanelKind::Stat | PanelKind::Gauge) && panel.grid_pos.w <= SMALL;
    let section = if small { section.attr("data-small", "true") } else { section };
    section.style("--w", &panel.grid_pos.w.clamp(1, 24).to_string()).style("--h", &panel.grid_pos.h.clamp(2, 40).to_string())
}

fn frame(app: App, panel: &Arc<Panel>, shell: Element, asked: Option<menu::Asked>, body: Element) -> Element {
    let head = el("header").class("panel-head").child(el("h2").text(panel.title.get(app.language())));
    let head = match asked {
        Some((query, _)) => head.live(move || stale_note(app, query)).live(move || warnings(query)),
        None => head,
    };
    shell.child(head.children(menu::view(app, panel, asked))).child(body)
}

/// How many of the series are shown where that is not all, and the way to see them.
fn cut_note(app: App, query: PanelQuery, looked: Looked) -> Option<Element> {
    let (text, all) = (app.text(), looked.all_series);
    let loaded = query.last()?;
    let shown: usize = loaded.data.replies.iter().map(Reply::len).sum();
    let count = |count: usize| app.format(&Unit::NONE, u32::try_from(count).map_or(f64::INFINITY, f64::from), Some(0));
    let words = match (shown < loaded.data.series, all.get()) {
        (true, _) => format!("{} {} {} {}", count(shown), text.series_of, count(loaded.data.series), text.series),
        (false, true) => format!("{} {}", count(shown), text.series),
        (false, false) => return None,
    };
    let button = el("button").class("choice").attr("type", "button").text(if all.get() { text.show_fewer } else { text.show_all });
    let button = button.on("click", move |_| all.update(|all| *all = !*all));
    Some(el("p").class("cut").text(&words).text(". ").child(button))
}

/// From when an old answer is, and why there is no newer one.
fn stale_note(app: App, query: PanelQuery) -> Option<Element> {
    let since = query.stale_since()?;
    let at = app.zone.with(|zone| timestamp::short(since, clock::now(), zone));
    let why = query.error().map(|error| language::explain(&error, app.text())).unwrap_or_default();
    Some(el("span").class("stale").attr("title", &why).text(app.text().as_of).text(" ").text(&at))
}

/// The source's warnings.
fn warnings(query: PanelQuery) -> Option<Element> {
    let loaded = query.last().filter(|loaded| !loaded.data.remarks.warnings.is_empty())?;
    Some(el("span").class("remark").attr("role", "note").attr("title", &loaded.data.remarks.warnings.join("\n")).text("!"))
}

/// What stands where the data would.
fn message(app: App, query: PanelQuery, state: Memo<State>) -> Element {
    let text = app.text();
    let inside = move || match state.get() {
        State::Empty => {
            let warnings = query.last().map(|loaded| loaded.data.remarks.warnings.join(" ")).unwrap_or_default();
            el("p").text(text.no_data).text(" ").text(&warnings)
        }
        State::Failed => match query.error() {
            // The banner tells why, once for the whole page.
            Some(error) if error.is_outage() && app.rules.has_failed() => el("p").class("hint").text(text.no_answer),
            error => el("p").text(&error.map(|error| language::explain(&error, text)).unwrap_or_default()),
        },
        State::Waiting | State::Ready => el("div").class("skeleton").attr("aria-label", text.loading),
    };
    el("div").class("message").attr("role", "status").live(inside)
}
