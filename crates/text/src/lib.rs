//! Numbers, order and time as text. Pure, and knows nothing of the domain.

pub mod decimal;
pub mod export;
pub mod order;
