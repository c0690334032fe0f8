//! The controls that change the URL: links, time range, refresh, variables, settings.

mod header;
mod link;
mod refresh_picker;
pub mod settings;
pub mod time_picker;
pub mod variable_picker;

pub use header::header;
pub use link::link;
pub use refresh_picker::refresh_picker;
pub use time_picker::{time_picker, zoom_out, zoom_to};
pub use variable_picker::variable_picker;
