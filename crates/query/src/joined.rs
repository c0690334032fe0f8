//! Several instant queries as one, for pages that ask for many single numbers: each costs a round trip.

use model::labels::Labels;
use model::series::Sample;

/// Tells the answers apart. No exporter has this label.
const LABEL: &str = "utkik_part";

/// One expression that gives the answers of all `exprs`. Each of them must give a vector, as label functions do.
pub fn join(exprs: &[String]) -> String {
    let part = |(index, expr): (usize, &String)| {
        // On a line of its own, so that a comment at its end hides nothing.
        format!("label_replace(({expr}\n), \"{LABEL}\", \"{index}\", \"\", \"\")")
    };
    exprs.iter().enumerate().map(part).collect::<Vec<_>>().join(" or ")
}

/// The answer to a joined expression as the answers to its `count` parts; none if a sample belongs to none of them.
pub fn take_apart(samples: &[Sample], count: usize) -> Option<Vec<Vec<Sample>>> {
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
    fn an_expression_keeps_its_comment_to_itself() {
        let joined = join(&["up # here".into(), "sum(b)".into()]);
        let expected = "label_replace((up # here\n), \"utkik_part\", \"0\", \"\", \"\") or label_replace((sum(b)\n), \"utkik_part\", \"1\", \"\", \"\")";
        assert_eq!(joined, expected);
    }

    #[test]
    fn an_answer_is_taken_apart() {
        let samples = [
            sample(&[("instance", "a"), ("utkik_part", "0")], 1.0),
            sample(&[("utkik_part", "2")], 7.0),
            sample(&[("instance", "b"), ("utkik_part", "0")], 0.0),
        ];
        let expected = vec![vec![sample(&[("instance", "a")], 1.0), sample(&[("instance", "b")], 0.0)], vec![], vec![sample(&[], 7.0)]];
        assert_eq!(take_apart(&samples, 3), Some(expected));
        assert_eq!(take_apart(&samples, 2), None, "a part that nobody asked for");
        assert_eq!(take_apart(&[sample(&[], 1.0)], 1), None, "nobody's");
    }
}
