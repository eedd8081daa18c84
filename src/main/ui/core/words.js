// How names, numbers, spans and moments are written; and the time of the node. No age ever comes from the browser's clock, which may be
// wrong by an hour: what counts is the node's time in a reply, and how long ago the reply came.

import { signal } from './store.js';

const KEPT_MILLIS = 60_000;
const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
/** Characters that show nothing or turn the text around: a name could pass for another one with them. */
const HIDDEN = /[\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu;

let best = null;

export const utc = signal(false);

/** Learns the node's time from a reply: true for a moment between sending and receiving, so the shortest exchange tells best. */
export function learn(unix, sent, received) {
  const trip = received - sent;
  if (Number.isFinite(unix) && (!best || trip <= best.trip || received - best.at > KEPT_MILLIS)) {
    best = { offset: unix - (sent + received) / 2, trip, at: received };
  }
}

export function forget() {
  best = null;
}

/** Returns the node's time in unix milliseconds; NaN while it is not known. */
export function nodeNow() {
  return best ? performance.now() + best.offset : NaN;
}

export function ago(millis) {
  if (!Number.isFinite(millis)) {
    return '–';
  }
  return millis < SECOND ? 'now' : `${span(millis)} ago`;
}

/** A span as people read it, rounded down: "230 ms", "12 s", "4:31", "3 h", "2 d". */
export function span(millis) {
  if (!Number.isFinite(millis)) {
    return '–';
  }
  const whole = Math.max(0, Math.floor(millis));
  if (whole < SECOND) return `${whole} ms`;
  if (whole < MINUTE) return `${Math.floor(whole / SECOND)} s`;
  if (whole < HOUR) return minutes(whole);
  if (whole < 2 * DAY) return `${Math.floor(whole / HOUR)} h`;
  return `${Math.floor(whole / DAY)} d`;
}

export function left(millis) {
  if (!Number.isFinite(millis)) {
    return '–';
  }
  const whole = Math.max(0, Math.ceil(millis / SECOND) * SECOND);
  if (whole < HOUR) return minutes(whole);
  const hours = Math.floor(whole / HOUR);
  return hours < 48 ? `${hours} h ${Math.floor((whole % HOUR) / MINUTE)} min` : `${Math.floor(hours / 24)} d`;
}

function minutes(millis) {
  const seconds = Math.floor(millis / SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function clock(unix) {
  return Number.isFinite(unix)
    ? new Date(unix).toLocaleTimeString('en-GB', { timeZone: utc.value ? 'UTC' : undefined })
    : '–';
}

export function moment(unix) {
  if (!Number.isFinite(unix)) {
    return 'unknown';
  }
  const date = new Date(unix);
  return utc.value
    ? date.toISOString().replace('T', ' ').replace('Z', ' UTC')
    : `${date.toLocaleDateString('en-CA')} ${clock(unix)}.${String(date.getMilliseconds()).padStart(3, '0')} local time`;
}

export function visible(text) {
  return String(text).replace(HIDDEN, (character) =>
    [...character].map((one) => `\\u${one.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`).join(''));
}

export function pathOf(...names) {
  return names.map(encodeURIComponent).join('/');
}

export function serviceLink(service) {
  return `#/s/${encodeURIComponent(service)}`;
}

export function instanceLink(service, id) {
  return `#/i/${encodeURIComponent(service)}/${encodeURIComponent(id)}`;
}

/** Returns name → a short one: without the parts that all names share, as in sr-lon-1 and sr-ash-1. */
export function shortNames(names) {
  const parts = names.map((name) => name.split(/[-._]/));
  const from = common(parts, (list, i) => list[i]);
  const to = common(parts, (list, i) => list[list.length - 1 - i]);
  const short = parts.map((list) => list.slice(from, Math.max(from + 1, list.length - to)).join('-'));
  const clear = new Set(short).size === short.length && short.every((name) => name !== '');
  return new Map(names.map((name, i) => [name, clear && names.length > 1 ? short[i] : name]));
}

function common(lists, at) {
  const shortest = Math.min(...lists.map((list) => list.length));
  let shared = 0;
  while (lists.length > 1 && shared < shortest - 1 && new Set(lists.map((list) => at(list, shared))).size === 1) {
    shared++;
  }
  return shared;
}

/** Returns the number of the hue of a node, the same on every page and in every tab. */
export function hueOf(name, all) {
  const sorted = [...all].sort();
  return Math.max(0, sorted.indexOf(name)) % 8;
}

export function count(number, noun) {
  return `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;
}

export function grouped(number) {
  return Number.isFinite(number) ? number.toLocaleString('en-US') : '–';
}
