//! The state that the panels of a dashboard share.

use crate::state::App;
use crate::state::annotations::Annotations;
use crate::state::variables::VariableState;
use crate::view::panel::frame::waiting::Waiting;
use crate::view::panel::pointer::cursor::Cursor;
use model::dashboard::Dashboard;

/// The state that the panels of a dashboard share. A handle.
#[derive(Clone)]
pub struct Board {
    /// How many of them wait for data.
    pub waiting: Waiting,
    /// Their cursor.
    pub cursor: Cursor,
    /// The annotations on their time axes.
    pub annotations: Annotations,
}

impl Board {
    /// The state for `dashboard`, whose queries may use `variables`.
    pub fn new(app: App, dashboard: &Dashboard, variables: &[VariableState]) -> Self {
        Self {
            waiting: Waiting::new(),
            cursor: Cursor::new(dashboard.cursor_sync),
            annotations: Annotations::ask(app, &dashboard.annotations, variables),
        }
    }
}
