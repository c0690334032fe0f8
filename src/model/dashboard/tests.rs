use super::*;
use crate::json::{FromJson, parse};
use crate::model::locale::Language;
use crate::model::threshold::{ThresholdStep, ThresholdsMode};

fn text(name: &str) -> LocalText {
    LocalText::Each { en: name.into(), sv: Some(format!("{name} på svenska")) }
}

fn field() -> Field {
    Field {
        unit: Unit::Suffix("rpm".into()),
        decimals: Some(2),
        min: Some(-0.5),
        max: Some(5e9),
        thresholds: Thresholds {
            mode: ThresholdsMode::Percentage,
            steps: vec![ThresholdStep { value: None, color: Color::Red }, ThresholdStep { value: Some(80.0), color: Color::Green }],
        },
        mappings: vec![
            Mapping { value: Some(1.0), from: None, to: None, text: text("up"), color: Some(Color::Purple) },
            Mapping { value: None, from: Some(2.0), to: Some(3.0), text: LocalText::Plain("many".into()), color: None },
        ],
    }
}

fn target() -> Target {
    Target {
        expr: "up{a=\"\\\\\"}".into(),
        legend_format: text("legend"),
        interval: Some("1m".into()),
        dashed: true,
        title: text("heading"),
        field: Some(field()),
        bar: true,
    }
}

fn panel(kind: PanelKind) -> Panel {
    Panel {
        id: 70_000,
        kind,
        title: text("panel"),
        description: text("how to read it"),
        grid_pos: GridPos { w: 24, h: 7 },
        targets: vec![target(), Target::default()],
        field: field(),
        stack: true,
        fill_opacity: 20,
        show_thresholds: true,
        no_sparkline: true,
        join_by: Some("instance".into()),
        join_title: Some(text("machine")),
        sets: Some("instance".into()),
        content: text("note"),
        service: Some("mysql".into()),
    }
}

/// No field has its default, and a new one does not compile until it is here.
fn full() -> Dashboard {
    Dashboard {
        title: text("dashboard"),
        description: text("description"),
        time: Some(TimeDefault { from: "now-6h".into(), to: "now".into() }),
        refresh: Some("30s".into()),
        job: Some("node".into()),
        service: Some(Service {
            health: "up".into(),
            legend_format: "{{instance}}".into(),
            stats: vec![target()],
            scrape: "- job_name: node\n".into(),
            exporter: text("exporter"),
        }),
        variables: vec![Variable {
            name: "job".into(),
            label: Some(text("job")),
            query: Some("label_values(job)".into()),
            options: vec!["a".into(), "b".into()],
            current: Some("a".into()),
            multi: true,
            include_all: true,
            all_value: Some(".*".into()),
            hide: true,
        }],
        panels: PanelKind::ALL.map(panel).into(),
    }
}

#[test]
fn what_serde_writes_is_read_back() {
    for dashboard in [full(), Dashboard::default(), Dashboard { panels: vec![Panel::default()], ..Dashboard::default() }] {
        let written = serde_json::to_string(&dashboard).unwrap();
        assert_eq!(Dashboard::parse(written.as_bytes()), Ok(dashboard));
    }
}

#[test]
fn names_are_the_ones_that_serde_writes() {
    for kind in PanelKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
    for color in Color::ALL {
        assert_eq!(serde_json::to_value(color).unwrap(), color.name());
    }
}

#[test]
fn a_short_file_is_enough() {
    let json = r#"{"title":"Load","panels":[{"id":1,"title":"Load","field":{"unit":"short"},"targets":[{"expr":"node_load1"}]}]}"#;
    let dashboard = Dashboard::parse(json.as_bytes()).unwrap();
    let panel = &dashboard.panels[0];
    assert_eq!((panel.kind, panel.grid_pos.w, panel.field.unit.clone()), (PanelKind::Timeseries, 12, Unit::Short));
    assert_eq!(dashboard.title.get(Language::Sv), "Load");
}

#[test]
fn what_is_broken_has_its_default_and_the_rest_is_kept() {
    let json = br#"{"title":7,"panels":[{"id":-1,"type":"pie","gridPos":{"h":3},"title":"A"},null,{"id":2}],"variables":{}}"#;
    let dashboard = Dashboard::parse(json).unwrap();
    let [first, second] = &dashboard.panels[..] else { panic!("two panels") };
    assert_eq!(
        (first.id, first.kind, first.grid_pos, first.title.get(Language::En)),
        (0, PanelKind::Timeseries, GridPos { w: 12, h: 3 }, "A")
    );
    assert_eq!(second.id, 2);
    assert!(dashboard.variables.is_empty());
}

#[test]
fn what_is_no_dashboard_is_an_error() {
    assert_eq!(Dashboard::parse(b"[]"), Err(crate::json::Error::Malformed));
    assert_eq!(Dashboard::parse(b"<html>"), Err(crate::json::Error::Malformed));
    assert_eq!(Dashboard::parse(b"{\"title\":\"A\""), Err(crate::json::Error::Truncated));
}

#[test]
fn a_mapping_colours_before_a_threshold() {
    let json = br#"{"thresholds":{"steps":[{"color":"green"}]},"mappings":[{"value":0,"text":"down","color":"red"}]}"#;
    let field = Field::from_json(&parse(json).unwrap()).unwrap();
    assert_eq!(field.color(Some(0.0)), Color::Red);
    assert_eq!(field.color(Some(1.0)), Color::Green);
    assert_eq!(field.color(None), Color::Text);
}
