//! Components, as parts of the whole app on a dashboard that only the test has.

use super::component::{Mounted, pass, query_string, until, write};
use super::source::{Answer, Asked, Source};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

/// A dashboard with one panel of each kind that the tests look at.
const DASHBOARD: &str = r#"{
    "title": "Test",
    "service": { "health": "health", "scrape": "- job_name: zebra", "exporter": "Run the zebra exporter." },
    "panels": [
        {
            "id": 1, "type": "stat", "title": "Memory", "gridPos": { "w": 6, "h": 3 }, "graphMode": "none",
            "targets": [{ "expr": "memory" }],
            "field": { "unit": "bytes", "thresholds": { "steps": [{ "value": null, "color": "green" }, { "value": 1000, "color": "red" }] } }
        },
        {
            "id": 2, "type": "table", "title": "Machines", "gridPos": { "w": 24, "h": 6 }, "joinBy": "machine", "sets": "machine",
            "targets": [
                {
                    "title": "State", "expr": "state",
                    "field": { "mappings": [{ "value": 1, "text": "up", "color": "green" }, { "value": 0, "text": "down", "color": "red" }] }
                },
                { "title": "CPU", "expr": "cpu", "field": { "unit": "percentunit" } }
            ]
        },
        {
            "id": 3, "type": "timeseries", "title": "Load", "gridPos": { "w": 24, "h": 8 },
            "targets": [{ "expr": "load", "legendFormat": "{{machine}}" }]
        }
    ]
}"#;

