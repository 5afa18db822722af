//! Token buckets: so much in a time, of which some may come at once. The time is an argument.

use std::time::{Duration, Instant};

/// How fast something may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// So much,
    pub count: u64,
    /// in this time, which is not zero.
    pub per: Duration,
    /// As much as may come at once, after a while in which nothing has.
    pub burst: u64,
}

/// What may come at the moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bucket {
    tokens: f64,
    filled_at: Instant,
}

impl Rate {
    /// So much a second, which may all come at once.
    pub fn per_second(count: u64) -> Self {
        Self { count, per: Duration::from_secs(1), burst: count }
    }

    #[expect(clippy::cast_precision_loss, reason = "options end far below 2^53")]
    fn per_sec(&self) -> f64 {
        self.count as f64 / self.per.as_secs_f64()
    }

    #[expect(clippy::cast_precision_loss, reason = "options end far below 2^53")]
    fn most(&self) -> f64 {
        self.burst as f64
    }
}

impl Bucket {
    pub(super) fn full(rate: &Rate, now: Instant) -> Self {
        Self { tokens: rate.most(), filled_at: now }
    }

    fn refill(&mut self, rate: &Rate, now: Instant) {
        let since = now.saturating_duration_since(self.filled_at);
        self.filled_at = now;
        self.tokens = rate.most().min(self.tokens + rate.per_sec() * since.as_secs_f64());
    }

    /// Takes one, if there is one.
    pub(super) fn take(&mut self, rate: &Rate, now: Instant) -> bool {
        self.refill(rate, now);
        let has = self.tokens >= 1.0;
        self.tokens -= if has { 1.0 } else { 0.0 };
        has
    }

    /// Takes as many as have come already, whether they are there or not, and tells how long it
    /// takes until none is owed.
    #[expect(clippy::cast_precision_loss, reason = "messages are far smaller than 2^53 bytes")]
    pub(super) fn spend(&mut self, count: u64, rate: &Rate, now: Instant) -> Option<Duration> {
        self.refill(rate, now);
        self.tokens -= count as f64;
        (self.tokens < 0.0).then(|| Self::time_for(-self.tokens, rate))
    }

    /// How long it takes until there is one.
    pub(super) fn wait(&self, rate: &Rate) -> Duration {
        Self::time_for(1.0 - self.tokens, rate)
    }

    /// Whether nothing has been taken for so long that it is as good as a new one.
    pub(super) fn is_full(&mut self, rate: &Rate, now: Instant) -> bool {
        self.refill(rate, now);
        self.tokens >= rate.most()
    }

    fn time_for(tokens: f64, rate: &Rate) -> Duration {
        Duration::try_from_secs_f64(tokens / rate.per_sec()).unwrap_or(Duration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::reactor::monotonic_clock;

    #[test]
    fn a_burst_comes_at_once_and_the_rest_in_time() {
        let rate = Rate { count: 10, per: Duration::from_secs(2), burst: 3 };
        let start = monotonic_clock();
        let after = |ms| start + Duration::from_millis(ms);
        let mut bucket = Bucket::full(&rate, start);
        let taken: Vec<bool> = (0..4).map(|_| bucket.take(&rate, start)).collect();
        assert_eq!(taken, [true, true, true, false]);
        assert_eq!(bucket.wait(&rate), Duration::from_millis(200));
        assert!(!bucket.take(&rate, after(199)) && bucket.take(&rate, after(200)));
        assert!(!bucket.is_full(&rate, after(700)) && bucket.is_full(&rate, after(801)));
        // No more than the burst is ever there.
        assert_eq!((0..9).filter(|_| bucket.take(&rate, after(60_000))).count(), 3);
    }

    #[test]
    fn what_has_come_is_owed() {
        let rate = Rate { count: 1000, per: Duration::from_secs(1), burst: 1000 };
        let start = monotonic_clock();
        let mut bucket = Bucket::full(&rate, start);
        assert_eq!(bucket.spend(1000, &rate, start), None);
        assert_eq!(bucket.spend(500, &rate, start), Some(Duration::from_millis(500)));
        let later = start + Duration::from_millis(500);
        assert_eq!(bucket.spend(0, &rate, later), None);
        assert_eq!(bucket.spend(1, &rate, later), Some(Duration::from_millis(1)));
    }
}
