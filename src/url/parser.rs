//! The basic URL parser: a machine that reads one character at a time.
//!
//! Spec: <https://url.spec.whatwg.org/#concept-basic-url-parser>

use super::encode::{self, push_encoded};
use super::host::Host;
use super::record::{Url, UrlPath, default_port, is_special};
use super::segment::{is_double_dot, is_drive_letter, is_single_dot};

/// What is read; a part of a URL that is assigned to starts in one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    SchemeStart,
    Scheme,
    NoScheme,
    SpecialRelativeOrAuthority,
    PathOrAuthority,
    Relative,
    RelativeSlash,
    SpecialAuthoritySlashes,
    SpecialAuthorityIgnoreSlashes,
    Authority,
    Host,
    Hostname,
    Port,
    File,
    FileSlash,
    FileHost,
    PathStart,
    Path,
    OpaquePath,
    Query,
    Fragment,
}

/// What a step of the machine comes to.
enum Step {
    /// The next character is read in this state.
    To(State),
    /// The same character is read again, in this state.
    Again(State),
    /// The part that was assigned to is complete.
    Done,
    /// This is not a URL, or not such a part.
    Fail,
}

use Step::{Again, Done, Fail, To};

struct Parser<'a> {
    input: Vec<char>,
    /// The place of the character that is read.
    at: usize,
    base: Option<&'a Url>,
    url: Url,
    buffer: String,
    /// Where a part is assigned to.
    overridden: Option<State>,
    at_sign_seen: bool,
    inside_brackets: bool,
    password_token_seen: bool,
}

impl Url {
    /// Parses text, a relative reference against `base`; `None` where that fails.
    pub fn parse(input: &str, base: Option<&Self>) -> Option<Self> {
        let trimmed = input.trim_matches(|character| character <= ' ');
        let mut parser = Parser::new(trimmed, base, Self::new(), None);
        parser.run(State::SchemeStart).then_some(parser.url)
    }
}

/// Parses a part of `url` that is assigned to; returns whether it fits there. What was read before a fault is kept, as the
/// standard wants it: the host of `host:99999`.
pub(super) fn parse_part(url: &mut Url, input: &str, state: State) -> bool {
    let mut parser = Parser::new(input, None, url.clone(), Some(state));
    let fits = parser.run(state);
    *url = parser.url;
    fits
}

impl<'a> Parser<'a> {
    fn new(input: &str, base: Option<&'a Url>, url: Url, overridden: Option<State>) -> Self {
        Self {
            input: input.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect(),
            at: 0,
            base,
            url,
            buffer: String::new(),
            overridden,
            at_sign_seen: false,
            inside_brackets: false,
            password_token_seen: false,
        }
    }

    /// Reads to the end of the input; false for a failure.
    fn run(&mut self, mut state: State) -> bool {
        loop {
            let c = self.input.get(self.at).copied();
            match self.step(state, c) {
                To(next) => {
                    if c.is_none() {
                        return true;
                    }
                    self.at += 1;
                    state = next;
                }
                Again(next) => state = next,
                Done => return true,
                Fail => return false,
            }
        }
    }

    fn step(&mut self, state: State, c: Option<char>) -> Step {
        match state {
            State::SchemeStart => self.scheme_start(c),
            State::Scheme => self.scheme(c),
            State::NoScheme => self.no_scheme(c),
            State::SpecialRelativeOrAuthority => self.two_slashes_or(c, State::Relative),
            State::PathOrAuthority => match c {
                Some('/') => To(State::Authority),
                _ => Again(State::Path),
            },
            State::Relative => self.relative(c),
            State::RelativeSlash => self.relative_slash(c),
            State::SpecialAuthoritySlashes => {
                self.two_slashes_or(c, State::SpecialAuthorityIgnoreSlashes)
            }
            State::SpecialAuthorityIgnoreSlashes => match c {
                Some('/' | '\\') => To(state),
                _ => Again(State::Authority),
            },
            State::Authority => self.authority(c),
            State::Host | State::Hostname => self.host(state, c),
            State::Port => self.port(c),
            State::File => self.file(c),
            State::FileSlash => self.file_slash(c),
            State::FileHost => self.file_host(c),
            State::PathStart => self.path_start(c),
            State::Path => self.path(c),
            State::OpaquePath => self.opaque_path(c),
            State::Query => self.query(c),
            State::Fragment => {
                if let Some(c) = c {
                    let fragment = self.url.fragment.get_or_insert_default();
                    push_encoded(fragment, c, encode::fragment);
                }
                To(state)
            }
        }
    }

