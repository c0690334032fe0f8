//! Sharing a panel: a link to what it shows now, and the code of an iframe.

use crate::state::App;
use crate::state::navigation::href;
use crate::view::ui::{Element, el};
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use model::dashboard::Panel;
use model::time::TimeRange;
use model::view_state::ViewState;
use text::export;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlTextAreaElement;

/// The menu items that share `panel`.
pub fn share(app: App, panel: &Panel) -> Vec<Element> {
    let (id, title) = (panel.id, panel.title.get(app.language()).to_owned());
    let text = app.text();
    // Fixed times, so that the link shows the same data tomorrow.
    let link = move || {
        let range = Some(TimeRange::absolute(app.window.get_untracked()));
        address(&ViewState { panel: Some(id), range, embed: false, ..app.navigation.view.get_untracked() })
    };
    // The time range as it is chosen, so that the iframe shows current data.
    let code = move || export::frame(&address(&ViewState { panel: Some(id), embed: true, ..app.navigation.view.get_untracked() }), &title);
    vec![copyable(app, text.copy_link, Box::new(link)), copyable(app, text.copy_embed, Box::new(code))]
}

/// The absolute URL of a view.
fn address(view: &ViewState) -> String {
    let location = window().location();
    format!("{}{}{}", location.origin().unwrap_or_default(), location.pathname().unwrap_or_default(), href(view))
}

/// A button that copies the text of `make`, and shows it.
fn copyable(app: App, name: &'static str, make: Box<dyn Fn() -> String>) -> Element {
    let text = app.text();
    let status = el("p").class("hint").attr("role", "status");
    let told = status.node().clone();
    let field = el("textarea").class("copied").attr("readonly", "").attr("rows", "4").attr("aria-label", name).attr("hidden", "");
    let shown = field.node().clone().dyn_into::<HtmlTextAreaElement>().ok();
    let button = el("button").class("choice").attr("type", "button").text(name).on("click", move |event| {
        // Keeps the menu open: it shows what was copied.
        event.stop_propagation();
        let (Some(field), told) = (shown.clone(), told.clone()) else { return };
        let words = make();
        field.set_value(&words);
        let _ = field.remove_attribute("hidden");
        spawn_local(async move {
            let copied = copy(&words).await.is_ok();
            if !copied {
                // Over plain HTTP there is no Clipboard API: the text is selected, and the user copies it by keyboard.
                field.select();
            }
            told.set_text_content(Some(if copied { text.copied } else { text.copy_yourself }));
        });
    });
    el("div").class("copyable").child(button).child(field).child(status)
}

/// Copies with the Clipboard API, which exists only in secure contexts.
async fn copy(text: &str) -> Result<(), JsValue> {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into())?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into())?.dyn_into()?;
    JsFuture::from(write.call1(&clipboard, &text.into())?.dyn_into::<Promise>()?).await.map(|_| ())
}
