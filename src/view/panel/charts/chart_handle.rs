//! The handle to a time series chart.

use crate::state::App;
use crate::view::panel::charts::plot::Plot;
use crate::view::panel::frame::board::Board;
use crate::view::ui::Element;
use chart::Scene;
use leptos::prelude::*;
use model::dashboard::{Panel, TooltipMode};
use model::time::Window;
use std::sync::Arc;

/// A time series chart on the page. A handle for the code in on-demand files.
pub struct ChartHandle {
    /// The app.
    pub app: App,
    /// The state that the panels of the dashboard share.
    pub board: Board,
    /// The panel.
    pub panel: Arc<Panel>,
    /// What its tooltip lists.
    pub tooltip: TooltipMode,
    /// The series of the chart.
    pub plot: Signal<Option<Arc<Plot>>>,
    /// The chart as it is drawn.
    pub scene: Signal<Option<Arc<Scene>>>,
    /// The window that a drag has moved the axis to, until its data is loaded.
    pub moved: RwSignal<Option<Window>>,
    /// The names of the hidden series.
    pub hidden: RwSignal<Vec<String>>,
    /// The element that gets the pointer events.
    pub picture: Element,
    /// The element around it.
    pub place: Element,
}
