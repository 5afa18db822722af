// MessageChannel and MessagePort, which are native: https://html.spec.whatwg.org/#message-channels

import { classes } from 'ops:internal:message_channel';

export const { MessageChannel, MessagePort } = classes();
