//! Counts of test results, read from what each runner prints.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use serde_json::Value;

/// How many tests passed, failed, and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passed.
    pub passed: u64,
    /// Failed, or could not be run.
    pub failed: u64,
    /// Ignored on purpose by the test's author.
    pub skipped: u64,
}

impl Tally {
    /// A check that is one test.
    pub fn one(passed: bool) -> Self {
        Self { passed: passed.into(), failed: (!passed).into(), skipped: 0 }
    }

    /// Reads a result line of libtest or wasm-bindgen-test: `test result: ok. 3 passed; 0 failed; 1 ignored; …`. Other lines count as zero.
    pub fn of_libtest(line: &str) -> Self {
        let mut tally = Self::default();
        let Some(result) = line.trim().strip_prefix("test result: ") else { return tally };
        for part in result.split([';', '.']) {
            let mut words = part.split_whitespace();
            let (Some(Ok(count)), Some(kind)) = (words.next().map(str::parse), words.next()) else { continue };
            match kind {
                "passed" => tally.passed = count,
                "failed" => tally.failed = count,
                "ignored" => tally.skipped = count,
                _ => {}
            }
        }
        tally
    }

    /// Reads the report of Playwright's `json` reporter; `None` if it is not one. A flaky test, which passed only on a retry, has failed.
    pub fn of_playwright(report: &Value) -> Option<Self> {
        let count = |name: &str| report["stats"][name].as_u64();
        Some(Self { passed: count("expected")?, failed: count("unexpected")? + count("flaky")?, skipped: count("skipped")? })
    }

    /// Counts a runner that failed without a failed test as one failure.
    pub fn with_exit(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed, skipped: self.skipped + other.skipped }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libtest_results_are_counted() {
        let line = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.05s";
        assert_eq!(Tally::of_libtest(line), Tally { passed: 12, failed: 0, skipped: 1 });
        let line = "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s";
        assert_eq!(Tally::of_libtest(line), Tally { passed: 1, failed: 2, skipped: 0 });
        assert_eq!(Tally::of_libtest("test model::unit::tests::short ... ok"), Tally::default());
    }

    #[test]
    fn playwright_results_are_counted() {
        let report = serde_json::json!({"stats": {"expected": 7, "unexpected": 1, "flaky": 1, "skipped": 2}});
        assert_eq!(Tally::of_playwright(&report), Some(Tally { passed: 7, failed: 2, skipped: 2 }));
        assert_eq!(Tally::of_playwright(&Value::Null), None);
    }

    #[test]
    fn a_runner_that_exits_with_an_error_counts_as_a_failure() {
        assert_eq!(Tally::default().with_exit(false), Tally::one(false));
        let tally = Tally { passed: 3, failed: 2, skipped: 0 };
        assert_eq!(tally.with_exit(false), tally);
        assert_eq!(Tally::one(true).with_exit(true), Tally::one(true));
    }
}
