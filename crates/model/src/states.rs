//! Values as states: which state a value means, and how long the state lasts.
//!
//! The state of a value is its mapping, else its threshold step, else the value itself. A gap has no state.

use super::color::Color;
use super::dashboard::Field;
use super::mapping::Mapping;
use super::series::Grid;
use super::time::{Millis, Window};
use text::locale::Locale;

/// A state that values can have.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Its text.
    pub text: String,
    /// Its colour. [`Color::Text`] means that it has none, and is drawn in the series colour `slot`.
    pub color: Color,
    /// The index of a series colour, the same for the same value on every page.
    pub slot: usize,
}

/// A period in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first instant.
    pub from: Millis,
    /// The end, exclusive.
    pub to: Millis,
    /// The index of the state in the list of [`States::into_sorted`].
    pub state: usize,
}

/// The states of the series of a panel.
#[derive(Clone, Debug)]
pub struct States<'a> {
    field: &'a Field,
    locale: Locale<'a>,
    all: Vec<State>,
    /// The index in `all` of each key, sorted by key.
    known: Vec<(Key, usize)>,
}

/// Values with the same key are in the same state. Ordered as a legend lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Mapping(usize),
    Step(usize),
    /// The bits of a value, changed so that they sort as values do.
    Value(u64),
}

/// The number of series colours.
const SLOTS: i64 = 10;

impl<'a> States<'a> {
    /// Without states at first.
    pub fn new(field: &'a Field, locale: Locale<'a>) -> Self {
        Self { field, locale, all: Vec::new(), known: Vec::new() }
    }

    /// All states that occurred, and their indices in the order of mappings, thresholds and values.
    pub fn into_sorted(self) -> (Vec<State>, Vec<usize>) {
        let order = self.known.iter().map(|(_, state)| *state).collect();
        (self.all, order)
    }

    /// The stretches of equal state of a series within `window`. A value holds until the next instant.
    pub fn stretches(&mut self, grid: Grid, values: &[f64], window: Window) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        for (index, state) in self.of_values(values) {
            let (from, to) = (grid.time(index).max(window.start), grid.time(index + 1).min(window.end));
            match stretches.last_mut() {
                Some(last) if last.to == from && last.state == state => last.to = to,
                _ if from < to => stretches.push(Stretch { from, to, state }),
                _ => {}
            }
        }
        stretches
    }

    /// Cells of `together` instants with the most serious state of each, or the last of equally serious ones. Cells begin at multiples of
    /// their length.
    pub fn cells(&mut self, grid: Grid, values: &[f64], window: Window, together: Millis) -> Vec<Stretch> {
        let length = grid.step * together.max(1);
        let mut cells: Vec<Stretch> = Vec::new();
        for (index, state) in self.of_values(values) {
            let start = grid.time(index).div_euclid(length) * length;
            let (from, to) = (start.max(window.start), (start + length).min(window.end));
            let severity = |state: usize| self.all.get(state).map(|state| state.color.severity());
            match cells.last_mut() {
                Some(last) if last.from == from => {
                    last.state = if severity(state) >= severity(last.state) { state } else { last.state };
                }
                _ if from < to => cells.push(Stretch { from, to, state }),
                _ => {}
            }
        }
        cells
    }

    /// The index and the state of each value that has a state.
    fn of_values(&mut self, values: &[f64]) -> Vec<(usize, usize)> {
        let mut last: Option<(u64, Option<usize>)> = None;
        let mut found = Vec::with_capacity(values.len());
        for (index, value) in values.iter().copied().enumerate() {
            let state = match last {
                Some((bits, state)) if bits == value.to_bits() => state,
                _ => self.of(value),
            };
            last = Some((value.to_bits(), state));
            found.extend(state.map(|state| (index, state)));
        }
        found
    }

    fn of(&mut self, value: f64) -> Option<usize> {
        let key = self.key(value)?;
        match self.known.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(at) => self.known.get(at).map(|(_, state)| *state),
            Err(at) => {
                self.known.insert(at, (key, self.all.len()));
                self.all.push(self.state(key, value));
                Some(self.all.len() - 1)
            }
        }
    }

    fn key(&self, value: f64) -> Option<Key> {
        // A gap has no state, but a sample that is NaN may have a mapping.
        if super::series::is_gap(value) {
            return None;
        }
        if let Some(mapping) = self.field.mappings.iter().position(|mapping| mapping.holds(Some(value))) {
            return Some(Key::Mapping(mapping));
        }
        if value.is_nan() {
            return None;
        }
        let (min, max) = self.ends();
        let bits = value.to_bits();
        match self.field.thresholds.step(value, min, max) {
            // A single step only gives a colour: it cannot separate states.
            Some(step) if self.field.thresholds.steps.len() > 1 => Some(Key::Step(step)),
            _ => Some(Key::Value(if value < 0.0 { !bits } else { bits | 1 << 63 })),
        }
    }

    fn state(&self, key: Key, value: f64) -> State {
        let written = |value: f64| self.field.unit.format(value, self.field.decimals, self.locale);
        let (text, slot) = match key {
            Key::Mapping(mapping) => {
                let text = self.field.mappings.get(mapping).map(|mapping: &Mapping| mapping.text.get(self.locale.language).to_owned());
                (text.unwrap_or_default(), mapping)
            }
            Key::Step(step) => {
                let (min, max) = self.ends();
                let (from, to) = self.field.thresholds.bounds(step, min, max);
                let text = match (from, to) {
                    (Some(from), Some(to)) => format!("{} – {}", written(from), written(to)),
                    (Some(from), None) => format!("≥ {}", written(from)),
                    (None, to) => format!("< {}", to.map(written).unwrap_or_default()),
                };
                (text, step)
            }
            Key::Value(_) => (written(value), slot(value)),
        };
        State { text, color: self.field.color(Some(value)), slot }
    }

    fn ends(&self) -> (f64, f64) {
        (self.field.min.unwrap_or(0.0), self.field.max.unwrap_or(100.0))
    }
}

