//! Text: a note in Markdown, built as DOM nodes. HTML in it stays text.

mod markdown;

use crate::state::App;
use crate::state::variables::chosen;
use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::values::data_link::data_link;
use crate::view::ui::{Element, el};
use leptos::prelude::*;
use markdown::Node;
use model::dashboard::Kind;
use model::link::{self, Context};
use model::variable::{ALL, interpolate_with};

/// The content of a text panel.
pub fn view(context: &PanelContext) -> Element {
    let (app, panel, variables) = (context.app, &context.panel, context.variables.clone());
    let language = app.language();
    let content = if let Kind::Text(options) = &panel.kind { options.content.get(language) } else { "" };
    let nodes = markdown::parse(content);
    // It may scroll, so the keyboard must be able to focus it.
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
    /// Appends `nodes` to `parent`.
    fn fill(&self, parent: Element, nodes: &[Node]) -> Element {
        nodes.iter().fold(parent, |parent, node| match node {
            Node::Text(text) => parent.text(&fill(text, self.context.variables, self.app.text().all)),
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

/// Replaces the variables in `text` with their chosen values, separated by commas, or with `all` if all are chosen.
fn fill(text: &str, variables: &[(String, Vec<String>)], all: &str) -> String {
    interpolate_with(text, &|name, _| {
        let (_, values) = variables.iter().find(|(known, _)| known == name)?;
        Some(values.iter().map(|value| if value == ALL { all } else { value }).collect::<Vec<_>>().join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_replaced_with_their_values_as_plain_text() {
        let values = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        let variables = [("a".to_owned(), values(&["*x*", "$b"])), ("b".to_owned(), values(&["y"])), ("c".to_owned(), values(&[ALL]))];
        assert_eq!(fill("$a, ${b:raw}, [[c]], $d", &variables, "All"), "*x*, $b, y, All, $d");
    }
}
