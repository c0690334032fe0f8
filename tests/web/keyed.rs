//! Rows of lists keep their DOM elements: after sorting or a refresh, focus and selection are still in the same row.

use super::component::{Mounted, pass, until};
use super::page::{healthy, panel};
use super::source::{Answer, Asked, Source};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, window};

const DASHBOARD: &str = r#"{
    "title": "Keyed",
    "panels": [
        {
            "id": 1, "type": "table", "title": "Table", "joinBy": "machine", "sets": "machine", "sortBy": "Load", "sortDesc": true,
            "targets": [{ "title": "Load", "expr": "load" }]
        },
        { "id": 2, "title": "Chart", "legend": { "displayMode": "table", "calcs": ["lastNotNull"], "sortBy": "lastNotNull" },
          "targets": [{ "expr": "load", "legendFormat": "{{machine}}" }] }
    ]
}"#;

/// A source with three machines, and with one more alert after the first turn.
fn turning(turns: &Rc<Cell<u32>>) -> impl Fn(&Asked) -> Answer + use<> {
    let turns = Rc::clone(turns);
    move |asked| match (asked.path.as_str(), asked.expr().as_str()) {
        ("dashboards/keyed.json", _) => Answer::json(DASHBOARD),
        ("api/v1/query", "load") => {
            Answer::vector(&[(r#"{"machine":"a"}"#, 5.0), (r#"{"machine":"b"}"#, 1.0), (r#"{"machine":"c"}"#, 3.0)])
        }
        ("api/v1/rules", _) => {
            let state = |name: &str, value: u32| {
                format!(
                    r#"{{"name":"{name}","query":"{name} > 0","duration":0,"state":"firing","type":"alerting","labels":{{}},"annotations":{{}},
                    "alerts":[{{"labels":{{"alertname":"{name}"}},"annotations":{{"summary":"about {name}"}},"state":"firing","value":"{value}"}}]}}"#
                )
            };
            // A new one comes before the others.
            let first = if turns.get() > 0 { state("A", 1) + "," } else { String::new() };
            Answer::json(format!(
                r#"{{"status":"success","data":{{"groups":[{{"name":"g","interval":15,"rules":[{first}{},{}]}}]}}}}"#,
                state("M", turns.get()),
                state("Z", turns.get())
            ))
        }
        _ => healthy(asked),
    }
}

fn focused() -> String {
    let active = window().unwrap().document().unwrap().active_element().unwrap();
    active.closest("tr, article").unwrap().and_then(|row| row.text_content()).unwrap_or_default()
}

fn refresh(app: &Mounted, turns: &Rc<Cell<u32>>) {
    turns.set(turns.get() + 1);
    click(&app.find("[aria-label='Refresh now']").unwrap());
}

/// Clicks without moving the focus; a click of a reader would move it.
fn click(element: &HtmlElement) {
    element.dispatch_event(&web_sys::Event::new("click").unwrap()).unwrap();
}

/// The table, sorted by its numbers.
async fn table() -> (Mounted, impl Fn(&Mounted) -> Vec<String>) {
    let app = Mounted::app("d=keyed");
    let rows = |app: &Mounted| app.attributes(&panel(1, "tbody tr"), "data-row");
    // The last sort order is remembered from test to test.
    until("the rows", || rows(&app).len() == 3).await;
    (app, rows)
}

/// Another order: a heading goes through three orders, and this skips one of them.
fn sort(app: &Mounted) {
    for _ in 0..2 {
        click(&app.find(&panel(1, "th:last-child button")).unwrap());
    }
}

#[wasm_bindgen_test]
async fn a_link_of_a_table_keeps_the_focus_when_its_row_moves() {
    let _source = Source::play(turning(&Rc::default()));
    let (app, rows) = table().await;
    let link: HtmlElement = app.find(&panel(1, r#"[data-row="b"] a"#)).unwrap();
    link.focus().unwrap();
    let before = rows(&app);
    sort(&app);
    until("another order", || rows(&app) != before).await;
    assert_eq!(window().unwrap().document().unwrap().active_element(), Some(link.unchecked_into()), "the very same link");
    assert!(focused().starts_with('b'));
}

#[wasm_bindgen_test]
async fn a_selection_in_a_row_is_kept_when_the_others_move() {
    let _source = Source::play(turning(&Rc::default()));
    let (app, rows) = table().await;
    let name = app.find(&panel(1, r#"[data-row="b"] th a"#)).unwrap();
    let selection = window().unwrap().get_selection().unwrap().unwrap();
    selection.select_all_children(&name).unwrap();
    let before = rows(&app);
    sort(&app);
    until("another order", || rows(&app) != before).await;
    assert_eq!(String::from(selection.to_string()), "b");
}

#[wasm_bindgen_test]
async fn an_opened_alert_stays_open_when_another_comes_before_it() {
    let turns = Rc::new(Cell::new(0));
    let _source = Source::play(turning(&turns));
    let app = Mounted::app("page=alerts");
    let names = || app.attributes("[data-alert]", "data-alert");
    until("the alerts", || names() == ["M", "Z"]).await;
    app.find(r#"[data-alert="Z"] details"#).unwrap().set_attribute("open", "").unwrap();
    app.find(r#"[data-alert="Z"] summary"#).unwrap().focus().unwrap();
    refresh(&app, &turns);
    until("another one", || names() == ["A", "M", "Z"]).await;
    assert_eq!(app.attributes("details[open] .expr", "class").len(), 1);
    assert_eq!(app.text("details[open] .expr"), "Z > 0");
    assert!(focused().contains("Z > 0"));
}

#[wasm_bindgen_test]
async fn a_legend_keeps_its_buttons_when_it_is_sorted() {
    let turns = Rc::new(Cell::new(0));
    let _source = Source::play(turning(&turns));
    let app = Mounted::app("d=keyed");
    let names = || app.texts(&panel(2, ".legend-name"));
    until("the legend", || names().len() == 3).await;
    let button = app.find(&panel(2, "tbody tr:last-child button")).unwrap();
    button.focus().unwrap();
    let before = names();
    // By name, and then in the reverse order.
    click(&app.find(&panel(2, "thead button")).unwrap());
    click(&app.find(&panel(2, "thead button")).unwrap());
    until("another order", || names() != before).await;
    assert_eq!(window().unwrap().document().unwrap().active_element(), Some(button.unchecked_into()));
    pass(0).await;
}
