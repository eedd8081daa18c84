/**
 * {@code hera events} and {@code hera why}: ask nodes for their histories, and put them together. Nodes do not exchange histories: each
 * reports what it has seen itself.
 *
 * <pre>
 * HistoryClient ──→ NodeHistory, of Rows ──→ Facts ──→ Story
 * Follower ───────────────────────→ Row        └────→ EventText
 * </pre>
 *
 * <p>Answers of nodes are hostile input: they are limited in size, and no character of theirs that a terminal would obey is printed.
 */
@NullMarked
package io.hera.cli.events;

import org.jspecify.annotations.NullMarked;
