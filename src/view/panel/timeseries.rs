//! Time series: the canvas, and over it as DOM what moves with the pointer, so that hovering never repaints the data.

use super::legend::Legend;
use super::reading::{field_of, name_of, words};
use super::tooltip::Tooltip;
use crate::chart::{self, Line, Rect, Scene, Spec};
use crate::model::dashboard::{Field, Panel};
use crate::model::locale::Language;
use crate::model::series::Grid;
use crate::model::time::{Millis, Window};
use crate::state::panel_query::{PanelData, PanelQuery, Reply};
use crate::state::{App, use_app};
use crate::view::controls::zoom_to;
use crate::view::ui::{Canvas, live, text_measure, use_size};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// One series of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Plotted {
    /// What names it.
    pub name: String,
    /// Its slot in the palette.
    pub slot: usize,
    /// A limit rather than a measurement.
    pub dashed: bool,
    grid: Grid,
    values: Arc<[f64]>,
}

impl Plotted {
    /// Its value at `time`, if there is one.
    pub fn at(&self, time: Millis) -> Option<f64> {
        self.grid.index(time).and_then(|index| self.values.get(index)).copied().filter(|value| !value.is_nan())
    }

    /// Its newest value.
    pub fn last(&self) -> Option<f64> {
        self.finite().last()
    }

    fn finite(&self) -> impl Iterator<Item = f64> {
        self.values.iter().copied().filter(|value| value.is_finite())
    }
}

/// The series on screen and the window that they answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// The window.
    pub window: Window,
    /// The series.
    pub series: Vec<Plotted>,
}

/// A drag shorter than this is a click with a trembling hand, CSS px.
const SHORTEST_DRAG: f64 = 6.0;
/// More series than this in the summary for screen readers help nobody.
const SUMMARY_SERIES: usize = 20;

/// What the pointer or the keyboard points at.
#[derive(Clone, Copy)]
pub struct Pointing {
    /// The instant, moved to the nearest that has samples.
    pub time: RwSignal<Option<Millis>>,
    /// Where a drag began and where it is, CSS px from the left of the canvas.
    pub drag: RwSignal<Option<(f64, f64)>>,
}

/// The chart of `panel`.
pub fn view(panel: &Arc<Panel>, query: PanelQuery) -> AnyView {
    let app = use_app();
    let panel = Arc::clone(panel);
    let plot = {
        let panel = Arc::clone(&panel);
        Memo::new(move |_| query.last.get().map(|loaded| Arc::new(plot_of(&panel, &loaded.data, app.language()))))
    };
    let hidden = RwSignal::new(BTreeSet::<String>::new());
    let node = NodeRef::<html::Div>::new();
    let size = use_size(node);
    let scene = {
        let panel = Arc::clone(&panel);
        Memo::new(move |_| {
            let (plot, size) = (plot.get()?, size.get()?);
            let spec = spec_of(&panel, &plot, &hidden.get(), app.language(), size);
            let measure = text_measure();
            Some(Arc::new(app.zone.with(|zone| chart::layout(&spec, zone, &measure))))
        })
    };
    let pointing = Pointing { time: RwSignal::new(None), drag: RwSignal::new(None) };
    let field = panel.field.clone();
    view! {
        <figure class="chart">
            <div
                class="chart-box"
                node_ref=node
                tabindex="0"
                role="img"
                aria-label=app.text().chart_help
                on:pointermove=move |event| moved(&event, scene, plot, pointing)
                on:pointerdown=move |event| pressed(&event, scene, plot, pointing)
                on:pointerup=move |event| released(app, &event, scene, pointing)
                on:pointercancel=move |_| pointing.drag.set(None)
                on:pointerleave=move |_| pointing.time.set(None)
                on:blur=move |_| pointing.time.set(None)
                on:keydown=move |event| walked(&event, plot, pointing)
            >
                <Canvas scene=scene palette=app.theme.palette/>
                <Overlay scene=scene pointing=pointing/>
                <Tooltip scene=scene plot=plot pointing=pointing hidden=hidden field=field.clone()/>
            </div>
            <Legend plot=plot hidden=hidden field=field.clone()/>
            <figcaption class="visually-hidden">{live(move || plot.get().map(|plot| spoken(app, &plot, &field)))}</figcaption>
        </figure>
    }
    .into_any()
}

/// Crosshair and selection.
#[component]
fn Overlay(scene: Memo<Option<Arc<Scene>>>, pointing: Pointing) -> impl IntoView {
    let crosshair = move || {
        let (scene, time) = (scene.get()?, pointing.time.get()?);
        let Rect { top, bottom, .. } = scene.plot_css();
        let x = scene.x_of(time);
        Some(view! {
            <div class="crosshair" style:left=format!("{x:.1}px") style:top=format!("{top}px") style:height=format!("{}px", bottom - top)></div>
        })
    };
    let selection = move || {
        let (scene, (from, to)) = (scene.get()?, pointing.drag.get()?);
        let Rect { top, bottom, .. } = scene.plot_css();
        let (left, right) = (from.min(to), from.max(to));
        (right - left >= SHORTEST_DRAG).then(|| {
            view! {
                <div
                    class="selection"
                    style:left=format!("{left}px")
                    style:width=format!("{}px", right - left)
                    style:top=format!("{top}px")
                    style:height=format!("{}px", bottom - top)
                ></div>
            }
        })
    };
    view! { {live(crosshair)} {live(selection)} }
}

