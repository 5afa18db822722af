// BroadcastChannel, which is native:
// https://html.spec.whatwg.org/#broadcasting-to-other-browsing-contexts

import { classes } from 'ops:internal:broadcast_channel';

export const { BroadcastChannel } = classes();
