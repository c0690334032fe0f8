//! A fake source: it replaces `fetch` of the page.

use super::component::pass;
use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{AbortSignal, Request, Response, Url};

/// An answer, and its delay.
pub struct Answer {
    delay: i32,
    status: u16,
    content_type: &'static str,
    body: String,
}

impl Answer {
    /// JSON, without a delay.
    pub fn json(body: impl Into<String>) -> Self {
        Self { delay: 0, status: 200, content_type: "application/json", body: body.into() }
    }

    /// A vector of samples, each written as in `{"machine":"app"} 3`.
    pub fn vector(samples: &[(&str, f64)]) -> Self {
        let sample = |(labels, value): &(&str, f64)| format!(r#"{{"metric":{labels},"value":[1700000000,"{value}"]}}"#);
        let samples: Vec<String> = samples.iter().map(sample).collect();
        Self::json(format!(r#"{{"status":"success","data":{{"resultType":"vector","result":[{}]}}}}"#, samples.join(",")))
    }

    /// An HTML page, as from a proxy.
    pub fn html(status: u16) -> Self {
        Self { delay: 0, status, content_type: "text/html", body: "<h1>Something else</h1>".to_owned() }
    }

    /// The error of Prometheus for a query that it cannot run.
    pub fn refusal(message: &str) -> Self {
        let body = format!(r#"{{"status":"error","errorType":"execution","error":"{message}"}}"#);
        Self { status: 422, ..Self::json(body) }
    }

    /// The same, later. Milliseconds.
    pub fn after(self, delay: i32) -> Self {
        Self { delay, ..self }
    }
}

/// A request that the page has sent.
#[derive(Clone)]
pub struct Asked {
    /// Its path, from `api/` or the root of the app.
    pub path: String,
    url: Url,
    signal: AbortSignal,
}

impl Asked {
    fn read(request: &Request) -> Self {
        let url = Url::new(&request.url()).unwrap();
        let path = url.pathname();
        let path = path.split_once("/prometheus/").map_or(path.trim_start_matches('/'), |(_, path)| path).to_owned();
        Self { path, url, signal: request.signal() }
    }

    /// The value of a parameter, empty if it has none.
    pub fn parameter(&self, name: &str) -> String {
        self.url.search_params().get(name).unwrap_or_default()
    }

    /// The expression that is asked.
    pub fn expr(&self) -> String {
        self.parameter("query")
    }

    /// Whether the page has cancelled it.
    pub fn is_aborted(&self) -> bool {
        self.signal.aborted()
    }
}

/// The source. On drop the page gets its own `fetch` back.
pub struct Source {
    asked: Rc<RefCell<Vec<Asked>>>,
    own: Function,
    _played: Closure<dyn Fn(JsValue) -> Promise>,
}

impl Source {
    /// Replaces `fetch`: each request gets what `answer` returns for it.
    pub fn play(answer: impl Fn(&Asked) -> Answer + 'static) -> Self {
        let own: Function = Reflect::get(&js_sys::global(), &"fetch".into()).unwrap().unchecked_into();
        let asked = Rc::new(RefCell::new(Vec::new()));
        let played = {
            let (asked, own) = (Rc::clone(&asked), own.clone());
            Closure::<dyn Fn(JsValue) -> Promise>::new(move |request: JsValue| {
                let request: Request = request.unchecked_into();
                let one = Asked::read(&request);
                asked.borrow_mut().push(one.clone());
                future_to_promise(respond(request, one.clone(), answer(&one), own.clone()))
            })
        };
        Reflect::set(&js_sys::global(), &"fetch".into(), played.as_ref()).unwrap();
        Self { asked, own, _played: played }
    }

    /// All requests so far whose expression is `expr`.
    pub fn asked(&self, expr: &str) -> Vec<Asked> {
        self.asked.borrow().iter().filter(|asked| asked.expr() == expr).cloned().collect()
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        Reflect::set(&js_sys::global(), &"fetch".into(), &self.own).unwrap();
    }
}

async fn respond(request: Request, asked: Asked, answer: Answer, own: Function) -> Result<JsValue, JsValue> {
    pass(answer.delay).await;
    if asked.is_aborted() {
        // The browser's own `fetch` rejects it with the right error.
        return JsFuture::from(own.call1(&js_sys::global(), &request)?.unchecked_into::<Promise>()).await;
    }
    let init = js_sys::Object::new();
    let headers = js_sys::Object::new();
    Reflect::set(&headers, &"content-type".into(), &answer.content_type.into())?;
    Reflect::set(&init, &"headers".into(), &headers)?;
    Reflect::set(&init, &"status".into(), &answer.status.into())?;
    let response = Response::new_with_opt_str_and_init(Some(&answer.body), init.unchecked_ref())?;
    Ok(response.into())
}
