//! The values of a chart as a table, newest first.

use super::reading::{field_of, name_of, words};
use crate::model::dashboard::Panel;
use crate::model::series::Frame;
use crate::model::timestamp;
use crate::state::panel_query::{PanelQuery, Reply};
use crate::state::use_app;
use crate::view::ui::live;
use leptos::prelude::*;
use std::sync::Arc;

/// More instants than this nobody reads in a table.
const MAX_ROWS: usize = 200;
/// Nor more series.
const MAX_COLUMNS: usize = 30;

/// The values behind the chart of `panel`.
pub fn view(panel: &Arc<Panel>, query: PanelQuery) -> AnyView {
    let app = use_app();
    let panel = Arc::clone(panel);
    let tables = move || {
        let Some(loaded) = query.last.get() else { return Vec::new().collect_view() };
        let language = app.language();
        let table = |target: &crate::model::dashboard::Target, frame: &Frame| {
            let series = || frame.series.iter().take(MAX_COLUMNS);
            let heads = series().map(|series| view! { <th scope="col">{name_of(target, &series.labels, language)}</th> }).collect_view();
            let row = |index: usize| {
                let at = app.zone.with(|zone| timestamp::date_and_time(frame.grid.time(index), zone));
                let value = |values: &[f64]| values.get(index).copied().filter(|value| !value.is_nan());
                let cells = series().map(|series| view! { <td>{words(field_of(&panel, target), value(&series.values), language)}</td> }).collect_view();
                view! { <tr><th scope="row">{at}</th>{cells}</tr> }
            };
            let rows = (0..frame.grid.len).rev().take(MAX_ROWS).map(row).collect_view();
            view! { <table><thead><tr><th scope="col">{app.text().time}</th>{heads}</tr></thead><tbody>{rows}</tbody></table> }
        };
        let pairs = panel.targets.iter().zip(&loaded.data.replies);
        pairs.filter_map(|(target, reply)| if let Reply::Range(frame) = reply { Some(table(target, frame)) } else { None }).collect_view()
    };
    view! { <div class="table-box scrolls" tabindex="0" role="group" aria-label=app.text().view_as_table>{live(tables)}</div> }.into_any()
}
