//! Why a document cannot be read.

use std::fmt;

/// Why a document cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// It ends too early.
    Truncated,
    /// It is not JSON, has another shape than was asked for, or is nested too deeply.
    Malformed,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Truncated => "JSON ends in the middle",
            Self::Malformed => "malformed JSON",
        })
    }
}

impl std::error::Error for Error {}
