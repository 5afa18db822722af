#!/usr/bin/env krandog
export const a = 1;
export default "crlf";
