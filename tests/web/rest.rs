//! What is in the second file of the app, where it comes late or not at all. In these tests the app is in one piece; what would fetch
//! the second file is the test's.

use super::component::{Mounted, until};
use super::source::{Answer, Asked, Source};
use js_sys::{Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::window;

/// What `public/boot.js` offers for fetching the second file, until dropped.
struct Loader {
    asked: Rc<RefCell<Vec<js_sys::Function>>>,
    _load: Closure<dyn FnMut() -> Promise>,
}

impl Loader {
    fn new() -> Self {
        let asked = Rc::new(RefCell::new(Vec::new()));
        let kept = Rc::clone(&asked);
        let load =
            Closure::<dyn FnMut() -> Promise>::new(move || Promise::new(&mut |arrive, fail| kept.borrow_mut().extend([arrive, fail])));
        Reflect::set(&window().unwrap(), &"loadRest".into(), load.as_ref().unchecked_ref()).unwrap();
        Self { asked, _load: load }
    }

    /// How often it was asked for.
    fn times(&self) -> usize {
        self.asked.borrow().len() / 2
    }

    /// Lets the last attempt succeed, or fail.
    fn end(&self, arrives: bool) {
        let (arrive, fail) = match &self.asked.borrow()[..] {
            [.., arrive, fail] => (arrive.clone(), fail.clone()),
            _ => panic!("nobody has asked for the second file"),
        };
        if arrives { arrive } else { fail }.call0(&JsValue::NULL).unwrap();
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        Reflect::delete_property(&window().unwrap(), &"loadRest".into()).unwrap();
    }
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
        "api/v1/rules" => Answer::json(r#"{ "status": "success", "data": { "groups": [] } }"#),
        "api/v1/targets" => Answer::json(r#"{ "status": "success", "data": { "activeTargets": [] } }"#),
        "api/v1/query" => Answer::vector(&[("{}", 1.0)]),
        _ => Answer::html(404),
    }
}

#[wasm_bindgen_test]
async fn a_panel_in_the_second_file_waits_for_it_and_no_other_does() {
    let (_source, loader) = (Source::play(answer), Loader::new());
    let app = Mounted::app("d=rare");
    app.wait_for(r#"[data-panel-id="1"][data-state="ready"]"#).await;
    assert_eq!(app.attributes("[data-panel-id]", "data-state"), ["ready", "waiting", "waiting"]);
    assert_eq!(app.attributes("main", "data-state"), ["waiting"]);
    assert_eq!(loader.times(), 1, "they ask for it together");
    loader.end(true);
    app.wait_for(r#"main[data-state="ready"]"#).await;
    assert!(app.find("[role=meter]").is_some());
    assert_eq!(app.text(".prose"), "Look");
}

#[wasm_bindgen_test]
async fn a_second_file_that_does_not_come_is_said_and_can_be_asked_for_again() {
    let (_source, loader) = (Source::play(answer), Loader::new());
    let app = Mounted::app("page=targets");
    until("somebody to ask", || loader.times() == 1).await;
    assert_eq!(app.attributes("main .skeleton", "aria-label"), ["Loading"]);
    loader.end(false);
    app.wait_for("main [role=alert]").await;
    app.click("main button", "Try again").await;
    until("the next attempt", || loader.times() == 2).await;
    assert_eq!(app.text("main button"), "Loading", "while it is on its way it is not asked for twice");
    app.click("main button", "Loading").await;
    assert_eq!(loader.times(), 2);
    loader.end(true);
    app.wait_for("main h1").await;
    assert!(app.find("main > .parts > [role=alert]").is_none());
}
