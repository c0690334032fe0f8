//! The frame of a panel: title, menu, and one of four states: waiting, ready, empty, failed. An old answer stays, with its time.

use crate::state::memo::memo;
use crate::state::panel_query::{Looked, PanelQuery, ask_panel};
use crate::state::source::Reply;
use crate::state::variables::VariableState;
use crate::state::{App, clock, language};
use crate::view::on_demand::{Hands, deferred, keep_asking};
use crate::view::panel::frame::board::Board;
use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::frame::menu;
use crate::view::panel::kinds;
use crate::view::ui::{Element, el, use_visible};
use leptos::prelude::*;
use model::dashboard::{Asks, Kind, Panel};
use model::unit::Unit;
use std::rc::Rc;
use std::sync::Arc;
use text::timestamp;

/// Stats and gauges of at most this many columns are small.
const SMALL: u8 = 6;

/// The state of a panel, as in `data-state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Waiting,
    Ready,
    Empty,
    Failed,
}

impl State {
    fn of(app: App, panel: &Panel, query: PanelQuery) -> Self {
        match (panel.kind.asks(), &panel.kind) {
            (Asks::Range | Asks::Instant, _) => match query.last() {
                Some(loaded) if loaded.data.replies.iter().all(Reply::is_empty) => Self::Empty,
                Some(_) => Self::Ready,
                None if query.has_failed() => Self::Failed,
                None => Self::Waiting,
            },
            // An alert list shows the rules that are loaded for the whole page.
            (Asks::Nothing, Kind::AlertList(_)) => match (app.rules.has_answer(), app.rules.has_failed()) {
                (true, _) => Self::Ready,
                (false, true) => Self::Failed,
                (false, false) => Self::Waiting,
            },
            (Asks::Nothing, _) => Self::Ready,
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

/// All panels of a dashboard, or only the panel `alone`. Their expressions may use `variables`.
pub fn panels(app: App, board: &Board, panels: &[Panel], variables: &[VariableState], alone: Option<u32>) -> Element {
    let shown = panels.iter().filter(|panel| alone.is_none_or(|id| panel.id == id));
    let frames: Vec<_> = shown.map(|panel| panel_view(app, board, Arc::new(panel.clone()), variables)).collect();
    el("div").class(if alone.is_some() { "panels alone" } else { "panels" }).children(frames)
}

fn panel_view(app: App, board: &Board, panel: Arc<Panel>, variables: &[VariableState]) -> Element {
    let shell = shell(app, &panel);
    let looked = Looked { seen: use_visible(&shell), all_series: RwSignal::new(false) };
    // The style sheet does not animate panels out of sight.
    let shell = shell.live_attr("data-seen", move || looked.seen.get().map(|seen| seen.to_string()));
    let query = ask_panel(app, &panel, variables.to_vec(), looked);
    let as_table = RwSignal::new(false);
    let scene = Rc::default();
    let context =
        PanelContext { app, board: board.clone(), panel: Arc::clone(&panel), variables: variables.to_vec(), query, as_table, scene };
    let file = kinds::file_of(&panel);
    if let Some(file) = file {
        // Requested at the same time as the data.
        keep_asking(app, file);
    }
    let asks_nothing = panel.kind.asks() == Asks::Nothing;
    let state = memo(move || match State::of(app, &panel, query) {
        State::Ready if file.is_some_and(|file| !app.files.is_settled(file)) => State::Waiting,
        state => state,
    });
    // The page does not wait for panels out of sight, except for kinds without queries: they show data of the whole page.
    board.waiting.until(move || !asks_nothing && looked.seen.get() == Some(false) || state.get() != State::Waiting);
    let shown = context.clone();
    // A ready view stays and follows its data itself. The views of kinds without queries also show what is missing.
    let body = el("div").class("panel-body").live(move || match state.get() {
        State::Ready if as_table.get() => {
            let context = shown.clone();
            deferred(app, move |hands: &Hands| (hands.values_table)(&context))
        }
        State::Ready => kinds::view(&shown),
        _ if asks_nothing => kinds::view(&shown),
        _ => message(app, query, state),
    });
    let stale = move || if asks_nothing { app.rules.stale_since() } else { query.stale_since() };
    let can_be_stale = !matches!(context.panel.kind, Kind::Text(_));
    let frame = frame(&context, shell, body);
    let frame = if asks_nothing {
        frame
    } else {
        let cut = el("div").class("cut-place").live(move || cut_note(app, query, looked));
        frame.child(cut).live_attr("data-asking", move || query.is_asking().then(|| "true".to_owned()))
    };
    let frame = frame.live_attr("data-state", move || Some(state.get().name().to_owned()));
    frame.live_attr("data-stale", move || stale().filter(|_| can_be_stale).map(|_| "true".to_owned()))
}

/// The `section` of a panel, still empty.
fn shell(app: App, panel: &Panel) -> Element {
    let section = el("section").class("panel").attr("aria-label", panel.title.get(app.language()));
    let section = section.attr("data-panel-id", &panel.id.to_string()).attr("data-kind", panel.kind.tag());
    // Two of these fit side by side on a phone.
    let small = matches!(panel.kind, Kind::Stat(_) | Kind::Gauge(_)) && panel.grid_pos.w <= SMALL;
    let section = if small { section.attr("data-small", "true") } else { section };
    section.style("--w", &panel.grid_pos.w.clamp(1, 24).to_string()).style("--h", &panel.grid_pos.h.clamp(2, 40).to_string())
}

fn frame(context: &PanelContext, shell: Element, body: Element) -> Element {
    let PanelContext { app, query, .. } = *context;
    let head = el("header").class("panel-head").child(el("h2").text(context.panel.title.get(app.language())));
    let head = head.live(move || stale_note(app, query)).live(move || warnings(query));
    shell.child(head.children(menu::view(context))).child(body)
}

/// How many of the series are shown, and a button to show all or fewer; none if the panel shows all by default.
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

/// The time of an old answer; the title says why there is no newer one.
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

/// The message in place of the data.
fn message(app: App, query: PanelQuery, state: Memo<State>) -> Element {
    let text = app.text();
    let inside = move || match state.get() {
        State::Empty => {
            let warnings = query.last().map(|loaded| loaded.data.remarks.warnings.join(" ")).unwrap_or_default();
            el("p").text(text.no_data).text(" ").text(&warnings)
        }
        State::Failed => match query.error() {
            // The banner explains the error for the whole page.
            Some(error) if error.is_outage() && app.rules.has_failed() => el("p").class("hint").text(text.no_answer),
            error => el("p").text(&error.map(|error| language::explain(&error, text)).unwrap_or_default()),
        },
        State::Waiting | State::Ready => el("div").class("skeleton").attr("aria-label", text.loading),
    };
    el("div").class("message").attr("role", "status").live(inside)
}