/// A source without any failure.
pub fn healthy(asked: &Asked) -> Answer {
    match asked.path.as_str() {
        "config.json" => Answer::json(r#"{ "dashboards": ["test", "other"] }"#),
        "dashboards/test.json" => Answer::json(DASHBOARD),
        "api/v1/rules" => Answer::json(r#"{ "status": "success", "data": { "groups": [] } }"#),
        "api/v1/targets" => Answer::json(r#"{ "status": "success", "data": { "activeTargets": [] } }"#),
        "api/v1/query" => match asked.expr().as_str() {
            "memory" => Answer::vector(&[("{}", 1536.0)]),
            "state" => Answer::vector(&[(r#"{"machine":"app"}"#, 1.0), (r#"{"machine":"db"}"#, 0.0)]),
            "cpu" => Answer::vector(&[(r#"{"machine":"app"}"#, 0.25)]),
            _ => Answer::vector(&[("{}", 1.0)]),
        },
        "api/v1/query_range" => range(asked, &["app", "db", "monitor"]),
        _ => Answer::html(404),
    }
}

/// A constant series for each machine, over the requested window.
fn range(asked: &Asked, machines: &[&str]) -> Answer {
    let number = |name| asked.parameter(name).parse::<f64>().unwrap();
    let (start, end, step) = (number("start"), number("end"), number("step"));
    let times: Vec<f64> = (0..1_000_u32).map(|at| start + f64::from(at) * step).take_while(|time| *time <= end).collect();
    let series = |(index, machine): (usize, &&str)| {
        let values: Vec<String> = times.iter().map(|time| format!(r#"[{time},"{index}"]"#)).collect();
        format!(r#"{{"metric":{{"machine":"{machine}"}},"values":[{}]}}"#, values.join(","))
    };
    let all: Vec<String> = machines.iter().enumerate().map(series).collect();
    Answer::json(format!(r#"{{"status":"success","data":{{"resultType":"matrix","result":[{}]}}}}"#, all.join(",")))
}

/// Whether the step of a request is as long as for a window of a day.
fn is_long(asked: &Asked) -> bool {
    asked.parameter("step").parse().is_ok_and(|step: f64| step >= 120.0)
}

/// The app on the test's dashboard, once it is complete.
async fn dashboard(query: &str) -> Mounted {
    let app = Mounted::app(&format!("d=test&{query}"));
    app.wait_for(r#"main[data-state="ready"]"#).await;
    app
}

/// The selector of a part of a panel.
pub fn panel(id: u32, part: &str) -> String {
    format!(r#"[data-panel-id="{id}"] {part}"#)
}

#[wasm_bindgen_test]
async fn a_stat_has_its_number_in_its_unit_and_the_colour_of_its_threshold() {
    let _source = Source::play(healthy);
    let app = dashboard("").await;
    assert_eq!(app.text(&panel(1, "[data-value]")), "1.50 KiB");
    assert!(app.find(&panel(1, ".is-red")).is_some());
}

#[wasm_bindgen_test]
async fn a_table_joins_its_columns_by_a_label_and_marks_missing_values() {
    let _source = Source::play(healthy);
    let app = dashboard("").await;
    assert_eq!(app.attributes(&panel(2, "tbody tr"), "data-row"), ["app", "db"]);
    assert_eq!(app.texts(&panel(2, r#"[data-row="app"] [data-value]"#)), ["up", "25%"]);
    assert_eq!(app.texts(&panel(2, r#"[data-row="db"] [data-value]"#)), ["down", "–"]);
    assert!(app.find(&panel(2, r#"[data-row="db"] td.is-red"#)).is_some());
    app.click(&panel(2, "th a"), "db").await;
    until("the row in the URL", || query_string().contains("var-machine=db")).await;
}

#[wasm_bindgen_test]
async fn a_panel_out_of_sight_sends_requests_only_when_it_comes_into_sight() {
    let source = Source::play(healthy);
    // Far down, and before the app starts: browsers check visibility at once.
    let far = document().create_element("style").unwrap();
    far.set_text_content(Some("[data-panel-id='3'] { top: 5000px !important }"));
    document().head().unwrap().append_child(&far).unwrap();
    let app = Mounted::app("d=test");
    app.wait_for(r#"main[data-state="ready"]"#).await;
    assert_eq!(app.attributes("[data-panel-id]", "data-state"), ["ready", "ready", "waiting"]);
    assert!(source.asked("load").is_empty());
    far.remove();
    app.wait_for(r#"[data-panel-id="3"][data-state="ready"]"#).await;
}

#[wasm_bindgen_test]
async fn only_50_series_are_shown_until_the_reader_wants_all() {
    let names: Vec<String> = (0..120).map(|number| format!("m{number:03}")).collect();
    let _source = Source::play(move |asked| match asked.path.as_str() {
        "api/v1/query_range" => range(asked, &names.iter().map(String::as_str).collect::<Vec<_>>()),
        _ => healthy(asked),
    });
    let app = dashboard("").await;
    assert_eq!(app.text(&panel(3, ".cut")), "50 of 120 series. Show all");
    assert_eq!(app.all(&panel(3, ".legend-name")).len(), 50);
    app.click(&panel(3, ".cut button"), "Show all").await;
    until("all of them", || app.text(&panel(3, ".cut")) == "120 series. Show fewer").await;
}

#[wasm_bindgen_test]
async fn a_window_shorter_than_two_scrapes_shows_a_notice() {
    let target = r#"{"scrapePool":"a","labels":{"job":"a"},"scrapeInterval":"30s","health":"up"}"#;
    let _source = Source::play(move |asked| match asked.path.as_str() {
        "api/v1/targets" => Answer::json(format!(r#"{{"status":"success","data":{{"activeTargets":[{target}]}}}}"#)),
        _ => healthy(asked),
    });
    let app = dashboard("from=now-50s&to=now").await;
    until("a notice", || app.text(".notice.is-yellow").ends_with("The scrape interval is 30 s")).await;
}

#[wasm_bindgen_test]
async fn the_same_query_of_two_panels_is_one_request() {
    let twice = DASHBOARD.replacen("\"cpu\"", "\"memory\"", 1);
    let source = Source::play(move |asked| match asked.path.as_str() {
        "dashboards/test.json" => Answer::json(twice.clone()),
        "api/v1/query" => healthy(asked).after(50),
        _ => healthy(asked),
    });
    let app = dashboard("").await;
    assert_eq!(app.attributes("[data-panel-id]", "data-state"), ["ready", "ready", "ready"]);
    assert_eq!(source.asked("memory").len(), 1);
}

#[wasm_bindgen_test]
async fn a_link_keeps_time_range_and_theme_and_does_not_reload_the_page() {
    let _source = Source::play(healthy);
    let app = dashboard("from=now-6h&to=now&theme=dark&panel=1").await;
    app.click("nav a", "Alerts").await;
    app.wait_for(r#"main[data-page="alerts"]"#).await;
    let query = query_string();
    for kept in ["page=alerts", "from=now-6h", "to=now", "theme=dark", "lang=en"] {
        assert!(query.contains(kept), "{kept} is not in {query}");
    }
    assert!(!query.contains("panel="), "{query}");
    assert_eq!(app.attributes(r#"nav [aria-current="page"]"#, "class").len(), 1);
}

#[wasm_bindgen_test]
async fn a_menu_is_filled_when_it_opens() {
    let _source = Source::play(healthy);
    let app = dashboard("").await;
    assert!(app.find(":popover-open").is_none());
    assert!(app.find(&panel(3, ".layer *")).is_none());
    app.find(&panel(3, ".panel-head button")).unwrap().click();
    app.wait_for(&panel(3, ".layer:popover-open .expr")).await;
    assert_eq!(app.text(&panel(3, ".layer .expr")), "load");
    app.click(&panel(3, ".layer button"), "View as table").await;
    app.wait_for(&panel(3, ".panel-body table")).await;
    assert!(app.find(":popover-open").is_none(), "an action of the menu closes it");
}

#[wasm_bindgen_test]
async fn the_time_picker_applies_only_valid_ranges() {
    let _source = Source::play(healthy);
    let app = dashboard("").await;
    app.find(".time-button").unwrap().click();
    let form = app.wait_for(".custom-range").await;
    let fields: Vec<HtmlElement> = app.all(".custom-range input").into_iter().map(JsCast::unchecked_into).collect();
    let before = query_string();
    for (from, to) in [("yesterday", "now"), ("now", "now-1h")] {
        write(&fields[0], from);
        write(&fields[1], to);
        app.click(".custom-range button", "Apply").await;
        until("an error message", || app.find(".custom-range .bad").is_some()).await;
        assert_eq!(query_string(), before);
    }
    write(&fields[0], "now-2d");
    write(&fields[1], "now-1d");
    app.click(".custom-range button", "Apply").await;
    until("the range in the URL", || query_string().contains("from=now-2d&to=now-1d")).await;
    until("the range on the button", || app.text(".time-button") == "now-2d – now-1d").await;
    assert!(form.is_connected(), "the form stays for the next try");
}

#[wasm_bindgen_test]
async fn the_legend_isolates_a_series_and_shows_all_again() {
    let _source = Source::play(healthy);
    let app = dashboard("").await;
    let pressed = || app.attributes(&panel(3, ".legend-entry"), "aria-pressed");
    assert_eq!(app.texts(&panel(3, ".legend-name")), ["app", "db", "monitor"]);
    assert_eq!(app.attributes(&panel(3, ".legend .swatch"), "class")[1], "swatch series-2 dashes-1", "its own colour and pattern");
    assert_eq!(pressed(), ["true", "true", "true"]);
    app.click(&panel(3, ".legend-entry"), "db").await;
    until("one alone", || pressed() == ["false", "true", "false"]).await;
    app.click(&panel(3, ".legend-entry"), "db").await;
    until("all again", || pressed() == ["true", "true", "true"]).await;
}

#[wasm_bindgen_test]
async fn a_panel_that_fails_shows_its_error_and_does_not_affect_others() {
    let _source = Source::play(|asked| if asked.expr() == "cpu" { Answer::refusal("too many samples <b>") } else { healthy(asked) });
    let app = dashboard("").await;
    assert_eq!(app.attributes("[data-panel-id]", "data-state"), ["ready", "failed", "ready"]);
    assert_eq!(app.text(&panel(2, ".message")), "execution: too many samples <b>");
    assert!(app.find(".content > [role=alert]").is_none(), "only an outage is shown for the whole page");
}

#[wasm_bindgen_test]
async fn a_source_that_is_down_is_reported_once_for_the_page() {
    let _source = Source::play(|asked| if asked.path.starts_with("api/") { Answer::html(502) } else { healthy(asked) });
    let app = dashboard("").await;
    let banner = app.wait_for(".content > [role=alert]").await;
    assert!(banner.text_content().unwrap().contains("(HTTP 502)"));
    assert_eq!(app.attributes("[data-panel-id]", "data-state"), ["failed", "failed", "failed"]);
}

#[wasm_bindgen_test]
async fn a_service_that_nothing_scrapes_shows_the_job_to_add() {
    let _source = Source::play(|asked| if asked.path == "api/v1/query" { Answer::vector(&[]) } else { healthy(asked) });
    let app = dashboard("").await;
    app.wait_for(".not-scraped").await;
    assert_eq!(app.text(".not-scraped code"), "- job_name: zebra");
    assert!(app.find("[data-panel-id]").is_none());
}

#[wasm_bindgen_test]
async fn a_slow_answer_for_one_range_never_replaces_the_answer_for_the_next() {
    let source = Source::play(|asked| match asked.path.as_str() {
        "api/v1/query_range" if is_long(asked) => range(asked, &["late"]).after(150),
        _ => healthy(asked),
    });
    let slow = || source.asked("load").into_iter().filter(is_long).collect::<Vec<_>>();
    let app = dashboard("").await;
    app.find(".time-button").unwrap().click();
    app.click(".choice", "Last 24 hours").await;
    until("the slow question", || !slow().is_empty()).await;
    // Its points are in the cache already.
    app.click(".choice", "Last 15 minutes").await;
    until("the end of the slow one", || slow().iter().all(Asked::is_aborted)).await;
    pass(300).await;
    assert_eq!(app.texts(&panel(3, ".legend-name")), ["app", "db", "monitor"]);
}

/// The kinds that no shipped dashboard has.
const OTHER_KINDS: &str = r#"{
    "title": "Other",
    "panels": [
        { "id": 1, "type": "gauge", "title": "CPU", "targets": [{ "expr": "cpu" }], "field": { "unit": "percentunit", "max": 1 } },
        {
            "id": 2, "type": "bargauge", "title": "States", "targets": [{ "expr": "state", "legendFormat": "{{machine}}" }],
            "field": { "max": 2 }
        },
        { "id": 3, "type": "text", "title": "Note", "content": "<b>Look</b> often.\n\n- first\n- second" },
        { "id": 4, "type": "alertlist", "title": "Alerts", "service": "mysql" }
    ]
}"#;

#[wasm_bindgen_test]
async fn gauges_bars_notes_and_alert_lists_show_their_content() {
    let rule = |name: &str, service: &str| {
        format!(
            r#"{{ "type": "alerting", "name": "{name}", "state": "inactive", "health": "ok", "labels": {{ "service": "{service}" }} }}"#
        )
    };
    let rules = format!(
        r#"{{ "status": "success", "data": {{ "groups": [{{ "name": "g", "rules": [{}, {}] }}] }} }}"#,
        rule("MysqlDown", "mysql"),
        rule("NginxDown", "nginx")
    );
    let _source = Source::play(move |asked| match asked.path.as_str() {
        "dashboards/other.json" => Answer::json(OTHER_KINDS),
        "api/v1/rules" => Answer::json(rules.clone()),
        _ => healthy(asked),
    });
    let app = Mounted::app("d=other");
    app.wait_for(r#"main[data-dashboard="other"][data-state="ready"]"#).await;
    assert_eq!(app.attributes(&panel(1, r#"[role="meter"]"#), "aria-valuenow"), ["25"]);
    assert_eq!(app.text(&panel(1, "[data-value]")), "25%");
    assert_eq!(app.texts(&panel(2, ".bar-name")), ["app", "db"]);
    assert_eq!(app.texts(&panel(2, "[data-value]")), ["1", "0"]);
    assert_eq!(app.text(&panel(3, "p")), "<b>Look</b> often.", "markup is text");
    assert_eq!(app.texts(&panel(3, "li")), ["first", "second"]);
    assert_eq!(app.attributes(&panel(4, "[data-alert]"), "data-alert"), ["MysqlDown"]);
}
