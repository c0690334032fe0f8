//! Talking to Prometheus, or to whatever answers as it does: all of the app that speaks to the source.
//!
//! [`decode`] turns the bytes of answers into the model, [`error`] says what can go wrong, and `client` asks.
//! Nothing here assumes Prometheus itself: VictoriaMetrics, Thanos and Mimir leave fields out and use other status codes.

pub mod decode;
mod envelope;
pub mod error;
mod histogram;
mod matrix;

/// What a source said, with the remarks that came with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<T> {
    /// The data.
    pub data: T,
    /// The remarks.
    pub remarks: Remarks,
}

/// What a source remarks on an answer. Untrusted text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remarks {
    /// The answer may be incomplete.
    pub warnings: Vec<String>,
    /// The query may not mean what it seems to. Prometheus says so of every counter whose name lacks `_total`, so this is no alarm.
    pub infos: Vec<String>,
}

impl Remarks {
    /// Adds the remarks on another answer, each only once.
    pub fn add(&mut self, other: Self) {
        let Self { warnings, infos } = other;
        for (all, new) in [(&mut self.warnings, warnings), (&mut self.infos, infos)] {
            for remark in new {
                if !all.contains(&remark) {
                    all.push(remark);
                }
            }
        }
    }
}
