// Streams of server-sent events over fetch: EventSource can neither send a token, nor say that a comment came, which is how one knows
// that a quiet stream lives. At most one stream per tab; none in a tab that is hidden, since a browser has six connections per node.

import { signal } from '../core/store.js';
import { problemOf, send } from './api.js';

const HIDDEN_MILLIS = 10_000;
const STALE_MILLIS = 20_000;
const LOST_MILLIS = 40_000;
const CONNECT_MILLIS = 10_000;
const BACK_OFF_MILLIS = 1_000;
const BACK_OFF_MAX_MILLIS = 30_000;
/** In a browser with more visible tabs than that, a stream is opened briefly, again and again. */
const STREAMS_MAX = 4;
const BRIEF_MILLIS = 500;
const PAUSE_MILLIS = 2_000;
const TAB_KEPT_MILLIS = 5_000;

/** The state of the stream of this page: connecting, live, stale, lost, resting (hidden); at: when a byte came last, in performance time. */
export const connection = signal({ state: 'connecting', at: performance.now(), problem: null, retryAt: 0 });

const self = Math.random();
const tabs = new BroadcastChannel('hera-streams');
const others = new Map();
let current = null;

tabs.onmessage = ({ data }) => others.set(data, performance.now());
setInterval(() => {
  current?.check();
  connection.value.state === 'live' && tabs.postMessage(self);
}, 1000);
document.addEventListener('visibilitychange', () => current?.turn());
// A browser keeps a page that was left for a while, in case its user returns, and its connections with it.
addEventListener('pagehide', () => current?.rest());
addEventListener('pageshow', ({ persisted }) => persisted && current?.turn());

/** Follows a path, instead of the last one. `to` has event(name, data), and may have begin() and headers(). Returns a function that ends it. */
export function follow(path, to) {
  current?.stop();
  const line = new Line(path, to);
  current = line;
  document.hidden ? line.state('resting') : line.open();
  return () => {
    line.stop();
    current = current === line ? null : current;
  };
}

export function retryNow() {
  current?.open();
}

/** Whether the page may be out of date: then nothing counts down. */
export function isCutOff() {
  return connection.value.state === 'lost' || connection.value.state === 'stale';
}

/** Whether so many other tabs come before this one that it must not hold a connection. */
function isCrowded() {
  return [...others].filter(([id, at]) => id < self && performance.now() - at < TAB_KEPT_MILLIS).length >= STREAMS_MAX;
}

class Line {
  constructor(path, to) {
    this.path = path;
    this.to = to;
    this.lastId = '';
    this.failures = 0;
    this.abort = null;
    this.timer = 0;
  }

  /** Does this later, and nothing that was planned before. */
  later(millis, action) {
    clearTimeout(this.timer);
    this.timer = setTimeout(action, millis);
  }

  stop() {
    clearTimeout(this.timer);
    this.abort?.abort();
    this.abort = null;
  }

  rest() {
    this.stop();
    this.state('resting');
  }

  /** Goes on as the tab is seen or not. A stream ends soon if the tab is hidden, or if too many tabs have one. */
  turn() {
    if (document.hidden) {
      this.later(HIDDEN_MILLIS, () => this.rest());
    } else if (connection.value.state !== 'live') {
      this.open();
    } else if (isCrowded()) {
      this.later(BRIEF_MILLIS, () => {
        this.stop();
        this.later(PAUSE_MILLIS, () => this.open());
      });
    } else {
      clearTimeout(this.timer);
    }
  }

  state(state, problem = null, retryAt = 0) {
    const at = state === 'live' ? performance.now() : connection.value.at;
    const same = connection.value.state === state && state === 'live';
    same ? (connection.value.at = at) : (connection.value = { state, at, problem, retryAt });
  }

  /** Says that the stream is quiet for too long; then takes it for dead. */
  check() {
    const { state, at } = connection.value;
    const quiet = performance.now() - at;
    if (state === 'live' && quiet > STALE_MILLIS && this.abort) {
      this.state('stale');
    } else if (state === 'stale' && quiet > LOST_MILLIS) {
      this.failed(null);
    }
  }

  async open() {
    this.stop();
    const abort = new AbortController();
    this.abort = abort;
    this.later(CONNECT_MILLIS, () => this.failed(null));
    if (connection.value.state === 'resting') {
      this.state('connecting');
    }
    const problem = await this.run(abort.signal).catch((failure) => failure);
    if (this.abort === abort) {
      this.failed(problem ?? null);
    }
  }

  async run(signal) {
    const resume = this.lastId ? { 'Last-Event-ID': this.lastId } : this.to.headers?.();
    const response = await send(this.path, { headers: { Accept: 'text/event-stream', ...resume }, signal, timeout: 0 });
    if (!response.ok) {
      throw await problemOf(response, `GET /${this.path}`);
    }
    this.failures = 0;
    this.state('live');
    this.turn();
    this.to.begin?.();
    const parser = new Parser((name, data, id) => this.event(name, data, id));
    for (const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); ;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) {
        return;
      }
      this.state('live');
      parser.add(value);
    }
  }

  event(name, data, id) {
    this.lastId = id || this.lastId;
    try {
      name && this.to.event(name, data);
    } catch (defect) {
      reportError(defect);
    }
  }

  failed(problem) {
    this.stop();
    const back = Math.min(BACK_OFF_MAX_MILLIS, BACK_OFF_MILLIS * 2 ** this.failures++);
    const wait = back * (0.75 + Math.random() / 2);
    this.state('lost', problem, performance.now() + wait);
    this.later(wait, () => this.open());
  }
}

/** Divides a text that comes in pieces into events, at the empty lines between them. */
export class Parser {
  constructor(deliver) {
    this.deliver = deliver;
    this.rest = '';
  }

  add(text) {
    this.rest += text;
    if (text.includes('\n')) {
      const events = this.rest.split('\n\n');
      this.rest = events.pop();
      events.forEach((event) => this.event(event));
    }
  }

  event(text) {
    const fields = { event: [], data: [], id: [] };
    for (const line of text.split('\n')) {
      const [, name, value] = /^(\w*):? ?(.*)$/.exec(line);
      fields[name]?.push(value);
    }
    this.deliver(fields.event.join(), fields.data.join('\n'), fields.id.join());
  }
}
