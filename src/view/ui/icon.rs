//! Icons: SVG strokes on a grid of 24 by 24, in the colour of the text around them.

use super::element::{Element, svg};

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// The logo of Utkik.
    Mark,
    /// The menu of pages.
    Menu,
    /// Settings.
    Settings,
    /// Time range.
    Clock,
    /// Refresh the data.
    Refresh,
    /// The menu of a panel.
    More,
    /// One step back in time.
    Earlier,
    /// One step forward in time.
    Later,
    /// A wider range.
    ZoomOut,
    /// A list that can be opened.
    Down,
    /// Close.
    Close,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Self::Mark => "M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z M5 14h3l2-4 3 6 2-3h4",
            Self::Menu => "M4 7h16 M4 12h16 M4 17h16",
            Self::Settings => "M4 8h9 M17 8h3 M4 16h3 M11 16h9 M15 6v4 M9 14v4",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M12 7v5l3 2",
            Self::Refresh => "M20 11a8 8 0 1 0-.6 4 M20 5v6h-6",
            Self::More => "M12 5.5v.1 M12 12v.1 M12 18.5v.1",
            Self::Earlier => "M14 6l-6 6 6 6",
            Self::Later => "M10 6l6 6-6 6",
            Self::ZoomOut => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z M15.5 15.5L21 21 M8 10.5h5",
            Self::Down => "M6 9l6 6 6-6",
            Self::Close => "M6 6l12 12 M18 6L6 18",
        }
    }
}

/// An icon. It is hidden from screen readers: the control around it has a label.
pub fn icon(glyph: Glyph) -> Element {
    let drawing = svg("svg").class("icon").attr("viewBox", "0 0 24 24").attr("aria-hidden", "true").attr("focusable", "false");
    drawing.child(svg("path").attr("d", glyph.path()))
}
