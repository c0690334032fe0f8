//! Native histograms: each bucket becomes a series of its own, named by its bounds in the label [`BUCKET`], so that columns, chunks and
//! their cache need not know of them. What holds no observation at an instant is not in the answer, and is a gap.

use json::{Error, Reader, parse_number};
use model::histogram::BUCKET;
use model::labels::Labels;
use model::series::{GAP, Series};

/// The buckets of one histogram over time.
pub struct Buckets {
    /// How many instants there are.
    len: usize,
    columns: Vec<(String, Vec<f64>)>,
}

impl Buckets {
    /// None so far, for so many instants.
    pub fn new(len: usize) -> Self {
        Self { len, columns: Vec::new() }
    }

    /// Reads those of one instant: `{"count", "sum", "buckets": [[rule, "left", "right", "count"], …]}`. Without observations there are
    /// no buckets.
    pub fn read(&mut self, reader: &mut Reader<'_>, index: Option<usize>) -> Result<(), Error> {
        // Buckets come sorted: the next one is looked for behind the last.
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

    /// How many there are.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// A series for each, of what has these labels.
    pub fn into_series(self, labels: &Labels) -> impl Iterator<Item = Series> {
        self.columns.into_iter().map(|(bounds, values)| Series { labels: labels.with(BUCKET, bounds), values })
    }
}

/// `[rule, "left", "right", "count"]` as bounds and count.
fn read_bucket(reader: &mut Reader<'_>) -> Result<(String, f64), Error> {
    reader.consume(b'[')?;
    let rule = reader.number()?;
    let mut text = || -> Result<String, Error> {
        reader.consume(b',')?;
        Ok(reader.string()?.into_owned())
    };
    let (left, right, count) = (text()?, text()?, text()?);
    reader.consume(b']')?;
    // 0: open at the left, 1: at the right, 2: at both ends, 3: at neither.
    let (begin, end) = match rule {
        0.0 => ('(', ']'),
        1.0 => ('[', ')'),
        2.0 => ('(', ')'),
        _ => ('[', ']'),
    };
    Ok((format!("{begin}{left},{right}{end}"), parse_number(&count).ok_or(Error::Malformed)?))
}
