//! Values as they are read, and the links on them.

pub mod data_link;
pub mod reading;
