//! Files that are loaded on demand: code that few visits need, most files with their own style sheet.
//!
//! This module knows which files are loaded. `view::on_demand` defines what is in them, and `crate::files` loads them.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use std::any::Any;
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Defines [`File`]: one line a file.
macro_rules! files {
    ($($(#[$doc:meta])* $file:ident: $name:literal,)*) => {
        /// A file that is loaded on demand.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum File {
            $($(#[$doc])* $file,)*
        }

        impl File {
            /// Their names, in the order of the variants.
            const NAMES: &[&'static str] = &[$($name),*];
        }
    };
}

files! {
    /// The overview, and the instructions for a service that is not scraped.
    Overview: "overview",
    /// The lists of alerts and of targets.
    Lists: "lists",
    /// Reactions to pointer and keyboard: tooltips, menus, pickers.
    Hands: "hands",
    /// Panel kinds and chart options that few dashboards use.
    Kinds: "kinds",
    /// Notes in Markdown.
    Notes: "notes",
    /// Export as CSV, PNG and SVG.
    Export: "export",
}

impl File {
    /// Its name: of the wasm file, and of the style sheet in `style/on_demand/` if it has one.
    pub fn name(self) -> &'static str {
        Self::NAMES.get(self as usize).copied().unwrap_or_default()
    }
}

/// The functions in a file: one of the types in `view::on_demand`.
pub type Table = &'static (dyn Any + Send + Sync);
/// Loads the code of a file; `None` if loading fails.
pub type Load = fn(File) -> Pin<Box<dyn Future<Output = Option<Table>>>>;

/// The load state of a file.
#[derive(Clone, Copy)]
pub enum Arrival {
    /// Not loaded yet.
    Missing,
    /// Loaded, with these functions.
    Ready(Table),
    /// Loading failed.
    Failed,
}

/// The files of the page.
#[derive(Clone, Copy)]
pub struct Files {
    load: Load,
    states: [(RwSignal<Arrival>, RwSignal<bool>); File::NAMES.len()],
}

impl Files {
    /// Files that `load` loads. Loads nothing yet.
    pub fn new(load: Load) -> Self {
        Self { load, states: [(); File::NAMES.len()].map(|()| (RwSignal::new(Arrival::Missing), RwSignal::new(false))) }
    }

    fn state(&self, file: File) -> (RwSignal<Arrival>, RwSignal<bool>) {
        let [first, ..] = self.states;
        self.states.get(file as usize).copied().unwrap_or(first)
    }

    /// The load state of `file`.
    pub fn arrival(&self, file: File) -> RwSignal<Arrival> {
        self.state(file).0
    }

    /// Whether `file` is being loaded.
    pub fn in_flight(&self, file: File) -> RwSignal<bool> {
        self.state(file).1
    }

    /// Whether `file` is loaded, or loading it has failed.
    pub fn is_settled(&self, file: File) -> bool {
        !matches!(self.arrival(file).get(), Arrival::Missing)
    }

    /// Loads `file` unless it is loaded or being loaded. Tries again after a failure.
    pub fn fetch(&self, file: File) {
        let (arrival, in_flight) = self.state(file);
        // `try_`: a timer may call this while the page is torn down.
        let is_there = arrival.try_get_untracked().is_none_or(|arrival| matches!(arrival, Arrival::Ready(_)));
        if is_there || in_flight.try_get_untracked() != Some(false) {
            return;
        }
        in_flight.set(true);
        let code = (self.load)(file);
        spawn_local(async move {
            // Code and style sheet load at the same time. The content is shown only when both are there, so it is never unstyled.
            let style = load_style(file);
            let table = code.await;
            let arrived = match (table, style.await) {
                (Some(table), Ok(())) => Arrival::Ready(table),
                _ => Arrival::Failed,
            };
            in_flight.try_set(false);
            arrival.try_set(arrived);
        });
    }
}

/// Loads the style sheet of a file with `loadStyle` of `public/boot.js`. Pages without this function have all style sheets already.
fn load_style(file: File) -> impl Future<Output = Result<(), JsValue>> {
    let load = Reflect::get(&window(), &"loadStyle".into()).ok().and_then(|load| load.dyn_into::<Function>().ok());
    let loading = load.map(|load| load.call1(&JsValue::NULL, &file.name().into()).and_then(JsValue::dyn_into::<Promise>));
    async move {
        match loading {
            Some(loading) => JsFuture::from(loading?).await.map(drop),
            None => Ok(()),
        }
    }
}
