//! The values of all series at the crosshair, highest first.

use super::reading::words;
use super::timeseries::{Plot, Pointing};
use crate::chart::{Rect, Scene};
use crate::model::dashboard::Field;
use crate::model::timestamp;
use crate::state::use_app;
use crate::view::ui::live;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// More lines than this do not fit beside a crosshair.
const MAX_LINES: usize = 16;

/// The tooltip of a chart.
#[component]
pub fn Tooltip(
    /// Where things are.
    scene: Memo<Option<Arc<Scene>>>,
    /// What there is.
    plot: Memo<Option<Arc<Plot>>>,
    /// What is pointed at.
    pointing: Pointing,
    /// The series that are not drawn.
    hidden: RwSignal<BTreeSet<String>>,
    /// How values read.
    field: Field,
) -> impl IntoView {
    let app = use_app();
    live(move || {
        let (scene, plot, time) = (scene.get()?, plot.get()?, pointing.time.get()?);
        let language = app.language();
        let hidden = hidden.get();
        let shown = plot.series.iter().filter(|series| !hidden.contains(&series.name));
        let mut values: Vec<_> = shown.filter_map(|series| Some((series, series.at(time)?))).collect();
        values.sort_by(|a, b| b.1.total_cmp(&a.1));
        let more = values.len().saturating_sub(MAX_LINES);
        let lines = values.into_iter().take(MAX_LINES).map(|(series, value)| {
            view! {
                <tr>
                    <td><span class=swatch(series.slot)></span></td>
                    <th scope="row">{series.name.clone()}</th>
                    <td>{words(&field, Some(value), language)}</td>
                </tr>
            }
        });
        let lines = lines.collect_view();
        let Rect { left, right, top, .. } = scene.plot_css();
        let x = scene.x_of(time);
        // On the side of the crosshair where there is more room.
        let on_left = x - left > right - x;
        let (from_left, from_right) = if on_left { ("auto".to_owned(), format!("{:.0}px", scene.size.width - x + 12.0)) } else { (format!("{:.0}px", x + 12.0), "auto".to_owned()) };
        Some(view! {
            <div class="tooltip" role="status" style:left=from_left style:right=from_right style:top=format!("{top:.0}px")>
                <p class="tooltip-time">{app.zone.with(|zone| timestamp::date_and_time(time, zone))}</p>
                <table><tbody>{lines}</tbody></table>
                {(more > 0).then(|| view! { <p class="hint">{format!("+ {more}")}</p> })}
            </div>
        })
    })
}

/// The class of the mark in the colour of a series.
pub fn swatch(slot: usize) -> String {
    format!("swatch series-{}", slot % 10 + 1)
}
