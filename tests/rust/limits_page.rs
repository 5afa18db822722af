//! docs/limits.md has the numbers of `src/limits`.

use std::fs;

use krandog::limits as own;

use crate::source::root;

/// The first cell of a row, and what other cells have to be there.
type Row = (&'static str, Vec<String>);

#[test]
fn limits_are_what_the_page_says() {
    let page = fs::read_to_string(root().join("docs/limits.md")).unwrap();
    let rows = [
        messages(),
        opening(),
        rooms(),
        workers(),
        modules(),
        connections(),
        tls(),
        http(),
        bodies(),
        scripts(),
        children(),
        brokers(),
    ];
    let mut faults = Vec::new();
    for (name, values) in rows.into_iter().flatten() {
        let says = |line: &str| {
            let mut cells = line.split('|').map(str::trim).skip(1);
            cells.next() == Some(name) && {
                let cells: Vec<&str> = cells.collect();
                values.iter().all(|value| cells.contains(&value.as_str()))
            }
        };
        if !page.lines().any(says) {
            faults.push(format!("{name}: {}", values.join(", ")));
        }
    }
    assert!(faults.is_empty(), "docs/limits.md has other values than\n{}\n", faults.join("\n"));
}

#[test]
fn numbers_are_shown_as_on_the_page() {
    assert_eq!([number(64), number(1024), number(4_000_000)], ["64", "1 024", "4 000 000"]);
    assert_eq!([bytes(4096), bytes(32 << 20)], ["4 KiB", "32 MiB"]);
}

fn children() -> Vec<Row> {
    vec![
        ("children of a thread that run", vec![number(own::CHILDREN_MAX)]),
        ("what is read of a pipe at once", vec![bytes(own::PIPE_READ_BYTES)]),
        ("a message on the channel of `fork`", vec![bytes(own::CHANNEL_MESSAGE_BYTES_MAX)]),
    ]
}

fn messages() -> Vec<Row> {
    vec![
        ("size of a message", vec![bytes(own::SERVER_MAX_PAYLOAD), bytes(own::CLIENT_MAX_PAYLOAD)]),
        ("fragments of a message", vec![number(own::MAX_FRAGMENTS)]),
        (
            "bytes waiting for a slow peer",
            vec![bytes(own::SERVER_MAX_BACKPRESSURE), bytes(own::CLIENT_MAX_BACKPRESSURE)],
        ),
        ("pings without a pong", vec![number(own::MAX_PINGS_OUTSTANDING)]),
        ("pongs owed to a peer", vec![bytes(own::PONG_BACKLOG)]),
        (
            "silence before a ping",
            vec![number(own::PING_INTERVAL_MS), number(own::CLIENT_PING_INTERVAL_MS)],
        ),
        ("silence after that ping", vec![number(own::PONG_TIMEOUT_MS)]),
        ("answer to a Close frame", vec![number(own::CLOSE_TIMEOUT_MS)]),
        ("smallest message", vec![number(own::DEFLATE_THRESHOLD)]),
        ("level, 0 to 9", vec![number(own::DEFLATE_LEVEL)]),
        ("memory of all contexts", vec![bytes(own::DEFLATE_MEMORY)]),
        ("growth of a message", vec![format!("{} times", own::INFLATE_MAX_RATIO)]),
    ]
}

fn opening() -> Vec<Row> {
    let redirects =
        format!("0, or {}; at most {}", own::REDIRECTS_FOLLOWED, own::REDIRECTS_FOLLOWED_MAX);
    let queued = format!("{}, at most {}", bytes(own::QUEUE_BYTES), bytes(own::QUEUE_BYTES_MAX));
    vec![
        ("name, connection and handshake", vec![number(own::CLIENT_HANDSHAKE_TIMEOUT_MS)]),
        ("addresses of a name", vec![number(own::ADDRESSES_TRIED_MAX)]),
        ("further header fields", vec![number(own::REQUEST_FIELDS_MAX)]),
        ("decision of the `upgrade` hook", vec![number(own::UPGRADE_TIMEOUT_MS)]),
        ("subprotocols offered", vec![number(own::MAX_OFFERS)]),
        ("redirects followed", vec![redirects]),
        ("wait before an attempt", vec![number(own::RECONNECT_MAX_DELAY_MS)]),
        ("wait that `Retry-After` asks for", vec![number(own::RETRY_AFTER_MAX_MS)]),
        ("messages sent before it is open", vec![format!("0, or {}", number(own::QUEUE_MESSAGES))]),
        ("their bytes", vec![queued]),
        ("sockets of a `Pool`", vec![number(own::POOL_SOCKETS)]),
        ("calls of its `connect` that wait", vec![number(own::POOL_WAITING)]),
        ("a refusal's body, for `error`", vec![bytes(own::REFUSAL_BODY_BYTES_MAX)]),
    ]
}

fn workers() -> Vec<Row> {
    let first = "first wait of a worker that has failed, in ms";
    let stable = "run after which a failure counts as the first, in ms";
    let false_starts = "failures of a worker in a row before it has slept once";
    vec![
        ("threads of a process that have connections", vec![number(own::PLACES_MAX)]),
        ("workers of a program", vec![number(own::WORKERS_MAX)]),
        (first, vec![number(own::WORKER_RESTART_MIN_MS)]),
        ("longest of these waits, in ms", vec![number(own::WORKER_RESTART_MAX_MS)]),
        (stable, vec![number(own::WORKER_STABLE_MS)]),
        (false_starts, vec![number(own::WORKER_FALSE_STARTS_MAX)]),
        ("wait of `process.exit` for other workers, in ms", vec![number(own::WORKER_STOP_MS)]),
    ]
}

fn rooms() -> Vec<Row> {
    vec![
        ("rooms of a hub", vec![number(own::HUB_ROOMS_MAX)]),
        ("rooms and patterns of a socket", vec![number(own::HUB_ROOMS_PER_SOCKET_MAX)]),
        ("members of a room", vec![number(own::HUB_MEMBERS_MAX)]),
        ("patterns of a hub", vec![number(own::HUB_PATTERNS_MAX)]),
        ("patterns of a socket", vec![number(own::HUB_PATTERNS_PER_SOCKET_MAX)]),
        ("name of a room", vec![number(own::HUB_NAME_BYTES_MAX)]),
        ("canned replies of a server", vec![number(own::AUTO_REPLIES_MAX)]),
        ("writes of one turn, once there are many", vec![number(own::FLUSH_MS_MAX)]),
    ]
}

fn brokers() -> Vec<Row> {
    vec![
        ("messages that wait for a bus", vec![bytes(own::BROKER_QUEUE_BYTES)]),
        ("commands that wait for Redis", vec![bytes(own::BROKER_QUEUE_BYTES)]),
        ("time to connect and to be let in", vec![number(own::BROKER_OPEN_TIMEOUT_MS)]),
        ("silence of a broker before a ping", vec![number(own::BROKER_PING_INTERVAL_MS)]),
        ("silence of a broker after that", vec![number(own::BROKER_PONG_TIMEOUT_MS)]),
        ("longest wait before it is tried again", vec![number(own::BROKER_RETRY_MAX_MS)]),
        ("what a server of NATS says of itself", vec![bytes(own::NATS_INFO_BYTES_MAX)]),
        ("a message of NATS", vec![bytes(own::NATS_PAYLOAD_BYTES_MAX)]),
        ("a subject of NATS", vec![bytes(own::NATS_SUBJECT_BYTES_MAX)]),
        ("parts of a subject that come from a name", vec![number(own::NATS_SUBJECT_PARTS_MAX)]),
        ("headers of a message of NATS", vec![number(own::NATS_FIELDS_MAX)]),
        ("servers of a cluster of NATS", vec![number(own::NATS_SERVERS_MAX)]),
        ("tries in vain before commands fail", vec![number(own::REDIS_FAILURES_MAX)]),
        ("bytes of a reply", vec![bytes(own::REDIS_FRAME_BYTES_MAX)]),
        ("elements of a reply", vec![number(own::REDIS_ELEMENTS_MAX)]),
        ("arrays inside of arrays", vec![number(own::REDIS_DEPTH_MAX)]),
        ("rooms with a number, of a node", vec![number(own::BROKER_STREAMS_MAX)]),
        ("gaps that the script has not been told", vec![number(own::BROKER_NEWS_MAX)]),
    ]
}

fn modules() -> Vec<Row> {
    vec![
        ("messages of a room", vec![number(own::HISTORY_MESSAGES)]),
        ("age of a message", vec![number(own::HISTORY_AGE_MS)]),
        ("bytes of a room", vec![bytes(own::HISTORY_BYTES)]),
        ("bytes of all rooms", vec![bytes(own::HISTORY_TOTAL_BYTES)]),
        ("rooms", vec![number(own::HISTORY_ROOMS)]),
        ("time without a socket", vec![number(own::PRESENCE_GRACE_MS)]),
        ("users in a room", vec![number(own::PRESENCE_MEMBERS)]),
        ("characters of an id", vec![number(own::PRESENCE_ID_LENGTH)]),
        ("time for a call", vec![number(own::RPC_TIMEOUT_MS)]),
        ("calls that wait for an answer", vec![number(own::RPC_PENDING)]),
        ("methods at work, messages of a batch", vec![number(own::RPC_RUNNING)]),
    ]
}

fn connections() -> Vec<Row> {
    vec![
        ("addresses of which a rate is remembered", vec![number(own::ADDRESSES_KEPT_MAX)]),
        ("header of the PROXY protocol", vec![bytes(own::PROXY_HEADER_BYTES_MAX)]),
        ("time for that header", vec![number(own::HEAD_TIMEOUT_MS)]),
        ("connections accepted in a turn", vec![number(own::ACCEPTS_PER_TURN)]),
        ("messages taken from one read", vec![number(own::EVENTS_PER_READ)]),
        ("one read", vec![bytes(own::READ_BUFFER_BYTES)]),
        ("routes of a server", vec![number(own::ROUTES_MAX)]),
        ("URL for a pattern with several stars", vec![bytes(own::COMPILED_PATH_BYTES_MAX)]),
        ("last bytes of a closed connection", vec![number(own::LINGER_TIMEOUT_MS)]),
        ("pause without file descriptors", vec![number(own::ACCEPT_RETRY_MS)]),
        ("idle connection of a server that drains", vec![number(own::DRAIN_IDLE_MS)]),
        ("batches of WebSockets that `spread` closes", vec![number(own::DRAIN_BATCH_MS)]),
        (
            "connections taken from the kernel at `close({ drain })`",
            vec![number(own::ACCEPTS_AT_CLOSE)],
        ),
        ("sockets of `LISTEN_FDS`", vec![number(own::PASSED_SOCKETS_MAX)]),
    ]
}

fn tls() -> Vec<Row> {
    vec![
        ("handshake and first byte together", vec![number(own::HEAD_TIMEOUT_MS)]),
        ("handshake of a client", vec![number(own::CLIENT_HANDSHAKE_TIMEOUT_MS)]),
        (
            "a record, or a message of the handshake, that is not whole",
            vec![bytes(own::TLS_HELD_BYTES_MAX)],
        ),
        ("encrypted before the kernel has taken it", vec![bytes(own::TLS_SEALED_AHEAD_BYTES)]),
        ("a file with certificates or a key", vec![bytes(own::TLS_FILE_BYTES_MAX)]),
        ("sessions that a client could resume", vec![number(own::TLS_SESSIONS_KEPT)]),
        (
            "sets of `tls` options of clients that are kept",
            vec![number(own::TLS_CLIENT_CONFIGS_KEPT)],
        ),
        (
            "characters of a certificate's names in an error",
            vec![number(own::TLS_SHOWN_CHARACTERS)],
        ),
    ]
}

fn http() -> Vec<Row> {
    vec![
        ("body", vec![bytes(own::BODY_BYTES_MAX)]),
        ("request line", vec![bytes(own::REQUEST_LINE_BYTES_MAX)]),
        ("head", vec![bytes(own::HEAD_BYTES_MAX)]),
        ("header fields", vec![number(own::HEAD_FIELDS_MAX)]),
        ("first byte", vec![number(own::HEAD_TIMEOUT_MS)]),
        ("whole head", vec![number(own::HEAD_TIMEOUT_MS)]),
        ("whole request", vec![number(own::REQUEST_TIMEOUT_MS)]),
        ("between requests", vec![number(own::KEEP_ALIVE_TIMEOUT_MS)]),
        // Of a reply.
        ("header fields", vec![number(own::REPLY_FIELDS_MAX)]),
        ("a peer that takes nothing of it", vec![number(own::REQUEST_TIMEOUT_MS)]),
        ("replies that a peer has not taken", vec![bytes(own::REPLY_BACKLOG_BYTES)]),
        ("bytes that wait for all peers together", vec![bytes(own::UNSENT_BYTES_MAX)]),
    ]
}

fn bodies() -> Vec<Row> {
    let size = |bytes_max: u64| bytes(usize::try_from(bytes_max).unwrap());
    vec![
        (
            "bytes of a reply that wait before more is asked for",
            vec![bytes(own::REPLY_AHEAD_BYTES)],
        ),
        ("bytes of a request that nobody has read", vec![bytes(own::BODY_AHEAD_BYTES)]),
        ("silence of a stream of events", vec![number(own::SSE_KEEP_ALIVE_MS)]),
        ("bytes from which a reply is compressed", vec![bytes(own::COMPRESS_BYTES_MIN)]),
        ("ranges of one request", vec![number(own::RANGES_MAX)]),
        ("file that is kept in memory", vec![size(own::CACHED_FILE_BYTES_MAX)]),
        ("files that one `files()` keeps", vec![number(own::CACHED_FILES_MAX)]),
        ("files that it keeps open", vec![number(own::CACHED_OPEN_FILES_MAX)]),
        ("bytes that it keeps", vec![size(own::CACHED_FILES_BYTES_MAX)]),
        ("time for which it keeps a file", vec![number(own::CACHED_FILE_MS)]),
        ("bytes of a file in one write", vec![bytes(own::FILE_BYTES_PER_WRITE)]),
        ("names in a listing", vec![number(own::LISTING_ENTRIES_MAX)]),
        ("name and value of a cookie", vec![bytes(own::COOKIE_BYTES_MAX)]),
        ("attribute of a cookie", vec![bytes(own::COOKIE_ATTRIBUTE_BYTES_MAX)]),
        ("key of a `CookieSigner`, at least", vec![number(own::COOKIE_KEY_BYTES_MIN)]),
    ]
}

fn scripts() -> Vec<Row> {
    vec![
        ("calls inside each other", vec![number(own::RECURSION_MAX)]),
        ("async generators inside each other", vec![number(own::ASYNC_GENERATORS_NESTED_MAX)]),
        ("levels of an array that becomes a string", vec![number(own::JOIN_NESTING_MAX)]),
        (
            "arguments of a function that was bound several times",
            vec![number(own::BOUND_ARGUMENTS_MAX)],
        ),
        ("object URLs", vec![number(own::OBJECT_URLS_MAX)]),
        ("size of an event for an `EventSource`", vec![bytes(own::EVENT_STREAM_EVENT_BYTES_MAX)]),
        ("fields of a form", vec![number(own::FORM_PARTS_MAX)]),
        ("header of a part of a form", vec![bytes(own::FORM_PART_HEAD_BYTES_MAX)]),
        ("folders of recursive watches", vec![number(own::WATCHED_FOLDERS_MAX)]),
        ("pending timers", vec![number(own::TIMERS_MAX)]),
        ("strings and buffers that are garbage", vec![bytes(own::UNSEEN_BYTES_MAX)]),
        ("chunk of standard input", vec![bytes(own::STDIN_CHUNK_BYTES)]),
        ("chunks read ahead", vec![number(own::STDIN_CHUNKS_MAX)]),
        ("name look-ups at a time", vec![number(own::WORKER_THREADS_MAX)]),
        ("answers to 1001 when a signal ends it", vec![number(own::SHUTDOWN_TIMEOUT_MS)]),
        (
            "time between two warnings of one kind about peers",
            vec![number(own::PEER_WARNING_INTERVAL_MS)],
        ),
    ]
}

/// A number with its digits in threes.
fn number(number: impl TryInto<u64>) -> String {
    let number = number.try_into().ok().unwrap();
    let (thousands, rest) = (number / 1000, number % 1000);
    if thousands == 0 {
        return rest.to_string();
    }
    format!("{} {rest:03}", self::number(thousands))
}

fn bytes(number: impl TryInto<u64>) -> String {
    let number = number.try_into().ok().unwrap();
    if number.is_multiple_of(1 << 20) {
        format!("{} MiB", number >> 20)
    } else {
        format!("{} KiB", number >> 10)
    }
}
