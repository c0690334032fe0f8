//! The parts that all pages share.

use crate::view::ui::{Element, el};

/// The `main` element of a page.
pub fn main_element() -> Element {
    el("main").attr("id", "main")
}

/// The heading of a page on the left, its controls on the right.
pub fn toolbar(title: &str, subtitle: Option<Element>, controls: Vec<Element>) -> Element {
    let heading = el("div").class("heading").child(el("h1").text(title)).children(subtitle);
    el("div").class("toolbar").child(heading).child(el("div").class("controls").children(controls))
}
