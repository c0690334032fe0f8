//! The variables of a dashboard, resolved one after the other: options, chosen values and bindings.

use super::App;
use super::use_query::{Query, use_query};
use crate::state::memo::memo;
use leptos::prelude::*;
use model::time::{MINUTE, Window};
use model::variable::{ALL, Binding, LabelValues, Variable, interpolate, uses};
use std::sync::Arc;

/// Option lists are queried over whole blocks of this length, ms, so that requests are rare and the same for all viewers.
const OPTIONS_BLOCK: i64 = 5 * MINUTE;

/// One variable on its dashboard.
#[derive(Clone)]
pub struct VariableState {
    /// Its definition in the dashboard.
    pub variable: Arc<Variable>,
    /// The options; `None` until they are known.
    pub options: Memo<Option<Vec<String>>>,
    /// The chosen values.
    pub chosen: Memo<Vec<String>>,
    binding: Memo<Option<Binding>>,
}

type OptionsQuery = Query<(LabelValues, Window), Vec<String>>;

/// Resolves `variables`, each with the bindings of those before it.
pub fn resolve(app: App, variables: &[Variable]) -> Vec<VariableState> {
    let mut resolved: Vec<VariableState> = Vec::with_capacity(variables.len());
    for variable in variables {
        let state = resolve_one(app, Arc::new(variable.clone()), resolved.clone());
        resolved.push(state);
    }
    resolved
}

/// The bindings of the variables that `templates` use; `None` while one of them is not known yet. Changes of other variables are ignored.
pub fn bindings(variables: &[VariableState], templates: &[&str]) -> Option<Vec<Binding>> {
    let used = |state: &&VariableState| templates.iter().any(|template| uses(template, &state.variable.name));
    variables.iter().filter(used).map(|state| state.binding.get()).collect()
}

/// The chosen values of each variable.
pub fn chosen(variables: &[VariableState]) -> Vec<(String, Vec<String>)> {
    variables.iter().map(|state| (state.variable.name.clone(), state.chosen.get())).collect()
}

fn resolve_one(app: App, variable: Arc<Variable>, before: Vec<VariableState>) -> VariableState {
    // Only `label_values` is supported. Other queries have no options; "all" still matches everything.
    let query =
        variable.query.clone().filter(|query| LabelValues::parse(query).is_some()).map(|template| ask_options(app, template, before));
    let fixed = variable.options.clone();
    let options = memo(move || match &query {
        None => Some(fixed.clone()),
        Some(query) => match query.last() {
            Some(loaded) => Some(loaded.data.clone()),
            // If the query has failed, continue without options: "all" still matches everything.
            None => query.has_failed().then(Vec::new),
        },
    });
    let chosen = {
        let variable = Arc::clone(&variable);
        memo(move || {
            let from_url = app.navigation.view.with(|view| view.values(&variable.name).map(<[String]>::to_vec));
            from_url.unwrap_or_else(|| initial(&variable, options.get().as_deref().unwrap_or_default()))
        })
    };
    let binding = {
        let variable = Arc::clone(&variable);
        memo(move || {
            let chosen = chosen.get();
            // With an `allValue` the binding of "all" does not depend on the options.
            let is_known = variable.all_value.is_some() && chosen.iter().any(|value| value == ALL);
            let options = options.get().or_else(|| is_known.then(Vec::new));
            options.map(|options| Binding::of(&variable, &chosen, &options))
        })
    };
    VariableState { variable, options, chosen, binding }
}

fn initial(variable: &Variable, options: &[String]) -> Vec<String> {
    match &variable.current {
        Some(current) => vec![current.clone()],
        None if variable.include_all => vec![ALL.to_owned()],
        None => options.first().cloned().into_iter().collect(),
    }
}

fn ask_options(app: App, template: String, before: Vec<VariableState>) -> OptionsQuery {
    let parameters = move || {
        let query = LabelValues::parse(&interpolate(&template, &bindings(&before, &[&template])?))?;
        let window = app.window.get();
        let block = |at: i64| at.div_euclid(OPTIONS_BLOCK) * OPTIONS_BLOCK;
        Some((query, Window { start: block(window.start), end: block(window.end) + OPTIONS_BLOCK }))
    };
    use_query(
        app.query_context(),
        parameters,
        |asked, now| asked.0 == now.0,
        move |(query, window)| async move { app.source.label_values(query, window).await },
    )
}
