use std::time::{Duration, Instant};

use crate::limits::MAX_PINGS_OUTSTANDING;
use crate::proto::ws::error::UsageError;
use crate::proto::ws::keepalive::*;

#[expect(
    clippy::disallowed_methods,
    reason = "any instant will do as the start of a simulated clock"
)]
fn start() -> Instant {
    Instant::now()
}

const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

const OFF: KeepaliveConfig = KeepaliveConfig {
    ping_interval: None,
    pong_timeout: None,
    idle_timeout: None,
    close_timeout: None,
};

/// Runs the clock as a host does, to `end`: what was due, and at which second.
fn run(keepalive: &mut Keepalive, start: Instant, end: u64) -> Vec<(u64, Action)> {
    let mut actions = Vec::new();
    while let Some(deadline) =
        keepalive.next_deadline().filter(|&deadline| deadline <= start + seconds(end))
    {
        let action = keepalive.handle_deadline(deadline);
        actions.push(((deadline - start).as_secs(), action));
        if !matches!(action, Action::None | Action::SendPing) {
            break;
        }
    }
    actions
}

#[test]
fn with_every_clock_off_nothing_is_ever_due() {
    let start = start();
    let zero = Some(Duration::ZERO);
    let zero = KeepaliveConfig {
        ping_interval: zero,
        pong_timeout: zero,
        idle_timeout: zero,
        close_timeout: zero,
    };
    for config in [OFF, zero] {
        let mut keepalive = Keepalive::new(config, start);
        assert_eq!(keepalive.next_deadline(), None);
        keepalive.close_started(start);
        assert_eq!(keepalive.next_deadline(), None);
        assert_eq!(keepalive.handle_deadline(start + seconds(1 << 30)), Action::None);
    }
}

#[test]
fn a_silent_peer_is_pinged_and_then_dead() {
    let start = start();
    let config = KeepaliveConfig {
        ping_interval: Some(seconds(25)),
        pong_timeout: Some(seconds(20)),
        ..OFF
    };
    let mut keepalive = Keepalive::new(config, start);
    assert_eq!(
        run(&mut keepalive, start, 100),
        [(25, Action::SendPing), (45, Action::PongTimedOut)]
    );
}

#[test]
fn any_byte_proves_life() {
    let start = start();
    let config = KeepaliveConfig {
        ping_interval: Some(seconds(25)),
        pong_timeout: Some(seconds(20)),
        ..OFF
    };
    let mut keepalive = Keepalive::new(config, start);
    assert_eq!(keepalive.handle_deadline(start + seconds(25)), Action::SendPing);
    keepalive.handle_received(start + seconds(44));
    assert_eq!(
        run(&mut keepalive, start, 100),
        [(69, Action::SendPing), (89, Action::PongTimedOut)]
    );
}

#[test]
fn a_busy_peer_is_never_pinged() {
    let start = start();
    let config = KeepaliveConfig { ping_interval: Some(seconds(25)), ..OFF };
    let mut keepalive = Keepalive::new(config, start);
    for second in 0..100 {
        let now = start + seconds(second);
        keepalive.handle_received(now);
        assert_eq!(keepalive.handle_deadline(now), Action::None);
    }
}

#[test]
fn a_timer_armed_before_bytes_came_finds_nothing_due() {
    let start = start();
    let config = KeepaliveConfig { ping_interval: Some(seconds(25)), ..OFF };
    let mut keepalive = Keepalive::new(config, start);
    let armed = keepalive.next_deadline().unwrap();
    keepalive.handle_received(start + seconds(10));
    assert_eq!(keepalive.handle_deadline(armed), Action::None);
    assert_eq!(keepalive.next_deadline(), Some(start + seconds(35)));
}

#[test]
fn without_a_limit_on_pongs_pings_go_on() {
    let start = start();
    let config = KeepaliveConfig { ping_interval: Some(seconds(10)), ..OFF };
    let pings = [10, 20, 30, 40].map(|second| (second, Action::SendPing));
    assert_eq!(run(&mut Keepalive::new(config, start), start, 45), pings);
}

#[test]
fn pongs_do_not_keep_an_idle_peer() {
    let start = start();
    let config = KeepaliveConfig {
        ping_interval: Some(seconds(10)),
        idle_timeout: Some(seconds(25)),
        ..OFF
    };
    let mut keepalive = Keepalive::new(config, start);
    for second in [5, 12, 19, 24] {
        keepalive.handle_received(start + seconds(second));
        assert_eq!(keepalive.handle_deadline(start + seconds(second)), Action::None);
    }
    assert_eq!(run(&mut keepalive, start, 100), [(25, Action::IdleTimedOut)]);
    keepalive.handle_message(start + seconds(24));
    assert_eq!(keepalive.next_deadline(), Some(start + seconds(34)));
}

