//! Whether an element is on screen.

use super::element::Element;
use js_sys::Array;
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// What is about to be scrolled into view counts as seen: it should be there when it is.
const MARGIN: &str = "200px";

thread_local! {
    /// The elements that are watched, with what is known of them.
    static WATCHED: RefCell<Vec<(web_sys::Element, RwSignal<Option<bool>>)>> = RefCell::default();
    /// One for the whole page: it tells of elements in the order in which they were made, so that what is further up asks first. Several
    /// would be heard in any order.
    static OBSERVER: Option<IntersectionObserver> = {
        let tell = Closure::<dyn Fn(Array)>::new(|entries: Array| tell(&entries));
        let margin = IntersectionObserverInit::new();
        margin.set_root_margin(MARGIN);
        let observer = IntersectionObserver::new_with_options(tell.as_ref().unchecked_ref(), &margin).ok();
        // It lives as long as the page.
        tell.forget();
        observer
    };
}

/// Whether `element` is on screen, or nearly; none until the browser has told.
pub fn use_visible(element: &Element) -> RwSignal<Option<bool>> {
    let seen = RwSignal::new(None);
    let watched = element.node().clone();
    OBSERVER.with(|observer| match observer {
        Some(observer) => {
            WATCHED.with_borrow_mut(|all| all.push((watched.clone(), seen)));
            observer.observe(&watched);
        }
        None => seen.set(Some(true)),
    });
    on_cleanup(move || {
        OBSERVER.with(|observer| {
            if let Some(observer) = observer {
                observer.unobserve(&watched);
            }
        });
        WATCHED.with_borrow_mut(|all| all.retain(|(element, _)| *element != watched));
    });
    seen
}

/// Passes on what the browser tells of elements. Of several entries for one the last is the newest.
fn tell(entries: &Array) {
    for entry in entries.iter() {
        let entry: IntersectionObserverEntry = entry.unchecked_into();
        let (target, now) = (entry.target(), Some(entry.is_intersecting()));
        // Not while it is set: who hears of it may watch something else.
        let seen = WATCHED.with_borrow(|all| all.iter().find(|(element, _)| *element == target).map(|(_, seen)| *seen));
        if let Some(seen) = seen.filter(|seen| seen.try_get_untracked().is_some_and(|before| before != now)) {
            seen.set(now);
        }
    }
}
