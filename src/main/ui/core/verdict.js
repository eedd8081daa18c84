// Whether the nodes of a cluster agree: the one sentence on every page. It judges as the doctor of the command line does, but on two
// answers that are seconds apart.

import { count, span } from './words.js';

const BEHIND_MILLIS = 1_000;
const SKEW_MILLIS = 30_000;
const SILENT_MILLIS = 60_000;
const RANK = { ok: 0, warn: 1, bad: 2 };

/** Returns the verdict on an answer about a cluster; `before` is the answer before it, or null. */
export function verdictOf(answer, before) {
  const asked = statuses(answer);
  const unasked = Object.keys(answer.nodes).filter((name) => !asked.has(name));
  const findings = [...asked.values()].flatMap((status) => ofNode(status, asked, unasked)).concat(ofSettings(asked), unasked.map((name) => ofUnasked(answer, asked, name)));
  const main = agreement(asked, before ? statuses(before) : new Map(), unasked, answer);
  const level = findings.reduce((worst, one) => (RANK[one.level] > RANK[worst] ? one.level : worst), main.level);
  return { ...main, level, findings, unasked };
}

/** Returns name → status of the nodes that have answered. */
export function statuses(answer) {
  return new Map(Object.entries(answer.nodes).filter(([, node]) => node.status).map(([name, node]) => [name, node.status]));
}

/** Returns how far `name` is behind on the writes of `origin`, in milliseconds, against all that have answered; NaN if unknown. */
export function behind(asked, name, origin) {
  const own = asked.get(name)?.origins[origin]?.horizon;
  return own === undefined ? NaN : best(asked, origin).horizon - own;
}

function best(asked, origin) {
  let found = { horizon: 0 };
  for (const [node, status] of asked) {
    const held = status.origins[origin];
    if (held && held.horizon > found.horizon) {
      found = { ...held, node };
    }
  }
  return found;
}

function agreement(asked, before, unasked, answer) {
  const origins = [...new Set([...asked.values()].flatMap((status) => Object.keys(status.origins)))].sort();
  const diverged = origins.map((origin) => divergence(asked, before, origin)).find(Boolean);
  if (diverged) {
    return { kind: 'diverged', level: 'bad', text: diverged };
  }
  const late = origins.flatMap((origin) => lateOn(asked, before, origin)).sort((a, b) => b.millis - a.millis)[0];
  if (late) {
    const others = asked.size > 2 ? ' Other nodes are closer.' : '';
    return { kind: 'behind', level: 'warn', text: `${late.text}${others}` };
  }
  return inStep(asked, before, origins, unasked, answer);
}

function inStep(asked, before, origins, unasked, answer) {
  const status = asked.get(answer.asked) ?? [...asked.values()][0];
  const figures = status ? `${count(status.instances, 'instance')} of ${count(status.services, 'service')}` : '';
  if (asked.size === 1) {
    return { kind: 'alone', level: 'ok', text: `${unasked.length === 0 ? 'One node' : `Only ${answer.asked} answers`}: ${figures}.` };
  }
  const same = holdTheSame(asked, origins);
  if (same && showOthers(asked) && showOthers(before)) {
    return { kind: 'diverged', level: 'bad', text: 'The nodes hold the same entries and show different numbers of instances.' };
  }
  const who = unasked.length === 0 ? `All ${asked.size} nodes` : `The ${asked.size} nodes that answer`;
  return same || sameContent(asked)
    ? { kind: 'same', level: 'ok', text: `${who} show the same: ${figures}.` }
    : { kind: 'in step', level: 'ok', text: `${who} are in step, changes are under way: ${figures}.` };
}

function showOthers(asked) {
  return new Set([...asked.values()].map((status) => `${status.instances}/${status.services}`)).size > 1;
}

function sameContent(asked) {
  const contents = new Set([...asked.values()].map((status) => status.content));
  return contents.size === 1 && !contents.has(undefined);
}

function holdTheSame(asked, origins) {
  return origins.every((origin) => {
    const held = new Set([...asked.values()].map((status) => key(status.origins[origin])));
    return held.size === 1;
  });
}

function key(held) {
  return held && held.horizon > 0 ? `${held.horizon}/${held.checksum}` : '';
}

/**
 * Nodes that hold other entries up to the same horizon, in two answers without a change between them: an entry that expires leaves each node
 * at a moment of its own. Or a node has found it itself.
 */
