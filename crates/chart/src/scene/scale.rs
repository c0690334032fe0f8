//! A linear map between a domain (instants, values) and pixels.

/// Maps `domain.0` to `pixels.0` and `domain.1` to `pixels.1`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub(crate) domain_start: f64,
    pub(crate) pixel_start: f64,
    /// Pixels per unit of the domain. Never zero or infinite.
    pub(crate) factor: f64,
}

impl Scale {
    /// The map between two intervals. An empty interval counts as one unit long, so that the map and its inverse are finite.
    pub fn new(domain: (f64, f64), pixels: (f64, f64)) -> Self {
        let length = |(start, end): (f64, f64)| if end - start == 0.0 { 1.0 } else { end - start };
        Self { domain_start: domain.0, pixel_start: pixels.0, factor: length(pixels) / length(domain) }
    }

    /// The pixel position of `value`.
    pub fn map(self, value: f64) -> f64 {
        self.pixel_start + (value - self.domain_start) * self.factor
    }

    /// The value at `pixel`.
    pub fn invert(self, pixel: f64) -> f64 {
        self.domain_start + (pixel - self.pixel_start) / self.factor
    }
}
