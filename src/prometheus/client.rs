//! The client: asks one source over HTTP, and can be told to stop.
//!
//! Works with whatever speaks Prometheus' API under the source's URL. Only reads. An answer that nobody waits for any more is
//! called off by [`Request::abort`]; dropping its future alone would leave the browser's fetch running.

use super::Answer;
use super::decode::{self, Http};
use super::error::Error;
use crate::model::alert::AlertRule;
use crate::model::series::{Frame, Grid, Sample};
use crate::model::target::ScrapeTarget;
use crate::model::time::{Millis, Window};
use crate::model::variable::LabelValues;
use form_urlencoded::Serializer;
use gloo_net::http::{Method, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use web_sys::{AbortController, AbortSignal};

/// A source that hangs is given up after this long: longer than Nginx waits for it, so that Nginx' word comes first.
const TIMEOUT_MS: u32 = 40_000;
/// Longer URLs are refused by proxies on the way; such a query is sent as a form, which no cache can keep.
const MAX_URL: usize = 4_000;

/// One source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its URL, relative to the page or absolute, with a `/` at its end.
    base: Arc<str>,
}

/// How far the server's clock was ahead of the browser's when its answer began, ms; none where a cache may have given the answer.
pub type ServerTime = Option<Millis>;

/// A request on its way, to be called off.
#[derive(Clone, Debug)]
pub struct Request {
    controller: Option<AbortController>,
}

impl Request {
    /// A request that has not begun.
    pub fn new() -> Self {
        Self { controller: AbortController::new().ok() }
    }

    /// Calls it off: whoever waits for it gets [`Error::Aborted`].
    pub fn abort(&self) {
        // Without a reason of our own: gloo-net understands only the browser's.
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

impl Default for Request {
    fn default() -> Self {
        Self::new()
    }
}

impl Client {
    /// The client of the source at `url`.
    pub fn new(url: &str) -> Self {
        Self { base: format!("{}/", url.trim_end_matches('/')).into() }
    }

    /// `/api/v1/query_range` over the whole grid.
    pub async fn query_range(&self, request: &Request, expr: &str, grid: Grid) -> Result<(Answer<Frame>, ServerTime), Error> {
        let end = grid.time(grid.len.saturating_sub(1));
        let parameters = [("query", expr.to_owned()), ("start", seconds(grid.start)), ("end", seconds(end)), ("step", seconds(grid.step))];
        let body = self.ask(request, "query_range", &parameters).await?;
        Ok((decode::range(body.http(), &body.bytes, grid)?, body.server_time))
    }

    /// `/api/v1/query` at the instant `time`.
    pub async fn query(&self, request: &Request, expr: &str, time: Millis) -> Result<(Answer<Vec<Sample>>, ServerTime), Error> {
        let body = self.ask(request, "query", &[("query", expr.to_owned()), ("time", seconds(time))]).await?;
        Ok((decode::instant(body.http(), &body.bytes)?, body.server_time))
    }

    /// `/api/v1/label/LABEL/values` among the series of `window`.
    pub async fn label_values(&self, request: &Request, query: &LabelValues, window: Window) -> Result<Vec<String>, Error> {
        let mut parameters = vec![("start", seconds(window.start)), ("end", seconds(window.end))];
        parameters.extend(query.selector.clone().map(|selector| ("match[]", selector)));
        let body = self.ask(request, &format!("label/{}/values", query.label), &parameters).await?;
        decode::label_values(body.http(), &body.bytes)
    }

    /// `/api/v1/rules`: the alerting ones, worst first.
    pub async fn alert_rules(&self, request: &Request) -> Result<Vec<AlertRule>, Error> {
        let body = self.ask(request, "rules", &[("type", "alert".to_owned())]).await?;
        decode::rules(body.http(), &body.bytes)
    }

    /// `/api/v1/targets`: the active ones, broken first.
    pub async fn targets(&self, request: &Request) -> Result<Vec<ScrapeTarget>, Error> {
        let body = self.ask(request, "targets", &[("state", "active".to_owned())]).await?;
        decode::targets(body.http(), &body.bytes)
    }

    async fn ask(&self, request: &Request, endpoint: &str, parameters: &[(&str, String)]) -> Result<Body, Error> {
        let query = Serializer::new(String::new()).extend_pairs(parameters).finish();
        let url = format!("{}api/v1/{endpoint}", self.base);
        let timed_out = Rc::new(Cell::new(false));
        let timer = {
            let (timed_out, request) = (Rc::clone(&timed_out), request.clone());
            Timeout::new(TIMEOUT_MS, move || {
                timed_out.set(true);
                request.abort();
            })
        };
        let signal = request.controller.as_ref().map(AbortController::signal);
        let outcome = async {
            let response = match send(&url, &query, signal.as_ref()).await {
                // A phone that changes from one network to the other loses what is on its way: once is no outage.
                Err(gloo_net::Error::JsError(error)) if error.name == "TypeError" => send(&url, &query, signal.as_ref()).await?,
                outcome => outcome?,
            };
            Body::read(response).await
        }
        .await;
        drop(timer);
        outcome.map_err(|error| match error {
            _ if timed_out.get() => Error::TimedOut,
            gloo_net::Error::JsError(error) if error.name == "AbortError" => Error::Aborted,
            _ => Error::Unreachable,
        })
    }
}

/// Asks with GET, or for what is too long for a URL with a form.
async fn send(url: &str, query: &str, signal: Option<&AbortSignal>) -> Result<Response, gloo_net::Error> {
    if url.len() + query.len() < MAX_URL {
        return RequestBuilder::new(&format!("{url}?{query}")).abort_signal(signal).send().await;
    }
    let form = RequestBuilder::new(url).method(Method::POST).abort_signal(signal);
    form.header("Content-Type", "application/x-www-form-urlencoded").body(query)?.send().await
}

/// A whole answer.
struct Body {
    status: u16,
    content_type: String,
    bytes: Vec<u8>,
    server_time: ServerTime,
}

impl Body {
    async fn read(response: Response) -> Result<Self, gloo_net::Error> {
        let header = |name: &str| response.headers().get(name);
        let from_cache = header("age").is_some() || header("x-cache-status").is_some_and(|status| status == "HIT");
        let server_time = header("date").filter(|_| !from_cache).and_then(|date| {
            let at = js_sys::Date::parse(&date);
            // Now, before the body: a slow download is not a slow clock.
            at.is_finite().then(|| whole_millis(at - js_sys::Date::now()))
        });
        let (status, content_type) = (response.status(), header("content-type").unwrap_or_default());
        let bytes = response.binary().await?;
        Ok(Self { status, content_type, bytes, server_time })
    }

    fn http(&self) -> Http<'_> {
        Http { status: self.status, content_type: &self.content_type }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "JavaScript's milliseconds are whole and far below 2^53")]
fn whole_millis(at: f64) -> Millis {
    at as Millis
}

/// Milliseconds as Prometheus reads times and durations: seconds, with decimals only where there are any.
fn seconds(at: Millis) -> String {
    let (whole, rest) = (at.div_euclid(1_000), at.rem_euclid(1_000));
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}") }
}
