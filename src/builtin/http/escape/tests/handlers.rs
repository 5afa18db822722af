//! Random handlers: functions of one argument, small, which do all sorts of things with it.
//!
//! Half of them only ever read known fields, while they run. Each of the others has one other way to
//! use its argument, now and then. What they can reach besides is in `WORLD` of `differential`.

use crate::builtin::testing::Random;

/// Other names by which the argument goes, and how they are declared.
const NAMES: [(&str, &str); 4] = [("req", "req"), ("r", "r"), ("req", "r\\u0065q"), ("$_", "$_")];

const FIELDS: [&str; 6] = ["data", "ws", "type", "pathname", "headers", "params"];

/// Uses of the argument `@` that may let it out, or that only a new object can stand.
const ESCAPES: &[&str] = &[
    "@",
    "keep(@)",
    "keep((@))",
    "log(@)",
    "id(@)",
    "keep([@])",
    "keep({ @ })",
    "keep({ ...@ })",
    "keep({ data: @ })",
    "new Box(@)",
    "tag`${@}`",
    "keep((0, @))",
    "keep(g0 ? @ : @)",
    "keep(@ || 1)",
    "keep(@ ?? 1)",
    "later(() => @)",
    "later(() => @.data)",
    "later(function () { return @.ws.name; })",
    "later((x = @.data) => x)",
    "later(({ x = @.data }) => x)",
    "later(async () => { await 0; log(@.data); })",
    "keep({ get g() { return @.data; } })",
    "keep({ m() { return @.ws; } })",
    "keep((function* () { yield @.data; })())",
    "keep(new (class { f = @; })())",
    "keep(new (class { m() { return @.data; } })())",
    "later(((C) => () => new C().f)(class { f = @.data; }))",
    "keep(class { static s = keep(@); })",
    "((x = @) => keep(x))()",
    "(({ data }) => data)(@)",
    "log(@[key])",
    "log(@['constructor'] === undefined)",
    "log(@.constructor === undefined)",
    "log(typeof @.toJSON)",
    "log(typeof @.hasOwnProperty)",
    "log(@?.data)",
    "keep(@?.valueOf())",
    "keep(@.valueOf())",
    "keep(@.toJSON())",
    "(@.data = 'set')",
    "(@.kept = @.data, log(@.kept))",
    "(@.data += '!', log(@.data))",
    "(@.data++, log(@.data))",
    "(delete @.data, log(@.data))",
    "(delete (@.ws), log(@.ws))",
    "([@.data] = ['set'], log(@.data))",
    "({ x: @.data } = { x: 'set' }, log(@.data))",
    "('kept' in @)",
    "('data' in @)",
    "log(@ === kept[0])",
    "(g0 = @)",
    "([g0] = [@])",
    "(@ = { data: 'mine', ws: {} })",
    "log(structure(@))",
    "log(Object.keys(@))",
    "log(JSON.stringify(@))",
    "keep(arguments)",
    "keep(arguments[0])",
    "keep([...arguments])",
    "later(() => arguments[0].data)",
    "keep(eval('@'))",
    "later(() => eval('@.data'))",
    "eval('later(() => @)')",
    "keep(self.arguments)",
    "keep(self.caller)",
    "(function () { keep(self.arguments); })()",
    "keep(new Proxy(@, {}))",
    "keep(Promise.resolve(@))",
    "Promise.resolve().then(() => Promise.resolve()).then(() => later(() => @.data))",
];

/// The same as statements.
const ESCAPE_STATEMENTS: &[&str] = &[
    "var copy = @; keep(copy);",
    "const { data: d1, ...others } = @; keep(others);",
    "const { [key]: d2 } = @; keep(d2);",
    "const { ['constructor']: d3 } = @; log(d3 === undefined);",
    "const { constructor: d4 } = @; log(d4 === undefined);",
    "const { data: { x: d5 = @ } } = @; keep(d5);",
    "const { data: d6 = keep(@) } = {}; keep(d6);",
    "for (const k in @) log(k);",
    "for (@.data of ['of']) log(@.data);",
    "for (@.data in { of: 1 }) log(@.data);",
    "for ({ x: g0 = @ } of [{}]) keep(g0);",
    "for (let [x = @] = []; x; x = 0) keep(x);",
    "try { throw @; } catch (error) { keep(error); }",
    "try { throw @; } catch ({ data }) { keep(data); }",
    "function inner() { return @.data; } later(inner);",
    "later(inner); function inner(x = @.data) { return x; }",
    "class Inner { m() { return @.data; } } keep(new Inner());",
    "class Inner { f = @.data; } later(() => new Inner().f);",
    "class Inner { static { keep(@); } }",
    "class Inner extends keep(@).constructor {}",
    "return @;",
    "throw @;",
    "return { then: 0, @ };",
    "arguments[0] = { data: 'other' };",
    "var arguments; keep(arguments);",
    "switch (@) { case kept[0]: log('again'); }",
    "label: { keep(@); break label; }",
    "var @; keep(@);",
    "{ let @ = 1; log(@); }",
    "let f1 = () => @; later(f1);",
];

