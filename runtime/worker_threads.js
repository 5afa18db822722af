// The module worker_threads: https://nodejs.org/api/worker_threads.html

import { BroadcastChannel } from 'internal:broadcast_channel';
import { MessageChannel, MessagePort, receiveMessageOnPort } from 'internal:message_channel';
import { Worker, own } from 'internal:worker';

export { BroadcastChannel, MessageChannel, MessagePort, Worker, receiveMessageOnPort };

export const isMainThread = own === undefined;
export const parentPort = own?.port ?? null;
export const threadId = own?.id ?? 0;
export const workerData = own?.data ?? null;
export const resourceLimits = {};

export default {
  BroadcastChannel, MessageChannel, MessagePort, Worker, isMainThread, parentPort,
  receiveMessageOnPort, resourceLimits, threadId, workerData,
};
