//! Numbers, sort keys and times as text. Pure, and independent of Prometheus and dashboards.

pub mod calendar;
pub mod decimal;
pub mod duration;
pub mod export;
pub mod locale;
pub mod order;
pub mod search;
pub mod time;
pub mod timestamp;
