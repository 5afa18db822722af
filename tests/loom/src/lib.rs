//! Every order in which threads can meet at a bell, tried one by one: nobody sleeps while there is
//! something to take, and nothing is taken twice.
//!
//! `cargo test --manifest-path tests/loom/Cargo.toml` reads the file of the product, with loom's
//! locks in the place of the standard library's.

#[path = "../../../src/net/bell.rs"]
mod bell;

mod sync {
    pub(super) use loom::sync::{Mutex, MutexGuard};
}

#[cfg(test)]
mod tests {
    use loom::sync::{Arc, Mutex, Notify};
    use loom::thread;

    use super::bell::{Bell, Wake};

    /// As the reactor's waker: a sleep that it ends may begin after it.
    struct Waker(Notify);

    struct Line {
        waiting: Mutex<Vec<u32>>,
        bell: Bell<Arc<Waker>>,
        waker: Arc<Waker>,
    }

    // The bell has the one handle, and the loop the other.
    impl Wake for Arc<Waker> {
        fn wake(&self) {
            self.0.notify();
        }
    }

    fn line() -> Arc<Line> {
        let waker = Arc::new(Waker(Notify::new()));
        let (waiting, bell) = (Mutex::new(Vec::new()), Bell::new(waker.clone()));
        Arc::new(Line { waiting, bell, waker })
    }

    /// The loop of a host: it looks, hands on, and sleeps if it may.
    fn take(line: &Line, count: usize) -> Vec<u32> {
        let mut taken = Vec::new();
        loop {
            line.bell.take();
            taken.append(&mut line.waiting.lock().unwrap());
            if taken.len() == count {
                return taken;
            }
            if line.bell.rest() {
                // Whoever sleeps for ever is a deadlock, which loom finds.
                line.waker.0.wait();
            }
        }
    }

    fn put(line: &Line, number: u32) {
        line.waiting.lock().unwrap().push(number);
        line.bell.ring();
    }

    #[test]
    fn nobody_sleeps_while_one_thread_puts_two_things() {
        loom::model(|| {
            let line = line();
            let other = line.clone();
            let putting = thread::spawn(move || {
                put(&other, 1);
                put(&other, 2);
            });
            assert_eq!(take(&line, 2), [1, 2]);
            putting.join().unwrap();
        });
    }

    #[test]
    fn nobody_sleeps_while_two_threads_put_something() {
        let mut model = loom::model::Builder::new();
        // All orders of three threads are too many; those with a few switches find what there is.
        model.preemption_bound = Some(2);
        model.check(|| {
            let line = line();
            let threads: Vec<_> = [1, 2]
                .map(|number| {
                    let line = line.clone();
                    thread::spawn(move || put(&line, number))
                })
                .into();
            let mut taken = take(&line, 2);
            taken.sort_unstable();
            assert_eq!(taken, [1, 2]);
            for thread in threads {
                thread.join().unwrap();
            }
        });
    }
}
