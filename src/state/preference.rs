//! Preferences that the browser stores between visits. The URL takes precedence over them.

use leptos::prelude::window;

/// The stored choice for `key`; `None` if there is none, or the browser or iframe stores nothing.
pub fn get(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(&format!("utkik.{key}")).ok()?
}

/// Stores a choice, if the browser allows it.
pub fn set(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(&format!("utkik.{key}"), value);
    }
}
