//! Native histograms: each bucket becomes a series of its own, with its bounds in the label [`BUCKET`], so that columns, chunks and the
//! cache need no code for histograms. A bucket without observations at an instant is not in the answer, and becomes a gap.

use json::{Error, Reader, parse_number};
use model::histogram::BUCKET;
use model::labels::Labels;
use model::series::{GAP, Series};

/// The buckets of one histogram over time.
pub struct Buckets {
    /// The number of instants.
    len: usize,
    columns: Vec<(String, Vec<f64>)>,
}

impl Buckets {
    /// No buckets yet, for `len` instants.
    pub fn new(len: usize) -> Self {
        Self { len, columns: Vec::new() }
    }

    /// Reads the buckets at one instant: `{"count", "sum", "buckets": [[rule, "left", "right", "count"], …]}`. The field `buckets` is
    /// missing if there are no observations.
    pub fn read(&mut self, reader: &mut Reader<'_>, index: Option<usize>) -> Result<(), Error> {
        // Buckets are sorted: the search for the next one starts after the last one.
        let mut next = 0;
        reader.object(&mut |reader, key| {
            if key != "buckets" || reader.peek()? != b'[' {
                return reader.skip();
            }
            reader.array(&mut |reader| {
                let (bounds, count) = read_bucket(reader)?;
                let is_it = |(known, _): &(String, Vec<f64>)| *known == bounds;
                let behind = self.columns.iter().skip(next).position(is_it).map(|behind| next + behind);
                let at = behind.or_else(|| self.columns.iter().position(is_it)).unwrap_or(self.columns.len());
                if at == self.columns.len() {
                    self.columns.push((bounds, vec![GAP; self.len]));
                }
                next = at + 1;
                if let Some(slot) = self.columns.get_mut(at).zip(index).and_then(|((_, column), index)| column.get_mut(index)) {
                    *slot = count;
                }
                Ok(())
            })
        })
    }

    /// The number of buckets.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// One series per bucket. Each has `labels` and the label [`BUCKET`].
    pub fn into_series(self, labels: &Labels) -> impl Iterator<Item = Series> {
        self.columns.into_iter().map(|(bounds, values)| Series { labels: labels.with(BUCKET, bounds), values })
    }
}

/// Reads `[rule, "left", "right", "count"]` as bounds and count.
fn read_bucket(reader: &mut Reader<'_>) -> Result<(String, f64), Error> {
    reader.consume(b'[')?;
    let rule = reader.number()?;
    let mut text = || -> Result<String, Error> {
        reader.consume(b',')?;
        Ok(reader.string()?.into_owned())
    };
    let (left, right, count) = (text()?, text()?, text()?);
    reader.consume(b']')?;
    // 0: open on the left, 1: open on the right, 2: open on both sides, 3: closed on both sides.
    let (begin, end) = match rule {
        0.0 => ('(', ']'),
        1.0 => ('[', ')'),
        2.0 => ('(', ')'),
        _ => ('[', ']'),
    };
    Ok((format!("{begin}{left},{right}{end}"), parse_number(&count).ok_or(Error::Malformed)?))
}
