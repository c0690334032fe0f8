//! Checks of the dashboard files.

use std::collections::BTreeSet;

use model::dashboard::Kind;
use model::variable::{LabelValues, uses};
use serde_json::Value;
use text::locale::Language;

use crate::promql::variables;
use crate::shipped::{Shipped, all, of_services};

/// The keys whose values are shown to people.
const TEXTS: [&str; 13] = [
    "title",
    "description",
    "exporter",
    "label",
    "legendFormat",
    "joinTitle",
    "content",
    "text",
    "name",
    "titleFormat",
    "fillBelowTo",
    "axisLabel",
    "sortBy",
];
/// Places of such keys where the value is an id, the same in both languages: a variable's name, the calculation that sorts a legend.
const IDS: [&str; 2] = [".variables[", ".legend."];
/// Names that are the same in every language.
const NAMES: [&str; 6] = ["CPU", "Docker", "MySQL", "Nginx", "Prometheus", "in"];
/// The macros that the app replaces, by the start of their names.
const MACROS: [&str; 3] = ["__interval", "__rate_interval", "__range"];
const COLUMNS: u8 = 24;

#[test]
fn every_key_is_known_and_differs_from_its_default() {
    for shipped in all() {
        let written_back = serde_json::to_value(&shipped.dashboard).unwrap();
        let mut lost = Vec::new();
        lost_keys(&shipped.json, &written_back, &shipped.id, &mut lost);
        assert!(lost.is_empty(), "unknown, of another type, or no more than the default: {lost:#?}");
    }
}

/// Collects what is in `written` but not in `read`.
fn lost_keys(written: &Value, read: &Value, place: &str, lost: &mut Vec<String>) {
    match (written, read) {
        (Value::Object(written), Value::Object(read)) => {
            for (key, value) in written {
                let place = format!("{place}.{key}");
                match read.get(key) {
                    Some(read) => lost_keys(value, read, &place, lost),
                    None => lost.push(place),
                }
            }
        }
        (Value::Array(written), Value::Array(read)) if written.len() == read.len() => {
            for (index, (written, read)) in written.iter().zip(read).enumerate() {
                lost_keys(written, read, &format!("{place}[{index}]"), lost);
            }
        }
        // 5 is written back as 5.0, and a threshold's null is left as it is.
        _ if written == read || written.as_f64().is_some_and(|number| read.as_f64() == Some(number)) => {}
        _ => lost.push(format!("{place}: {written}")),
    }
}

#[test]
fn panels_have_unique_ids_and_fill_their_rows() {
    for Shipped { id, dashboard, .. } in all() {
        let ids: BTreeSet<u32> = dashboard.panels.iter().map(|panel| panel.id).collect();
        assert_eq!(ids.len(), dashboard.panels.len(), "{id}: an id is used twice");
        let mut filled = 0;
        let mut height = 0;
        for panel in &dashboard.panels {
            if filled == 0 {
                height = panel.grid_pos.h;
            }
            assert_eq!(panel.grid_pos.h, height, "{id}: panel {} is not as high as its row", panel.id);
            filled += panel.grid_pos.w;
            assert!(filled <= COLUMNS, "{id}: the row of panel {} is wider than {COLUMNS} columns", panel.id);
            filled %= COLUMNS;
        }
        assert_eq!(filled, 0, "{id}: the last row is not full");
    }
}

#[test]
fn every_text_is_in_both_languages() {
    for shipped in all() {
        let mut untranslated = Vec::new();
        find_untranslated(&shipped.json, &shipped.id, &mut untranslated);
        assert!(untranslated.is_empty(), "{untranslated:#?}");
        for panel in &shipped.dashboard.panels {
            let described = [Language::En, Language::Sv].map(|language| panel.description.get(language).len() > 20);
            assert_eq!(described, [true, true], "{}: panel {} does not say how to read it", shipped.id, panel.id);
        }
    }
}

fn find_untranslated(value: &Value, place: &str, untranslated: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let place = format!("{place}.{key}");
                if TEXTS.contains(&key.as_str())
                    && !is_in_both(value)
                    && !IDS.iter().any(|id| place.contains(id) && !place.ends_with("label"))
                {
                    untranslated.push(format!("{place}: {value}"));
                }
                find_untranslated(value, &place, untranslated);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                find_untranslated(value, &format!("{place}[{index}]"), untranslated);
            }
        }
        _ => {}
    }
}

fn is_in_both(value: &Value) -> bool {
    let said = |language: &str| value[language].as_str().is_some_and(|text| !text.is_empty());
    match value.as_str() {
        Some(text) => NAMES.contains(&text) || only_labels(text),
        None => said("en") && said("sv"),
    }
}

/// Whether a legend has no words outside `{{…}}`.
fn only_labels(legend: &str) -> bool {
    let outside = legend.split("{{").map(|part| part.rsplit_once("}}").map_or(part, |(_, after)| after));
    outside.flat_map(str::chars).all(|character| !character.is_alphabetic())
}

