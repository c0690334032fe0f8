//! All alerting rules, firing first; or one line of status, as a badge.

use crate::model::alert::AlertState;
use crate::state::{App, language, use_app};
use crate::view::controls::RefreshPicker;
use crate::view::panel::alert_rows;
use crate::view::ui::live;
use leptos::prelude::*;

/// The page of alerts.
#[component]
pub fn Alerts() -> impl IntoView {
    let app = use_app();
    let state = move || if app.rules.last.with(Option::is_some) || app.rules.error.with(Option::is_some) { "ready" } else { "waiting" };
    let as_badge = move || app.navigation.view.with(|view| view.badge && view.embed);
    view! {
        <main id="main" data-page="alerts" data-state=Signal::derive(state)>
            {live(move || if as_badge() {
                badge(app)
            } else {
                view! {
                    <div class="toolbar">
                        <div class="heading"><h1>{app.text().alerts}</h1></div>
                        <div class="controls"><RefreshPicker/></div>
                    </div>
                    {live(move || {
                        let failed = app.rules.last.with(Option::is_none).then(|| app.rules.error.get()).flatten();
                        failed.map(|error| view! { <p class="notice is-red" role="alert">{language::explain(&error, app.text())}</p> })
                    })}
                    {alert_rows(app, |_| true)}
                }
                .into_any()
            })}
        </main>
    }
}

/// One line: what fires, or that nothing does.
fn badge(app: App) -> AnyView {
    live(move || {
        let text = app.text();
        // An old answer is not a status: a badge that says "all quiet" while nobody answers would lie.
        let known = app.rules.last.get().filter(|_| app.rules.error.with(Option::is_none));
        let Some(loaded) = known else {
            return view! { <p class="notice badge is-purple"><span class="symbol" aria-hidden="true">"?"</span>{text.unknown}</p> }.into_any();
        };
        let firing: Vec<String> = loaded.data.iter().filter(|rule| rule.state == AlertState::Firing).map(|rule| rule.name.clone()).collect();
        if firing.is_empty() {
            view! { <p class="notice badge is-green"><span class="symbol" aria-hidden="true">"✓"</span>{text.nothing_fires}</p> }.into_any()
        } else {
            view! { <p class="notice badge is-red"><span class="symbol" aria-hidden="true">"✕"</span><strong>{firing.len()}</strong> " " {text.firing} ": " {firing.join(", ")}</p> }.into_any()
        }
    })
}
