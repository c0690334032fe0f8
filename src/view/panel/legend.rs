//! The legend: what each colour is, with its newest value. A click shows one series alone, with Ctrl it hides or shows one.

use super::reading::words;
use super::timeseries::{Plot, Plotted};
use super::tooltip::swatch;
use crate::model::dashboard::Field;
use crate::state::use_app;
use crate::view::ui::live;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Beyond this many entries a legend is longer than anybody reads.
const MAX_ENTRIES: usize = 60;

/// The legend of a chart.
#[component]
pub fn Legend(
    /// What there is.
    plot: Memo<Option<Arc<Plot>>>,
    /// The series that are not drawn.
    hidden: RwSignal<BTreeSet<String>>,
    /// How values read.
    field: Field,
) -> impl IntoView {
    let app = use_app();
    let entries = move || {
        let Some(plot) = plot.get() else { return Vec::new().collect_view() };
        let entry = |series: &Plotted| {
            let (name, shown) = (series.name.clone(), !hidden.with(|hidden| hidden.contains(&series.name)));
            let value = words(&field, series.at(plot.window.end).or_else(|| series.last()), app.language());
            let all = Arc::clone(&plot);
            let choose = {
                let name = name.clone();
                move |event: MouseEvent| hidden.update(|hidden| choose(hidden, &all, &name, event.ctrl_key() || event.meta_key()))
            };
            view! {
                <li>
                    <button type="button" class="legend-entry" aria-pressed=shown.to_string() title=name.clone() on:click=choose>
                        <span class=swatch(series.slot) class:dashed=series.dashed></span>
                        <span class="legend-name">{name.clone()}</span>
                        <span class="legend-value">{value}</span>
                    </button>
                </li>
            }
        };
        plot.series.iter().take(MAX_ENTRIES).map(entry).collect_view()
    };
    view! { <ul class="legend" aria-label=app.text().legend_help>{live(entries)}</ul> }
}

/// Shows `name` alone, or all again if it is alone already; with `toggle` only hides or shows it.
fn choose(hidden: &mut BTreeSet<String>, plot: &Plot, name: &str, toggle: bool) {
    if toggle {
        if !hidden.remove(name) {
            hidden.insert(name.to_owned());
        }
        return;
    }
    let others: BTreeSet<String> = plot.series.iter().filter(|series| series.name != name).map(|series| series.name.clone()).collect();
    *hidden = if *hidden == others { BTreeSet::new() } else { others };
}
