//! The second file of the app: code that few visits need, and that is fetched when one of them needs it.
//!
//! `cargo xtask dist` takes it out of the first file, and `public/boot.js` fetches it. Where the app is in one piece, as while it is
//! being written, everything is there from the beginning.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// The function by which `public/boot.js` fetches it; it is there only when there is something to fetch.
const LOADER: &str = "loadRest";

/// Whether the second file is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Not yet.
    Missing,
    /// Yes.
    Ready,
    /// It was asked for and did not come.
    Failed,
}

/// The second file.
#[derive(Clone, Copy)]
pub struct RestFile {
    /// Whether it is there.
    pub arrival: RwSignal<Arrival>,
    /// Whether it is on its way.
    pub in_flight: RwSignal<bool>,
}

impl RestFile {
    /// The second file of this page; asks for nothing.
    pub fn start() -> Self {
        let arrival = if loader().is_some() { Arrival::Missing } else { Arrival::Ready };
        Self { arrival: RwSignal::new(arrival), in_flight: RwSignal::new(false) }
    }

    /// Whether it is there, or was asked for in vain.
    pub fn is_settled(self) -> bool {
        self.arrival.get() != Arrival::Missing
    }

    /// Fetches it, unless it is there or on its way; again after a failure.
    pub fn fetch(self) {
        if self.arrival.get_untracked() == Arrival::Ready || self.in_flight.get_untracked() {
            return;
        }
        self.in_flight.set(true);
        spawn_local(async move {
            let arrival = if load().await.is_ok() { Arrival::Ready } else { Arrival::Failed };
            self.in_flight.set(false);
            self.arrival.set(arrival);
        });
    }
}

fn loader() -> Option<Function> {
    Reflect::get(&window(), &LOADER.into()).ok()?.dyn_into().ok()
}

async fn load() -> Result<(), JsValue> {
    let load = loader().ok_or(JsValue::NULL)?;
    let loaded: Promise = load.call0(&JsValue::NULL)?.dyn_into()?;
    JsFuture::from(loaded).await.map(drop)
}
