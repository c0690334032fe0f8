//! How long answers are cached, read from the files of the cache: this is exact and needs no waiting.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::http::{get, request};
use crate::site::{Nginx, shipped};
use crate::upstream::{Recorder, success};

const API: &str = "/prometheus/api/v1/";
const TEN_MINUTES: i64 = 600;

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

/// The shipped `server.conf`, with a higher limit of requests per address.
fn without_limits() -> String {
    let shipped = shipped("server.conf");
    let patient = shipped.replace("burst=1500", "burst=1000000");
    assert_ne!(shipped, patient);
    patient
}

/// Requests all of `paths` and returns how long each is cached, in seconds; paths that are not cached are not in the map.
fn lifetimes<'a>(paths: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, i64> {
    let upstream = Recorder::start(|_| success("", "{}"));
    let nginx = Nginx::start_with(upstream.port, "", &without_limits());
    for path in paths {
        assert_eq!(get(nginx.port, &format!("{API}{path}")).status, 200, "{path}");
    }
    nginx.kept().into_iter().map(|(key, seconds)| (asked(&key), seconds)).collect()
}

/// The path after `/api/v1/` in a cache key.
fn asked(key: &str) -> String {
    key.lines().next().unwrap().strip_prefix("/api/v1/").unwrap().to_owned()
}

fn range(query: &str, end: i64, step: &str) -> String {
    // A time of ten digits, as all are since 2001.
    format!("query_range?query={query}&start={}&end={end}&step={step}", (end - 3_600).max(1_000_000_000))
}

#[test]
fn a_range_that_is_not_over_is_cached_for_a_step_at_most() {
    let classes = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600];
    let whole = (0..=130).chain((131..700).step_by(13)).chain([299, 300, 599, 600, 3_600, 86_400, 31_536_000]).map(|step| step.to_string());
    let decimal = ["0.500", "0.999", "1.500", "4.999", "5.001", "59.999"].map(str::to_owned);
    let end = now();
    let steps: Vec<_> = whole.chain(decimal).collect();
    let paths: Vec<_> = steps.iter().map(|step| range("up", end, step)).collect();
    let kept = lifetimes(paths.iter().map(String::as_str));
    for (step, path) in steps.iter().zip(&paths) {
        let seconds: f64 = step.parse().unwrap();
        let class = classes.into_iter().rfind(|class| f64::from(*class) <= seconds);
        assert_eq!(kept.get(path).copied(), class.map(i64::from), "{step}");
    }
}

#[test]
fn instants_are_cached_for_half_a_minute_and_lists_for_five_seconds() {
    let instants = ["query?query=up&time=1700000000", "query?query=a%7Bb%3D%22c%22%7D&time=1700000000.500"];
    let lists = [
        "alerts",
        "label/job/values?start=1&end=2&match[]=up",
        "labels",
        "metadata",
        "rules?type=alert",
        "series?match[]=up",
        "status/buildinfo",
        "targets?state=active",
    ];
    let kept = lifetimes(instants.into_iter().chain(lists));
    let expected = instants.map(|path| (path, 30)).into_iter().chain(lists.map(|path| (path, 5)));
    assert_eq!(kept, expected.map(|(path, seconds)| (path.to_owned(), seconds)).collect());
}

#[test]
fn whether_a_range_is_over_depends_on_the_clock_of_nginx() {
    let before = now();
    let near = (-5_000..=5_000).step_by(7).chain([-2_001, -2_000, -1_999, -1_001, -1_000, -999, -998, -500, -1, 0, 1]);
    let around_slots = (-6..=3).flat_map(|slot| [-1, 0, 1].map(|second| (before / 1_000 + slot) * 1_000 + second));
    let far = [1_000_000_000, 1_099_999_999, 1_699_999_999, 1_700_000_000, 1_999_999_999, 2_000_000_000, 9_999_999_999];
    let ends: Vec<_> = near.map(|offset| before + offset).chain(around_slots).chain(far).collect();
    let paths: Vec<_> = ends.iter().map(|end| range("up", *end, "15")).collect();
    let kept = lifetimes(paths.iter().map(String::as_str));
    let after = now();
    for (end, path) in ends.iter().zip(&paths) {
        let lifetime = kept[path];
        // Over: two slots back, at any time between `before` and `after`.
        let over = [before, after].map(|now| if now / 1_000 >= end / 1_000 + 2 { TEN_MINUTES } else { 15 });
        assert!(over.contains(&lifetime), "{end} at {before} to {after}: {lifetime}");
        assert!(lifetime == 15 || after - end >= 1_000, "{end} at {after}");
    }
}

#[test]
fn slots_are_compared_correctly_by_their_digits() {
    // The clock is a request header here, so that it can be at each boundary.
    let shipped = shipped("http.conf");
    let http_conf = shipped.replace("map $msec $utkik_slot_now", "map $http_x_now $utkik_slot_now");
    assert_ne!(shipped, http_conf);
    let upstream = Recorder::start(|_| success("", "{}"));
    let nginx = Nginx::start_with_both(upstream.port, "", &http_conf, &without_limits());
    let slots = [
        1_000_000, 1_000_001, 1_000_002, 1_000_008, 1_000_009, 1_000_010, 1_000_011, 1_009_999, 1_010_000, 1_099_999, 1_100_000, 1_899_999,
        1_900_000, 1_900_001, 1_989_999, 1_990_000, 1_999_998, 1_999_999, 2_000_000, 2_000_001, 2_000_009, 2_000_010, 2_101_010, 8_999_999,
        9_000_000, 9_999_998, 9_999_999,
    ];
    let mut asked = Vec::new();
    let mut ask = |now: &str, end: i64, over: bool| {
        let path = range(&format!("q{}", asked.len()), end, "15");
        assert_eq!(request(nginx.port, "GET", &format!("{API}{path}"), &[("X-Now", now)], "").status, 200);
        asked.push((format!("/api/v1/{path}\n\n"), if over { TEN_MINUTES } else { 15 }, now.to_owned()));
    };
    for end in slots {
        for now in slots {
            ask(&format!("{now}{:03}.{:03}", end % 1_000, now % 1_000), end * 1_000 + now % 1_000, now >= end + 2);
        }
    }
    // Not a valid time of a server: no range is over.
    for now in ["", "999999999.000", "17000000000.000", "1700000000", "-1700000000.000", "9999999999,000", "x1700000000.000"] {
        ask(now, 1_000_000_000, false);
    }
    let kept = nginx.kept();
    for (key, lifetime, now) in asked {
        assert_eq!(kept.get(&key), Some(&lifetime), "{key} at {now}");
    }
}

