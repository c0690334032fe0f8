//! Alerting rules and the alerts they raise.

use super::labels::Labels;
use super::time::Millis;
use text::order::by_text;

/// The state of a rule or an alert, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertState {
    /// The expression holds, and has held for as long as the rule's `for` requires.
    Firing,
    /// The expression holds, but not yet for as long as the rule's `for` requires.
    Pending,
    /// Not evaluated yet, or the evaluation fails.
    Unknown,
    /// The expression does not hold.
    Inactive,
}

impl AlertState {
    /// The name in `data-alert-state`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Firing => "firing",
            Self::Pending => "pending",
            Self::Unknown => "unknown",
            Self::Inactive => "inactive",
        }
    }
}

/// One alert of a rule: one element of the result of its expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// Pending or firing.
    pub state: AlertState,
    /// Its labels, including those of the rule.
    pub labels: Labels,
    /// Its annotations. Untrusted text.
    pub annotations: Labels,
    /// Since when its expression holds, ms.
    pub active_since: Option<Millis>,
    /// The value of its expression.
    pub value: f64,
}

/// One alerting rule.
#[derive(Clone, Debug, PartialEq)]
pub struct AlertRule {
    /// The name, as in `ALERTS{alertname=…}`.
    pub name: String,
    /// The group it belongs to.
    pub group: String,
    /// How often the group is evaluated, ms; zero if not known.
    pub interval: Millis,
    /// The worst of its alerts' states.
    pub state: AlertState,
    /// Its expression.
    pub query: String,
    /// How long the expression must hold (`for`), ms.
    pub hold: Millis,
    /// The labels it adds.
    pub labels: Labels,
    /// Its annotations, without expanded templates. Untrusted text.
    pub annotations: Labels,
    /// Its alerts, firing ones first.
    pub alerts: Vec<Alert>,
    /// Why its last evaluation failed.
    pub last_error: Option<String>,
}

impl AlertRule {
    /// Since when the oldest of its alerts holds, ms.
    pub fn active_since(&self) -> Option<Millis> {
        self.alerts.iter().filter_map(|alert| alert.active_since).min()
    }
}

impl AlertState {
    /// A digit that sorts states: firing first.
    fn rank(self) -> char {
        match self {
            Self::Firing => '0',
            Self::Pending => '1',
            Self::Unknown => '2',
            Self::Inactive => '3',
        }
    }
}

/// Worst first, then by name: the order of every list of rules.
pub fn sort(rules: &mut Vec<AlertRule>) {
    *rules = by_text(std::mem::take(rules), |rule| format!("{}{}", rule.state.rank(), rule.name));
}

/// Worst first, then by labels: the order of the alerts of a rule.
pub fn sort_alerts(alerts: &mut Vec<Alert>) {
    *alerts = by_text(std::mem::take(alerts), |alert| format!("{}{}", alert.state.rank(), alert.labels.to_selector()));
}
