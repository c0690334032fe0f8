//! Loads dashboard files by id, and reads their time range and refresh interval.

use super::early;
use super::use_query::{Query, QueryContext, use_query};
use gloo_net::http::Request;
use model::dashboard::Dashboard;
use model::time::TimeRange;
use model::view_state::Refresh;
use prometheus::error::Error;

/// Fetches `dashboards/ID.json`. The id was checked when the URL or the configuration was read.
async fn load(id: String) -> Result<Dashboard, Error> {
    let url = format!("dashboards/{id}.json");
    let response = match early::take(&url).await {
        Some(response) => response,
        None => Request::get(&url).send().await.map_err(|_| Error::Unreachable)?,
    };
    if !response.ok() {
        return Err(Error::Refused { status: response.status() });
    }
    let bytes = response.binary().await.map_err(|_| Error::Unreachable)?;
    Ok(Dashboard::parse(&bytes)?)
}

/// Fetches the dashboard that `id` names; nothing while it is `None`.
pub fn ask(query_context: QueryContext, id: Box<dyn Fn() -> Option<String>>) -> Query<String, Dashboard> {
    use_query(query_context, id, |asked, now| asked == now, load)
}

/// The time range that a dashboard opens with.
pub fn range(dashboard: &Dashboard) -> Option<TimeRange> {
    dashboard.time.as_ref().and_then(|time| TimeRange::parse(&time.from, &time.to))
}

/// The refresh interval of a dashboard.
pub fn refresh(dashboard: &Dashboard) -> Option<Refresh> {
    dashboard.refresh.as_deref().and_then(Refresh::parse)
}
