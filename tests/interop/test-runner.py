# timeout: 120
"""`krandog test` from outside: what it finds, runs, prints and ends with, whatever the files do."""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.dom.minidom

KRANDOG = os.environ["KRANDOG"]
FIXTURES = pathlib.Path(__file__).parent / "test-runner"
PASSING = "import test from 'node:test';\ntest('passes', () => {});\n"
FAILING = "import test from 'node:test';\ntest('fails', () => { throw new Error('no'); });\n"


def project(files):
    """A folder with these files, which goes at the end."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="krandog-test-"))
    projects.append(folder)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


projects = []


def run(folder, *args, code=0, seconds=60, environment=None):
    """What `krandog test` prints there."""
    done = subprocess.run(
        [KRANDOG, "test", *args], cwd=folder, capture_output=True, text=True, timeout=seconds,
        stdin=subprocess.DEVNULL, env={**os.environ, **(environment or {})},
    )
    assert done.returncode == code, f"{args}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def steady(text, folder):
    """Without what differs from run to run."""
    text = text.replace(str(folder.resolve()), "$DIR")
    text = re.sub(r"duration_ms: [\d.e-]+", "duration_ms: T", text)
    text = re.sub(r"duration_ms [\d.e-]+", "duration_ms T", text)
    text = re.sub(r'time="[\d.]+"', 'time="T"', text)
    text = re.sub(r'hostname="[^"]*"', 'hostname="H"', text)
    return re.sub(r"\([\d.e-]+ms\)", "(T)", text)


def names(text):
    """The verdicts of TAP at its outermost level."""
    found = re.findall(r"^(ok|not ok) \d+ - (.*)$", text, re.M)
    return [(verdict == "ok", name) for verdict, name in found]


def test_finds_files_by_their_names_and_folders():
    folder = project({
        "a.test.js": PASSING, "b_test.mjs": PASSING, "c-test.cjs": "", "lib/d.test.js": PASSING,
        "test/e.js": "", "tests/deep/f.js": "", "test/data.json": "{}", "g.js": "throw 1",
        "node_modules/x/h.test.js": "throw 1", ".hidden/i.test.js": "throw 1", "test.js": "",
        "types.test.d.ts": "declare", "contest.js": "throw 1",
    })
    found = [name for _, name in names(run(folder, "--reporter", "tap"))]
    # A file without tests of its own is one, named after it.
    assert found == ["passes", "passes", "c-test.cjs", "passes", "test/e.js", "test.js",
                     "tests/deep/f.js"], found
    assert names(run(folder, "lib", "--reporter", "tap")) == [(True, "passes")]
    assert names(run(folder, "test/e.js", "--reporter", "tap")) == [(True, "test/e.js")]


def test_wrong_command_lines():
    folder = project({"a.test.js": PASSING})
    for args, text in [
        (["nowhere"], "there is no file or folder 'nowhere'"),
        (["--what"], "there is no option '--what'"),
        (["--reporter", "loud"], "there is no reporter 'loud'"),
        (["--concurrency", "0"], "option '--concurrency' needs a number from 1 to 256, not '0'"),
        (["--filter"], "option '--filter' needs a value"),
        (["--filter", "("], "option '--filter' is no regular expression"),
    ]:
        assert text in run(folder, *args, code=2), args
    assert "there are no tests here" in run(project({"a.js": ""}), code=2)


def test_reporters_are_as_they_were():
    folder = project({})
    for file in FIXTURES.glob("*.test.js"):
        shutil.copy(file, folder)
    for reporter in ["spec", "tap", "junit", "dot"]:
        came = steady(run(folder, "--reporter", reporter, code=1), folder)
        golden = FIXTURES / f"{reporter}.out"
        if os.environ.get("BLESS"):
            golden.write_text(came)
        assert came == golden.read_text(), f"{reporter} differs:\n{came}"


def test_tap_says_what_that_of_node_says():
    file = str(FIXTURES / "both.test.js")
    node = subprocess.run(["node", file], capture_output=True, text=True)
    ours = subprocess.run([KRANDOG, file], capture_output=True, text=True)
    assert ours.returncode == node.returncode == 1
    kept = re.compile(r"^ *(ok|not ok|# Subtest|\d+\.\.|# (tests|suites|pass|fail|canc|skip|todo))")
    def verdicts(text):
        return [line for line in text.splitlines() if kept.match(line)]
    assert verdicts(ours.stdout) == verdicts(node.stdout), ours.stdout
    assert ours.stdout.startswith("TAP version 13\n")


def test_junit_is_xml():
    odd = "import test from 'node:test';\ntest('a < & \" \\u0001 ]]>', () => { throw new Error('<\\u0000'); });\n"
    folder = project({"a.test.js": odd})
    document = xml.dom.minidom.parseString(run(folder, "--reporter", "junit", code=1))
    cases = document.getElementsByTagName("testcase")
    assert [case.getAttribute("name") for case in cases] == ['a < & " \ufffd ]]>']
    assert len(document.getElementsByTagName("failure")) == 1
    suite, = document.documentElement.getElementsByTagName("testsuite")
    assert (suite.getAttribute("name"), suite.getAttribute("failures")) == ("a.test.js", "1")


def test_filters():
    text = """
