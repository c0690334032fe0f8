//! The export of a panel: files and links.

pub mod picture;
pub mod save;
pub mod share;
