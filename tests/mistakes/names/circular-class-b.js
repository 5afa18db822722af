import { Parent } from './circular-class.js';
export class Child extends Parent {}
