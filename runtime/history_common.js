// What the histories of rooms have in common, wherever their messages are kept.

import { wrongType } from 'internal:errors';

/** What is sent for some data, where a script says nothing else. */
export function asText(data, { room, epoch, offset }) {
  return JSON.stringify({ room, epoch, offset, data });
}

/** Data as a history outside of the process keeps it. */
export function toJson(data) {
  const text = JSON.stringify(data);
  if (text === undefined) throw wrongType('data', 'what JSON can hold', data);
  return text;
}

/** Sends a socket messages that it has missed, and tells how many have gone out. */
export function sendAll(hub, ws, messages) {
  let sent = 0;
  for (const message of messages) sent += hub.send(ws, message).sent;
  return sent;
}

/**
 * Puts a socket into a room of a history that has to be asked for what was missed; `latest(position,
 * count)` gives the last few messages.
 */
export async function join(history, hub, [since, last], ws, room, latest) {
  // First, so that nothing falls between what is kept and what is to come.
  hub.join(ws, room);
  const { status, epoch, offset, messages } = await history.since(room, since);
  let missed = messages;
  if (status !== 'recovered') missed = last > 0 ? await latest({ epoch, offset }, last) : [];
  return { status, epoch, offset, sent: sendAll(hub, ws, missed) };
}