    fn next_is(&self, wanted: char) -> bool {
        self.input.get(self.at + 1) == Some(&wanted)
    }

    /// Whether an authority, a host or a path segment ends here.
    fn ends_authority(&self, c: Option<char>) -> bool {
        match c {
            None | Some('/' | '?' | '#') => true,
            Some('\\') => self.url.is_special(),
            _ => false,
        }
    }

    fn is_slash(&self, c: Option<char>) -> bool {
        c == Some('/') || (c == Some('\\') && self.url.is_special())
    }

    /// Two slashes lead to the authority of a special URL; anything else is read again as `other`.
    fn two_slashes_or(&mut self, c: Option<char>, other: State) -> Step {
        if c == Some('/') && self.next_is('/') {
            self.at += 1;
            return To(State::SpecialAuthorityIgnoreSlashes);
        }
        Again(other)
    }

    fn scheme_start(&mut self, c: Option<char>) -> Step {
        match c {
            Some(c) if c.is_ascii_alphabetic() => {
                self.buffer.push(c.to_ascii_lowercase());
                To(State::Scheme)
            }
            _ if self.overridden.is_none() => Again(State::NoScheme),
            _ => Fail,
        }
    }

    fn scheme(&mut self, c: Option<char>) -> Step {
        match c {
            Some(c) if c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.') => {
                self.buffer.push(c.to_ascii_lowercase());
                To(State::Scheme)
            }
            Some(':') if self.overridden.is_some() => self.change_scheme(),
            Some(':') => self.after_scheme(),
            _ if self.overridden.is_none() => {
                self.buffer.clear();
                self.at = 0;
                Again(State::NoScheme)
            }
            _ => Fail,
        }
    }

    /// A scheme is assigned to: it must be of the same kind, and fit what else there is.
    fn change_scheme(&mut self) -> Step {
        let url = &mut self.url;
        let to_file = self.buffer == "file" && (url.has_credentials() || url.port.is_some());
        let from_file = url.scheme == "file" && matches!(url.host, None | Some(Host::Empty));
        if url.is_special() != is_special(&self.buffer) || to_file || from_file {
            return Done;
        }
        url.scheme = std::mem::take(&mut self.buffer);
        if url.port == default_port(&url.scheme) {
            url.port = None;
        }
        Done
    }

    fn after_scheme(&mut self) -> Step {
        self.url.scheme = std::mem::take(&mut self.buffer);
        if self.url.scheme == "file" {
            return To(State::File);
        }
        if self.url.is_special() {
            let same = self.base.is_some_and(|base| base.scheme == self.url.scheme);
            return To(if same {
                State::SpecialRelativeOrAuthority
            } else {
                State::SpecialAuthoritySlashes
            });
        }
        if self.next_is('/') {
            self.at += 1;
            return To(State::PathOrAuthority);
        }
        self.url.path = UrlPath::Opaque(String::new());
        To(State::OpaquePath)
    }

    fn no_scheme(&mut self, c: Option<char>) -> Step {
        let Some(base) = self.base else { return Fail };
        if base.has_opaque_path() {
            if c != Some('#') {
                return Fail;
            }
            self.url = Url { fragment: Some(String::new()), ..base.clone() };
            return To(State::Fragment);
        }
        Again(if base.scheme == "file" { State::File } else { State::Relative })
    }

    fn relative(&mut self, c: Option<char>) -> Step {
        let Some(base) = self.base else { return Fail };
        self.url.scheme.clone_from(&base.scheme);
        if self.is_slash(c) {
            return To(State::RelativeSlash);
        }
        self.url = Url { fragment: None, ..base.clone() };
        self.after_base(c, Self::shorten)
    }

    /// The base's path and query are in place: what replaces them?
    fn after_base(&mut self, c: Option<char>, shorten: fn(&mut Self)) -> Step {
        match c {
            Some('?') => {
                self.url.query = Some(String::new());
                To(State::Query)
            }
            Some('#') => {
                self.url.fragment = Some(String::new());
                To(State::Fragment)
            }
            None => To(State::Path),
            Some(_) => {
                self.url.query = None;
                shorten(self);
                Again(State::Path)
            }
        }
    }

    fn relative_slash(&mut self, c: Option<char>) -> Step {
        if self.url.is_special() && matches!(c, Some('/' | '\\')) {
            return To(State::SpecialAuthorityIgnoreSlashes);
        }
        if c == Some('/') {
            return To(State::Authority);
        }
        if let Some(base) = self.base {
            let path = UrlPath::Segments(Vec::new());
            self.url = Url { path, query: None, fragment: None, ..base.clone() };
        }
        Again(State::Path)
    }

    fn authority(&mut self, c: Option<char>) -> Step {
        match c {
            Some('@') => {
                let mut credentials = std::mem::take(&mut self.buffer);
                if self.at_sign_seen {
                    credentials.insert_str(0, "%40");
                }
                self.at_sign_seen = true;
                for c in credentials.chars() {
                    if c == ':' && !self.password_token_seen {
                        self.password_token_seen = true;
                        continue;
                    }
                    let url = &mut self.url;
                    let part = if self.password_token_seen {
                        &mut url.password
                    } else {
                        &mut url.username
                    };
                    push_encoded(part, c, encode::userinfo);
                }
                To(State::Authority)
            }
            c if self.ends_authority(c) => {
                if self.at_sign_seen && self.buffer.is_empty() {
                    return Fail;
                }
                // What was read is the host, and is read again as such.
                self.at -= self.buffer.chars().count();
                self.buffer.clear();
                Again(State::Host)
            }
            c => {
                self.buffer.extend(c);
                To(State::Authority)
            }
        }
    }

    fn host(&mut self, state: State, c: Option<char>) -> Step {
        if self.overridden.is_some() && self.url.scheme == "file" {
            return Again(State::FileHost);
        }
        match c {
            Some(':') if !self.inside_brackets => {
                if self.buffer.is_empty() || self.overridden == Some(State::Hostname) {
                    return Fail;
                }
                if self.take_host().is_none() { Fail } else { To(State::Port) }
            }
            c if self.ends_authority(c) => {
                if self.buffer.is_empty() {
                    let has_more = self.url.has_credentials() || self.url.port.is_some();
                    if self.url.is_special() || (self.overridden.is_some() && has_more) {
                        return Fail;
                    }
                }
                if self.take_host().is_none() {
                    return Fail;
                }
                if self.overridden.is_some() { Done } else { Again(State::PathStart) }
            }
            c => {
                match c {
                    Some('[') => self.inside_brackets = true,
                    Some(']') => self.inside_brackets = false,
                    _ => {}
                }
                self.buffer.extend(c);
                To(state)
            }
        }
    }

    fn take_host(&mut self) -> Option<()> {
        let buffer = std::mem::take(&mut self.buffer);
        self.url.host = Some(Host::parse(&buffer, !self.url.is_special())?);
        Some(())
    }

    fn port(&mut self, c: Option<char>) -> Step {
        match c {
            Some(digit) if digit.is_ascii_digit() => {
                self.buffer.push(digit);
                To(State::Port)
            }
            c if self.ends_authority(c) || self.overridden.is_some() => {
                if !self.buffer.is_empty() {
                    let digits = self.buffer.trim_start_matches('0');
                    let port = if digits.is_empty() { Ok(0) } else { digits.parse::<u16>() };
                    let Ok(port) = port else { return Fail };
                    self.url.port =
                        Some(port).filter(|_| Some(port) != default_port(&self.url.scheme));
                    self.buffer.clear();
                    if self.overridden.is_some() {
                        return Done;
                    }
                }
                if self.overridden.is_some() { Fail } else { Again(State::PathStart) }
            }
            _ => Fail,
        }
    }

    fn file(&mut self, c: Option<char>) -> Step {
        "file".clone_into(&mut self.url.scheme);
        self.url.host = Some(Host::Empty);
        if matches!(c, Some('/' | '\\')) {
            return To(State::FileSlash);
        }
        let Some(base) = self.base.filter(|base| base.scheme == "file") else {
            return Again(State::Path);
        };
        self.url.host.clone_from(&base.host);
        self.url.path.clone_from(&base.path);
        self.url.query.clone_from(&base.query);
        self.after_base(c, |parser| {
            if parser.starts_with_drive_letter() {
                parser.url.segments().clear();
            } else {
                parser.shorten();
            }
        })
    }

    fn file_slash(&mut self, c: Option<char>) -> Step {
        if matches!(c, Some('/' | '\\')) {
            return To(State::FileHost);
        }
        if let Some(base) = self.base.filter(|base| base.scheme == "file") {
            self.url.host.clone_from(&base.host);
            if !self.starts_with_drive_letter()
                && let UrlPath::Segments(segments) = &base.path
                && let Some(drive) = segments.first().filter(|first| is_drive_letter(first, true))
            {
                self.url.segments().push(drive.clone());
            }
        }
        Again(State::Path)
    }

    fn file_host(&mut self, c: Option<char>) -> Step {
        if !matches!(c, None | Some('/' | '\\' | '?' | '#')) {
            self.buffer.extend(c);
            return To(State::FileHost);
        }
        if self.overridden.is_none() && is_drive_letter(&self.buffer, false) {
            // `file://C:/`: the buffer is the first segment of the path.
            return Again(State::Path);
        }
        self.url.host = Some(if self.buffer.is_empty() {
            Host::Empty
        } else {
            let Some(host) = Host::parse(&self.buffer, false) else { return Fail };
            if host == Host::Domain("localhost".to_owned()) { Host::Empty } else { host }
        });
        if self.overridden.is_some() {
            return Done;
        }
        self.buffer.clear();
        Again(State::PathStart)
    }

    fn path_start(&mut self, c: Option<char>) -> Step {
        if self.url.is_special() {
            return if self.is_slash(c) { To(State::Path) } else { Again(State::Path) };
        }
        match c {
            Some('?') if self.overridden.is_none() => {
                self.url.query = Some(String::new());
                To(State::Query)
            }
            Some('#') if self.overridden.is_none() => {
                self.url.fragment = Some(String::new());
                To(State::Fragment)
            }
            Some('/') => To(State::Path),
            Some(_) => Again(State::Path),
            None => {
                if self.overridden.is_some() && self.url.host.is_none() {
                    self.url.segments().push(String::new());
                }
                To(State::Path)
            }
        }
    }

    fn path(&mut self, c: Option<char>) -> Step {
        let ends = c.is_none()
            || self.is_slash(c)
            || (self.overridden.is_none() && matches!(c, Some('?' | '#')));
        if !ends {
            if let Some(c) = c {
                push_encoded(&mut self.buffer, c, encode::path);
            }
            return To(State::Path);
        }
        let mut segment = std::mem::take(&mut self.buffer);
        let slash = self.is_slash(c);
        if is_double_dot(&segment) {
            self.shorten();
            if !slash {
                self.url.segments().push(String::new());
            }
        } else if is_single_dot(&segment) {
            if !slash {
                self.url.segments().push(String::new());
            }
        } else {
            let first = self.url.segments().is_empty();
            if self.url.scheme == "file" && first && is_drive_letter(&segment, false) {
                segment.replace_range(1.., ":");
            }
            self.url.segments().push(segment);
        }
        match c {
            Some('?') if self.overridden.is_none() => {
                self.url.query = Some(String::new());
                To(State::Query)
            }
            Some('#') if self.overridden.is_none() => {
                self.url.fragment = Some(String::new());
                To(State::Fragment)
            }
            _ => To(State::Path),
        }
    }

    fn opaque_path(&mut self, c: Option<char>) -> Step {
        let UrlPath::Opaque(path) = &mut self.url.path else { return Fail };
        match c {
            Some('?') => {
                self.url.query = Some(String::new());
                To(State::Query)
            }
            Some('#') => {
                self.url.fragment = Some(String::new());
                To(State::Fragment)
            }
            Some(' ') => {
                // A space at the end would get lost when the URL is parsed again.
                let last = matches!(self.input.get(self.at + 1), Some('?' | '#'));
                path.push_str(if last { "%20" } else { " " });
                To(State::OpaquePath)
            }
            Some(c) => {
                push_encoded(path, c, encode::c0_control);
                To(State::OpaquePath)
            }
            None => To(State::OpaquePath),
        }
    }

    fn query(&mut self, c: Option<char>) -> Step {
        match c {
            Some('#') if self.overridden.is_none() => {
                self.url.fragment = Some(String::new());
                return To(State::Fragment);
            }
            Some(c) => {
                let special = self.url.is_special();
                let set = if special { encode::special_query } else { encode::query };
                push_encoded(self.url.query.get_or_insert_default(), c, set);
            }
            None => {}
        }
        To(State::Query)
    }

    /// URL 4.1, "shorten a url's path": a drive stays.
    fn shorten(&mut self) {
        let is_file = self.url.scheme == "file";
        let segments = self.url.segments();
        if !(is_file && segments.len() == 1 && is_drive_letter(&segments[0], true)) {
            segments.pop();
        }
    }

    /// URL 4.1, "starts with a Windows drive letter".
    fn starts_with_drive_letter(&self) -> bool {
        let rest = &self.input[self.at..];
        let ends = matches!(rest.get(2), None | Some('/' | '\\' | '?' | '#'));
        ends && matches!(rest, [letter, ':' | '|', ..] if letter.is_ascii_alphabetic())
    }
}
