//! DOM elements, built by method calls.
//!
//! Leptos' `view!` gives each part of a page its own type and compiles its generic code for each of them: our views came to 290 kB of
//! brotli that way, more than the whole budget. Here an element is a handle to a DOM node, and every method is compiled once. Code
//! that follows a signal runs in one of Leptos' render effects, which Leptos' owner owns and cleans up.
//!
//! Text always becomes a text node and attributes are set by name: this API cannot insert HTML.

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::reactive::graph::{Subscriber, ToAnySubscriber};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, FocusOptions, HtmlElement, Node};

/// The SVG namespace.
const SVG: &str = "http://www.w3.org/2000/svg";

/// An element of the page: a handle to a DOM node.
#[derive(Clone)]
pub struct Element(web_sys::Element);

/// An HTML element.
pub fn el(tag: &str) -> Element {
    adopt(document().create_element(tag).ok())
}

/// An SVG element.
pub fn svg(tag: &str) -> Element {
    adopt(document().create_element_ns(Some(SVG), tag).ok())
}

/// The header cell of a table column.
pub fn column_heading(text: &str) -> Element {
    el("th").attr("scope", "col").text(text)
}

/// Never fails: all tags are literals of this crate that the browser accepts.
fn adopt(created: Option<web_sys::Element>) -> Element {
    created.map_or_else(|| unreachable!("the tag is a valid name"), Element)
}

/// The elements of a part that follows signals: none, one or several.
pub struct Parts(Vec<Element>);

impl From<Element> for Parts {
    fn from(element: Element) -> Self {
        Self(vec![element])
    }
}

impl From<Option<Element>> for Parts {
    fn from(element: Option<Element>) -> Self {
        Self(element.into_iter().collect())
    }
}

impl From<Vec<Element>> for Parts {
    fn from(elements: Vec<Element>) -> Self {
        Self(elements)
    }
}

impl Element {
    /// The DOM node.
    pub fn node(&self) -> &web_sys::Element {
        &self.0
    }

    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        // Fails only for an invalid name; ours are literals.
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// Sets the class.
    pub fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    /// Sets a style property through the CSSOM, which a strict Content-Security-Policy allows.
    pub fn style(self, property: &str, value: &str) -> Self {
        if let Some(element) = self.0.dyn_ref::<HtmlElement>() {
            let _ = HtmlElement::style(element).set_property(property, value);
        }
        self
    }

    /// Appends text.
    pub fn text(self, text: &str) -> Self {
        self.append(&document().create_text_node(text))
    }

    /// Appends an element.
    pub fn child(self, child: Element) -> Self {
        self.append(&child.0)
    }

    /// Appends none, one or several elements.
    pub fn children(self, children: impl Into<Parts>) -> Self {
        children.into().0.into_iter().fold(self, Self::child)
    }

    fn append(self, node: &Node) -> Self {
        let _ = self.0.append_child(node);
        self
    }

    /// Appends text that follows signals.
    pub fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        self.follow_text(Box::new(text))
    }

    // The public methods box their closures, so that the methods below are compiled once and not for each closure.
    fn follow_text(self, text: Box<dyn Fn() -> String>) -> Self {
        let node = document().create_text_node("");
        let shown = node.clone();
        follow(Box::new(move || {
            let text = text();
            // Setting even the same text would clear the user's text selection.
            if shown.data() != text {
                shown.set_data(&text);
            }
        }));
        self.append(&node)
    }

    /// Appends text that follows signals; while there is none, this element is hidden.
    pub fn live_text_if_any(self, text: impl Fn() -> Option<String> + Clone + 'static) -> Self {
        let told = text.clone();
        let hidden = move || told().is_none().then(String::new);
        self.live_attr("hidden", hidden).live_text(move || text().unwrap_or_default())
    }

    /// Sets an attribute that follows signals; `None` removes it.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.follow_attr(name, Box::new(value))
    }

    fn follow_attr(self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || {
            let _ = match value() {
                Some(value) => element.set_attribute(name, &value),
                None => element.remove_attribute(name),
            };
        }));
        self
    }

    /// Appends a part that is rebuilt when a signal that `make` reads changes. The focus and open `<details>` are kept.
    pub fn live<P: Into<Parts>>(self, make: impl Fn() -> P + 'static) -> Self {
        self.live_parts(Box::new(move || make().into()), Place::restore)
    }

    /// Appends a page that is rebuilt when a signal that `make` reads changes. If the focus was in the old page, it moves to the start of
    /// the new one.
    pub fn live_page(self, make: impl Fn() -> Self + 'static) -> Self {
        self.live_parts(Box::new(move || make().into()), |_, page| {
            if let Some(page) = page.first().and_then(|page| page.0.dyn_ref::<HtmlElement>()) {
                let _ = page.set_attribute("tabindex", "-1");
                let _ = page.focus();
            }
        })
    }

    fn live_parts(self, make: Box<dyn Fn() -> Parts>, restore: fn(&Place, &[Self])) -> Self {
        // The part is inserted before this empty text node, so that an empty part keeps its place.
        let end = document().create_text_node("");
        let element = self.append(&end);
        let shown = StoredValue::new_local(Vec::<Element>::new());
        follow(Box::new(move || {
            let Parts(fresh) = make();
            let Some(parent) = end.parent_node() else { return };
            let Some(old) = shown.try_update_value(std::mem::take) else { return };
            let place = Place::of(&old);
            for element in &old {
                element.0.remove();
            }
            for element in &fresh {
                let _ = parent.insert_before(&element.0, Some(&end));
            }
            if place.focus.is_some() || !place.open.is_empty() {
                restore(&place, &fresh);
            }
            shown.set_value(fresh);
        }));
        element
    }

    /// Calls `handle` on an event, until the current owner is cleaned up.
    pub fn on(self, event: &'static str, handle: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(handle))
    }

    fn listen(self, event: &'static str, handle: Box<dyn FnMut(Event)>) -> Self {
        let listener = Closure::wrap(handle);
        let _ = self.0.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        let kept = StoredValue::new_local(Some((self.0.clone(), listener)));
        // The listener is removed before its closure is dropped: removing a focused element fires one more event.
        on_cleanup(move || {
            if let Some(Some((element, listener))) = kept.try_update_value(Option::take) {
                let _ = element.remove_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
            }
        });
        self
    }
}

