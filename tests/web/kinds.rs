//! The kinds of panels that are charts of boxes: the tooltip of a box, and the texts for readers who do not see the chart.

use super::component::{Mounted, until};
use super::source::{Answer, Asked, Source};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlElement};

const DASHBOARD: &str = r#"{
    "title": "Kinds",
    "panels": [
        {
            "id": 1, "type": "state-timeline", "title": "States", "targets": [{ "expr": "states", "legendFormat": "{{job}}" }],
            "field": { "mappings": [{ "value": 0, "text": "down", "color": "red" }, { "value": 1, "text": "<b>up</b>", "color": "green" }] }
        },
        { "id": 2, "type": "heatmap", "title": "Times", "targets": [{ "expr": "classic" }], "field": { "unit": "s" } },
        { "id": 3, "type": "heatmap", "title": "Fine times", "targets": [{ "expr": "native" }] },
        { "id": 4, "type": "stat", "title": "One time", "targets": [{ "expr": "native" }] },
        { "id": 5, "type": "piechart", "title": "Shares", "targets": [{ "expr": "shares", "legendFormat": "{{job}}" }] },
        {
            "id": 6, "type": "barchart", "title": "Groups", "joinBy": "job",
            "targets": [{ "expr": "shares", "title": "now" }, { "expr": "shares", "title": "then" }]
        }
    ]
}"#;

fn kinds(asked: &Asked) -> Answer {
    match asked.path.as_str() {
        "config.json" => Answer::json(r#"{ "dashboards": ["kinds"] }"#),
        "dashboards/kinds.json" => Answer::json(DASHBOARD),
        "api/v1/rules" => Answer::json(r#"{ "status": "success", "data": { "groups": [] } }"#),
        "api/v1/targets" => Answer::json(r#"{ "status": "success", "data": { "activeTargets": [] } }"#),
        "api/v1/query" if asked.expr() == "native" => Answer::json(
            r#"{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"histogram":
                [1700000000,{"count":"3","sum":"2","buckets":[[0,"0.5","1","3"]]}]}]}}"#,
        ),
        "api/v1/query" => {
            Answer::vector(&[(r#"{"job":"web"}"#, 30.0), (r#"{"job":"db"}"#, 60.0), (r#"{"job":"<i>mail</i>"}"#, 10.0), ("{}", -1.0)])
        }
        "api/v1/query_range" => range(asked),
        _ => Answer::html(404),
    }
}

/// Samples at the last two points of the requested window.
fn range(asked: &Asked) -> Answer {
    let number = |name| asked.parameter(name).parse::<f64>().unwrap();
    let (end, step) = (number("end"), number("step"));
    let times = [end - step, end];
    let series = |labels: &str, values: [u32; 2]| {
        let [before, last] = [0, 1].map(|index| format!(r#"[{},"{}"]"#, times[index], values[index]));
        format!(r#"{{"metric":{labels},"values":[{before},{last}]}}"#)
    };
    let all = match asked.expr().as_str() {
        "states" => [series(r#"{"job":"web"}"#, [1, 0]), series(r#"{"job":"db"}"#, [1, 1])].join(","),
        "classic" => [series(r#"{"le":"1"}"#, [4, 5]), series(r#"{"le":"+Inf"}"#, [4, 8])].join(","),
        _ => format!(r#"{{"metric":{{}},"histograms":[[{end},{{"count":"3","sum":"2","buckets":[[0,"0.5","1","3"]]}}]]}}"#),
    };
    Answer::json(format!(r#"{{"status":"success","data":{{"resultType":"matrix","result":[{all}]}}}}"#))
}

fn panel(id: u32, part: &str) -> String {
    format!(r#"[data-panel-id="{id}"] {part}"#)
}

fn press(place: &HtmlElement, key: &str) {
    let init = js_sys::Object::new();
    Reflect::set(&init, &"key".into(), &key.into()).unwrap();
    let constructor: Function = Reflect::get(&js_sys::global(), &"KeyboardEvent".into()).unwrap().unchecked_into();
    let event: JsValue = Reflect::construct(&constructor, &Array::of2(&"keydown".into(), &init)).unwrap();
    place.dispatch_event(event.unchecked_ref::<Event>()).unwrap();
}

async fn dashboard() -> Mounted {
    let app = Mounted::app("d=kinds&from=now-15m&to=now");
    app.wait_for(r#"main[data-dashboard="kinds"][data-state="ready"]"#).await;
    app
}

/// Moves through the boxes of a panel by keys, starting with none selected. Returns the tooltip of the last one.
async fn walked(app: &Mounted, id: u32, keys: &[&str]) -> String {
    let place = app.wait_for(&panel(id, ".chart-box")).await;
    press(&place, "Escape");
    until("nothing to be told", || app.find(&panel(id, ".tooltip")).is_none()).await;
    // The chart is drawn once its size is known.
    until("a box to walk to", || {
        for key in keys {
            press(&place, key);
        }
        app.find(&panel(id, ".tooltip")).is_some()
    })
    .await;
    app.text(&panel(id, ".tooltip"))
}

#[wasm_bindgen_test]
async fn keys_move_through_states_and_show_their_times() {
    let _source = Source::play(kinds);
    let app = dashboard().await;
    let told = walked(&app, 1, &["End", "ArrowDown", "End"]).await;
    assert!(told.starts_with("web") && told.contains("down") && told.contains(" – "), "{told}");
    let told = walked(&app, 1, &["ArrowLeft", "Home"]).await;
    assert!(told.starts_with("db<b>up</b>"), "markup is text: {told}");
    assert_eq!(app.texts(&panel(1, ".key li")), ["down", "<b>up</b>"]);
    let summary = app.text(&panel(1, "figcaption"));
    assert!(summary.contains("web: last down, down ") && summary.contains("db: last <b>up</b>"), "{summary}");
}

#[wasm_bindgen_test]
async fn heatmaps_show_the_count_of_each_bucket() {
    let _source = Source::play(kinds);
    let app = dashboard().await;
    assert!(walked(&app, 2, &["End", "ArrowUp"]).await.starts_with("1 s – ∞3"));
    let summary = app.text(&panel(2, "figcaption"));
    assert!(summary.contains("0 s – 1 s: 5. 1 s – ∞: 3"), "{summary}");
    let told = walked(&app, 3, &["End"]).await;
    assert!(told.starts_with("0.50 – 13"), "{told}");
    assert_eq!(app.attributes(r#"[data-panel-id="4"]"#, "data-state"), ["empty"]);
    assert!(app.text(&panel(4, ".message")).contains("histogram_quantile()"));
}

#[wasm_bindgen_test]
async fn shares_are_listed_the_largest_first_and_series_without_one_are_counted() {
    let _source = Source::play(kinds);
    let app = dashboard().await;
    app.wait_for(&panel(5, ".key li")).await;
    let entries = app.texts(&panel(5, ".key li"));
    assert_eq!(entries, ["db60, 60%", "web30, 30%", "<i>mail</i>10, 10%", "1 without a value above zero"]);
    assert_eq!(walked(&app, 5, &["Home", "ArrowRight"]).await, "web30, 30%");
    assert_eq!(walked(&app, 6, &["Home", "ArrowRight"]).await, "dbnow60then60");
    assert_eq!(app.texts(&panel(6, ".key li")), ["now", "then"]);
}
