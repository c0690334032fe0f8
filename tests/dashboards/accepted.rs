//! A real Prometheus accepts every expression, whatever is chosen for its variables.

use model::time::{HOUR, MINUTE, Window};
use model::variable::{ALL, Binding, Variable, interpolate};

use crate::programs::Scratch;
use crate::server::Server;
use crate::shipped::all;

#[test]
fn prometheus_accepts_every_expression() {
    let scratch = Scratch::new();
    let server = Server::of_environment().unwrap_or_else(|| Server::start(&scratch, &scratch.path().join("data")));
    let mut refused = Vec::new();
    for shipped in all() {
        for (choice, values) in [("nothing", &[][..]), ("one", &["app"]), ("several", &["app", r#"a"b\.c"#])] {
            let bindings: Vec<Binding> =
                shipped.dashboard.variables.iter().map(|variable| binding(variable, values)).chain(macros()).collect();
            for expression in shipped.expressions() {
                if let Err(error) = server.query(&interpolate(expression.template, &bindings), None) {
                    refused.push(format!("{}, {choice} chosen: {error}", expression.place));
                }
            }
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
}

fn binding(variable: &Variable, values: &[&str]) -> Binding {
    let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    match variable.options.first() {
        Some(option) => Binding::of(variable, std::slice::from_ref(option), &variable.options),
        None if variable.include_all && values.is_empty() => Binding::of(variable, &[ALL.to_owned()], &values),
        None => Binding::of(variable, &values, &values),
    }
}

fn macros() -> Vec<Binding> {
    query::bindings(Window { start: 0, end: HOUR }, MINUTE, MINUTE)
}
