//! Parts of the page that follow signals.
//!
//! Every closure in a view has a type of its own, and leptos builds its machinery for each anew. Behind one boxed type it is built
//! once, which halved the download.

use leptos::prelude::*;

/// A part of the page that is built anew when a signal that it reads changes.
pub fn live<V: IntoView + 'static>(build: impl Fn() -> V + Send + Sync + 'static) -> AnyView {
    boxed(Box::new(move || build().into_any()))
}

fn boxed(build: Box<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    (move || build()).into_any()
}