import { describe, it, test } from 'node:test';
test('first login', () => {});
test('logout', () => { throw 1; });
describe('login', () => { it('inside', () => {}); });
describe('other', () => { it('has no such name', () => { throw 1; }); });
"""
    folder = project({"a.test.js": text})
    came = run(folder, "--reporter", "tap", "--filter", "login")
    assert names(came) == [(True, "first login"), (True, "login")], came
    came = run(folder, "--reporter", "tap", "--filter", "/LOGIN$/i")
    assert names(came) == [(True, "first login")], came
    came = run(folder, "--reporter", "tap", "--skip", "logout", "--skip", "other")
    assert names(came) == [(True, "first login"), (True, "login")], came


def test_only():
    text = """
import { describe, it, test } from 'node:test';
test('not this', () => { throw 1; });
test.only('this', () => {});
describe('a suite', () => { it('not this', () => { throw 1; }); it.only('that', () => {}); });
describe.only('whole', () => { it('one', () => {}); it('two', () => {}); });
"""
    folder = project({"a.test.js": text})
    came = run(folder, "--only", "--reporter", "tap")
    assert re.findall(r"ok \d+ - (.*)", came) == ["this", "that", "a suite", "one", "two", "whole"]
    assert "need 'krandog test --only'" in run(folder, "--reporter", "tap", code=1)


def test_files_that_go_wrong():
    folder = project({
        "crash.test.js": "import test from 'node:test';\ntest('ends', () => process.exit(3));\n",
        "early.test.js": PASSING + "process.exitCode = 7;\n",
        "garbage.test.js": PASSING + "console.log('{\"type\":\"test:pass\"}\\nok 1 - no\\0\\xff');\n",
        "hang.test.js": "import test from 'node:test';\ntest('spins', () => { for (;;); });\n",
        "kill.test.js": "import test from 'node:test';\n"
                        "test('dies', () => process.kill?.(process.pid, 'SIGKILL'));\n",
        "loud.test.js": PASSING + "for (let i = 0; i < 20; i++) console.log('x'.repeat(1 << 20));\n",
        "syntax.test.js": "const = 1;\n",
        "throws.test.js": PASSING + "throw new Error('at the top');\n",
        "wait.test.js": "import test from 'node:test';\ntest('waits', () => new Promise(() => {}));\n",
        "late.test.js": "import test from 'node:test';\n"
                        "test('throws later', () => { setTimeout(() => { throw new Error('late'); }); "
                        "return new Promise(() => {}); });\n",
        "reject.test.js": "import test from 'node:test';\n"
                          "test('rejects', () => { Promise.reject(new Error('nobody')); });\n",
    })
    for name in ["stdin.test.js"]:
        (folder / name).write_text(
            "import test from 'node:test';\n"
            "test('reads', (t, done) => { process.stdin.on('end', done).resume(); });\n")
    came = run(folder, "--timeout", "3000", "--reporter", "spec", "--concurrency", "4", code=1)
    assert len(came) < 2_000_000, len(came)
    for text in [
        "the process ended by process.exit() before the test was done",
        "the process ended with code 7, though its tests have passed",
        "✔ passes",
        "the file was ended after 3000ms while 'spins' was running",
        "more bytes ...",
        "Uncaught SyntaxError",
        "✖ syntax.test.js",
        "Error: at the top",
        "✖ throws.test.js",
        "Promise resolution is still pending",
        "✖ throws later",
        "Error: late",
        "Error: nobody",
        "✔ reads",
    ]:
        assert text in came, f"{text!r} is not in\n{came[-8000:]}"


def test_what_is_left_open_is_named():
    folder = project({"a.test.js": """import test from 'node:test';
