//! Text: paragraphs and lists, built as nodes. No markup gets through.

use crate::model::dashboard::Panel;
use crate::state::use_app;
use leptos::prelude::*;
use std::sync::Arc;

/// The text of `panel`.
pub fn view(panel: &Arc<Panel>) -> AnyView {
    let app = use_app();
    let blocks = panel.content.get(app.language()).split("\n\n").map(block).collect_view();
    view! { <div class="prose">{blocks}</div> }.into_any()
}

fn block(block: &str) -> AnyView {
    if block.lines().all(|line| line.starts_with("- ")) {
        let items = block.lines().map(|line| view! { <li>{line.trim_start_matches("- ").to_owned()}</li> }).collect_view();
        view! { <ul>{items}</ul> }.into_any()
    } else {
        view! { <p>{block.to_owned()}</p> }.into_any()
    }
}
