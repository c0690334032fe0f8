//! `resultType` and `result` of a query, straight from the bytes into columns: no JSON tree in between.
//!
//! The elements tell what they are by their own shape (`values`, `value`, a bare pair), so that it does not matter whether
//! `resultType` comes before or after them, nor that VictoriaMetrics says `vector` where Prometheus says `scalar`.

use crate::model::labels::Labels;
use crate::model::series::{Frame, Grid, Sample, Series};
use crate::model::time::Millis;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// What to collect, and where.
pub enum Collect<'a> {
    /// A range vector on this grid.
    Range(Grid, &'a mut Vec<Series>),
    /// An instant vector; a scalar is a sample without labels.
    Instant(&'a mut Vec<Sample>),
}

impl Collect<'_> {
    fn series(&mut self, labels: Labels, column: Option<Vec<f64>>, value: Option<f64>) {
        match self {
            Collect::Range(_, series) => series.extend(column.map(|values| Series { labels, values })),
            Collect::Instant(samples) => samples.extend(value.map(|value| Sample { labels, value })),
        }
    }

    fn grid(&self) -> Option<Grid> {
        match self {
            Collect::Range(grid, _) => Some(*grid),
            Collect::Instant(_) => None,
        }
    }
}

/// An empty frame for `grid`, to be filled by [`Collect::Range`].
pub fn empty(grid: Grid) -> Frame {
    Frame { grid, series: Vec::new() }
}

/// The object `data`.
impl<'de> DeserializeSeed<'de> for Collect<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(DataVisitor(self))
    }
}

struct DataVisitor<'a>(Collect<'a>);

impl<'de> Visitor<'de> for DataVisitor<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the data of a query")
    }

    /// `null`, as beside an error.
    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<&str>()? {
            if key == "result" {
                map.next_value_seed(ResultSeed(&mut self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The array `result`: series, samples, or the two halves of a scalar.
struct ResultSeed<'a, 'b>(&'a mut Collect<'b>);

impl<'de> DeserializeSeed<'de> for ResultSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ResultSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of series")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        while sequence.next_element_seed(ElementSeed(self.0))?.is_some() {}
        Ok(())
    }
}

struct ElementSeed<'a, 'b>(&'a mut Collect<'b>);

impl<'de> DeserializeSeed<'de> for ElementSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ElementSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a series")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut labels = Labels::default();
        let mut column = None;
        let mut value = None;
        while let Some(key) = map.next_key::<&str>()? {
            match (key, self.0.grid()) {
                ("metric", _) => labels = map.next_value_seed(LabelsSeed)?,
                ("values", Some(grid)) => column = Some(map.next_value_seed(ColumnSeed(grid))?),
                ("value", None) => value = Some(map.next_value::<(f64, Number)>()?.1.0),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        self.0.series(labels, column, value);
        Ok(())
    }

    // A scalar is `[time, "value"]`: its time is passed over, its value is a sample.
    fn visit_f64<E: de::Error>(self, _time: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: de::Error>(self, _time: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: de::Error>(self, _time: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        // The value of a string result is no number and so no sample.
        if let Some(value) = parse_number(text) {
            self.0.series(Labels::default(), None, Some(value));
        }
        Ok(())
    }
}

/// An object of label names and values.
struct LabelsSeed;

impl<'de> DeserializeSeed<'de> for LabelsSeed {
    type Value = Labels;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Labels, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for LabelsSeed {
    type Value = Labels;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("labels")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Labels, E> {
        Ok(Labels::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Labels, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry::<String, String>()? {
            pairs.push(pair);
        }
        Ok(Labels::new(pairs))
    }
}

/// The samples of one series, put where they belong on the grid. What lies between two instants is dropped.
struct ColumnSeed(Grid);

impl<'de> DeserializeSeed<'de> for ColumnSeed {
    type Value = Vec<f64>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<f64>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ColumnSeed {
    type Value = Vec<f64>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("samples")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Vec<f64>, A::Error> {
        let mut column = vec![f64::NAN; self.0.len];
        while let Some((seconds, Number(value))) = sequence.next_element::<(f64, Number)>()? {
            if let Some(slot) = self.0.index(to_millis(seconds)).and_then(|index| column.get_mut(index)) {
                *slot = value;
            }
        }
        Ok(column)
    }
}

/// Seconds with at most three decimals, as milliseconds.
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and an instant that far away is on no grid")]
pub fn to_millis(seconds: f64) -> Millis {
    (seconds * 1_000.0).round() as Millis
}

/// A sample's value: a string such as `"1.5"`, `"NaN"` or `"+Inf"`.
struct Number(f64);

impl<'de> de::Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number in a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        parse_number(text).map(Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
        Ok(Number(value))
    }
}

fn parse_number(text: &str) -> Option<f64> {
    text.parse().ok()
}
