//! Time series: the canvas, and over it as DOM what moves with the pointer, so that hovering never repaints the data.

use crate::state::App;
use crate::state::memo::fresh;
use crate::state::panel_query::PanelQuery;
use crate::state::rest::Arrival;
use crate::view::panel::charts::legend::legend;
use crate::view::panel::charts::plot::Plot;
use crate::view::panel::frame::board::Board;
use crate::view::rest::arrived;
use crate::view::ui::{Element, canvas_of, el, follow, text_width, use_size};
use chart::{self, Mark};
use leptos::prelude::*;
use model::dashboard::{LegendPlacement, Panel};
use model::time::Window;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Event, PointerEvent};

/// So many events wait for the code that answers to them.
const MOST_BEFORE: usize = 16;
/// A chart that is narrower has its legend below rather than beside it, CSS px.
const ROOM_FOR_TWO: f64 = 520.0;

/// A chart on the page.
pub struct Charted {
    /// The app.
    pub app: App,
    /// What it shares with the others of its dashboard.
    pub board: Board,
    /// The panel.
    pub panel: Arc<Panel>,
    /// What there is.
    pub plot: Signal<Option<Arc<Plot>>>,
    /// Where things are.
    pub scene: Signal<Option<Arc<chart::Scene>>>,
    /// The window that a hand has moved the axis to, until the data for it is there.
    pub moved: RwSignal<Option<Window>>,
    /// Which series are not shown.
    pub hidden: RwSignal<Vec<String>>,
    /// What can be pointed at.
    pub picture: Element,
    /// The room around it.
    pub place: Element,
}

/// Lets a chart be pointed at: by code of the second file, which is asked for as soon as a hand comes near.
fn on_touch(chart: Charted) {
    let app = chart.app;
    // What happened before it was there: it answers to that.
    let before = StoredValue::new_local(Vec::<Event>::new());
    let near = move |event: Event| {
        app.rest.fetch();
        if app.rest.arrival.get_untracked() != Arrival::Ready {
            before.update_value(|before| {
                before.push(event);
                before.truncate(MOST_BEFORE);
            });
        }
    };
    let left = move |event: Event| {
        // A finger that is lifted has tapped, one that was called off scrolls; a mouse that is gone wants nothing.
        let is_finger = event.dyn_ref::<PointerEvent>().is_some_and(|pointer| pointer.pointer_type() == "touch");
        if !is_finger || event.type_() == "pointercancel" {
            before.update_value(Vec::clear);
        }
    };
    let picture = chart.picture.clone().on("pointerenter", near).on("pointerdown", near).on("pointerup", near).on("keydown", near);
    let _ = picture.on("pointerleave", left).on("pointercancel", left).on("focus", move |_| app.rest.fetch());
    follow(Box::new(move || {
        if let Some(rest) = arrived(app) {
            (rest.hand)(&chart, &before.try_update_value(std::mem::take).unwrap_or_default());
        }
    }));
}

/// The chart of `panel`.
pub fn view(app: App, board: &Board, panel: &Arc<Panel>, query: PanelQuery) -> Element {
    let hidden = RwSignal::new(app.hidden.of(app.navigation, panel.id));
    let described = Arc::clone(panel);
    let plot = fresh(move || {
        query.last().map(|loaded| Arc::new(Plot::of(&described, &loaded.data, app.language(), app.theme.distinct_dashes.get())))
    });
    let plot: Signal<Option<Arc<Plot>>> = plot.into();

    let picture = el("div").class("chart-box").attr("tabindex", "0").attr("role", "img").attr("aria-label", app.text().chart_help);
    let size = use_size(&picture);
    let described = Arc::clone(panel);
    let (moved, annotations) = (RwSignal::new(None), board.annotations.clone());
    let is_rare = chart::panel_needs_rare_options(panel);
    let scene = fresh(move || {
        let (plot, size) = (plot.get()?, size.get()?);
        let mut spec = plot.spec(&described, &hidden.get(), app.language(), size);
        spec.annotations = annotations.all(app).iter().map(|held| Mark { start: held.start, end: held.end, color: held.color }).collect();
        spec.window = moved.get().unwrap_or(spec.window);
        let rare = if is_rare { arrived(app).map(|rest| rest.charts) } else { None };
        app.zone.with(|zone| chart::layout(&spec, zone, &text_width, rare)).map(Arc::new)
    });
    let scene: Signal<Option<Arc<chart::Scene>>> = scene.into();
    let picture = picture.child(canvas_of(scene, app.theme.palette));
    let place = el("div").class("chart-place").child(picture.clone());
    let (board, panel_here) = (board.clone(), Arc::clone(panel));
    let chart = Charted { app, board, panel: panel_here, plot, scene, moved, hidden, picture, place: place.clone() };
    on_touch(chart);

    let caption = el("figcaption").class("visually-hidden");
    let caption = caption.live_text(move || plot.get().map(|plot| plot.spoken(app)).unwrap_or_default());
    let figure = el("figure").class("chart");
    let width = use_size(&figure);
    let wants_right = panel.legend.placement == LegendPlacement::Right;
    let is_right = move || wants_right && width.get().is_some_and(|size| size.width >= ROOM_FOR_TWO);
    let figure = figure.live_attr("data-legend", move || is_right().then(|| "right".to_owned()));
    figure.child(place).children(legend(app, plot, hidden, panel)).child(caption)
}
