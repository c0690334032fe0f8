use super::*;
use model::series::is_gap;

const JSON: Http<'_> = Http { status: 200, content_type: "application/json" };
const GRID: Grid = Grid { start: 1_000_000, step: 15_000, len: 4 };

fn http(status: u16, content_type: &str) -> Http<'_> {
    Http { status, content_type }
}

#[test]
fn samples_are_put_on_the_grid_and_missing_samples_are_gaps() {
    let body = br#"{"status":"success","data":{"resultType":"matrix","result":[
        {"metric":{"__name__":"up","job":"node"},"values":[[1000,"1"],[1015.0,"NaN"],[1045.001,"-Inf"]]},
        {"metric":{},"histograms":[[1000,{}]],"values":[[900,"7"],[1030,"2.5e-3"]]}]},"warnings":["truncated"],"infos":["not a counter"]}"#;
    let answer = range(JSON, body, GRID).unwrap();
    let [up, bare] = &answer.data.series[..] else { panic!("two series, and none of a histogram without buckets") };
    assert_eq!(up.labels.to_selector(), r#"up{job="node"}"#);
    assert!(up.values[1].is_nan() && up.values[2].is_nan());
    assert_eq!((up.values[0], up.values[3]), (1.0, f64::NEG_INFINITY));
    assert!(bare.values[0].is_nan());
    assert_eq!(bare.values.get(2), Some(&0.0025));
    assert_eq!(answer.remarks.warnings, ["truncated"]);
    assert_eq!(answer.remarks.infos, ["not a counter"]);
}

#[test]
fn scalars_and_vectors_are_samples() {
    let values = |body: &[u8]| -> Vec<f64> { instant(JSON, body).unwrap().data.iter().map(|sample| sample.value).collect() };
    assert_eq!(values(br#"{"status":"success","data":{"resultType":"scalar","result":[1795374922,"2"]}}"#), [2.0]);
    assert_eq!(values(br#"{"status":"success","data":{"resultType":"scalar","result":[1795374922.371,"+Inf"]}}"#), [f64::INFINITY]);
    assert_eq!(values(br#"{"status":"success","data":{"resultType":"string","result":[1795374922,"hello"]}}"#), [0.0; 0]);
    assert_eq!(values(br#"{"data":{"result":[{"metric":{"a":"b"},"value":[1,"3"]}],"resultType":"vector"},"status":"success"}"#), [3.0]);
    assert_eq!(values(br#"{"status":"success","data":{"resultType":"vector","result":[]}}"#), [0.0; 0]);
}

#[test]
fn errors_from_the_source_keep_their_message() {
    let body = br#"{"status":"error","errorType":"bad_data","error":"1:4: parse error","data":null}"#;
    let expected = Error::Api { kind: "bad_data".into(), message: "1:4: parse error".into() };
    for status in [400, 422, 503] {
        assert_eq!(range(http(status, "application/json"), body, GRID), Err(expected.clone()));
    }
    let body = br#"{"status":"error","errorType":"timeout","error":"query timed out in expression evaluation"}"#;
    assert!(matches!(instant(http(503, "application/json"), body), Err(Error::Api { .. })));
}

#[test]
fn answers_that_do_not_come_from_the_api_are_told_apart() {
    let html = b"<html><h1>502 Bad Gateway</h1></html>";
    assert_eq!(instant(http(502, "text/html"), html), Err(Error::Unavailable { status: 502 }));
    assert_eq!(instant(http(503, "text/plain; charset=utf-8"), b"Service Unavailable"), Err(Error::Unavailable { status: 503 }));
    assert_eq!(instant(http(404, "text/html"), html), Err(Error::Refused { status: 404 }));
    assert_eq!(instant(http(200, "text/html"), html), Err(Error::NotPrometheus));
    assert_eq!(instant(http(200, ""), b""), Err(Error::NotPrometheus));
    assert_eq!(instant(http(429, "text/html"), html), Err(Error::Unavailable { status: 429 }));
    let proxy = br#"{"status":"error","errorType":"unavailable","error":"Prometheus does not answer"}"#;
    assert_eq!(instant(http(504, "application/json"), proxy), Err(Error::Unavailable { status: 504 }));
}

#[test]
fn a_body_that_is_cut_off_is_truncated_and_never_a_shorter_answer() {
    let body = br#"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"b"},"values":[[1000,"1"],[1015,"2"]]}]}}"#;
    for end in 1..body.len() {
        assert_eq!(range(JSON, &body[..end], GRID), Err(Error::Truncated), "cut at {end}");
    }
    assert!(range(JSON, body, GRID).is_ok());
}

#[test]
fn json_that_is_not_in_the_format_of_the_api_is_malformed() {
    for body in [
        &b"[]"[..],
        b"{}",
        b"{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":1}]}}",
        b"nonsense",
        b"{\"status\":\"success\",\"data\":7}",
    ] {
        assert_eq!(instant(JSON, body), Err(Error::Malformed), "{}", String::from_utf8_lossy(body));
    }
}

#[test]
fn rules_of_prometheus_and_vmalert_are_sorted_worst_first() {
    let body = br#"{"status":"success","data":{"groups":[{"name":"g","rules":[
        {"type":"alerting","name":"Quiet","state":"inactive","query":"up == 0","duration":60,"labels":null,"annotations":{},"alerts":null,"health":"ok"},
        {"type":"recording","name":"r","state":"","query":"1"},
        {"type":"alerting","name":"Broken","state":"inactive","health":"err","lastError":"many-to-many"},
        {"type":"alerting","name":"Loud","state":"firing","duration":30.5,"labels":{"severity":"critical"},"annotations":{"summary":"{{x}}"},
         "alerts":[{"state":"pending","activeAt":"2026-11-22T19:15:20.5Z","value":"1e+00","labels":{"instance":"b"}},
                   {"state":"firing","activeAt":"2026-11-22T19:15:10.942281152Z","value":"1","labels":{"instance":"a"}}]}]}]}}"#;
    let rules = rules(JSON, body).unwrap();
    let order: Vec<_> = rules.iter().map(|rule| (rule.name.as_str(), rule.state)).collect();
    assert_eq!(order, [("Loud", AlertState::Firing), ("Broken", AlertState::Unknown), ("Quiet", AlertState::Inactive)]);
    assert_eq!(rules[0].hold, 30_500);
    assert_eq!(rules[0].alerts[0].labels.get("instance"), Some("a"));
    assert_eq!(rules[0].active_since(), Some(1_795_374_910_942));
    assert_eq!(rules[1].last_error.as_deref(), Some("many-to-many"));
}

#[test]
fn targets_are_sorted_broken_first() {
    let body = br#"{"status":"success","data":{"activeTargets":[
        {"labels":{"job":"a","instance":"x"},"scrapePool":"a","scrapeUrl":"http://x","health":"up","lastScrape":"2026-11-22T19:15:23Z","lastScrapeDuration":0.003,"scrapeInterval":"30s"},
        {"labels":{"job":"b"},"scrapePool":"b","health":"down","lastError":"refused","lastScrape":"0001-01-01T00:00:00Z"}],"droppedTargets":null}}"#;
    let targets = targets(JSON, body).unwrap();
    assert_eq!((targets[0].health, targets[0].last_scrape), (TargetHealth::Down, None));
    assert_eq!(targets[0].last_error.as_deref(), Some("refused"));
    assert_eq!((targets[1].interval, targets[1].last_scrape), (Some(30_000), Some(1_795_374_923_000)));
}

