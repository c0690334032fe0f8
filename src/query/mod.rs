//! From a panel's target to the request that answers it. Pure.
//!
//! Step choice, macros, and the alignment that lets several viewers ask for the same thing.

mod macros;
mod scrape_interval;
mod step;

pub use macros::bindings;
pub use scrape_interval::ScrapeIntervals;
pub use step::{align, choose_step, wanted_points};

use crate::model::series::Grid;
use crate::model::time::{Millis, Window};

/// A range query, ready to be asked: macros replaced, window on the grid of its step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeQuery {
    /// PromQL.
    pub expr: String,
    /// Both ends inclusive, whole steps since the epoch.
    pub window: Window,
    /// Milliseconds.
    pub step: Millis,
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
