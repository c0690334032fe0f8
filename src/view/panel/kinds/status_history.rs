//! Status history: a row for each series, a cell for each instant. If cells would be too narrow to be seen, several instants share a cell,
//! which shows the most serious of their states.

use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::kinds::state_timeline::rows_view;
use crate::view::ui::Element;
use model::dashboard::StateOptions;

/// The cells of a panel.
pub fn view(context: &PanelContext, options: &StateOptions) -> Element {
    rows_view(context, options, true)
}
