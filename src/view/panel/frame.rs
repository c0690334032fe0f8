//! The frame of a panel: title, menu, and one of four states: waiting, ready, empty, failed. An old answer stays, dated.

use super::{alert_list, bar_gauge, gauge, stat, table, text, timeseries, values_table};
use crate::model::dashboard::{Panel, PanelKind};
use crate::model::timestamp;
use crate::model::view_state::ViewState;
use crate::state::panel_query::{PanelQuery, Reply, ask_panel};
use crate::state::variables::VariableState;
use crate::state::{App, clock, language, use_app};
use crate::view::controls::Link;
use crate::view::ui::{Glyph, Icon, Menu, live};
use leptos::prelude::*;
use std::sync::Arc;

/// How many panels of the page still wait for their first answer.
#[derive(Clone, Copy)]
pub struct Waiting(pub RwSignal<usize>);

/// Stats and gauges of at most so many columns are small.
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
pub fn panels(panels: &[Panel], variables: &[VariableState], alone: Option<u32>) -> AnyView {
    let shown = panels.iter().filter(|panel| alone.is_none_or(|id| panel.id == id));
    let views = shown.map(|panel| one(Arc::new(panel.clone()), variables.to_vec())).collect_view();
    view! { <div class=if alone.is_some() { "panels alone" } else { "panels" }>{views}</div> }.into_any()
}

fn one(panel: Arc<Panel>, variables: Vec<VariableState>) -> AnyView {
    match panel.kind {
        PanelKind::Text => shell(&panel, None, text::view(&panel)),
        PanelKind::AlertList => {
            let app = use_app();
            let state = Memo::new(move |_| app.rules.last.with(Option::is_some).then_some(State::Ready).unwrap_or(State::Waiting));
            shell(&panel, Some(Asked { state, query: None, as_table: RwSignal::new(false) }), alert_list::view(&panel))
        }
        _ => asking(panel, variables),
    }
}

/// What the frame of a panel with data needs to know.
struct Asked {
    state: Memo<State>,
    query: Option<PanelQuery>,
    as_table: RwSignal<bool>,
}

fn asking(panel: Arc<Panel>, variables: Vec<VariableState>) -> AnyView {
    let app = use_app();
    let query = ask_panel(app, &panel, variables);
    let state = Memo::new(move |_| match query.last.get() {
        Some(loaded) if loaded.data.replies.iter().all(Reply::is_empty) => State::Empty,
        Some(_) => State::Ready,
        None if query.error.with(Option::is_some) => State::Failed,
        None => State::Waiting,
    });
    if let Some(Waiting(waiting)) = use_context() {
        waiting.update(|count| *count += 1);
        let counted = StoredValue::new(true);
        let arrived = move || {
            if counted.try_get_value() == Some(true) {
                counted.set_value(false);
                let _ = waiting.try_update(|count| *count = count.saturating_sub(1));
            }
        };
        Effect::new(move |_| {
            if state.get() != State::Waiting {
                arrived();
            }
        });
        on_cleanup(arrived);
    }
    let as_table = RwSignal::new(false);
    let body = {
        let panel = Arc::clone(&panel);
        // A chart stays while it has data and redraws itself; the rest is built anew for each answer.
        let kept = Memo::new(move |_| matches!(state.get(), State::Ready));
        move || {
            if !kept.get() {
                return message(app, query, state);
            }
            if as_table.get() {
                return values_table::view(&panel, query);
            }
            match panel.kind {
                PanelKind::Stat => stat::view(&panel, query),
                PanelKind::Gauge => gauge::view(&panel, query),
                PanelKind::BarGauge => bar_gauge::view(&panel, query),
                PanelKind::Table => table::view(&panel, query),
                PanelKind::Timeseries | PanelKind::Text | PanelKind::AlertList => timeseries::view(&panel, query),
            }
        }
    };
    shell(&panel, Some(Asked { state, query: Some(query), as_table }), live(body))
}

