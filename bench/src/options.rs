//! The command line.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use lexopt::Arg;

use crate::failure::Failure;

/// The text of `--help`.
pub(crate) const USAGE: &str = "\
krandog-bench MODE --url URL [options]      loads a server on the loopback interface, and measures it

  echo      messages answered with themselves           --connections 32 --size 32 --in-flight 1 [--binary]
  large     the same with other defaults                --connections 4 --size 65536
  json      a JSON message, its number n raised by one  --connections 32 --in-flight 1
  compressed  JSON text that comes back as it is, both ways by permessage-deflate
                                                        --connections 32 --size 1024 --in-flight 1 [--takeover]
  fanout    one sends, all receive                      --clients 1000 --size 31 [--rate N] [--rounds N]
                                                        [--compressed [--takeover]]
  churn     connect, echo once, close, again            --connections 16
  idle      memory of open connections                  --connections 5000 [--compressed [--takeover]]
  http      GET on kept-alive connections               --connections 32
  startup   two commands, alternately                   --a 'COMMAND' --b 'COMMAND' --runs 20
  listen    two servers, alternately, up to their first connection and reply: the same options

  --url URL           ws://127.0.0.1:PORT/path, http://127.0.0.1:PORT/ for http; wss: and https: speak TLS
  --ca FILE           the certificate that a server with TLS has to show, or its authority's, in PEM
  --resume            churn with TLS: every connection but the first resumes the session before it
  --server-pid PID    report CPU time and memory of this process
  --seconds N         measured time (3)           --warm-up N   time before it, not counted (1)
  --takeover          compression keeps its context from one message to the next; without it neither side may
  --limit N           stop after N messages, deliveries, cycles or requests
  --rate N            fanout: N rounds a second; without it a round begins when all have the last one
  --json              one line of JSON instead of text
";

/// What to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Echo,
    Large,
    Json,
    Compressed,
    Fanout,
    Churn,
    Idle,
    Http,
    Startup,
    Listen,
}

/// Everything the command line says, with the mode's defaults filled in.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) mode: Mode,
    pub(crate) target: Target,
    pub(crate) connections: usize,
    pub(crate) size: usize,
    pub(crate) in_flight: usize,
    pub(crate) binary: bool,
    pub(crate) length: Duration,
    pub(crate) warm_up: Duration,
    pub(crate) limit: Option<u64>,
    rounds: Option<u64>,
    pub(crate) rate: Option<u32>,
    pub(crate) server_pid: Option<u32>,
    pub(crate) json: bool,
    pub(crate) runs: usize,
    pub(crate) commands: [Vec<String>; 2],
}

/// Where the server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    pub(crate) path: String,
    /// Whether its messages are to be compressed.
    pub(crate) compression: Compression,
    pub(crate) tls: Option<TlsTarget>,
}

/// How to speak TLS with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TlsTarget {
    /// A file with the certificate to trust.
    pub(crate) ca: String,
    /// Whether sessions are to be resumed.
    pub(crate) resume: bool,
}

/// How permessage-deflate is to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    /// It is not offered.
    None,
    /// Every message by itself, in both directions.
    EachMessage,
    /// Both sides keep their context.
    Takeover,
}

