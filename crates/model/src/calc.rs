//! Calculations that reduce a series to one number. Ids and meanings are Grafana's (`reduceOptions.calcs`, legend `calcs`).

use json::{FromJson, Value};
use serde::Serialize;

/// How the values of a series are reduced to one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Calc {
    /// The newest value that is not null.
    #[default]
    LastNotNull,
    /// The last value; nothing if it is null.
    Last,
    /// The oldest value that is not null.
    FirstNotNull,
    /// The first value; nothing if it is null.
    First,
    /// The lowest.
    Min,
    /// The highest.
    Max,
    /// The mean of the values that are not null.
    Mean,
    /// The sum.
    Sum,
    /// The number of values that are not null.
    Count,
    /// The highest minus the lowest.
    Range,
    /// The newest minus the oldest.
    Diff,
    /// The newest minus the oldest, in percent of the oldest.
    Diffperc,
    /// The sum of all increases: the increase of a counter, also across resets.
    Delta,
    /// The standard deviation.
    StdDev,
}

impl Calc {
    /// All calculations, with their ids.
    pub const ALL: [(&'static str, Self); 14] = [
        ("lastNotNull", Self::LastNotNull),
        ("last", Self::Last),
        ("firstNotNull", Self::FirstNotNull),
        ("first", Self::First),
        ("min", Self::Min),
        ("max", Self::Max),
        ("mean", Self::Mean),
        ("sum", Self::Sum),
        ("count", Self::Count),
        ("range", Self::Range),
        ("diff", Self::Diff),
        ("diffperc", Self::Diffperc),
        ("delta", Self::Delta),
        ("stdDev", Self::StdDev),
    ];

    /// Whether it needs only the newest value, so that an instant query is enough.
    pub fn is_newest(self) -> bool {
        matches!(self, Self::LastNotNull | Self::Last)
    }

    /// The number for `values`, whose gaps are NaN; `None` if there is no value to compute it from.
    pub fn of(self, values: &[f64]) -> Option<f64> {
        let mut there = values.iter().copied().filter(|value| !value.is_nan());
        let edge = |value: Option<&f64>| value.copied().filter(|value| !value.is_nan());
        let (count, sum) = there.clone().fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
        let lowest = || there.clone().reduce(f64::min);
        let highest = || there.clone().reduce(f64::max);
        let ends = || there.clone().next().zip(there.clone().next_back());
        match self {
            Self::LastNotNull => there.next_back(),
            Self::Last => edge(values.last()),
            Self::FirstNotNull => there.next(),
            Self::First => edge(values.first()),
            Self::Min => lowest(),
            Self::Max => highest(),
            Self::Count => Some(count),
            _ if count == 0.0 => None,
            Self::Mean => Some(sum / count),
            Self::Sum => Some(sum),
            Self::Range => Some(highest()? - lowest()?),
            Self::Diff => ends().map(|(first, last)| last - first),
            Self::Diffperc => ends().map(|(first, last)| (last - first) / first * 100.0),
            Self::Delta => {
                let rises = there.clone().zip(there.skip(1)).map(|(before, after)| if after < before { after } else { after - before });
                Some(rises.sum())
            }
            Self::StdDev => {
                let mean = sum / count;
                Some((there.map(|value| (value - mean) * (value - mean)).sum::<f64>() / count).sqrt())
            }
        }
    }
}

impl FromJson for Calc {
    fn from_json(value: &Value<'_>) -> Option<Self> {
        let id = value.as_str()?;
        Self::ALL.into_iter().find(|(known, _)| *known == id).map(|(_, calc)| calc)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_ignored() {
        let values = [f64::NAN, 2.0, 5.0, f64::NAN, 1.0, 4.0, f64::NAN];
        let expected = [
            Some(4.0),
            None,
            Some(2.0),
            None,
            Some(1.0),
            Some(5.0),
            Some(3.0),
            Some(12.0),
            Some(4.0),
            Some(4.0),
            Some(2.0),
            Some(100.0),
            // 3, then 1 after a reset, then 3.
            Some(7.0),
            Some(2.5_f64.sqrt()),
        ];
        for ((id, calc), expected) in Calc::ALL.into_iter().zip(expected) {
            assert_eq!(calc.of(&values), expected, "{id}");
        }
    }

    #[test]
    fn without_values_only_the_count_is_a_number() {
        for (id, calc) in Calc::ALL {
            assert_eq!(calc.of(&[f64::NAN]), (calc == Calc::Count).then_some(0.0), "{id}");
            assert_eq!(serde_json::to_value(calc).unwrap(), id);
        }
    }
}