#[test]
fn label_values_are_a_list() {
    assert_eq!(label_values(JSON, br#"{"status":"success","data":["a","b"]}"#), Ok(vec!["a".into(), "b".into()]));
    assert_eq!(label_values(JSON, br#"{"status":"success","data":null}"#), Ok(vec![]));
}

#[test]
fn data_that_is_not_a_list_is_an_error_and_not_an_empty_list() {
    for data in [r#"["a"]"#, "7", r#"{"groups":{},"activeTargets":"none"}"#, r#"[1,"a"]"#] {
        let body = format!(r#"{{"status":"success","data":{data}}}"#);
        assert_eq!(rules(JSON, body.as_bytes()), Err(Error::Malformed), "{data}");
        assert_eq!(targets(JSON, body.as_bytes()), Err(Error::Malformed), "{data}");
    }
    assert_eq!(label_values(JSON, br#"{"status":"success","data":["a",1]}"#), Err(Error::Malformed));
    assert_eq!(rules(JSON, br#"{"status":"success","data":{"groups":null}}"#), Ok(vec![]));
}

#[test]
fn more_series_than_a_browser_can_keep_are_counted_and_refused() {
    let series: Vec<String> = (0..30_000).map(|number| format!(r#"{{"metric":{{"a":"{number}"}},"values":[[0,"1"]]}}"#)).collect();
    let body = format!(r#"{{"status":"success","data":{{"resultType":"matrix","result":[{}]}}}}"#, series.join(","));
    let grid = Grid { start: 0, step: 1_000, len: 1 };
    assert_eq!(range(JSON, body.as_bytes(), grid), Err(Error::TooManySeries { count: 30_000 }));
    let few = format!(r#"{{"status":"success","data":{{"resultType":"matrix","result":[{}]}}}}"#, series[..10_000].join(","));
    assert_eq!(range(JSON, few.as_bytes(), grid).map(|answer| answer.data.series.len()), Ok(10_000));
}

#[test]
fn each_bucket_of_a_native_histogram_is_a_series() {
    let body = br#"{"status":"success","data":{"resultType":"matrix","result":[{"histograms":[
        [1000,{"count":"3","sum":"9","buckets":[[3,"-0.1","0.1","1"],[0,"1","2","2"]]}],[1015,{"count":"0","sum":"0"}],
        [1030,{"buckets":[[0,"0.5","1","4.5"],[0,"1","2","7"]],"count":"11.5","sum":"9"}],[1037,{"buckets":[[1,"-2","-1","1"]]}]],
        "metric":{"job":"web"}}]}}"#;
    let series = range(JSON, body, GRID).unwrap().data.series;
    let bounds: Vec<_> = series.iter().map(|series| series.labels.to_selector()).collect();
    let named = ["[-0.1,0.1]", "(1,2]", "(0.5,1]", "[-2,-1)"].map(|bounds| format!(r#"{{__bucket__="{bounds}",job="web"}}"#));
    assert_eq!(bounds, named);
    let columns =
        series.iter().map(|series| series.values.iter().map(|value| if is_gap(*value) { -1.0 } else { *value }).collect::<Vec<_>>());
    assert_eq!(
        columns.collect::<Vec<_>>(),
        [[1.0, -1.0, -1.0, -1.0], [2.0, -1.0, 7.0, -1.0], [-1.0, -1.0, 4.5, -1.0], [-1.0, -1.0, 1.0, -1.0]]
    );
    let cut = &body[..body.len() / 2];
    assert_eq!(range(JSON, cut, GRID), Err(Error::Truncated));
    let broken = br#"{"status":"success","data":{"result":[{"metric":{},"histogram":[1,{"buckets":[[0,"1","2","many"]]}]}]}}"#;
    assert_eq!(instant(JSON, broken), Err(Error::Malformed));
}
