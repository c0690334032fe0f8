//! Values as text and colour, and the links on them.

pub mod data_link;
pub mod reading;
