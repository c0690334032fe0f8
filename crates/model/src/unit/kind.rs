//! How numbers of a unit are written.

/// How an id is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number before the symbol.
    Plain,
    /// The same, with all decimals that say something.
    Exact,
    /// The same, with a power of ten.
    Exponent,
    /// A number behind the symbol.
    Before,
    /// A share.
    Percent,
    /// Shortened in words: 1.2 K, 3 Mil.
    Short,
    /// A number of something: 1.2K req/s.
    Count,
    /// An amount of money: $1.2K.
    Currency,
    /// Powers of 1000, of what does not come in parts: bytes.
    Decimal,
    /// Powers of 1000 and of a thousandth.
    Si,
    /// Powers of 1024.
    Binary,
    /// The unit of time that fits.
    Time,
    /// Spelled: 3 d 4 h.
    Duration,
    /// One word for zero and one for all else.
    Bool,
    /// Milliseconds since the epoch, by a pattern.
    Instant,
    /// Milliseconds since the epoch, as the time that has passed.
    Ago,
}
