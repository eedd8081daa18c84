/**
 * The history of a node: which instances came, changed and went, when, and why. {@link io.hera.store.history.History} is the ring of
 * events, owned by the store; {@link io.hera.store.history.EventJson} is their form on the wire and on disk.
 *
 * <p>History is not state: nothing of it is gossiped. Each node reports what it has seen itself. An event names a fact that is the same on
 * all nodes by its service, id, origin, version and type, so that a reader of several nodes can put their reports together.
 */
@NullMarked
package io.hera.store.history;

import org.jspecify.annotations.NullMarked;
