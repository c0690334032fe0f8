//! Answers that `public/boot.js` has asked for while the wasm was loading.

use gloo_net::http::Response;
use js_sys::{Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The answer to `url`, once: the next who asks for it asks anew. None if it was not asked for, or did not come.
pub async fn take(url: &str) -> Option<Response> {
    let all = Reflect::get(&window(), &"early".into()).ok().filter(JsValue::is_object)?;
    let asked: Promise = Reflect::get(&all, &url.into()).ok()?.dyn_into().ok()?;
    let _ = Reflect::delete_property(all.unchecked_ref::<Object>(), &url.into());
    let response: web_sys::Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    Some(response.into())
}
