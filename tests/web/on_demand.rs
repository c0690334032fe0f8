//! Files that are loaded on demand, when they come late or not at all. In these tests the app is not split: a test decides when a file
//! arrives.

use super::component::{Mounted, until};
use super::page::healthy;
use super::source::{Answer, Asked, Source};
use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Poll, Waker};
use utkik::state::on_demand::{File, Table};
use wasm_bindgen_test::wasm_bindgen_test;

thread_local! {
    /// The attempts to load a file: which file, and the outcome.
    static ATTEMPTS: RefCell<Vec<(File, Option<bool>)>> = const { RefCell::new(Vec::new()) };
    /// The wakers of what waits for an outcome.
    static WAKERS: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
}

/// Loads a file once the test says so.
fn load(file: File) -> Pin<Box<dyn Future<Output = Option<Table>>>> {
    let attempt = ATTEMPTS.with_borrow_mut(|attempts| {
        attempts.push((file, None));
        attempts.len() - 1
    });
    Box::pin(async move {
        let arrives = poll_fn(move |context| {
            let outcome = ATTEMPTS.with_borrow(|attempts| attempts.get(attempt).and_then(|attempt| attempt.1));
            if outcome.is_none() {
                WAKERS.with_borrow_mut(|wakers| wakers.push(context.waker().clone()));
            }
            outcome.map_or(Poll::Pending, Poll::Ready)
        });
        if arrives.await { utkik::files::load(file).await } else { None }
    })
}

/// How often `file` was requested since the test began.
fn times(file: File) -> usize {
    ATTEMPTS.with_borrow(|attempts| attempts.iter().filter(|(asked, _)| *asked == file).count())
}

/// Lets the running attempts to load `file` succeed, or fail.
fn end(file: File, arrives: bool) {
    ATTEMPTS.with_borrow_mut(|attempts| {
        let open = attempts.iter_mut().filter(|(asked, outcome)| *asked == file && outcome.is_none());
        let ended = open.map(|(_, outcome)| *outcome = Some(arrives)).count();
        assert!(ended > 0, "nobody has asked for {}", file.name());
    });
    WAKERS.with_borrow_mut(std::mem::take).into_iter().for_each(Waker::wake);
}

/// The app on a view, with no file loaded.
fn start(query: &str) -> Mounted {
    ATTEMPTS.with_borrow_mut(Vec::clear);
    Mounted::app_with(query, load)
}

fn answer(asked: &Asked) -> Answer {
    match asked.path.as_str() {
        "dashboards/rare.json" => Answer::json(
            r#"{ "title": "Rare", "panels": [
                { "id": 1, "type": "stat", "title": "A", "graphMode": "none", "targets": [{ "expr": "a" }] },
                { "id": 2, "type": "gauge", "title": "B", "targets": [{ "expr": "b" }] },
                { "id": 3, "type": "text", "title": "C", "content": "Look" }
            ] }"#,
        ),
        "dashboards/logarithmic.json" => Answer::json(
            r#"{ "title": "Logarithmic", "panels": [
                { "id": 1, "title": "A", "scaleDistribution": "log10", "targets": [{ "expr": "a" }] },
                { "id": 2, "title": "B", "targets": [{ "expr": "b" }] }
            ] }"#,
        ),
        _ => healthy(asked),
    }
}

#[wasm_bindgen_test]
async fn a_panel_waits_for_its_own_file_only() {
    let _source = Source::play(answer);
    let app = start("d=rare");
    app.wait_for(r#"[data-panel-id="1"][data-state="ready"]"#).await;
    assert_eq!(app.attributes("[data-panel-id]", "data-state"), ["ready", "waiting", "waiting"]);
    assert_eq!(app.attributes("main", "data-state"), ["waiting"]);
    assert_eq!((times(File::Kinds), times(File::Notes), times(File::Lists)), (1, 1, 0));
    end(File::Kinds, true);
    app.wait_for("[role=meter]").await;
    assert_eq!(app.attributes("[data-panel-id]", "data-state"), ["ready", "ready", "waiting"]);
    end(File::Notes, true);
    app.wait_for(r#"main[data-state="ready"]"#).await;
    assert_eq!(app.text(".prose"), "Look");
}

#[wasm_bindgen_test]
async fn a_file_that_does_not_load_is_reported_and_can_be_requested_again() {
    let _source = Source::play(answer);
    let app = start("page=targets");
    until("a request for the file", || times(File::Lists) == 1).await;
    assert_eq!(app.attributes("main .skeleton", "aria-label"), ["Loading"]);
    end(File::Lists, false);
    app.wait_for("main [role=alert]").await;
    app.click("main button", "Try again").await;
    until("the next attempt", || times(File::Lists) == 2).await;
    until("the button to say so", || app.text("main button") == "Loading").await;
    app.click("main button", "Loading").await;
    assert_eq!(times(File::Lists), 2, "while it is loading it is not requested again");
    end(File::Lists, true);
    app.wait_for("main h1").await;
    assert!(app.find("main > .parts > [role=alert]").is_none());
}

#[wasm_bindgen_test]
async fn a_chart_is_not_drawn_before_the_file_for_its_options_is_loaded() {
    let _source = Source::play(answer);
    let app = start("d=logarithmic");
    until("a request for the file", || times(File::Kinds) == 1).await;
    app.wait_for(r#"[data-panel-id="2"] canvas"#).await;
    assert!(app.find(r#"[data-panel-id="1"] canvas"#).is_none(), "a linear axis would be another chart");
    end(File::Kinds, false);
    app.wait_for(r#"[data-panel-id="1"] [role=alert]"#).await;
    assert!(app.find(r#"[data-panel-id="1"] canvas"#).is_none());
    app.click(r#"[data-panel-id="1"] button"#, "Try again").await;
    until("the next attempt", || times(File::Kinds) == 2).await;
    end(File::Kinds, true);
    app.wait_for(r#"[data-panel-id="1"] canvas"#).await;
}
