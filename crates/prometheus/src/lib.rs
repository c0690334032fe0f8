//! Reads answers of the Prometheus HTTP API.
//!
//! [`decode`] turns the bytes of answers into the model, and [`error`] lists what can go wrong. `state::client` sends the requests.
//! Other servers with the same API work too: VictoriaMetrics, Thanos and Mimir leave fields out and use other status codes.

pub mod decode;
mod envelope;
pub mod error;
mod histogram;
mod matrix;

/// The data of an answer, with its remarks.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<T> {
    /// The data.
    pub data: T,
    /// The remarks.
    pub remarks: Remarks,
}

/// The warnings and infos of an answer. Untrusted text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remarks {
    /// The answer may be incomplete.
    pub warnings: Vec<String>,
    /// The query may not mean what it seems to. Not an alarm: Prometheus says so of every counter whose name lacks `_total`.
    pub infos: Vec<String>,
}

impl Remarks {
    /// Adds the remarks of another answer, without duplicates.
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
