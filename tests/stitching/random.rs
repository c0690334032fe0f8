//! Random sequences find no difference.

use std::cell::RefCell;
use std::io::{Write, stderr};
use std::path::Path;
use std::time::Instant;

use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::plan::plan;
use crate::sequence::{Tally, run};
use crate::server::{Server, programs};

/// The number of sequences: they take some ten seconds, on a busy machine half a minute.
const CASES: u32 = 300;
/// How many shorter sequences are tried when one fails.
const SHRINKS: u32 = 400;

#[test]
fn stitched_answers_equal_whole_ones() {
    let cases = std::env::var("UTKIK_STITCHING_CASES").map_or(CASES, |cases| cases.parse().unwrap());
    let programs = programs();
    let each = cases.div_ceil(u32::try_from(programs.len()).unwrap());
    for program in programs {
        check(&program, each);
    }
}

fn check(program: &Path, cases: u32) {
    let begun = Instant::now();
    let state = RefCell::new((Server::of(program), Tally::default()));
    let version = state.borrow_mut().0.version();
    let config = Config { cases, max_shrink_iters: SHRINKS, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&plan(), |plan| {
        let (server, tally) = &mut *state.borrow_mut();
        run(&plan, plan.overlap, server, tally).map_err(TestCaseError::fail)
    });
    if let Err(error) = result {
        panic!("Prometheus {version}: {error}");
    }
    let Tally { sequences, moves, compared, filled, pieces, whole, forgotten } = state.into_inner().1;
    assert!(filled * 2 > compared, "only {filled} of {compared} answers had samples");
    let report = format!(
        "Prometheus {version}: {sequences} sequences, {moves} moves, {compared} answers compared ({filled} with samples) in {:.1} s; \
         {} requests with {} samples in pieces, {} with {} as a whole; {forgotten} times a piece was forgotten before it was read\n",
        begun.elapsed().as_secs_f64(),
        pieces.requests,
        pieces.samples,
        whole.requests,
        whole.samples
    );
    // The output of `eprintln` is only shown when the test fails.
    stderr().write_all(report.as_bytes()).unwrap();
}
