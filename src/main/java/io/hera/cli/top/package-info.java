/**
 * {@code hera top}: samples all nodes once a second, and shows what they do.
 *
 * <pre>
 * Sampler ──→ Sample ──→ Frame (of two samples) ──→ Screen
 * </pre>
 */
@NullMarked
package io.hera.cli.top;

import org.jspecify.annotations.NullMarked;
