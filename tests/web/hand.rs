//! Interaction with charts: crosshair, tooltip, gestures, legend, menu.

use super::component::{Mounted, pass, query_string, until, write};
use super::source::{Answer, Asked, Source};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlElement, HtmlTextAreaElement};

/// Two charts of three level lines, at 0, 1 and 2, and an alert whose name is markup.
const DASHBOARD: &str = r#"{
    "title": "Hand",
    "time": { "from": "1700000000000", "to": "1700003600000" },
    "annotations": [{ "name": "Alerts", "expr": "alerts", "titleFormat": "{{alertname}}", "color": "red" }],
    "panels": [
        {
            "id": 1, "title": "\"Load\" <b>", "gridPos": { "w": 24, "h": 8 }, "description": "How much.",
            "targets": [{ "expr": "lines", "legendFormat": "{{line}}" }]
        },
        {
            "id": 2, "title": "Again", "gridPos": { "w": 24, "h": 8 },
            "legend": { "displayMode": "table", "calcs": ["max", "sum"], "sortBy": "max", "sortDesc": true },
            "targets": [{ "expr": "lines", "legendFormat": "{{line}}" }]
        }
    ]
}"#;

fn answer(asked: &Asked) -> Answer {
    match asked.path.as_str() {
        "config.json" => Answer::json(r#"{ "dashboards": ["hand"] }"#),
        "dashboards/hand.json" => Answer::json(DASHBOARD),
        "api/v1/rules" => Answer::json(r#"{ "status": "success", "data": { "groups": [] } }"#),
        "api/v1/targets" => Answer::json(r#"{ "status": "success", "data": { "activeTargets": [] } }"#),
        "api/v1/query_range" if asked.expr() == "alerts" => matrix(asked, &[(r#"{"alertname":"<img src=x>"}"#, 1)]),
        "api/v1/query_range" => matrix(asked, &[(r#"{"line":"a"}"#, 0), (r#"{"line":"b"}"#, 1), (r#"{"line":"c"}"#, 2)]),
        _ => Answer::vector(&[("{}", 1.0)]),
    }
}

/// Constant series over the requested window.
fn matrix(asked: &Asked, lines: &[(&str, i32)]) -> Answer {
    let number = |name| asked.parameter(name).parse::<f64>().unwrap();
    let (start, end, step) = (number("start"), number("end"), number("step"));
    let times: Vec<f64> = (0..1_000_u32).map(|at| start + f64::from(at) * step).take_while(|time| *time <= end).collect();
    let series = |(labels, value): &(&str, i32)| {
        let values: Vec<String> = times.iter().map(|time| format!(r#"[{time},"{value}"]"#)).collect();
        format!(r#"{{"metric":{labels},"values":[{}]}}"#, values.join(","))
    };
    let all: Vec<String> = lines.iter().map(series).collect();
    Answer::json(format!(r#"{{"status":"success","data":{{"resultType":"matrix","result":[{}]}}}}"#, all.join(",")))
}

async fn dashboard() -> Mounted {
    let app = Mounted::app("d=hand");
    app.wait_for(r#"main[data-state="ready"]"#).await;
    until("both charts", || app.all("canvas[width]").len() == 2 && app.all(".legend-name").len() == 6).await;
    // Wait for the frame in which they are drawn.
    pass(50).await;
    app
}

fn panel(id: u32, part: &str) -> String {
    format!(r#"[data-panel-id="{id}"] {part}"#)
}

/// Sends an event for which our bindings have no constructor.
fn send(target: &HtmlElement, class: &str, name: &str, properties: &[(&str, JsValue)]) {
    let init = Object::new();
    for (key, value) in [("bubbles", JsValue::TRUE), ("button", 0.into()), ("pointerId", 1.into())].iter().chain(properties) {
        Reflect::set(&init, &(*key).into(), value).unwrap();
    }
    let constructor: Function = Reflect::get(&js_sys::global(), &class.into()).unwrap().unchecked_into();
    let event: Event = Reflect::construct(&constructor, &Array::of2(&name.into(), &init)).unwrap().unchecked_into();
    target.dispatch_event(&event).unwrap();
}

/// The chart of a panel, and actions on it, at fractions of its width and height.
struct Chart(HtmlElement);

impl Chart {
    fn of(app: &Mounted, id: u32) -> Self {
        Self(app.find(&panel(id, ".chart-box")).unwrap())
    }

    fn pointer(&self, name: &str, x: f64, y: f64, properties: &[(&str, JsValue)]) {
        let area = self.0.get_bounding_client_rect();
        let (x, y) = (area.left() + x * area.width(), area.top() + y * area.height());
        let place = [("clientX", x.into()), ("clientY", y.into()), ("pointerType", "mouse".into())];
        let all: Vec<_> = place.iter().chain(properties).cloned().collect();
        send(&self.0, "PointerEvent", name, &all);
    }

    fn click(&self, x: f64) {
        self.pointer("pointerdown", x, 0.5, &[]);
        self.pointer("pointerup", x, 0.5, &[]);
    }

    fn key(&self, key: &str) {
        send(&self.0, "KeyboardEvent", "keydown", &[("key", key.into())]);
    }
}

#[wasm_bindgen_test]
async fn the_crosshair_is_in_all_charts_and_the_series_at_the_pointer_comes_first() {
    let _source = Source::play(answer);
    let app = dashboard().await;
    let is_out = |id| app.find(&panel(id, ".crosshair")).unwrap().style().get_property_value("transform").unwrap().contains("-9999");
    assert!(is_out(1) && is_out(2));
    // The line at 0 is the lowest.
    Chart::of(&app, 1).pointer("pointermove", 0.5, 0.95, &[]);
    until("the tooltip", || app.texts(&panel(1, ".tooltip tbody th")) == ["a", "c", "b"]).await;
    assert!(!is_out(1) && !is_out(2));
    assert_eq!(app.texts(&panel(1, ".tooltip tbody td:last-child")), ["0", "2", "1"]);
    assert_eq!(app.texts(&panel(1, ".tooltip .is-first th")), ["a"]);
    assert_eq!(app.text(&panel(1, ".tooltip-mark")), "<img src=x>", "the name of an alert is text");
    assert!(app.find(&panel(2, ".tooltip")).is_none(), "the other charts show only the crosshair");
    assert!(app.find(r#"[role="img"] .tooltip"#).is_none(), "an element with the role img must have no text");
    Chart::of(&app, 1).pointer("pointerleave", 0.5, 2.0, &[]);
    until("nothing", || app.find(".tooltip").is_none()).await;
    assert!(is_out(1) && is_out(2));
}

#[wasm_bindgen_test]
async fn a_click_pins_the_tooltip_and_escape_its_button_or_a_second_click_unpin_it() {
    let _source = Source::play(answer);
    let app = dashboard().await;
    let chart = Chart::of(&app, 1);
    chart.click(0.5);
    let time = || app.text(&panel(1, ".tooltip.pinned .tooltip-time"));
    until("the pinned one", || !time().is_empty()).await;
    let pinned = time();
    chart.pointer("pointermove", 0.8, 0.5, &[]);
    pass(60).await;
    chart.pointer("pointerleave", 0.8, 2.0, &[]);
    assert_eq!(time(), pinned);
    chart.key("Escape");
    assert!(app.find(".tooltip").is_none());
    chart.click(0.5);
    assert!(app.find(".tooltip.pinned").is_some());
    app.find(".tooltip-close").unwrap().click();
    assert!(app.find(".tooltip.pinned").is_none());
    chart.click(0.5);
    chart.click(0.5);
    assert!(app.find(".tooltip.pinned").is_none());
    assert!(!query_string().contains("from="), "a click is no zoom");
}

#[wasm_bindgen_test]
async fn a_drag_zooms_a_shift_drag_pans_and_a_double_click_zooms_out() {
    let _source = Source::play(answer);
    let app = dashboard().await;
    let window = || {
        let query = query_string();
        let number = |key: &str| query.split(key).nth(1)?.split('&').next()?.parse::<i64>().ok();
        number("from=").zip(number("to="))
    };
    let drag = |from: f64, to: f64, shift: bool| {
        let (chart, before) = (Chart::of(&app, 1), query_string());
        let held: &[(&str, JsValue)] = &[("shiftKey", shift.into())];
        chart.pointer("pointerdown", from, 0.5, held);
        chart.pointer("pointermove", to, 0.5, held);
        assert_eq!(query_string(), before, "nothing changes before the end of the drag");
        chart.pointer("pointerup", to, 0.5, held);
    };
    let arrived = async || {
        app.wait_for(r#"main[data-state="ready"]"#).await;
        until("the new picture", || app.all(".panel[data-asking]").is_empty()).await;
        pass(50).await;
    };
    drag(0.4, 0.6, false);
    until("the zoom", || window().is_some()).await;
    let zoomed = window().unwrap();
    assert!((500_000..1_200_000).contains(&(zoomed.1 - zoomed.0)), "{zoomed:?}");
    arrived().await;
    drag(0.4, 0.6, true);
    until("the pan", || window() != Some(zoomed)).await;
    let panned = window().unwrap();
    assert!((panned.1 - panned.0 - zoomed.1 + zoomed.0).abs() <= 2, "{panned:?} is as long as {zoomed:?}");
    assert!(panned.0 < zoomed.0, "a drag to the right shows an earlier window");
    arrived().await;
    send(&Chart::of(&app, 1).0, "MouseEvent", "dblclick", &[]);
    until("the zoom out", || window() != Some(panned)).await;
    let out = window().unwrap();
    assert!((out.1 - out.0 - 2 * (panned.1 - panned.0)).abs() <= 2, "{out:?}");
}

#[wasm_bindgen_test]
async fn values_are_announced_once_the_arrow_keys_rest() {
    let _source = Source::play(answer);
    let app = dashboard().await;
    let told = || app.text(&panel(1, r#".chart-place [role="status"]"#));
    let chart = Chart::of(&app, 1);
    chart.key("End");
    chart.key("ArrowLeft");
    assert_eq!(told(), "");
    until("the words", || told().ends_with("<img src=x>. c: 2. b: 1. a: 0. ")).await;
    chart.key("Escape");
    until("an empty status", || told().is_empty()).await;
}

#[wasm_bindgen_test]
async fn a_legend_can_be_a_table_that_sorts() {
    let _source = Source::play(answer);
    let app = dashboard().await;
    let names = || app.texts(&panel(2, "tbody .legend-name"));
    let sorted = || app.attributes(&panel(2, ".legend thead th"), "aria-sort");
    assert_eq!(app.texts(&panel(2, ".legend thead th")), ["series", "max ↓", "sum"]);
    assert_eq!(names(), ["c", "b", "a"]);
    assert_eq!(sorted(), ["none", "descending", "none"]);
    app.click(&panel(2, ".legend-sort"), "max").await;
    until("the smallest first", || names() == ["a", "b", "c"]).await;
    assert_eq!(sorted(), ["none", "ascending", "none"]);
}

#[wasm_bindgen_test]
async fn hidden_series_stay_hidden_after_a_visit_to_another_page() {
    let _source = Source::play(answer);
    let app = dashboard().await;
    let pressed = |id| app.attributes(&panel(id, ".legend-entry"), "aria-pressed");
    app.click(&panel(1, ".legend-entry"), "b").await;
    until("one alone", || pressed(1) == ["false", "true", "false"]).await;
    app.click("nav a", "Alerts").await;
    app.wait_for(r#"main[data-page="alerts"]"#).await;
    app.click("nav a", "hand").await;
    until("the legends", || pressed(1).len() == 3 && pressed(2).len() == 3).await;
    assert_eq!(pressed(1), ["false", "true", "false"]);
    assert_eq!(pressed(2), ["true", "true", "true"]);
}

#[wasm_bindgen_test]
async fn the_embed_code_escapes_the_title_and_the_menu_stays_open() {
    let _source = Source::play(answer);
    let app = dashboard().await;
    app.find(&panel(1, ".panel-head button")).unwrap().click();
    app.click(&panel(1, ".layer .choice"), "Copy the code").await;
    let field: HtmlTextAreaElement = app.wait_for(&panel(1, ".copied:not([hidden])")).await.unchecked_into();
    let code = field.value();
    assert!(code.contains("panel=1&amp;") && code.contains("embed=1"), "{code}");
    assert!(code.contains(r#"title="&quot;Load&quot; &lt;b&gt;""#), "{code}");
    until("a status message", || !app.text(&panel(1, r#".copyable:has(.copied:not([hidden])) [role="status"]"#)).is_empty()).await;
    assert!(app.find(":popover-open").is_some());
}

#[wasm_bindgen_test]
async fn the_old_chart_stays_while_new_data_is_requested() {
    let _source = Source::play(|asked| match asked.parameter("start").parse::<f64>() {
        Ok(start) if start < 1_690_000_000.0 => answer(asked).after(150),
        _ => answer(asked),
    });
    let app = dashboard().await;
    assert!(app.all(".panel[data-asking]").is_empty());
    app.find(".time-button").unwrap().click();
    app.wait_for(".custom-range").await;
    let fields: Vec<HtmlElement> = app.all(".custom-range input").into_iter().map(JsCast::unchecked_into).collect();
    write(&fields[0], "2001-01-01");
    write(&fields[1], "2001-01-02");
    app.click(".custom-range button", "Apply").await;
    app.wait_for(r#".panel[data-asking][data-state="ready"] canvas"#).await;
    until("the answer", || app.all(".panel[data-asking]").is_empty()).await;
}
