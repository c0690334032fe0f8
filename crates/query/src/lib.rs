//! From a panel's target to the request that answers it. Pure.
//!
//! Step choice, macros, and the chunks that let a refresh ask only for what is new and several viewers for the same.

mod cache;
mod chunk;
mod fixed;
mod joined;
mod macros;
mod schedule;
mod scrape_interval;
mod step;

pub use cache::RangeCache;
pub use fixed::is_fixed;
pub use joined::{join, take_apart};
pub use macros::{bindings, moves_with_window};
pub use schedule::{Lanes, Priority, back_off};
pub use scrape_interval::{COUNT, ScrapeIntervals};
pub use step::{align, choose_step, wanted_points};

use model::series::Grid;
use model::time::{Millis, Window};

/// A range query, ready to be asked: macros replaced, window on the grid of its step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeQuery {
    /// PromQL.
    pub expr: String,
    /// Both ends inclusive, whole steps since the epoch.
    pub window: Window,
    /// Milliseconds.
    pub step: Millis,
    /// How late samples may come, ms: what is younger may still change.
    pub overlap: Millis,
    /// Whether the value at an instant is the same in every window, so that answers can be kept and stitched.
    pub fixed: bool,
}

impl RangeQuery {
    /// The instants that the answer is about.
    pub fn grid(&self) -> Grid {
        Grid::of(self.window, self.step)
    }
}

/// An instant query, ready to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstantQuery {
    /// PromQL.
    pub expr: String,
    /// When, milliseconds since the epoch.
    pub time: Millis,
}
