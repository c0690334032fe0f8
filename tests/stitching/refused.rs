//! Why some expressions are not requested in pieces: the stitched answers would be wrong.

use model::series::{Frame, Grid};
use model::time::{HOUR, MINUTE, Millis, SECOND, Window};
use model::variable::interpolate;
use query::{bindings, depends_on_range, is_fixed};

use crate::expressions::of_run;
use crate::refreshes::{LATENESS, first_difference, unchanged};
use crate::server::Server;
use crate::source::END;

#[test]
fn expressions_that_are_not_fixed_would_be_stitched_wrongly() {
    let mut server = Server::start();
    for expr in [
        "load{%run} @ end()",
        "load{%run} @ start()",
        "load{%run} - load{%run} @ end()",
        "topk(1, avg_over_time(load{%run}[10m] @ end()))",
        "load{%run} offset -5m",
        "rate(requests_total{%run}[2m] offset - 1m30s)",
        "max_over_time(flappy{%run}[2m:30s] offset -3m)",
    ] {
        assert!(!is_fixed(expr), "{expr}");
        assert!(
            first_difference(&mut server, expr, LATENESS, unchanged).is_some(),
            "{expr} is not fixed, but its stitched answer is right"
        );
    }
    // `@` with a time in the past could be stitched, but `is_fixed` does not look into the time.
    let past = format!("load{{%run}} @ {}", (END - HOUR) / SECOND);
    assert_eq!(first_difference(&mut server, &past, LATENESS, unchanged), None);
    assert!(!is_fixed(&past));
}

/// The value at an instant depends on the length of the window, so an answer for one window is of no use for another.
#[test]
fn the_range_macros_give_another_expression_for_each_window() {
    let mut server = Server::start();
    let template = "max_over_time(load{%run}[$__range])";
    assert!(depends_on_range(template));
    let mut last = |length: Millis| -> (String, Frame) {
        let window = Window { start: END - length, end: END };
        let expr = of_run(&interpolate(template, &bindings(window, MINUTE, MINUTE)), 0);
        let frame = server.ask(&expr, Grid { start: END, step: MINUTE, len: 1 }).unwrap();
        (expr, frame)
    };
    let (short, long) = (last(10 * MINUTE), last(HOUR));
    assert_ne!(short.0, long.0);
    assert_ne!(short.1, long.1);
}
