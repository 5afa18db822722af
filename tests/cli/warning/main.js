process.on('warning', (warning) => console.log(warning.name, warning.message));
process.emitWarning('mind this', 'CustomWarning', 'W001');
