//! Asynchronous queries with cancellation, which leptos' `Resource` does not have.
//!
//! When the parameters change, the running query is dropped at once, which aborts its request, and the next one begins. An answer that
//! still arrives late is ignored because of its generation. After a failure the last good answer stays, with the time it arrived.

use super::clock;
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use model::time::Millis;
use prometheus::error::Error;
use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// An answer, its parameters, and when it arrived.
#[derive(Debug)]
pub struct Loaded<P, T> {
    /// The parameters that it answers.
    pub asked: P,
    /// The answer.
    pub data: T,
    /// When it arrived, by the server's clock, ms.
    pub at: Millis,
}

/// Compares parameters and time, not the data, because that would be expensive.
impl<P: PartialEq, T> PartialEq for Loaded<P, T> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at && self.asked == other.asked
    }
}

/// What all queries share.
#[derive(Clone, Copy, Debug)]
pub struct QueryContext {
    /// How many requests are running.
    pub in_flight: RwSignal<u32>,
    /// The last tick. A query that failed is sent again at the next tick, even if nothing else has changed.
    pub tick: ReadSignal<Millis>,
}

/// The state of a query with parameters `P` and answer `T`. A handle: copying it copies no data.
#[derive(Debug)]
pub struct Query<P, T> {
    state: QueryState,
    types: PhantomData<fn() -> (P, T)>,
}

// Not derived: that would require P and T to be `Clone` too.
impl<P, T> Clone for Query<P, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P, T> Copy for Query<P, T> {}

impl<P: Send + Sync + 'static, T: Send + Sync + 'static> Query<P, T> {
    /// The last good answer.
    pub fn last(&self) -> Option<Arc<Loaded<P, T>>> {
        self.state.last.get().and_then(|answer| answer.value.downcast().ok())
    }

    /// Whether there is an answer or an error.
    pub fn is_settled(&self) -> bool {
        self.has_answer() || self.has_failed()
    }

    /// Whether there is an answer.
    pub fn has_answer(&self) -> bool {
        self.state.last.with(Option::is_some)
    }

    /// Whether there is an error: no newer answer has arrived.
    pub fn has_failed(&self) -> bool {
        self.state.error.with(Option::is_some)
    }

    /// The error, if there is one: why no newer answer has arrived.
    pub fn error(&self) -> Option<Error> {
        self.state.error.get()
    }

    /// Whether the query is running.
    pub fn is_asking(&self) -> bool {
        self.state.asking.get()
    }

    /// When the answer on screen arrived, if a newer query has failed.
    pub fn stale_since(&self) -> Option<Millis> {
        let given = self.state.last.with(|last| last.as_ref().map(|answer| answer.at));
        given.filter(|_| self.has_failed())
    }
}

/// An answer of any type. All queries share the code below; with generics it would be compiled again for each type.
#[derive(Clone)]
struct AnyAnswer {
    value: Arc<dyn Any + Send + Sync>,
    at: Millis,
}

#[derive(Clone, Copy, Debug)]
struct QueryState {
    last: RwSignal<Option<AnyAnswer>>,
    error: RwSignal<Option<Error>>,
    asking: RwSignal<bool>,
    generation: StoredValue<u64>,
    /// Aborts the running query.
    running: StoredValue<Option<AbortHandle>>,
    /// The tick at which the last query began.
    asked_at: StoredValue<Millis>,
    query_context: QueryContext,
}

/// A query that is about to begin.
struct PreparedQuery {
    answer: Pin<Box<dyn Future<Output = Result<AnyAnswer, Error>>>>,
    /// Whether an earlier answer may stay while this query has none.
    may_stay: Box<dyn Fn(&AnyAnswer) -> bool>,
}

