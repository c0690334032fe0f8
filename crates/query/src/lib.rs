//! Turns a panel's target into the requests that answer it. No I/O: it decides what to ask and when, and others send the requests.
//!
//! It chooses steps, replaces macros, and caches answers in chunks: a refresh asks only for new points, and several viewers send the
//! same requests.

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
pub use joined::{join, split_joined};
pub use macros::{bindings, depends_on_range};
pub use schedule::{Priority, RequestLimiter, back_off};
pub use scrape_interval::{COUNT, ScrapeIntervals};
pub use step::{align, choose_step, wanted_points};

use model::series::Grid;
use model::time::{Millis, Window};

/// A range query that is ready to send: macros are replaced, and the window is aligned to the step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeQuery {
    /// PromQL.
    pub expr: String,
    /// Both ends inclusive, whole steps since the epoch.
    pub window: Window,
    /// Milliseconds.
    pub step: Millis,
    /// How late samples may arrive, ms. Younger points may still change.
    pub overlap: Millis,
    /// Whether the value at an instant is the same in every window, so that answers can be kept and stitched.
    pub fixed: bool,
}

impl RangeQuery {
    /// The instants of the answer.
    pub fn grid(&self) -> Grid {
        Grid::of(self.window, self.step)
    }
}

/// An instant query that is ready to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstantQuery {
    /// PromQL.
    pub expr: String,
    /// The evaluation time, milliseconds since the epoch.
    pub time: Millis,
}
