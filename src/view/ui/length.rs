//! Lengths in style properties.

use super::element::Element;
use text::decimal::fixed;

/// Moves an element from where it stands, CSS px. Noelement else on the page has to be laid out for that.
pub fn shift(element: &Element, x: f64, y: f64) {
    let _ = element.clone().style("transform", &format!("translate({},{})", px(x), px(y)));
}

/// CSS pixels.
pub fn px(length: f64) -> String {
    fixed(length, 1) + "px"
}
