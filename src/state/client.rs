//! The HTTP client of one data source.
//!
//! Works with every server that speaks Prometheus' API under the source's URL. Only reads. Dropping a future cancels its request: the
//! browser aborts the fetch, and Prometheus the query, unless a cache between them waits for the answer. Answers are read as streams and
//! aborted when they grow too large.

use super::early;
use form_urlencoded::Serializer;
use gloo_net::http::{Method, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use js_sys::{Reflect, Uint8Array};
use model::alert::AlertRule;
use model::series::{Frame, Grid, Sample};
use model::target::ScrapeTarget;
use model::time::{Millis, Window};
use model::variable::LabelValues;
use prometheus::Answer;
use prometheus::decode::{self, Http};
use prometheus::error::Error;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, ReadableStreamDefaultReader};

/// The timeout of a request. It is longer than the timeout of Nginx, so that Nginx' error arrives first.
const TIMEOUT_MS: u32 = 40_000;
/// The maximum length of a URL: proxies may refuse longer ones. A longer query is sent as a POST form, which caches do not store.
const MAX_URL: usize = 4_000;
/// The maximum size of an answer, in bytes. A larger one would fill a phone's memory and give a chart that nobody can read.
const MAX_BODY: usize = 32 << 20;

/// The client of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its URL, relative to the page or absolute, with a `/` at its end.
    base: Arc<str>,
}

/// The times of an answer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    /// When it was computed, by the server's clock, ms. Before the request if it comes from a cache.
    pub computed: Option<Millis>,
    /// How far the server's clock was ahead of the browser's when the answer began, ms; `None` if it may come from a cache.
    pub ahead: Option<Millis>,
}

/// Aborts a fetch when dropped.
struct AbortOnDrop(Option<AbortController>);

