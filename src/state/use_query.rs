//! Asking, with cancellation: what a panel needs and leptos' `Resource` does not give.
//!
//! When the parameters change the running question is dropped at once, which ends its request, and the next begins; an answer that comes
//! late all the same is dropped by its generation. A failure keeps the last good answer, which carries the time it was given.

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

/// An answer, what was asked for it, and when it came.
#[derive(Debug)]
pub struct Loaded<P, T> {
    /// The parameters that it answers.
    pub asked: P,
    /// The answer.
    pub data: T,
    /// When it came, by the server's clock, ms.
    pub at: Millis,
}

/// The same question answered at the same time is the same answer; comparing the data itself would be dear.
impl<P: PartialEq, T> PartialEq for Loaded<P, T> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at && self.asked == other.asked
    }
}

/// What all queries share.
#[derive(Clone, Copy, Debug)]
pub struct Pulse {
    /// How many requests are on their way.
    pub in_flight: RwSignal<u32>,
    /// The last beat: when a query that failed is asked again even though nothing else has changed.
    pub beat: ReadSignal<Millis>,
}

/// The state of a query with parameters `P` and answer `T`. A handle: copying it copies no data.
#[derive(Debug)]
pub struct Query<P, T> {
    state: QueryState,
    types: PhantomData<fn() -> (P, T)>,
}

// Not derived: that would ask the same of P and T.
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

    /// Whether there is an answer or a reason why there is none.
    pub fn is_settled(&self) -> bool {
        self.has_answer() || self.has_failed()
    }

    /// Whether there is an answer.
    pub fn has_answer(&self) -> bool {
        self.state.last.with(Option::is_some)
    }

    /// Whether there is a reason why there is no newer answer.
    pub fn has_failed(&self) -> bool {
        self.state.error.with(Option::is_some)
    }

    /// Why there is no newer answer.
    pub fn error(&self) -> Option<Error> {
        self.state.error.get()
    }

    /// Whether it is being asked.
    pub fn is_asking(&self) -> bool {
        self.state.asking.get()
    }

    /// When the answer on screen was given, if a newer one was asked for in vain.
    pub fn stale_since(&self) -> Option<Millis> {
        let given = self.state.last.with(|last| last.as_ref().map(|answer| answer.at));
        given.filter(|_| self.has_failed())
    }
}

/// An answer of any type. All queries share the machinery below, which the compiler would otherwise make anew for each.
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
    /// Of the question that is being asked.
    running: StoredValue<Option<AbortHandle>>,
    /// The beat at which the last question was asked.
    asked_at: StoredValue<Millis>,
    pulse: Pulse,
}

/// A question that is about to be asked.
struct Asking {
    answer: Pin<Box<dyn Future<Output = Result<AnyAnswer, Error>>>>,
    /// Whether an earlier answer may stand if this question has none.
    stands: Box<dyn Fn(&AnyAnswer) -> bool>,
}

/// Asks `ask` with `parameters` whenever these change; none means that there is nothing to ask yet. What failed is asked again at the
/// next beat, so that everything recovers by itself.
///
/// `same_question` tells whether the answer for one set of parameters may stand, dated, where another set has none: the same
/// expressions over a later window, but never another machine's data.
pub fn use_query<P, T, F>(
    pulse: Pulse,
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
        let stands = move |earlier: &AnyAnswer| {
            earlier.value.downcast_ref::<Loaded<P, T>>().is_none_or(|earlier| same_question(&earlier.asked, &question))
        };
        let answer = async move {
            let data = answer.await?;
            let at = clock::now();
            Ok(AnyAnswer { value: Arc::new(Loaded { asked, data, at }), at })
        };
        Some(Asking { answer: Box::pin(answer), stands: Box::new(stands) })
    };
    Query { state: QueryState::start(pulse, Box::new(next)), types: PhantomData }
}

impl QueryState {
    fn start(pulse: Pulse, next: Box<dyn Fn(bool) -> Option<Asking>>) -> Self {
        let state = Self {
            last: RwSignal::new(None),
            error: RwSignal::new(None),
            asking: RwSignal::new(false),
            generation: StoredValue::new(0),
            running: StoredValue::new(None),
            asked_at: StoredValue::new(0),
            pulse,
        };
        Effect::new(move |_| {
            // Only what failed listens to the beat.
            let again = state.error.with(Option::is_some) && pulse.beat.get() != state.asked_at.get_value();
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

    /// Aborts what is running and asks the next question.
    fn begin(self, Asking { answer, stands }: Asking, again: bool) {
        self.abort();
        let (answer, running) = abortable(answer);
        self.running.set_value(Some(running));
        let current = self.generation.get_value() + 1;
        self.generation.set_value(current);
        self.asked_at.set_value(self.pulse.beat.get_untracked());
        if self.last.with_untracked(|last| last.as_ref().is_none_or(&*stands)) {
            // An error about something else must not stand either; one about this question stays until there is news.
            if self.last.with_untracked(Option::is_none) && !again {
                self.error.set(None);
            }
        } else {
            self.last.set(None);
            self.error.set(None);
        }
        self.asking.set(true);
        let in_flight = self.pulse.in_flight;
        in_flight.update(|count| *count += 1);
        spawn_local(async move {
            let outcome = answer.await;
            // `try_`: the page may be gone by now.
            let _ = in_flight.try_update(|count| *count = count.saturating_sub(1));
            // Called off, it was dropped, and its request with it.
            if let (Ok(outcome), Some(true)) = (outcome, self.generation.try_with_value(|generation| *generation == current)) {
                self.asking.try_set(false);
                self.settle(outcome, &*stands);
            }
        });
    }

    fn settle(self, outcome: Result<AnyAnswer, Error>, stands: &dyn Fn(&AnyAnswer) -> bool) {
        match outcome {
            Ok(answer) => {
                self.error.try_set(None);
                self.last.try_set(Some(answer));
            }
            Err(error) => {
                if self.last.try_with_untracked(|last| last.as_ref().is_none_or(stands)) == Some(false) {
                    self.last.try_set(None);
                }
                self.error.try_set(Some(error));
            }
        }
    }
}
