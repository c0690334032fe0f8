//! How numbers of a unit are written.

/// How numbers with an id are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number before the symbol.
    Plain,
    /// As `Plain`, with all decimals of the number, up to a limit.
    Exact,
    /// As `Plain`, with an exponent.
    Exponent,
    /// The symbol, then the number.
    Before,
    /// A percentage.
    Percent,
    /// Shortened in words: 1.2 K, 3 Mil.
    Short,
    /// A count: 1.2K req/s.
    Count,
    /// An amount of money: $1.2K.
    Currency,
    /// Powers of 1000, without prefixes for fractions: bytes.
    Decimal,
    /// Powers of 1000, with prefixes for fractions.
    Si,
    /// Powers of 1024.
    Binary,
    /// The unit of time that fits.
    Time,
    /// A duration in parts: 3 d 4 h.
    Duration,
    /// One word for zero, another word for everything else.
    Bool,
    /// Milliseconds since the epoch, as a date by a pattern.
    Instant,
    /// Milliseconds since the epoch, relative to now.
    Ago,
}
