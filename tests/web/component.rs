//! Mounts a view for one test, and has helpers to inspect and use it.

use js_sys::Promise;
use leptos::mount::mount_to;
use leptos::prelude::*;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use utkik::state::on_demand::Load;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

/// How long a test waits for a condition, in steps of 10 ms.
const PATIENCE: u32 = 300;

/// A mounted view. On drop it is removed, with all that it has added to the page.
pub struct Mounted {
    handle: Option<Box<dyn Any>>,
    /// Marks where the page ended before.
    start: HtmlElement,
}

impl Mounted {
    /// Mounts `view`; the signals that it creates live as long as the returned value.
    pub fn new<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Self {
        let start: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&start).unwrap();
        // Without the app's style sheets a page is long, and panels out of sight send no requests.
        // A chart whose size depends on its content would grow with each redraw.
        start.set_inner_html(
            "<style>
            .panel { position: fixed; top: 0 }
            .chart-box { position: relative; width: 600px; height: 200px }
            .chart-box > * { position: absolute }
            </style>",
        );
        Self { handle: Some(Box::new(mount_to(start.clone(), view))), start }
    }

    /// Starts something that has only signals and no view.
    pub fn unseen<T: Copy + 'static>(start: impl FnOnce() -> T + 'static) -> (Self, T) {
        let started = Rc::new(Cell::new(None));
        let slot = Rc::clone(&started);
        let mounted = Self::new(move || slot.set(Some(start())));
        (mounted, started.get().unwrap())
    }

    /// The whole app on the view that `query` describes, with English words.
    pub fn app(query: &str) -> Self {
        Self::app_with(query, utkik::files::load)
    }

    /// The same, with on-demand files that `load` loads.
    pub fn app_with(query: &str, load: Load) -> Self {
        go_to(&format!("?lang=en&refresh=off&{query}"));
        Self::new(move || utkik::view::app::root(load))
    }

    /// The first element that matches `selector`, if there is one.
    #[expect(clippy::unused_self, reason = "there is something to find only while a page is mounted")]
    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        document().query_selector(selector).unwrap().map(JsCast::unchecked_into)
    }

    /// All elements that match `selector`.
    #[expect(clippy::unused_self, reason = "there is something to find only while a page is mounted")]
    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = document().query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|index| found.item(index)).map(JsCast::unchecked_into).collect()
    }

    /// Waits for an element.
    pub async fn wait_for(&self, selector: &str) -> HtmlElement {
        until(selector, || self.find(selector).is_some()).await;
        self.find(selector).unwrap()
    }

    /// The text of the first element that matches `selector`, with plain spaces.
    pub fn text(&self, selector: &str) -> String {
        let text = self.find(selector).and_then(|element| element.text_content()).unwrap_or_default();
        text.replace('\u{a0}', " ")
    }

    /// The texts of all elements that match `selector`.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(|element| element.text_content().unwrap_or_default().replace('\u{a0}', " ")).collect()
    }

    /// The values of an attribute of all elements that match `selector`.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.all(selector).iter().map(|element| element.get_attribute(name).unwrap_or_default()).collect()
    }

    /// Clicks the element with this text among those that match `selector`.
    pub async fn click(&self, selector: &str, text: &str) {
        let found = || self.all(selector).into_iter().find(|element| element.text_content().unwrap_or_default().contains(text));
        until(&format!("{selector} with {text:?}"), || found().is_some()).await;
        found().unwrap().unchecked_into::<HtmlElement>().click();
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        drop(self.handle.take());
        while let Some(next) = self.start.next_sibling() {
            next.parent_node().unwrap().remove_child(&next).unwrap();
        }
        self.start.remove();
        go_to("?");
    }
}

/// Writes into a field as a person would.
pub fn write(field: &HtmlElement, text: &str) {
    field.unchecked_ref::<HtmlInputElement>().set_value(text);
    field.dispatch_event(&Event::new("input").unwrap()).unwrap();
}

fn go_to(query: &str) {
    window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some(query)).unwrap();
}

/// The query string of the page.
pub fn query_string() -> String {
    window().location().search().unwrap()
}

/// Waits until `is_so` returns true; `what` is for the message if it never does.
pub async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..PATIENCE {
        if is_so() {
            return;
        }
        pass(10).await;
    }
    panic!("waited in vain for {what}");
}

/// Lets `millis` pass.
pub async fn pass(millis: i32) {
    let passed = Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis).unwrap();
    });
    JsFuture::from(passed).await.unwrap();
}
