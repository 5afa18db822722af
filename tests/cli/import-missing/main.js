import { start } from './servre.js';

start();
