//! The data source: limits concurrent requests, shares the answer of equal queries, and requests only what the cache lacks.

use super::clock;
use crate::state::client::{Client, Times};
use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use leptos::prelude::*;
use model::alert::AlertRule;
use model::histogram::BUCKET;
use model::labels::Labels;
use model::series::{Frame, Grid, Sample};
use model::target::ScrapeTarget;
use model::time::{MINUTE, Millis, Window};
use model::variable::LabelValues;
use prometheus::error::Error;
use prometheus::{Answer, Remarks};
use query::{InstantQuery, Priority, RangeCache, RangeQuery, RequestLimiter};
use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::Poll;

/// The size of the sample cache, about, in bytes. Sixty panels of ten series take a fifth of it.
const CACHE_BYTES: usize = 24 << 20;
/// The assumed age of an answer that does not say when it was computed, ms: it may come from a cache.
const UNDATED: Millis = MINUTE;
/// Cached pieces may be evicted while others are requested. After this many rounds the whole range is requested without the cache.
const ROUNDS: usize = 3;

/// A query of a panel or a tile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceQuery {
    /// Values over time.
    Range(RangeQuery),
    /// Values at one instant.
    Instant(InstantQuery),
}

impl SourceQuery {
    /// The expression that is sent.
    pub fn expr(&self) -> &str {
        match self {
            Self::Range(query) => &query.expr,
            Self::Instant(query) => &query.expr,
        }
    }
}

/// The answer to an [`SourceQuery`].
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// Values over time.
    Range(Frame),
    /// Values at one instant.
    Instant(Vec<Sample>),
}

impl Reply {
    /// How many series there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Range(frame) => frame.series.len(),
            Self::Instant(samples) => samples.len(),
        }
    }

    /// Whether there are no series.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many of the series are buckets of native histograms.
    pub fn buckets(&self) -> usize {
        let is_bucket = |labels: &Labels| labels.get(BUCKET).is_some();
        match self {
            Self::Range(frame) => frame.series.iter().filter(|series| is_bucket(&series.labels)).count(),
            Self::Instant(samples) => samples.iter().filter(|sample| is_bucket(&sample.labels)).count(),
        }
    }

    /// The first `most` series. Without `buckets`, buckets of native histograms are left out.
    #[must_use]
    pub fn first(&self, most: usize, buckets: bool) -> Self {
        let wanted = |labels: &Labels| buckets || labels.get(BUCKET).is_none();
        match self {
            Self::Range(Frame { grid, series }) => {
                let series = series.iter().filter(|series| wanted(&series.labels)).take(most);
                Self::Range(Frame { grid: *grid, series: series.cloned().collect() })
            }
            Self::Instant(samples) => Self::Instant(samples.iter().filter(|sample| wanted(&sample.labels)).take(most).cloned().collect()),
        }
    }
}

/// How many option lists are cached.
const MAX_OPTIONS: usize = 40;

/// The query of an option list, and the values of the label.
type Options = ((LabelValues, Window), Vec<String>);
type Outcome = Result<Rc<Answer<Reply>>, Error>;
/// A boxed future of an answer.
pub type Pending<T> = Pin<Box<dyn Future<Output = T>>>;

/// A handle to the data source.
#[derive(Clone, Copy)]
pub struct Source {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    /// How far the server's clock is ahead of the browser's, ms; zero as long as both agree.
    pub ahead: ReadSignal<Millis>,
}

struct Inner {
    client: Client,
    limiter: RequestLimiter,
    cache: RefCell<RangeCache>,
    /// Running queries. An equal query shares their answer.
    in_flight: RefCell<Vec<(SourceQuery, WeakShared<Pending<Outcome>>)>>,
    /// Cached option lists, the newest first.
    options: RefCell<Vec<Options>>,
    set_ahead: WriteSignal<Millis>,
}

thread_local! {
    /// The source of the page.
    static CURRENT: RefCell<Weak<Inner>> = const { RefCell::new(Weak::new()) };
}

/// About how many bytes of samples are cached now. For measurements.
pub fn cache_bytes() -> usize {
    CURRENT.with_borrow(Weak::upgrade).map_or(0, |source| source.cache.borrow().bytes())
}

impl Source {
    /// The source at `url`.
    pub fn new(url: &str) -> Self {
        let (ahead, set_ahead) = signal(0);
        let inner = Rc::new(Inner {
            client: Client::new(url),
            limiter: RequestLimiter::default(),
            cache: RefCell::new(RangeCache::new(CACHE_BYTES)),
            in_flight: RefCell::default(),
            options: RefCell::default(),
            set_ahead,
        });
        CURRENT.set(Rc::downgrade(&inner));
        Self { inner: StoredValue::new_local(inner), ahead }
    }

    /// All alerting rules, worst first.
    pub async fn alert_rules(self) -> Result<Vec<AlertRule>, Error> {
        let inner = self.inner.get_value();
        let _permit = inner.limiter.acquire(Priority::Page).await;
        inner.client.alert_rules().await
    }

