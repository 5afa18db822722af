//! Names of properties that come from outside and are chosen to collide.
//!
//! Boa 0.22 keeps the properties of an object in hash tables whose hash has no secret: whoever knows
//! it can send names that all fall into one bucket, and each costs as much as there are before it.
//! Here the same hash is counted, before the engine's table sees the name.

use std::collections::HashSet;
use std::hash::BuildHasher;

use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsError, JsObject};
use rustc_hash::FxBuildHasher;

use super::error::range_error;
use crate::limits::{COLLISIONS_PER_NAME, NAMES_UNCOUNTED};

/// The names given to one object so far. Costs nothing for the first few.
#[derive(Default)]
pub struct NameCounter {
    seen: usize,
    table: Option<Box<Table>>,
}

/// The buckets of a table as the engine's: a power of two, at most seven eighths of them in use.
#[derive(Default)]
struct Table {
    hashes: Vec<u64>,
    /// Names in each bucket.
    buckets: Vec<u32>,
    /// Comparisons that they cost.
    collisions: usize,
}

/// Names collide as they never do by chance.
#[derive(Debug)]
pub struct TooManyCollisions;

impl NameCounter {
    /// Counts a name that the object does not have. One that it has counts as another: then
    /// [`recount`](Self::recount).
    #[inline]
    pub fn note(&mut self, name: &PropertyKey) -> Result<(), TooManyCollisions> {
        self.seen += 1;
        if self.seen <= NAMES_UNCOUNTED {
            return Ok(());
        }
        self.table.get_or_insert_default().insert(hash(name))
    }

    /// Counts the names of `object` anew, some of which were noted more than once.
    #[cold]
    pub fn recount(
        &mut self,
        object: &JsObject,
        context: &mut Context,
    ) -> Result<(), TooManyCollisions> {
        *self = Self::default();
        // An ordinary object always has a list of its names.
        let names = object.own_property_keys(context).unwrap_or_default();
        names.iter().try_for_each(|name| self.note(name))
    }
}

/// Refuses names that collide, of which some may stand there more than once.
pub fn check_names(names: &[PropertyKey]) -> Result<(), TooManyCollisions> {
    let mut counter = NameCounter::default();
    if names.iter().all(|name| counter.note(name).is_ok()) {
        return Ok(());
    }
    let different: HashSet<&PropertyKey> = names.iter().collect();
    counter = NameCounter::default();
    different.into_iter().try_for_each(|name| counter.note(name))
}

/// As the engine's tables of names and of indices have it.
fn hash(name: &PropertyKey) -> u64 {
    match name {
        PropertyKey::Index(index) => FxBuildHasher.hash_one(index.get()),
        name => FxBuildHasher.hash_one(name),
    }
}

impl Table {
    fn insert(&mut self, hash: u64) -> Result<(), TooManyCollisions> {
        self.hashes.push(hash);
        if self.hashes.len() * 8 > self.buckets.len() * 7 {
            let buckets = (self.buckets.len() * 2).max(NAMES_UNCOUNTED * 2);
            self.buckets = vec![0; buckets];
            self.collisions = 0;
            for at in 0..self.hashes.len() {
                self.count(self.hashes[at]);
            }
        } else {
            self.count(hash);
        }
        let allowed = (self.hashes.len() + NAMES_UNCOUNTED) * COLLISIONS_PER_NAME;
        if self.collisions > allowed { Err(TooManyCollisions) } else { Ok(()) }
    }

    fn count(&mut self, hash: u64) {
        let mask = self.buckets.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "the low bits choose the bucket")]
        let bucket = &mut self.buckets[hash as usize & mask];
        self.collisions += *bucket as usize;
        *bucket += 1;
    }
}

impl From<TooManyCollisions> for JsError {
    fn from(_: TooManyCollisions) -> Self {
        range_error(
            "an object has too many property names with the same hash: they were chosen to make \
             the server slow",
        )
    }
}

#[cfg(test)]
mod tests {
    use boa_engine::js_string;

    use super::*;

    fn key(name: &str) -> PropertyKey {
        PropertyKey::from(js_string!(name))
    }

    fn count(names: impl IntoIterator<Item = String>) -> Result<(), TooManyCollisions> {
        let mut counter = NameCounter::default();
        names.into_iter().try_for_each(|name| counter.note(&key(&name)))
    }

    /// Names of the same hash: of twelve letters each, one of two pieces that weigh the same in it.
    #[cfg(target_pointer_width = "64")]
    fn colliding(bits: u32) -> impl Iterator<Item = String> {
        (0..1_u32 << bits).map(move |number| {
            let piece = |bit| if number >> bit & 1 == 0 { "azzaazzzzaaz" } else { "yvfnvvwpbafx" };
            (0..bits).map(piece).collect()
        })
    }

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn names_that_collide_are_refused_before_they_cost_anything() {
        let first = hash(&key(&colliding(12).next().unwrap()));
        assert!(colliding(12).all(|name| hash(&key(&name)) == first));
        let passed = (0..=12).take_while(|bits| count(colliding(*bits)).is_ok()).count();
        assert_eq!(passed, 7, "64 names are nothing, and 128 are too many");
    }

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn they_are_refused_among_others_too() {
        let others = (0..20_000).map(|number| format!("name{number}"));
        assert!(count(others.chain(colliding(10))).is_err());
    }

    #[test]
    fn names_that_share_a_bucket_only_are_refused_too() {
        // As an attacker searches for them: the low bits are equal, the rest is not.
        let sharing = (0..2_000_000)
            .map(|number: u32| number.to_string() + "x")
            .filter(|name| hash(&key(name)) & 0xFFF == 0x123);
        assert!(count(sharing).is_err());
        let sharing = (0..2_000_000)
            .filter(|number: &u32| hash(&PropertyKey::from(*number)) & 0xFFF == 0x123);
        let mut counter = NameCounter::default();
        assert!(sharing.map(PropertyKey::from).any(|index| counter.note(&index).is_err()));
    }

    #[test]
    fn names_of_honest_programs_pass() {
        const COUNT: u32 = 50_000;
        let patterns: [fn(u32) -> String; 10] = [
            |number| format!("user{number}"),
            |number| format!("{number:08}"),
            |number| format!("{number:x}"),
            |number| format!("{:08x}-0000-4000-8000-{:012x}", number.wrapping_mul(7919), number),
            |number| {
                format!(
                    "2024-01-{:02}T{:02}:{:02}",
                    number / 1440 % 31,
                    number / 60 % 24,
                    number % 60
                ) + &number.to_string()
            },
            |number| format!("/path/to/file-{number}.txt"),
            |number| format!("{number}.{number}"),
            |number| "a".repeat(number as usize % 64) + &(number / 64).to_string() + "b",
            |number| {
                char::from_u32(0x4E00 + number % 20_000)
                    .unwrap()
                    .to_string()
                    .repeat(number as usize / 20_000 + 1)
            },
            |number| (number * 1024).to_string(),
        ];
        for (at, pattern) in patterns.iter().enumerate() {
            assert!(count((0..COUNT).map(pattern)).is_ok(), "pattern {at}");
        }
    }
}
