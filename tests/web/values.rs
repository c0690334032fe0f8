//! The panels whose content is DOM elements: stat, gauge, bar gauge, table, text.

use super::component::{Mounted, pass, query_string, until};
use super::page::{healthy, panel};
use super::source::{Answer, Asked, Source};
use wasm_bindgen_test::wasm_bindgen_test;

const DASHBOARD: &str = r##"{
    "title": "Values",
    "variables": [{ "name": "env", "options": ["a&b", "c"], "current": "a&b" }],
    "panels": [
        {
            "id": 1, "type": "stat", "title": "Max", "calc": "max", "showPercentChange": true,
            "targets": [{ "expr": "rising", "legendFormat": "{{machine}}" }], "field": { "unit": "bytes" }
        },
        {
            "id": 2, "type": "stat", "title": "Names", "textMode": "name", "colorMode": "background", "graphMode": "none",
            "targets": [{ "expr": "state", "legendFormat": "{{machine}}" }],
            "field": { "thresholds": { "steps": [{ "value": null, "color": "red" }, { "value": 1, "color": "green" }] } }
        },
        {
            "id": 3, "type": "gauge", "title": "Gauge", "showThresholdMarkers": true, "showThresholdLabels": true,
            "targets": [{ "expr": "state", "legendFormat": "{{machine}}" }],
            "field": { "unit": "percentunit", "thresholds": { "steps": [{ "value": null, "color": "red" }, { "value": 0.5, "color": "green" }] } }
        },
        {
            "id": 4, "type": "table", "title": "Table", "joinBy": "machine", "joinTitle": "Machine", "sortBy": "Load", "sortDesc": true,
            "targets": [
                {
                    "title": "Load", "expr": "load", "cell": "color-background",
                    "links": [{ "title": "Wiki", "url": "https://wiki.example/${__field.labels.machine}?e=$env&v=${__value.raw}", "targetBlank": true }]
                },
                {
                    "title": "State", "expr": "state", "cell": "gauge", "field": { "max": 2 },
                    "links": [
                        { "title": "Bad", "url": "${__field.labels.machine:raw}" },
                        { "title": "Here", "url": "?d=test&var-env=$env" },
                        { "title": "There", "url": "/wiki" }
                    ]
                }
            ]
        },
        { "id": 5, "type": "table", "title": "Labels", "targets": [{ "expr": "labelled", "title": "Count" }] },
        {
            "id": 6, "type": "text", "title": "Note",
            "content": "# Of $env\n\n- *one* <i>two</i>\n- `$env`\n\n[Wiki](https://wiki.example/?e=$env) [Here](?d=test) [Bad](javascript:alert) ![Alt](/i.png)\n\n| a | b |\n|---|--:|\n| 1 | 2 |"
        }
    ]
}"##;

