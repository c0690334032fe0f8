//! Scenes as SVG, compared byte for byte with the pictures in `tests/golden/`.

use chart::{Palette, SUBPIXELS, Scene, paint};
use plotters::prelude::SVGBackend;
use std::path::Path;

/// Close to 11 px of a common sans-serif.
pub fn measure(text: &str) -> f64 {
    f64::from(u16::try_from(text.chars().count()).unwrap()) * 6.0
}

pub fn svg(scene: &Scene, palette: &Palette) -> String {
    let (width, height) = scene.size.device();
    let fine = (width * SUBPIXELS, height * SUBPIXELS);
    let mut svg = String::new();
    paint(scene, SVGBackend::with_string(&mut svg, fine), palette).unwrap();
    // The view box keeps the fractions of a pixel, the size on the page is in pixels.
    svg.replacen(&format!("width=\"{}\" height=\"{}\"", fine.0, fine.1), &format!("width=\"{width}\" height=\"{height}\""), 1)
}

#[track_caller]
pub fn assert_picture(name: &str, scene: &Scene, palette: &Palette) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.svg"));
    let drawn = svg(scene, palette);
    if std::env::var_os("UTKIK_BLESS").is_some() {
        std::fs::write(&path, drawn).unwrap();
        return;
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    let difference = golden.lines().zip(drawn.lines()).find(|(golden, drawn)| golden != drawn);
    assert!(golden == drawn, "{name}.svg differs, first in {difference:#?}\nUTKIK_BLESS=1 before the same command draws it anew");
}
