//! Shared by the pictures of all panel kinds.

use crate::pictures::assert_picture;
pub use crate::pictures::measure;
use chart::{Palette, Rgb, Scene, Shape, Size};
use model::color::Color;
use model::time::{HOUR, Millis, Window};

/// 22 July 2026, 10:00 UTC.
pub const MORNING: Millis = 1_784_714_400_000;
/// The hour that the pictures show.
pub const AN_HOUR: Window = Window { start: MORNING, end: MORNING + HOUR };
/// The size of a panel on a desktop.
pub const SIZE: Size = Size { width: 560.0, height: 180.0, ratio: 1.0 };

/// The palette of the light theme.
pub fn palette() -> Palette {
    let read = |css| Rgb::parse(css).unwrap();
    let tokens = [
        (Color::Text, "#17212b"),
        (Color::Green, "#11743f"),
        (Color::Yellow, "#7d5a00"),
        (Color::Orange, "#a84600"),
        (Color::Red, "#be2334"),
        (Color::Blue, "#0b62c4"),
        (Color::Purple, "#6a3dbb"),
    ];
    Palette {
        text: read("#56636f"),
        grid: read("#e4e8ec"),
        series: ["#0072b2", "#d55e00", "#009271", "#bb5a91", "#c98500"].map(read).to_vec(),
        tokens: tokens.map(|(color, css)| (color, read(css))).to_vec(),
        heat: ["#c7e9b4", "#2a9dbb", "#0c2c84"].map(read),
        font: "sans-serif".into(),
    }
}

#[track_caller]
pub fn assert_golden(name: &str, scene: &Scene) {
    assert_picture(name, scene, &palette());
}

/// All blocks as left, top, right, bottom.
pub fn blocks(scene: &Scene) -> Vec<[f64; 4]> {
    let corners = |shape: &Shape| match shape {
        Shape::Block { corners: [from, to], .. } => Some([from.x, from.y, to.x, to.y]),
        _ => None,
    };
    scene.shapes.iter().filter_map(corners).collect()
}

/// All texts, with plain spaces.
pub fn labels(scene: &Scene) -> Vec<String> {
    scene.labels.iter().map(|label| label.text.replace(['\u{a0}', '\u{202f}'], " ")).collect()
}

/// Asserts that the edges of all blocks are on whole pixels and inside the plot.
#[track_caller]
pub fn assert_crisp(scene: &Scene) {
    let plot = scene.plot;
    for [left, top, right, bottom] in blocks(scene) {
        let edges = [left, top, right, bottom];
        assert!(edges.iter().all(|edge| edge.fract() == 0.0), "{edges:?}");
        let inside = plot.left <= left && left < right && right <= plot.right && plot.top <= top && top < bottom && bottom <= plot.bottom;
        assert!(inside, "{edges:?} in {plot:?}");
    }
}
