//! The comparison can fail: it detects the answers of a wrong cache.

use model::series::{Frame, is_gap};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::plan::plan;
use crate::refreshes::{LATENESS, first_difference, unchanged};
use crate::sequence::{Tally, run};
use crate::server::Server;

/// Series that begin and end again and again, with stale markers.
const FLAPPING: &str = r#"flappy{%run,run!="0"}"#;
/// The limit of sequences; far fewer are enough.
const MOST_SEQUENCES: u32 = 200;

#[test]
fn late_samples_are_missed_without_an_overlap() {
    let mut server = Server::start();
    for expr in ["load{%run}", FLAPPING, "sum(rate(requests_total{%run}[1m]))"] {
        assert_eq!(first_difference(&mut server, expr, LATENESS, unchanged), None, "{expr}");
        assert!(first_difference(&mut server, expr, 0, unchanged).is_some(), "{expr}");
    }
}

#[test]
fn random_sequences_find_a_wrong_overlap() {
    let mut server = Server::start();
    let mut runner = TestRunner::deterministic();
    let finds = (0..MOST_SEQUENCES).any(|_| {
        let plan = plan().new_tree(&mut runner).unwrap().current();
        let found = run(&plan, 0, &mut server, &mut Tally::default());
        found.is_err_and(|why| why.contains(" instead of "))
    });
    assert!(finds, "none of {MOST_SEQUENCES} sequences");
}

#[test]
fn a_late_end_of_a_series_is_missed_if_gaps_are_ignored() {
    let mut server = Server::start();
    assert_eq!(first_difference(&mut server, FLAPPING, LATENESS, unchanged), None);
    let difference = first_difference(&mut server, FLAPPING, LATENESS, fill_gaps);
    assert!(difference.as_ref().is_some_and(|what| what.contains("instead of a gap")), "{difference:?}");
}

/// What a wrong cache does that never removes values: where a piece has a gap, the value from before stays.
fn fill_gaps(piece: &mut Frame, before: Option<&Frame>) {
    let Some(before) = before else { return };
    for known in &before.series {
        let Some(series) = piece.series.iter_mut().find(|series| series.labels == known.labels) else { continue };
        for (index, value) in series.values.iter_mut().enumerate().filter(|(_, value)| is_gap(**value)) {
            // The two grids have the same step; an instant between two others is not found.
            if let Some(at) = before.grid.index(piece.grid.time(index)) {
                *value = known.values[at];
            }
        }
    }
}
