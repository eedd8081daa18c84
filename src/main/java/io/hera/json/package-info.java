/**
 * A JSON toolkit (RFC 8259) in plain Java: scanner, checker, cursors, writer, pointer.
 *
 * <ul>
 *   <li>{@link io.hera.json.JsonScanner} reads tokens from bytes.
 *   <li>{@link io.hera.json.JsonChecker} checks the grammar, and {@link io.hera.json.Documents}
 *       checks a document that a client puts.
 *   <li>{@link io.hera.json.ObjectCursor} and {@link io.hera.json.ArrayCursor} walk through JSON
 *       that was checked before.
 *   <li>{@link io.hera.json.JsonWriter} and {@link io.hera.json.PrettyPrinter} write JSON.
 * </ul>
 *
 * <p>The only exception is {@link io.hera.json.Malformed}. No class here knows anything of Hera.
 */
@NullMarked
package io.hera.json;

import org.jspecify.annotations.NullMarked;