/// The slot of a value. Ten consecutive whole numbers have different slots.
fn slot(value: f64) -> usize {
    /// Ends in 1, so that the slot of a positive whole number is its last digit; fractions are spread over all slots.
    const SPREAD: f64 = 991.0;
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and makes 0 of NaN")]
    let spread = (value * SPREAD).floor() as i64;
    usize::try_from(spread.rem_euclid(SLOTS)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Utc;
    use text::locale::Language;

    const ENGLISH: Locale<'static> = Locale { language: Language::En, zone: &Utc, now: 0 };
    use crate::series::GAP;
    use json::{FromJson, parse};

    const GRID: Grid = Grid { start: 0, step: 10, len: 8 };
    const WINDOW: Window = Window { start: 5, end: 75 };

    fn field(json: &str) -> Field {
        Field::from_json(&parse(json.as_bytes()).unwrap()).unwrap()
    }

    /// From, to and text of each stretch.
    fn told(states: &States, stretches: &[Stretch]) -> Vec<(Millis, Millis, String)> {
        stretches.iter().map(|stretch| (stretch.from, stretch.to, states.all[stretch.state].text.replace('\u{a0}', " "))).collect()
    }

    fn expected(stretches: &[(Millis, Millis, &str)]) -> Vec<(Millis, Millis, String)> {
        stretches.iter().map(|(from, to, text)| (*from, *to, (*text).to_owned())).collect()
    }

    #[test]
    fn equal_states_in_a_row_are_one_stretch_and_a_gap_has_none() {
        let field = field(r#"{"mappings":[{"value":1,"text":"up","color":"green"},{"from":2,"to":9,"text":"odd"},{"text":"broken"}]}"#);
        let mut states = States::new(&field, ENGLISH);
        let stretches = states.stretches(GRID, &[1.0, 1.0, 3.0, 4.0, GAP, f64::NAN, 0.5, 1.0], WINDOW);
        let all = [(5, 20, "up"), (20, 40, "odd"), (50, 60, "broken"), (60, 70, "0.50"), (70, 75, "up")];
        assert_eq!(told(&states, &stretches), expected(&all));
        let (all, order) = states.into_sorted();
        let texts: Vec<_> = order.iter().map(|state| all[*state].text.as_str()).collect();
        assert_eq!(texts, ["up", "odd", "broken", "0.50"], "in the order of the mappings");
        assert_eq!((all[0].color, all[1].color), (Color::Green, Color::Text));
    }

    #[test]
    fn each_threshold_step_is_a_state() {
        let steps = r#"{"steps":[{"value":null,"color":"green"},{"value":50,"color":"yellow"},{"value":80,"color":"red"}]}"#;
        let field = field(&format!(r#"{{"unit":"percent","thresholds":{steps}}}"#));
        let mut states = States::new(&field, ENGLISH);
        let stretches = states.stretches(GRID, &[10.0, 20.0, 50.0, 79.0, 80.0, 300.0], WINDOW);
        assert_eq!(told(&states, &stretches), expected(&[(5, 20, "< 50%"), (20, 40, "50% – 80%"), (40, 60, "≥ 80%")]));
    }

    #[test]
    fn values_without_mapping_or_threshold_have_their_own_slots() {
        let field = Field::default();
        let mut states = States::new(&field, ENGLISH);
        states.stretches(GRID, &[3.0, -1.0, 0.0, 12.0], WINDOW);
        let (all, order) = states.into_sorted();
        let sorted: Vec<_> = order.iter().map(|state| (all[*state].text.as_str(), all[*state].slot)).collect();
        assert_eq!(sorted, [("−1", 9), ("0", 0), ("3", 3), ("12", 2)]);
    }

    #[test]
    fn a_cell_has_the_most_serious_state_of_its_instants() {
        let json = r#"{"mappings":[{"value":0,"text":"up","color":"green"},{"value":1,"text":"new","color":"blue"},{"value":2,"text":"down","color":"red"}]}"#;
        let field = field(json);
        let mut states = States::new(&field, ENGLISH);
        let cells = states.cells(GRID, &[0.0, 2.0, 0.0, 1.0, 1.0, 0.0, GAP, GAP], WINDOW, 2);
        assert_eq!(told(&states, &cells), expected(&[(5, 20, "down"), (20, 40, "new"), (40, 60, "up")]));
        let alone = states.cells(GRID, &[0.0, GAP, 0.0], WINDOW, 1);
        assert_eq!(told(&states, &alone), expected(&[(5, 10, "up"), (20, 30, "up")]), "each instant has a cell");
    }
}
