//! Rules for expressions, which make them correct at scrape intervals of 30 s and of 60 s.

use crate::promql::{calls, divisors, metrics, range_selector};
use crate::shipped::{Asked, Expression, Shipped, of_services};

/// Counters whose names do not end in `_total`: the exporters of MySQL and Nginx keep the names of the server.
const COUNTERS: [&str; 10] = [
    "mysql_global_status_aborted_clients",
    "mysql_global_status_aborted_connects",
    "mysql_global_status_bytes_received",
    "mysql_global_status_bytes_sent",
    "mysql_global_status_innodb_buffer_pool_read_requests",
    "mysql_global_status_innodb_buffer_pool_reads",
    "mysql_global_status_queries",
    "mysql_global_status_slow_queries",
    "nginx_connections_accepted",
    "nginx_connections_handled",
];
/// The functions that give the change of a counter.
const OF_COUNTERS: [&str; 3] = ["rate", "increase", "resets"];
/// The windows that hold four scrapes at 60 s: one may fail, one may be late.
const WINDOWS: [&str; 5] = ["$__rate_interval", "$__range", "5m", "1h", "6h"];

/// Whether `metric` is a counter.
pub fn is_counter(metric: &str) -> bool {
    metric.ends_with("_total") || COUNTERS.contains(&metric)
}

/// How often an expression reads a counter.
fn counters(expr: &str) -> usize {
    metrics(expr).into_iter().filter(|metric| is_counter(metric)).count()
}

/// Fails with the place of each expression that breaks `rule`, and with why.
fn check(rule: impl Fn(&Expression) -> Result<(), String>) {
    let shipped = of_services();
    let expressions = shipped.iter().flat_map(Shipped::expressions);
    let broken: Vec<String> =
        expressions.filter_map(|expression| rule(&expression).err().map(|why| format!("{}: {why}", expression.place))).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

fn ensure(condition: bool, why: impl FnOnce() -> String) -> Result<(), String> {
    if condition { Ok(()) } else { Err(why()) }
}

#[test]
fn rates_are_applied_directly_to_counters() {
    check(|expression| {
        for call in calls(expression.template) {
            // irate uses two samples of a window, and so only a fraction of what a graph's step covers.
            ensure(call.function != "irate" && call.function != "idelta", || format!("{} is a guess", call.function))?;
            let of_counters = OF_COUNTERS.contains(&call.function);
            let of_gauges = ["deriv", "predict_linear", "delta"].contains(&call.function);
            if of_counters || of_gauges {
                let (metric, window) = range_selector(call.argument)
                    .ok_or_else(|| format!("{} of {}, which is not a range selector", call.function, call.argument))?;
                ensure(is_counter(metric) == of_counters, || format!("{} of {metric}", call.function))?;
                ensure(WINDOWS.contains(&window), || format!("{window} may hold too few samples"))?;
            }
        }
        Ok(())
    });
}

#[test]
fn counters_are_only_read_as_rates() {
    check(|expression| {
        let rightly = calls(expression.template).into_iter().map(|call| match range_selector(call.argument) {
            Some((metric, _)) => usize::from(OF_COUNTERS.contains(&call.function) && is_counter(metric)),
            // Counting the series of a counter does not use its value.
            None if call.function == "count" && calls(call.argument).is_empty() => counters(call.argument),
            None => 0,
        });
        ensure(counters(expression.template) == rightly.sum::<usize>(), || format!("a counter is read as it is in {}", expression.template))
    });
}

#[test]
fn only_range_queries_use_the_rate_interval() {
    check(|expression| {
        for call in calls(expression.template) {
            let Some((_, window)) = range_selector(call.argument) else { continue };
            if ["rate", "increase"].contains(&call.function) {
                let follows = window == "$__rate_interval";
                ensure(follows == (expression.asked == Asked::Range), || format!("{window} in {}", expression.template))?;
            }
        }
        let variable = expression.template.contains('$');
        ensure(!variable || expression.asked != Asked::Overview, || "the overview has no variables".to_owned())
    });
}

#[test]
fn nothing_is_divided_by_zero() {
    check(|expression| {
        for divisor in divisors(expression.template) {
            let filtered = divisor.starts_with('(') && divisor.contains(" > 0)");
            let clamped = divisor.starts_with("clamp_min(");
            ensure(filtered || clamped, || format!("division by {divisor}"))?;
        }
        Ok(())
    });
}

#[test]
fn control_groups_that_are_no_containers_are_excluded() {
    check(|expression| {
        let named = [r#"name!="""#, r#"name=~"$container""#].iter().any(|matcher| expression.template.contains(matcher));
        let reads = metrics(expression.template).iter().any(|metric| metric.starts_with("container_"));
        ensure(named || !reads, || "counts the whole machine as a container".to_owned())
    });
}

#[test]
fn expressions_with_the_rate_interval_select_the_dashboards_own_job() {
    check(|expression| {
        let by_job = expression.template.contains(r#"job=~"$job""#);
        ensure(by_job || !expression.template.contains("$__rate_interval"), || r#"no job=~"$job""#.to_owned())
    });
}
