//! Answers to instant queries as a table: a column for each answer, a row for all samples with the same names.

use super::labels::Labels;
use super::series::Sample;
use text::order;

/// The label that names the rows by default.
const DEFAULT_LABEL: &str = "instance";

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The labels that name the rows, with one column for each.
    pub labels: Vec<String>,
    /// The rows, in the order in which they first occur in the answers.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The values of the table's labels; empty if a label is missing.
    pub names: Vec<String>,
    /// A cell for each answer; `None` if the answer has no sample for this row.
    pub cells: Vec<Option<Sample>>,
}

/// A column: of a label, or of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The label at this index.
    Label(usize),
    /// The answer at this index.
    Value(usize),
}

/// How a table is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column.
    pub column: Column,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl Sort {
    /// The next order after `now` when `column` is chosen: ascending, descending, then the order of the answers.
    pub fn next(now: Option<Self>, column: Column) -> Option<Self> {
        match now.filter(|sort| sort.column == column) {
            None => Some(Self { column, descending: false }),
            Some(sort) => (!sort.descending).then_some(Self { column, descending: true }),
        }
    }
}

/// The maximum number of label columns: nobody reads more.
const MAX_LABELS: usize = 30;

impl Table {
    /// The table of `answers`, its rows named by the label `join_by`. If that is `None`, they are named by `instance` if it is unique in
    /// each answer, else by all labels.
    pub fn of(join_by: Option<&str>, answers: &[&[Sample]]) -> Self {
        let samples = || answers.iter().copied().flatten();
        let usual = || answers.iter().all(|answer| are_unique(answer, DEFAULT_LABEL)).then_some(DEFAULT_LABEL);
        let joined = join_by.or_else(usual);
        let mut labels: Vec<String> = joined.into_iter().map(str::to_owned).collect();
        if joined.is_none() {
            for (name, _) in samples().flat_map(|sample| sample.labels.iter()).filter(|(name, _)| *name != "__name__") {
                if labels.len() < MAX_LABELS && !labels.iter().any(|known| known == name) {
                    labels.push(name.to_owned());
                }
            }
        }
        let mut rows: Vec<Row> = Vec::new();
        for (column, answer) in answers.iter().enumerate() {
            for sample in *answer {
                let names = names(&labels, &sample.labels);
                // A sample without the label that joins has no row.
                if joined.is_some() && names.iter().all(String::is_empty) {
                    continue;
                }
                let row = match rows.iter_mut().find(|row| row.names == names) {
                    Some(row) => row,
                    None => rows.push_mut(Row { names, cells: vec![None; answers.len()] }),
                };
                if let Some(cell @ None) = row.cells.get_mut(column) {
                    // Of several samples the first is kept: it is the worst, because the dashboard sorts the answer.
                    *cell = Some(sample.clone());
                }
            }
        }
        Self { labels, rows }
    }

    /// The table with its rows in the order of `sort`. Rows without a value come last in both directions.
    #[must_use]
    pub fn sorted(mut self, sort: Option<Sort>) -> Self {
        let Some(Sort { column, descending }) = sort else { return self };
        let key = |row: &Row| match column {
            Column::Label(index) => row.names.get(index).filter(|name| !name.is_empty()).map(|name| name.to_ascii_lowercase()),
            Column::Value(index) => {
                let value = row.cells.get(index)?.as_ref()?.value;
                (!value.is_nan()).then(|| order::number_key(Some(value), false))
            }
        };
        let (mut there, missing): (Vec<Row>, Vec<Row>) = self.rows.into_iter().partition(|row| key(row).is_some());
        // Reversed before and after sorting, so that equal rows stay in the order of the answers.
        if descending {
            there.reverse();
        }
        there = order::by_text(there, |row| key(row).unwrap_or_default());
        if descending {
            there.reverse();
        }
        there.extend(missing);
        self.rows = there;
        self
    }
}

fn names(labels: &[String], of: &Labels) -> Vec<String> {
    labels.iter().map(|label| of.get(label).unwrap_or_default().to_owned()).collect()
}

