//! Who may ask when: a few requests at a time, the page's own before the panels', and less often while the source fails.

use model::time::{MINUTE, Millis};
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// How many requests may be on their way at a time: as many as a browser opens connections to one server over HTTP/1.1.
pub const LANES: usize = 6;
/// A source that fails is asked again after at most so long, ms, or at the beat if that is rarer.
const LONGEST_WAIT: Millis = MINUTE;

/// What goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// What the page or every panel waits for: rules, targets, variables.
    Page,
    /// What one panel shows.
    Panel,
}

/// The lanes that requests take, and the queue before them. A handle.
#[derive(Clone, Debug, Default)]
pub struct Lanes(Rc<RefCell<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    taken: usize,
    tickets: u64,
    waiting: Vec<Waiting>,
}

#[derive(Debug)]
struct Waiting {
    place: (Priority, u64),
    waker: Waker,
}

impl Queue {
    fn wake_next(&self) {
        if self.taken < LANES
            && let Some(next) = self.waiting.iter().min_by_key(|waiting| waiting.place)
        {
            next.waker.wake_by_ref();
        }
    }

    fn forget(&mut self, place: (Priority, u64)) {
        self.waiting.retain(|waiting| waiting.place != place);
    }
}

impl Lanes {
    /// Waits for a lane, in the order of priority and then of asking. A turn that is dropped leaves the queue.
    pub fn turn(&self, priority: Priority) -> Turn {
        let mut queue = self.0.borrow_mut();
        queue.tickets += 1;
        Turn { lanes: self.clone(), place: (priority, queue.tickets) }
    }
}

/// A place in the queue.
#[derive(Debug)]
pub struct Turn {
    lanes: Lanes,
    place: (Priority, u64),
}

impl Future for Turn {
    type Output = Lane;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Lane> {
        let mut queue = self.lanes.0.borrow_mut();
        queue.forget(self.place);
        if queue.taken < LANES && queue.waiting.iter().all(|waiting| waiting.place > self.place) {
            queue.taken += 1;
            // There may be room for one more.
            queue.wake_next();
            return Poll::Ready(Lane(self.lanes.clone()));
        }
        queue.waiting.push(Waiting { place: self.place, waker: context.waker().clone() });
        Poll::Pending
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut queue = self.lanes.0.borrow_mut();
        queue.forget(self.place);
        // It may have been this one's turn.
        queue.wake_next();
    }
}

/// A lane that is taken until this is dropped.
#[derive(Debug)]
pub struct Lane(Lanes);

impl Drop for Lane {
    fn drop(&mut self) {
        let mut queue = self.0.0.borrow_mut();
        queue.taken = queue.taken.saturating_sub(1);
        queue.wake_next();
    }
}

/// How long to wait before a source that has failed `failures` times in a row is asked again, where it would be asked every `interval`
/// ms: twice as long each time. `random`, from 0 to 1, spreads viewers who all lost it at the same moment.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "milliseconds within a day")]
pub fn back_off(interval: Millis, failures: u32, random: f64) -> Millis {
    let doubled = interval.saturating_mul(1 << failures.saturating_sub(1).min(10));
    let wait = doubled.min(LONGEST_WAIT.max(interval));
    (wait as f64 * (0.75 + random / 4.0)) as Millis
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::SECOND;
    use std::pin::pin;

    fn poll<F: Future>(future: Pin<&mut F>) -> Option<F::Output> {
        match future.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => Some(output),
            Poll::Pending => None,
        }
    }

    #[test]
    fn six_go_and_the_seventh_waits_for_one_to_end() {
        let lanes = Lanes::default();
        let mut running: Vec<Lane> = (0..LANES).map(|_| poll(pin!(lanes.turn(Priority::Panel))).unwrap()).collect();
        let mut seventh = pin!(lanes.turn(Priority::Panel));
        assert!(poll(seventh.as_mut()).is_none());
        running.pop();
        assert!(poll(seventh).is_some());
    }

    #[test]
    fn the_page_goes_before_panels_and_who_came_first_before_who_came_later() {
        let lanes = Lanes::default();
        let mut running: Vec<Lane> = (0..LANES).map(|_| poll(pin!(lanes.turn(Priority::Panel))).unwrap()).collect();
        let (mut first, mut second, mut page) =
            (pin!(lanes.turn(Priority::Panel)), pin!(lanes.turn(Priority::Panel)), pin!(lanes.turn(Priority::Page)));
        for turn in [&mut first, &mut second, &mut page] {
            assert!(poll(turn.as_mut()).is_none());
        }
        running.pop();
        assert!(poll(second.as_mut()).is_none());
        assert!(poll(first.as_mut()).is_none());
        let lane = poll(page).unwrap();
        assert!(poll(first.as_mut()).is_none());
        drop(lane);
        assert!(poll(second.as_mut()).is_none());
        assert!(poll(first).is_some());
    }

    #[test]
    fn who_gives_up_holds_nobody_back() {
        let lanes = Lanes::default();
        let mut running: Vec<Lane> = (0..LANES).map(|_| poll(pin!(lanes.turn(Priority::Panel))).unwrap()).collect();
        let mut gone = Box::pin(lanes.turn(Priority::Panel));
        let mut next = pin!(lanes.turn(Priority::Panel));
        assert!(poll(gone.as_mut()).is_none());
        assert!(poll(next.as_mut()).is_none());
        running.pop();
        drop(gone);
        assert!(poll(next).is_some());
    }

    #[test]
    fn a_source_that_fails_is_asked_less_and_less_often() {
        let waits: Vec<_> = (1..6).map(|failures| back_off(5 * SECOND, failures, 1.0) / SECOND).collect();
        assert_eq!(waits, [5, 10, 20, 40, 60]);
        assert_eq!(back_off(5 * SECOND, 3, 0.0), 15 * SECOND);
        assert_eq!(back_off(5 * MINUTE, 9, 1.0), 5 * MINUTE);
    }
}
