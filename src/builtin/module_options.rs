//! Options of the modules that stand on hubs and WebSockets: `krandog:history`, `krandog:presence`
//! and `krandog:rpc`. Each is read here, and comes back as an array; the modules are JavaScript.

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue};

use crate::builtin::dom::abort;
use crate::builtin::hub;
use crate::builtin::late_import::LOAD;
use crate::builtin::nats;
use crate::builtin::options::{Opt, function, millis, options_of, other, read, text, whole};
use crate::js::convert::js_string_from_utf8;
use crate::js::interface::Op;
use crate::limits::{
    HISTORY_AGE_MS, HISTORY_BYTES, HISTORY_MESSAGES, HISTORY_ROOMS, HISTORY_TOTAL_BYTES,
    HUB_LIMIT_CEILING, NATS_REPLICAS_MAX, OPTION_MESSAGE_MAX, PRESENCE_ELSEWHERE,
    PRESENCE_GRACE_MS, PRESENCE_HEARTBEAT_MIN_MS, PRESENCE_HEARTBEAT_MS, PRESENCE_ID_LENGTH,
    PRESENCE_INFO_LENGTH, PRESENCE_MEMBERS, PRESENCE_PART_LENGTH, PRESENCE_PEERS,
    PRESENCE_SILENT_BEATS, PRESENCE_STATE_PAUSE_MS, RPC_PENDING, RPC_RUNNING, RPC_TIMEOUT_MS,
    SQLITE_HISTORY_AGE_MAX_MS,
};

pub(super) const HISTORY_OPS: &[Op] = &[
    ("readHistory", 1, read_history),
    ("readJoin", 1, read_join),
    ("checkRoom", 2, hub::check_room),
];

pub(super) const REDIS_HISTORY_OPS: &[Op] = &[
    ("readRedisHistory", 1, read_redis_history),
    ("readJoin", 1, read_join),
    ("checkRoom", 2, hub::check_room),
];

pub(super) const NATS_HISTORY_OPS: &[Op] = &[
    ("readNatsHistory", 1, read_nats_history),
    ("readJoin", 1, read_join),
    ("checkRoom", 2, hub::check_room),
    ("subjectOfRoom", 1, nats::subject_of_room),
];

pub(super) const SQLITE_HISTORY_OPS: &[Op] = &[
    ("readSqliteHistory", 1, read_sqlite_history),
    ("readJoin", 1, read_join),
    ("checkRoom", 2, hub::check_room),
];

pub(super) const PRESENCE_OPS: &[Op] =
    &[("readPresence", 1, read_presence), hub::LINE_OPS[0], LOAD];

pub(super) const PRESENCE_PEERS_OPS: &[Op] =
    &[("peerLimits", 0, peer_limits), hub::LINE_OPS[1], hub::LINE_OPS[2]];

pub(super) const RPC_OPS: &[Op] = &[("readRpc", 1, read_rpc), ("readCall", 1, read_call)];

