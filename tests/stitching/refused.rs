//! Why some expressions are not asked in pieces: stitched, their answers would be wrong.

use model::series::{Frame, Grid};
use model::time::{HOUR, MINUTE, Millis, SECOND, Window};
use model::variable::interpolate;
use query::{bindings, is_fixed, moves_with_window};

use crate::expressions::of_run;
use crate::refreshes::{LATENESS, first_difference, honestly};
use crate::server::Server;
use crate::source::END;

#[test]
fn what_is_refused_would_be_wrong() {
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
        assert!(first_difference(&mut server, expr, LATENESS, honestly).is_some(), "{expr} is refused for nothing");
    }
    // A fixed instant that everything is known of could be stitched. That it is one is not looked into.
    let past = format!("load{{%run}} @ {}", (END - HOUR) / SECOND);
    assert_eq!(first_difference(&mut server, &past, LATENESS, honestly), None);
    assert!(!is_fixed(&past));
}

/// The value at an instant hangs on the length of the window, so that what one window gave says nothing about another.
#[test]
fn the_range_macros_make_another_expression_of_each_window() {
    let mut server = Server::start();
    let template = "max_over_time(load{%run}[$__range])";
    assert!(moves_with_window(template));
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
