//! What a script may do, and what the engine is held to.

// --- timers ---

/// The longest delay: 2^31 - 1 ms, as everywhere. Anything beyond is taken for a mistake and
/// fires at once.
pub const TIMER_DELAY_MS_MAX: f64 = 2_147_483_647.0;

/// Timers that may be pending: far more than a program can use, far less than the memory.
pub const TIMERS_MAX: usize = 4_000_000;

/// How far the wall clock may be from where it should be before it is taken to have been set: more
/// than a machine's clocks drift apart between two looks.
pub const CLOCK_STEP_MS: f64 = 250.0;

// --- the engine ---

/// Nested calls of a script. Beyond it the engine gives up with an error that the script cannot
/// catch, so it lies beyond what honest recursion needs.
pub const RECURSION_MAX: usize = 8_000;

/// Async generators that wait for each other's first `await`. Beyond `RECURSION_MAX` calls inside of
/// one the engine ends the process, so seven for each are left to what they call.
pub const ASYNC_GENERATORS_NESTED_MAX: usize = RECURSION_MAX / 8;

/// Brackets that may be open at once in a text for `eval` or `new Function`: the engine's parser
/// needs some KiB of native stack for each.
pub const SOURCE_NESTING_MAX: usize = 2_000;

/// Brackets that may be open at once in a file of TypeScript: the parser that strips it takes more
/// than 100 KiB of native stack for each.
pub const TYPESCRIPT_NESTING_MAX: usize = 500;

/// Words and signs of such a text that may nest without brackets, as in `!!!x` or `a + a + a`: they
/// take less of the stack each, and the engine is slow with more.
pub const SOURCE_CHAIN_MAX: usize = 20_000;

/// As how many of these a bracket counts that is open.
pub const SOURCE_CHAIN_PER_BRACKET: usize = 5;

/// Levels of an array that become a string: each takes some tens of KiB of native stack.
pub const JOIN_NESTING_MAX: usize = 1_000;

/// Arguments of a function that was bound several times, all of which each call passes.
pub const BOUND_ARGUMENTS_MAX: usize = 10_000;

/// The name of a function that was bound several times: beyond it no more `bound` is put before it.
pub const BOUND_NAME_UNITS_MAX: usize = 1_000;

/// UTF-16 units from which a string is widened before the engine looks for a regular expression in it.
/// Below it, to copy a string for each match costs less than that.
pub const SEARCH_WIDENED_UNITS_MIN: usize = 1024;

/// UTF-16 units of a string, as in V8.
pub const STRING_UNITS_MAX: usize = (1 << 29) - 24;

/// Values on the engine's stack: a hundred for each nested call.
pub const ENGINE_STACK_VALUES: usize = 800_000;

/// How often garbage is collected to find promises that handlers have abandoned, where there is a
/// sign of one: a request may wait so much longer for its 500.
pub const ABANDONED_CHECK_MS: u64 = 250;

/// The same where a collection takes long: a twentieth of the time.
pub const ABANDONED_CHECK_SHARE: u32 = 20;

/// Bytes of strings and buffers from outside, dead or alive, after which garbage is collected at
/// the latest: the engine itself does not count them.
pub const UNSEEN_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The same at the earliest, and as long as a collection takes a tenth of a millisecond, as that of
/// a small heap does. What came in is used again while it is in the processor's caches.
pub const UNSEEN_BYTES_MIN: usize = 4 * 1024 * 1024;

/// As many bytes come in for each microsecond that a collection takes. It takes a script twenty to
/// handle them, so that collecting is a twentieth of all.
pub const UNSEEN_BYTES_PER_US: usize = 32 * 1024;

/// What a script leaves behind for each event, so far as it is guessed: the arguments of its handler,
/// and a few objects of its own.
pub const GARBAGE_BYTES_PER_EVENT: usize = 1024;

/// A collection that takes this long is one of some 100 000 objects, and everybody waits for it.
pub const LONG_COLLECTION_US: u64 = 10_000;