import http from 'node:http';
test('a timer', () => {
  setInterval(() => {}, 60_000);
});
test('a server', async () => {
  const server = http.createServer(() => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ws = new WebSocket(`ws://127.0.0.1:${server.address().port}/`);
  await new Promise((resolve) => ws.addEventListener('open', resolve));
});
test('a request', async () => {
  const server = http.createServer(() => new Promise(() => {}));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  fetch(`http://127.0.0.1:${server.address().port}/`).catch(() => {});
});
test('what does not keep it alive', () => {
  setInterval(() => {}, 60_000).unref();
});
"""})
    came = steady(run(folder, "--reporter", "spec", code=1), folder)
    assert "ℹ pass 4" in came, came
    for text in [
        "the tests are done, and this is still open:",
        "a timer: setInterval of 60000 ms\n      opened at $DIR/a.test.js:4:14\n      in the test 'a timer'",
        "in the test 'a server'", "a server that listens on 127.0.0.1:", "a WebSocket to 127.0.0.1:",
        "a request to 127.0.0.1:", "in the test 'a request'",
    ]:
        assert text in came, f"{text!r} is not in\n{came}"
    assert came.count("setInterval") == 1, came


def test_bail():
    text = "import test from 'node:test';\ntest('fails', () => { throw 1; });\ntest('next', () => {});\n"
    folder = project({"a.test.js": text, "b.test.js": PASSING, "c.test.js": "for (;;);"})
    began = time.monotonic()
    came = run(folder, "--bail", "--reporter", "tap", "--concurrency", "3", code=1)
    assert names(came) == [(False, "fails")], came
    assert "2 more files were not run to their end" in came
    assert time.monotonic() - began < 30


def test_the_order_is_that_of_the_files():
    slow = "import test from 'node:test';\nimport { setTimeout } from 'timers/promises';\n"
    files = {f"{n}.test.js": f"{slow}test('{n}', () => setTimeout({(9 - n) * 20}));" for n in range(9)}
    folder = project(files)
    came = run(folder, "--reporter", "tap", "--concurrency", "9")
    assert [name for _, name in names(came)] == [str(n) for n in range(9)]
    assert re.findall(r"^ok (\d+)", came, re.M) == [str(n + 1) for n in range(9)]


def test_arguments_are_for_the_files():
    text = PASSING + "console.log(JSON.stringify(process.argv.slice(2)), process.env.KRANDOG_TEST);\n"
    folder = project({"a.test.js": text})
    assert '["--watch","x"] undefined' in run(folder, "--reporter", "spec", "--", "--watch", "x")


def test_snapshots():
    text = """import test from 'node:test';
test('a value', (t) => {
  t.assert.snapshot({ a: [1, 2], text: '`${x}` \\\\' });
  t.assert.snapshot('second');
});
test('a file', (t) => {
  t.assert.fileSnapshot({ b: 1 }, 'kept.json');
});
"""
    folder = project({"a.test.js": text})
    came = run(folder, "--reporter", "spec", code=1)
    assert "krandog test --update-snapshots" in came, came
    run(folder, "--update-snapshots")
    assert json.loads((folder / "kept.json").read_text()) == {"b": 1}
    kept = (folder / "a.test.js.snapshot").read_text()
    # It is a module of Node.js, too.
    script = "console.log(JSON.stringify(require(process.argv[1])))"
    shutil.copy(folder / "a.test.js.snapshot", folder / "kept.cjs")
    exported = json.loads(subprocess.check_output(["node", "-e", script, str(folder / "kept.cjs")]))
    assert exported["a value 2"] == '\n"second"\n', exported
    assert json.loads(exported["a value 1"])["text"] == "`${x}` \\", exported
    run(folder)
    (folder / "a.test.js").write_text(text.replace("second", "another"))
    came = run(folder, "--reporter", "spec", code=1)
    assert "second" in came and "another" in came
    assert (folder / "a.test.js.snapshot").read_text() == kept


def test_examples():
    examples = pathlib.Path(__file__).parent.parent.parent / "examples"
    came = run(examples, "--reporter", "tap")
    assert len(names(came)) > 5, came


def test_no_process_outlives_its_runner():
    folder = project({"a.test.js": "import test from 'node:test';\n"
                                   "test('waits', () => new Promise((r) => setTimeout(r, 60_000)));\n"})
    runner = subprocess.Popen([KRANDOG, "test"], cwd=folder, stdout=subprocess.DEVNULL)
    children = pathlib.Path(f"/proc/{runner.pid}/task/{runner.pid}/children")
    if not children.exists():
        runner.kill()
        print("there is no list of children here")
        return
    def all_children():
        tasks = pathlib.Path(f"/proc/{runner.pid}/task").glob("*/children")
        return [int(word) for task in tasks for word in task.read_text().split()]
    until(lambda: len(all_children()) == 1)
    child = all_children()[0]
    runner.send_signal(signal.SIGKILL)
    runner.wait()
    until(lambda: not pathlib.Path(f"/proc/{child}").exists() or state(child) == "Z")


def state(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return "Z"


def test_watch():
    folder = project({"a.test.js": "import test from 'node:test';\nimport { value } from './lib.js';\n"
                                   "test(`value ${value}`, () => {});\n",
                      "lib.js": "export const value = 1;\n"})
    process = subprocess.Popen([KRANDOG, "test", "--watch", "--reporter", "tap"], cwd=folder,
                               stdout=subprocess.PIPE, text=True)
    try:
        seen(process, "ok 1 - value 1")
        seen(process, "watching 2 files")
        (folder / "lib.js").write_text("export const value = 22;\n")
        seen(process, "ok 1 - value 22")
        seen(process, "watching 2 files")
        (folder / "b.test.js").write_text("import test from 'node:test';\ntest('new', () => {});\n")
        seen(process, "ok 2 - new")
    finally:
        process.kill()
        process.wait()


def seen(process, text):
    for line in process.stdout:
        if text in line:
            return
    raise AssertionError(f"{text!r} never came")


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def main():
    words = sys.argv[1:]
    failed = 0
    for name, check in list(globals().items()):
        if not name.startswith("test_") or (words and not any(word in name for word in words)):
            continue
        try:
            check()
            print(f"{name}: ok")
        except Exception as error:
            failed += 1
            print(f"{name}: FAILED: {error}")
    for folder in projects:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(failed > 0)


main()