impl Mode {
    const ALL: [(&'static str, Self); 10] = [
        ("echo", Self::Echo),
        ("large", Self::Large),
        ("json", Self::Json),
        ("compressed", Self::Compressed),
        ("fanout", Self::Fanout),
        ("churn", Self::Churn),
        ("idle", Self::Idle),
        ("http", Self::Http),
        ("startup", Self::Startup),
        ("listen", Self::Listen),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, mode)| *mode == self).map_or("", |(name, _)| name)
    }

    /// The options that mean something in this mode, besides `--json`.
    const fn takes(self) -> &'static [&'static str] {
        match self {
            Self::Echo | Self::Large => &["connections", "size", "in-flight", "binary", "timed"],
            Self::Json => &["connections", "in-flight", "timed"],
            Self::Fanout => {
                &["clients", "size", "rate", "rounds", "compressed", "takeover", "timed"]
            }
            Self::Churn => &["connections", "resume", "timed"],
            Self::Http => &["connections", "timed"],
            Self::Compressed => &["connections", "size", "in-flight", "takeover", "timed"],
            Self::Idle => &["connections", "compressed", "takeover", "url", "ca", "server-pid"],
            Self::Startup | Self::Listen => &["a", "b", "runs"],
        }
    }

    fn allows(self, option: &str) -> bool {
        const TIMED: [&str; 6] = ["url", "ca", "server-pid", "seconds", "warm-up", "limit"];
        let takes = self.takes();
        takes.contains(&option) || takes.contains(&"timed") && TIMED.contains(&option)
    }

    const fn connections(self) -> usize {
        match self {
            Self::Large => 4,
            Self::Fanout => 1000,
            Self::Churn => 16,
            Self::Idle => 5000,
            _ => 32,
        }
    }
}

/// Reads the arguments after the program's name; `None` asks for the help text.
pub(crate) fn parse(
    arguments: impl IntoIterator<Item = impl Into<std::ffi::OsString>>,
) -> Result<Option<Options>, Failure> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let usage = |error: lexopt::Error| Failure::Usage(error.to_string());
    let mode = match parser.next().map_err(usage)? {
        Some(Arg::Value(name)) => {
            let found = Mode::ALL.iter().find(|(known, _)| name == *known);
            let unknown = || Failure::Usage(format!("no such mode: {}", name.display()));
            found.ok_or_else(unknown)?.1
        }
        Some(Arg::Long("help") | Arg::Short('h')) | None => return Ok(None),
        Some(other) => return Err(usage(other.unexpected())),
    };
    let mut options = Options::new(mode);
    let (mut url, mut compressed, mut takeover) = (None, mode == Mode::Compressed, false);
    let (mut ca, mut resume) = (None, false);
    while let Some(argument) = parser.next().map_err(usage)? {
        let Arg::Long(name) = argument else { return Err(usage(argument.unexpected())) };
        let name = name.to_owned();
        match name.as_str() {
            "help" => return Ok(None),
            "json" => options.json = true,
            name if !mode.allows(name) => {
                return Err(Failure::Usage(format!("{} has no option --{name}", mode.name())));
            }
            "binary" => options.binary = true,
            "compressed" => compressed = true,
            "takeover" => takeover = true,
            "resume" => resume = true,
            name => {
                let value = parser.value().map_err(usage)?;
                let value = value.into_string().map_err(|value| usage(value.into()))?;
                match name {
                    "url" => url = Some(value),
                    "ca" => ca = Some(value),
                    _ => options.set(name, &value)?,
                }
            }
        }
    }
    let secure = options.check(url)?;
    options.target.tls = match (secure, ca) {
        (true, Some(ca)) => Some(TlsTarget { ca, resume }),
        (true, None) => return Err(Failure::Usage("which certificate: --ca?".into())),
        (false, None) if !resume => None,
        (false, _) => return Err(Failure::Usage("--ca and --resume need a wss: URL".into())),
    };
    options.target.compression = match (compressed, takeover) {
        (true, true) => Compression::Takeover,
        (true, false) => Compression::EachMessage,
        (false, false) => Compression::None,
        (false, true) => return Err(Failure::Usage("--takeover without --compressed".into())),
    };
    Ok(Some(options))
}

impl Options {
    fn new(mode: Mode) -> Self {
        let compression = Compression::None;
        Self {
            mode,
            target: Target {
                address: (Ipv4Addr::LOCALHOST, 0).into(),
                path: "/".into(),
                compression,
                tls: None,
            },
            connections: mode.connections(),
            size: match mode {
                Mode::Large => 65_536,
                Mode::Compressed => 1024,
                _ => 32,
            },
            in_flight: 1,
            binary: false,
            length: Duration::from_secs(3),
            warm_up: Duration::from_secs(1),
            limit: None,
            rounds: None,
            rate: None,
            server_pid: None,
            json: false,
            runs: 20,
            commands: [Vec::new(), Vec::new()],
        }
    }

