#!/usr/bin/env krandog
export const bom: string =
  `bom, crlf and hashbang` as string;
