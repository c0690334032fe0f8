//! Real time zones for tests, from a bundled database.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{Millis, SECOND, Zone};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// An IANA zone.
#[derive(Clone, Debug)]
pub struct Iana(TimeZone);

impl Iana {
    /// The zone of this name.
    ///
    /// # Panics
    /// If there is no such zone.
    pub fn named(name: &str) -> Self {
        Self(TimeZone::get(name).unwrap())
    }
}

impl Zone for Iana {
    fn offset(&self, at: Millis) -> Millis {
        Millis::from(self.0.to_offset(Timestamp::from_millisecond(at).unwrap()).seconds()) * SECOND
    }
}
