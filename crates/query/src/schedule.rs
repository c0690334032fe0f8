//! Schedules requests: a few at a time, those of the page before those of panels, and with longer and longer waits while the source
//! fails.

use model::time::{MINUTE, Millis};
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// How many requests may run at a time: as many connections as a browser opens to one server over HTTP/1.1.
pub const MAX_REQUESTS: usize = 6;
/// The longest wait before a failing source is asked again, ms, unless its refresh interval is longer.
const MAX_WAIT: Millis = MINUTE;

/// The order in which waiting requests run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// What the page or every panel waits for: rules, targets, variables.
    Page,
    /// What one panel shows.
    Panel,
}

/// Limits how many requests run at a time, and queues those that wait. Clones share one limit.
#[derive(Clone, Debug, Default)]
pub struct RequestLimiter(Rc<RefCell<Queue>>);

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
        if self.taken < MAX_REQUESTS
            && let Some(next) = self.waiting.iter().min_by_key(|waiting| waiting.place)
        {
            next.waker.wake_by_ref();
        }
    }

    fn forget(&mut self, place: (Priority, u64)) {
        self.waiting.retain(|waiting| waiting.place != place);
    }
}

impl RequestLimiter {
    /// Waits for a permit, by priority and then in the order of the calls. A future that is dropped leaves the queue.
    pub fn acquire(&self, priority: Priority) -> Acquire {
        let mut queue = self.0.borrow_mut();
        queue.tickets += 1;
        Acquire { limiter: self.clone(), place: (priority, queue.tickets) }
    }
}

/// The future of a permit: a place in the queue.
#[derive(Debug)]
pub struct Acquire {
    limiter: RequestLimiter,
    place: (Priority, u64),
}

impl Future for Acquire {
    type Output = Permit;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Permit> {
        let mut queue = self.limiter.0.borrow_mut();
        queue.forget(self.place);
        if queue.taken < MAX_REQUESTS && queue.waiting.iter().all(|waiting| waiting.place > self.place) {
            queue.taken += 1;
            // Another permit may be free.
            queue.wake_next();
            return Poll::Ready(Permit(self.limiter.clone()));
        }
        queue.waiting.push(Waiting { place: self.place, waker: context.waker().clone() });
        Poll::Pending
    }
}

impl Drop for Acquire {
    fn drop(&mut self) {
        let mut queue = self.limiter.0.borrow_mut();
        queue.forget(self.place);
        // If this one was woken, the next one has to be woken in its place.
        queue.wake_next();
    }
}

/// The permit for one running request. Dropping it lets the next one run.
#[derive(Debug)]
pub struct Permit(RequestLimiter);

impl Drop for Permit {
    fn drop(&mut self) {
        let mut queue = self.0.0.borrow_mut();
        queue.taken = queue.taken.saturating_sub(1);
        queue.wake_next();
    }
}

/// How long to wait before a source that has failed `failures` times in a row is asked again, ms: twice as long each time, beginning
/// with `interval`, the refresh interval. `random`, from 0 to 1, spreads viewers who all lost the source at the same moment.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "milliseconds within a day")]
pub fn back_off(interval: Millis, failures: u32, random: f64) -> Millis {
    let doubled = interval.saturating_mul(1 << failures.saturating_sub(1).min(10));
    let wait = doubled.min(MAX_WAIT.max(interval));
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
    fn six_requests_run_and_the_seventh_waits_until_one_ends() {
        let limiter = RequestLimiter::default();
        let mut running: Vec<Permit> = (0..MAX_REQUESTS).map(|_| poll(pin!(limiter.acquire(Priority::Panel))).unwrap()).collect();
        let mut seventh = pin!(limiter.acquire(Priority::Panel));
        assert!(poll(seventh.as_mut()).is_none());
        running.pop();
        assert!(poll(seventh).is_some());
    }

    #[test]
    fn page_requests_run_before_panel_requests_and_earlier_before_later_ones() {
        let limiter = RequestLimiter::default();
        let mut running: Vec<Permit> = (0..MAX_REQUESTS).map(|_| poll(pin!(limiter.acquire(Priority::Panel))).unwrap()).collect();
        let (mut first, mut second, mut page) =
            (pin!(limiter.acquire(Priority::Panel)), pin!(limiter.acquire(Priority::Panel)), pin!(limiter.acquire(Priority::Page)));
        for acquire in [&mut first, &mut second, &mut page] {
            assert!(poll(acquire.as_mut()).is_none());
        }
        running.pop();
        assert!(poll(second.as_mut()).is_none());
        assert!(poll(first.as_mut()).is_none());
        let permit = poll(page).unwrap();
        assert!(poll(first.as_mut()).is_none());
        drop(permit);
        assert!(poll(second.as_mut()).is_none());
        assert!(poll(first).is_some());
    }

    #[test]
    fn a_dropped_turn_does_not_block_the_queue() {
        let limiter = RequestLimiter::default();
        let mut running: Vec<Permit> = (0..MAX_REQUESTS).map(|_| poll(pin!(limiter.acquire(Priority::Panel))).unwrap()).collect();
        let mut gone = Box::pin(limiter.acquire(Priority::Panel));
        let mut next = pin!(limiter.acquire(Priority::Panel));
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