fn plot_of(panel: &Panel, data: &PanelData, language: Language) -> Plot {
    let mut series = Vec::new();
    for (target, reply) in panel.targets.iter().zip(&data.replies) {
        let Reply::Range(frame) = reply else { continue };
        for one in &frame.series {
            let name = name_of(target, &one.labels, language);
            let values = one.values.as_slice().into();
            series.push(Plotted { name, slot: series.len(), dashed: target.dashed, grid: frame.grid, values });
        }
    }
    Plot { window: data.window, series }
}

fn spec_of<'a>(panel: &Panel, plot: &'a Plot, hidden: &BTreeSet<String>, language: Language, size: chart::Size) -> Spec<'a> {
    let field = panel.targets.first().map_or(&panel.field, |target| field_of(panel, target));
    let (min, max) = (field.min, field.max);
    let line = |series: &'a Plotted| Line {
        grid: series.grid,
        values: &series.values,
        color: series.slot,
        dashed: series.dashed,
        stacked: panel.stack && !series.dashed,
    };
    Spec {
        window: plot.window,
        lines: plot.series.iter().filter(|series| !hidden.contains(&series.name)).map(line).collect(),
        fill_opacity: panel.fill_opacity,
        min,
        max,
        thresholds: if panel.show_thresholds { field.thresholds.lines(min.unwrap_or(0.0), max.unwrap_or(100.0)).collect() } else { Vec::new() },
        unit: field.unit.clone(),
        decimals: field.decimals,
        language,
        size,
    }
}

/// The chart in words: each series with its last, lowest and highest value.
fn spoken(app: App, plot: &Plot, field: &Field) -> String {
    let (text, language) = (app.text(), app.language());
    let one = |series: &Plotted| {
        let last = series.last();
        let lowest = series.finite().reduce(f64::min);
        let highest = series.finite().reduce(f64::max);
        let words = |value| words(field, value, language);
        format!("{}: {} {}, {} {}, {} {}", series.name, text.last, words(last), text.min, words(lowest), text.max, words(highest))
    };
    let told: Vec<String> = plot.series.iter().take(SUMMARY_SERIES).map(one).collect();
    told.join(". ")
}

/// Where the pointer is, CSS px from the left of the chart's box.
fn x_of(event: &PointerEvent) -> Option<f64> {
    let element: web_sys::Element = event.current_target()?.dyn_into().ok()?;
    Some(f64::from(event.client_x()) - element.get_bounding_client_rect().left())
}

/// The instant with samples that is nearest to `time`.
fn nearest(plot: &Plot, time: Millis) -> Option<Millis> {
    let candidates = plot.series.iter().filter_map(|series| series.grid.index(time).map(|index| series.grid.time(index)));
    candidates.min_by_key(|candidate| (candidate - time).abs())
}

type SharedScene = Memo<Option<Arc<Scene>>>;
type SharedPlot = Memo<Option<Arc<Plot>>>;

fn point_at(x: f64, scene: SharedScene, plot: SharedPlot, pointing: Pointing) {
    let (Some(scene), Some(plot)) = (scene.get_untracked(), plot.get_untracked()) else { return };
    let Rect { left, right, .. } = scene.plot_css();
    let inside = (left - SHORTEST_DRAG..=right + SHORTEST_DRAG).contains(&x);
    pointing.time.set(if inside { nearest(&plot, scene.time_at(x)) } else { None });
}

fn moved(event: &PointerEvent, scene: SharedScene, plot: SharedPlot, pointing: Pointing) {
    let Some(x) = x_of(event) else { return };
    point_at(x, scene, plot, pointing);
    if let Some((from, _)) = pointing.drag.get_untracked() {
        pointing.drag.set(Some((from, x)));
    }
}

fn pressed(event: &PointerEvent, scene: SharedScene, plot: SharedPlot, pointing: Pointing) {
    let Some(x) = x_of(event) else { return };
    point_at(x, scene, plot, pointing);
    // A finger scrolls the page and reads values; only a mouse or pen drags a selection.
    if event.pointer_type() == "touch" || event.button() != 0 {
        return;
    }
    if let Some(element) = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
        let _ = element.set_pointer_capture(event.pointer_id());
    }
    pointing.drag.set(Some((x, x)));
}

fn released(app: App, event: &PointerEvent, scene: SharedScene, pointing: Pointing) {
    let Some((from, _)) = pointing.drag.get_untracked() else { return };
    pointing.drag.set(None);
    let (Some(to), Some(scene)) = (x_of(event), scene.get_untracked()) else { return };
    if (to - from).abs() >= SHORTEST_DRAG {
        zoom_to(app, Window { start: scene.time_at(from.min(to)), end: scene.time_at(from.max(to)) });
    }
}

/// The arrow keys move the crosshair a point at a time, with shift ten; Home and End go to the ends, Escape leaves.
fn walked(event: &KeyboardEvent, plot: SharedPlot, pointing: Pointing) {
    let Some(plot) = plot.get_untracked() else { return };
    let Some(grid) = plot.series.first().map(|series| series.grid) else { return };
    let (first, last) = (grid.time(0), grid.time(grid.len.saturating_sub(1)));
    let stride = if event.shift_key() { 10 * grid.step } else { grid.step };
    let now = pointing.time.get_untracked();
    let time = match event.key().as_str() {
        "ArrowLeft" => now.map_or(last, |time| time - stride),
        "ArrowRight" => now.map_or(first, |time| time + stride),
        "Home" => first,
        "End" => last,
        "Escape" => {
            pointing.time.set(None);
            return;
        }
        _ => return,
    };
    event.prevent_default();
    pointing.time.set(Some(time.clamp(first, last)));
}
