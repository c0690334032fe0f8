//! Asking, with cancellation: what a panel needs and leptos' `Resource` does not give.
//!
//! When the parameters change the running request is aborted at once and the next begins; an answer that comes late all the same is
//! dropped by its generation. A failure keeps the last good answer, which carries the time it was given.

use super::clock;
use crate::model::time::Millis;
use crate::prometheus::client::Request;
use crate::prometheus::error::Error;
use leptos::prelude::*;
use std::future::Future;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// An answer, what was asked for it, and when it came.
#[derive(Debug, PartialEq)]
pub struct Loaded<P, T> {
    /// The parameters that it answers.
    pub asked: P,
    /// The answer.
    pub data: T,
    /// When it came, by the server's clock, ms.
    pub at: Millis,
}

/// The state of a query with parameters `P` and answer `T`. A handle: copying it copies no data.
#[derive(Debug)]
pub struct Query<P: Send + Sync + 'static, T: Send + Sync + 'static> {
    /// The last good answer.
    pub last: RwSignal<Option<Arc<Loaded<P, T>>>>,
    /// Why there is no newer one.
    pub error: RwSignal<Option<Error>>,
    /// Whether one is on its way.
    pub loading: RwSignal<bool>,
}

// Not derived: that would ask the same of P and T.
impl<P: Send + Sync + 'static, T: Send + Sync + 'static> Clone for Query<P, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Send + Sync + 'static, T: Send + Sync + 'static> Copy for Query<P, T> {}

impl<P: Send + Sync + 'static, T: Send + Sync + 'static> Query<P, T> {
    /// When the answer on screen was given, if a newer one was asked for in vain.
    pub fn stale_since(&self) -> Option<Millis> {
        self.error.with(Option::is_some).then(|| self.last.with(|last| last.as_ref().map(|loaded| loaded.at)))?
    }
}

impl<P: Send + Sync + 'static, T: Send + Sync + 'static> Query<P, T> {
    fn settle(self, asked: P, outcome: Result<T, Error>, same_question: fn(&P, &P) -> bool) {
        match outcome {
            Ok(data) => {
                self.error.try_set(None);
                self.last.try_set(Some(Arc::new(Loaded { asked, data, at: clock::now() })));
            }
            Err(error) => {
                let stands = self.last.try_with_untracked(|last| last.as_ref().is_none_or(|last| same_question(&last.asked, &asked)));
                if stands == Some(false) {
                    self.last.try_set(None);
                }
                self.error.try_set(Some(error));
            }
        }
        self.loading.try_set(false);
    }
}

/// Asks `ask` with `parameters` whenever these change; none means that there is nothing to ask yet.
///
/// `same_question` tells whether the answer for one set of parameters may stand, dated, where another set has none: the same
/// expressions over a later window, but never another machine's data.
pub fn use_query<P, T, F>(
    parameters: impl Fn() -> Option<P> + Send + Sync + 'static,
    same_question: fn(&P, &P) -> bool,
    ask: impl Fn(Request, P) -> F + 'static,
) -> Query<P, T>
where
    P: Clone + PartialEq + Send + Sync + 'static,
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, Error>> + 'static,
{
    let query = Query { last: RwSignal::new(None), error: RwSignal::new(None), loading: RwSignal::new(false) };
    let parameters = Memo::new(move |_| parameters());
    let generation = StoredValue::new(0_u64);
    Effect::new(move |_| {
        let Some(asked) = parameters.get() else { return };
        let request = Request::new();
        let current = generation.get_value() + 1;
        generation.set_value(current);
        query.loading.set(true);
        let answer = ask(request.clone(), asked.clone());
        spawn_local(async move {
            let outcome = answer.await;
            // `try_`: the page may be gone by now.
            if generation.try_get_value() == Some(current) && !matches!(outcome, Err(Error::Aborted)) {
                query.settle(asked, outcome, same_question);
            }
        });
        let request = StoredValue::new_local(request);
        on_cleanup(move || {
            request.try_with_value(Request::abort);
        });
    });
    query
}
