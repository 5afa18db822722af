//! Reads a Markdown page into stories: programs and the commands that go with them.
//!
//! A `js` or `ts` block is a program. The `console` and `sh` blocks after it, up to the next program or
//! heading, are commands for it; a `text` block right after it is what it prints. In `console`,
//! the lines after a `$ command` are its output; in `sh`, every line is a command.
//!
//! A comment such as `<!-- test: exit 1 -->` before a block says what the reader knows without it:
//!
//! - `file NAME`: the block is a file of that name, for programs after it;
//! - `beside FILE`: a server to run meanwhile, from this page or from the repository;
//! - `exit N`: the exit code of the last command, which is 0 otherwise;
//! - `by FILE`: another test takes the block from the page;
//! - `skip REASON`: nothing can run it, for one of the reasons below.
//!
//! Whatever else a page has is a fault, so no block is passed over without a word.

use std::ffi::OsStr;
use std::path::Path;

/// Why a block may go without a run.
const SKIP_REASONS: [&str; 4] = [
    "it needs root",
    "it needs a user who is not root",
    "it downloads",
    "it takes thousands of connections",
];

/// A page: what can be run, and what is wrong with it.
#[derive(Default)]
pub(super) struct Page {
    pub(super) stories: Vec<Story>,
    pub(super) faults: Vec<String>,
}

/// One run: a few files and the commands that use them.
#[derive(Clone, Default)]
pub(super) struct Story {
    /// Where it begins, counted from 1.
    pub(super) line: usize,
    /// The named blocks of the page so far.
    pub(super) files: Vec<(String, String)>,
    /// Servers that run from the start.
    pub(super) beside: Vec<String>,
    pub(super) steps: Vec<Step>,
}

/// One command.
#[derive(Clone)]
pub(super) struct Step {
    pub(super) line: usize,
    pub(super) command: String,
    /// What it prints, with `…` for any text; `None` where the page does not say.
    pub(super) expected: Option<String>,
    pub(super) exit: i32,
}

/// What the comments before a block ask for.
#[derive(Default)]
struct Wishes {
    file: Option<String>,
    beside: Vec<String>,
    exit: i32,
    elsewhere: bool,
}

struct Block {
    line: usize,
    language: String,
    text: String,
    wishes: Wishes,
}

/// Reads the page; `root` is where the files that it names are looked for.
pub(super) fn read(text: &str, root: &Path) -> Page {
    let mut reader = Reader { root, page: Page::default(), files: Vec::new(), program: None };
    let mut lines = text.lines().enumerate();
    let mut wishes = Wishes::default();
    while let Some((at, line)) = lines.next() {
        if let Some(comment) = line.trim().strip_prefix("<!-- test:") {
            reader.note(&mut wishes, comment.trim_end_matches("-->"), at + 1);
        } else if let Some(language) = line.strip_prefix("```") {
            let mut text = String::new();
            let closed = lines.by_ref().map(|(_, line)| line).find(|line| {
                let inside = *line != "```";
                if inside {
                    text.push_str(line);
                    text.push('\n');
                }
                !inside
            });
            if closed.is_none() {
                reader.fault(at + 1, "the block is not closed");
            }
            let wishes = std::mem::take(&mut wishes);
            reader.add(Block { line: at + 1, language: language.to_owned(), text, wishes });
        } else if line.trim_start().starts_with("```") {
            reader.fault(at + 1, "the block is indented");
        } else if line.starts_with('#') {
            reader.end_story();
        }
    }
    reader.end_story();
    reader.page
}

struct Reader<'a> {
    root: &'a Path,
    page: Page,
    files: Vec<(String, String)>,
    /// The story that goes on, and its program until a command has run it.
    program: Option<(Story, Option<Step>)>,
}

