//! The types of the domain. Pure: no browser, no HTTP, no drawing.

pub mod alert;
pub mod calc;
pub mod color;
pub mod dashboard;
pub mod gesture;
pub mod histogram;
pub mod labels;
pub mod link;
pub mod local_text;
pub mod mapping;
pub mod series;
pub mod states;
pub mod table;
pub mod target;
pub mod threshold;
pub mod time;
pub mod unit;
pub mod variable;
pub mod view_state;