/// Reads the options in the first argument.
fn given<T>(
    mut options: T,
    callee: &str,
    table: &[Opt<T>],
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<T> {
    if let Some(object) = options_of(arguments.get_or_undefined(0), callee, context)? {
        read(&object, "", &[table], &mut options, context)?;
    }
    Ok(options)
}

fn array<const N: usize>(values: [JsValue; N], context: &mut Context) -> JsValue {
    JsArray::from_iter(values, context).into()
}

struct History {
    messages: usize,
    age: usize,
    bytes: usize,
    total_bytes: usize,
    rooms: usize,
    encode: Option<JsFunction>,
}

const HISTORY: [Opt<History>; 6] = [
    whole("messages", (1, HUB_LIMIT_CEILING), |to, count| to.messages = count),
    millis("age", 1, |to, time| to.age = time),
    whole("bytes", (1, OPTION_MESSAGE_MAX), |to, bytes| to.bytes = bytes),
    whole("totalBytes", (1, OPTION_MESSAGE_MAX), |to, bytes| to.total_bytes = bytes),
    whole("rooms", (1, HUB_LIMIT_CEILING), |to, count| to.rooms = count),
    function("encode", |to, encode| to.encode = Some(encode)),
];

struct SqliteHistory {
    messages: usize,
    age: usize,
    rooms: usize,
    encode: Option<JsFunction>,
}

const SQLITE_HISTORY: [Opt<SqliteHistory>; 4] = [
    whole("messages", (1, HUB_LIMIT_CEILING), |to, count| to.messages = count),
    whole("age", (1, SQLITE_HISTORY_AGE_MAX_MS), |to, time| to.age = time),
    whole("rooms", (1, HUB_LIMIT_CEILING), |to, count| to.rooms = count),
    function("encode", |to, encode| to.encode = Some(encode)),
];

struct RedisHistory {
    messages: usize,
    age: usize,
    rooms: usize,
    prefix: String,
    encode: Option<JsFunction>,
}

const REDIS_HISTORY: [Opt<RedisHistory>; 5] = [
    whole("messages", (1, HUB_LIMIT_CEILING), |to, count| to.messages = count),
    millis("age", 1, |to, time| to.age = time),
    whole("rooms", (1, HUB_LIMIT_CEILING), |to, count| to.rooms = count),
    text("prefix", |to, prefix| to.prefix = prefix),
    function("encode", |to, encode| to.encode = Some(encode)),
];

/// `readRedisHistory(options)`: `[messages, age, rooms, prefix, encode]`.
fn read_redis_history(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let defaults = RedisHistory {
        messages: HISTORY_MESSAGES,
        age: HISTORY_AGE_MS,
        rooms: HISTORY_ROOMS,
        prefix: "krandog".to_owned(),
        encode: None,
    };
    let RedisHistory { messages, age, rooms, prefix, encode } =
        given(defaults, "RedisHistory", &REDIS_HISTORY, arguments, context)?;
    let encode = encode.map(JsValue::from).unwrap_or_default();
    let prefix = js_string_from_utf8(&prefix).into();
    Ok(array([messages.into(), age.into(), rooms.into(), prefix, encode], context))
}

struct NatsHistory {
    messages: usize,
    age: usize,
    prefix: String,
    stream: String,
    replicas: usize,
    encode: Option<JsFunction>,
}

const NATS_HISTORY: [Opt<NatsHistory>; 6] = [
    whole("messages", (1, HUB_LIMIT_CEILING), |to, count| to.messages = count),
    millis("age", 1, |to, time| to.age = time),
    text("prefix", |to, prefix| to.prefix = prefix),
    text("stream", |to, stream| to.stream = stream),
    whole("replicas", (1, NATS_REPLICAS_MAX), |to, count| to.replicas = count),
    function("encode", |to, encode| to.encode = Some(encode)),
];

/// `readNatsHistory(options)`: `[messages, age, prefix, stream, replicas, encode]`.
fn read_nats_history(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let defaults = NatsHistory {
        messages: HISTORY_MESSAGES,
        age: HISTORY_AGE_MS,
        prefix: "krandog".to_owned(),
        stream: "KRANDOG_HISTORY".to_owned(),
        replicas: 1,
        encode: None,
    };
    let NatsHistory { messages, age, prefix, stream, replicas, encode } =
        given(defaults, "NatsHistory", &NATS_HISTORY, arguments, context)?;
    let encode = encode.map(JsValue::from).unwrap_or_default();
    let [prefix, stream] = [prefix, stream].map(|text| js_string_from_utf8(&text).into());
    let [messages, age, replicas] = [messages, age, replicas].map(JsValue::from);
    Ok(array([messages, age, prefix, stream, replicas, encode], context))
}

/// `readSqliteHistory(options)`: `[messages, age, rooms, encode]`.
fn read_sqlite_history(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let defaults = SqliteHistory {
        messages: HISTORY_MESSAGES,
        age: HISTORY_AGE_MS,
        rooms: HISTORY_ROOMS,
        encode: None,
    };
    let SqliteHistory { messages, age, rooms, encode } =
        given(defaults, "SqliteHistory", &SQLITE_HISTORY, arguments, context)?;
    let encode = encode.map(JsValue::from).unwrap_or_default();
    Ok(array([messages.into(), age.into(), rooms.into(), encode], context))
}

/// `readHistory(options)`: `[messages, age, bytes, totalBytes, rooms, encode]`.
fn read_history(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let defaults = History {
        messages: HISTORY_MESSAGES,
        age: HISTORY_AGE_MS,
        bytes: HISTORY_BYTES,
        total_bytes: HISTORY_TOTAL_BYTES,
        rooms: HISTORY_ROOMS,
        encode: None,
    };
    let History { messages, age, bytes, total_bytes, rooms, encode } =
        given(defaults, "History", &HISTORY, arguments, context)?;
    let encode = encode.map(JsValue::from).unwrap_or_default();
    let [messages, age, bytes, total_bytes, rooms] =
        [messages, age, bytes, total_bytes, rooms].map(JsValue::from);
    Ok(array([messages, age, bytes, total_bytes, rooms, encode], context))
}

struct Join {
    since: JsValue,
    last: usize,
}

const JOIN: [Opt<Join>; 2] = [
    // A peer has said it: whatever it is, it is looked at later.
    other("since", |to, given, _| {
        to.since = given.value.clone();
        Ok(())
    }),
    whole("last", (0, HUB_LIMIT_CEILING), |to, count| to.last = count),
];

/// `readJoin(options)`: `[since, last]`.
fn read_join(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let defaults = Join { since: JsValue::undefined(), last: 0 };
    let Join { since, last } = given(defaults, "join", &JOIN, arguments, context)?;
    Ok(array([since, last.into()], context))
}

struct Presence {
    grace: usize,
    max_members: usize,
    max_id_length: usize,
    name: String,
    heartbeat: usize,
}

const PRESENCE: [Opt<Presence>; 5] = [
    millis("grace", 0, |to, time| to.grace = time),
    whole("maxMembers", (1, HUB_LIMIT_CEILING), |to, count| to.max_members = count),
    whole("maxIdLength", (1, HUB_LIMIT_CEILING), |to, count| to.max_id_length = count),
    text("name", |to, name| to.name = name),
    millis("heartbeat", PRESENCE_HEARTBEAT_MIN_MS, |to, time| to.heartbeat = time),
];

/// `peerLimits()`: `[peers, elsewhere, info, part, pause, beats]`.
#[expect(clippy::unnecessary_wraps, reason = "the signature of all ops")]
fn peer_limits(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let limits = [
        PRESENCE_PEERS,
        PRESENCE_ELSEWHERE,
        PRESENCE_INFO_LENGTH,
        PRESENCE_PART_LENGTH,
        PRESENCE_STATE_PAUSE_MS,
        PRESENCE_SILENT_BEATS,
    ];
    Ok(array(limits.map(JsValue::from), context))
}

/// `readPresence(options)`: `[grace, maxMembers, maxIdLength, name, heartbeat]`.
fn read_presence(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let defaults = Presence {
        grace: PRESENCE_GRACE_MS,
        max_members: PRESENCE_MEMBERS,
        max_id_length: PRESENCE_ID_LENGTH,
        name: String::new(),
        heartbeat: PRESENCE_HEARTBEAT_MS,
    };
    let Presence { grace, max_members, max_id_length, name, heartbeat } =
        given(defaults, "Presence", &PRESENCE, arguments, context)?;
    let [grace, max_members, max_id_length, heartbeat] =
        [grace, max_members, max_id_length, heartbeat].map(JsValue::from);
    let name = js_string_from_utf8(&name).into();
    Ok(array([grace, max_members, max_id_length, name, heartbeat], context))
}

struct Rpc {
    methods: JsValue,
    timeout: usize,
    max_pending: usize,
    max_running: usize,
}

const RPC: [Opt<Rpc>; 4] = [
    other("methods", |to, given, context| {
        to.methods = given.object(context)?.into();
        Ok(())
    }),
    millis("timeout", 0, |to, time| to.timeout = time),
    whole("maxPending", (1, HUB_LIMIT_CEILING), |to, count| to.max_pending = count),
    whole("maxRunning", (1, HUB_LIMIT_CEILING), |to, count| to.max_running = count),
];

/// `readRpc(options)`: `[methods, timeout, maxPending, maxRunning]`.
fn read_rpc(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let defaults = Rpc {
        methods: JsValue::undefined(),
        timeout: RPC_TIMEOUT_MS,
        max_pending: RPC_PENDING,
        max_running: RPC_RUNNING,
    };
    let Rpc { methods, timeout, max_pending, max_running } =
        given(defaults, "Rpc", &RPC, arguments, context)?;
    let [timeout, max_pending, max_running] =
        [timeout, max_pending, max_running].map(JsValue::from);
    Ok(array([methods, timeout, max_pending, max_running], context))
}

#[derive(Default)]
struct Call {
    timeout: Option<usize>,
    signal: Option<JsObject>,
}

const CALL: [Opt<Call>; 2] = [
    millis("timeout", 0, |to, time| to.timeout = Some(time)),
    other("signal", |to, given, context| {
        let signal = given.value.as_object().filter(abort::is_signal);
        to.signal = Some(signal.ok_or_else(|| given.wrong_type("an AbortSignal", context))?);
        Ok(())
    }),
];

/// `readCall(options)`: `[timeout, signal]`, each of them undefined if it was not given.
fn read_call(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Call { timeout, signal } = given(Call::default(), "call", &CALL, arguments, context)?;
    let timeout = timeout.map(JsValue::from).unwrap_or_default();
    let signal = signal.map(JsValue::from).unwrap_or_default();
    Ok(array([timeout, signal], context))
}
