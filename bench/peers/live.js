// LIVE=300000: so many objects of a script stay alive while it serves, as those of a large game or a
// cache do. A collector may have to look at them all.

const live = [];
for (let id = 0; id < Number(process.env.LIVE ?? 0); id++) {
  live.push({ id, name: `user ${id}`, position: { x: id, y: -id } });
}
globalThis.live = live;