/// Garbage that the engine lets a script with so many objects make before it collects by itself. It
/// is as much as those objects take at least; without it, it would be less than half.
pub const GARBAGE_BYTES: usize = 64 * 1024 * 1024;

/// The memory in which text is converted to and from UTF-8 is given back when it has grown beyond
/// this: three bytes for each unit of a text of 64 Ki units.
pub const CONVERSION_BYTES_KEPT: usize = 256 * 1024;

/// The object of the last message stays for the next one; a longer text, in UTF-16 units, does not
/// stay with it.
pub const KEPT_TEXT_UNITS: usize = 256;

/// Promise jobs that run in one frame of the engine: what those that throw leave on its stack goes
/// when the frame does.
pub const JOBS_PER_FRAME: usize = 64;

/// Other callbacks that run in one frame, for the same reason.
pub const CALLBACKS_PER_FRAME: usize = 64;

/// The native stack of a script. It is only reserved: what is not used takes no memory.
pub const SCRIPT_STACK_BYTES: usize = 256 * 1024 * 1024;

// --- options ---

/// The longest time in milliseconds that an option takes: 24 days. One more, and `setTimeout` fires at
/// once.
pub const OPTION_MILLIS_MAX: u64 = (1 << 31) - 1;

/// The largest size of a request's body.
pub const OPTION_BODY_BYTES_MAX: u64 = 1 << 31;

/// The largest size in bytes and number of fragments of a message.
pub const OPTION_MESSAGE_MAX: u64 = 1 << 32;

/// When a server that is too busy asks to be tried again, as the field value has it: 5 seconds.
pub const RETRY_AFTER: &str = "5";

// --- JSON ---

/// Shapes of objects that `JSON.stringify` remembers, a power of two: those of many kinds of
/// messages.
pub const JSON_SHAPES: usize = 256;

/// An object with more members is a table, and its shape is its own.
pub const JSON_SHAPE_MEMBERS_MAX: usize = 64;

/// Levels of a value that `JSON.stringify` writes and `JSON.parse` reads. Each takes its part of the
/// native stack, and one that is written is compared with all around it, to find cycles.
pub const JSON_DEPTH_MAX: usize = 2_000;

/// What a JSON text is first given room for: a message.
pub const JSON_TEXT_BYTES: usize = 128;

/// Names, and short strings, that `JSON.parse` remembers, each a power of two: those of many kinds
/// of messages.
pub const JSON_HELD: usize = 256;

/// A string longer than this is not remembered: it is data.
pub const JSON_HELD_BYTES_MAX: usize = 32;

/// How much of a text is shown before and behind what is wrong in it, in UTF-16 units.
pub const JSON_EXCERPT_UNITS: usize = 30;

/// Objects that are looked through for what keeps a value from being JSON.
pub const JSON_SEARCHED_MAX: usize = 100_000;

// --- structured cloning ---

/// How many steps of the way to a value that cannot be cloned a message shows: the last ones, where
/// there are more.
pub const CLONE_PLACE_STEPS_SHOWN: usize = 8;

// --- names from outside ---

/// Names of one object that may collide as they like: it takes more to cost anything, and nearly
/// every object has fewer.
pub const NAMES_UNCOUNTED: usize = 32;

/// Other names that each may be compared with in the engine's table, on average. By chance it is a
/// half.
pub const COLLISIONS_PER_NAME: usize = 8;

// --- emitters ---

/// Listeners of one event of an emitter before a warning, unless a script says otherwise: Node's.
pub const LISTENERS_BEFORE_WARNING: f64 = 10.0;

// --- reports ---

/// The widest piece of a source line that an error shows.
pub const EXCERPT_COLUMNS: usize = 100;

/// Outgoing WebSockets of which it is remembered how they ended, for a program that waits in vain.
pub const WEBSOCKET_ENDS_KEPT: usize = 4;

