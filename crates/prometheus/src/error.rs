//! What can go wrong between the app and its source. One type; `state::language` turns it into words.

use json;
use std::fmt;

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// No connection: no network, no server, or the browser refused.
    Unreachable,
    /// No answer within the time allowed.
    TimedOut,
    /// The proxy answers, but not the source behind it (502, 503, 504 without a Prometheus error in it), or the source is still
    /// starting.
    Unavailable {
        /// The HTTP status.
        status: u16,
    },
    /// The proxy lets this through to nobody (401, 403, 404, 405 and their like without a Prometheus error in it).
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// An answer with status 2xx that is not JSON: often the page itself, where the proxy's location is missing.
    NotPrometheus,
    /// JSON of another shape than the API's.
    Malformed,
    /// The answer ends in the middle.
    Truncated,
    /// The answer is larger than a browser should be asked to take.
    TooLarge,
    /// The answer has more series than a browser should be asked to keep.
    TooManySeries {
        /// How many it has.
        count: usize,
    },
    /// The source says what is wrong.
    Api {
        /// Prometheus' `errorType`, or what the source has in its place.
        kind: String,
        /// The source's words. Untrusted text.
        message: String,
    },
}

impl Error {
    /// Whether the source itself is out of reach, and so every panel's answer, rather than this one query wrong.
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
