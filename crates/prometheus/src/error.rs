//! Everything that can go wrong between the app and its source, as one type. `state::language` turns it into a message.

use json;
use std::fmt;

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// No connection: no network, no server, or the browser refused.
    Unreachable,
    /// No answer before the timeout.
    TimedOut,
    /// The proxy answers, but the source behind it does not (502, 503, 504 without a Prometheus error), or the source is still starting.
    Unavailable {
        /// The HTTP status.
        status: u16,
    },
    /// The proxy does not allow this request (401, 403, 404, 405 and similar without a Prometheus error).
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// An answer with status 2xx that is not JSON: often the page itself, if the proxy's location is missing.
    NotPrometheus,
    /// JSON, but not in the format of the API.
    Malformed,
    /// The answer ends too early.
    Truncated,
    /// The answer has too many bytes for a browser.
    TooLarge,
    /// The answer has too many series for a browser.
    TooManySeries {
        /// How many it has.
        count: usize,
    },
    /// An error that the source reports.
    Api {
        /// Prometheus' `errorType`, or what another source puts there.
        kind: String,
        /// The source's message. Untrusted text.
        message: String,
    },
}

impl Error {
    /// Whether the source itself cannot be reached, so that all panels fail, rather than only this query.
    pub fn is_outage(&self) -> bool {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Unavailable { .. } | Self::NotPrometheus => true,
            Self::Refused { .. } | Self::Malformed | Self::Truncated | Self::TooLarge | Self::TooManySeries { .. } | Self::Api { .. } => {
                false
            }
        }
    }
}

impl From<json::Error> for Error {
    fn from(error: json::Error) -> Self {
        match error {
            json::Error::Truncated => Self::Truncated,
            json::Error::Malformed => Self::Malformed,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => formatter.write_str("unreachable"),
            Self::TimedOut => formatter.write_str("timed out"),
            Self::Unavailable { status } | Self::Refused { status } => write!(formatter, "HTTP {status}"),
            Self::NotPrometheus => formatter.write_str("not an answer of Prometheus"),
            Self::Malformed => formatter.write_str("malformed answer"),
            Self::Truncated => formatter.write_str("truncated answer"),
            Self::TooLarge => formatter.write_str("answer too large"),
            Self::TooManySeries { count } => write!(formatter, "{count} series"),
            Self::Api { kind, message } => write!(formatter, "{kind}: {message}"),
        }
    }
}

impl std::error::Error for Error {}