impl AbortOnDrop {
    fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        // Without an abort reason of our own: gloo-net understands only the browser's.
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Client {
    /// The client of the source at `url`.
    pub fn new(url: &str) -> Self {
        Self { base: format!("{}/", url.trim_end_matches('/')).into() }
    }

    /// `/api/v1/query_range` over the whole grid.
    pub async fn query_range(&self, expr: &str, grid: Grid) -> Result<(Answer<Frame>, Times), Error> {
        let end = grid.time(grid.len.saturating_sub(1));
        let parameters = [("query", expr.to_owned()), ("start", seconds(grid.start)), ("end", seconds(end)), ("step", seconds(grid.step))];
        let body = self.ask("query_range", &parameters).await?;
        Ok((decode::range(body.http(), &body.bytes, grid)?, body.times))
    }

    /// `/api/v1/query` at the instant `time`.
    pub async fn query(&self, expr: &str, time: Millis) -> Result<(Answer<Vec<Sample>>, Times), Error> {
        let body = self.ask("query", &[("query", expr.to_owned()), ("time", seconds(time))]).await?;
        Ok((decode::instant(body.http(), &body.bytes)?, body.times))
    }

    /// `/api/v1/label/LABEL/values` among the series of `window`.
    pub async fn label_values(&self, query: &LabelValues, window: Window) -> Result<Vec<String>, Error> {
        let mut parameters = vec![("start", seconds(window.start)), ("end", seconds(window.end))];
        parameters.extend(query.selector.clone().map(|selector| ("match[]", selector)));
        let body = self.ask(&format!("label/{}/values", query.label), &parameters).await?;
        decode::label_values(body.http(), &body.bytes)
    }

    /// `/api/v1/rules`: the alerting rules, worst first.
    pub async fn alert_rules(&self) -> Result<Vec<AlertRule>, Error> {
        let body = self.ask("rules", &[("type", "alert".to_owned())]).await?;
        decode::rules(body.http(), &body.bytes)
    }

    /// `/api/v1/targets`: the active targets, broken first.
    pub async fn targets(&self) -> Result<Vec<ScrapeTarget>, Error> {
        let body = self.ask("targets", &[("state", "active".to_owned())]).await?;
        decode::targets(body.http(), &body.bytes)
    }

    async fn ask(&self, endpoint: &str, parameters: &[(&str, String)]) -> Result<Body, Error> {
        let query = Serializer::new(String::new()).extend_pairs(parameters).finish();
        let url = format!("{}api/v1/{endpoint}", self.base);
        let mut request = AbortOnDrop(AbortController::new().ok());
        let timed_out = Rc::new(Cell::new(false));
        let timer = {
            let (timed_out, controller) = (Rc::clone(&timed_out), request.0.clone());
            Timeout::new(TIMEOUT_MS, move || {
                timed_out.set(true);
                drop(AbortOnDrop(controller));
            })
        };
        let signal = request.signal();
        let outcome = async {
            let response = match send(&url, &query, signal.as_ref()).await {
                // A phone that switches networks loses its running requests. One failure is no outage: try once more.
                Err(gloo_net::Error::JsError(error)) if error.name == "TypeError" => send(&url, &query, signal.as_ref()).await,
                outcome => outcome,
            };
            Body::read(response.map_err(|_| Error::Unreachable)?).await
        }
        .await;
        drop(timer);
        if outcome.is_ok() {
            // The request is complete: nothing to abort.
            request.0 = None;
        }
        if timed_out.get() { Err(Error::TimedOut) } else { outcome }
    }
}

/// Sends a GET request, or a POST form if the URL would be too long.
async fn send(url: &str, query: &str, signal: Option<&AbortSignal>) -> Result<Response, gloo_net::Error> {
    if url.len() + query.len() < MAX_URL {
        let whole = format!("{url}?{query}");
        if let Some(response) = early::take(&whole).await {
            return Ok(response);
        }
        return RequestBuilder::new(&whole).abort_signal(signal).send().await;
    }
    let form = RequestBuilder::new(url).method(Method::POST).abort_signal(signal);
    form.header("Content-Type", "application/x-www-form-urlencoded").body(query)?.send().await
}

/// A complete answer.
struct Body {
    status: u16,
    content_type: String,
    bytes: Vec<u8>,
    times: Times,
}

impl Body {
    async fn read(response: Response) -> Result<Self, Error> {
        let header = |name: &str| response.headers().get(name);
        // With one of these cache statuses from Nginx, the answer is older than the request.
        let kept = header("x-cache-status").is_some_and(|status| matches!(status.as_str(), "HIT" | "STALE" | "UPDATING" | "REVALIDATED"));
        let from_cache = kept || header("age").is_some();
        let date = header("date").map(|date| js_sys::Date::parse(&date)).filter(|at| at.is_finite());
        // Measured before the body is read: a slow download must not look like a clock difference.
        let ahead = date.filter(|_| !from_cache).map(|at| whole_millis(at - js_sys::Date::now()));
        let times = Times { computed: date.map(whole_millis), ahead };
        let (status, content_type) = (response.status(), header("content-type").unwrap_or_default());
        let bytes = read_all(&response).await?;
        Ok(Self { status, content_type, bytes, times })
    }

    fn http(&self) -> Http<'_> {
        Http { status: self.status, content_type: &self.content_type }
    }
}

/// Reads the body of an answer as a stream. An answer that is too large is an error before it has filled the memory.
async fn read_all(response: &Response) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let Some(stream) = response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(|_| Error::Unreachable)?;
        let value = Reflect::get(&piece, &JsValue::from_str("value")).unwrap_or_default();
        // The end of the stream has no value.
        let Ok(value) = value.dyn_into::<Uint8Array>() else { return Ok(bytes) };
        let before = bytes.len();
        let len = usize::try_from(value.length()).unwrap_or(usize::MAX);
        if before.saturating_add(len) > MAX_BODY {
            return Err(Error::TooLarge);
        }
        bytes.resize(before + len, 0);
        if let Some(room) = bytes.get_mut(before..) {
            value.copy_to(room);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "JavaScript's milliseconds are whole and far below 2^53")]
fn whole_millis(at: f64) -> Millis {
    at as Millis
}

/// Milliseconds as a time or duration parameter of Prometheus: seconds, with decimals only if they are not whole.
fn seconds(at: Millis) -> String {
    let (whole, rest) = (at.div_euclid(1_000), at.rem_euclid(1_000));
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}") }
}
