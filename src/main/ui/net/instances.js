// The instances of one service: the worker that holds them, the stream that keeps it up to date, and when the rows in view were renewed.

import { changed, happened } from '../core/store.js';
import { nodeNow, pathOf } from '../core/words.js';
import { address, Problem, proof, read, refused } from './api.js';
import { follow } from './lines.js';

const ENTRIES_MILLIS = 2_000;
const REFUSED_MILLIS = 15_000;
const ENTRIES_MAX = 200;
const LEFT_MAX = 500;
const QUERY_MAX = 16 << 10;
const EVENTS_MAX = 1_000;

/** The one script that may become a worker: its address is known, and nothing that came from outside. */
const WORKER = globalThis.trustedTypes
  ? trustedTypes.createPolicy('hera', { createScriptURL: () => new URL('../work/list.worker.js', import.meta.url).href }).createScriptURL('')
  : new URL('../work/list.worker.js', import.meta.url);

export class Instances {
  constructor(service) {
    this.service = service;
    this.view = null;
    this.problem = null;
    this.loaded = null;
    this.entries = new Map();
    this.ends = [];
    this.asked = false;
    this.wanted = { filter: '', match: [], sort: 'id', ids: null, from: 0, count: 100 };
    this.worker = new Worker(WORKER, { type: 'module' });
    this.worker.onmessage = ({ data }) => this.receive(data);
    this.load();
    this.askEnds();
    this.timer = setInterval(() => this.askEntries(), ENTRIES_MILLIS);
  }

  load() {
    clearTimeout(this.retry);
    this.worker.postMessage({ type: 'load', url: address(pathOf(this.service)), headers: proof() });
  }

  end() {
    clearInterval(this.timer);
    clearTimeout(this.retry);
    this.endStream?.();
    this.worker.terminate();
  }

  /** Says which rows are wanted; posts only what differs. */
  see(wanted) {
    if (JSON.stringify(wanted) !== JSON.stringify(this.wanted) || this.view === null) {
      const bySoonest = wanted.sort === 'left' && this.wanted.sort !== 'left';
      this.wanted = wanted;
      if (bySoonest) {
        this.askEntries();
      }
      this.worker.postMessage({ type: 'view', ...wanted });
    }
  }

  /** Returns the ids of all rows that the filter leaves. */
  ids() {
    this.worker.postMessage({ type: 'select' });
    return new Promise((resolve) => (this.selected = resolve));
  }

  receive(data) {
    if (data.type === 'view') {
      this.view = data;
      if (!this.asked && data.rows.length > 0) {
        this.asked = true;
        this.askEntries();
      }
      changed();
    } else if (data.type === 'loaded') {
      this.loaded = data;
      this.problem = null;
      this.follow();
      changed();
    } else if (data.type === 'problem') {
      this.failed(data);
    } else {
      this.selected(data.ids);
    }
  }

  failed({ status, text }) {
    let body = { title: 'The node does not answer', detail: text };
    try {
      body = { ...JSON.parse(text), status };
    } catch {
      // Of something in between.
    }
    this.problem = new Problem(body, `GET /${pathOf(this.service)}`);
    if (status === 401) {
      refused.value = this.problem;
    }
    changed();
    this.retry = setTimeout(() => this.load(), status >= 400 && status < 500 ? REFUSED_MILLIS : ENTRIES_MILLIS);
  }

  /** The stream goes on where the listing ends. */
  follow() {
    const { change } = this.loaded;
    this.endStream = follow(pathOf(this.service), {
      headers: () => ({ 'Last-Event-ID': change }),
      event: (name, data) => this.event(name, data),
    });
  }

  event(name, text) {
    if (name === 'snapshot') {
      this.worker.postMessage({ type: 'snapshot', text, at: nodeNow() });
    } else if (name === 'put') {
      const id = JSON.parse(text).id;
      this.worker.postMessage({ type: 'put', id, raw: rawInstance(text), at: nodeNow() });
      this.entries.delete(id);
      happened(1);
    } else if (name === 'delete') {
      const { id, reason } = JSON.parse(text);
      this.ends = [...this.ends.slice(-EVENTS_MAX), { type: reason, id, at: nodeNow() }];
      this.worker.postMessage({ type: 'delete', id, reason, at: nodeNow() });
      happened(1);
    }
  }

  /** Asks which instances have ended lately, to say which come and go. */
  async askEnds() {
    const answer = await read(`_events?service=${encodeURIComponent(this.service)}&limit=${EVENTS_MAX}`).catch(() => ({ events: [] }));
    this.ends.push(...answer.events);
    changed();
  }

  /** Asks when the rows in view were renewed; or for those that have the least time left. */
  async askEntries() {
    if (document.hidden || !this.view) {
      return;
    }
    const bySoonest = this.wanted.sort === 'left';
    const ids = this.view.rows.filter((row) => !row.gone).slice(0, ENTRIES_MAX).map((row) => row.id);
    const query = bySoonest ? `order=left&limit=${LEFT_MAX}` : queryOf(ids);
    if (!query) {
      return;
    }
    try {
      this.take(await read(`_entries/${pathOf(this.service)}?${query}`), bySoonest);
    } catch {
      // The state of the stream says that the node is away.
    }
  }

  take(answer, bySoonest) {
    const at = performance.now();
    for (const [id, origin, version, age, ttl] of answer.entries) {
      this.entries.set(id, { origin: answer.origins[origin], version, age, ttl, at });
    }
    if (bySoonest) {
      this.see({ ...this.wanted, ids: answer.entries.map(([id]) => id) });
    }
    changed();
  }

  /** Returns the entry of an instance with its present age; undefined if it is not known yet. */
  entry(id) {
    const known = this.entries.get(id);
    return known && { ...known, age: known.age + performance.now() - known.at };
  }
}

/** Ids may be long, and a request line may not. */
function queryOf(ids) {
  let query = '';
  for (const id of ids) {
    const next = `${query ? '&' : ''}id=${encodeURIComponent(id)}`;
    if (query.length + next.length > QUERY_MAX) {
      break;
    }
    query += next;
  }
  return query;
}

/** The bytes of the document in an event, as they are: it is the last member. */
function rawInstance(text) {
  return text.slice(text.indexOf('"instance":') + '"instance":'.length, text.lastIndexOf('}')).trim();
}
