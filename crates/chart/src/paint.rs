//! From a scene to pixels, or to another drawing.

pub mod canvas;
pub mod picture;
pub mod plotters;
pub mod svg;