/// Whether each sample has a different value of `label`.
fn are_unique(answer: &[Sample], label: &str) -> bool {
    let mut seen: Vec<&str> = Vec::with_capacity(answer.len());
    answer.iter().all(|sample| {
        let fresh = sample.labels.get(label).filter(|value| !seen.contains(value));
        seen.extend(fresh);
        fresh.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(labels: &[(&str, &str)], value: f64) -> Sample {
        Sample { labels: labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(), value }
    }

    fn shown(table: &Table) -> Vec<(String, Vec<Option<f64>>)> {
        let values = |row: &Row| row.cells.iter().map(|cell| cell.as_ref().map(|sample| sample.value)).collect();
        table.rows.iter().map(|row| (row.names.join(" "), values(row))).collect()
    }

    #[test]
    fn answers_are_joined_by_a_label_and_each_row_has_a_cell_for_each_answer() {
        let first = [sample(&[("host", "b")], 1.0), sample(&[("host", "a")], 2.0), sample(&[("host", "b")], 3.0), sample(&[], 4.0)];
        let second = [sample(&[("host", "c")], 5.0)];
        let table = Table::of(Some("host"), &[&first, &second]);
        assert_eq!(table.labels, ["host"]);
        let expected = [("b", [Some(1.0), None]), ("a", [Some(2.0), None]), ("c", [None, Some(5.0)])];
        assert_eq!(shown(&table), expected.map(|(name, values)| (name.to_owned(), values.to_vec())));
    }

    #[test]
    fn without_a_label_to_join_by_all_labels_are_columns() {
        let answer = [sample(&[("__name__", "up"), ("job", "x"), ("zone", "1")], 1.0), sample(&[("job", "y")], 0.0), sample(&[], 7.0)];
        let table = Table::of(None, &[&answer]);
        assert_eq!(table.labels, ["job", "zone"]);
        assert_eq!(
            shown(&table),
            [("x 1".to_owned(), vec![Some(1.0)]), ("y ".to_owned(), vec![Some(0.0)]), (" ".to_owned(), vec![Some(7.0)])]
        );
        let usual = [sample(&[("instance", "a"), ("job", "x")], 1.0)];
        assert_eq!(Table::of(None, &[&usual]).labels, ["instance"]);
        let several = [sample(&[("instance", "a"), ("code", "200")], 1.0), sample(&[("instance", "a"), ("code", "500")], 2.0)];
        assert_eq!(Table::of(None, &[&several]).rows.len(), 2, "no sample is left out");
    }

    #[test]
    fn sorting_is_stable_and_puts_missing_values_last() {
        let named = |name: &str, value| sample(&[("host", name)], value);
        let rest = [named("n", f64::NAN), named("x", 1.0)];
        let answer = [named("Ten", 10.0), named("two", 2.0), named("Two", 2.0), named("minus", -1.0), rest[0].clone()];
        let table = Table::of(Some("host"), &[&answer, &rest]);
        let order = |column, descending| {
            let sorted = table.clone().sorted(Some(Sort { column, descending }));
            sorted.rows.into_iter().flat_map(|row| row.names).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(order(Column::Value(0), false), "minus two Two Ten n x");
        assert_eq!(order(Column::Value(0), true), "Ten two Two minus n x");
        assert_eq!(order(Column::Label(0), false), "minus n Ten two Two x");
        assert_eq!(order(Column::Label(0), true), "x two Two Ten n minus");
        assert_eq!(shown(&table.clone().sorted(None))[0].0, "Ten", "in the order of the answers");
    }

    #[test]
    fn a_column_sorts_ascending_then_descending_then_not_at_all() {
        let (here, there) = (Column::Value(1), Column::Label(0));
        let rising = Sort::next(None, here);
        assert_eq!(rising, Some(Sort { column: here, descending: false }));
        let falling = Sort::next(rising, here);
        assert_eq!(falling, Some(Sort { column: here, descending: true }));
        assert_eq!(Sort::next(falling, here), None);
        assert_eq!(Sort::next(falling, there), Some(Sort { column: there, descending: false }));
    }
}
