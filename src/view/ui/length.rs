//! Lengths in style properties.

use super::element::Element;
use text::decimal::fixed;

/// Moves an element by `x` and `y`, CSS px. It is a transform: the browser does not lay out the page again.
pub fn shift(element: &Element, x: f64, y: f64) {
    let _ = element.clone().style("transform", &format!("translate({},{})", px(x), px(y)));
}

/// A length in CSS pixels, as CSS has it.
pub fn px(length: f64) -> String {
    fixed(length, 1) + "px"
}
