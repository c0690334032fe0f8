//! The menu of a panel: description, view alone, full screen, chart or table, sharing, export, queries.

use crate::state::App;
use crate::state::panel_query::PanelQuery;
use crate::view::controls::link;
use crate::view::on_demand::{Export, Hands, deferred};
use crate::view::panel::export::share::share;
use crate::view::panel::frame::context::PanelContext;
use crate::view::ui::{Element, Glyph, Menu, el, icon, menu};
use leptos::prelude::*;
use model::dashboard::{Asks, Kind};
use model::view_state::ViewState;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::Event;

/// The menu of a panel.
pub fn view(context: &PanelContext) -> Vec<Element> {
    let (app, context) = (context.app, context.clone());
    let face = vec![icon(Glyph::More)];
    let content = move || {
        let context = context.clone();
        vec![deferred(app, move |hands: &Hands| (hands.panel_menu)(&context))]
    };
    menu(Menu { label: app.text().panel_menu, class: "button quiet", face, closes: true }, content)
}

/// The content of the menu.
pub fn content(context: &PanelContext) -> Vec<Element> {
    vec![el("div").class("choices").children(items(context))]
}

fn items(context: &PanelContext) -> Vec<Element> {
    let PanelContext { app, query, as_table, .. } = *context;
    let (text, panel) = (app.text(), &context.panel);
    let description = panel.description.get(app.language());
    let mut items = Vec::new();
    if !description.is_empty() {
        items.push(el("p").class("hint").text(description));
    }
    items.push(alone(app, panel.id));
    if document().fullscreen_enabled() {
        items.push(choice(text.full_screen).on("click", |event| full_screen(&event)));
    }
    if matches!(panel.kind, Kind::TimeSeries(_)) {
        items.push(table_or_chart(app, as_table));
    }
    items.extend(share(app, panel));
    if panel.kind.asks() != Asks::Nothing {
        let context = context.clone();
        items.push(deferred(app, move |export: &Export| save_items(&context, export)));
        items.push(el("h3").class("hint").text(text.queries));
        items.push(el("div").live(move || queries(app, query)));
    }
    items
}

/// The menu items that save the panel as a file.
fn save_items(context: &PanelContext, export: &'static Export) -> Vec<Element> {
    let (app, panel) = (context.app, Arc::clone(&context.panel));
    let (context, of_svg) = (context.clone(), context.clone());
    let csv = choice(app.text().save_csv).on("click", move |_| (export.csv)(&context));
    let png = choice(app.text().save_png).on("click", move |event| {
        if let Some(section) = section_of(&event) {
            (export.png)(app, &panel, &section);
        }
    });
    let svg = choice(app.text().save_svg).on("click", move |event| {
        if let Some(section) = section_of(&event) {
            (export.svg)(&of_svg, &section);
        }
    });
    vec![csv, png.attr("data-needs", "picture"), svg.attr("data-needs", "picture")]
}

fn choice(name: &str) -> Element {
    el("button").class("choice").attr("type", "button").text(name)
}

/// The panel that an event comes from.
fn section_of(event: &Event) -> Option<web_sys::Element> {
    event.current_target()?.dyn_into::<web_sys::Element>().ok()?.closest("section").ok()?
}

/// Switches the panel to full screen, or back.
fn full_screen(event: &Event) {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    } else if let Some(section) = section_of(event) {
        let _ = section.request_fullscreen();
    }
}

fn alone(app: App, id: u32) -> Element {
    let view = app.navigation.view;
    let to = Signal::derive(move || {
        let shown = view.get();
        ViewState { panel: if shown.panel == Some(id) { None } else { Some(id) }, ..shown }
    });
    let is_alone = move || view.with(|view| view.panel == Some(id));
    link(app, "choice", to).live_text(move || if is_alone() { app.text().view_all } else { app.text().view_alone }.to_owned())
}

fn table_or_chart(app: App, as_table: RwSignal<bool>) -> Element {
    let button = el("button").class("choice").attr("type", "button").on("click", move |_| as_table.update(|on| *on = !*on));
    button.live_text(move || if as_table.get() { app.text().view_as_chart } else { app.text().view_as_table }.to_owned())
}

/// The expressions as they were sent, links to Prometheus' own pages if these are configured, and the warnings and infos of the answer.
fn queries(app: App, query: PanelQuery) -> Vec<Element> {
    let Some(loaded) = query.last() else { return Vec::new() };
    let config = &app.config;
    let mut items = Vec::new();
    let remarks = &loaded.data.remarks;
    for ask in &loaded.asked.asks {
        items.push(el("code").class("expr").text(ask.expr()));
        // An embedded page has no links to other pages.
        if let Some(ui) = config.source_ui().filter(|_| !app.navigation.view.with(|view| view.embed)) {
            let mut query = form_urlencoded::Serializer::new(String::new());
            let query = query.append_pair("g0.expr", ask.expr()).append_pair("g0.tab", "0").finish();
            let href = format!("{}/graph?{query}", ui.trim_end_matches('/'));
            let open = el("a").class("choice").attr("href", &href).attr("target", "_blank").attr("rel", "noopener noreferrer");
            items.push(open.text(app.text().open_in_prometheus));
        }
    }
    items.extend(remarks.warnings.iter().chain(&remarks.infos).map(|remark| el("p").class("hint").text(remark)));
    items
}
