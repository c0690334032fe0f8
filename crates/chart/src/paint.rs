//! Draws a scene: as pixels, on a canvas, or as SVG.

pub mod canvas;
pub mod picture;
pub mod plotters;
pub mod svg;