    /// One option with a value. The ranges keep a run bounded.
    fn set(&mut self, name: &str, value: &str) -> Result<(), Failure> {
        let whole = |low: u64, high: u64| {
            let number = value.parse().ok().filter(|number| (low..=high).contains(number));
            number.ok_or_else(|| {
                Failure::Usage(format!("--{name} takes a number from {low} to {high}: {value}"))
            })
        };
        let count = |low, high| whole(low, high).map(|number| usize::try_from(number).unwrap_or(0));
        let seconds = |high: f64| {
            let number = value.parse().ok().filter(|number| (0.0..=high).contains(number));
            number.map(Duration::from_secs_f64).ok_or_else(|| {
                Failure::Usage(format!("--{name} takes a number from 0 to {high}: {value}"))
            })
        };
        match name {
            "connections" | "clients" => self.connections = count(1, 100_000)?,
            "size" => self.size = count(1, 16 << 20)?,
            "in-flight" => self.in_flight = count(1, 1024)?,
            "seconds" => self.length = seconds(300.0)?,
            "warm-up" => self.warm_up = seconds(60.0)?,
            "limit" => self.limit = Some(whole(1, u64::MAX)?),
            "rounds" => self.rounds = Some(whole(1, 1_000_000_000)?),
            "rate" => self.rate = u32::try_from(whole(1, 1_000_000)?).ok(),
            "server-pid" => self.server_pid = u32::try_from(whole(1, 1 << 30)?).ok(),
            "runs" => self.runs = count(1, 1000)?,
            "a" => self.commands[0] = words(value),
            "b" => self.commands[1] = words(value),
            _ => return Err(Failure::Usage(format!("no such option: --{name}"))),
        }
        Ok(())
    }

    /// Tells whether the URL is one of TLS.
    fn check(&mut self, url: Option<String>) -> Result<bool, Failure> {
        if let Some(rounds) = self.rounds {
            self.limit = Some(rounds * self.connections as u64);
        }
        if matches!(self.mode, Mode::Startup | Mode::Listen) {
            let given = self.commands.iter().all(|command| !command.is_empty());
            return given.then_some(false).ok_or_else(|| Failure::Usage("--a and --b?".into()));
        }
        let scheme = if self.mode == Mode::Http { "http" } else { "ws" };
        let url = url.ok_or_else(|| Failure::Usage("--url?".into()))?;
        let secure = url.strip_prefix(scheme).is_some_and(|rest| rest.starts_with("s:"));
        let scheme = format!("{scheme}{}", if secure { "s" } else { "" });
        self.target = Target::parse(&url, &scheme)?;
        if self.mode == Mode::Idle && self.server_pid.is_none() {
            return Err(Failure::Usage("idle measures memory: --server-pid?".into()));
        }
        Ok(secure)
    }
}

/// A command line is split at spaces; no shell, so that nothing but the command is measured.
fn words(command: &str) -> Vec<String> {
    command.split_ascii_whitespace().map(str::to_owned).collect()
}

