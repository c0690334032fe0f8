//! The frame of a panel: title, menu and the four states.

pub mod board;
pub mod context;
pub mod menu;
pub mod panel_frame;
pub mod waiting;
