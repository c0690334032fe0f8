//! What changes the URL: links, time, refresh, variables, settings.

mod header;
mod link;
mod refresh_picker;
mod settings;
mod time_picker;
mod variable_picker;

pub use header::Header;
pub use link::Link;
pub use refresh_picker::RefreshPicker;
pub use time_picker::{TimePicker, zoom_to};
pub use variable_picker::VariablePicker;
