//! Time series: the canvas, and over it as DOM what moves with the pointer, so that hovering never repaints the data.

use super::legend::legend;
use super::plot::Plot;
use super::pointing::Pointing;
use super::tooltip::tooltip;
use crate::chart;
use crate::model::dashboard::Panel;
use crate::state::App;
use crate::state::memo::fresh;
use crate::state::panel_query::PanelQuery;
use crate::view::ui::{Element, canvas_of, el, text_width, use_size};
use leptos::prelude::*;
use std::sync::Arc;

/// The chart of `panel`.
pub fn view(app: App, panel: &Arc<Panel>, query: PanelQuery) -> Element {
    let hidden = RwSignal::new(Vec::<String>::new());
    let described = Arc::clone(panel);
    let plot = fresh(move || query.last().map(|loaded| Arc::new(Plot::of(&described, &loaded.data, app.language()))));
    let plot: Signal<Option<Arc<Plot>>> = plot.into();

    let frame = el("div").class("chart-box").attr("tabindex", "0").attr("role", "img").attr("aria-label", app.text().chart_help);
    let size = use_size(&frame);
    let described = Arc::clone(panel);
    let scene = fresh(move || {
        let (plot, size) = (plot.get()?, size.get()?);
        let spec = plot.spec(&described, &hidden.get(), app.language(), size);
        Some(Arc::new(app.zone.with(|zone| chart::layout(&spec, zone, &text_width))))
    });
    let scene: Signal<Option<Arc<chart::Scene>>> = scene.into();
    let pointing = Pointing::new(scene, plot);
    let field = &panel.field;
    let frame = pointing.listen(app, frame.child(canvas_of(scene, app.theme.palette))).children(tooltip(app, pointing, hidden, field));

    let spoken = field.clone();
    let caption = el("figcaption").class("visually-hidden");
    let caption = caption.live_text(move || plot.get().map(|plot| plot.spoken(app, &spoken)).unwrap_or_default());
    el("figure").class("chart").child(frame).child(legend(app, plot, hidden, field)).child(caption)
}