fn shell(panel: &Arc<Panel>, asked: Option<Asked>, body: AnyView) -> AnyView {
    let app = use_app();
    let title = panel.title.get(app.language()).to_owned();
    let (state, query) = asked.as_ref().map_or((None, None), |asked| (Some(asked.state), asked.query));
    let stale = move || query.and_then(|query: PanelQuery| query.stale_since());
    let note = move || {
        stale().map(|since| {
            let now = clock::now();
            let at = app.zone.with(|zone| timestamp::short(since, now, zone));
            let why = query.and_then(|query| query.error.get()).map(|error| language::explain(&error, app.text()));
            view! { <span class="stale" title=why>{app.text().as_of} " " {at.clone()}</span> }
        })
    };
    let remarks = move || {
        let remarks = query.and_then(|query| query.last.get()).map(|loaded| loaded.data.remarks.clone()).unwrap_or_default();
        (!remarks.is_empty()).then(|| view! { <span class="remark" title=remarks.join("\n") role="note">"!"</span> })
    };
    // Two of these fit side by side on a phone.
    let small = (matches!(panel.kind, PanelKind::Stat | PanelKind::Gauge) && panel.grid_pos.w <= SMALL).then_some("true");
    let (columns, rows) = (panel.grid_pos.w.clamp(1, 24), panel.grid_pos.h.clamp(2, 40));
    view! {
        <section
            class="panel"
            data-panel-id=panel.id
            data-kind=panel.kind.name()
            data-state=Signal::derive(move || state.map_or("ready", |state| state.get().name()))
            data-small=small
            data-stale=Signal::derive(move || stale().is_some().then_some("true"))
            aria-label=title.clone()
            style:--w=columns.to_string()
            style:--h=rows.to_string()
        >
            <header class="panel-head">
                <h2>{title.clone()}</h2>
                {live(note)}
                {live(remarks)}
                {panel_menu(app, panel, asked)}
            </header>
            <div class="panel-body">{body}</div>
        </section>
    }
    .into_any()
}

fn panel_menu(app: App, panel: &Arc<Panel>, asked: Option<Asked>) -> AnyView {
    let panel = Arc::clone(panel);
    let asked = asked.map(|asked| (asked.query, asked.as_table));
    let items = move || {
        let view = app.navigation.view;
        let id = panel.id;
        let alone = Signal::derive(move || {
            let shown = view.get();
            ViewState { panel: if shown.panel == Some(id) { None } else { Some(id) }, ..shown }
        });
        let description = panel.description.get(app.language()).to_owned();
        let table = asked.filter(|_| panel.kind == PanelKind::Timeseries).map(|(_, as_table)| {
            view! {
                <button type="button" class="choice" on:click=move |_| as_table.update(|on| *on = !*on)>
                    {live(move || if as_table.get() { app.text().view_as_chart } else { app.text().view_as_table })}
                </button>
            }
        });
        let queries = asked.and_then(|(query, _)| query).map(|query| queries(app, query));
        view! {
            {(!description.is_empty()).then(|| view! { <p class="hint">{description}</p> })}
            <Link class="choice" to=alone>
                {live(move || if view.with(|view| view.panel == Some(id)) { app.text().view_all } else { app.text().view_alone })}
            </Link>
            {table}
            {queries}
        }
        .into_any()
    };
    view! {
        <Menu label=app.text().panel_menu class="button quiet" closes=true face=ViewFn::from(|| view! { <Icon glyph=Glyph::More/> })>
            {items()}
        </Menu>
    }
    .into_any()
}

/// The expressions as they were sent, and the way to Prometheus' own page where that is let through.
fn queries(app: App, query: PanelQuery) -> AnyView {
    let shown = move || {
        let asked = query.last.get().map(|loaded| loaded.asked.clone());
        let ui = app.config().source_ui().map(str::to_owned);
        let asks = asked.map(|asked| asked.asks).unwrap_or_default();
        let one = |expr: &str| {
            let link = ui.as_ref().map(|ui| {
                let query = form_urlencoded::Serializer::new(String::new()).append_pair("g0.expr", expr).append_pair("g0.tab", "0").finish();
                let href = format!("{}/graph?{query}", ui.trim_end_matches('/'));
                view! { <a class="choice" href=href target="_blank" rel="noopener noreferrer">{app.text().open_in_prometheus}</a> }
            });
            view! { <code class="expr">{expr.to_owned()}</code> {link} }
        };
        asks.iter().map(|ask| one(ask.expr())).collect_view()
    };
    view! { <h3 class="hint">{app.text().queries}</h3> {live(shown)} }.into_any()
}

/// What stands where the data would.
fn message(app: App, query: PanelQuery, state: Memo<State>) -> AnyView {
    let words = move || match state.get() {
        State::Failed => query.error.with(|error| error.as_ref().map(|error| language::explain(error, app.text()))),
        State::Empty => Some(app.text().no_data.to_owned()),
        State::Waiting | State::Ready => None,
    };
    view! {
        <div class="message" role="status">
            {live(move || match words() {
                Some(words) => view! { <p>{words}</p> }.into_any(),
                None => view! { <div class="skeleton" aria-label=app.text().loading></div> }.into_any(),
            })}
        </div>
    }
    .into_any()
}
