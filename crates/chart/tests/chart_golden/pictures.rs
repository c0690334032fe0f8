//! Compares the pixels of a chart with a picture in `tests/golden/`. The labels of a chart, which the browser draws, are compared with the
//! picture's text chunk.

use chart::{Label, Palette, Scene, rasterize};
use raster::Raster;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

/// The allowed difference of a colour channel from the golden picture: processors may round differently.
const TOLERANCE: u8 = 2;
/// The keyword of the text chunk that has the labels.
const LABELS: &str = "Labels";

/// About the width of a text in a common sans-serif font at 11 px.
pub fn measure(text: &str) -> f64 {
    f64::from(u16::try_from(text.chars().count()).unwrap()) * 6.0
}

/// Pixels on a white background, three bytes each, and the labels.
#[derive(PartialEq)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
    labels: String,
}

impl Picture {
    pub fn of(scene: &Scene, palette: &Palette) -> Self {
        let (width, height) = scene.size.device();
        let mut raster = Raster::default();
        let region = rasterize(scene, palette, &mut raster);
        let mut pixels = vec![255; 3 * width as usize * height as usize];
        for row in 0..region.height as usize {
            for column in 0..region.width as usize {
                let drawn = &raster.bytes()[4 * (row * region.width as usize + column)..][..4];
                let at = 3 * ((row + region.top as usize) * width as usize + column + region.left as usize);
                for part in 0..3 {
                    let (ink, opacity) = (u16::from(drawn[part]), u16::from(drawn[3]));
                    pixels[at + part] = u8::try_from((ink * opacity + 255 * (255 - opacity) + 127) / 255).unwrap();
                }
            }
        }
        let mut labels = String::new();
        for Label { text, at, anchor, on } in &scene.labels {
            writeln!(labels, "{:.2} {:.2} {anchor:?} {on:?} {text}", at.x, at.y).unwrap();
        }
        Self { width, height, pixels, labels }
    }

    fn read(path: &Path) -> Option<Self> {
        let mut reader = png::Decoder::new(BufReader::new(File::open(path).ok()?)).read_info().unwrap();
        let (width, height) = (reader.info().width, reader.info().height);
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        reader.finish().unwrap();
        let text = reader.info().utf8_text.iter().find(|text| text.keyword == LABELS);
        let labels = text.map(|text| text.get_text().unwrap()).unwrap_or_default();
        Some(Self { width, height, pixels, labels })
    }

    fn write(&self, path: &Path) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut encoder = png::Encoder::new(BufWriter::new(File::create(path).unwrap()), self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        encoder.add_itxt_chunk(LABELS.into(), self.labels.clone()).unwrap();
        encoder.write_header().unwrap().write_image_data(&self.pixels).unwrap();
    }

    /// The number of pixels that differ from `golden`, and a picture that shows them in red over a pale copy.
    fn difference(&self, golden: &Self) -> (usize, Self) {
        let is_near = |(one, other): (&u8, &u8)| one.abs_diff(*other) <= TOLERANCE;
        let mut shown = Self { pixels: Vec::with_capacity(self.pixels.len()), labels: String::new(), ..*self };
        let mut count = 0;
        for (drawn, golden) in self.pixels.chunks(3).zip(golden.pixels.chunks(3)) {
            if drawn.iter().zip(golden).all(is_near) {
                shown.pixels.extend(drawn.iter().map(|part| 191 + part / 4));
            } else {
                shown.pixels.extend([220, 0, 0]);
                count += 1;
            }
        }
        (count, shown)
    }
}

#[track_caller]
pub fn assert_picture(name: &str, scene: &Scene, palette: &Palette) {
    let drawn = Picture::of(scene, palette);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.png"));
    let golden = Picture::read(&path);
    if std::env::var_os("UTKIK_BLESS").is_some() {
        if golden.is_none_or(|golden| golden != drawn) {
            drawn.write(&path);
        }
        return;
    }
    let hint = "look at it; UTKIK_BLESS=1 before the same command makes it the golden one";
    let seen = target(name, "");
    let Some(golden) = golden else {
        drawn.write(&seen);
        panic!("there is no {}: what is drawn is in {}; {hint}", path.display(), seen.display());
    };
    if (golden.width, golden.height) != (drawn.width, drawn.height) {
        drawn.write(&seen);
        panic!(
            "{name} is {} by {} px rather than {} by {}: {}; {hint}",
            drawn.width,
            drawn.height,
            golden.width,
            golden.height,
            seen.display()
        );
    }
    let (count, difference) = drawn.difference(&golden);
    if count > 0 {
        let red = target(name, "-difference");
        drawn.write(&seen);
        difference.write(&red);
        panic!("{count} pixels of {name} differ, red in {}: {}; {hint}", red.display(), seen.display());
    }
    let differing = golden.labels.lines().zip(drawn.labels.lines()).find(|(golden, drawn)| golden != drawn);
    assert!(golden.labels == drawn.labels, "the texts of {name} differ, first in {differing:#?}; {hint}");
}

/// The path for a picture that differs.
fn target(name: &str, what: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}{what}.png"))
}

/// Without a tolerance the golden pictures would fail on other processors; with one that is too large they could not fail at all.
#[test]
fn a_difference_is_found_and_a_rounding_error_is_tolerated() {
    let white = Picture { width: 2, height: 1, pixels: vec![255; 6], labels: String::new() };
    let rounded = Picture { pixels: vec![255 - TOLERANCE; 6], labels: String::new(), ..white };
    assert_eq!(rounded.difference(&white).0, 0);
    let other = Picture { pixels: vec![255, 255, 255, 255, 254 - TOLERANCE, 255], labels: String::new(), ..white };
    let (count, shown) = other.difference(&white);
    assert_eq!((count, &shown.pixels[3..]), (1, &[220, 0, 0][..]));
}
