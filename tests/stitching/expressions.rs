//! Random expressions of all kinds that panels have.

use proptest::prelude::*;
use proptest::sample::select;

/// Instant vectors. `%run` is replaced by the matcher of the sequence's series; the other placeholders by what [`expression`] chooses.
const VECTORS: [&str; 70] = [
    "load{%run}",
    "flappy{%run}",
    "odd{%run}",
    "batch{%run}",
    "requests_total{%run}",
    "pod_info{%run}",
    r#"{%run,__name__=~"load|flappy|batch"}"#,
    "load{%run} offset %offset",
    "load{%run} - load{%run} offset %offset",
    "rate(requests_total{%run}[%range])",
    "rate(requests_total{%run}[%range] offset %offset)",
    "increase(bytes_total{%run}[%range])",
    "irate(requests_total{%run}[%range])",
    "delta(load{%run}[%range])",
    "idelta(flappy{%run}[%range])",
    "deriv(load{%run}[%range])",
    "predict_linear(load{%run}[%range], 600)",
    "resets(bytes_total{%run}[%range])",
    "changes(up{%run}[%range])",
    "avg_over_time(load{%run}[%range])",
    "max_over_time(odd{%run}[%range])",
    "sum_over_time(odd{%run}[%range])",
    "count_over_time(flappy{%run}[%range])",
    "last_over_time(flappy{%run}[%range])",
    "present_over_time(batch{%run}[%range])",
    "stddev_over_time(load{%run}[%range])",
    "quantile_over_time(0.9, load{%run}[%range])",
    r#"absent_over_time(flappy{%run,instance="a"}[%range])"#,
    "sum by (instance) (rate(requests_total{%run}[%range]))",
    "sum without (code, run) (increase(requests_total{%run}[%range]))",
    r#"sum by (job) (rate(requests_total{%run,code!="200"}[%range])) / sum by (job) (rate(requests_total{%run}[%range]))"#,
    "avg by (job) (load{%run})",
    "min by (run) (flappy{%run})",
    "max(odd{%run})",
    "count by (instance) (up{%run} == 1)",
    "group by (kind) (flappy{%run})",
    "stddev(load{%run})",
    "quantile(0.75, load{%run})",
    "quantile by (instance) (0.5, rate(requests_total{%run}[%range]))",
    "topk(2, load{%run})",
    "topk by (run) (1, flappy{%run})",
    "bottomk(3, rate(bytes_total{%run}[%range]))",
    "histogram_quantile(0.9, sum by (le) (rate(latency_seconds_bucket{%run}[%range])))",
    "histogram_quantile(0.5, rate(latency_seconds_bucket{%run}[%range]))",
    "max_over_time(rate(requests_total{%run}[2m])[%range:%sub])",
    "avg_over_time(load{%run}[%range:%sub])",
    "sum_over_time((up{%run} == 0)[%range:%sub] offset %offset)",
    "count_over_time((odd{%run} > -4)[%range:])",
    "rate(requests_total{%run}[%range]) * on (run, instance) group_left (version, node) pod_info{%run}",
    "load{%run} / on (run, instance) up{%run}",
    "load{%run} and on (run, instance) flappy{%run}",
    "load{%run} unless on (run, instance) flappy{%run}",
    "flappy{%run} or on (run, instance) load{%run}",
    "flappy{%run} or batch{%run} or vector(0)",
    "absent(rare{%run})",
    r#"absent(flappy{%run,instance="a"})"#,
    "sum(rare{%run}) or vector(-1)",
    r#"label_replace(load{%run}, "host", "$1.net", "instance", "(.*)")"#,
    r#"label_join(flappy{%run}, "Both", "-", "job", "instance")"#,
    "load{%run} > %number",
    "load{%run} > bool %number",
    "%number < flappy{%run} < 80",
    r#"count_values("value", round(load{%run}, 10))"#,
    r#"count_values by (instance) ("odd", round(odd{%run}, 3))"#,
    "timestamp(flappy{%run})",
    "time() - timestamp(load{%run})",
    "sort(load{%run})",
    "sort_desc(flappy{%run})",
    "clamp(odd{%run}, -5, %number)",
    "-load{%run} % 7 ^ 2",
];

/// Expressions without labels, which are not wrapped.
const SCALARS: [&str; 8] = [
    "time()",
    "%number",
    "1 + 1",
    "scalar(max(load{%run}))",
    r#"scalar(flappy{%run,instance="b"})"#,
    "vector(time()) % 1000",
    "hour() * 60 + minute()",
    "scalar(sum(up{%run})) / time()",
];

/// Expressions around a vector, which replaces `%vector`.
const WRAPPERS: [&str; 16] = [
    "sum by (job) (%vector)",
    "max by (instance) (%vector)",
    "count(%vector)",
    "count by (run) (%vector) > 2",
    "quantile(0.3, %vector)",
    "(%vector) > %number",
    "(%vector) * 2",
    "(%vector) or vector(%number)",
    "(%vector) unless (%vector) > %number",
    "(%vector) and (%vector) < %number",
    "abs(%vector)",
    "absent(%vector)",
    "max_over_time((%vector)[%range:%sub])",
    r#"label_replace(%vector, "copy", "$1", "job", "(.).*")"#,
    r#"count_values("rounded", round(%vector))"#,
    "sort_desc(%vector)",
];

const RANGES: [&str; 7] = ["30s", "1m", "2m", "5m", "10m", "1h", "3h"];
const RESOLUTIONS: [&str; 4] = ["", "30s", "1m", "7m"];
const OFFSETS: [&str; 4] = ["20s", "1m", "7m", "2h"];
const NUMBERS: [&str; 4] = ["0.5", "1", "3", "50"];

/// A random expression, with `%run` still in it.
pub fn expression() -> impl Strategy<Value = String> {
    let plain = select(&VECTORS[..]).prop_map(str::to_owned);
    let wrapped = (select(&WRAPPERS[..]), select(&VECTORS[..])).prop_map(|(wrapper, vector)| wrapper.replace("%vector", vector));
    let twice = (select(&WRAPPERS[..]), wrapped.clone()).prop_map(|(wrapper, vector)| wrapper.replace("%vector", &vector));
    let scalar = select(&SCALARS[..]).prop_map(str::to_owned);
    let template = prop_oneof![6 => plain, 3 => wrapped, 1 => twice, 1 => scalar];
    (template, select(&RANGES[..]), select(&RESOLUTIONS[..]), select(&OFFSETS[..]), select(&NUMBERS[..]))
        .prop_map(|(template, range, resolution, offset, number)| fill(&template, range, resolution, offset, number))
}

fn fill(template: &str, range: &str, resolution: &str, offset: &str, number: &str) -> String {
    template.replace("%range", range).replace("%sub", resolution).replace("%offset", offset).replace("%number", number)
}

/// `expr` for the sequence `run`: it selects the series of the history, and those that the sequence writes.
pub fn of_run(expr: &str, run: u32) -> String {
    expr.replace("%run", &format!(r#"run=~"0|{run}""#))
}

#[cfg(test)]
mod tests {
    use super::*;
    use query::is_fixed;

    #[test]
    fn all_expressions_are_fixed() {
        for wrapper in WRAPPERS.into_iter().chain(["%vector"]) {
            for vector in VECTORS.into_iter().chain(SCALARS) {
                let expr = of_run(&fill(&wrapper.replace("%vector", vector), "5m", "1m", "1h", "3"), 1);
                assert!(is_fixed(&expr), "{expr}");
            }
        }
    }
}
