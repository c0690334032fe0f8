//! Table: instant queries side by side, a row for each value of one label. On a narrow screen each row becomes a card.

use crate::state::App;
use crate::state::memo::{fresh, memo};
use crate::state::on_demand::File;
use crate::state::source::Reply;
use crate::state::variables::{VariableState, chosen};
use crate::view::controls::link;
use crate::view::on_demand::{Hands, ready};
use crate::view::panel::frame::context::PanelContext;
use crate::view::panel::kinds::bar_gauge::meter;
use crate::view::panel::kinds::gauge::{ends, fraction};
use crate::view::panel::values::reading::{field_of, number, tone, words};
use crate::view::ui::{Element, Row, el};
use leptos::prelude::*;
use model::dashboard::{CellDisplay, DataLink, Field, Panel, TableOptions, Target};
use model::labels::Labels;
use model::link::Context;
use model::series::Sample;
use model::table::{Column, Row as TableRow, Sort, Table};
use model::view_state::Page;
use std::cell::RefCell;
use std::sync::Arc;

thread_local! {
    /// The last sort order of each table, by its name: a table is rebuilt whenever the user comes back to it.
    static SORTED: RefCell<Vec<(String, Option<Sort>)>> = const { RefCell::new(Vec::new()) };
}

/// The table of a panel.
pub fn view(context: &PanelContext, options: &TableOptions) -> Element {
    let PanelContext { app, query, .. } = *context;
    let (panel, variables) = (&context.panel, context.variables.clone());
    let order = Order::of(app, panel, options);
    let shown = {
        let options = options.clone();
        fresh(move || query.last().map(|loaded| table(&options, &loaded.data.replies)).unwrap_or_default())
    };
    let labels = memo(move || shown.with(|table| table.labels.clone()));
    let head = {
        let (panel, options) = (Arc::clone(panel), options.clone());
        el("tr").live(move || headings(app, &panel, &options, &labels.get(), order))
    };
    let rows = move || {
        let Table { rows, .. } = shown.get().sorted(order.now.get());
        rows.into_iter().map(|row| (row.names.join("\u{0}"), row)).collect()
    };
    let cells = Arc::new(Cells { app, panel: Arc::clone(panel), options: options.clone(), variables, labels });
    let body = el("tbody").keyed(rows, move |row| Cells::row(&cells, row));
    let table = el("table").class("cards sortable").child(el("thead").child(head)).child(body);
    // It may scroll, so the keyboard must be able to focus it.
    let title = panel.title.get(app.language());
    el("div").class("table-box").attr("tabindex", "0").attr("role", "group").attr("aria-label", title).child(table)
}

fn table(options: &TableOptions, replies: &[Reply]) -> Table {
    Table::of(options.join_by.as_deref(), &replies.iter().map(samples).collect::<Vec<_>>())
}

fn samples(reply: &Reply) -> &[Sample] {
    if let Reply::Instant(samples) = reply { samples } else { &[] }
}

/// The sort order of a table, and the name under which it is remembered.
#[derive(Clone, Copy)]
struct Order {
    now: RwSignal<Option<Sort>>,
    name: StoredValue<String>,
}

impl Order {
    /// The last sort order, else that of the dashboard.
    fn of(app: App, panel: &Panel, options: &TableOptions) -> Self {
        let language = app.language();
        let by_file = || {
            let title = options.sort_by.as_ref()?.get(language);
            let value = || panel.targets.iter().position(|target| target.title.get(language) == title).map(Column::Value);
            let column = if title.is_empty() { Some(Column::Label(0)) } else { value() };
            column.map(|column| Sort { column, descending: options.sort_desc })
        };
        let dashboard =
            app.navigation.view.with_untracked(|view| if let Page::Dashboard(id) = &view.page { id.clone() } else { String::new() });
        let name = format!("{dashboard}/{}", panel.id);
        let last = SORTED.with_borrow(|all| all.iter().find(|(known, _)| *known == name).map(|(_, sort)| *sort));
        Self { now: RwSignal::new(last.unwrap_or_else(by_file)), name: StoredValue::new(name) }
    }

    fn choose(self, column: Column) {
        let next = Sort::next(self.now.get_untracked(), column);
        self.now.set(next);
        let name = self.name.get_value();
        SORTED.with_borrow_mut(|all| {
            all.retain(|(known, _)| *known != name);
            all.push((name, next));
        });
    }

    /// The header cell of a column, with a button that sorts by it.
    fn heading(self, text: &str, column: Column) -> Element {
        let sorted = move || {
            let sort = self.now.get().filter(|sort| sort.column == column)?;
            Some(if sort.descending { "descending" } else { "ascending" }.to_owned())
        };
        let button = el("button").class("sort").attr("type", "button").text(text).on("click", move |_| self.choose(column));
        el("th").attr("scope", "col").live_attr("aria-sort", sorted).child(button)
    }
}

