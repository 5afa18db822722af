//! Buses over a broker in a simulated network with simulated time: many random schedules, each of
//! which a number repeats.
//!
//! ```text
//! numbers   chance that can be repeated
//! server    servers of NATS, as far as a bus needs them, joined to a cluster
//! network   connections that delay, break, stall and go silent
//! node      a hub's end of its bus
//! world     all of it, and what happens by chance
//! oracle    what was promised
//! ```
//!
//! `KRANDOG_SCHEDULES=100000` runs so many, `KRANDOG_SEED=17` that one alone.

mod network;
mod node;
mod numbers;
mod oracle;
mod server;
mod world;

use numbers::Numbers;
use world::{Faults, Shape, World};

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
#[expect(clippy::print_stderr, reason = "what it has tried, and how to repeat it")]
fn promises_hold_whatever_happens_to_the_network() {
    let (first, count) = match setting("KRANDOG_SEED") {
        Some(seed) => (seed, 1),
        None => (1, setting("KRANDOG_SCHEDULES").unwrap_or(1_000)),
    };
    let mut total = oracle::Tally::default();
    for seed in first..first + count {
        let numbers = Numbers::new(seed);
        let mut world = World::new(Shape::by_chance(&numbers), Faults::All, numbers);
        let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            world.run();
            world.settle();
            world.check()
        }));
        match ran {
            Ok(tally) => total.add(&tally),
            Err(panic) => {
                eprintln!("KRANDOG_SEED={seed} repeats it\n{}", world.story());
                std::panic::resume_unwind(panic);
            }
        }
    }
    eprintln!("{count} schedules from {first} on: {total:?}");
    // It has seen what it is about.
    if count >= 1_000 {
        assert!(total.is_varied(), "{total:?}");
    }
}

#[test]
fn where_nothing_breaks_nothing_is_missing_and_no_gap_is_told() {
    for seed in 1..=100 {
        let numbers = Numbers::new(seed);
        let mut world = World::new(Shape::by_chance(&numbers), Faults::None, numbers);
        world.run();
        world.settle();
        let tally = world.check();
        assert_eq!((tally.gaps, tally.lost), (0, 0), "KRANDOG_SEED={seed}\n{}", world.story());
    }
}

/// What each node is sent, and what servers take, where each room has three members.
fn traffic(nodes: usize) -> (usize, usize) {
    let shape = Shape { nodes, servers: 1, rooms: 1_000, patterns: false, acts: 0 };
    let mut world = World::new(shape, Faults::None, Numbers::new(1));
    for room in 0..1_000 {
        for member in 0..3 {
            world.join((room * 7 + member * 13) % nodes, room);
        }
    }
    world.advance(5_000);
    let before = world.traffic();
    for room in 0..1_000 {
        // One of the three: the other two are sent it.
        world.publish((room * 7) % nodes, Some(room));
    }
    world.advance(5_000);
    world.check();
    let after = world.traffic();
    (after.0 - before.0, after.1 - before.1)
}

#[test]
fn traffic_grows_with_interest_and_not_with_nodes() {
    let few = traffic(40);
    let many = traffic(100);
    assert_eq!(few, (1_000, 2_000));
    assert_eq!(many, few);
}