fn answers(asked: &Asked) -> Answer {
    match (asked.path.as_str(), asked.expr().as_str()) {
        ("dashboards/values.json", _) => Answer::json(DASHBOARD),
        (_, "rising") => {
            // The value depends only on the time, in whichever pieces it is requested.
            let number = |name| asked.parameter(name).parse::<f64>().unwrap();
            let times = (0..1_000_u32).map(|at| number("start") + f64::from(at) * number("step")).take_while(|time| *time <= number("end"));
            let values: Vec<String> =
                times.map(|time| format!(r#"[{time},"{}"]"#, if time < 1_700_001_000.0 { 1024 } else { 3072 })).collect();
            let values = values.join(",");
            let series = format!(r#"{{"metric":{{"machine":"app"}},"values":[{values}]}}"#);
            Answer::json(format!(r#"{{"status":"success","data":{{"resultType":"matrix","result":[{series}]}}}}"#))
        }
        (_, "load") => {
            Answer::vector(&[(r#"{"machine":"app"}"#, 2.0), (r#"{"machine":"javascript:alert(1)"}"#, 10.0), (r#"{"machine":"db"}"#, -1.0)])
        }
        (_, "labelled") => Answer::vector(&[(r#"{"code":"500","job":"x"}"#, 3.0), (r#"{"code":"200","job":"x"}"#, 20.0)]),
        _ => healthy(asked),
    }
}

async fn dashboard(query: &str) -> Mounted {
    let app = Mounted::app(&format!("d=values&{query}"));
    until("all panels", || app.attributes("[data-panel-id]", "data-state") == ["ready"; 6]).await;
    app
}

fn rows(app: &Mounted, id: u32) -> Vec<String> {
    app.attributes(&panel(id, "tbody tr"), "data-row")
}

#[wasm_bindgen_test]
async fn a_stat_reduces_the_window_to_one_number_and_shows_its_change() {
    let _source = Source::play(answers);
    let app = dashboard("from=1700000000000&to=1700003600000").await;
    assert_eq!(app.text(&panel(1, "[data-value]")), "3 KiB");
    assert_eq!(app.text(&panel(1, ".stat-change")), "▲ Change over the time shown +200.0%");
    assert!(app.find(&panel(1, ".stat-name")).is_none(), "the title is its name");
    assert_eq!(app.all(&panel(1, "canvas")).len(), 1);
}

#[wasm_bindgen_test]
async fn a_stat_of_names_shows_its_state_without_colour_too() {
    let _source = Source::play(answers);
    let app = dashboard("").await;
    assert_eq!(app.texts(&panel(2, ".stat-value")), ["app✓", "db✕"]);
    assert_eq!(app.texts(&panel(2, ".visually-hidden [data-value]")), ["1", "0"]);
    assert_eq!(app.attributes(&panel(2, ".stat"), "class"), ["stat is-green filled", "stat is-red filled"]);
}

#[wasm_bindgen_test]
async fn a_gauge_shows_its_ends_its_thresholds_and_a_ring() {
    let _source = Source::play(answers);
    let app = dashboard("").await;
    assert_eq!(app.attributes(&panel(3, r#"[role="meter"]"#), "aria-valuenow"), ["100", "0"]);
    assert_eq!(app.texts(&panel(3, ".gauge:first-child .gauge-label")), ["50%", "0%", "100%"]);
    assert_eq!(app.attributes(&panel(3, ".gauge:first-child .gauge-ring"), "class"), ["gauge-ring is-red", "gauge-ring is-green"]);
    assert_eq!(app.all(&panel(3, ".gauge-fill")).len(), 1, "nothing is filled at zero");
    assert_eq!(app.texts(&panel(3, ".gauge-name")), ["app", "db"]);
}

#[wasm_bindgen_test]
async fn a_table_is_sorted_by_its_headings_and_remembers_the_order() {
    let _source = Source::play(answers);
    let app = dashboard("").await;
    let sorted = |app: &Mounted| app.attributes(&panel(4, "th[aria-sort]"), "aria-sort");
    let bad = "javascript:alert(1)";
    assert_eq!((rows(&app, 4), sorted(&app)), (vec![bad.to_owned(), "app".into(), "db".into()], vec!["descending".to_owned()]));
    app.click(&panel(4, "th button"), "Load").await;
    until("the order of the answers", || sorted(&app).is_empty() && rows(&app, 4) == ["app", bad, "db"]).await;
    app.click(&panel(4, "th button"), "Machine").await;
    until("by name", || sorted(&app) == ["ascending"] && rows(&app, 4) == ["app", "db", bad]).await;
    app.click(&panel(4, "th button"), "State").await;
    until("by number, the missing last", || rows(&app, 4) == ["db", "app", bad]).await;
    drop(app);
    let again = dashboard("").await;
    assert_eq!((rows(&again, 4), sorted(&again)), (vec!["db".to_owned(), "app".into(), bad.into()], vec!["ascending".to_owned()]));
    again.click(&panel(4, "th button"), "State").await;
    again.click(&panel(4, "th button"), "State").await;
    again.click(&panel(4, "th button"), "Load").await;
    again.click(&panel(4, "th button"), "Load").await;
    until("as it was", || sorted(&again) == ["descending"]).await;
}

#[wasm_bindgen_test]
async fn links_lead_only_to_allowed_urls() {
    let _source = Source::play(answers);
    let app = dashboard("from=now-6h&to=now").await;
    let link = panel(4, r#"[data-row="app"] [data-title="Load"] a"#);
    assert_eq!(app.attributes(&link, "href"), ["https://wiki.example/app?e=a%26b&v=2"]);
    assert_eq!(app.attributes(&link, "rel"), ["noopener noreferrer"]);
    assert_eq!(app.attributes(&link, "target"), ["_blank"]);
    assert_eq!(app.text(&link), "2");
    assert!(app.attributes(&panel(4, "td a"), "href").iter().all(|href| !href.to_lowercase().starts_with("javascript")));
    let own = panel(4, r#"[data-row="db"] [data-title="State"] a"#);
    assert_eq!(app.texts(&own), ["db", "Here", "There"].map(|text| if text == "db" { "Bad" } else { text }));
    app.click(&own, "Here").await;
    app.wait_for(r#"main[data-dashboard="test"]"#).await;
    let query = query_string();
    assert!(["d=test", "var-env=a%26b", "from=now-6h"].iter().all(|kept| query.contains(kept)), "{query}");
}

#[wasm_bindgen_test]
async fn an_embedded_table_or_note_has_no_links() {
    let _source = Source::play(answers);
    let app = dashboard("embed=1").await;
    assert_eq!(rows(&app, 4).len(), 3);
    assert!(app.find(&panel(4, "td a")).is_none());
    assert!(app.find(&panel(6, ".prose a")).is_none());
    pass(0).await;
}

#[wasm_bindgen_test]
async fn a_table_without_a_label_to_join_by_shows_all_labels() {
    let _source = Source::play(answers);
    let app = dashboard("").await;
    assert_eq!(app.texts(&panel(5, "thead th")), ["code", "job", "Count"]);
    assert_eq!(app.texts(&panel(5, "tbody :is(th, td)")), ["500", "x", "3", "200", "x", "20"]);
}

#[wasm_bindgen_test]
async fn a_note_becomes_elements_and_its_variables_become_text() {
    let _source = Source::play(answers);
    let app = dashboard("var-env=c&var-env=**x**").await;
    assert_eq!(app.texts(&panel(6, "h3")), ["Of c, **x**"]);
    assert_eq!(app.texts(&panel(6, "li")), ["one <i>two</i>", "c, **x**"]);
    assert_eq!(app.texts(&panel(6, "li :is(em, code)")), ["one", "c, **x**"]);
    assert!(app.find(&panel(6, ":is(strong, img, i)")).is_none());
    assert_eq!(app.texts(&panel(6, ".prose a")), ["Wiki", "Here"], "no other may be followed");
    assert_eq!(app.attributes(&panel(6, ".prose a"), "href")[0], "https://wiki.example/?e=c%2C%2A%2Ax%2A%2A");
    assert_eq!(app.attributes(&panel(6, ".prose a"), "rel")[0], "noopener noreferrer");
    assert_eq!(app.texts(&panel(6, "p")), ["Wiki Here Bad Alt"]);
    assert_eq!(app.texts(&panel(6, "thead th")), ["a", "b"]);
    assert_eq!(app.attributes(&panel(6, "td"), "class"), ["", "to-end"]);
    app.click(&panel(6, ".prose a"), "Here").await;
    until("the other dashboard", || query_string().contains("d=test")).await;
}

#[wasm_bindgen_test]
async fn the_palette_for_colour_blind_readers_is_chosen_and_remembered() {
    let _source = Source::play(answers);
    let app = dashboard("").await;
    let palette = |app: &Mounted| app.attributes("html", "data-palette");
    assert_eq!(palette(&app), [""]);
    app.find(".bar-tools [popovertarget]").unwrap().click();
    app.wait_for(r#".layer [type="checkbox"]"#).await.click();
    until("the palette", || palette(&app) == ["safe"]).await;
    drop(app);
    let again = dashboard("").await;
    assert_eq!(palette(&again), ["safe"]);
    again.find(".bar-tools [popovertarget]").unwrap().click();
    again.wait_for(r#".layer [type="checkbox"]"#).await.click();
    until("the usual palette", || palette(&again) == [""]).await;
}
