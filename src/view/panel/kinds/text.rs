//! Text: a note in Markdown, built as nodes. No markup gets through.

use crate::state::App;
use crate::state::variables::chosen;
use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::values::data_link::data_link;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use model::dashboard::Kind;
use model::link::{self, Context};
use model::markdown::{self, Node};

/// The text of a panel.
pub fn view(context: &PanelContext) -> Element {
    let (app, panel, variables) = (context.app, &context.panel, context.variables.clone());
    let language = app.language();
    let content = if let Kind::Text(options) = &panel.kind { options.content.get(language) } else { "" };
    let nodes = markdown::parse(content);
    // It may scroll, and so can have the focus.
    let prose = el("div").class("prose").attr("tabindex", "0").attr("role", "group").attr("aria-label", panel.title.get(language));
    prose.live(move || {
        let time_range = app.range.with(|range| format!("from={}&to={}", range.from, range.to));
        let variables = chosen(&variables);
        Note { app, context: Context { variables: &variables, time_range: &time_range, value: None } }.fill(el("div"), &nodes)
    })
}

struct Note<'a> {
    app: App,
    context: Context<'a>,
}

impl Note<'_> {
    /// `parent` with `nodes` in it.
    fn fill(&self, parent: Element, nodes: &[Node]) -> Element {
        nodes.iter().fold(parent, |parent, node| match node {
            Node::Text(text) => parent.text(&markdown::fill(text, self.context.variables, self.app.text().all)),
            Node::Element { tag, attribute, children } => {
                let element = match attribute {
                    Some(("href", url)) => data_link(self.app, &link::fill(url, &self.context), false).unwrap_or_else(|| el("span")),
                    Some((name, value)) => el(tag).attr(name, value),
                    None => el(tag),
                };
                parent.child(self.fill(element, children))
            }
        })
    }
}
