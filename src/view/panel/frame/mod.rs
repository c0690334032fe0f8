//! The frame of a panel: title, menu and the four states.

pub mod board;
pub mod menu;
pub mod panel_frame;
