//! The context of a panel.

use crate::state::App;
use crate::state::panel_query::PanelQuery;
use crate::state::variables::VariableState;
use crate::view::panel::frame::board::Board;
use chart::Scene;
use leptos::prelude::*;
use model::dashboard::Panel;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

type SceneSignal = Signal<Option<Arc<Scene>>>;

/// The context that the view of every kind of panel gets. A handle.
#[derive(Clone)]
pub struct PanelContext {
    /// The app.
    pub app: App,
    /// The state that the panels of the dashboard share.
    pub board: Board,
    /// The panel.
    pub panel: Arc<Panel>,
    /// The variables of the dashboard.
    pub variables: Vec<VariableState>,
    /// Its data; none for kinds that send no queries.
    pub query: PanelQuery,
    /// Whether to show the values as a table.
    pub as_table: RwSignal<bool>,
    /// The scene on its canvas, if it has one, for saving it.
    pub scene: Rc<Cell<Option<SceneSignal>>>,
}
