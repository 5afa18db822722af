// A real Chromium for the tests of pages, which asks nobody outside this machine for anything.

import { chromium } from 'playwright-core';

/** The browser, started with these further arguments. */
export function launch(...args) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  });
}
