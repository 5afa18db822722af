//! The routes of a server, in the order in which a script has added them, and which of them a
//! request belongs to.
//!
//! No borrow is left while JavaScript runs: a pattern may be matched by a function.

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, Finalize, JsObject, JsResult, Trace};
use boa_gc::{Gc, GcRefCell};

use super::pattern::{CompiledPattern, Groups, Pattern};
use crate::host::Client;
use crate::js::stack::Place;
use crate::proto::http1::Request;

/// Whom the `Server` object, and the server while it listens, share them with.
pub(super) type SharedRoutes = Gc<Routes>;

/// The routes of one server.
#[derive(Default, Trace, Finalize)]
pub(super) struct Routes {
    steps: GcRefCell<Vec<Step>>,
    sockets: GcRefCell<Vec<SocketRoute>>,
}

/// What serves requests, or what `server.use` has put around that.
#[derive(Clone, Trace, Finalize)]
pub(super) struct Step {
    #[unsafe_ignore_trace]
    pub(super) serves: Serves,
    /// None is for all paths.
    pub(super) pattern: Option<Pattern>,
    /// The pattern for an error, and what tells it from others.
    #[unsafe_ignore_trace]
    pub(super) text: PatternText,
    pub(super) function: JsFunction,
    /// Whether it is called before the body has come, where that is said.
    #[unsafe_ignore_trace]
    pub(super) streams: Option<bool>,
    /// Where in the script it was added.
    #[unsafe_ignore_trace]
    pub(super) made_at: Option<Place>,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Serves {
    /// Runs around those that come after it.
    Around,
    /// Requests with this method.
    Method(&'static str),
    /// Requests with any method.
    All,
}

/// A route for WebSockets.
#[derive(Trace, Finalize)]
struct SocketRoute {
    pattern: Pattern,
    #[unsafe_ignore_trace]
    text: PatternText,
    /// The settings of its server, with what the route has otherwise.
    settings: JsObject,
    /// How many steps there were before it.
    #[unsafe_ignore_trace]
    behind: usize,
}

/// A pattern as it was given, and without what makes no difference.
#[derive(Clone, Debug)]
pub(super) struct PatternText {
    pub(super) given: String,
    pub(super) shape: String,
}

/// The request whose route is sought.
pub(super) struct Sought<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    request: &'a Request,
    client: &'a Client,
    is_socket: bool,
}

impl<'a> Sought<'a> {
    /// A request, or an opening handshake.
    pub(super) fn new(request: &'a Request, client: &'a Client, is_socket: bool) -> Self {
        let (method, path) = (&*request.method, request.pathname());
        Self { method, path, request, client, is_socket }
    }

    /// The whole URL, which hardly any pattern wants.
    fn url(&self) -> String {
        let scheme = match (self.is_socket, self.client.secure) {
            (true, true) => "wss",
            (true, false) => "ws",
            (false, true) => "https",
            (false, false) => "http",
        };
        let named = self.client.host.as_deref();
        let host = named.or_else(|| self.request.headers.get_str("host"));
        let host = host.filter(|host| !host.is_empty());
        format!("{scheme}://{}{}", host.unwrap_or("localhost"), self.request.target)
    }
}

/// The steps around a handler, from the outside in, each with what stands in its groups.
pub(super) type Around = Vec<(usize, Groups)>;

/// What is to become of a request.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) around: Around,
    /// The step that serves it, if there is one.
    pub(super) route: Option<(usize, Groups)>,
}

/// A step that serves the request, unless its pattern is still to be asked.
struct Candidate {
    at: usize,
    serves: Serves,
    found: Found,
}

enum Found {
    Groups(Groups),
    Asks(CompiledPattern),
}

impl Found {
    /// None if it does not match after all.
    fn settle(self, sought: &Sought<'_>, context: &mut Context) -> JsResult<Option<Groups>> {
        match self {
            Self::Groups(groups) => Ok(Some(groups)),
            Self::Asks(pattern) => pattern.find(sought.path, &|| sought.url(), context),
        }
    }
}

fn look(pattern: Option<&Pattern>, path: &str) -> Option<Found> {
    match pattern {
        None => Some(Found::Groups(Groups::Nothing)),
        Some(Pattern::Plain(plain)) if plain.matches(path) => {
            let has_groups = plain.has_groups();
            let groups = if has_groups { Groups::Of(plain.clone()) } else { Groups::Nothing };
            Some(Found::Groups(groups))
        }
        Some(Pattern::Plain(_)) => None,
        Some(Pattern::Compiled(compiled)) => Some(Found::Asks(compiled.clone())),
    }
}

impl Routes {
    pub(super) fn push(&self, step: Step) {
        self.steps.borrow_mut().push(step);
    }

    pub(super) fn push_socket(&self, pattern: Pattern, text: PatternText, settings: JsObject) {
        let behind = self.steps.borrow().len();
        self.sockets.borrow_mut().push(SocketRoute { pattern, text, settings, behind });
    }

    pub(super) fn len(&self) -> usize {
        self.steps.borrow().len() + self.sockets.borrow().len()
    }

    /// Whether any step wants to be called before the body has come.
    pub(super) fn any_streams(&self) -> bool {
        self.steps.borrow().iter().any(|step| step.streams == Some(true))
    }

    pub(super) fn step(&self, at: usize) -> Option<Step> {
        self.steps.borrow().get(at).cloned()
    }