function divergence(asked, before, origin) {
  const seen = new Map();
  for (const [node, status] of asked) {
    const held = status.origins[origin];
    const old = before.get(node)?.origins[origin];
    if (held?.diverged > old?.diverged) {
      return `${node} has found that it holds other entries of ${origin} than a peer.`;
    }
    if (held?.horizon > 0 && key(held) === key(old)) {
      const other = seen.get(held.horizon);
      if (other && other.checksum !== held.checksum) {
        return `${node} and ${other.node} differ on the instances of ${origin}, although both have everything of it: ${held.checksum.slice(0, 4)}… and ${other.checksum.slice(0, 4)}….`;
      }
      seen.set(held.horizon, { ...held, node });
    }
  }
  return undefined;
}

/** The nodes that are behind on an origin in two answers; a difference in one is a write on its way. */
function lateOn(asked, before, origin) {
  const newest = best(asked, origin);
  return [...asked.keys()].flatMap((name) => {
    const millis = behind(asked, name, origin);
    const stays = before.size === 0 ? false : behind(before, name, origin) > BEHIND_MILLIS;
    if (!(millis > BEHIND_MILLIS && stays)) {
      return [];
    }
    const lacking = newest.entries - asked.get(name).origins[origin].entries;
    const what = lacking > 0 ? `lacks ${count(lacking, 'entry').replace('entrys', 'entries')} of ${origin}` : `lacks writes of ${origin}`;
    return [{ millis, text: `${name} ${what}: ${span(millis)} behind.` }];
  });
}

function ofNode(status, asked, unasked) {
  const found = [];
  const add = (level, text) => found.push({ level, text });
  if (!status.ready) add('warn', `${status.node} is not ready: it gets the registrations from its peers, or it stops.`);
  for (const words of Object.values(status.conflicts ?? {})) add('bad', `${status.node} refuses exchanges: ${words}`);
  for (const [origin, frozen] of Object.entries(status.frozen ?? {})) {
    add('bad', `${status.node} refuses entries of ${origin}: ${frozen.reason.replace('_', ' ')}.`);
  }
  if (status.clock?.wrong) add('warn', `The clock of ${status.node} is wrong by ${span(Math.abs(status.clock.correction_ms))}.`);
  if (status.tls?.refused) add('warn', `${status.node} refuses its TLS files: ${status.tls.refused}`);
  if (status.draining) add('warn', `${status.node} sends its clients away${status.draining.reason ? `: ${status.draining.reason}` : '.'}`);
  for (const [peer, state] of Object.entries(status.peers)) {
    unasked.includes(peer) || ofExchange(status.node, peer, state, add);
    const known = status.clock?.wrong || asked.get(peer)?.clock?.wrong;
    if (!known && Math.abs(state.clock_skew_ms ?? 0) > SKEW_MILLIS) {
      add('warn', `The clock of ${peer} is ${span(Math.abs(state.clock_skew_ms))} ${state.clock_skew_ms > 0 ? 'ahead of' : 'behind'} that of ${status.node}.`);
    }
  }
  return found;
}

function ofExchange(node, peer, state, add) {
  if (state.last_error) {
    add('warn', `${node} cannot pull from ${peer} at ${state.address}: ${state.last_error}.`);
  } else if (state.last_success_age_ms > SILENT_MILLIS) {
    add('warn', `${node} has not pulled from ${peer} for ${span(state.last_success_age_ms)}.`);
  }
}

function ofSettings(asked) {
  const all = [...asked.values()].filter((status) => Object.keys(status.settings ?? {}).length > 0);
  const keys = new Set(all.flatMap((status) => Object.keys(status.settings)));
  return [...keys]
    .filter((setting) => new Set(all.map((status) => status.settings[setting])).size > 1)
    .map((setting) => ({ level: 'warn', text: `The setting ${setting} differs between nodes.` }));
}

/** A node that cannot be asked, once: that its peers cannot pull from it says the same. */
function ofUnasked(answer, asked, name) {
  const { speaks, error } = answer.nodes[name];
  if (speaks === 'v1' && !error) {
    return { level: 'ok', text: `${name} cannot be asked: it is a node of the 2012 project.` };
  }
  const failing = [...asked.values()].filter((status) => status.peers[name]?.last_error).length;
  const also = failing === 0 ? '' : ` ${failing === 1 ? 'One node' : `${failing} nodes`} cannot pull from it.`;
  return { level: 'warn', text: `${name} cannot be asked: ${error ?? 'no answer'}.${also}` };
}
