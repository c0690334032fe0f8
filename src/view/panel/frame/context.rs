//! What a panel is made of.

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

/// What every view of a panel gets. A handle.
#[derive(Clone)]
pub struct PanelContext {
    /// The app.
    pub app: App,
    /// What the panels of the dashboard share.
    pub board: Board,
    /// The panel.
    pub panel: Arc<Panel>,
    /// The variables of the dashboard.
    pub variables: Vec<VariableState>,
    /// Its data. Kinds that ask for nothing have none.
    pub query: PanelQuery,
    /// Whether the reader wants the values as a table.
    pub as_table: RwSignal<bool>,
    /// What is on its canvas, if it has one, to be saved.
    pub scene: Rc<Cell<Option<SceneSignal>>>,
}
