// What the overview knows: the services, and their events within the last ten minutes.

const MINUTES = 10;
const MINUTE_MILLIS = 60_000;
const LOST_SHOWN_MILLIS = 5 * MINUTE_MILLIS;
const ENDS_MIN = 3;
const BLOCKS = '▁▂▃▄▅▆▇█';
const LOSSES = new Set(['expired', 'deregistered', 'drained', 'dropped']);

export const TYPES = ['registered', 'updated', 'moved', 'expired', 'dropped', 'deregistered', 'drained', 'silent', 'not_silent', 'ready'];

export function isLoss(type) {
  return LOSSES.has(type);
}

/** Returns id → how often the instance has ended within ten minutes, of those that come and go. */
export function comeAndGo(events, now) {
  const ends = new Map();
  events.filter(({ type, at }) => isLoss(type) && now - at < MINUTES * MINUTE_MILLIS).forEach(({ id }) => bump(ends, id, 1));
  return new Map([...ends].filter(([, n]) => n >= ENDS_MIN));
}

export class Book {
  constructor() {
    this.services = new Map();
    this.minutes = new Map();
    this.lost = new Map();
    this.known = 0;
  }

  /** Takes the number of instances of each service: all that there are. */
  reset(counts) {
    for (const name of this.services.keys()) {
      if (!(name in counts)) {
        this.set(name, 0);
      }
    }
    for (const [name, instances] of Object.entries(counts)) {
      this.set(name, instances);
    }
  }

  set(name, instances) {
    const service = this.service(name);
    service.instances = instances;
    return service;
  }

  service(name) {
    if (!this.services.has(name)) {
      this.services.set(name, { name, instances: 0, last: null, strip: new Map() });
    }
    return this.services.get(name);
  }

  /** Takes an event, each number once: the history and the stream overlap. `counts` is false for one that is older than the counts. */
  add(event, counts = true) {
    this.known = Math.max(this.known, event.n);
    this.total(event.type, event.at, 1 + (event.folded ?? 0));
    if (!event.service || !event.id) {
      return;
    }
    const service = counts ? this.set(event.service, event.instances) : this.service(event.service);
    if (!service.last || event.at >= service.last.at) {
      service.last = { type: event.type, at: event.at, origin: event.origin, n: service.last?.type === event.type && event.at - service.last.at < 5000 ? service.last.n + 1 : 1 };
    }
    bump(service.strip, minuteOf(event.at), 1);
    if (isLoss(event.type)) {
      this.lose(event.service, event.type, event.at, 1);
    }
  }

  burst(burst) {
    this.known = Math.max(this.known, burst.last);
    Object.entries(burst.types).forEach(([type, n]) => this.total(type, burst.at, n));
    const losses = Object.keys(burst.types).filter(isLoss);
    for (const [name, instances] of Object.entries(burst.services)) {
      const service = this.service(name);
      const gone = service.instances - instances;
      const type = losses.length === 1 ? losses[0] : 'changed';
      if (gone > 0 && losses.length > 0) {
        this.lose(name, type === 'changed' ? losses[0] : type, burst.at, gone);
      }
      service.instances = instances;
      service.last = { type: gone > 0 ? type : 'changed', at: burst.at, origin: '', n: Math.abs(gone) };
      bump(service.strip, minuteOf(burst.at), Math.max(1, Math.abs(gone)));
    }
  }

  total(type, at, n) {
    const minute = minuteOf(at);
    if (!this.minutes.has(minute)) {
      this.minutes.set(minute, new Map());
    }
    bump(this.minutes.get(minute), type, n);
  }

  lose(service, type, at, n) {
    const key = `${type} ${service}`;
    const before = this.lost.get(key);
    const together = before && at - before.at < LOST_SHOWN_MILLIS ? before.n : 0;
    this.lost.set(key, { service, type, at: Math.max(at, before?.at ?? 0), n: together + n });
  }

  /** Returns the losses of the last minutes, newest first. */
  lately(now) {
    for (const [key, loss] of this.lost) {
      if (now - loss.at > LOST_SHOWN_MILLIS) {
        this.lost.delete(key);
      }
    }
    return [...this.lost.values()].sort((a, b) => b.at - a.at);
  }

  /** Returns the services that have instances, or have lost theirs within ten minutes. */
  all(now) {
    const shown = [];
    for (const [name, service] of this.services) {
      if (service.instances > 0 || (service.last && now - service.last.at < MINUTES * MINUTE_MILLIS)) {
        shown.push(service);
      } else if (!Number.isNaN(now)) {
        this.services.delete(name);
      }
    }
    return shown;
  }

  /** Returns type → events of the last ten minutes, and forgets older ones. */
  totals(now) {
    const sums = new Map();
    for (const [minute, types] of this.minutes) {
      if (minute <= minuteOf(now) - MINUTES) {
        this.minutes.delete(minute);
      } else {
        types.forEach((n, type) => bump(sums, type, n));
      }
    }
    return sums;
  }

  strip(now) {
    return strip(new Map([...this.minutes].map(([minute, types]) => [minute, [...types.values()].reduce((a, b) => a + b, 0)])), now);
  }
}

/** Returns ten bars, one per minute, as text. */
export function strip(minutes, now) {
  const last = minuteOf(now);
  const values = Array.from({ length: MINUTES }, (_, i) => minutes.get(last - MINUTES + 1 + i) ?? 0);
  const most = Math.max(...values, 1);
  return values.map((n) => (n === 0 ? BLOCKS[0] : BLOCKS[Math.max(1, Math.ceil((n / most) * 7))])).join('');
}

function minuteOf(at) {
  return Math.floor(at / MINUTE_MILLIS);
}

function bump(map, key, n) {
  map.set(key, (map.get(key) ?? 0) + n);
}