#[test]
fn once_closing_only_the_close_timeout_counts() {
    let start = start();
    let config = KeepaliveConfig {
        ping_interval: Some(seconds(1)),
        pong_timeout: Some(seconds(1)),
        idle_timeout: Some(seconds(1)),
        ..KeepaliveConfig::default()
    };
    let mut keepalive = Keepalive::new(config, start);
    keepalive.close_started(start);
    keepalive.close_started(start + seconds(3));
    assert_eq!(keepalive.handle_deadline(start + seconds(4)), Action::None);
    // Bytes are no answer.
    keepalive.handle_received(start + seconds(4));
    assert_eq!(run(&mut keepalive, start, 100), [(5, Action::CloseTimedOut)]);
}

#[test]
fn a_deadline_beyond_all_time_is_never_due() {
    let start = start();
    let config = KeepaliveConfig { idle_timeout: Some(Duration::MAX), ..OFF };
    assert_eq!(Keepalive::new(config, start).next_deadline(), None);
}

#[test]
fn a_late_timer_reports_death_before_idleness() {
    let start = start();
    let config = KeepaliveConfig {
        ping_interval: Some(seconds(1)),
        pong_timeout: Some(seconds(1)),
        idle_timeout: Some(seconds(1)),
        ..OFF
    };
    let mut keepalive = Keepalive::new(config, start);
    keepalive.handle_message(start + seconds(1));
    assert_eq!(keepalive.handle_deadline(start + seconds(1)), Action::SendPing);
    assert_eq!(keepalive.handle_deadline(start + seconds(60)), Action::PongTimedOut);
}

fn pong(trips: &mut RoundTrips<u32>, payload: &[u8], now: Instant) -> Vec<(u32, Duration)> {
    trips.handle_pong(payload, now).collect()
}

#[test]
fn a_pong_ends_its_ping_and_all_before() {
    let start = start();
    let mut trips = RoundTrips::default();
    for (wait, payload) in [(1, b"a"), (2, b"b"), (3, b"c")] {
        trips.handle_ping_sent(payload, wait, start + seconds(wait.into()));
    }
    let now = start + seconds(10);
    assert_eq!(pong(&mut trips, b"x", now), []);
    assert_eq!(pong(&mut trips, b"b", now), [(1, seconds(9)), (2, seconds(8))]);
    assert_eq!(pong(&mut trips, b"b", now), []);
    assert_eq!(trips.drain().collect::<Vec<_>>(), [3]);
    assert_eq!(pong(&mut trips, b"c", now), []);
}

#[test]
fn equal_payloads_are_answered_in_order() {
    let start = start();
    let mut trips = RoundTrips::default();
    trips.handle_ping_sent(b"", 1, start);
    trips.handle_ping_sent(b"", 2, start);
    assert_eq!(pong(&mut trips, b"", start), [(1, Duration::ZERO)]);
    assert_eq!(pong(&mut trips, b"", start), [(2, Duration::ZERO)]);
}

#[test]
fn a_chosen_payload_is_not_in_use() {
    let start = start();
    let mut trips = RoundTrips::default();
    trips.handle_ping_sent(&[0, 0, 0, 1], 1, start);
    assert_eq!(trips.unique_payload(), [0, 0, 0, 2]);
    assert_eq!(trips.unique_payload(), [0, 0, 0, 3]);
}

#[test]
fn pings_that_nobody_answers_have_a_limit() {
    let start = start();
    let mut trips = RoundTrips::default();
    for wait in 0..MAX_PINGS_OUTSTANDING {
        assert_eq!(trips.check(b"x"), Ok(()));
        trips.handle_ping_sent(b"x", wait, start);
    }
    assert_eq!(
        trips.check(b"x"),
        Err(UsageError::TooManyPings { outstanding: MAX_PINGS_OUTSTANDING })
    );
    assert_eq!(trips.check(&[0; 126]), Err(UsageError::ControlTooLong { length: 126 }));
}

#[test]
fn a_pong_tells_what_the_ping_before_it_took() {
    let start = start();
    let config = KeepaliveConfig { ping_interval: Some(seconds(10)), ..OFF };
    let mut keepalive = Keepalive::new(config, start);
    assert_eq!(keepalive.handle_pong(start), None);
    assert_eq!(keepalive.handle_deadline(start + seconds(10)), Action::SendPing);
    let now = start + Duration::from_millis(10_030);
    keepalive.handle_received(now);
    assert_eq!(keepalive.handle_pong(now), Some(Duration::from_millis(30)));
    assert_eq!(keepalive.handle_pong(now), None);
    assert_eq!((keepalive.opened_at(), keepalive.received_at()), (start, now));
    assert_eq!(keepalive.next_deadline(), Some(now + seconds(10)));
}