/// Calls `ask` with `parameters` whenever these change; `None` means that there is nothing to query yet. A failed query is sent again at
/// the next tick, so that everything recovers by itself.
///
/// `same_question` decides whether the answer to the first parameters may stay on screen, with its time, while the second have none:
/// yes for the same expressions over a later window, but never for another machine's data.
pub fn use_query<P, T, F>(
    query_context: QueryContext,
    parameters: impl Fn() -> Option<P> + 'static,
    same_question: fn(&P, &P) -> bool,
    ask: impl Fn(P) -> F + 'static,
) -> Query<P, T>
where
    P: Clone + PartialEq + Send + Sync + 'static,
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, Error>> + 'static,
{
    let before = StoredValue::new_local(None::<P>);
    let next = move |again: bool| {
        let asked = parameters().filter(|asked| again || before.with_value(|before| before.as_ref() != Some(asked)))?;
        before.set_value(Some(asked.clone()));
        let answer = ask(asked.clone());
        let question = asked.clone();
        let may_stay = move |earlier: &AnyAnswer| {
            earlier.value.downcast_ref::<Loaded<P, T>>().is_none_or(|earlier| same_question(&earlier.asked, &question))
        };
        let answer = async move {
            let data = answer.await?;
            let at = clock::now();
            Ok(AnyAnswer { value: Arc::new(Loaded { asked, data, at }), at })
        };
        Some(PreparedQuery { answer: Box::pin(answer), may_stay: Box::new(may_stay) })
    };
    Query { state: QueryState::start(query_context, Box::new(next)), types: PhantomData }
}

impl QueryState {
    fn start(query_context: QueryContext, next: Box<dyn Fn(bool) -> Option<PreparedQuery>>) -> Self {
        let state = Self {
            last: RwSignal::new(None),
            error: RwSignal::new(None),
            asking: RwSignal::new(false),
            generation: StoredValue::new(0),
            running: StoredValue::new(None),
            asked_at: StoredValue::new(0),
            query_context,
        };
        Effect::new(move |_| {
            // Only a failed query reads the tick.
            let again = state.error.with(Option::is_some) && query_context.tick.get() != state.asked_at.get_value();
            if let Some(asking) = next(again) {
                state.begin(asking, again);
            }
        });
        on_cleanup(move || state.abort());
        state
    }

    fn abort(self) {
        if let Some(Some(running)) = self.running.try_update_value(Option::take) {
            running.abort();
        }
    }

    /// Aborts the running query and begins the next one.
    fn begin(self, PreparedQuery { answer, may_stay }: PreparedQuery, again: bool) {
        self.abort();
        let (answer, running) = abortable(answer);
        self.running.set_value(Some(running));
        let current = self.generation.get_value() + 1;
        self.generation.set_value(current);
        self.asked_at.set_value(self.query_context.tick.get_untracked());
        if self.last.with_untracked(|last| last.as_ref().is_none_or(&*may_stay)) {
            // An error of another question is cleared too; an error of this one stays until there is a result.
            if self.last.with_untracked(Option::is_none) && !again {
                self.error.set(None);
            }
        } else {
            self.last.set(None);
            self.error.set(None);
        }
        self.asking.set(true);
        let in_flight = self.query_context.in_flight;
        in_flight.update(|count| *count += 1);
        spawn_local(async move {
            let outcome = answer.await;
            // `try_`: the page may be gone by now.
            let _ = in_flight.try_update(|count| *count = count.saturating_sub(1));
            // An aborted query has no outcome: it was dropped, and its request with it.
            if let (Ok(outcome), Some(true)) = (outcome, self.generation.try_with_value(|generation| *generation == current)) {
                self.asking.try_set(false);
                self.settle(outcome, &*may_stay);
            }
        });
    }

    fn settle(self, outcome: Result<AnyAnswer, Error>, may_stay: &dyn Fn(&AnyAnswer) -> bool) {
        match outcome {
            Ok(answer) => {
                self.error.try_set(None);
                self.last.try_set(Some(answer));
            }
            Err(error) => {
                if self.last.try_with_untracked(|last| last.as_ref().is_none_or(may_stay)) == Some(false) {
                    self.last.try_set(None);
                }
                self.error.try_set(Some(error));
            }
        }
    }
}
