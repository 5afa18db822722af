//! What a process has used: CPU time and memory, read from `/proc` (Linux only).

use std::collections::BTreeMap;
use std::{fs, io};

use crate::failure::Failure;

/// One process, watched from outside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Process {
    pid: u32,
}

/// CPU time used so far.
#[derive(Debug)]
pub(crate) struct CpuSample {
    /// Nanoseconds on a CPU by thread, from `/proc/PID/task/TID/schedstat`; empty when the kernel
    /// keeps none.
    threads: BTreeMap<u32, u64>,
    /// User and system time of the process in clock ticks, threads that ended included.
    ticks: u64,
}

/// Memory of a process, in KiB.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Memory {
    pub(crate) resident_kib: u64,
    pub(crate) peak_kib: u64,
}

impl Process {
    pub(crate) const fn new(pid: u32) -> Self {
        Self { pid }
    }

    pub(crate) fn this() -> Self {
        Self::new(std::process::id())
    }

    pub(crate) fn cpu(self) -> Result<CpuSample, Failure> {
        let stat = self.read("stat")?;
        let ticks = ticks(&stat).ok_or_else(|| self.unreadable("stat"))?;
        Ok(CpuSample { threads: self.threads(), ticks })
    }

    fn threads(self) -> BTreeMap<u32, u64> {
        let directory = fs::read_dir(format!("/proc/{}/task", self.pid));
        let tasks = directory.into_iter().flatten().flatten();
        tasks
            .filter_map(|task| {
                let text = fs::read_to_string(task.path().join("schedstat")).ok()?;
                let nanoseconds = text.split_ascii_whitespace().next()?.parse().ok()?;
                Some((task.file_name().to_str()?.parse().ok()?, nanoseconds))
            })
            .collect()
    }

    pub(crate) fn memory(self) -> Result<Memory, Failure> {
        let status = self.read("status")?;
        let field = |name| kib(&status, name).ok_or_else(|| self.unreadable("status"));
        Ok(Memory { resident_kib: field("VmRSS:")?, peak_kib: field("VmHWM:")? })
    }

    fn read(self, file: &str) -> Result<String, Failure> {
        fs::read_to_string(format!("/proc/{}/{file}", self.pid))
            .map_err(Failure::system(format!("reading {file} of process {}", self.pid)))
    }

    fn unreadable(self, file: &str) -> Failure {
        let source = io::Error::from(io::ErrorKind::InvalidData);
        Failure::System { doing: format!("understanding {file} of process {}", self.pid), source }
    }
}

impl CpuSample {
    /// Nanoseconds of CPU used so far by the threads that there are.
    pub(crate) fn total_ns(&self) -> u64 {
        self.since(&Self { threads: BTreeMap::new(), ticks: 0 })
    }

    /// Nanoseconds of CPU used since `earlier`.
    pub(crate) fn since(&self, earlier: &Self) -> u64 {
        // A tick is 10 ms in `/proc` whatever the kernel runs at (USER_HZ).
        const TICK_NS: u64 = 10_000_000;
        let ended = earlier.threads.keys().any(|thread| !self.threads.contains_key(thread));
        if self.threads.is_empty() || ended {
            // A thread took its own account with it: the coarser one has it still.
            return self.ticks.saturating_sub(earlier.ticks) * TICK_NS;
        }
        let used = |(thread, &now): (&u32, &u64)| {
            now.saturating_sub(earlier.threads.get(thread).copied().unwrap_or(0))
        };
        self.threads.iter().map(used).sum()
    }
}

/// `utime + stime`, fields 14 and 15 of proc(5). The second field, the name, may hold anything.
fn ticks(stat: &str) -> Option<u64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_ascii_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<u64>().ok();
    Some(next()? + next()?)
}

fn kib(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_found_behind_a_hostile_name() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194560 900 0 0 0 12 30 0 0 20 0 1 0 88 0 0";
        assert_eq!(ticks(stat), Some(42));
        assert_eq!(ticks("7 (x) S 1"), None);
    }

    #[test]
    fn own_figures_are_plausible_and_grow() {
        let before = Process::this().cpu().unwrap();
        let mut sum = 0_u64;
        for i in 0..30_000_000_u64 {
            sum = std::hint::black_box(sum ^ i.wrapping_mul(0x9E37_79B9));
        }
        let used = Process::this().cpu().unwrap().since(&before);
        assert!(used > 100_000, "{used} ns");
        let memory = Process::this().memory().unwrap();
        assert!(memory.resident_kib > 100 && memory.peak_kib >= memory.resident_kib);
    }

    #[test]
    fn a_thread_that_ended_sends_the_account_to_the_ticks() {
        let sample = |threads: &[(u32, u64)], ticks| CpuSample {
            threads: threads.iter().copied().collect(),
            ticks,
        };
        let before = sample(&[(1, 100), (2, 50)], 7);
        assert_eq!(sample(&[(1, 150), (2, 60), (3, 9)], 7).since(&before), 69);
        assert_eq!(sample(&[(1, 150)], 9).since(&before), 20_000_000);
        assert_eq!(sample(&[], 8).since(&sample(&[], 7)), 10_000_000);
    }

    #[test]
    fn a_process_that_is_not_there_is_an_error() {
        assert!(Process::new(u32::MAX).cpu().is_err());
        assert!(Process::new(u32::MAX).memory().is_err());
    }
}
