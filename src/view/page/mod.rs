//! Pages: what fills the room under the bar.

mod alerts;
mod dashboard;
mod overview;
mod service;
mod targets;

pub use alerts::Alerts;
pub use dashboard::DashboardPage;
pub use overview::Overview;
pub use targets::Targets;
