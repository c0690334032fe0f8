//! Where the axes have labels, and what those say.

pub mod time;
pub mod value;