/// What a handler does with its argument besides reading fields while it runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    None,
    Expression(&'static str),
    Statement(&'static str),
    /// It reads fields in nested functions too, which may run later.
    InNested,
    /// Its parameters are unusual.
    Head,
    /// It runs on after it has returned.
    Later,
}

pub(super) struct Handlers {
    random: Random,
    /// The name of the argument, unless it is taken apart in the head.
    argument: Option<&'static str>,
    /// What may be read: locals in scope, with the variables that the head or others declare.
    locals: Vec<String>,
    way: Way,
    /// How many nested functions this is inside of.
    nested: usize,
    /// How many more things this handler may do.
    budget: usize,
    count: usize,
}

impl Handlers {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            argument: None,
            locals: Vec::new(),
            way: Way::None,
            nested: 0,
            budget: 0,
            count: 0,
        }
    }

    /// The source of the next handler, an expression.
    pub(super) fn next(&mut self) -> String {
        self.way = match self.below(16) {
            0..=7 => Way::None,
            8..=10 => Way::Expression(ESCAPES[self.below(ESCAPES.len())]),
            11 | 12 => Way::Statement(ESCAPE_STATEMENTS[self.below(ESCAPE_STATEMENTS.len())]),
            13 => Way::InNested,
            14 => Way::Head,
            _ => Way::Later,
        };
        (self.nested, self.budget) = (0, 4 + self.random.below(24));
        self.locals.clear();
        let parameters = self.head();
        let kind = match self.way {
            Way::Later => ["async ", "async function* ", "function* "][self.below(3)],
            _ => "",
        };
        // A directive cannot stand where the parameters are not plain names.
        let is_plain = self.argument.is_some() && parameters.len() < 8;
        let strict = if is_plain { self.random.pick(&["", "", "'use strict'; "]) } else { "" };
        let body = match self.escape() {
            Some(escape) if self.below(2) == 0 => format!("{escape} {}", self.statements(3)),
            Some(escape) => format!("{} {escape}", self.statements(3)),
            None => self.statements(3),
        };
        match self.below(8) {
            _ if kind.ends_with("* ") => format!("{kind}self({parameters}) {{ {strict}{body} }}"),
            0 => format!("{kind}({parameters}) => ({})", self.expression(3)),
            1..=4 => format!("{kind}({parameters}) => {{ {strict}{body} }}"),
            _ => format!("{kind}function self({parameters}) {{ {strict}{body} }}"),
        }
    }

    /// A statement that does with the argument what only this handler does.
    fn escape(&self) -> Option<String> {
        let name = self.argument?;
        match self.way {
            Way::Expression(escape) => Some(format!("void ({});", written(escape, name))),
            Way::Statement(escape) => Some(written(escape, name)),
            _ => None,
        }
    }

    fn below(&mut self, bound: usize) -> usize {
        self.random.below(bound)
    }

    /// The parameters.
    fn head(&mut self) -> String {
        if self.below(6) == 0 {
            self.argument = None;
            self.locals = vec!["data".to_owned(), "ws".to_owned()];
            let is_odd = self.way == Way::Head;
            let pattern = match self.below(if is_odd { 8 } else { 4 }) {
                0 => "{ ws, data = 'none' }",
                1 => "{ data: { length: data }, ws }",
                2 => "{ type: data, ws }, unused",
                3 => "{ data, ws }",
                4 => "{ data, ...ws }",
                5 => "{ [key]: data, ws }",
                6 => "{ data, ws } = {}",
                _ => "{ data = arguments, ws }",
            };
            return pattern.to_owned();
        }
        let (name, spelled) = NAMES[self.below(NAMES.len())];
        self.argument = Some(name);
        match if self.way == Way::Head { 8 + self.below(4) } else { self.below(8) } {
            0 => format!("{spelled}, unused"),
            1 => {
                self.locals.push("more".to_owned());
                let default = self.nested(|it| it.expression(1));
                format!("{spelled}, more = {default}")
            }
            8 => format!("{spelled} = {{}}"),
            9 => format!("...{spelled}"),
            10 => format!("{spelled}, ...rest"),
            11.. => {
                self.locals.push("x".to_owned());
                format!("{spelled}, {{ x = {name} }} = {{}}")
            }
            _ => spelled.to_owned(),
        }
    }

    /// Does something inside of a nested function, where careful handlers do not touch the argument.
    fn nested(&mut self, inner: impl FnOnce(&mut Self) -> String) -> String {
        let locals = self.locals.len();
        self.nested += 1;
        let text = inner(self);
        self.nested -= 1;
        self.locals.truncate(locals);
        text
    }

    fn fresh(&mut self) -> String {
        self.count += 1;
        format!("v{}", self.count)
    }

    /// Reads what is there to be read: mostly from the argument.
    fn read(&mut self) -> String {
        let Some(name) = self.argument else { return self.variable() };
        if let Way::Expression(escape) = self.way
            && self.below(4) == 0
        {
            return written(escape, name);
        }
        if self.nested > 0 && self.way != Way::InNested {
            return self.variable();
        }
        let field = self.random.pick(&FIELDS);
        match self.below(10) {
            0 => format!("({name}).{field}"),
            1 => format!("{name}.data.length"),
            2 => format!("{name}.{field}?.length"),
            3 => format!("{name}.ws.send({name}.data)"),
            4 => format!("{name}.ws.name"),
            5 => format!("{name}.method"),
            6 => format!("{name}.data.slice?.(1)"),
            _ => format!("{name}.{field}"),
        }
    }

    fn variable(&mut self) -> String {
        if self.locals.is_empty() || self.below(4) == 0 {
            return self.random.pick(&["g0", "g1", "kept.length", "this"]).to_owned();
        }
        let at = self.below(self.locals.len());
        self.locals[at].clone()
    }

    fn expression(&mut self, depth: usize) -> String {
        if depth == 0 || self.budget == 0 {
            return match self.below(4) {
                0 => self.random.pick(&["1", "'text'", "null", "undefined", "true"]).to_owned(),
                1 => self.variable(),
                _ => self.read(),
            };
        }
        self.budget -= 1;
        let depth = depth - 1;
        match self.below(7) {
            0 | 1 => self.read(),
            2 => self.call(depth),
            3 => self.function(depth),
            4 => self.literal(depth),
            5 => self.assignment(depth),
            _ => self.operation(depth),
        }
    }

    fn call(&mut self, depth: usize) -> String {
        let inner = self.expression(depth);
        match self.below(9) {
            0 | 1 => format!("keep({inner})"),
            2 => format!("log({inner})"),
            3 => format!("id({inner})"),
            4 => format!("tag`a${{{inner}}}b`"),
            5 => format!("new Box({inner})"),
            6 => format!("String({inner})"),
            7 => format!("id?.({inner})"),
            _ => format!("Math.max(...[1, {inner}])"),
        }
    }

    fn function(&mut self, depth: usize) -> String {
        let kind = self.below(10);
        let inner = self.nested(|it| it.expression(depth));
        match kind {
            0 => format!("later(() => {inner})"),
            1 => format!("(() => {inner})()"),
            2 => format!("(function (x) {{ return {inner}; }})(2)"),
            3 => format!("keep((function* () {{ yield {inner}; yield 2; }})())"),
            4 => format!("(async () => {{ await null; log({inner}); }})()"),
            5 => format!("((x = {inner}) => x)()"),
            6 => format!("(({{ a: x = {inner} }}) => x)({{}})"),
            7 => format!(
                "new (class {{ f = {inner}; static s = 1; get v() {{ return this.f; }} }})()"
            ),
            8 => format!("keep({{ get g() {{ return {inner}; }} }})"),
            _ => format!("[1, 2].map((x) => {inner})"),
        }
    }

    fn literal(&mut self, depth: usize) -> String {
        let (a, b) = (self.expression(depth), self.expression(depth));
        match self.below(5) {
            0 => format!("[{a}, {b}]"),
            1 => format!("({{ a: {a}, b: {b} }})"),
            2 => format!("({{ [{a}]: {b} }})"),
            3 => format!("`${{{a}}} ${{{b}}}`"),
            _ => format!("[...[{a}], {b}]"),
        }
    }

    fn assignment(&mut self, depth: usize) -> String {
        let value = self.expression(depth);
        let operator = self.random.pick(&["=", "=", "+=", "??=", "||="]);
        match self.below(3) {
            0 => format!("([g0, g1 = 2] = [cut({value})])"),
            1 => format!("({{ a: g0 }} = {{ a: cut({value}) }})"),
            _ => format!("(g0 {operator} cut({value}))"),
        }
    }

    fn operation(&mut self, depth: usize) -> String {
        let (a, b) = (self.expression(depth), self.expression(depth));
        match self.below(8) {
            0 => format!("({a} ? {b} : 0)"),
            1 => format!("({a}, {b})"),
            2 => format!("typeof {a}"),
            3 => format!("!{a}"),
            4 => format!("({a})?.length"),
            5 => format!("({a} === {b})"),
            _ => {
                let operator = self.random.pick(&["+", "&&", "||", "??", "=="]);
                format!("(({a}) {operator} ({b}))")
            }
        }
    }

    fn statements(&mut self, depth: usize) -> String {
        let locals = self.locals.len();
        let count = 1 + self.below(3);
        let text: Vec<String> = (0..count).map(|_| self.statement(depth)).collect();
        self.locals.truncate(locals);
        text.join(" ")
    }

    fn statement(&mut self, depth: usize) -> String {
        if depth == 0 || self.budget == 0 {
            return format!("log({});", self.read());
        }
        self.budget -= 1;
        if let (Some(name), Way::Statement(escape)) = (self.argument, self.way)
            && self.below(4) == 0
        {
            return written(escape, name);
        }
        let depth = depth - 1;
        match self.below(12) {
            0..=2 => self.declaration(depth),
            3 => {
                let (test, body) = (self.expression(1), self.statements(depth));
                format!("if ({test}) {{ {body} }} else log('else');")
            }
            4 => self.repetition(depth),
            5 => self.exception(depth),
            6 => {
                let (value, body) = (self.expression(1), self.statements(depth));
                format!("switch ({value}) {{ case 'one': {{ {body} }} default: log('default'); }}")
            }
            7 => self.inner_function(depth),
            8 => format!("return {};", self.expression(depth)),
            _ => format!("{};", self.expression_statement(depth)),
        }
    }

    /// An expression that cannot be taken for a block or a declaration.
    fn expression_statement(&mut self, depth: usize) -> String {
        let expression = self.expression(depth);
        format!("void ({expression})")
    }

    fn declaration(&mut self, depth: usize) -> String {
        let keyword = self.random.pick(&["const", "let", "var"]);
        let name = self.fresh();
        let declared = match self.argument.filter(|_| self.nested == 0) {
            Some(argument) if self.below(2) == 0 => {
                let pattern = match self.below(4) {
                    0 => format!("{{ data: {name} }}"),
                    1 => format!("{{ ws: {name}, data }}"),
                    2 => format!("{{ type: {name} = 1 }}"),
                    _ => format!("{{ data: {{ length: {name} }} }}"),
                };
                // The block keeps `data` from being declared twice.
                format!("{pattern} = {argument}")
            }
            _ => {
                let value = self.expression(depth);
                match self.below(3) {
                    0 => format!("[{name} = 1] = [{value}]"),
                    _ => format!("{name} = {value}"),
                }
            }
        };
        if declared.contains(", data }") {
            return format!("{{ {keyword} {declared}; keep({name}); log(data); }}");
        }
        self.locals.push(name);
        format!("{keyword} {declared};")
    }

    fn repetition(&mut self, depth: usize) -> String {
        let name = self.fresh();
        let (kind, value) = (self.below(4), self.expression(1));
        self.locals.push(name.clone());
        let body = self.statements(depth);
        self.locals.pop();
        match kind {
            0 => format!("for (let {name} = 0; {name} < 2; {name}++) {{ {body} }}"),
            1 => format!("for (const {name} of [{value}, 2]) {{ {body} }}"),
            2 => format!("for (const {name} in {{ a: {value} }}) {{ {body} }}"),
            _ => format!("let {name} = 2; while ({name}-- > 0) {{ {body} if ({value}) break; }}"),
        }
    }

    fn exception(&mut self, depth: usize) -> String {
        let (kind, body, value) = (self.below(3), self.statements(depth), self.expression(1));
        match kind {
            0 => format!("try {{ {body} throw {value}; }} catch (error) {{ keep(error); }}"),
            1 => format!("try {{ {body} }} finally {{ log({value}); }}"),
            _ => format!("try {{ null.x; }} catch {{ {body} }}"),
        }
    }

    fn inner_function(&mut self, depth: usize) -> String {
        let name = self.fresh();
        let body = self.nested(|it| it.statements(depth));
        match self.below(3) {
            0 => format!("function {name}(x) {{ {body} }} later({name});"),
            1 => format!("function {name}() {{ {body} }} {name}();"),
            _ => format!("class {name} {{ m() {{ {body} }} }} keep(new {name}());"),
        }
    }
}

/// An escape with the name of the argument.
fn written(escape: &str, name: &str) -> String {
    escape.replace('@', name)
}
