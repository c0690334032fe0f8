//! Text: paragraphs and lists, built as nodes. No markup gets through.

use crate::model::dashboard::Panel;
use crate::state::App;
use crate::view::ui::{Element, el};

/// The text of `panel`.
pub fn view(app: App, panel: &Panel) -> Element {
    let blocks: Vec<_> = panel.content.get(app.language()).split("\n\n").map(block).collect();
    el("div").class("prose").children(blocks)
}

fn block(block: &str) -> Element {
    if block.lines().all(|line| line.starts_with("- ")) {
        let items: Vec<_> = block.lines().map(|line| el("li").text(line.trim_start_matches("- "))).collect();
        el("ul").children(items)
    } else {
        el("p").text(block)
    }
}
