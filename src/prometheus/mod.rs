//! Talking to Prometheus, or to whatever answers as it does: the only HTTP of the app.
//!
//! [`decode`] turns the bytes of answers into the model, [`error`] says what can go wrong, and `client` asks.
//! Nothing here assumes Prometheus itself: VictoriaMetrics, Thanos and Mimir leave fields out and use other status codes.

#[cfg(feature = "web")]
pub mod client;
pub mod decode;
mod envelope;
pub mod error;
mod matrix;

/// What a source said, with the remarks that came with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<T> {
    /// The data.
    pub data: T,
    /// Warnings (results may be incomplete) and infos (a query may not mean what it seems to). Untrusted text.
    pub remarks: Vec<String>,
}
