//! Time series: the canvas, and over it as DOM what moves with the pointer, so that hovering never repaints the data.

use super::board::Board;
use super::legend::legend;
use super::plot::Plot;
use super::pointing::Pointing;
use super::tooltip::Tooltip;
use crate::chart::{self, Mark};
use crate::model::dashboard::{LegendPlacement, Panel};
use crate::state::App;
use crate::state::memo::fresh;
use crate::state::panel_query::PanelQuery;
use crate::view::ui::{Element, canvas_of, el, text_width, use_size};
use leptos::prelude::*;
use std::sync::Arc;

/// A chart that is narrower has its legend below rather than beside it, CSS px.
const ROOM_FOR_TWO: f64 = 520.0;

/// The chart of `panel`.
pub fn view(app: App, board: &Board, panel: &Arc<Panel>, query: PanelQuery) -> Element {
    let hidden = RwSignal::new(app.hidden.of(app, panel.id));
    let described = Arc::clone(panel);
    let plot = fresh(move || {
        query.last().map(|loaded| Arc::new(Plot::of(&described, &loaded.data, app.language(), app.theme.distinct_dashes.get())))
    });
    let plot: Signal<Option<Arc<Plot>>> = plot.into();

    let picture = el("div").class("chart-box").attr("tabindex", "0").attr("role", "img").attr("aria-label", app.text().chart_help);
    let size = use_size(&picture);
    let described = Arc::clone(panel);
    let (moved, annotations) = (RwSignal::new(None), board.annotations.clone());
    let scene = fresh(move || {
        let (plot, size) = (plot.get()?, size.get()?);
        let mut spec = plot.spec(&described, &hidden.get(), app.language(), size);
        spec.annotations = annotations.all(app).iter().map(|held| Mark { start: held.start, end: held.end, color: held.color }).collect();
        spec.window = moved.get().unwrap_or(spec.window);
        Some(Arc::new(app.zone.with(|zone| chart::layout(&spec, zone, &text_width))))
    });
    let scene: Signal<Option<Arc<chart::Scene>>> = scene.into();
    let place = el("div").class("chart-place");
    let tooltip = Tooltip::new(app, panel, &board.cursor, hidden, &board.annotations, &place);
    let pointing = Pointing::new(app, panel, &board.cursor, plot, (scene, moved), tooltip);
    let place = place.child(pointing.listen(picture.child(canvas_of(scene, app.theme.palette))));

    let caption = el("figcaption").class("visually-hidden");
    let caption = caption.live_text(move || plot.get().map(|plot| plot.spoken(app)).unwrap_or_default());
    let figure = el("figure").class("chart");
    let width = use_size(&figure);
    let wants_right = panel.legend.placement == LegendPlacement::Right;
    let is_right = move || wants_right && width.get().is_some_and(|size| size.width >= ROOM_FOR_TWO);
    let figure = figure.live_attr("data-legend", move || is_right().then(|| "right".to_owned()));
    figure.child(place).children(legend(app, plot, hidden, panel)).child(caption)
}