impl Reader<'_> {
    fn fault(&mut self, line: usize, what: &str) {
        self.page.faults.push(format!("line {line}: {what}"));
    }

    fn note(&mut self, wishes: &mut Wishes, comment: &str, line: usize) {
        for wish in comment.split(';').map(str::trim) {
            let (word, rest) = wish.split_once(' ').unwrap_or((wish, ""));
            match word {
                "file" => wishes.file = Some(rest.to_owned()),
                "beside" => wishes.beside.push(rest.to_owned()),
                "exit" => match rest.parse() {
                    Ok(code) => wishes.exit = code,
                    Err(_) => self.fault(line, "exit needs a number"),
                },
                "by" => {
                    wishes.elsewhere = true;
                    if !self.root.join(rest).is_file() {
                        self.fault(line, &format!("there is no test {rest}"));
                    }
                }
                "skip" => {
                    wishes.elsewhere = true;
                    if !SKIP_REASONS.contains(&rest) {
                        self.fault(line, &format!("'{rest}' is not among {SKIP_REASONS:?}"));
                    }
                }
                _ => self.fault(line, &format!("there is no wish '{word}'")),
            }
        }
    }

    fn add(&mut self, block: Block) {
        if block.wishes.elsewhere {
            return;
        }
        if let Some(name) = block.wishes.file {
            self.files.push((name, block.text));
            return;
        }
        match block.language.as_str() {
            "js" | "ts" => self.add_program(block),
            "console" | "sh" => self.add_commands(&block),
            "text" => self.add_output(block),
            other => {
                self.fault(block.line, &format!("nothing runs a block of '{other}' like this"));
            }
        }
    }

    fn add_program(&mut self, block: Block) {
        self.end_story();
        let name = block.text.lines().next().and_then(|line| line.strip_prefix("// "));
        let name = name.filter(|name| is_file_name(name));
        let name =
            name.map_or_else(|| format!("line-{}.{}", block.line, block.language), str::to_owned);
        let step = Step {
            line: block.line,
            command: format!("krandog {name}"),
            expected: None,
            exit: block.wishes.exit,
        };
        self.files.push((name, block.text));
        let story = Story { line: block.line, beside: block.wishes.beside, ..Story::default() };
        self.program = Some((story, Some(step)));
    }

    fn add_output(&mut self, block: Block) {
        match &mut self.program {
            Some((_, Some(step))) if step.expected.is_none() => step.expected = Some(block.text),
            _ => self.fault(block.line, "it is not clear which program prints this"),
        }
    }

    fn add_commands(&mut self, block: &Block) {
        let mut steps =
            if block.language == "console" { self.console_steps(block) } else { sh_steps(block) };
        if let Some(last) = steps.last_mut() {
            last.exit = block.wishes.exit;
        } else {
            self.fault(block.line, "there is no command in the block");
        }
        let story = Story { line: block.line, ..Story::default() };
        let (story, program) = self.program.get_or_insert((story, None));
        story.beside.extend(block.wishes.beside.iter().cloned());
        if let Some(step) = program.take() {
            // A program that a command runs does not run before it as well.
            let ran = steps.iter().any(|given| given.command.contains(&step.command));
            if !ran {
                story.steps.push(step);
            }
        }
        story.steps.extend(steps);
    }

    fn console_steps(&mut self, block: &Block) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        for (at, line) in block.text.lines().enumerate() {
            let line_number = block.line + 1 + at;
            if let Some(command) = line.strip_prefix("$ ") {
                let expected = Some(String::new());
                let command = command.to_owned();
                steps.push(Step { line: line_number, command, expected, exit: 0 });
            } else if let Some(step) = steps.last_mut() {
                if goes_on(&step.command) {
                    step.command += "\n";
                    step.command += line;
                } else if let Some(expected) = &mut step.expected {
                    *expected += line;
                    *expected += "\n";
                }
            } else {
                self.fault(line_number, "a console begins with `$ command`");
            }
        }
        steps
    }

    fn end_story(&mut self) {
        let Some((mut story, program)) = self.program.take() else { return };
        story.steps.extend(program);
        story.files.clone_from(&self.files);
        self.page.stories.push(story);
    }
}

fn sh_steps(block: &Block) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (at, line) in block.text.lines().enumerate() {
        match steps.last_mut() {
            Some(step) if goes_on(&step.command) => {
                step.command += "\n";
                step.command += line;
            }
            _ if line.trim().is_empty() || line.starts_with('#') => {}
            _ => steps.push(Step {
                line: block.line + 1 + at,
                command: line.to_owned(),
                expected: None,
                exit: 0,
            }),
        }
    }
    steps
}

/// Whether the next line belongs to the command: after a backslash, or within double quotes.
fn goes_on(command: &str) -> bool {
    command.ends_with('\\') || command.matches('"').count() % 2 == 1
}

/// Whether the comment that a program begins with is its name.
fn is_file_name(comment: &str) -> bool {
    let is_program = |found: &OsStr| ["js", "ts"].iter().any(|known| found == *known);
    !comment.contains(' ') && Path::new(comment).extension().is_some_and(is_program)
}

/// Whether the text is what a page says, where `…` stands for anything.
pub(super) fn matches(expected: &str, text: &str) -> bool {
    let Some((start, rest)) = expected.split_once('…') else { return expected == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut pieces: Vec<&str> = rest.split('…').collect();
    let last = pieces.pop().unwrap_or_default();
    for piece in pieces {
        let Some((_, after)) = text.split_once(piece) else { return false };
        text = after;
    }
    text.ends_with(last)
}