/// Places in a script that are warned of for what they `send`: a script that makes more of itself
/// learns nothing new.
pub const SEND_WARNINGS_MAX: usize = 100;

/// How much of a request's target is shown when its handler fails.
pub const REPORTED_TARGET_CHARS_MAX: usize = 200;

/// Calls of a too deep recursion that are shown.
pub const RECURSION_CALLS_SHOWN: usize = 10;

/// What the engine says of one call, at most: a function with some hundred thousand calls in it.
pub const TRACE_BYTES: usize = 16 * 1024 * 1024;

/// Expressions that are named where any of them can have thrown.
pub const CANDIDATES_SHOWN: usize = 4;

/// Errors about which it is remembered what was found out.
pub const EXPLAINED_MAX: usize = 64;

/// The longest piece of source text that a message quotes, in characters.
pub const QUOTE_CHARACTERS: usize = 60;

/// Exports of a module that are named when one is missing.
pub const EXPORTS_SHOWN: usize = 12;

/// How far `export *` is followed to find out what a module exports.
pub const REEXPORTS_FOLLOWED: usize = 8;

/// How often a name in `imports` of a package may stand for another such name.
pub const ALIASES_FOLLOWED: usize = 8;

/// Files whose names a CommonJS module passes on as its own.
pub const COMMONJS_REEXPORTS: usize = 200;

/// Largest `package.json`. The largest on npm have some hundred KiB.
pub const PACKAGE_JSON_BYTES_MAX: usize = 4 << 20;

/// Names of files that a missing one is compared with.
pub const NEARBY_FILES: usize = 1_000;

/// How many of the engine's positions before and behind the one that threw are matched with the
/// source.
pub const MATCHING_RUNS: usize = 200;

/// Steps of matching the engine's positions with the source; a longer function is not searched.
pub const MATCHING_STEPS: usize = 20_000_000;

/// Places at which a program may wait that are shown; more are of no help.
pub const WAITING_PLACES_MAX: usize = 4;

/// Stale deadlines are not worth dropping before there are so many.
pub const STALE_DEADLINES_MIN: usize = 64;

/// How large the file of a time zone may be: the system's own have less than 4 KiB.
pub const TIME_ZONE_BYTES_MAX: u64 = 64 * 1024;

// --- streams ---

/// Object URLs that a script has at a time: each keeps a blob.
pub const OBJECT_URLS_MAX: usize = 10_000;

/// Bytes of one event that an `EventSource` gathers.
pub const EVENT_STREAM_EVENT_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The longest wait before an `EventSource` connects again that a server may ask for: a day.
pub const EVENT_STREAM_RETRY_MS_MAX: u64 = 24 * 60 * 60 * 1000;

/// Fields of a form that a body is parsed into: each costs an object, and is some 50 bytes of body at
/// least.
pub const FORM_PARTS_MAX: usize = 10_000;

/// Bytes of the header of a part of a form: its name, the name of its file, its type.
pub const FORM_PART_HEAD_BYTES_MAX: usize = 8 * 1024;

/// Bytes that `text()`, `bytes()` and the like gather of a body that comes as a stream: what is longer
/// is read from the stream. A string could not be longer either.
pub const BODY_COLLECTED_BYTES_MAX: usize = STRING_UNITS_MAX;

/// Bytes of a chunk that a native source is asked for: what it has beyond that waits there.
pub const STREAM_CHUNK_BYTES: usize = 64 * 1024;

/// How much a byte of a chunk that a script reads, or has made, weighs in what is collected as
/// garbage: it is dead once the next one comes, and streams are for what is larger than memory.
pub const STREAMED_BYTES_WEIGHT: usize = 3;

/// Such chunks that go from a source to a sink, both of which are always ready, or to a script that
/// reads them, before others have their turn: a MiB takes a fraction of a millisecond.
pub const PUMP_CHUNKS_PER_TURN: usize = 16;