    /// All targets, broken first.
    pub async fn targets(self) -> Result<Vec<ScrapeTarget>, Error> {
        let inner = self.inner.get_value();
        let _permit = inner.limiter.acquire(Priority::Page).await;
        inner.client.targets().await
    }

    /// The values of a label among the series of `window`. Answers are cached.
    pub async fn label_values(self, query: LabelValues, window: Window) -> Result<Vec<String>, Error> {
        let inner = self.inner.get_value();
        let asked = (query, window);
        let known = inner.options.borrow().iter().find(|(known, _)| *known == asked).map(|(_, values)| values.clone());
        if let Some(known) = known {
            return Ok(known);
        }
        let _permit = inner.limiter.acquire(Priority::Page).await;
        let values = inner.client.label_values(&asked.0, window).await?;
        let mut options = inner.options.borrow_mut();
        options.truncate(MAX_OPTIONS - 1);
        options.insert(0, (asked, values.clone()));
        Ok(values)
    }

    /// The answer to `ask` at the tick `now`. Equal queries that run at the same time share one answer. Their request is aborted when all
    /// of their futures are dropped.
    pub fn answer(self, ask: &SourceQuery, now: Millis) -> Pending<Outcome> {
        let inner = self.inner.get_value();
        let mut in_flight = inner.in_flight.borrow_mut();
        in_flight.retain(|(_, flight)| flight.upgrade().is_some_and(|flight| flight.peek().is_none()));
        let running = in_flight.iter().find(|(asked, _)| asked == ask).and_then(|(_, flight)| flight.upgrade());
        let flight = running.unwrap_or_else(|| {
            let flight: Shared<Pending<Outcome>> = Rc::clone(&inner).start(ask.clone(), now).shared();
            in_flight.extend(flight.downgrade().map(|flight| (ask.clone(), flight)));
            flight
        });
        Box::pin(flight)
    }
}

impl Inner {
    fn start(self: Rc<Self>, ask: SourceQuery, now: Millis) -> Pending<Outcome> {
        Box::pin(async move {
            let Answer { data, remarks } = match ask {
                SourceQuery::Range(query) => {
                    let Answer { data, remarks } = Rc::clone(&self).range(query, now).await?;
                    Answer { data: Reply::Range(data), remarks }
                }
                SourceQuery::Instant(query) => {
                    let _permit = self.limiter.acquire(Priority::Panel).await;
                    let (Answer { data, remarks }, times) = self.client.query(&query.expr, query.time).await?;
                    self.note(times);
                    Answer { data: Reply::Instant(data), remarks }
                }
            };
            Ok(Rc::new(Answer { data, remarks }))
        })
    }

    async fn range(self: Rc<Self>, query: RangeQuery, now: Millis) -> Result<Answer<Frame>, Error> {
        let mut remarks = Remarks::default();
        let mut rounds = if query.fixed { ROUNDS } else { 0 };
        while rounds > 0 {
            rounds -= 1;
            let missing = self.cache.borrow().missing(&query, now);
            let piece = |grid| -> Pending<_> { Box::pin(Rc::clone(&self).piece(query.expr.clone(), grid)) };
            let answers = all(missing.into_iter().map(piece).collect()).await;
            let mut cache = self.cache.borrow_mut();
            let mut failed = None;
            for answer in answers {
                match answer {
                    Ok((answer, times)) => {
                        // An answer with warnings may be incomplete: it is kept, but requested again.
                        let complete = answer.remarks.warnings.is_empty();
                        let computed = times.computed.unwrap_or(now - UNDATED).min(now);
                        cache.store(&query, &answer.data, now, complete.then_some(computed - query.overlap));
                        remarks.add(answer.remarks);
                    }
                    Err(error) => failed = Some(error),
                }
            }
            // The successful pieces stay in the cache for the next try.
            failed.map_or(Ok(()), Err)?;
            let read = cache.read(&query, now);
            cache.trim();
            if let Some(data) = read {
                return Ok(Answer { data, remarks });
            }
        }
        let grid = query.grid();
        self.piece(query.expr, grid).await.map(|(answer, _)| answer)
    }

    async fn piece(self: Rc<Self>, expr: String, grid: Grid) -> Result<(Answer<Frame>, Times), Error> {
        let _permit = self.limiter.acquire(Priority::Panel).await;
        let (answer, times) = self.client.query_range(&expr, grid).await?;
        self.note(times);
        Ok((answer, times))
    }

    fn note(&self, times: Times) {
        if clock::set_server_time(times.ahead) {
            self.set_ahead.try_set(clock::ahead());
        }
    }
}

/// Waits for all futures at once. There are few of them, so the larger implementation of `futures`, for thousands, is not needed.
pub async fn all<T>(mut pending: Vec<Pending<T>>) -> Vec<T> {
    let mut done: Vec<Option<T>> = pending.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (future, done) in pending.iter_mut().zip(&mut done) {
            // A future that is done must not be polled again.
            if done.is_none()
                && let Poll::Ready(answer) = future.as_mut().poll(context)
            {
                *done = Some(answer);
            }
        }
        if done.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}
