//! `use_query`: cancellation, late answers, and what is shown when a query has no answer.

use super::component::{Mounted, pass, until};
use super::source::{Answer, Source};
use leptos::prelude::*;
use prometheus::error::Error;
use utkik::state::client::Client;
use utkik::state::use_query::{Query, QueryContext, use_query};
use wasm_bindgen_test::wasm_bindgen_test;

/// Longer than a test takes to send the next query, ms.
const SLOW: i32 = 150;

/// A page that queries the chosen expression. Expressions with the same first letter count as the same question.
#[derive(Clone, Copy)]
struct Asker {
    chosen: RwSignal<Option<&'static str>>,
    query: Query<String, f64>,
    in_flight: RwSignal<u32>,
    tick: WriteSignal<i64>,
}

impl Asker {
    fn start() -> Self {
        let chosen = RwSignal::new(None::<&'static str>);
        let in_flight = RwSignal::new(0);
        let (ticks, tick) = signal(0);
        let client = Client::new("/prometheus/");
        let same_question = |a: &String, b: &String| a.chars().next() == b.chars().next();
        let parameters = move || chosen.get().map(str::to_owned);
        let query = use_query(QueryContext { in_flight, tick: ticks }, parameters, same_question, move |expr: String| {
            let client = client.clone();
            async move {
                let (answer, _) = client.query(&expr, 0).await?;
                answer.data.first().map(|sample| sample.value).ok_or(Error::Malformed)
            }
        });
        Self { chosen, query, in_flight, tick }
    }

    fn value(self) -> Option<f64> {
        untrack(|| self.query.last().map(|loaded| loaded.data))
    }

    fn error(self) -> Option<Error> {
        untrack(|| self.query.error())
    }
}

/// Expressions say how they are answered: `a now=7` with 7, `a slow=7` too, but late, and `a fails` not at all.
fn play() -> Source {
    Source::play(|asked| {
        let expr = asked.expr();
        let (_, how) = expr.split_once(' ').unwrap();
        match how.split_once('=') {
            Some(("slow", value)) => Answer::vector(&[("{}", value.parse().unwrap())]).after(SLOW),
            Some((_, value)) => Answer::vector(&[("{}", value.parse().unwrap())]),
            None => Answer::refusal("too many samples"),
        }
    })
}

#[wasm_bindgen_test]
async fn a_newer_query_cancels_the_older_and_its_late_answer_is_ignored() {
    let source = play();
    let (_mounted, asker) = Mounted::unseen(Asker::start);
    asker.chosen.set(Some("a slow=1"));
    until("the slow question", || !source.asked("a slow=1").is_empty()).await;
    asker.chosen.set(Some("b now=2"));
    until("the fast answer", || asker.value() == Some(2.0)).await;
    until("the end of the cancelled fetch", || source.asked("a slow=1")[0].is_aborted()).await;
    assert!(!source.asked("b now=2")[0].is_aborted());
    pass(2 * SLOW).await;
    assert_eq!((asker.value(), asker.error()), (Some(2.0), None));
    assert_eq!(asker.in_flight.get_untracked(), 0);
}

#[wasm_bindgen_test]
async fn a_failure_keeps_the_last_good_answer_and_its_date() {
    let _source = play();
    let (_mounted, asker) = Mounted::unseen(Asker::start);
    asker.chosen.set(Some("a now=3"));
    until("an answer", || asker.value() == Some(3.0)).await;
    assert_eq!(untrack(|| asker.query.stale_since()), None);
    let given = untrack(|| asker.query.last()).unwrap().at;
    asker.chosen.set(Some("a fails"));
    until("an error", || asker.error().is_some()).await;
    assert_eq!(asker.value(), Some(3.0));
    assert_eq!(untrack(|| asker.query.stale_since()), Some(given));
    asker.chosen.set(Some("a now=4"));
    until("the next answer", || asker.value() == Some(4.0)).await;
    assert_eq!(asker.error(), None);
}

#[wasm_bindgen_test]
async fn an_answer_to_another_question_is_not_kept() {
    let _source = play();
    let (_mounted, asker) = Mounted::unseen(Asker::start);
    asker.chosen.set(Some("a now=3"));
    until("an answer", || asker.value() == Some(3.0)).await;
    asker.chosen.set(Some("b fails"));
    until("an error", || asker.error().is_some()).await;
    assert_eq!(asker.value(), None, "that was another machine's answer");
    assert_eq!(asker.error(), Some(Error::Api { kind: "execution".into(), message: "too many samples".into() }));
}

#[wasm_bindgen_test]
async fn the_same_query_is_sent_once() {
    let source = play();
    let (_mounted, asker) = Mounted::unseen(Asker::start);
    asker.chosen.set(Some("a now=3"));
    until("an answer", || asker.value() == Some(3.0)).await;
    asker.chosen.set(Some("a now=3"));
    pass(50).await;
    assert_eq!(source.asked("a now=3").len(), 1);
}

#[wasm_bindgen_test]
async fn leaving_the_page_cancels_its_queries() {
    let source = play();
    let (mounted, asker) = Mounted::unseen(Asker::start);
    asker.chosen.set(Some("a slow=1"));
    until("the question", || !source.asked("a slow=1").is_empty()).await;
    drop(mounted);
    until("the end of its fetch", || source.asked("a slow=1")[0].is_aborted()).await;
    // A late answer must not reach the page that was left.
    pass(2 * SLOW).await;
}

#[wasm_bindgen_test]
async fn failed_queries_are_sent_again_at_the_next_beat_and_successful_ones_are_not() {
    let source = play();
    let (_mounted, asker) = Mounted::unseen(Asker::start);
    asker.chosen.set(Some("a fails"));
    until("an error", || asker.error().is_some()).await;
    pass(50).await;
    assert_eq!(source.asked("a fails").len(), 1, "a failure alone is no reason to ask again");
    asker.tick.set(1);
    until("the second try", || source.asked("a fails").len() == 2).await;
    asker.chosen.set(Some("a now=3"));
    until("an answer", || asker.value() == Some(3.0)).await;
    asker.tick.set(2);
    pass(50).await;
    assert_eq!(source.asked("a now=3").len(), 1);
}
