//! Latencies in logarithmic buckets: constant memory, no sorting, under 1% off.

use std::time::Duration;

/// Each power of two is cut in this many buckets.
const STEPS: u64 = 128;
const STEP_BITS: u32 = STEPS.trailing_zeros();
/// Up to 2^40 ns, 18 minutes; longer ones are counted in the last bucket.
const BITS: u32 = 40;
const BUCKETS: usize = ((BITS - STEP_BITS + 1) as usize) << STEP_BITS;

/// A histogram of durations, in nanoseconds.
#[derive(Debug)]
pub(crate) struct Histogram {
    buckets: Vec<u64>,
    count: u64,
    max: u64,
}

impl Histogram {
    pub(crate) fn new() -> Self {
        Self { buckets: vec![0; BUCKETS], count: 0, max: 0 }
    }

    pub(crate) fn record(&mut self, duration: Duration) {
        let nanoseconds = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        self.buckets[index(nanoseconds)] += 1;
        self.count += 1;
        self.max = self.max.max(nanoseconds);
    }

    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    /// The longest one, exactly.
    pub(crate) fn max_us(&self) -> f64 {
        microseconds(self.max)
    }

    /// The value that `per_mille` thousandths of the durations do not exceed, in microseconds:
    /// 500 for the median. `None` without any.
    pub(crate) fn quantile_us(&self, per_mille: u64) -> Option<f64> {
        let rank = (u128::from(self.count) * u128::from(per_mille)).div_ceil(1000).max(1);
        let mut seen = 0;
        for (bucket, &count) in self.buckets.iter().enumerate() {
            seen += u128::from(count);
            if seen >= rank {
                return Some(microseconds(upper(bucket).min(self.max)));
            }
        }
        None
    }
}

#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53 ns, which is 104 days")]
fn microseconds(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1000.0
}

/// Values under `STEPS` have a bucket each; above, the leading bits choose it.
fn index(value: u64) -> usize {
    let value = value.min((1 << BITS) - 1);
    let shift = (u64::BITS - value.leading_zeros()).saturating_sub(STEP_BITS + 1);
    let within = value >> shift;
    let bucket = (u64::from(shift) << STEP_BITS) + within;
    usize::try_from(bucket).map_or(BUCKETS - 1, |bucket| bucket.min(BUCKETS - 1))
}

/// The largest value of a bucket.
fn upper(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    if bucket < 2 * STEPS {
        return bucket;
    }
    let shift = bucket / STEPS - 1;
    let within = bucket - shift * STEPS;
    ((within + 1) << shift) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_in_order_without_gaps() {
        let mut previous = 0;
        for bucket in 1..BUCKETS {
            assert_eq!(index(upper(bucket)), bucket);
            assert_eq!(index(upper(bucket - 1) + 1), bucket);
            assert!(upper(bucket) > previous);
            previous = upper(bucket);
        }
        assert_eq!(upper(BUCKETS - 1), (1 << BITS) - 1);
        assert_eq!(index(u64::MAX), BUCKETS - 1);
    }

    #[test]
    fn no_value_is_more_than_one_percent_off() {
        let mut value: u64 = 1;
        while value < 1 << BITS {
            let shown = upper(index(value));
            assert!(shown >= value && (shown - value) * 100 <= value, "{value} shown as {shown}");
            value += value / 3 + 1;
        }
    }

    #[test]
    fn quantiles_of_one_to_a_thousand_microseconds() {
        let mut histogram = Histogram::new();
        assert_eq!(histogram.quantile_us(500), None);
        for i in 1..=1000 {
            histogram.record(Duration::from_micros(i));
        }
        for (per_mille, expected) in [(1, 1.0), (500, 500.0), (990, 990.0), (999, 999.0)] {
            let got = histogram.quantile_us(per_mille).unwrap();
            assert!((got - expected).abs() <= expected / 100.0, "{per_mille}: {got}");
        }
        assert!((histogram.quantile_us(1000).unwrap() - 1000.0).abs() < f64::EPSILON);
        assert!((histogram.max_us() - 1000.0).abs() < f64::EPSILON);
    }
}
