//! Reads `result` of a query from the bytes directly into columns, without a JSON tree.
//!
//! The type of an element follows from its own fields (`values`, `value`, or a plain pair), not from `resultType`. So it does not matter
//! whether `resultType` comes before or after them, nor that VictoriaMetrics says `vector` where Prometheus says `scalar`. Native
//! histograms (`histograms`, `histogram`) become one series per bucket: see [`super::histogram`].

use super::histogram::Buckets;
use json::{Error, Reader, parse_number};
use model::labels::Labels;
use model::series::{GAP, Grid, Sample, Series};
use model::time::Millis;

/// The most series that are kept, to limit the browser's memory. Further ones are only counted.
const MAX_SERIES: usize = 10_000;

/// Collects the series or samples of an answer.
pub struct Collect<'a> {
    into: Kept<'a>,
    /// How many series the answer has, with those that are not kept.
    count: usize,
}

/// What to collect, and where.
enum Kept<'a> {
    /// A range vector on this grid.
    Range(Grid, &'a mut Vec<Series>),
    /// An instant vector; a scalar is a sample without labels.
    Instant(&'a mut Vec<Sample>),
}

impl<'a> Collect<'a> {
    /// Collects a range vector on this grid.
    pub fn range(grid: Grid, series: &'a mut Vec<Series>) -> Self {
        Self { into: Kept::Range(grid, series), count: 0 }
    }

    /// Collects an instant vector; a scalar is a sample without labels.
    pub fn instant(samples: &'a mut Vec<Sample>) -> Self {
        Self { into: Kept::Instant(samples), count: 0 }
    }

    /// An error if the answer has too many series to keep.
    pub fn check(&self) -> Result<(), super::error::Error> {
        if self.count > MAX_SERIES { Err(super::error::Error::TooManySeries { count: self.count }) } else { Ok(()) }
    }

    /// Reads the object `data`.
    pub fn data(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        // An error may come with `"data": null`.
        if reader.null()? {
            return Ok(());
        }
        reader.object(&mut |reader, key| match &*key {
            "result" => self.result(reader),
            _ => reader.skip(),
        })
    }

    /// Reads series, samples, or the two elements of a scalar.
    fn result(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        if reader.null()? {
            return Ok(());
        }
        reader.array(&mut |reader| match reader.peek()? {
            b'{' => self.element(reader),
            // A scalar is `[time, "value"]`. The value of a string result is not a number, so it gives no sample.
            b'"' => {
                if let (Kept::Instant(samples), Some(value)) = (&mut self.into, parse_number(&reader.string()?)) {
                    samples.push(Sample { labels: Labels::default(), value });
                }
                Ok(())
            }
            _ => reader.number().map(drop),
        })
    }

    fn element(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        self.count += 1;
        if self.count > MAX_SERIES {
            return reader.skip();
        }
        let mut labels = Labels::default();
        let mut column = None;
        let mut value = None;
        let mut buckets = Buckets::new(if let Kept::Range(grid, _) = &self.into { grid.len } else { 1 });
        reader.object(&mut |reader, key| {
            match (&*key, &self.into) {
                ("metric", _) => labels = read_labels(reader)?,
                ("values", Kept::Range(grid, _)) => column = Some(read_column(reader, *grid)?),
                ("value", Kept::Instant(_)) => value = Some(read_sample(reader)?.1),
                ("histograms", Kept::Range(grid, _)) => reader
                    .array(&mut |reader| read_timed(reader, &mut |reader, seconds| buckets.read(reader, grid.index(to_millis(seconds)))))?,
                ("histogram", Kept::Instant(_)) => read_timed(reader, &mut |reader, _| buckets.read(reader, Some(0)))?,
                _ => reader.skip()?,
            }
            Ok(())
        })?;
        // A bucket takes as much memory as a series.
        self.count += buckets.len();
        let buckets = buckets.into_series(&labels);
        match &mut self.into {
            Kept::Range(_, series) => {
                series.extend(buckets);
                series.extend(column.map(|values| Series { labels, values }));
            }
            Kept::Instant(samples) => {
                samples.extend(buckets.filter_map(|bucket| Some(Sample { value: *bucket.values.first()?, labels: bucket.labels })));
                samples.extend(value.map(|value| Sample { labels, value }));
            }
        }
        Ok(())
    }
}

/// Reads an object of label names and values.
fn read_labels(reader: &mut Reader<'_>) -> Result<Labels, Error> {
    let mut pairs = Vec::new();
    if !reader.null()? {
        reader.object(&mut |reader, name| {
            pairs.push((name.into_owned(), reader.string()?.into_owned()));
            Ok(())
        })?;
    }
    Ok(Labels::new(pairs))
}

/// Reads the samples of one series into a column on the grid. Samples between two instants of the grid are dropped.
fn read_column(reader: &mut Reader<'_>, grid: Grid) -> Result<Vec<f64>, Error> {
    let mut column = vec![GAP; grid.len];
    reader.array(&mut |reader| {
        let (seconds, value) = read_sample(reader)?;
        if let Some(slot) = grid.index(to_millis(seconds)).and_then(|index| column.get_mut(index)) {
            *slot = value;
        }
        Ok(())
    })?;
    Ok(column)
}

/// Reads `[seconds, "value"]`. The value is text such as `1.5`, `NaN` or `+Inf`; some servers write it without quotes.
fn read_sample(reader: &mut Reader<'_>) -> Result<(f64, f64), Error> {
    reader.consume(b'[')?;
    let seconds = reader.number()?;
    reader.consume(b',')?;
    let value = match reader.peek()? {
        b'"' => reader.quoted_number()?,
        _ => reader.number()?,
    };
    reader.consume(b']')?;
    Ok((seconds, value))
}

/// Reads `[seconds, histogram]`.
fn read_timed(reader: &mut Reader<'_>, read: &mut dyn FnMut(&mut Reader<'_>, f64) -> Result<(), Error>) -> Result<(), Error> {
    reader.consume(b'[')?;
    let seconds = reader.number()?;
    reader.consume(b',')?;
    read(reader, seconds)?;
    reader.consume(b']')
}

/// Converts seconds to milliseconds, rounded.
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and an instant that far away is on no grid")]
pub fn to_millis(seconds: f64) -> Millis {
    (seconds * 1_000.0).round() as Millis
}