/// Runs `run` now and whenever a signal that it read changes, until the current owner is cleaned up.
pub fn follow(run: Box<dyn Fn()>) {
    let effect = RenderEffect::new(move |_: Option<()>| run());
    // Leptos does not unsubscribe a dropped effect from the signals that it read. Signals that never change, such as the time zone,
    // would keep the memory of the effects of each refresh.
    let subscriber = effect.to_any_subscriber();
    on_cleanup(move || subscriber.clear_sources(&subscriber));
    // An effect stops when it is dropped; the arena drops it with its owner.
    let _ = StoredValue::new_local(effect);
}

/// The user's place in a part: the index of the focused control, and the indices of the open `<details>`.
struct Place {
    focus: Option<u32>,
    open: Vec<u32>,
}

/// The selector of elements that can have the focus.
const CONTROLS: &str = "a, button, input, select, summary, [tabindex]";

impl Place {
    fn of(elements: &[Element]) -> Self {
        let active = document().active_element();
        let (mut place, mut controls, mut details) = (Self { focus: None, open: Vec::new() }, 0, 0);
        for node in elements.iter().flat_map(|element| matching(element, CONTROLS)) {
            if active.as_ref() == Some(&node) {
                place.focus = Some(controls);
            }
            controls += 1;
        }
        for node in elements.iter().flat_map(|element| matching(element, "details")) {
            if node.has_attribute("open") {
                place.open.push(details);
            }
            details += 1;
        }
        place
    }

    fn restore(&self, elements: &[Element]) {
        if let Some(index) = self.focus {
            let control = elements.iter().flat_map(|element| matching(element, CONTROLS)).nth(index as usize);
            if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
                // The user may have scrolled away from the control.
                let options = FocusOptions::new();
                options.set_prevent_scroll(true);
                let _ = control.focus_with_options(&options);
            }
        }
        for (index, node) in (0..).zip(elements.iter().flat_map(|element| matching(element, "details"))) {
            if self.open.contains(&index) {
                let _ = node.set_attribute("open", "");
            }
        }
    }
}

/// The element itself, if it matches, and its matching descendants.
fn matching(element: &Element, selector: &str) -> Vec<web_sys::Element> {
    let mut found = Vec::new();
    if element.0.matches(selector).unwrap_or(false) {
        found.push(element.0.clone());
    }
    if let Ok(inside) = element.0.query_selector_all(selector) {
        found.extend((0..inside.length()).filter_map(|index| inside.item(index)?.dyn_into().ok()));
    }
    found
}

/// The value of the `<input>` or `<select>` that an event comes from.
pub fn value_of(event: &Event) -> String {
    let target = event.target();
    let input = target.as_ref().and_then(|target| target.dyn_ref::<web_sys::HtmlInputElement>()).map(web_sys::HtmlInputElement::value);
    let list = || target.as_ref().and_then(|target| target.dyn_ref::<web_sys::HtmlSelectElement>()).map(web_sys::HtmlSelectElement::value);
    input.or_else(list).unwrap_or_default()
}
