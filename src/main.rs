//! The app's entry point: sets a panic hook and mounts the root.

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Half a kilobyte less code than the standard library's allocator, and no slower.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// How many bytes of samples the page caches. For memory measurements.
#[wasm_bindgen]
pub fn cache_bytes() -> usize {
    utkik::state::source::cache_bytes()
}

fn main() {
    std::panic::set_hook(Box::new(|info| {
        // After a panic the page no longer works: say so on the page, not only in the console.
        leptos::logging::error!("{info}");
        if let Some(notice) = document().get_element_by_id("stopped") {
            let _ = notice.remove_attribute("hidden");
        }
    }));
    if let Some(placeholder) = document().get_element_by_id("loading") {
        placeholder.remove();
    }
    mount_to_body(|| utkik::view::app::root(utkik::files::load));
}
