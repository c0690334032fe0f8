//! A chart as an SVG file, for reports. It includes the title and the legend, which are DOM elements on the page.

use super::plotters::{Painter, SUBPIXELS, Writing};
use crate::scene::palette::{Palette, Rgb};
use crate::scene::{Anchor, Point, Scene};
use plotters_backend::DrawingBackend;
use plotters_svg::SVGBackend;

/// An entry of a legend. All lengths are CSS px.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The name of the series, slice or state.
    pub name: String,
    /// Its colour.
    pub color: Rgb,
    /// The shape of its colour mark.
    pub mark: Mark,
    /// The left edge of its colour mark.
    pub x: f64,
    /// Its line, from 0 on.
    pub line: u16,
}

/// The shape of the colour mark of a legend entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// No mark: the entry is only text.
    None,
    /// A line.
    Line,
    /// A dashed line, for limits.
    Dashed,
    /// A square, for areas.
    Square,
}

impl Mark {
    /// Its parts as left edge and width, from the left edge of the mark, CSS px.
    pub fn parts(self) -> &'static [(f64, f64)] {
        match self {
            Self::None => &[],
            Self::Line => &[(0.0, MARK)],
            Self::Dashed => &[(0.0, 4.0), (7.0, 4.0)],
            Self::Square => &[(2.0, 10.0)],
        }
    }

    /// Its height, CSS px.
    pub fn height(self) -> f64 {
        if self == Self::Square { 10.0 } else { 3.0 }
    }
}

/// A chart with its title above it, its legend below it, and a background.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The chart.
    pub scene: &'a Scene,
    /// Its colours.
    pub palette: &'a Palette,
    /// The colour of the background.
    pub ground: Rgb,
    /// The colour of title and legend.
    pub ink: Rgb,
    /// The title. Untrusted text.
    pub title: &'a str,
    /// The legend, in the order of lines.
    pub legend: &'a [Entry],
}

/// The margin around and between the parts of a sheet, CSS px.
pub const MARGIN: f64 = 12.0;
/// The height of the title, CSS px.
pub const TITLE: f64 = 24.0;
/// The height of a line of the legend, CSS px.
pub const LINE: f64 = 20.0;
/// The width of the colour mark of a series, CSS px.
pub const MARK: f64 = 14.0;
/// The space between a mark and its name, CSS px.
pub const MARK_GAP: f64 = 6.0;
/// The font sizes of title and legend, CSS px.
pub const FONT_SIZES: [f64; 2] = [14.0, 12.0];

/// plotters' SVG backend divides font sizes by this.
const TEXT_SCALE: f64 = 1.24;

impl Sheet<'_> {
    /// Its width and height, CSS px.
    pub fn size(&self) -> (f64, f64) {
        let lines = self.legend.last().map_or(0, |entry| entry.line + 1);
        let size = self.scene.size;
        (size.width + 2.0 * MARGIN, size.height + TITLE + f64::from(lines) * LINE + 2.0 * MARGIN)
    }

    /// The SVG file. `None` if it could not be written, which does not happen in memory.
    pub fn svg(&self) -> Option<String> {
        let ratio = self.scene.size.ratio;
        let (width, height) = self.size();
        let units = |css: f64| u32::try_from(crate::number::whole(css * ratio * f64::from(SUBPIXELS))).unwrap_or(0);
        let fine = (units(width), units(height));
        let mut svg = String::new();
        {
            let mut backend = SVGBackend::with_string(&mut svg, fine);
            self.paint(&mut backend).ok()?;
            backend.present().ok()?;
        }
        // The view box is in fractions of a pixel, the size on the page in CSS px.
        Some(svg.replacen(&format!("width=\"{}\" height=\"{}\"", fine.0, fine.1), &format!("width=\"{width}\" height=\"{height}\""), 1))
    }

    fn paint<DB: DrawingBackend>(&self, backend: &mut DB) -> Result<(), plotters_backend::DrawingErrorKind<DB::ErrorType>> {
        let ratio = self.scene.size.ratio;
        let at = |x: f64, y: f64| Point { x: x * ratio, y: y * ratio };
        let (width, height) = self.size();
        let corner = Point { x: 0.0, y: 0.0 };
        let mut painter = Painter { backend, palette: self.palette, origin: corner, text_scale: TEXT_SCALE };
        painter.block(corner, at(width, height), self.ground)?;
        let [title_size, size] = FONT_SIZES.map(|size| size * ratio);
        let title = Writing {
            text: self.title,
            at: at(MARGIN, MARGIN + TITLE / 2.0 - 4.0),
            anchor: Anchor::Left,
            color: self.ink,
            size: title_size,
            is_bold: true,
        };
        painter.write(&title)?;
        for Entry { name, color, mark, x, line } in self.legend {
            let y = MARGIN + TITLE + self.scene.size.height + (f64::from(*line) + 0.5) * LINE + MARGIN / 2.0;
            for (left, width) in mark.parts() {
                let half = mark.height() / 2.0;
                painter.block(at(x + left, y - half), at(x + left + width, y + half), *color)?;
            }
            let at = at(x + MARK + MARK_GAP, y);
            painter.write(&Writing { text: name, at, anchor: Anchor::Left, color: self.ink, size, is_bold: false })?;
        }
        painter.origin = at(MARGIN, MARGIN + TITLE);
        painter.scene(self.scene)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ink, Size, sparkline};

    fn svg(title: &str, name: &str) -> String {
        let ink = Rgb(1, 2, 3);
        let palette = Palette { text: ink, grid: ink, series: vec![ink], tokens: Vec::new(), heat: [ink; 3], font: "serif".into() };
        let scene = sparkline(&[1.0, 2.0, 1.5], Ink::Series(0), Size { width: 40.0, height: 20.0, ratio: 2.0 });
        let legend = [Entry { name: name.to_owned(), color: Rgb(255, 0, 0), mark: Mark::Line, x: MARGIN, line: 0 }];
        Sheet { scene: &scene, palette: &palette, ground: Rgb(255, 255, 255), ink, title, legend: &legend }.svg().unwrap()
    }

    #[test]
    fn a_sheet_has_room_for_the_chart_the_title_and_the_legend() {
        let svg = svg("CPU", "user");
        // 40 by 20 px with margins, a title and a line of the legend. The view box is in eighths of device px.
        assert!(svg.starts_with(r#"<svg width="64" height="88" viewBox="0 0 1024 1408" xmlns="http://www.w3.org/2000/svg">"#), "{svg}");
        assert!(svg.contains(">\nCPU\n</text>") && svg.contains(">\nuser\n</text>") && svg.contains("#FF0000"), "{svg}");
        // The title is 14 CSS px high: 224 units.
        assert!(svg.contains(r#"font-size="224""#), "{svg}");
        assert_eq!(svg.matches("<polyline").count(), 1);
    }

    #[test]
    fn markup_in_names_is_escaped_and_the_file_stays_valid_xml() {
        let svg = svg("</text><script>alert(1)</script>", "a\u{0}\u{1b}\u{fffe}\"b\t&");
        assert!(!svg.contains("<script"), "{svg}");
        assert!(svg.contains("&lt;script&gt;") && svg.contains("a\u{fffd}\u{fffd}\u{fffd}&quot;b\t&amp;"), "{svg}");
    }
}