#[test]
fn variables_are_declared_before_use_and_none_is_unused() {
    for shipped in all() {
        let Shipped { id, dashboard, .. } = &shipped;
        let mut declared: Vec<&str> = Vec::new();
        for variable in &dashboard.variables {
            let query = variable.query.as_deref().unwrap_or_default();
            assert_ne!(query.is_empty(), variable.options.is_empty(), "{id}: {} has a query or options", variable.name);
            assert!(query.is_empty() || LabelValues::parse(query).is_some(), "{id}: {query} is not understood");
            for name in variables(query) {
                assert!(declared.contains(&name), "{id}: ${name} comes after {}, which uses it", variable.name);
            }
            declared.push(&variable.name);
        }
        for expression in shipped.expressions() {
            for name in variables(expression.template) {
                let is_macro = MACROS.iter().any(|start| name.starts_with(start));
                assert!(is_macro || declared.contains(&name), "{}: no variable ${name}", expression.place);
            }
        }
        for name in declared {
            let queries = dashboard.variables.iter().filter_map(|variable| variable.query.as_deref());
            let templates = shipped.expressions().into_iter().map(|expression| expression.template);
            assert!(queries.chain(templates).any(|text| uses(text, name)), "{id}: nothing uses ${name}");
        }
        for name in
            dashboard.panels.iter().filter_map(|panel| if let Kind::Table(table) = &panel.kind { table.sets.as_deref() } else { None })
        {
            assert!(dashboard.variables.iter().any(|variable| variable.name == name), "{id}: a table sets ${name}");
        }
    }
}

/// The menu has all dashboards but the gallery, which is about no service.
#[test]
fn every_dashboard_of_the_menu_has_a_tile_and_a_scrape_job() {
    let config: Value = serde_json::from_str(include_str!("../../public/config.json")).unwrap();
    let listed: Vec<&str> = config["dashboards"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let shipped = of_services();
    assert_eq!(shipped.len(), listed.len(), "config.json lists {listed:?}");
    for Shipped { id, dashboard, .. } in shipped {
        assert!(listed.contains(&id.as_str()), "{id} is not in config.json");
        let service = dashboard.service.unwrap_or_else(|| panic!("{id}: no service"));
        assert!((2..=4).contains(&service.stats.len()), "{id}: {} numbers on its tile", service.stats.len());
        assert!(service.scrape.starts_with("- job_name: ") && service.scrape.ends_with('\n'), "{id}: {}", service.scrape);
        assert!(!service.legend_format.is_empty() && !service.health.is_empty(), "{id}: no health");
    }
}

/// The gallery shows readers what there is, and developers what each option looks like.
#[test]
fn the_gallery_has_every_panel_kind_and_every_choice_of_an_option() {
    let text = include_str!("../../public/dashboards/gallery.json");
    let gallery: Value = serde_json::from_str(text).unwrap();
    let schema = fields_with_choices();
    let mut missing = Vec::new();
    for (key, names) in schema {
        let used: Vec<&Value> = values_of(&gallery, key);
        missing.extend(names.iter().filter(|name| !used.iter().any(|value| mentions(value, name))).map(|name| format!("{key}: {name}")));
    }
    assert!(missing.is_empty(), "the gallery shows no {missing:#?}");
}

/// Every field that takes one of a few words, with all its words but the first, which is the default.
fn fields_with_choices() -> Vec<(&'static str, Vec<&'static str>)> {
    use model::dashboard as d;
    fn names<T>(all: &[(&'static str, T)]) -> Vec<&'static str> {
        all.iter().skip(1).map(|(name, _)| *name).collect()
    }
    vec![
        ("type", Kind::TAGS.iter().skip(1).copied().collect()),
        ("drawStyle", names(d::DrawStyle::ALL)),
        ("lineInterpolation", names(d::LineInterpolation::ALL)),
        ("lineStyle", names(d::LineStyle::ALL)),
        ("gradientMode", names(d::GradientMode::ALL)),
        ("showPoints", names(d::ShowPoints::ALL)),
        ("stacking", names(d::Stacking::ALL)),
        ("axisPlacement", names(d::AxisPlacement::ALL)),
        ("scaleDistribution", names(d::ScaleDistribution::ALL)),
        ("transform", names(d::Transform::ALL)),
        ("thresholdsStyle", names(d::ThresholdsStyle::ALL)),
        ("displayMode", [names(d::LegendDisplay::ALL), names(d::BarDisplay::ALL)].concat()),
        ("placement", names(d::LegendPlacement::ALL)),
        ("tooltip", names(d::TooltipMode::ALL)),
        ("textMode", names(d::TextMode::ALL)),
        ("colorMode", names(d::ColorMode::ALL)),
        ("graphMode", names(d::GraphMode::ALL)),
        ("orientation", names(d::Orientation::ALL)),
        ("cell", names(d::CellDisplay::ALL)),
        ("showValue", names(d::ShowValue::ALL)),
        ("pieType", names(d::PieType::ALL)),
        ("displayLabels", d::PieLabel::ALL.iter().map(|(name, _)| *name).collect()),
    ]
}

fn mentions(value: &Value, name: &str) -> bool {
    value.as_str() == Some(name) || value.as_array().is_some_and(|values| values.iter().any(|value| mentions(value, name)))
}

/// All values of `key`, at any depth.
fn values_of<'a>(value: &'a Value, key: &str) -> Vec<&'a Value> {
    match value {
        Value::Object(fields) => {
            let here = fields.iter().filter(|(name, _)| *name == key).map(|(_, value)| value);
            here.chain(fields.values().flat_map(|value| values_of(value, key))).collect()
        }
        Value::Array(values) => values.iter().flat_map(|value| values_of(value, key)).collect(),
        _ => Vec::new(),
    }
}
