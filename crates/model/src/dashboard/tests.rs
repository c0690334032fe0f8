use super::*;
use crate::calc::Calc;
use crate::threshold::{ThresholdStep, ThresholdsMode};
use json::{FromJson, parse};
use text::locale::Language;

fn text(name: &str) -> LocalText {
    LocalText::Each { en: name.into(), sv: Some(format!("{name} på svenska")) }
}

fn field() -> Field {
    Field {
        unit: Unit::from("suffix:rpm".to_owned()),
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

fn style() -> GraphStyle {
    GraphStyle {
        draw_style: Some(DrawStyle::Bars),
        line_interpolation: Some(LineInterpolation::Smooth),
        line_width: Some(2.5),
        line_style: Some(LineStyle::Dot),
        fill_opacity: Some(20),
        gradient_mode: Some(GradientMode::Scheme),
        fill_below_to: Some(text("lower")),
        show_points: Some(ShowPoints::Always),
        point_size: Some(7.0),
        span_nulls: Some(SpanNulls::Below(60_000.0)),
        stacking: Some(Stacking::Percent),
        axis_placement: Some(AxisPlacement::Right),
        axis_label: Some(text("axis")),
        axis_soft_min: Some(-1.0),
        axis_soft_max: Some(1.0),
        scale_distribution: Some(ScaleDistribution::Log2),
        transform: Some(Transform::NegativeY),
        color: Some(Color::Orange),
    }
}

fn target() -> Target {
    Target {
        expr: "up{a=\"\\\\\"}".into(),
        legend_format: text("legend"),
        interval: Some("1m".into()),
        style: style(),
        title: text("heading"),
        field: Some(field()),
        cell: CellDisplay::Gauge,
        links: vec![DataLink { title: text("link"), url: "https://example.org".into(), target_blank: true }],
    }
}

fn legend() -> Legend {
    Legend {
        display_mode: LegendDisplay::Table,
        placement: LegendPlacement::Right,
        calcs: vec![Calc::Mean, Calc::Max],
        sort_by: Some(Calc::Max),
        sort_desc: true,
    }
}

/// One panel of each kind. No option has its default.
fn kinds() -> Vec<Kind> {
    let states = StateOptions { show_value: ShowValue::Never, legend: legend() };
    vec![
        Kind::TimeSeries(TimeSeriesOptions {
            style: style(),
            thresholds_style: ThresholdsStyle::LineAndArea,
            legend: legend(),
            tooltip: TooltipMode::Single,
        }),
        Kind::Stat(StatOptions {
            calc: Calc::Mean,
            text_mode: TextMode::Name,
            color_mode: ColorMode::Background,
            graph_mode: GraphMode::None,
            show_percent_change: true,
            orientation: Orientation::Vertical,
        }),
        Kind::Gauge(GaugeOptions { calc: Calc::Mean, show_threshold_markers: true, show_threshold_labels: true }),
        Kind::BarGauge(BarGaugeOptions { calc: Calc::Mean, orientation: Orientation::Vertical, display_mode: BarDisplay::Lcd }),
        Kind::Table(TableOptions {
            join_by: Some("instance".into()),
            join_title: Some(text("machine")),
            sets: Some("instance".into()),
            sort_by: Some(text("column")),
            sort_desc: true,
        }),
        Kind::StateTimeline(states.clone()),
        Kind::StatusHistory(states),
        Kind::Heatmap(HeatmapOptions { legend: legend() }),
        Kind::PieChart(PieChartOptions {
            calc: Calc::Mean,
            legend: legend(),
            pie_type: PieType::Donut,
            display_labels: vec![PieLabel::Name, PieLabel::Percent],
        }),
        Kind::BarChart(BarChartOptions {
            style: style(),
            join_by: Some("instance".into()),
            orientation: Orientation::Vertical,
            show_value: ShowValue::Never,
            legend: legend(),
        }),
        Kind::Text(TextOptions { content: text("note") }),
        Kind::AlertList(AlertListOptions { service: Some("mysql".into()) }),
    ]
}

fn panel(kind: Kind) -> Panel {
    Panel {
        id: 70_000,
        kind,
        title: text("panel"),
        description: text("how to read it"),
        grid_pos: GridPos { w: 24, h: 7 },
        targets: vec![target(), Target::default()],
        field: field(),
    }
}

/// No field has its default. A new field is a compile error until it is set here.
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
        cursor_sync: CursorSync::Tooltip,
        annotations: vec![Annotation {
            name: text("alerts"),
            expr: "ALERTS".into(),
            title_format: text("{{alertname}}"),
            color: Color::Red,
        }],
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
        panels: kinds().into_iter().map(panel).collect(),
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
    let tags: Vec<_> = kinds().iter().map(Kind::tag).collect();
    assert_eq!(tags, Kind::TAGS, "one panel of each kind, in the order of the variants");
    for kind in kinds() {
        assert_eq!(serde_json::to_value(&kind).unwrap()["type"], kind.tag());
    }
    for color in Color::ALL {
        assert_eq!(serde_json::to_value(color).unwrap(), color.name());
    }
}

#[test]
fn a_short_file_is_read_with_defaults() {
    let json = r#"{"title":"Load","panels":[{"id":1,"title":"Load","field":{"unit":"short"},"targets":[{"expr":"node_load1"}]}]}"#;
    let dashboard = Dashboard::parse(json.as_bytes()).unwrap();
    let panel = &dashboard.panels[0];
    assert_eq!((&panel.kind, panel.grid_pos.w, panel.field.unit.clone()), (&Kind::default(), 12, Unit::SHORT));
    assert_eq!(dashboard.title.get(Language::Sv), "Load");
}

#[test]
fn a_broken_field_has_its_default_and_the_rest_is_kept() {
    let json = br#"{"title":7,"panels":[{"id":-1,"type":"polystat","gridPos":{"h":3},"title":"A"},null,{"id":2}],"variables":{}}"#;
    let dashboard = Dashboard::parse(json).unwrap();
    let [first, second] = &dashboard.panels[..] else { panic!("two panels") };
    assert_eq!((first.id, &first.kind, first.grid_pos, first.title.get(Language::En)), (0, &Kind::default(), GridPos { w: 12, h: 3 }, "A"));
    assert_eq!(second.id, 2);
    assert!(dashboard.variables.is_empty());
}

#[test]
fn a_file_that_is_not_a_dashboard_is_an_error() {
    assert_eq!(Dashboard::parse(b"[]"), Err(json::Error::Malformed));
    assert_eq!(Dashboard::parse(b"<html>"), Err(json::Error::Malformed));
    assert_eq!(Dashboard::parse(b"{\"title\":\"A\""), Err(json::Error::Truncated));
}

#[test]
fn the_colour_of_a_mapping_wins_over_thresholds() {
    let json = br#"{"thresholds":{"steps":[{"color":"green"}]},"mappings":[{"value":0,"text":"down","color":"red"}]}"#;
    let field = Field::from_json(&parse(json).unwrap()).unwrap();
    assert_eq!(field.color(Some(0.0)), Color::Red);
    assert_eq!(field.color(Some(1.0)), Color::Green);
    assert_eq!(field.color(None), Color::Text);
}

#[test]
fn a_target_inherits_the_style_of_its_panel_where_it_sets_none() {
    let json =
        br#"{"panels":[{"lineWidth":2,"stacking":"normal","spanNulls":true,"targets":[{"stacking":"none","lineStyle":"dash"},{}]}]}"#;
    let dashboard = Dashboard::parse(json).unwrap();
    let panel = &dashboard.panels[0];
    let Kind::TimeSeries(options) = &panel.kind else { panic!("time series by default") };
    let style = options.style_of(&panel.targets[0].style);
    assert_eq!((style.line_width, style.stacking, style.line_style), (Some(2.0), Some(Stacking::None), Some(LineStyle::Dash)));
    assert_eq!(style.span_nulls, Some(SpanNulls::Whether(true)));
    assert_eq!(options.style_of(&panel.targets[1].style), options.style);
}
