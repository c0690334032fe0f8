//! Numbers, order and time as text. Pure, and knows nothing of Prometheus or dashboards.

pub mod calendar;
pub mod decimal;
pub mod duration;
pub mod export;
pub mod locale;
pub mod order;
pub mod time;
pub mod timestamp;