    /// The pattern and the settings of a route for WebSockets.
    pub(super) fn socket(&self, at: usize) -> Option<(Pattern, JsObject)> {
        let sockets = self.sockets.borrow();
        sockets.get(at).map(|route| (route.pattern.clone(), route.settings.clone()))
    }

    pub(super) fn has_sockets(&self) -> bool {
        !self.sockets.borrow().is_empty()
    }

    /// Whether opening handshakes are any of its business.
    pub(super) fn concerns_sockets(&self) -> bool {
        self.has_sockets() || self.steps.borrow().iter().any(|step| step.serves == Serves::Around)
    }

    /// The pattern of a route that would always come before one of this shape.
    pub(super) fn hides(&self, serves: Option<Serves>, shape: &str) -> Option<String> {
        let same = |text: &PatternText| (text.shape == shape).then(|| text.given.clone());
        match serves {
            None => self.sockets.borrow().iter().find_map(|route| same(&route.text)),
            Some(Serves::Around) => None,
            Some(serves) => {
                let steps = self.steps.borrow();
                let mut before =
                    steps.iter().filter(|step| [serves, Serves::All].contains(&step.serves));
                before.find_map(|step| same(&step.text))
            }
        }
    }

    /// What is to become of a request: the first step that serves it, and what runs around it.
    pub(super) fn plan(&self, sought: &Sought<'_>, context: &mut Context) -> JsResult<Plan> {
        let mut plan = Plan::default();
        // RFC 9110 9.3.2: HEAD is GET without the content.
        let mut of_get = None;
        let mut from = 0;
        while let Some(candidate) = self.candidate(from, sought) {
            let Candidate { at, serves, found } = candidate;
            from = at + 1;
            let Some(groups) = found.settle(sought, context)? else { continue };
            match serves {
                Serves::Around => plan.around.push((at, groups)),
                Serves::Method(method) if method != sought.method => {
                    of_get.get_or_insert((at, groups, plan.around.len()));
                }
                // What serves all methods comes after the route for GET, for HEAD as well.
                Serves::All if of_get.is_some() => break,
                _ => {
                    plan.route = Some((at, groups));
                    return Ok(plan);
                }
            }
        }
        if let Some((at, groups, around)) = of_get {
            plan.around.truncate(around);
            plan.route = Some((at, groups));
        }
        Ok(plan)
    }

    fn candidate(&self, from: usize, sought: &Sought<'_>) -> Option<Candidate> {
        let steps = self.steps.borrow();
        steps.iter().enumerate().skip(from).find_map(|(at, step)| {
            let fits = match step.serves {
                Serves::Around | Serves::All => true,
                Serves::Method(method) => {
                    method == sought.method || (method == "GET" && sought.method == "HEAD")
                }
            };
            let found = if fits { look(step.pattern.as_ref(), sought.path)? } else { return None };
            Some(Candidate { at, serves: step.serves, found })
        })
    }

    /// The function of a step.
    pub(super) fn function(&self, at: usize) -> Option<JsFunction> {
        self.steps.borrow().get(at).map(|step| step.function.clone())
    }

    /// The methods of the routes that match a path, as the field `Allow` has them.
    pub(super) fn allowed(&self, sought: &Sought<'_>, context: &mut Context) -> JsResult<String> {
        let mut allowed: Vec<&str> = Vec::new();
        let count = self.steps.borrow().len();
        for at in 0..count {
            let found = self.steps.borrow().get(at).and_then(|step| match step.serves {
                Serves::Method(method) => Some((method, look(step.pattern.as_ref(), sought.path)?)),
                Serves::Around | Serves::All => None,
            });
            let Some((method, found)) = found else { continue };
            if !allowed.contains(&method) && found.settle(sought, context)?.is_some() {
                allowed.push(method);
            }
        }
        if allowed.contains(&"GET") {
            allowed.push("HEAD");
        }
        if !allowed.is_empty() {
            allowed.push("OPTIONS");
        }
        allowed.sort_unstable();
        allowed.dedup();
        Ok(allowed.join(", "))
    }

    /// Which route for WebSockets a path belongs to.
    pub(super) fn find_socket(
        &self,
        sought: &Sought<'_>,
        context: &mut Context,
    ) -> JsResult<Option<(usize, Groups)>> {
        let count = self.sockets.borrow().len();
        for at in 0..count {
            let found = self.sockets.borrow().get(at).map(|route| route.pattern.clone());
            if let Some(found) = look(found.as_ref(), sought.path)
                && let Some(groups) = found.settle(sought, context)?
            {
                return Ok(Some((at, groups)));
            }
        }
        Ok(None)
    }

    /// The route of an opening handshake, if it has one, and what runs around its hook.
    pub(super) fn plan_socket(&self, sought: &Sought<'_>, context: &mut Context) -> JsResult<Plan> {
        let route = self.find_socket(sought, context)?;
        let behind =
            route.as_ref().and_then(|(at, _)| Some(self.sockets.borrow().get(*at)?.behind));
        let mut plan = Plan { around: Vec::new(), route };
        let count = self.steps.borrow().len();
        for at in 0..behind.unwrap_or(count) {
            let found = self.steps.borrow().get(at).and_then(|step| match step.serves {
                Serves::Around => look(step.pattern.as_ref(), sought.path),
                Serves::Method(_) | Serves::All => None,
            });
            let Some(found) = found else { continue };
            if let Some(groups) = found.settle(sought, context)? {
                plan.around.push((at, groups));
            }
        }
        Ok(plan)
    }
}
