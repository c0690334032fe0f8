//! All scrape targets, the broken ones first.

use crate::model::target::{ScrapeTarget, TargetHealth};
use crate::model::time::format_duration;
use crate::model::timestamp;
use crate::model::unit::Unit;
use crate::state::{App, clock, language, use_app};
use crate::view::controls::RefreshPicker;
use crate::view::ui::live;
use leptos::prelude::*;

/// The page of targets.
#[component]
pub fn Targets() -> impl IntoView {
    let app = use_app();
    let query = app.targets;
    let state = move || if query.last.with(Option::is_some) || query.error.with(Option::is_some) { "ready" } else { "waiting" };
    let rows = move || query.last.get().map(|loaded| loaded.data.iter().map(|target| row(app, target)).collect_view());
    let failed = move || {
        let error = query.error.get()?;
        Some(view! { <p class="notice is-red" role="alert">{language::explain(&error, app.text())}</p> })
    };
    let count = move || {
        let loaded = query.last.get()?;
        let up = loaded.data.iter().filter(|target| target.health == TargetHealth::Up).count();
        Some(format!("{up} / {} {}", loaded.data.len(), app.text().up))
    };
    let column = |name: &'static str| view! { <th scope="col">{name}</th> };
    view! {
        <main id="main" data-page="targets" data-state=Signal::derive(state)>
            <div class="toolbar">
                <div class="heading"><h1>{app.text().targets}</h1><p class="subtitle">{live(count)}</p></div>
                <div class="controls"><RefreshPicker/></div>
            </div>
            {live(failed)}
            <div class="panel table-box">
                <table class="cards targets">
                    <thead>
                        <tr>
                            {column(app.text().target)}
                            {column(app.text().state)}
                            {column(app.text().last_scrape)}
                            {column(app.text().duration)}
                            {column(app.text().interval)}
                            {column(app.text().last_error)}
                        </tr>
                    </thead>
                    <tbody>{live(rows)}</tbody>
                </table>
            </div>
        </main>
    }
}

fn row(app: App, target: &ScrapeTarget) -> AnyView {
    let (text, language) = (app.text(), app.language());
    let (name, class, symbol, words) = match target.health {
        TargetHealth::Up => ("up", "is-green", "✓", text.up),
        TargetHealth::Down => ("down", "is-red", "✕", text.down),
        TargetHealth::Unknown => ("unknown", "is-purple", "?", text.unknown),
    };
    let job = target.labels.get("job").unwrap_or(&target.pool).to_owned();
    let instance = target.labels.get("instance").unwrap_or_default().to_owned();
    let scraped = target.last_scrape.map(|at| app.zone.with(|zone| timestamp::short(at, clock::now(), zone)));
    let interval = target.interval.map(format_duration);
    let missing = || "–".to_owned();
    let key = format!("{job}/{instance}");
    view! {
        <tr data-target=key data-target-state=name>
            <th scope="row"><strong>{job}</strong> " " {instance}<span class="hint url">{target.url.clone()}</span></th>
            <td class=class data-title=text.state><span class="cell">{words}<span class="symbol" aria-hidden="true">{symbol}</span></span></td>
            <td data-title=text.last_scrape>{scraped.unwrap_or_else(missing)}</td>
            <td data-title=text.duration>{Unit::Seconds.format(target.last_duration, None, language)}</td>
            <td data-title=text.interval>{interval.unwrap_or_else(missing)}</td>
            <td class="error" data-title=text.last_error>{target.last_error.clone().unwrap_or_else(missing)}</td>
        </tr>
    }
    .into_any()
}
