//! Status history: a row for each series, a cell for each instant. Where cells would be too narrow to be seen, several instants have one,
//! in the most serious of their states.

use crate::state::App;
use crate::state::panel_query::PanelQuery;
use crate::view::panel::kinds::state_timeline::rows_view;
use crate::view::ui::Element;
use model::dashboard::Panel;
use std::sync::Arc;

/// The cells of `panel`.
pub fn view(app: App, panel: &Arc<Panel>, query: PanelQuery) -> Element {
    rows_view(app, panel, query, true)
}
