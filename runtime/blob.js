// Blob and File, which are native: https://w3c.github.io/FileAPI/

import { classes } from 'ops:internal:blob';

export const { Blob, File } = classes();
