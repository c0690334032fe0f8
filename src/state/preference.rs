//! Choices that a browser remembers between visits. The URL comes before them.

use leptos::prelude::window;

/// The remembered choice for `key`; none in a browser or frame that keeps nothing.
pub fn get(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(&format!("utkik.{key}")).ok()?
}

/// Remembers a choice, where that is possible.
pub fn set(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(&format!("utkik.{key}"), value);
    }
}
