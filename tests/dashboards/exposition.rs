//! Reads the captured output of real exporters in `tests/fixtures/expositions/`.

use std::fs;
use std::path::Path;

/// One line of an exposition.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The metric's name.
    pub metric: String,
    /// The labels as they are written, without braces.
    pub labels: String,
    /// The value; the timestamp that some exporters add is left out.
    pub value: f64,
}

/// The samples of the exposition called `name`.
pub fn read(name: &str) -> Vec<Sample> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/expositions/{name}.txt"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().filter(|line| !line.starts_with('#')).map(parse).collect()
}

fn parse(line: &str) -> Sample {
    let (series, value) = match line.rsplit_once("} ") {
        Some((series, value)) => (series, value),
        None => line.split_once(' ').unwrap(),
    };
    let (metric, labels) = series.split_once('{').unwrap_or((series, ""));
    let value = value.split(' ').next().unwrap().parse().unwrap();
    Sample { metric: metric.to_owned(), labels: labels.to_owned(), value }
}

#[test]
fn lines_are_read_with_and_without_labels_and_timestamps() {
    let sample = |metric: &str, labels: &str, value| Sample { metric: metric.into(), labels: labels.into(), value };
    assert_eq!(parse("a_b 1.5e+09"), sample("a_b", "", 1.5e9));
    assert_eq!(parse(r#"a{b="c d",e="}"} 2 1795377636375"#), sample("a", r#"b="c d",e="}""#, 2.0));
}
