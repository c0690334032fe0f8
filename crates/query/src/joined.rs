//! Joins several instant queries into one, since each request costs a round trip. Used by pages with many single numbers.

use model::labels::Labels;
use model::series::Sample;

/// The label that says which query a sample answers. No exporter has this label.
const LABEL: &str = "utkik_part";

/// One expression that returns the answers of all `exprs`. Each of them must return a vector, as `label_replace` requires.
pub fn join(exprs: &[String]) -> String {
    let part = |(index, expr): (usize, &String)| {
        // The line break ends a comment at the end of `expr`.
        format!("label_replace(({expr}\n), \"{LABEL}\", \"{index}\", \"\", \"\")")
    };
    exprs.iter().enumerate().map(part).collect::<Vec<_>>().join(" or ")
}

/// Splits the answer to a joined expression into the answers to its `count` parts; `None` if a sample belongs to no part.
pub fn split_joined(samples: &[Sample], count: usize) -> Option<Vec<Vec<Sample>>> {
    let mut answers = vec![Vec::new(); count];
    for Sample { labels, value } in samples {
        let index: usize = labels.get(LABEL)?.parse().ok()?;
        let own = labels.iter().filter(|(name, _)| *name != LABEL).map(|(name, value)| (name.to_owned(), value.to_owned()));
        answers.get_mut(index)?.push(Sample { labels: Labels::new(own.collect()), value: *value });
    }
    Some(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(labels: &[(&str, &str)], value: f64) -> Sample {
        Sample { labels: Labels::new(labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()), value }
    }

    #[test]
    fn a_comment_does_not_hide_the_rest_of_the_joined_expression() {
        let joined = join(&["up # here".into(), "sum(b)".into()]);
        let expected = "label_replace((up # here\n), \"utkik_part\", \"0\", \"\", \"\") or label_replace((sum(b)\n), \"utkik_part\", \"1\", \"\", \"\")";
        assert_eq!(joined, expected);
    }

    #[test]
    fn a_joined_answer_is_split_into_its_parts() {
        let samples = [
            sample(&[("instance", "a"), ("utkik_part", "0")], 1.0),
            sample(&[("utkik_part", "2")], 7.0),
            sample(&[("instance", "b"), ("utkik_part", "0")], 0.0),
        ];
        let expected = vec![vec![sample(&[("instance", "a")], 1.0), sample(&[("instance", "b")], 0.0)], vec![], vec![sample(&[], 7.0)]];
        assert_eq!(split_joined(&samples, 3), Some(expected));
        assert_eq!(split_joined(&samples, 2), None, "a part that was not asked for");
        assert_eq!(split_joined(&[sample(&[], 1.0)], 1), None, "a sample without a part");
    }
}
