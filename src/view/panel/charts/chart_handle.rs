//! A chart as others see it.

use crate::state::App;
use crate::view::panel::charts::plot::Plot;
use crate::view::panel::frame::board::Board;
use crate::view::ui::Element;
use chart::Scene;
use leptos::prelude::*;
use model::dashboard::{Panel, TooltipMode};
use model::time::Window;
use std::sync::Arc;

/// A time series chart on the page. A handle for what is not in the first file.
pub struct ChartHandle {
    /// The app.
    pub app: App,
    /// What it shares with the others of its dashboard.
    pub board: Board,
    /// The panel.
    pub panel: Arc<Panel>,
    /// What its tooltip lists.
    pub tooltip: TooltipMode,
    /// What there is.
    pub plot: Signal<Option<Arc<Plot>>>,
    /// Where things are.
    pub scene: Signal<Option<Arc<Scene>>>,
    /// The window that a drag has moved the axis to, until the data for it is there.
    pub moved: RwSignal<Option<Window>>,
    /// Which series are not shown.
    pub hidden: RwSignal<Vec<String>>,
    /// What can be pointed at.
    pub picture: Element,
    /// The room around it.
    pub place: Element,
}
