//! All alerting rules, firing first; or one line of status, as a badge.

use crate::model::alert::AlertState;
use crate::state::{language, use_app};
use crate::view::controls::RefreshPicker;
use crate::view::panel::AlertRows;
use leptos::prelude::*;

/// The page of alerts.
#[component]
pub fn Alerts() -> impl IntoView {
    let app = use_app();
    let state = move || if app.rules.last.with(Option::is_some) || app.rules.error.with(Option::is_some) { "ready" } else { "waiting" };
    let badge = move || app.navigation.view.with(|view| view.badge && view.embed);
    view! {
        <main id="main" data-page="alerts" data-state=state>
            {move || if badge() {
                view! { <Badge/> }.into_any()
            } else {
                view! {
                    <div class="toolbar">
                        <div class="heading"><h1>{move || app.text().alerts}</h1></div>
                        <div class="controls"><RefreshPicker/></div>
                    </div>
                    {move || {
                        let failed = app.rules.last.with(Option::is_none).then(|| app.rules.error.get()).flatten();
                        failed.map(|error| view! { <p class="notice is-red" role="alert">{language::explain(&error, app.text())}</p> })
                    }}
                    <AlertRows keep=|_| true/>
                }
                .into_any()
            }}
        </main>
    }
}

/// One line: what fires, or that nothing does.
#[component]
fn Badge() -> impl IntoView {
    let app = use_app();
    move || {
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
    }
}