fn headings(app: App, panel: &Panel, options: &TableOptions, labels: &[String], order: Order) -> Vec<Element> {
    let language = app.language();
    let title = options.join_title.as_ref().map(|title| title.get(language)).filter(|_| labels.len() == 1);
    let label = |(index, label): (usize, &String)| order.heading(title.unwrap_or(label), Column::Label(index));
    let value = |(index, target): (usize, &Target)| order.heading(column_title(app, target), Column::Value(index));
    labels.iter().enumerate().map(label).chain(panel.targets.iter().enumerate().map(value)).collect()
}

fn column_title(app: App, target: &Target) -> &str {
    Some(target.title.get(app.language())).filter(|title| !title.is_empty()).unwrap_or(app.text().value)
}

/// The data that all cells of a table share.
struct Cells {
    app: App,
    panel: Arc<Panel>,
    options: TableOptions,
    variables: Vec<VariableState>,
    labels: Memo<Vec<String>>,
}

impl Cells {
    fn row(self: &Arc<Self>, row: Row<TableRow>) -> Element {
        // The names are the key of the row: they do not change.
        let known = untrack(|| row.with(|row| row.names.clone()));
        let labels = self.labels.get_untracked();
        let mut names = known.iter();
        let head = names.next().map(|name| el("th").attr("scope", "row").attr("title", name).child(self.row_head(name)));
        let names: Vec<_> = names.zip(labels.iter().skip(1)).map(|(name, label)| el("td").attr("data-title", label).text(name)).collect();
        let cell = |index: usize| {
            let sample = memo(move || row.with(|row| row.cells.get(index).cloned().flatten()));
            let (cells, target) = (Arc::clone(self), index);
            let color = {
                let cells = Arc::clone(self);
                move || sample.with(|sample| Some(tone(cells.field(index)?.color(sample.as_ref().map(|sample| sample.value)))))
            };
            let title = self.panel.targets.get(index).map_or("", |target| column_title(self.app, target));
            let cell = el("td").live_attr("class", color).attr("data-title", title);
            cell.live(move || sample.with(|sample| Some(cells.cell(cells.panel.targets.get(target)?, sample.as_ref()))).unwrap_or_default())
        };
        let values: Vec<_> = (0..self.panel.targets.len()).map(cell).collect();
        el("tr").attr("data-row", &known.join(" ")).children(head).children(names).children(values)
    }

    fn field(&self, index: usize) -> Option<&Field> {
        self.panel.targets.get(index).map(|target| field_of(&self.panel, target))
    }

    /// The name of a row: a link that chooses it, if the panel sets a variable.
    fn row_head(&self, name: &str) -> Element {
        let Some(variable) = self.options.sets.clone() else { return el("span").text(name) };
        let (app, chosen) = (self.app, name.to_owned());
        let to = Signal::derive(move || {
            let mut view = app.navigation.view.get();
            view.set_values(&variable, vec![chosen.clone()]);
            view
        });
        link(app, "", to).text(name)
    }

    /// The content of a cell.
    fn cell(&self, target: &Target, sample: Option<&Sample>) -> Vec<Element> {
        let value = sample.map(|sample| sample.value);
        let field = field_of(&self.panel, target);
        let color = field.color(value);
        let text = words(self.app, field, value);
        let links = sample.map(|sample| self.links(target, sample.value, &text, &sample.labels)).unwrap_or_default();
        let number = number(&text, color);
        let filled = target.cell == CellDisplay::ColorBackground && value.is_some();
        let shown = el("span").class(if filled { "cell filled" } else { "cell" });
        let shown = match <[(Element, &str); 1]>::try_from(links) {
            // The value itself is the link.
            Ok([(link, title)]) => shown.child(link.attr("title", title).children(number)),
            Err(links) => shown.children(number).children(links.into_iter().map(|(link, title)| link.text(title)).collect::<Vec<_>>()),
        };
        let bar = (target.cell == CellDisplay::Gauge && value.is_some()).then(|| meter(fraction(value, ends(field))));
        std::iter::once(shown).chain(bar).collect()
    }

    /// The links of a column on one of its values, each with its title.
    fn links<'a>(&self, target: &'a Target, value: f64, text: &str, labels: &Labels) -> Vec<(Element, &'a str)> {
        let range = self.app.range.get();
        let (time_range, variables) = (format!("from={}&to={}", range.from, range.to), chosen(&self.variables));
        let context = Context { variables: &variables, time_range: &time_range, value: Some((value, text, labels)) };
        let link = |link: &'a DataLink| {
            // The code of links is in an on-demand file: until it is loaded, values have no links.
            self.app.files.fetch(File::Hands);
            Some(((ready::<Hands>(self.app)?.value_link)(self.app, link, &context)?, link.title.get(self.app.language())))
        };
        target.links.iter().filter_map(link).collect()
    }
}
