//! Time series: the canvas, and over it DOM elements that move with the pointer, so that hovering never redraws the canvas.

use crate::state::memo::fresh;
use crate::state::on_demand::{Arrival, File};
use crate::view::on_demand::{Hands, ready};
use crate::view::panel::charts::chart_handle::ChartHandle;
use crate::view::panel::charts::legend::legend;
use crate::view::panel::charts::legend_entry::LegendContext;
use crate::view::panel::charts::plot::Plot;
use crate::view::panel::frame::context::PanelContext;
use crate::view::ui::{Element, canvas_of, el, follow, text_width, use_size};
use chart::{self, Mark, RareOptions};
use leptos::prelude::*;
use model::dashboard::{LegendPlacement, TimeSeriesOptions};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Event, PointerEvent};

/// The most events that are kept until their handlers are loaded.
const MAX_PENDING_EVENTS: usize = 16;
/// A narrower chart has its legend below it, not beside it, CSS px.
const MIN_WIDTH_LEGEND_RIGHT: f64 = 520.0;

/// Attaches the pointer handlers once the file `hands` is loaded. Requests the file at the latest when a pointer enters the chart.
fn on_pointer(chart: ChartHandle) {
    let app = chart.app;
    // Events from before the file was loaded: the handlers replay them.
    let before = StoredValue::new_local(Vec::<Event>::new());
    let near = move |event: Event| {
        app.files.fetch(File::Hands);
        if !matches!(app.files.arrival(File::Hands).get_untracked(), Arrival::Ready(_)) {
            before.update_value(|before| {
                before.push(event);
                before.truncate(MAX_PENDING_EVENTS);
            });
        }
    };
    let left = move |event: Event| {
        // A lifted finger has tapped: its events stay. A cancelled touch was a scroll, and a mouse that has left needs no answer.
        let is_finger = event.dyn_ref::<PointerEvent>().is_some_and(|pointer| pointer.pointer_type() == "touch");
        if !is_finger || event.type_() == "pointercancel" {
            before.update_value(Vec::clear);
        }
    };
    let picture = chart.picture.clone().on("pointerenter", near).on("pointerdown", near).on("pointerup", near).on("keydown", near);
    let _ = picture.on("pointerleave", left).on("pointercancel", left).on("focus", move |_| app.files.fetch(File::Hands));
    follow(Box::new(move || {
        if let Some(hands) = ready::<Hands>(app) {
            (hands.pointer)(&chart, &before.try_update_value(std::mem::take).unwrap_or_default());
        }
    }));
}

/// The chart of a panel. `rare` has the code of rarely used options, if this chart needs it.
pub fn view(context: &PanelContext, options: &TimeSeriesOptions, rare: Option<&'static RareOptions>) -> Element {
    let PanelContext { app, query, .. } = *context;
    let (panel, board) = (&context.panel, &context.board);
    let hidden = RwSignal::new(app.hidden.of(app.navigation, panel.id));
    let (described, style) = (Arc::clone(panel), options.clone());
    let plot = fresh(move || {
        let loaded = query.last()?;
        Some(Arc::new(Plot::of(&described, &style, &loaded.data, app.language(), app.theme.distinct_dashes.get())))
    });
    let plot: Signal<Option<Arc<Plot>>> = plot.into();

    let picture = el("div").class("chart-box").attr("tabindex", "0").attr("role", "img").attr("aria-label", app.text().chart_help);
    let size = use_size(&picture);
    let (moved, annotations) = (RwSignal::new(None), board.annotations.clone());
    let (described, style) = (Arc::clone(panel), options.clone());
    let scene = fresh(move || {
        let (plot, size) = (plot.get()?, size.get()?);
        let mut spec = plot.spec(&described, &style, &hidden.get(), app.language(), size);
        spec.annotations = annotations.all(app).iter().map(|held| Mark { start: held.start, end: held.end, color: held.color }).collect();
        spec.window = moved.get().unwrap_or(spec.window);
        app.zone.with(|zone| chart::layout(&spec, zone, &text_width, rare)).map(Arc::new)
    });
    let scene: Signal<Option<Arc<chart::Scene>>> = scene.into();
    context.scene.set(Some(scene));
    let picture = picture.child(canvas_of(scene, app.theme.palette));
    let place = el("div").class("chart-place").child(picture.clone());
    let (panel_here, tooltip) = (Arc::clone(panel), options.tooltip);
    let board = board.clone();
    on_pointer(ChartHandle { app, board, panel: panel_here, tooltip, plot, scene, moved, hidden, picture, place: place.clone() });

    let caption = el("figcaption").class("visually-hidden");
    let caption = caption.live_text(move || plot.get().map(|plot| plot.spoken(app)).unwrap_or_default());
    let figure = el("figure").class("chart");
    let width = use_size(&figure);
    let wants_right = options.legend.placement == LegendPlacement::Right;
    let is_right = move || wants_right && width.get().is_some_and(|size| size.width >= MIN_WIDTH_LEGEND_RIGHT);
    let figure = figure.live_attr("data-legend", move || is_right().then(|| "right".to_owned()));
    let legend = legend(LegendContext { app, panel: panel.id, legend: options.legend.clone(), hidden }, plot);
    figure.child(place).children(legend).child(caption)
}