#[test]
fn requests_in_another_form_are_not_cached() {
    let (old, new) = (1_700_000_000, now());
    let queries = [
        "query_range?query=up&start=1&end=1700000000&step=15".to_owned(),
        "query_range?query=up&start=1700000000&end=1&step=15".to_owned(),
        "query_range?query=&start=1700000000&end=1700003600&step=15".to_owned(),
        "query_range?start=1700000000&end=1700003600&step=15&query=up".to_owned(),
        "query_range?query=up&end=1700003600&start=1700000000&step=15".to_owned(),
        "query_range?query=up&start=1700000000&end=1700003600&step=15&".to_owned(),
        "query_range?&query=up&start=1700000000&end=1700003600&step=15".to_owned(),
        "query_range?query=up&&start=1700000000&end=1700003600&step=15".to_owned(),
        "query_range?query=up&time=1700000000".to_owned(),
        "query_range?query=up".to_owned(),
        "query_range".to_owned(),
        // Repeated parameters, of which Prometheus may take the first or the last, and `;` as a separator.
        format!("query_range?query=up&start={old}&end={new}&end={old}&step=15"),
        format!("query_range?query=up&start={old}&end={old}&end={new}&step=15"),
        format!("query_range?end={new}&query=up&start={old}&end={old}&step=15"),
        format!("query_range?query=up&start={old}&end={old}&step=15&end={new}"),
        format!("query_range?query=up&query=down&start={old}&end={old}&step=15"),
        format!("query_range?query=up;end={new}&start={old}&end={old}&step=15"),
        format!("query_range?query=up&start={old};end={new}&end={old}&step=15"),
        // Percent-encoded names and digits, and additional parameters.
        format!("query_range?%65nd={new}&query=up&start={old}&end={old}&step=15"),
        format!("query_range?query=up&start={old}&%65nd={old}&step=15"),
        format!("query_range?query=up&start={old}&end=%31700000000&step=15"),
        format!("query_range?query=up&start={old}&end={old}%30&step=15"),
        format!("query_range?query=up&start={old}&end={old}&step=1%35"),
        format!("query_range?query=up&start={old}&end={old}&step=15%"),
        format!("query_range?query=up&start={old}&end={old}&step=15&timeout=1s"),
        format!("query_range?query=up&start={old}&end={old}&step=15&limit=1"),
        format!("query_range?query=up&start={old}&end={old}&step=15&stats=all"),
        format!("query_range?query=up&start={old}&end={old}&step=15&lookback_delta=1"),
        "query?query=up".to_owned(),
        "query?query=up&time=".to_owned(),
        "query?query=up&time=1700000000&time=1".to_owned(),
        "query?query=up&time=1700000000&timeout=1s".to_owned(),
        "query?query=up&time=1.7e9".to_owned(),
        "query?time=1700000000&query=up".to_owned(),
        format!("query?query=up&start={old}&end={old}&step=15"),
    ];
    let numbers = ["+1700000000", "-1700000000", "1.7e9", "1700000000e0", "2023-11-14T22:13:20Z", "1700000000.", "1700000000.1e3"];
    let spaces = ["%201700000000", "1700000000%20", "+1700000000+", "1700000000%0a", "17000000000", "170000000", "0x6553f100", "Inf"];
    let ends = numbers.into_iter().chain(spaces).map(|end| format!("query_range?query=up&start={old}&end={end}&step=15"));
    let steps = ["", "0", "-1", "+15", "15s", "1m", "1e1", "015", "0.5", "1.", "15.5e3", "Inf", "1_000", ".5"];
    let steps = steps.into_iter().map(|step| range("up", old, step));
    let paths: Vec<_> = queries.into_iter().chain(ends).chain(steps).collect();
    let kept = lifetimes(paths.iter().map(String::as_str));
    assert!(kept.is_empty(), "{kept:?}");
}

#[test]
fn a_query_that_may_read_later_samples_is_never_over() {
    let ahead = [
        "up+offset+-1h",
        "up%20OFFSET%20-1h",
        "up+%6fffset+-1h",
        "up+o%46fset+-1h",
        "up+offs%65t+-1h",
        "up+offse%74+-1h",
        "up+offse%54+-1h",
        "up+@+9999999999",
        "up+%40+9999999999",
        "rate(up[5m]+smoothed)",
    ];
    let plain = ["up", "rate(up%7Bjob%3D%22%C3%A5%22%7D%5B5m%5D)", "a_b%2Bc_d", "sum+by+(job)+(up)+%3E+2%5E3"];
    let paths: Vec<_> = ahead.iter().chain(&plain).map(|query| range(query, 1_700_000_000, "30")).collect();
    let kept = lifetimes(paths.iter().map(String::as_str));
    for (index, path) in paths.iter().enumerate() {
        assert_eq!(kept[path], if index < ahead.len() { 30 } else { TEN_MINUTES }, "{path}");
    }
}