impl Target {
    fn parse(url: &str, scheme: &str) -> Result<Self, Failure> {
        let wrong = || {
            let text = format!("--url takes {scheme}://127.0.0.1:PORT/path: {url}");
            Failure::Usage(text)
        };
        let (given, rest) = url.split_once("://").ok_or_else(wrong)?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (host, port) = authority.rsplit_once(':').ok_or_else(wrong)?;
        let port = port.parse().ok().filter(|&port| port > 0).ok_or_else(wrong)?;
        let address: IpAddr = match host.trim_start_matches('[').trim_end_matches(']') {
            "localhost" => Ipv4Addr::LOCALHOST.into(),
            host => host.parse().map_err(|_| wrong())?,
        };
        let plain = path.bytes().all(|byte| byte.is_ascii_graphic());
        if given != scheme || !plain {
            return Err(wrong());
        }
        if !address.is_loopback() {
            let text = format!("{address} is not on this machine's loopback interface; refused");
            return Err(Failure::Usage(text));
        }
        let path = if path.is_empty() { "/" } else { path };
        let compression = Compression::None;
        Ok(Self { address: (address, port).into(), path: path.into(), compression, tls: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Option<Options>, Failure> {
        parse(line.split(' '))
    }

    #[test]
    fn a_mode_with_its_options() {
        let options = parsed("echo --url ws://127.0.0.1:80/x --in-flight 16 --seconds 0.5 --json");
        let options = options.unwrap().unwrap();
        assert_eq!((options.mode, options.in_flight, options.connections), (Mode::Echo, 16, 32));
        assert_eq!(options.length, Duration::from_millis(500));
        assert_eq!(options.target.path, "/x");
        assert!(options.json && !options.binary);
    }

    #[test]
    fn only_the_loopback_interface_is_loaded() {
        for host in ["127.0.0.1", "127.1.2.3", "localhost", "[::1]"] {
            assert!(Target::parse(&format!("ws://{host}:9"), "ws").is_ok(), "{host}");
        }
        for host in ["192.0.2.1", "0.0.0.0", "example.com", "[::]", "128.0.0.1"] {
            assert!(Target::parse(&format!("ws://{host}:9"), "ws").is_err(), "{host}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for line in [
            "ecko --url ws://127.0.0.1:80/",
            "echo",
            "echo --url http://127.0.0.1:80/",
            "echo --url ws://127.0.0.1:0/",
            "echo --url ws://127.0.0.1:80/ --in-flight 0",
            "echo --url ws://127.0.0.1:80/ --seconds 1e9",
            "echo --url ws://127.0.0.1:80/ --rate 5",
            "echo --url ws://127.0.0.1:80/ extra",
            "idle --url ws://127.0.0.1:80/",
            "startup --a true",
            "listen --b true",
            "echo --url ws://127.0.0.1:80/ --compressed",
            "idle --url ws://127.0.0.1:80/ --server-pid 1 --takeover",
            "http --url http://127.0.0.1:80/ --size 5",
            "echo --url wss://127.0.0.1:80/",
            "echo --url ws://127.0.0.1:80/ --ca cert.pem",
            "churn --url ws://127.0.0.1:80/ --resume",
            "echo --url wss://127.0.0.1:80/ --ca cert.pem --resume",
        ] {
            assert!(matches!(parsed(line), Err(Failure::Usage(_))), "{line}");
        }
    }

    #[test]
    fn compression_is_asked_for() {
        let compression = |line: &str| parsed(line).unwrap().unwrap().target.compression;
        let url = "--url ws://127.0.0.1:80/";
        let idle = format!("idle {url} --server-pid 1");
        assert_eq!(compression(&format!("echo {url}")), Compression::None);
        assert_eq!(compression(&format!("compressed {url}")), Compression::EachMessage);
        assert_eq!(compression(&format!("compressed {url} --takeover")), Compression::Takeover);
        assert_eq!(compression(&idle), Compression::None);
        assert_eq!(compression(&format!("{idle} --compressed")), Compression::EachMessage);
    }

    #[test]
    fn tls_is_asked_for_by_the_url() {
        let tls = |line: &str| parsed(line).unwrap().unwrap().target.tls;
        let ca = "cert.pem".to_owned();
        let churn = "churn --url wss://127.0.0.1:80/ --ca cert.pem";
        assert_eq!(tls(churn), Some(TlsTarget { ca: ca.clone(), resume: false }));
        assert_eq!(tls(&format!("{churn} --resume")), Some(TlsTarget { ca, resume: true }));
        assert!(tls("http --url https://127.0.0.1:80/ --ca cert.pem").is_some());
        assert_eq!(tls("http --url http://127.0.0.1:80/"), None);
    }

    #[test]
    fn rounds_are_counted_in_deliveries() {
        let options = parsed("fanout --url ws://127.0.0.1:80/ --rounds 5 --clients 10");
        assert_eq!(options.unwrap().unwrap().limit, Some(50));
    }
}
