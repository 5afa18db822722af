// A program that has set an exit code keeps it when its top-level await is never settled, as in
// Node.js.
process.exitCode = 5;
await new Promise(() => {});
